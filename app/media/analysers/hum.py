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
_RATE_HZ: Final = 2000
_HOP_S: Final = 0.1
_HOPS: Final = 10  # a spectrum of one second: lines one hertz apart
_KEPT: Final = round(LEAST_S / _HOP_S) - _HOPS
_HIGHEST_HZ: Final = 200


class HumAnalyser:
    """Figures ``hum_hz``, the strongest line, and ``hum_dbfs``; events ``hum``, value = level in dBFS RMS.

    Spectra of one second follow each other every tenth. What is left of them when each frequency keeps the lowest of
    its values over three seconds is what stood there all the time: a voice with its pauses is gone, a line stays. The
    edges lie where the line's amplitude passes half of its own.

    Args:
        rate_hz: samples per second; below 4 kHz nothing is looked for.
    """

    def __init__(self, rate_hz: int) -> None:
        self._factor = rate_hz // _RATE_HZ
        self._hop = round(_RATE_HZ * _HOP_S)
        self._rate_hz = rate_hz / max(self._factor, 1)
        self._windows = Windows(self._factor * self._hop / rate_hz) if self._factor > 1 else None
        self._hann = np.hanning(self._hop * _HOPS + 1)[:-1].astype(np.float32)
        self._to_hz = self._rate_hz / (self._hop * _HOPS)
        self._bins = [round(line / self._to_hz) for line in LINES_HZ]
        self._recent: Samples = np.empty((0, 0), np.float32)
        self._spectra: NDArray[np.float32] = np.empty((0, _HIGHEST_HZ), np.float32)
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
        slow = windows.reshape(channels, count * self._hop, size // self._hop).mean(axis=2)
        if self._recent.shape[0] != channels or abs(start_s - self._next_s) > hop_s / 2:
            self._recent = np.empty((channels, 0), np.float32)
            self._spectra = self._spectra[:0]
        self._next_s = start_s + count * hop_s
        joined = np.concatenate((self._recent, slow), axis=1)
        before = (joined.shape[1] - slow.shape[1]) // self._hop
        self._recent = joined[:, max(joined.shape[1] - (_HOPS - 1) * self._hop, 0) :]
        if joined.shape[1] < _HOPS * self._hop:
            return
        fresh = self._spectra_of(joined)
        self._judge(fresh, start_s - before * hop_s, hop_s)

    def finish(self) -> Outcome:
        """Return the strongest line and the spans with hum."""
        if not len(self._lines):
            return Outcome()
        steady, lines = self._steady.rows(), self._lines.rows()
        found = [event for family in FAMILIES for event in self._events(steady, lines, family)]
        if not found:
            return Outcome(figures={"hum_hz": None, "hum_dbfs": None})
        loudest = max(found, key=lambda each: each[0].value or LEAST_DBFS)
        events = tuple(sorted((event for event, _ in found), key=lambda event: event.from_s))
        return Outcome(figures={"hum_hz": loudest[1], "hum_dbfs": loudest[0].value}, events=events)

    def _spectra_of(self, joined: Samples) -> NDArray[np.float32]:
        """Return the power of each hertz, the highest of the channels, one row per hop; a sine has its mean square."""
        frames = np.lib.stride_tricks.sliding_window_view(joined, self._hann.size, axis=1)[:, :: self._hop]
        spectra = np.fft.rfft(frames * self._hann, axis=2)[:, :, :_HIGHEST_HZ]
        power = (np.square(spectra.real) + np.square(spectra.imag)).max(axis=0)
        return (power * np.float32(2.0 / np.square(self._hann.sum(dtype=np.float64)))).astype(np.float32)

    def _judge(self, fresh: NDArray[np.float32], start_s: float, hop_s: float) -> None:
        """Keep the lines of the fresh spectra, and of those that stood for three seconds their level, else 0."""
        self._lines.put(start_s, hop_s, fresh[:, self._bins])
        old = self._spectra.shape[0]
        spectra = np.concatenate((self._spectra, fresh))
        steady = np.zeros((fresh.shape[0], len(LINES_HZ)), np.float32)
        for row in range(fresh.shape[0]):
            last = old + row + 1
            if last >= _KEPT:
                steady[row] = self._standing(spectra[last - _KEPT : last].min(axis=0))
        self._steady.put(start_s, hop_s, steady)
        self._spectra = spectra[-_KEPT:]

    def _standing(self, lowest: NDArray[np.float32]) -> NDArray[np.float32]:
        near, far = NEIGHBOURS_HZ
        levels = np.zeros(len(LINES_HZ), np.float32)
        for number, place in enumerate(self._bins):
            neighbours = np.concatenate(
                (lowest[place - far : place - near], lowest[place + near + 1 : place + far + 1])
            )
            over = 10.0 ** (ABOVE_NEIGHBOURS_DB / 10.0) * float(np.median(neighbours))
            top = lowest[place] >= max(lowest[place - 1], lowest[place + 1])
            if top and lowest[place] > max(over, 1e-12):
                levels[number] = lowest[place]
        return levels

    def _events(self, steady: Values, lines: Values, family: tuple[int, ...]) -> list[tuple[RecordingEvent, float]]:
        levels = levels_db(steady[:, list(family)].sum(axis=1))
        flags = np.zeros(levels.size, np.bool_)
        for first, stop in runs(levels >= LEAST_DBFS):
            flags[max(first - _KEPT + 1, 0) : stop] = True
        found = []
        for first, stop in runs(flags):
            strongest = family[int(np.argmax(steady[first:stop, list(family)].sum(axis=0)))]
            amplitude = np.sqrt(lines[:, strongest])
            from_s, to_s = self._edges(amplitude, first, stop)
            level = round(float(np.median(levels[first:stop][levels[first:stop] >= LEAST_DBFS])), 1)
            event = RecordingEvent(kind="hum", from_s=round(from_s, 4), to_s=round(to_s, 4), value=level)
            found.append((event, LINES_HZ[strongest]))
        return found

    def _edges(self, amplitude: Values, first: int, stop: int) -> tuple[float, float]:
        """Return where the amplitude passes half of its usual value; each row is the second that begins there."""
        half = float(np.median(amplitude[first:stop])) / 2.0
        loud: Flags = amplitude >= half
        while first > 0 and loud[first - 1]:
            first -= 1
        while stop < amplitude.size and loud[stop]:
            stop += 1
        middle = self._lines.step_s * _HOPS / 2.0
        from_s = self._lines.time_s(first)
        if first > 0:
            from_s += middle - self._lines.step_s * _part(amplitude[first], amplitude[first - 1], half)
        to_s = self._lines.time_s(stop - 1) + 2 * middle
        if stop < amplitude.size:
            to_s += self._lines.step_s * _part(amplitude[stop - 1], amplitude[stop], half) - middle
        return from_s, to_s


def _part(inside: float, outside: float, half: float) -> float:
    """Return which part of the way from a value inside to one outside lies before the half is reached."""
    return float((inside - half) / max(inside - outside, 1e-12))
