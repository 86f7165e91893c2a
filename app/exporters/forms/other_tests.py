"""Tests that form 05 cannot hold: other kinds of answers and parameterised questions (11.3b, X13, deliverable 9)."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.exporters.document import Align, Block, Document, Heading, Paragraph, Run
from app.exporters.forms.common import Sheet, blank_line
from app.exporters.forms.formula_runs import formula_runs
from app.exporters.forms.question_blocks import question_block
from app.exporters.paper_variants import key_of
from app.formats.calculated import exact, tolerance_text, value_text
from app.formats.pictures import NO_PICTURES, Pictures
from app.model.course import Course
from app.model.regulation import BLANK, Regulation
from app.model.tasks import AnswerKind, Calculation, Question, ToleranceKind
from app.model.texts import Lang

_KINDS = (
    AnswerKind.CHOICE_MULTI,
    AnswerKind.BINARY,
    AnswerKind.SHORT_TEXT,
    AnswerKind.NUMBER,
    AnswerKind.MATCHING,
    AnswerKind.FREE_FORM,
)


def build(
    course: Course,
    regulation: Regulation,
    *,
    generated_on: date,
    draft: bool,
    pictures: Pictures = NO_PICTURES,
) -> Document:
    """Return the other tests by kind, with their keys; numbers run through the whole document.

    Args:
        course: the course.
        regulation: edition with labels.
        generated_on: the date that the document carries.
        draft: print the draft mark.
        pictures: contents of the course's pictures by their path.
    """
    sheet = Sheet(course, regulation, "", generated_on, draft)
    title = sheet.say("other_tests.title")
    blocks: list[Block] = [
        Heading(1, (Run(title),), Align.CENTRE),
        sheet.course_line(),
        Paragraph((Run(sheet.say("other_tests.note"), italic=True),), Align.LEFT),
    ]
    number = 1
    for name, questions in _groups(course.test_bank):
        blocks.append(sheet.heading(2, f"other_tests.{name}"))
        for question in questions:
            blocks += _question(sheet, number, question, pictures)
            number += 1
    if number == 1:
        blocks.append(blank_line())
    return sheet.document(title, blocks)


def has_other_tests(course: Course) -> bool:
    """Tell whether the course has a question that form 05 cannot hold."""
    return any(question.kind is not AnswerKind.CHOICE_SINGLE for question in course.test_bank)


def _groups(bank: Sequence[Question]) -> Iterator[tuple[str, list[Question]]]:
    for kind in _KINDS:
        questions = [question for question in bank if question.kind is kind and question.calculation is None]
        if questions:
            yield kind.value, questions
    calculated = [question for question in bank if question.calculation is not None]
    if calculated:
        yield "parameterised", calculated


def _question(sheet: Sheet, number: int, question: Question, pictures: Pictures) -> Iterator[Block]:
    partners = tuple(dict.fromkeys(sorted(question.answers))) if question.kind is AnswerKind.MATCHING else ()

    def say(key: str) -> str:
        return sheet.say(f"paper.{key}")

    yield question_block(number, question, question.stem, partners, say, pictures)
    mark = "." if sheet.lang is Lang.EN else ","
    if question.calculation is not None:
        yield from _calculation(sheet, question, question.calculation, mark)
        return
    yield _line(sheet, "key", key_of(question, partners, say, mark), f"test_bank/{question.id}/correct")


def _calculation(sheet: Sheet, question: Question, calculation: Calculation, mark: str) -> Iterator[Block]:
    path = f"test_bank/{question.id}/calculation"
    for variable in calculation.variables:
        ends = {"least": variable.minimum, "most": variable.maximum, "step": variable.step}
        values = {name: value_text(exact(value), mark) for name, value in ends.items()}
        text = sheet.say("other_tests.variable", name=f"{{{variable.name}}}", **values)
        shown = Run(text, element=f"{path}/variables/{variable.id}")
        yield Paragraph((shown,), Align.LEFT, keep_with_next=True)  # the key stands below
    relative = calculation.tolerance_kind is ToleranceKind.RELATIVE
    value = tolerance_text(calculation.tolerance * (100 if relative else 1), 6, mark)
    tolerance = sheet.say("other_tests.tolerance_share" if relative else "other_tests.tolerance", value=value)
    unit = f" {calculation.unit.strip()}" if calculation.unit.strip() else ""
    yield _line(sheet, "key", f"{calculation.formula.strip() or BLANK}{unit}; {tolerance}", f"{path}/formula")


def _line(sheet: Sheet, key: str, text: str, element: str) -> Paragraph:
    label = Run(sheet.say(f"other_tests.{key}"), bold=True)
    return Paragraph((label, Run(" "), *formula_runs(text or BLANK, element=element)), Align.LEFT)
