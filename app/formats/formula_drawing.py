"""Formulas as drawings: of the window's preview and of print."""

from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from threading import Lock
from xml.etree import ElementTree

from app.formats.mathml import formula_mathml

_DRAWN_PT = 10.0
_ONE_AT_A_TIME = Lock()
"""The library reads glyphs from one open font file; the preview draws beside the window's thread."""

_MARGIN_PT = 0.4
"""What letters reach over their own box; the drawing has so much room on each side."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula drawn as SVG of outlines alone; measures in shares of the size of the letters around it.

    Attributes:
        width_em: its width.
        height_em: its height.
        depth_em: how far it reaches below the baseline.
    """

    svg: str
    width_em: float
    height_em: float
    depth_em: float


@lru_cache(maxsize=2000)
def draw_formula(latex: str, *, own_line: bool = False) -> Drawing | None:
    """Return a formula drawn in black, None where it cannot be read or a letter of it has no shape."""
    svg = _svg(latex, _DRAWN_PT, "#000000", _MARGIN_PT, own_line=own_line)
    if svg is None:
        return None
    _, top, width, height = map(float, svg.attrib["viewBox"].split())
    if not all(map(isfinite, (top, width, height))) or width <= 0 or height <= 0 or not any(map(_is_ink, svg.iter())):
        return None
    text = ElementTree.tostring(svg, encoding="unicode")
    return Drawing(text, width / _DRAWN_PT, height / _DRAWN_PT, (top + height) / _DRAWN_PT)


def formula_svg(latex: str, size_pt: float, colour: str) -> str | None:
    """Return a formula drawn as SVG for a screen, None where it cannot be read.

    Args:
        latex: the formula without its marks.
        size_pt: size of its letters.
        colour: of its ink, ``#rrggbb``.
    """
    svg = _svg(latex, size_pt, colour, margin_pt=1.0, own_line=True)
    return None if svg is None else ElementTree.tostring(svg, encoding="unicode")


def _svg(latex: str, size_pt: float, colour: str, margin_pt: float, *, own_line: bool) -> ElementTree.Element | None:
    mathml = formula_mathml(latex, own_line=own_line)
    if mathml is None:
        return None
    with _ONE_AT_A_TIME:
        return _drawn(mathml, size_pt, colour, margin_pt)


def _drawn(mathml: ElementTree.Element, size_pt: float, colour: str, margin_pt: float) -> ElementTree.Element | None:
    from ziamath.config import config  # 0.8 s, paid by whoever draws a formula
    from ziamath.zmath import Math

    from app.formats.formula_font import FONT_NAME, formula_font

    config.svg2 = False  # plain SVG 1.1, which every renderer draws
    letters = {letter for text in mathml.itertext() for letter in text if not letter.isspace()}
    if not all(map(formula_font().shows, letters)):
        return None
    source = deepcopy(mathml)
    source.set("mathcolor", colour)
    try:
        return Math(source, size=size_pt, font=FONT_NAME, margin=margin_pt).svgxml()
    except Exception:  # noqa: BLE001 - it raises whatever it meets: KeyError, IndexError, RecursionError …
        return None


def _is_ink(element: ElementTree.Element) -> bool:
    return element.tag in ("path", "rect", "line")
