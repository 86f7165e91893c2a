"""What a question must have before any format writes it, and the text that every format can hold."""

import re
from collections.abc import Iterator, Sequence

from app.formats.aiken_lines import ASCII_BLANK, looks_empty
from app.formats.numbers import parse_number
from app.formats.problems import Problem
from app.model.tasks import AnswerKind, Question

CHOICES = frozenset({AnswerKind.CHOICE_SINGLE, AnswerKind.CHOICE_MULTI})
OPTION_KINDS = frozenset({*CHOICES, AnswerKind.BINARY})
"""Kinds that a format with nothing but options holds; a true/false question needs its two words for that."""
_BREAK = re.compile(r"\r\n|\r")


def carried_text(text: str) -> str:
    """Return a text as a file holds it: one kind of line break, no white space around it."""
    return _BREAK.sub("\n", text).strip(ASCII_BLANK)


def as_choice(question: Question) -> bool:
    """Tell whether a question is written with options; a true/false question with words of its own is."""
    return question.kind in CHOICES or (question.kind is AnswerKind.BINARY and bool(question.options))


def has_several(question: Question) -> bool:
    """Tell whether several options may be ticked."""
    return question.kind is AnswerKind.CHOICE_MULTI or len(question.correct) > 1


def obstacles_of(question: Question, kinds: frozenset[AnswerKind]) -> Iterator[str]:
    """Yield why a question cannot be written in a format.

    Args:
        question: the question.
        kinds: the kinds that the format has a place for.
    """
    if question.kind not in kinds:
        yield "kind_not_carried"
        return
    if looks_empty(question.stem):
        yield "missing_stem"
    if as_choice(question):
        yield from _choice(question)
    elif question.kind is AnswerKind.BINARY:
        if kinds <= OPTION_KINDS:  # options alone, and it has none
            yield "kind_not_carried"
        elif question.correct not in ((0,), (1,)):
            yield "no_right_answer"
    elif question.kind is AnswerKind.MATCHING:
        yield from _matching(question)
    elif question.kind is not AnswerKind.FREE_FORM:
        yield from _typed(question)


def _choice(question: Question) -> Iterator[str]:
    if len(question.options) < 2:
        yield "too_few_options"
    if any(looks_empty(option) for option in question.options):
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
    questions: Sequence[Question], kinds: frozenset[AnswerKind], format_name: str
) -> list[tuple[int, Problem]]:
    """Return the obstacles of all questions, each with its place from 0."""
    return [
        (place, Problem(code, question=place + 1, params=_params(code, format_name)))
        for place, question in enumerate(questions)
        for code in obstacles_of(question, kinds)
    ]


def _params(code: str, format_name: str) -> dict[str, object]:
    return {"format": format_name} if code in {"kind_not_carried", "control_character"} else {}
