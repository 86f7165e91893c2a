"""Flicker of lamps on the mains: the beat between their light and the frame rate, all over or as rolling bands."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, Spans
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
        self._since_look = 0
        self._fps = 0.0
        self._beat: _Beat | None = None
        self._from_s = 0.0
        self._found: list[tuple[float, float]] = []

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        if not self._fps:
            self._begin(frame)
        if not self._levels.size:
            return
        if self._kept == len(self._levels):
            hop = round(_HOP_S * self._fps)
            self._levels[:-hop] = self._levels[hop:].copy()
            self._times_s[:-hop] = self._times_s[hop:].copy()
            self._kept -= hop
        self._levels[self._kept] = _places(frame.small) - frame.black_code
        self._times_s[self._kept] = frame.time_s
        self._kept += 1
        self._since_look += 1
        if self._since_look >= _HOP_S * self._fps and self._kept >= WINDOW_S * self._fps:
            self._since_look = 0
            self._look()

    def finish(self) -> Outcome:
        """Return the spans."""
        if self._beat is not None:
            self._end()
        events = []
        for event in self._spans.events():
            hz = next(hz for from_s, hz in self._found if event.from_s - 1e-3 <= from_s <= event.to_s)
            events.append(event.model_copy(update={"value": round(hz, 2)}))
        return Outcome(events=tuple(events))

    def _begin(self, frame: FrameView) -> None:
        self._fps = 1.0 / frame.duration_s if frame.duration_s > 0.0 else _LEAST_FPS
        if self._fps > _LEAST_FPS and min(frame.small.shape) >= _BANDS:
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
        new = self._beat is None
        self._beat = found
        if new:
            self._from_s = self._inside_s()[0]

    def _end(self) -> None:
        assert self._beat is not None
        to_s = self._inside_s()[1]
        self._spans.add(self._from_s, max(to_s, self._from_s))
        self._found.append((self._from_s, self._beat.hz))
        self._beat = None

    def _inside_s(self) -> tuple[float, float]:
        """Return start and end of the beat within what is kept: where its envelope is above a half."""
        assert self._beat is not None
        levels = self._levels[: self._kept].astype(np.float64)
        times_s = self._times_s[: self._kept]
        turn = np.exp(-2j * np.pi * self._beat.hz * (times_s - times_s[0]))
        line = ((levels - levels.mean(axis=0)) @ self._beat.phases.conj()) * turn
        cycle = self._fps / self._beat.hz
        width = max(1, round(cycle * max(1, round(_ENVELOPE_S * self._fps / cycle))))
        box = np.ones(width)
        envelope = np.abs(np.convolve(line, box, "same")) / np.convolve(np.ones(line.size), box, "same")
        inside = np.flatnonzero(envelope >= 0.5 * envelope.max())
        return float(times_s[inside[0]]), float(times_s[inside[-1]]) + 1.0 / self._fps


def _places(small: NDArray[np.uint8]) -> Levels:
    """Return the means of 18 bands in four columns, shape (72,), code values, not rounded."""
    rows, columns = small.shape
    deep, wide = rows // _BANDS, columns // _COLUMNS
    means = np.empty((_COLUMNS, _BANDS), np.float32)
    for column in range(_COLUMNS):
        part = small[: deep * _BANDS, column * wide : (column + 1) * wide]
        sums = cv2.reduce(part, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F)
        means[column] = sums.reshape(_BANDS, deep).mean(axis=1)
    places: Levels = means.T.reshape(-1) / np.float32(wide)
    return places


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
    return _Beat(float(around @ hz[peak - 1 : peak + 2] / around.sum()), phases / np.abs(phases).max())


def _in_step(phases: Waves) -> bool:
    by_row = phases.reshape(_BANDS, _COLUMNS)
    several = np.count_nonzero(by_row, axis=1) >= 2
    together, apart = np.abs(by_row[several].sum(axis=1)).sum(), np.abs(by_row[several]).sum()
    return bool(apart > 0.0 and together >= IN_STEP * apart)
