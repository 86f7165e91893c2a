"""The two questionnaires for learners, before the start and before the end (12.10.1)."""

from collections.abc import Iterator
from datetime import date

from app.exporters.document import Align, Block, Document, Heading, KeepTogether, PageBreak, Paragraph, Run
from app.exporters.forms.common import Sheet, blank_line, date_text
from app.model.course import Course
from app.model.regulation import BLANK, Regulation
from app.model.teaching import Survey, SurveyQuestion

_BOX = "□"


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the questionnaires, each on its own page; a question without options has a line to write on."""
    sheet = Sheet(course, regulation, "", generated_on, draft)
    title = sheet.say("surveys.title")
    blocks: list[Block] = [Heading(1, (Run(title),), Align.CENTRE), sheet.course_line()]
    for number, survey in enumerate(course.surveys):
        blocks += [PageBreak()] if number else []
        blocks += _survey(sheet, survey)
    if not course.surveys:
        blocks.append(blank_line())
    return sheet.document(title, blocks)


def _survey(sheet: Sheet, survey: Survey) -> Iterator[Block]:
    yield sheet.heading(2, f"surveys.{survey.when.value}")
    if survey.ready_on is not None:
        yield Paragraph((Run(sheet.say("surveys.ready_on", date=date_text(survey.ready_on))),), Align.LEFT)
    for number, question in enumerate(survey.questions, start=1):
        yield _question(number, question, f"surveys/{survey.id}/questions/{question.id}")
    if not survey.questions:
        yield blank_line()


def _question(number: int, question: SurveyQuestion, path: str) -> KeepTogether:
    stem = Run(f"{number}. {question.text.strip() or BLANK}", bold=True, element=f"{path}/text")
    options = [option for option in question.options if option.strip()]
    lines = [Paragraph((Run(f"{_BOX} {option}", element=f"{path}/options"),), Align.LEFT) for option in options]
    return KeepTogether((Paragraph((stem,), Align.LEFT), *(lines or [blank_line()])))
