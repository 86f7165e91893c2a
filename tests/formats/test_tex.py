r"""Formulas are found between their marks and drawn; anything else stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.tex import Piece, formula_svg, pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", (Piece("plain"),)),
        ("", ()),
        (r"a \(x^2\) b", (Piece("a "), Piece("x^2", formula=True), Piece(" b"))),
        (r"\[ y \]", (Piece("y", formula=True, own_line=True),)),
        ("$$z$$", (Piece("z", formula=True, own_line=True),)),
        (r"open \(x only", (Piece(r"open \(x only"),)),
        ("5 $ and 6 $", (Piece("5 $ and 6 $"),)),
    ],
)
def test_a_text_is_cut(text: str, expected: tuple[Piece, ...]) -> None:
    assert pieces(text) == expected


@given(st.text(alphabet="\\()[]$xа ", max_size=30))
def test_no_letter_of_plain_text_is_lost(text: str) -> None:
    rest = text
    for piece in pieces(text):
        assert piece.text in rest
        rest = rest[rest.index(piece.text) + len(piece.text) :]


@pytest.mark.parametrize("latex", [r"\frac{1}{2}", r"\sqrt{x}", r"\text{жылдам}", "x<y"])
def test_a_formula_becomes_a_drawing_in_its_colour(latex: str) -> None:
    svg = formula_svg(latex, 20, "#123456")
    if latex == "x<y":  # some of what MathJax draws its parser refuses; the text stays then
        assert svg is None or svg.startswith("<svg")
        return
    assert svg is not None
    assert svg.startswith("<svg")
    assert "#123456" in svg


def test_what_is_no_formula_gives_no_drawing() -> None:
    assert formula_svg(r"\frac{", 20, "#000000") is None
