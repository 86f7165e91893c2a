"""MyTestX as text: a line with ``#`` before a question, ``+`` before a right option, ``-`` before a wrong one."""

import re
from collections.abc import Sequence

from app.formats.marked_text import LINE_START, Dialect, Mark, read_marked, write_marked
from app.formats.problems import ReadResult, Written
from app.model.tasks import Question

_MARK = re.compile(rf"{LINE_START}(?P<mark>[#+-])", re.MULTILINE)
_MARKS = {"#": Mark.QUESTION, "+": Mark.RIGHT, "-": Mark.OPTION}


def _classify(match: re.Match[str]) -> tuple[Mark, str]:
    return _MARKS[match["mark"]], ""


_DIALECT = Dialect("MyTestX", _MARK, _classify)


def read(text: str) -> ReadResult:
    """Read a file."""
    return read_marked(text, _DIALECT)


def write_carriable(questions: Sequence[Question]) -> Written:
    """Return the questions as a MyTestX text (UTF-8 with a mark, CR LF), and why the others are not in it."""
    return write_marked(questions, _DIALECT.name, _render, read, _encode)


def _render(questions: Sequence[Question]) -> str:
    lines: list[str] = []
    for question in questions:
        lines.append(f"# {question.stem}")
        for place, option in enumerate(question.options):
            lines.append(f"{'+' if place in question.correct else '-'} {option}")
        lines.append("")
    return "\n".join(lines)


def _encode(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8-sig")
