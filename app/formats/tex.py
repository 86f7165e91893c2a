r"""Formulas in the text of a question: ``\( … \)`` in the line, ``\[ … \]`` and ``$$ … $$`` on a line of their own.

The learning platform's MathJax filter knows the same marks. Anything that is no whole formula is plain text.
"""

import re
from dataclasses import dataclass

_FORMULA = re.compile(r"\\\((?P<inline>.+?)\\\)|\\\[(?P<block>.+?)\\\]|\$\$(?P<dollars>.+?)\$\$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text.

    Attributes:
        text: plain text, or the formula without its marks.
        formula: it is a formula.
        own_line: the formula stands on a line of its own.
    """

    text: str
    formula: bool = False
    own_line: bool = False


def pieces(text: str) -> tuple[Piece, ...]:
    """Return a text cut into plain parts and formulas; put together with their marks they are the text again."""
    found: list[Piece] = []
    place = 0
    for match in _FORMULA.finditer(text):
        if match.start() > place:
            found.append(Piece(text[place : match.start()]))
        latex = match["inline"] or match["block"] or match["dollars"]
        found.append(Piece(latex.strip(), formula=True, own_line=match["inline"] is None))
        place = match.end()
    if place < len(text):
        found.append(Piece(text[place:]))
    return tuple(found)


def formula_svg(latex: str, size_pt: float, colour: str) -> str | None:
    """Return a formula drawn as SVG, None where it cannot be read.

    Args:
        latex: the formula without its marks.
        size_pt: size of its letters.
        colour: of its ink, ``#rrggbb``.
    """
    from ziamath.config import config  # 0.8 s, paid by whoever draws a formula
    from ziamath.zmath import Latex

    config.svg2 = False  # plain SVG 1.1, which every renderer draws
    try:
        return Latex(latex, size=size_pt, color=colour).svg()
    except Exception:  # noqa: BLE001 - its parsers raise whatever they meet: KeyError, IndexError, ParseError …
        return None
