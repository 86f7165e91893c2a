"""Mains hum: steady lines at 50, 100 or 150 Hz, or at 60, 120 or 180 Hz, that stand out of their neighbours."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, median, quantiles
from app.media.analysers.windows import Track, Values, Windows
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
NEVER_BELOW: Final = (0.7, 0.85)
"""A line keeps this share of its amplitude from fifth to fifth of a second, one in twenty aside; a voice moves on.

The first below `VOICE_HZ`, the second above, where a monotonous voice comes near to it.
"""
VOICE_HZ: Final = 80.0
_RATE_HZ: Final = 2000
_HOP_S: Final = 0.1
_HOP: Final = round(_RATE_HZ * _HOP_S)
_LONG: Final = 10 * _HOP  # a second: lines one hertz apart
_SHORT: Final = 2 * _HOP
_KEPT: Final = round(LEAST_S / _HOP_S) - _LONG // _HOP
_EVERY: Final = 5  # half a second
_MOST: Final = _KEPT + _EVERY - 1
_HIGHEST_HZ: Final = 200
_UNSTEADY: Final = 0.05
_LEAST_POWER: Final = 1e-12
_REACH: Final = round(0.8 / _HOP_S)

Lines = NDArray[np.float32]


class HumAnalyser:
    """Figures ``hum_hz``, the strongest line, and ``hum_dbfs``; events ``hum``, value = level in dBFS RMS.

    A line stands out when it does so in what is left of the spectra of a second, ten a second, where each frequency
    keeps the lowest of its values over three seconds. It is hum when it is there in the pauses, too. The edges lie
    where its amplitude over a fifth of a second passes half of its own.

    The sound is brought down to 2 kHz by plain averages: a steady whistle at 1850, 1900, 1950 or 2050 Hz (and so on)
    would be told as hum 32 dB and more below it.

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
        self._unjudged = 0
        self._next_s = 0.0
        self._lines = Track(len(LINES_HZ))
        self._stood: list[tuple[float, float, Lines]] = []

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
            self._spectra, self._unjudged = self._spectra[:0], 0
        self._next_s = start_s + count * hop_s
        joined = np.concatenate((self._recent, slow), axis=1)
        self._recent = joined[:, max(joined.shape[1] - _LONG + _HOP, 0) :].copy()
        self._take_short(joined[:, max(joined.shape[1] - slow.shape[1] - _SHORT + _HOP, 0) :], hop_s)
        if joined.shape[1] >= _LONG:
            self._take_long(joined, hop_s)

    def finish(self) -> Outcome:
        """Return the strongest line and the spans with hum."""
        found = [each for family in FAMILIES for each in self._events(family)] if self._stood else []
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
        """Note the lines that have stood for three seconds."""
        frames = np.lib.stride_tricks.sliding_window_view(slow, _LONG, axis=1)[:, ::_HOP]
        spectra = np.fft.rfft(frames * self._long_hann, axis=2)[:, :, :_HIGHEST_HZ]
        power = (np.square(spectra.real) + np.square(spectra.imag)).max(axis=0)
        fresh = power * np.float32(2.0 / float(self._long_hann.sum()) ** 2)
        rows = np.concatenate((self._spectra, fresh))
        first = self._spectra.shape[0] - self._unjudged + _EVERY
        for end in range(first, rows.shape[0] + 1, _EVERY):
            self._judge(rows[max(end - _MOST, 0) : end], self._next_s - (rows.shape[0] - end) * hop_s, hop_s)
        self._unjudged = (self._unjudged + fresh.shape[0]) % _EVERY
        self._spectra = rows[max(rows.shape[0] - _MOST + _EVERY - self._unjudged, 0) :]

    def _judge(self, spectra: Lines, end_s: float, hop_s: float) -> None:
        """Note the lines that stand out of all these spectra, the last of which ends at a time."""
        if spectra.shape[0] < _KEPT:
            return
        powers = self._standing(spectra.min(axis=0))
        if powers.any():
            self._stood.append((end_s - (spectra.shape[0] - 1 + _LONG // _HOP) * hop_s, end_s, powers))

    def _standing(self, lowest: Lines) -> Lines:
        """Return the power of the lines that stand out of the spectrum, 0 for the others."""
        near, far = NEIGHBOURS_HZ
        powers = np.zeros(len(LINES_HZ), np.float32)
        for number, place in enumerate(self._bins):
            around = lowest[place - far : place + far + 1]
            neighbours = np.concatenate((around[: far - near + 1], around[far + near :]))
            over = 10.0 ** (ABOVE_NEIGHBOURS_DB / 10.0) * median(neighbours)
            if around[far] >= around[far - 1 : far + 2].max() and around[far] > max(over, _LEAST_POWER):
                powers[number] = around[far]
        return powers

    def _events(self, family: tuple[int, ...]) -> list[tuple[RecordingEvent, float]]:
        amplitudes, times_s = self._lines.rows()[:, list(family)], self._lines.times_s()
        least = np.array([NEVER_BELOW[LINES_HZ[line] > VOICE_HZ] for line in family])
        places: list[tuple[int, int, Lines]] = []
        for from_s, to_s, powers in self._stood:
            first, stop = np.searchsorted(times_s, (from_s - 1e-3, to_s - _SHORT / _RATE_HZ + 1e-3)).tolist()
            own = powers[list(family)]
            unsteady = quantiles(amplitudes[first:stop], _UNSTEADY, 0) < least * np.sqrt(own)
            own = np.where(unsteady, 0.0, own)
            if own.sum() >= 10.0 ** (LEAST_DBFS / 10.0):
                places.append((first, stop, own))
        return [self._event(group, family, amplitudes) for group in _grouped(places)]

    def _event(
        self, group: list[tuple[int, int, Lines]], family: tuple[int, ...], amplitudes: Values
    ) -> tuple[RecordingEvent, float]:
        powers = quantiles(np.array([own for _, _, own in group]), 0.5, 0)
        strongest = int(np.argmax(powers))
        half = float(np.sqrt(powers[strongest])) / 2.0
        from_s, to_s = self._edges(amplitudes[:, strongest], group[0][0], group[-1][1], half)
        level = round(float(10.0 * np.log10(powers.sum())), 1)
        event = RecordingEvent(kind="hum", from_s=round(from_s, 4), to_s=round(to_s, 4), value=level)
        return event, LINES_HZ[family[strongest]]

    def _edges(self, amplitude: Values, first: int, stop: int, half: float) -> tuple[float, float]:
        """Return where the amplitude passes half of its own; each row is the fifth of a second that begins there."""
        earliest, latest = max(first - _REACH, 0), min(stop + _REACH, amplitude.size)
        inside = np.flatnonzero(amplitude[first:stop] >= half) + first
        first, stop = int(inside[0]), int(inside[-1]) + 1
        while first > earliest and amplitude[first - 1] >= half:
            first -= 1
        while stop < latest and amplitude[stop] >= half:
            stop += 1
        step_s = self._lines.step_s
        middle_s = step_s * _SHORT / _HOP / 2.0
        from_s, to_s = self._lines.time_s(first), self._lines.end_s(stop) - step_s + 2 * middle_s
        if first > 0:
            from_s += middle_s - step_s * _part(amplitude[first], amplitude[first - 1], half)
        if stop < amplitude.size:
            to_s += step_s * _part(amplitude[stop - 1], amplitude[stop], half) - middle_s
        return from_s, to_s


def _grouped(places: list[tuple[int, int, Lines]]) -> list[list[tuple[int, int, Lines]]]:
    """Put together what overlaps."""
    groups: list[list[tuple[int, int, Lines]]] = []
    for place in places:
        if groups and place[0] <= groups[-1][-1][1]:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _part(inside: float, outside: float, half: float) -> float:
    """Return which part of the way from a value inside to one outside lies before the half is reached."""
    return float(np.clip((inside - half) / max(inside - outside, 1e-12), 0.0, 1.0))
