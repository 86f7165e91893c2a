"""The highest level between the samples (BS.1770, annex 2): sound read at four times its rate."""

from math import ceil
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

LEAST_RATE_HZ: Final = 192_000
"""Peaks are read at this rate at least: a tone of 20 kHz then reads at most 0.5 dB under its peak."""
_TAPS: Final = 32
_BEFORE: Final = _TAPS // 2 - 1
_KAISER_BETA: Final = 7.0
_PART: Final = 2400

Floats = NDArray[np.float32]


class TruePeak:
    """The peak of all channels together.

    Between samples no level is higher than the highest sample times the filter's gain, 2.4: what could not be the peak
    is not read there.

    Args:
        rate_hz: samples per second.
        channels: number of channels.
    """

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._filters = _interpolators(ceil(LEAST_RATE_HZ / rate_hz))
        self._gain = float(np.abs(self._filters).sum(axis=2).max(initial=0.0))
        self._tail: Floats = np.zeros((channels, _TAPS - 1), np.float32)
        self._peak = 0.0

    def take(self, samples: Floats) -> None:
        """Take the next samples, shape (channels, samples), 1.0 = full scale."""
        joined = np.concatenate((self._tail, samples), axis=1)
        self._tail = joined[:, joined.shape[1] - _TAPS + 1 :]
        self._see(samples)
        for start in range(0, samples.shape[1], _PART):
            part = joined[:, start : start + _PART + _TAPS - 1]
            if self._gain * max(float(part.max()), -float(part.min())) > self._peak:
                self._see_between(part)

    def finish(self) -> float:
        """Return the peak, 1.0 = full scale; called once."""
        self.take(np.zeros((len(self._tail), _TAPS - 1), np.float32))
        return self._peak

    def _see_between(self, samples: Floats) -> None:
        for taps in self._filters:
            between = cv2.filter2D(samples, cv2.CV_32F, taps, anchor=(_BEFORE, 0))
            self._see(np.asarray(between, np.float32)[:, _BEFORE : _BEFORE - _TAPS + 1])

    def _see(self, values: Floats) -> None:
        if values.size:
            self._peak = max(self._peak, float(values.max()), -float(values.min()))


def _interpolators(times: int) -> Floats:
    """Return the filter for each place between two samples, shape (times - 1, 1, taps): windowed sinc, gain 1."""
    shares = np.arange(1, times)[:, np.newaxis] / times
    away = np.arange(_TAPS) - _BEFORE - shares
    window = np.i0(_KAISER_BETA * np.sqrt(1.0 - (away / (_TAPS / 2)) ** 2))
    filters = np.sinc(away) * window
    return np.asarray(filters / filters.sum(axis=1, keepdims=True), np.float32)[:, np.newaxis]
