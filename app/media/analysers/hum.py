"""Mains hum: steady lines at 50, 100 or 150 Hz, or at 60, 120 or 180 Hz, that stand out of their neighbours."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome
from app.media.analysers.windows import Flags, Samples, Track, Values, Windows, levels_db, runs
from app.media.views import SoundBlock
from app.model.recording import RecordingEvent

LINES_HZ: Final = (50.0, 100.0, 150.0, 60.0, 120.0, 180.0)
FAMILIES: Final = ((0, 1, 2), (3, 4, 5))
ABOVE_NEIGHBOURS_DB: Final = 15.0
"""A line stands out when it is so far above the median of its neighbours (compare Essentia's HumDetector)."""
NEIGHBOURS_HZ: Final = (3, 12)
"""Neighbours lie so far from the line, on both sides."""
LEAST_DBFS: Final = -70.0
"""Softer lines are drowned by any room; RMS of the lines together."""
LEAST_S: Final = 3.0
"""For so long a line has to stand at its place: voices and tunes move."""
NEVER_BELOW: Final = 0.5
"""In all but a tenth of the fifths of a second a line keeps this share of its amplitude; a voice pauses and moves on."""
_RATE_HZ: Final = 2000
_HOP_S: Final = 0.1
_HOP: Final = round(_RATE_HZ * _HOP_S)
_LONG: Final = 10 * _HOP  # a second: lines one hertz apart
_SHORT: Final = 2 * _HOP
_KEPT: Final = round(LEAST_S / _HOP_S) - _LONG // _HOP
_HIGHEST_HZ: Final = 200
_UNSTEADY_PERCENT: Final = 10.0

Lines = NDArray[np.float32]


class HumAnalyser:
    """Figures ``hum_hz``, the strongest line, and ``hum_dbfs``; events ``hum``, value = level in dBFS RMS.

    A line stands out when it does so in what is left of the spectra of a second, ten a second, where each frequency
    keeps the lowest of its values over three seconds. It is hum when it is there in the pauses, too. The edges lie
    where its amplitude over a fifth of a second passes half of its own.

    Args:
        rate_hz: samples per second; below 4 kHz nothing is looked for.
    """

    def __init__(self, rate_hz: int) -> None:
        factor = rate_hz // _RATE_HZ
        self._windows = Windows(factor * _HOP / rate_hz) if factor > 1 else None
        slow_hz = rate_hz / max(factor, 1)
        self._bins = [round(line * _LONG / slow_hz) for line in LINES_HZ]
        self._long_hann = np.hanning(_LONG + 1)[:-1].astype(np.float32)
        short_hann = np.hanning(_SHORT + 1)[:-1]
        turns = np.exp(-2j * np.pi * np.arange(_SHORT)[:, np.newaxis] * np.array(LINES_HZ) / slow_hz)
        self._probes = (turns * short_hann[:, np.newaxis] * np.sqrt(2.0) / short_hann.sum()).astype(np.complex64)
        self._recent: Lines = np.empty((0, 0), np.float32)
        self._spectra: Lines = np.empty((0, _HIGHEST_HZ), np.float32)
        self._next_s = 0.0
        self._lines = Track(len(LINES_HZ))
        self._steady = Track(len(LINES_HZ))

    def process(self, block: SoundBlock) -> None:
        """Take one block."""
        taken = self._windows.take(block) if self._windows is not None else None
        if taken is None:
            return
        start_s, hop_s, windows = taken
        channels, count, size = windows.shape
        slow = windows.reshape(channels, count * _HOP, size // _HOP).mean(axis=2)
        if self._recent.shape[0] != channels or abs(start_s - self._next_s) > hop_s / 2:
            self._recent = np.empty((channels, 0), np.float32)
            self._spectra = self._spectra[:0]
        self._next_s = start_s + count * hop_s
        joined = np.concatenate((self._recent, slow), axis=1)
        self._recent = joined[:, max(joined.shape[1] - _LONG + _HOP, 0) :].copy()
        self._take_short(joined[:, max(joined.shape[1] - slow.shape[1] - _SHORT + _HOP, 0) :], hop_s)
        if joined.shape[1] >= _LONG:
            self._take_long(joined, hop_s)

    def finish(self) -> Outcome:
        """Return the strongest line and the spans with hum."""
        found = [each for family in FAMILIES for each in self._events(family)] if len(self._steady) else []
        if not found:
            return Outcome(figures={"hum_hz": None, "hum_dbfs": None})
        level, line_hz = max((event.value or LEAST_DBFS, line_hz) for event, line_hz in found)
        events = tuple(sorted((event for event, _ in found), key=lambda event: event.from_s))
        return Outcome(figures={"hum_hz": line_hz, "hum_dbfs": level}, events=events)

    def _take_short(self, slow: Lines, hop_s: float) -> None:
        """Note the RMS amplitude of the lines every tenth of a second, of the loudest channel."""
        if slow.shape[1] < _SHORT:
            return
        frames = np.lib.stride_tricks.sliding_window_view(slow, _SHORT, axis=1)[:, ::_HOP]
        amplitudes = np.abs(frames @ self._probes).max(axis=0)
        self._lines.put(self._next_s - (amplitudes.shape[0] + _SHORT // _HOP - 1) * hop_s, hop_s, amplitudes)

    def _take_long(self, slow: Lines, hop_s: float) -> None:
        """Note which lines stood for three seconds, with their power; the others are 0."""
        frames = np.lib.stride_tricks.sliding_window_view(slow, _LONG, axis=1)[:, ::_HOP]
        spectra = np.fft.rfft(frames * self._long_hann, axis=2)[:, :, :_HIGHEST_HZ]
        power = (np.square(spectra.real) + np.square(spectra.imag)).max(axis=0)
        fresh = power * np.float32(2.0 / float(self._long_hann.sum()) ** 2)
        self._spectra = np.concatenate((self._spectra, fresh))[-_KEPT - fresh.shape[0] + 1 :]
        if self._spectra.shape[0] < _KEPT:
            return
        standing = self._standing(self._spectra.min(axis=0))
        # the row's time is that of the first spectrum it speaks of
        start_s = self._next_s - _LONG // _HOP * hop_s - (self._spectra.shape[0] - 1) * hop_s
        self._steady.put(start_s, fresh.shape[0] * hop_s, standing[np.newaxis])

    def _standing(self, lowest: Lines) -> Lines:
        near, far = NEIGHBOURS_HZ
        levels = np.zeros(len(LINES_HZ), np.float32)
        for number, place in enumerate(self._bins):
            around = lowest[place - far : place + far + 1]
            neighbours = np.concatenate((around[: far - near + 1], around[far + near :]))
            over = 10.0 ** (ABOVE_NEIGHBOURS_DB / 10.0) * float(np.median(neighbours))
            if around[far] >= around[far - 1 : far + 2].max() and around[far] > max(over, _LEAST_POWER):
                levels[number] = around[far]
        return levels

    def _events(self, family: tuple[int, ...]) -> list[tuple[RecordingEvent, float]]:
        steady, amplitudes = self._steady.rows()[:, list(family)], self._lines.rows()[:, list(family)]
        found = []
        for number, line in enumerate(family):
            for first, stop in runs(steady[:, number] > 0.0):
                rows = self._rows(first, stop)
                power = float(np.median(steady[first:stop, number]))
