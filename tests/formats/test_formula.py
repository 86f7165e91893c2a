"""Formulas: the grammar, values against Python's own arithmetic, and nothing that runs."""

import contextlib
import math
import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.formats.formula import FormulaError, ValueFaultError, evaluate, from_platform, names_in, parse, platform_text

VALUES = {"a": 3.0, "b": -2.0, "c": 0.5}


def value(text: str) -> float:
    return evaluate(parse(text), VALUES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("-a^2", -9),  # as mathematics has it, not (-a)^2
        ("2^-1", 0.5),
        ("2^3^2", 512),
        ("2**3", 8),
        ("10 - 4 - 3", 3),
        ("12 / 2 / 3", 2),
        ("{a} * { b }", -6),
        ("--a", 3),
        ("3 × 4 ÷ 6 − 1", 1),
        ("sqrt(a*a) + abs(b)", 5),
        ("ln(e) + lg(1000)", 4),
        ("round(2.5) + round(-2.5)", 0),
        ("round(3.14159, 2)", 3.14),
        ("max(a, b, c) - min(a, b, c)", 5),
        ("sin(pi/2)", 1),
        ("1.5e2 + .5", 150.5),
    ],
)
def test_values(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "formula_empty", 0),
        ("  ", "formula_empty", 0),
        ("1 +", "formula_incomplete", 4),
        ("(a", "formula_incomplete", 3),
        ("2a", "formula_syntax", 2),
        ("a b", "formula_syntax", 3),
        ("1,5", "formula_syntax", 2),
        ("a)", "formula_syntax", 2),
        ("a = 2", "formula_syntax", 3),
        ("__import__('os')", "formula_syntax", 1),
        ("a.real", "formula_syntax", 2),
        ("системa", "formula_syntax", 1),
        ("open(a)", "formula_function", 1),
        ("sqrt(1, 2)", "formula_arguments", 1),
        ("max(a)", "formula_arguments", 1),
        ("lambda", "", 0),  # a name like any other, with no value
        ("(" * 60 + "1" + ")" * 60, "formula_too_long", 0),
        ("1+" * 300 + "1", "formula_too_long", 0),
    ],
)
def test_what_is_no_formula(text: str, code: str, place: int) -> None:
    if not code:
        assert names_in(parse(text)) == {text}
        return
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.place) == (code, place)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1/(a-3)", "division_by_zero"),
        ("0^b", "division_by_zero"),
        ("sqrt(b)", "out_of_domain"),
        ("ln(0)", "out_of_domain"),
        ("b^c", "out_of_domain"),
        ("asin(2)", "out_of_domain"),
        ("exp(1000)", "overflow"),
        ("10^400", "overflow"),
        ("1e308*10", "overflow"),
        ("round(a, 400)", "overflow"),
    ],
)
def test_formulas_without_a_value(text: str, code: str) -> None:
    with pytest.raises(ValueFaultError) as caught:
        value(text)
    assert caught.value.code == code


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> str:
    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from(["a", "b", "c", "2", "0.25", "10"]))
    left, right = draw(expressions(depth - 1)), draw(expressions(depth - 1))
    return draw(
        st.sampled_from([f"({left}){mark}({right})" for mark in "+-*/"] + [f"{left}+{right}", f"{left}*{right}-{left}"])
    )


@given(expressions())
def test_arithmetic_agrees_with_python(text: str) -> None:
    try:
        expected = eval(text, {}, VALUES)  # the text is made above
    except ZeroDivisionError:
        with pytest.raises(ValueFaultError):
            value(text)
        return
    assert value(text) == expected


@given(expressions())
def test_the_platforms_form_means_the_same(text: str) -> None:
    formula = parse(text)
    ours = from_platform(platform_text(formula, frozenset(VALUES)))
    assert ours is not None
    try:
        expected = evaluate(formula, VALUES)
    except ValueFaultError:
        assume(False)
    assert evaluate(parse(ours), VALUES) == expected


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("a^2", "pow({a}, 2)"),
        ("ln(a)", "log({a})"),
        ("lg(a)", "log10({a})"),
        ("2*pi", "(2 * pi())"),
        ("e^a", "pow(exp(1), {a})"),
    ],
)
def test_the_platforms_form(text: str, platform: str) -> None:
    assert platform_text(parse(text), frozenset({"a"})) == platform
    ours = from_platform(platform)
    assert ours is not None
    assert value(ours) == pytest.approx(value(text))


@pytest.mark.parametrize("text", ["{a}^2", "{a} % 2", "{a} > 1 ? 2 : 3", "fmod({a}, 2)", "{скорость}", ""])
def test_what_the_platform_alone_knows(text: str) -> None:
    assert from_platform(text) is None


@given(st.text(string.ascii_letters + string.digits + "+-*/^().,{} \n×é", max_size=60))
def test_any_text_is_a_formula_or_refused(text: str) -> None:
    try:
        formula = parse(text)
    except FormulaError:
        return
    with contextlib.suppress(ValueFaultError):
        assert math.isfinite(evaluate(formula, dict.fromkeys(names_in(formula), 1.5)))
