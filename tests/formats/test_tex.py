r"""Formulas are found between their marks; anything else stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.tex import Piece, formula_of, pieces


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


@given(st.text(alphabet="\\()[]$xа ", max_size=30))
def test_the_sources_put_together_are_the_text(text: str) -> None:
    assert "".join(piece.source for piece in pieces(text)) == text


@pytest.mark.parametrize(
    ("text", "latex"), [(r"\(x\)", "x"), (r"$$ y $$", "y"), (r"\(x\) ", None), (r"\(x\)\(y\)", None), ("x", None)]
)
def test_only_a_formula_alone_is_a_formula(text: str, latex: str | None) -> None:
    found = formula_of(text)
    assert (found and found.text) == latex
