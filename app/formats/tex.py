r"""Formulas in the text of a question: ``\( … \)`` in the line, ``\[ … \]`` and ``$$ … $$`` on a line of their own.

The learning platform's MathJax filter knows the same marks. Anything that is no whole formula is plain text.
"""

import re
from dataclasses import dataclass, field

_FORMULA = re.compile(r"\\\((?P<inline>.+?)\\\)|\\\[(?P<block>.+?)\\\]|\$\$(?P<dollars>.+?)\$\$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text.

    Attributes:
        text: plain text, or the formula without its marks.
        formula: it is a formula.
        own_line: the formula stands on a line of its own.
        source: as it stands in the text, with its marks.
    """

    text: str
    formula: bool = False
    own_line: bool = False
    source: str = field(default="", compare=False)


def pieces(text: str) -> tuple[Piece, ...]:
    """Return a text cut into plain parts and formulas; their sources put together are the text again."""
    found: list[Piece] = []
    place = 0
    for match in _FORMULA.finditer(text):
        if match.start() > place:
            found.append(_plain(text[place : match.start()]))
        latex = match["inline"] or match["block"] or match["dollars"]
        found.append(Piece(latex.strip(), formula=True, own_line=match["inline"] is None, source=match[0]))
        place = match.end()
    if place < len(text):
        found.append(_plain(text[place:]))
    return tuple(found)


def formula_of(text: str) -> Piece | None:
    """Return the formula that a text is, with its marks and nothing beside it; None where it is anything else."""
    found = pieces(text)
    return found[0] if len(found) == 1 and found[0].formula else None


def _plain(text: str) -> Piece:
    return Piece(text, source=text)
