"""Formulas are drawn with their measures; what cannot be drawn to the letter is refused, and quickly."""

from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.formats.formula_drawing import draw_formula, formula_svg
from app.formats.mathml import MAX_CHARS, formula_mathml

PARTS = (
    "\\", "{", "}", "^", "_", "&", "\\\\", "<", ">", "\"", "'", "%", "#", "~", "$", " ", "x", "1", "ж", "қ", "中",
    "\u202e", "\\frac", "\\sqrt", "\\left(", "\\right.", "\\begin{matrix}", "\\end{matrix}", "\\text{", "\\hspace{",
    "9999em", "\\color{", "\\sum", "\\overline", "\\mathbf{", "\\tag{1}", "\\unknown", "\\middle|", "\\limits", "-1ex",
)  # fmt: skip


@pytest.mark.parametrize("latex", [r"\frac{1}{2}", r"\sqrt{x}", r"\text{жылдамдық}", "x<y"])
def test_a_formula_becomes_a_drawing_in_its_colour(latex: str) -> None:
    svg = formula_svg(latex, 20, "#123456")
    assert svg is not None
    assert svg.startswith("<svg")
    assert "#123456" in svg


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{",
        "",
        " ",
        "&",
        r"\unknown x",
        r"\text{中文}",
        r"\hspace{9em}",
        "x" * (MAX_CHARS + 1),
        "x\u202ey",
        "a\x00",
    ],
)
def test_what_cannot_be_drawn_to_the_letter_is_refused(latex: str) -> None:
    assert draw_formula(latex) is None


@pytest.mark.parametrize(
    ("open_mark", "close_mark"),
    [(r"\sqrt{", "}"), (r"\frac{1}{1+", "}"), ("{", "}"), ("x^{", "}"), (r"\left(", r"\right)")],
)
def test_deep_nesting_is_drawn_or_refused_but_never_hangs(open_mark: str, close_mark: str) -> None:
    # Drawn without bounds, 30 levels of one in another would take hours.
    draw_formula(open_mark * 30 + "x" + close_mark * 30)
    assert draw_formula(open_mark * 2 + "x" + close_mark * 2) is not None


def test_every_letter_of_a_word_in_kazakh_has_a_shape() -> None:
    for letter in "аәғқңөұүһіӘҒҚҢӨҰҮҺІ":
        assert draw_formula(rf"\text{{{letter}}}") is not None


def test_the_measures_follow_from_the_letters() -> None:
    flat, deep = draw_formula("x"), draw_formula("p")
    assert flat is not None
    assert deep is not None
    assert flat.depth_em < 0.1 < deep.depth_em  # x stands on the line, p reaches below it
    wide = draw_formula("xxxx")
    assert wide is not None
    assert wide.width_em > 3 * flat.width_em
    in_line, own_line = draw_formula(r"\frac{1}{2}"), draw_formula(r"\frac{1}{2}", own_line=True)
    assert in_line is not None
    assert own_line is not None
    assert in_line.height_em < own_line.height_em


def test_threads_that_draw_at_once_draw_the_same() -> None:
    formulas = [rf"\frac{{{n}}}{{x_{{{n}}}}}+\text{{қ{n}}}" for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda latex: formula_svg(latex, 10, "#000000"), formulas * 2))
    assert together == [formula_svg(latex, 10, "#000000") for latex in formulas] * 2


def test_groups_of_one_are_taken_out_but_for_the_comma_of_a_decimal() -> None:
    plain, grouped, decimal = (formula_mathml(latex) for latex in ("x+y", "{{x}}+{y}", "0{,}5"))
    assert plain is not None
    assert grouped is not None
    assert decimal is not None
    assert ElementTree.tostring(plain) == ElementTree.tostring(grouped)
    assert decimal.find(".//mrow/mrow/mo") is not None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_no_text_makes_it_fail(latex: str) -> None:
    drawing = draw_formula(latex)
    if drawing is not None:
        assert ElementTree.fromstring(drawing.svg).tag.endswith("svg")
        assert min(drawing.width_em, drawing.height_em) > 0
