"""Writing Moodle XML: UTF-8, LF, texts as HTML that shows the plain text to the letter."""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from app.formats import moodle_calculated
from app.formats.carrying import as_choice, carried_text, has_several, not_carried, problems_of
from app.formats.html_text import to_html
from app.formats.numbers import parse_number
from app.formats.pictures import NO_PICTURES, Pictures
from app.formats.problems import Problem, Written
from app.formats.shares import right_share, wrong_share
from app.model.tasks import AnswerKind, Question

MAX_NAME_CHARS = 80
"""The platform shortens a longer name; the whole stem stands in the text."""
_KINDS = frozenset(AnswerKind)
_MARKED = re.compile(r"[&<>\n]")
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


def write_carriable(questions: Sequence[Question], pictures: Pictures = NO_PICTURES) -> Written:
    """Return the questions as a Moodle XML file, and why the others are not in it.

    Args:
        questions: what to write.
        pictures: contents of their pictures; one that is missing here is named and left out.
    """
    obstacles = problems_of(questions, _KINDS, "Moodle XML", pictures, carries_calculations=True)
    for place, question in enumerate(questions):
        texts = (question.stem, *question.options, *question.answers, question.feedback, *question.option_feedback)
        texts = (*texts, *question.tags, *(picture.alt for picture in question.pictures))
        if _FORBIDDEN.search("\n".join(texts)):
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
    notes += not_carried(questions, blocked, "Moodle XML", feedback=True, tags=True, pictures=pictures)
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    parts += [_question(question, pictures) for place, question in enumerate(questions) if place not in blocked]
    parts.append("</quiz>\n")
    return Written("".join(parts).encode(), tuple(problem for _, problem in obstacles), tuple(notes))


def _question(question: Question, pictures: Pictures) -> str:
    choice = as_choice(question)
    kind = "calculated" if question.calculation else "multichoice" if choice else _TYPES[question.kind]
    stem = carried_text(question.stem)
    name = _name(stem) or next((picture.alt for picture in question.pictures), "") or question.id
    lines = [
        f'  <question type="{kind}">',
        f"    <name><text>{escape(_name(name), quote=False)}</text></name>",
        f'    <questiontext format="html">{_shown(stem, question, None, pictures)}</questiontext>',
    ]
    if feedback := carried_text(question.feedback):
        lines.append(f'    <generalfeedback format="html">{_text(feedback)}</generalfeedback>')
    lines.append("    <defaultgrade>1</defaultgrade>")
    if question.calculation:
        lines += moodle_calculated.written(question.calculation)
    elif choice:
        lines += _choice(question, pictures)
    elif question.kind is AnswerKind.MATCHING:
        lines += _matching(question, pictures)
    else:
        lines += _typed(question)
    if tags := list(filter(None, map(carried_text, question.tags))):
        inner = "".join(f"<tag><text>{escape(tag, quote=False)}</text></tag>" for tag in tags)
        lines.append(f"    <tags>{inner}</tags>")
    return "\n".join([*lines, "  </question>\n"])


def _name(stem: str) -> str:
    line = " ".join(stem.split())
    return line if len(line) <= MAX_NAME_CHARS else f"{line[: MAX_NAME_CHARS - 1]}…"


def _text(text: str) -> str:
    """Return the text as HTML in XML: escaped twice, as a tag in the text is neither HTML nor XML."""
    if not _MARKED.search(text):
        return f"<text>{text}</text>"
    return f"<text>{escape(to_html(text), quote=False)}</text>"


def _shown(text: str, question: Question, option: int | None, pictures: Pictures) -> str:
    """Return a text with the pictures that stand below it, and their files."""
    own = question.pictures and [p for p in question.pictures if p.option == option and p.file.path in pictures]
    if not own:
        return _text(text)
    files: dict[str, bytes] = {p.file.path.rpartition("/")[2]: pictures[p.file.path] for p in own}
    shown = [to_html(text)] if text else []
    for picture in own:
        source = f"@@PLUGINFILE@@/{quote(picture.file.path.rpartition('/')[2])}"
        shown.append(f'<img src="{source}" alt="{escape(carried_text(picture.alt))}">')
    parts = [f"<text>{escape('<br>'.join(shown), quote=False)}</text>"]
    for name, data in files.items():
        encoded = b64encode(data).decode("ascii")
        parts.append(f'<file name="{escape(name)}" path="/" encoding="base64">{encoded}</file>')
    return "".join(parts)


def _choice(question: Question, pictures: Pictures) -> Iterator[str]:
    several = has_several(question)
    yield f"    <single>{'false' if several else 'true'}</single>"
    yield "    <shuffleanswers>true</shuffleanswers>"
    yield "    <answernumbering>ABCD</answernumbering>"
    right = set(question.correct)
    good = right_share(len(right)) if several else "100"
    bad = f"-{wrong_share(len(question.options) - len(right))}" if several else "0"
    for place, option in enumerate(question.options):
        share = good if place in right else bad
        feedback = carried_text(question.option_feedback[place]) if place < len(question.option_feedback) else ""
        told = f'<feedback format="html">{_text(feedback)}</feedback>' if feedback else ""
        shown = _shown(carried_text(option), question, place, pictures)
        yield f'    <answer fraction="{share}" format="html">{shown}{told}</answer>'


def _matching(question: Question, pictures: Pictures) -> Iterator[str]:
    yield "    <shuffleanswers>true</shuffleanswers>"
    lefts = [*question.options, *[""] * (len(question.answers) - len(question.options))]
    for place, (left, right) in enumerate(zip(lefts, question.answers, strict=True)):
        partner = f"<answer><text>{escape(carried_text(right), quote=False)}</text></answer>"
        shown = _shown(carried_text(left), question, place, pictures)
        yield f'    <subquestion format="html">{shown}{partner}</subquestion>'


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
