"""Frame rate from the frames' own time stamps: constant or variable (X41), and frames that were dropped."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from app.media.analysers.base import Outcome, Spans
from app.media.views import FrameView

GAP: Final = 1.5
"""A gap of more than this many nominal frames is a dropped frame."""
OFF_NOMINAL: Final = 0.05
"""An interval is off the nominal one when it differs by more than this share (and by more than time stamp rounding)."""
VFR_SHARE: Final = 0.02
"""The rate is variable when more than this share of the intervals is off; one gap in a short clip is none."""
VFR_LEAST: Final = 3
_UNIT_S = 0.0001
_LONGEST_S = 10.0
_SAME_RATE = 0.0005


class FrameTimesAnalyser:
    """Figures ``fps``, ``vfr``, ``frames``, ``duration_s``; events ``dropped_frames``, value = frames missing.

    Intervals are gathered by tenths of a millisecond, so the memory stays the same for any length.

    Args:
        tick_s: the finest step of the track's time stamps, seconds (1 ms in Matroska).
        stated_fps: the rates that the file states; the one that the time stamps confirm is reported.
    """

    def __init__(self, tick_s: float, stated_fps: Sequence[float]) -> None:
        self._tick_s = tick_s
        self._stated_fps = stated_fps
        self._intervals: Counter[int] = Counter()
        self._sums_s: defaultdict[int, float] = defaultdict(float)
        self._frames = 0
        self._first_s = self._last_s = self._end_s = 0.0
        self._gaps = Spans("dropped_frames")

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        if self._frames:
            interval_s = frame.time_s - self._last_s
            if interval_s > 0.0:
                units = round(min(interval_s, _LONGEST_S) / _UNIT_S)
                self._intervals[units] += 1
                self._sums_s[units] += interval_s
            nominal_s = frame.duration_s
            if nominal_s > 0.0 and interval_s > GAP * nominal_s + self._tick_s:
                self._gaps.add(self._last_s + nominal_s, frame.time_s, round(interval_s / nominal_s) - 1)
        else:
            self._first_s = frame.time_s
        self._frames += 1
        self._last_s = frame.time_s
        self._end_s = frame.time_s + frame.duration_s

    def finish(self) -> Outcome:
        """Return rate, number and length."""
        figures: dict[str, float | int | bool | None] = {
            "frames": self._frames,
            "duration_s": round(self._end_s - self._first_s, 4),
            "fps": round(max(self._stated_fps), 3) if self._stated_fps else None,
            "vfr": None,
        }
        nominal_s = self._nominal_s()
        if nominal_s is None:
            return Outcome(figures=figures)
        off = sum(count for units, count in self._intervals.items() if self._is_off(units * _UNIT_S, nominal_s))
        vfr = off >= VFR_LEAST and off > VFR_SHARE * sum(self._intervals.values())
        rate = self._average_fps() if vfr else self._constant_fps(nominal_s)
        figures |= {"vfr": vfr, "fps": round(rate, 3)}
        return Outcome(figures=figures, events=() if vfr else self._gaps.events())

    def _nominal_s(self) -> float | None:
        """Return the median interval, None where there are fewer than two frames."""
        left = sum(self._intervals.values()) / 2
        for units in sorted(self._intervals):
            left -= self._intervals[units]
            if left <= 0:
                return units * _UNIT_S
        return None

    def _is_off(self, interval_s: float, nominal_s: float) -> bool:
        return abs(interval_s - nominal_s) > max(OFF_NOMINAL * nominal_s, 1.1 * self._tick_s, 1.1 * _UNIT_S)

    def _average_fps(self) -> float:
        return self._frames / (self._end_s - self._first_s)

    def _constant_fps(self, nominal_s: float) -> float:
        """Return the rate that the intervals show; as the file states it where both agree."""
        kept = [units for units in self._intervals if not self._is_off(units * _UNIT_S, nominal_s)]
        total_s = sum(self._sums_s[units] for units in kept)
        shown = sum(self._intervals[units] for units in kept) / total_s
        unsure = max(_SAME_RATE, 2 * self._tick_s / total_s)  # first and last stamp are rounded to a tick each
        stated = [rate for rate in self._stated_fps if abs(rate / shown - 1.0) < unsure]
        return min(stated, key=lambda rate: abs(rate - shown)) if stated else shown
