"""Which official form belongs to a step, and drawing it beside the window's thread."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtGui import QImage

from app.exporters.forms import export_form, form_files
from app.model.course import Course
from app.model.errors import StudioError
from app.model.regulation import Regulation
from app.session.wizard import Step
from app.ui.background import Background
from app.ui.pdf_images import page_images

FORM_OF_STEP = {
    Step.DESCRIPTION: "01",
    Step.PROGRAMME: "02",
    Step.TEST_BANK: "05",
    Step.MATERIALS: "03",
    Step.RECORDINGS: "07",
    Step.ASSESSMENT: "08",
    Step.SCHEDULE: "schedule",
    Step.REVIEW: "11",
}
_BANK_PREVIEW_QUESTIONS = 60
"""A preview of the test bank shows its beginning: nobody reads page 80 beside the editor."""


def draw_preview(
    background: Background,
    course: Course,
    course_folder: Path,
    regulation: Regulation,
    step: Step,
    part: str,
    width_px: int,
    on_pages: Callable[[Sequence[QImage]], None],
    on_problem: Callable[[StudioError], None],
) -> None:
    """Draw the form of a step, of a form with parts the wanted one or the first; no form gives no pages."""
    form = FORM_OF_STEP.get(step)
    if form is None:
        on_pages(())
        return
    shown = course.model_copy(update={"test_bank": course.test_bank[:_BANK_PREVIEW_QUESTIONS]})
    today = date.today()  # noqa: DTZ011 - the user's own calendar day

    def job() -> tuple[QImage, ...]:
        parts = [file.part for file in form_files(shown, form)]
        pdf = export_form(
            shown,
            regulation,
            form,
            "pdf",
            generated_on=today,
            draft=True,
            part=part if part in parts else parts[0],
            course_folder=course_folder,
        )
        return page_images(pdf, width_px)

    def failed(error: Exception) -> None:
        if not isinstance(error, StudioError):
            raise error
        on_problem(error)

    background.submit("preview", job, on_pages, failed)
