"""The page of each step."""

from PySide6.QtWidgets import QWidget

from app.session.wizard import Step
from app.ui.analysis_thread import RecordingService
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.messages import MessageArea
from app.ui.open_course import OpenCourse
from app.ui.pages.assessment import AssessmentPage
from app.ui.pages.bank.page import BankPage
from app.ui.pages.base import Page
from app.ui.pages.description import DescriptionPage
from app.ui.pages.materials import MaterialsPage
from app.ui.pages.programme import ProgrammePage
from app.ui.pages.recordings import RecordingsPage
from app.ui.pages.review import ReviewPage
from app.ui.pages.schedule import SchedulePage
from app.ui.pages.submission import SubmissionPage


def make_page(
    step: Step,
    ui: UiContext,
    open_course: OpenCourse,
    background: Background,
    recordings: RecordingService,
    messages: MessageArea,
    parent: QWidget,
) -> Page:
    """Return a new page for a step, made where it is shown."""
    match step:
        case Step.DESCRIPTION:
            return DescriptionPage(ui, open_course, parent)
        case Step.PROGRAMME:
            return ProgrammePage(ui, open_course, parent)
        case Step.TEST_BANK:
            return BankPage(ui, open_course, background, messages, parent)
        case Step.MATERIALS:
            return MaterialsPage(ui, open_course, parent)
        case Step.ASSESSMENT:
            return AssessmentPage(ui, open_course, parent)
        case Step.SCHEDULE:
            return SchedulePage(ui, open_course, parent)
        case Step.RECORDINGS:
            return RecordingsPage(ui, open_course, recordings, parent)
        case Step.REVIEW:
            return ReviewPage(ui, open_course, parent)
        case Step.SUBMISSION:
            return SubmissionPage(ui, open_course, background, messages, parent)
