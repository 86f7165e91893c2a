"""TAMOS: ``[q]3:1: stem``, ``[a]option``, ``[a][+]right option``; the two figures are levels of the test program."""

import re
from collections.abc import Sequence

from app.formats.marked_text import LINE_START, Dialect, Mark, read_marked, write_marked
from app.formats.problems import ReadResult, Written
from app.model.tasks import Question

_USUAL_LEVEL = "3:1"
_MARK = re.compile(
    rf"{LINE_START}\[(?:q\](?:[ \t]*(?P<level>\d{{1,3}}:\d{{1,3}}):)?|a\](?P<right>[ \t]*\[\+\])?)",
    re.MULTILINE | re.IGNORECASE,
)


def _classify(match: re.Match[str]) -> tuple[Mark, str]:
    if match["right"]:
        return Mark.RIGHT, ""
    is_question = "q]" in match[0].lower()
    return (Mark.QUESTION if is_question else Mark.OPTION), match["level"] or _USUAL_LEVEL


_DIALECT = Dialect("TAMOS", _MARK, _classify, usual_level=_USUAL_LEVEL)


def read(text: str) -> ReadResult:
    """Read a file."""
    return read_marked(text, _DIALECT)


def write_carriable(questions: Sequence[Question]) -> Written:
    """Return the questions as a TAMOS file (UTF-8 with a mark, CR LF), and why the others are not in it."""
    return write_marked(questions, _DIALECT.name, _render, read, _encode)


def _render(questions: Sequence[Question]) -> str:
    lines: list[str] = []
    for question in questions:
        lines.append(f"[q]{_USUAL_LEVEL}: {question.stem}")
        for place, option in enumerate(question.options):
            lines.append(f"[a]{'[+]' if place in question.correct else ''}{option}")
        lines.append("")
    return "\n".join(lines)


def _encode(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8-sig")
