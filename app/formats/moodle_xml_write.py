"""Writing Moodle XML: UTF-8, LF, texts as HTML that shows the plain text to the letter."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from app.formats.carrying import as_choice, carried_text, has_several, problems_of
from app.formats.html_text import to_html
from app.formats.numbers import parse_number
from app.formats.problems import Problem, Written
from app.formats.shares import right_share, wrong_share
from app.model.tasks import AnswerKind, Question

MAX_NAME_CHARS = 80
"""The platform shortens a longer name; the whole stem stands in the text."""
_KINDS = frozenset(AnswerKind)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TYPES = {
    AnswerKind.CHOICE_SINGLE: "multichoice",
    AnswerKind.CHOICE_MULTI: "multichoice",
    AnswerKind.BINARY: "truefalse",
    AnswerKind.SHORT_TEXT: "shortanswer",
    AnswerKind.NUMBER: "numerical",
    AnswerKind.MATCHING: "matching",
    AnswerKind.FREE_FORM: "essay",
}


def write_carriable(questions: Sequence[Question]) -> Written:
    """Return the questions as a Moodle XML file, and why the others are not in it."""
    obstacles = problems_of(questions, _KINDS, "Moodle XML")
    for place, question in enumerate(questions):
        texts = (question.stem, *question.options, *question.answers)
        if any(_FORBIDDEN.search(text) for text in texts):
            params = {"format": "Moodle XML"}
            obstacles.append((place, Problem("control_character", question=place + 1, params=params)))
        elif as_choice(question) and has_several(question) and right_share(len(question.correct)) is None:
            params = {"format": "Moodle XML"}
            obstacles.append((place, Problem("not_to_the_letter", question=place + 1, params=params)))
    blocked = {place for place, _ in obstacles}
    notes = [
        Problem("kind_changed", question=place + 1)
        for place, question in enumerate(questions)
        if place not in blocked and question.kind is AnswerKind.BINARY and question.options
    ]
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    parts += [_question(question) for place, question in enumerate(questions) if place not in blocked]
    parts.append("</quiz>\n")
    return Written("".join(parts).encode(), tuple(problem for _, problem in obstacles), tuple(notes))


def _question(question: Question) -> str:
    choice = as_choice(question)
    kind = "multichoice" if choice else _TYPES[question.kind]
    stem = carried_text(question.stem)
    lines = [
        f'  <question type="{kind}">',
        f"    <name><text>{escape(_name(stem), quote=False)}</text></name>",
        f'    <questiontext format="html">{_text(stem)}</questiontext>',
        "    <defaultgrade>1</defaultgrade>",
    ]
    if choice:
        lines += _choice(question)
    elif question.kind is AnswerKind.MATCHING:
        lines += _matching(question)
    else:
        lines += _typed(question)
    return "\n".join([*lines, "  </question>\n"])


def _name(stem: str) -> str:
    line = " ".join(stem.split())
    return line if len(line) <= MAX_NAME_CHARS else f"{line[: MAX_NAME_CHARS - 1]}…"


def _text(text: str) -> str:
    """Return the text as HTML in XML: escaped twice, as a tag in the text is neither HTML nor XML."""
    return f"<text>{escape(to_html(text), quote=False)}</text>"


def _choice(question: Question) -> Iterator[str]:
    several = has_several(question)
    yield f"    <single>{'false' if several else 'true'}</single>"
    yield "    <shuffleanswers>true</shuffleanswers>"
    yield "    <answernumbering>ABCD</answernumbering>"
    right = set(question.correct)
    good = right_share(len(right)) if several else "100"
    bad = f"-{wrong_share(len(question.options) - len(right))}" if several else "0"
    for place, option in enumerate(question.options):
        share = good if place in right else bad
        yield f'    <answer fraction="{share}" format="html">{_text(carried_text(option))}</answer>'


def _matching(question: Question) -> Iterator[str]:
    yield "    <shuffleanswers>true</shuffleanswers>"
    lefts = [*question.options, *[""] * (len(question.answers) - len(question.options))]
    for left, right in zip(lefts, question.answers, strict=True):
        partner = f"<answer><text>{escape(carried_text(right), quote=False)}</text></answer>"
        yield f'    <subquestion format="html">{_text(carried_text(left))}{partner}</subquestion>'


def _typed(question: Question) -> Iterator[str]:
    if question.kind is AnswerKind.BINARY:
        for place, word in enumerate(("true", "false")):
            share = "100" if question.correct == (place,) else "0"
            yield f'    <answer fraction="{share}"><text>{word}</text></answer>'
    for answer in question.answers if question.kind is AnswerKind.SHORT_TEXT else ():
        pattern = carried_text(answer).replace("*", "\\*")
        yield f'    <answer fraction="100"><text>{escape(pattern, quote=False)}</text></answer>'
    for answer in question.answers if question.kind is AnswerKind.NUMBER else ():
        number = parse_number(answer)
        assert number is not None, "an answer that is no number is an obstacle"
        tolerance = f"<tolerance>{number.tolerance or 0}</tolerance>"
        yield f'    <answer fraction="100"><text>{number.value}</text>{tolerance}</answer>'
