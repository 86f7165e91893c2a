"""Platonus: ``<question>`` and ``<variant>`` lines, CR LF.

In the classic form the first variant is right; the newer one marks the right one ``<variantright>``. The tags
``<question2>`` and ``<question3>`` stand before harder questions; the course has no place for that. Where every right
option is the first one, the classic form is written.
"""

import re
from collections.abc import Sequence

from app.formats.marked_text import LINE_START, Dialect, Mark, Piece, read_marked, write_marked
from app.formats.problems import ReadResult, Written
from app.model.tasks import Question

_TAG = re.compile(
    rf"(?:{LINE_START})?<[ \t]*(question[ \t]*(?P<level>\d?)|variant|variantright)[ \t]*>", re.MULTILINE | re.IGNORECASE
)


def _classify(match: re.Match[str]) -> tuple[Mark, str]:
    name = match[1].lower()
    if name.startswith("question"):
        level = match["level"]
        return Mark.QUESTION, "" if level == "1" else level
    return (Mark.RIGHT if name == "variantright" else Mark.OPTION), ""


def _is_classic(pieces: Sequence[Piece]) -> bool:
    return all(piece.mark is not Mark.RIGHT for piece in pieces)


_DIALECT = Dialect("Platonus", _TAG, _classify, first_is_right=_is_classic)


def read(text: str) -> ReadResult:
    """Read a file of either form."""
    return read_marked(text, _DIALECT)


def write_carriable(questions: Sequence[Question]) -> Written:
    """Return the questions as a Platonus file (UTF-8 with a mark, CR LF), and why the others are not in it."""
    return write_marked(questions, _DIALECT.name, _render, read, _encode)


def _render(questions: Sequence[Question]) -> str:
    classic = all(question.correct == (0,) for question in questions)
    lines: list[str] = []
    for question in questions:
        lines.append(f"<question>{question.stem}")
        for place, option in enumerate(question.options):
            tag = "variantright" if place in question.correct and not classic else "variant"
            lines.append(f"<{tag}>{option}")
        lines.append("")
    return "\n".join(lines)


def _encode(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8-sig")
