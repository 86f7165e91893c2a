"""Curves as SVG: what is drawn stands where the values put it, and is told in words as well."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters.curve import Band, Curve, Trace, curve_svg
from app.model.texts import Lang

SVG = "{http://www.w3.org/2000/svg}"
CURVE = Curve(Lang.EN, "Loudness, LUFS", "time", -50.0, 0.0, (Trace((-20.0, -10.0, -30.0), "over 3 s"),))


def drawn(curve: Curve) -> ET.Element:
    return ET.fromstring(curve_svg(curve))


def points(root: ET.Element) -> list[list[tuple[float, float]]]:
    """Return the points of every line."""
    pieces = []
    for line in root.iter(f"{SVG}polyline"):
        pairs = [pair.split(",") for pair in line.attrib["points"].split()]
        pieces.append([(float(x), float(y)) for x, y in pairs])
    return pieces


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize(("lang", "half"), [(Lang.KK, "0,5"), (Lang.RU, "0,5"), (Lang.EN, "0.5")])
def test_an_axis_of_halves_has_the_decimal_sign_of_its_language(lang: Lang, half: str) -> None:
    narrow = replace(CURVE, lang=lang, low=-1.0, high=1.0)
    assert {half, f"−{half}"} <= set(texts(drawn(narrow)))


def test_louder_stands_higher_and_later_stands_further_right() -> None:
    ((first, second, third),) = points(drawn(CURVE))
    assert second[1] < first[1] < third[1]
    assert first[0] < second[0] < third[0]
    # twice the distance in dB is twice the distance on paper
    assert third[1] - second[1] == pytest.approx(2 * (first[1] - second[1]), abs=0.05)


def test_the_axes_are_named_and_have_figures() -> None:
    found = texts(drawn(CURVE))
    for text in ("Loudness, LUFS", "time", "over 3 s", "−50", "0", "0:00", "0:01"):
        assert text in found


def test_a_gap_in_the_values_is_a_gap_in_the_line() -> None:
    values = (-20.0, -21.0, None, None, -22.0, -23.0, None, -24.0)
    pieces = points(drawn(replace(CURVE, traces=(Trace(values, "a"),))))
    assert [len(piece) for piece in pieces] == [2, 2, 2]  # a lone value is a short stroke
    assert points(drawn(replace(CURVE, traces=(Trace((None, None), "a"),)))) == []


def test_a_band_covers_its_values() -> None:
    root = drawn(replace(CURVE, band=Band(-30.0, -10.0, "recommended")))
    (band,) = (r for r in root.iter(f"{SVG}rect") if float(r.attrib["width"]) > 100)
    top, height = float(band.attrib["y"]), float(band.attrib["height"])
    ((_, second, third),) = points(root)
    assert top == pytest.approx(second[1], abs=0.02)
    assert top + height == pytest.approx(third[1], abs=0.02)
    assert "recommended" in texts(root)


def test_faults_are_marked_where_they_are_however_short() -> None:
    values = (-20.0,) * 100
    root = drawn(replace(CURVE, traces=(Trace(values, "a"),), marks=((25.0, 50.0), (75.0, 75.01)), mark_label="fault"))
    long, short, sample = list(root.iter(f"{SVG}rect"))
    (line,) = points(root)
    left, right = line[0][0], line[-1][0]
    assert float(long.attrib["x"]) == pytest.approx(left + (right - left) * 24.5 / 99, abs=0.1)
    assert float(long.attrib["width"]) == pytest.approx((right - left) * 25 / 99, abs=0.1)
    assert float(short.attrib["width"]) > 1.0
    assert sample.attrib["fill"] == long.attrib["fill"]
    assert "fault" in texts(root)
    assert "fault" not in texts(drawn(replace(CURVE, mark_label="fault")))


def test_three_hours_make_a_small_picture_that_keeps_the_loudest_moment() -> None:
    values = [-30.0] * 10_800
    values[7_777] = -5.0
    svg = curve_svg(replace(CURVE, traces=(Trace(values, "a"),)))
    assert len(svg) < 30_000
    (line,) = points(ET.fromstring(svg))
    assert min(y for _, y in line) == pytest.approx(
        points(drawn(replace(CURVE, traces=(Trace((-5.0, -5.0), "a"),))))[0][0][1]
    )
    assert "2:30:00" in texts(ET.fromstring(svg))


def test_texts_are_never_read_as_markup() -> None:
    root = drawn(replace(CURVE, title='<b>&"', traces=(Trace((1.0,), "</text><script>"),)))
    assert '<b>&"' in texts(root)
    assert "</text><script>" in texts(root)


@given(
    values=st.lists(st.none() | st.floats(-1e6, 1e6, allow_nan=False), max_size=40),
    marks=st.lists(st.tuples(st.floats(-10, 100), st.floats(-10, 100)), max_size=5),
)
def test_nothing_is_drawn_outside_the_picture(values: list[float | None], marks: list[tuple[float, float]]) -> None:
    spans = tuple((min(mark), max(mark)) for mark in marks)
    svg = curve_svg(replace(CURVE, traces=(Trace(values, "a"),), marks=spans, mark_label="fault"))
    root = ET.fromstring(svg)
    _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
    for piece in points(root):
        assert all(0 <= x <= width and 0 <= y <= height for x, y in piece)
        assert all(one[0] <= other[0] for one, other in pairwise(piece))
    for rect in root.iter(f"{SVG}rect"):
        x, long = float(rect.attrib["x"]), float(rect.attrib["width"])
        assert long > 0
        assert 0 <= x <= x + long <= width + 2
    assert not re.search(rb"nan|inf\b", svg)
