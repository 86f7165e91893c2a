"""Flicker of lamps on the mains: the beat between their light and the frame rate, all over or as rolling bands."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, Spans, median
from app.media.views import FrameView

LOWEST_HZ: Final = 2.0
HIGHEST_HZ: Final = 12.0
"""Beats of 100 and 120 Hz light against 24 to 60 frames a second fall between these (4, 5, 10 Hz); slower is motion."""
WINDOW_S: Final = 3.0
"""Flicker is looked for in spans of this length, once a second."""
LEAST_S: Final = 2.5
MODULATION: Final = 0.01
"""Least amplitude relative to the mean level above black: about 2.4 % of light, which viewers see at 4 to 10 Hz."""
PURITY: Final = 0.5
"""Least share of the power above 1 Hz that lies in the one line of the beat."""
AREA: Final = 0.25
"""Least share of the picture that beats together."""
IN_STEP: Final = 0.9
"""Places of equal height beat in step, as light does and a shaking camera does not."""
_COLUMNS = 4
_BANDS = 18
_HOP_S = 1.0
_JOIN_S = 3.0
_SLOWEST_HZ = 1.0
_LEAST_CODES = 0.4
_LEAST_LEVEL = 10.0
_UNEVEN = 0.05
_LEAST_FPS = 3 * LOWEST_HZ
_ENVELOPE_S = 0.4
_STILL_STRONG = 0.7

Levels = NDArray[np.float32]
Waves = NDArray[np.complex128]


@dataclass(frozen=True)
class _Beat:
    """A beat that was found: its frequency and the phase of each place, 0 where the place does not beat."""

    hz: float
    phases: Waves


class FlickerAnalyser:
    """Events ``flicker``, value = frequency of the beat in the picture, Hz.

    Means of 18 x 4 places over four seconds; a beat is a pure line in the spectrum of many places that stand in step
    along the rows. Its start and end are where the envelope of that line rises above and falls below a half.
    """

    def __init__(self) -> None:
        self._spans = Spans("flicker", min_s=LEAST_S, join_s=_JOIN_S)
        self._levels: Levels = np.empty((0, 0), np.float32)
        self._times_s: NDArray[np.float64] = np.empty(0)
        self._kept = 0
        self._fresh: list[NDArray[np.uint8]] = []
        self._since_look = 0
        self._fps = 0.0
        self._beat: _Beat | None = None
        self._from_s = 0.0
        self._strength = 0.0
        self._black_code = 0
        self._found: list[tuple[float, float]] = []

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        if not self._fps:
            self._begin(frame)
        if not self._levels.size:
            return
        if self._kept == len(self._levels):
            self._take_fresh()
            hop = round(_HOP_S * self._fps)
            self._levels[:-hop] = self._levels[hop:].copy()
            self._times_s[:-hop] = self._times_s[hop:].copy()
            self._kept -= hop
        if self._fresh and self._fresh[-1].shape != frame.cells.shape:
            self._take_fresh()
        self._fresh.append(frame.cells)
        self._black_code = frame.black_code
        self._times_s[self._kept] = frame.time_s
        self._kept += 1
        self._since_look += 1
        if self._since_look >= _HOP_S * self._fps and self._kept >= WINDOW_S * self._fps:
            self._since_look = 0
            self._take_fresh()
            self._look()

    def _take_fresh(self) -> None:
        """Reduce the cells of the last frames to the levels of the places, all at once."""
        if self._fresh:
            places = _places(np.stack(self._fresh)) - self._black_code
            self._levels[self._kept - len(places) : self._kept] = places
            self._fresh.clear()

    def finish(self) -> Outcome:
        """Return the spans."""
        self._take_fresh()
        if self._beat is not None:
            self._end()
        events = []
        for event in self._spans.events():
            hz = next(hz for from_s, hz in self._found if event.from_s - 1e-3 <= from_s <= event.to_s)
            events.append(event.model_copy(update={"value": round(hz, 2)}))
        return Outcome(events=tuple(events))

    def _begin(self, frame: FrameView) -> None:
        self._fps = 1.0 / frame.duration_s if frame.duration_s > 0.0 else _LEAST_FPS
        if self._fps > _LEAST_FPS and min(frame.cells.shape) >= _BANDS:
            frames = round(WINDOW_S * self._fps) + round(_HOP_S * self._fps)
            self._levels = np.empty((frames, _BANDS * _COLUMNS), np.float32)
            self._times_s = np.empty(frames)

    def _look(self) -> None:
        count = round(WINDOW_S * self._fps)
        start = self._kept - count
        levels, times_s = self._levels[start : self._kept], self._times_s[start : self._kept]
        even = abs((times_s[-1] - times_s[0]) * self._fps / (count - 1) - 1.0) < _UNEVEN
        found = _find(levels, self._fps) if even else None
        if found is None:
            if self._beat is not None:
                self._end()
            return
        new, self._beat = self._beat is None, found
        envelope = self._envelope()
        strength = median(envelope[-round(self._fps) :])
        if new or strength >= _STILL_STRONG * self._strength:  # it is not ending within this very second
            self._strength = strength
        if new:
            outside = np.flatnonzero(envelope < 0.5 * strength)
            self._from_s = float(self._times_s[outside[-1] + 1 if outside.size else 0])

    def _end(self) -> None:
        assert self._beat is not None
        envelope = self._envelope()
        inside = np.flatnonzero(envelope >= 0.5 * self._strength)
        first = inside[0] if inside.size else 0
        outside = np.flatnonzero(envelope[first:] < 0.5 * self._strength)
        last = first + outside[0] if outside.size else self._kept
        to_s = float(self._times_s[last - 1]) + 1.0 / self._fps
        self._spans.add(self._from_s, max(to_s, self._from_s))
        self._found.append((self._from_s, self._beat.hz))
        self._beat = None

    def _envelope(self) -> NDArray[np.float64]:
        """Return how strong the beat is around each of the frames that are kept, shape (frames,)."""
        assert self._beat is not None
        cycle = self._fps / self._beat.hz
        width = max(1, round(cycle * max(1, round(_ENVELOPE_S * self._fps / cycle)))) | 1  # whole cycles; in the middle
        times_s = self._times_s[: self._kept]
        wave = self._levels[: self._kept].astype(np.float64) @ self._beat.phases.conj()
        wave -= _smoothed(wave, width)
        return np.abs(_smoothed(wave * np.exp(-2j * np.pi * self._beat.hz * (times_s - times_s[0])), width))


def _smoothed(wave: Waves, width: int) -> Waves:
    """Return the moving mean; at the ends over what is there."""
    box = np.ones(width)
    return np.convolve(wave, box, "same") / np.convolve(np.ones(wave.size), box, "same")


def _places(cells: NDArray[np.uint8]) -> Levels:
    """Return the means of 18 bands in four columns, shape (frames, 72), code values; many cells make up for rounding.

    Args:
        cells: shape (frames, rows, columns).
    """
    _, rows, columns = cells.shape
    down, across = _means(rows, _BANDS), _means(columns, _COLUMNS)
    return (down @ cells.astype(np.float32) @ across.T).reshape(len(cells), -1)


def _means(count: int, parts: int) -> Levels:
    """Return what takes so many values to the means of so many equal parts, shape (parts, count)."""
    unit = np.eye(count, dtype=np.float32)
    return np.asarray(cv2.resize(unit, (count, parts), interpolation=cv2.INTER_AREA), np.float32)


def _find(levels: Levels, fps: float) -> _Beat | None:
    """Return the beat of evenly spaced levels, shape (frames, places)."""
    count = len(levels)
    window = np.hanning(count + 1)[:-1]
    means = levels.mean(axis=0)
    waves = np.fft.rfft((levels - means) * window[:, np.newaxis], axis=0)
    power = np.abs(waves) ** 2
    hz = np.fft.rfftfreq(count, 1.0 / fps)
    inside = np.flatnonzero((hz >= LOWEST_HZ) & (hz <= min(HIGHEST_HZ, hz[-2])))
    peaks = inside[np.argmax(power[inside], axis=0)]
    every = np.arange(levels.shape[1])
    line = sum(power[np.clip(peaks + step, 0, len(hz) - 1), every] for step in (-1, 0, 1))
    amplitudes = 2.0 * np.sqrt(power[peaks, every]) / window.sum()
    beating = (
        (line >= PURITY * np.maximum(power[hz >= _SLOWEST_HZ].sum(axis=0), 1e-12))
        & (amplitudes >= np.maximum(MODULATION * means, _LEAST_CODES))
        & (means >= _LEAST_LEVEL)
    )
    if np.count_nonzero(beating) < AREA * every.size:
        return None
    peak = int(np.bincount(peaks[beating]).argmax())
    beating &= np.abs(peaks - peak) <= 1
    phases = np.where(beating, waves[peak], 0.0)
    if np.count_nonzero(beating) < AREA * every.size or not _in_step(phases):
        return None
    around = power[peak - 1 : peak + 2, beating].sum(axis=1)
    return _Beat(float(around @ hz[peak - 1 : peak + 2] / around.sum()), phases / np.abs(phases).sum())


def _in_step(phases: Waves) -> bool:
    by_row = phases.reshape(_BANDS, _COLUMNS)
    several = np.count_nonzero(by_row, axis=1) >= 2
    together, apart = np.abs(by_row[several].sum(axis=1)).sum(), np.abs(by_row[several]).sum()
    return bool(apart > 0.0 and together >= IN_STEP * apart)
