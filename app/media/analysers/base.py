"""What every analyser offers, and the two collectors that keep its memory small."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isnan, log10, nan
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.media.views import FrameView, SoundBlock
from app.model.recording import RecordingEvent, Thumbnail

Figure = float | int | bool | str | None
Series = tuple[float | None, ...]

_MOST_SPANS = 500
_LONGEST_SERIES_S = 100_000  # 28 hours; a later time is a damaged time stamp and must not cost memory


@dataclass(frozen=True)
class Outcome:
    """What an analyser found.

    Attributes:
        figures: values by field name of `VideoFacts` (picture) or `AudioFacts` (sound).
        events: in order of time.
        series: one value per second of the recording, by name; the name ends in the unit.
        thumbnails: small pictures of scenes, in order of time.
    """

    figures: Mapping[str, Figure] = field(default_factory=dict)
    events: tuple[RecordingEvent, ...] = ()
    series: Mapping[str, Series] = field(default_factory=dict)
    thumbnails: tuple[Thumbnail, ...] = ()


class PictureAnalyser(Protocol):
    """Looks at every frame in presentation order."""

    def process(self, frame: FrameView) -> None:
        """Take one frame; keep nothing of it but copies."""

    def finish(self) -> Outcome:
        """Answer after the last frame; called once."""


class SoundAnalyser(Protocol):
    """Looks at every block of sound in order."""

    def process(self, block: SoundBlock) -> None:
        """Take one block."""

    def finish(self) -> Outcome:
        """Answer after the last block; called once."""


class Spans:
    """Spans of time of one kind, joined where they are near, never more than a few hundred.

    Args:
        kind: kind of the events.
        min_s: shorter spans are dropped, seconds.
        join_s: spans with no more than this between them become one, seconds.
        channel: audio channel from 0, None where it does not apply.
        highest: the value of joined spans is the highest one instead of the sum.
    """

    def __init__(
        self,
        kind: str,
        *,
        min_s: float = 0.0,
        join_s: float = 0.0,
        channel: int | None = None,
        highest: bool = False,
    ) -> None:
        self._kind, self._min_s, self._join_s, self._channel, self._highest = kind, min_s, join_s, channel, highest
        self._spans: list[tuple[float, float, float | None]] = []

    def add(self, from_s: float, to_s: float, value: float | None = None) -> None:
        """Add a span that starts no earlier than the last one; values of joined spans add up or the highest stays."""
        self._join(self._spans, from_s, to_s, value)
        if len(self._spans) > _MOST_SPANS:
            self._thin()

    def events(self) -> tuple[RecordingEvent, ...]:
        """Return the spans as events, times to the tenth of a millisecond."""
        return tuple(
            RecordingEvent(
                kind=self._kind, from_s=round(from_s, 4), to_s=round(to_s, 4), channel=self._channel, value=value
            )
            for from_s, to_s, value in self._spans
            if self._is_long(from_s, to_s)
        )

    def _is_long(self, from_s: float, to_s: float) -> bool:
        return to_s - from_s >= self._min_s - 1e-6

    def _join(
        self, spans: list[tuple[float, float, float | None]], from_s: float, to_s: float, value: float | None
    ) -> None:
        if spans and from_s - spans[-1][1] <= self._join_s + 1e-9:
            start_s, end_s, old = spans[-1]
            spans[-1] = (start_s, max(end_s, to_s), self._joined(old, value))
            return
        if spans and not self._is_long(spans[-1][0], spans[-1][1]):
            spans.pop()
        spans.append((from_s, to_s, value))

    def _joined(self, old: float | None, value: float | None) -> float | None:
        if old is None or value is None:
            return value if old is None else old
        return max(old, value) if self._highest else old + value

    def _thin(self) -> None:
        """Join wider until few are left: a fault all over a lecture is a handful of spans, not thousands."""
        while len(self._spans) > _MOST_SPANS // 2:
            self._join_s = max(self._join_s * 2, 0.1)
            wider: list[tuple[float, float, float | None]] = []
            for span in self._spans:
                self._join(wider, *span)
            self._spans = wider


class PerSecond:
    """A series with one value per second: the highest that was put in; 8 bytes for each second."""

    def __init__(self) -> None:
        self._values = array("d")

    def put(self, time_s: float, value: float) -> None:
        """Put in a value at a time."""
        second = max(int(time_s + 1e-9), 0)
        if second >= _LONGEST_SERIES_S:
            return
        if second >= len(self._values):
            self._values.extend([nan] * (second + 1 - len(self._values)))
        old = self._values[second]
        if isnan(old) or value > old:
            self._values[second] = value

    def series(self, digits: int = 2) -> Series:
        """Return the values, None for a second without one."""
        return tuple(None if isnan(value) else round(value, digits) for value in self._values)


def quantiles(values: NDArray[np.number], share: float, axis: int | None) -> NDArray[np.float64]:
    """Return what `np.quantile` returns, without the twentieth of a second that its first call takes (`numpy.ma`).

    Args:
        values: at least one along the axis.
        share: 0 for the lowest, 1 for the highest.
        axis: along which; None for all values together.
    """
    last = (values.size if axis is None else values.shape[axis]) - 1
    low = int(share * last)
    high = min(low + 1, last)
    parted = np.partition(values, (low, high), axis=axis)
    below, above = (parted.take(place, axis=axis).astype(np.float64) for place in (low, high))
    return np.asarray(below + (share * last - low) * (above - below))


def quantile(values: NDArray[np.number], share: float) -> float:
    """Return what `np.quantile` returns of all values; at least one is there."""
    return float(quantiles(values, share, None))


def median(values: NDArray[np.number]) -> float:
    """Return what `np.median` returns of all values; at least one is there."""
    return quantile(values, 0.5)


def decibels(amplitude: float) -> float | None:
    """Return an amplitude in dB re 1.0, None for zero."""
    return 20.0 * log10(amplitude) if amplitude > 0.0 else None
