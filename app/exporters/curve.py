"""Curves over time as vector pictures: lines, a target band, places of faults, axes with their labels.

Nothing here knows recordings. The SVG has real letters in the documents' own font and colours that differ in grey, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from app.exporters.fonts import PRIMARY_FAMILY
from app.model.texts import Lang, with_decimal_sign

WIDTH_MM: Final = 165.0
"""The width of the text on a page."""
_WIDTH, _HEIGHT = 660.0, 200.0  # four units are a millimetre
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 648.0, 22.0, 142.0
_MARKS_HEIGHT = 7.0
_TICK_Y, _LEGEND_Y = 165.0, 187.0
_FONT_SIZE = 11.5
_LETTER = 5.9  # mean width of a letter
_SAMPLE = 22.0
_MOST_POINTS: Final = 560
_LINES = (("#123f8c", "1.5", ""), ("#8a8a8a", "1.1", "5 3"))
_BAND, _GRID, _AXIS, _MARK = "#d5e8d0", "#d9d9d9", "#333333", "#b3261e"
_TIME_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_VALUE_STEPS = (0.5, 1.0, 2.0, 3.0, 5.0, 6.0, 10.0, 20.0, 25.0, 50.0)
_MOST_TIME_TICKS, _MOST_VALUE_TICKS = 9, 7


@dataclass(frozen=True, slots=True)
class Trace:
    """A line: one value a second, None where there is none."""

    values: Sequence[float | None]
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """Where the values should be; it is cut to the axis."""

    low: float
    high: float
    label: str


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn.

    Attributes:
        lang: the language of the labels, whose decimal sign the axis has.
        title: what the axis of values shows, with its unit; stands above it.
        time_label: what the axis of time shows.
        low: lower end of the axis; lower values are drawn there.
        high: upper end.
        traces: one line or two.
        marks: spans to mark below the line, seconds.
        mark_label: what they are.
    """

    lang: Lang
    title: str
    time_label: str
    low: float
    high: float
    traces: tuple[Trace, ...]
    band: Band | None = None
    marks: tuple[tuple[float, float], ...] = ()
    mark_label: str = ""

    @property
    def duration_s(self) -> float:
        """The length of the axis of time."""
        return float(max(1, *(len(trace.values) for trace in self.traces)))


def curve_svg(curve: Curve) -> bytes:
    """Return the curve as SVG, as wide as `WIDTH_MM`."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" width="{_WIDTH:g}" '
        f'height="{_HEIGHT:g}" font-family={quoteattr(PRIMARY_FAMILY)} font-size="{_FONT_SIZE}">',
        *_band(curve),
        *_grid(curve),
        *(line for number, trace in enumerate(curve.traces) for line in _line(curve, trace, number)),
        *_marks(curve),
        _text(_LEFT - 34, 12, curve.title),
        _text(_RIGHT, _TICK_Y, curve.time_label, "end"),
        *_legend(curve),
        "</svg>",
    ]
    return "\n".join(parts).encode()


def _x(curve: Curve, time_s: float) -> float:
    share = min(max(time_s / curve.duration_s, 0.0), 1.0)
    return _LEFT + (_RIGHT - _LEFT) * share


def _y(curve: Curve, value: float) -> float:
    share = (min(max(value, curve.low), curve.high) - curve.low) / (curve.high - curve.low)
    return _BOTTOM - (_BOTTOM - _TOP) * share


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#111111">{escape(text)}</text>'


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{fill}"/>'


def _stroke(x: float, y: float, to_x: float, to_y: float, colour: str, width: str = "0.7", dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x:.2f}" y1="{y:.2f}" x2="{to_x:.2f}" y2="{to_y:.2f}" stroke="{colour}" '
        f'stroke-width="{width}"{dashed}/>'
    )


def _band(curve: Curve) -> Iterator[str]:
    if curve.band is not None:
        top, bottom = _y(curve, curve.band.high), _y(curve, curve.band.low)
        yield _rect(_LEFT, top, _RIGHT - _LEFT, max(bottom - top, 1.0), _BAND)


def _grid(curve: Curve) -> Iterator[str]:
    step = next(
        (step for step in _VALUE_STEPS if (curve.high - curve.low) / step < _MOST_VALUE_TICKS), _VALUE_STEPS[-1]
    )
    for number in range(ceil(curve.low / step), floor(curve.high / step) + 1):
        y = _y(curve, number * step)
        yield _stroke(_LEFT, y, _RIGHT, y, _GRID)
        yield _text(_LEFT - 5, y + 4, with_decimal_sign(f"{number * step:g}", curve.lang).replace("-", "−"), "end")
    step_s = next((step for step in _TIME_STEPS_S if curve.duration_s / step < _MOST_TIME_TICKS), _TIME_STEPS_S[-1])
    label_from = _RIGHT - (len(curve.time_label) + 3) * _LETTER
    for number in range(int(curve.duration_s // step_s) + 1):
        x = _x(curve, number * step_s)
        yield _stroke(x, _BOTTOM, x, _BOTTOM + _MARKS_HEIGHT, _AXIS)
        if x + 2 * _LETTER < label_from:
            yield _text(x, _TICK_Y, clock(number * step_s), "middle")
    yield _stroke(_LEFT, _BOTTOM, _RIGHT, _BOTTOM, _AXIS, "1")
    yield _stroke(_LEFT, _TOP, _LEFT, _BOTTOM, _AXIS, "1")


def clock(time_s: int) -> str:
    """Return a time of the axis: ``2:05``, ``1:02:05``."""
    minutes, seconds = divmod(time_s, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _line(curve: Curve, trace: Trace, number: int) -> Iterator[str]:
    colour, width, dash = _LINES[number % len(_LINES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    for piece in _pieces(trace.values):
        points = " ".join(f"{_x(curve, time_s):.2f},{_y(curve, value):.2f}" for time_s, value in piece)
        yield (
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed} '
            'stroke-linejoin="round" stroke-linecap="round"/>'
        )


def _pieces(values: Sequence[float | None]) -> Iterator[list[tuple[float, float]]]:
    """Yield the points of a line in pieces without a gap; of a long recording the highest of some seconds each."""
    every = ceil(len(values) / _MOST_POINTS) or 1
    piece: list[tuple[float, float]] = []
    for start in range(0, len(values), every):
        known = [value for value in values[start : start + every] if value is not None]
        if known:
            piece.append((start + every / 2, max(known)))
        elif piece:
            yield _visible(piece)
            piece = []
    if piece:
        yield _visible(piece)


def _visible(piece: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a piece that can be seen: a lone point becomes a short stroke."""
    if len(piece) > 1:
        return piece
    ((time_s, value),) = piece
    return [(time_s - 0.4, value), (time_s + 0.4, value)]


def _marks(curve: Curve) -> Iterator[str]:
    for from_s, to_s in curve.marks:
        x = _x(curve, from_s)
        yield _rect(x, _BOTTOM, max(_x(curve, to_s) - x, 1.6), _MARKS_HEIGHT, _MARK)


def _legend(curve: Curve) -> Iterator[str]:
    x = _LEFT
    for number, trace in enumerate(curve.traces):
        colour, width, dash = _LINES[number % len(_LINES)]
        yield _stroke(x, _LEGEND_Y - 4, x + _SAMPLE, _LEGEND_Y - 4, colour, width, dash)
        yield _text(x + _SAMPLE + 5, _LEGEND_Y, trace.label)
        x += _SAMPLE + 22 + len(trace.label) * _LETTER
    boxes = [(curve.band.label, _BAND)] if curve.band is not None else []
    boxes += [(curve.mark_label, _MARK)] if curve.marks else []
    for label, colour in boxes:
        yield _rect(x, _LEGEND_Y - 8.5, _SAMPLE, 8, colour)
        yield _text(x + _SAMPLE + 5, _LEGEND_Y, label)
        x += _SAMPLE + 22 + len(label) * _LETTER
