"""Form 05: the test tasks in the official layout, which is that of Aiken: stem, A. to E., ANSWER."""

from datetime import date

from app.exporters.document import Align, Block, Document, FlowBlock, Heading, KeepTogether, Paragraph, Picture, Run
from app.exporters.forms.common import Sheet
from app.exporters.forms.formula_runs import formula_paragraphs
from app.exporters.question_pictures import Say, pictures_below
from app.formats.pictures import NO_PICTURES, Pictures
from app.model.course import Course
from app.model.regulation import BLANK, Regulation
from app.model.tasks import Question
from app.model.views import form_05_questions

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def build(
    course: Course,
    regulation: Regulation,
    *,
    generated_on: date,
    draft: bool,
    with_keys: bool = True,
    pictures: Pictures = NO_PICTURES,
) -> Document:
    """Return form 05 with the single-choice questions of the course (X13); without any, one empty question.

    Args:
        course: the course.
        regulation: edition with labels and limits.
        generated_on: the date that the document carries.
        draft: print the draft mark.
        with_keys: print the line with the right answer; without it, it is a paper for learners.
        pictures: contents of the course's pictures by their path.
    """
    sheet = Sheet(course, regulation, "form_05", generated_on, draft)
    options = regulation.limits["question_options"]
    empty = Question(id="empty", options=("",) * int(options.min or options.max or 1))
    questions = form_05_questions(course) or (empty,)

    def say(key: str) -> str:
        return sheet.say(f"paper.{key}")

    blocks: list[Block] = [
        Heading(1, (sheet.heading_text(),), Align.CENTRE),
        *(_question(question, pictures, say, with_keys=with_keys) for question in questions),
        Paragraph((sheet.label("F05.4", bold=False),), Align.LEFT),
    ]
    return sheet.document(sheet.labels.title, blocks)


def _question(question: Question, pictures: Pictures, say: Say, *, with_keys: bool) -> KeepTogether:
    path = f"test_bank/{question.id}"
    stem = formula_paragraphs(question.stem.strip() or BLANK, bold=True, element=f"{path}/stem")
    lines: list[FlowBlock | Picture] = [*stem, *pictures_below(question, None, pictures, say)]
    for index, option in enumerate(question.options):
        text = f"{letter(index)}. {option.strip() or BLANK}"
        lines += formula_paragraphs(text, element=f"{path}/options/{index}")
        lines += pictures_below(question, index, pictures, say)
    if with_keys:
        keys = ", ".join(letter(index) for index in question.correct) or BLANK
        lines.append(Paragraph((Run(f"ANSWER: {keys}"),), Align.LEFT))
    return KeepTogether(tuple(lines))


def letter(index: int) -> str:
    """Return the letter of the option at a position counted from 0; a number behind Z."""
    return _LETTERS[index] if 0 <= index < len(_LETTERS) else str(index + 1)
