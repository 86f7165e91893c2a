"""What a question must have before any format writes it, and the text that every format can hold."""

import re
from collections.abc import Container, Iterator, Sequence

from app.formats.aiken_lines import ASCII_BLANK, looks_empty
from app.formats.calculated import check
from app.formats.numbers import parse_number
from app.formats.pictures import NO_PICTURES, Pictures
from app.formats.problems import Problem, ProblemSeverity
from app.model.tasks import AnswerKind, Calculation, Question

CHOICES = frozenset({AnswerKind.CHOICE_SINGLE, AnswerKind.CHOICE_MULTI})
OPTION_KINDS = frozenset({*CHOICES, AnswerKind.BINARY})
"""Kinds that a format with nothing but options holds; a true/false question needs its two words for that."""
_BREAK = re.compile(r"\r\n|\r")


def carried_text(text: str) -> str:
    """Return a text as a file holds it: one kind of line break, no white space around it."""
    return (_BREAK.sub("\n", text) if "\r" in text else text).strip(ASCII_BLANK)


def as_choice(question: Question) -> bool:
    """Tell whether a question is written with options; a true/false question with words of its own is."""
    return question.kind in CHOICES or (question.kind is AnswerKind.BINARY and bool(question.options))


def has_several(question: Question) -> bool:
    """Tell whether several options may be ticked."""
    return question.kind is AnswerKind.CHOICE_MULTI or len(question.correct) > 1


def obstacles_of(
    question: Question,
    kinds: frozenset[AnswerKind],
    pictures: Pictures = NO_PICTURES,
    *,
    carries_calculations: bool = False,
) -> Iterator[str]:
    """Yield why a question cannot be written in a format.

    Args:
        question: the question.
        kinds: the kinds that the format has a place for.
        pictures: contents of the pictures that will be in the file; what has one needs no words.
        carries_calculations: the format has a place for parameterised questions.
    """
    if question.kind not in kinds:
        yield "kind_not_carried"
        return
    shown = {picture.option for picture in question.pictures if picture.file.path in pictures}
    if looks_empty(question.stem) and None not in shown:
        yield "missing_stem"
    if question.calculation is not None:
        yield from _calculated(question.stem, question.calculation, carries_calculations=carries_calculations)
    elif as_choice(question):
        yield from _choice(question, shown)
    elif question.kind is AnswerKind.BINARY:
        if kinds <= OPTION_KINDS:  # options alone, and it has none
            yield "kind_not_carried"
        elif question.correct not in ((0,), (1,)):
            yield "no_right_answer"
    elif question.kind is AnswerKind.MATCHING:
        yield from _matching(question)
    elif question.kind is not AnswerKind.FREE_FORM:
        yield from _typed(question)


def _calculated(stem: str, calculation: Calculation, *, carries_calculations: bool) -> Iterator[str]:
    if not carries_calculations:
        yield "calculation_not_carried"
    elif any(problem.severity is ProblemSeverity.ERROR for problem in check(stem, calculation).problems):
        yield "calculation_broken"


def _choice(question: Question, shown: Container[int | None]) -> Iterator[str]:
    if len(question.options) < 2:
        yield "too_few_options"
    if any(looks_empty(option) and place not in shown for place, option in enumerate(question.options)):
        yield "empty_option"
    if not question.correct or not all(0 <= place < len(question.options) for place in question.correct):
        yield "no_right_answer"


def _matching(question: Question) -> Iterator[str]:
    if len(question.options) < 2 or len(question.answers) < len(question.options):
        yield "too_few_options"
    if any(looks_empty(text) for text in (*question.options, *question.answers)):
        yield "empty_option"


def _typed(question: Question) -> Iterator[str]:
    if not question.answers or any(looks_empty(answer) for answer in question.answers):
        yield "missing_answers"
    elif question.kind is AnswerKind.NUMBER and any(parse_number(answer) is None for answer in question.answers):
        yield "number_not_plain"


def problems_of(
    questions: Sequence[Question],
    kinds: frozenset[AnswerKind],
    format_name: str,
    pictures: Pictures = NO_PICTURES,
    *,
    carries_calculations: bool = False,
) -> list[tuple[int, Problem]]:
    """Return the obstacles of all questions, each with its place from 0; see `obstacles_of`."""
    return [
        (place, Problem(code, question=place + 1, params=_params(code, format_name)))
        for place, question in enumerate(questions)
        for code in obstacles_of(question, kinds, pictures, carries_calculations=carries_calculations)
    ]


def _params(code: str, format_name: str) -> dict[str, object]:
    named = {"kind_not_carried", "control_character", "calculation_not_carried"}
    return {"format": format_name} if code in named else {}


def not_carried(
    questions: Sequence[Question],
    left_out: Container[int],
    format_name: str,
    *,
    feedback: bool = False,
    tags: bool = False,
    pictures: Pictures = NO_PICTURES,
) -> list[Problem]:
    """Return what the questions in a file have besides and the format has no place for, one problem for each thing.

    Args:
        questions: what was to be written.
        left_out: places of questions that are not in the file.
        format_name: how people call it.
        feedback: the format has a place for feedback.
        tags: the format has a place for tags.
        pictures: contents of the pictures that are in the file.
    """
    found: dict[str, tuple[int, int]] = {}
    for place, question in enumerate(questions):
        if place in left_out or not (
            question.feedback or question.option_feedback or question.tags or question.pictures
        ):
            continue
        lost = {
            "feedback_not_carried": not feedback
            and any(map(str.strip, (question.feedback, *question.option_feedback))),
            "tags_not_carried": not tags and any(map(str.strip, question.tags)),
            "picture_not_carried": any(picture.file.path not in pictures for picture in question.pictures),
        }
        for code in (code for code, is_lost in lost.items() if is_lost):
            first, count = found.get(code, (place + 1, 0))
            found[code] = first, count + 1
    return [
        Problem(code, question=first, params={"count": count, "format": format_name})
        for code, (first, count) in found.items()
    ]
