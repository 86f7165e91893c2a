"""Effective bandwidth: the frequency above which the spectrum falls off a cliff."""

from typing import Final

import numpy as np

from app.media.analysers.base import Outcome
from app.media.analysers.windows import Values, Windows, runs
from app.media.views import SoundBlock

CLIFF_DB: Final = 20.0
"""So much falls a resampler's or a coder's filter within a kilohertz; voices and rooms fall a few dB."""
LEAST_HZ: Final = 3000.0
"""Cliffs are looked for from here on: what lies below is the voice itself."""
_WINDOW_S: Final = 0.25
_SIZE: Final = 4096
_SIDE_HZ: Final = 500.0
_EDGE_HZ: Final = 250.0
_AS_DEEP_DB: Final = 1.0
_CHANNELS: Final = 2
_LOWEST = 1e-18


class BandwidthAnalyser:
    """Figure ``bandwidth_hz``: about 22 000 for 44.1 kHz sound in a 48 kHz file, half the rate without a cliff.

    A spectrum of 85 ms (at 48 kHz) is taken four times a second of the first two channels; their mean counts. A
    cliff lies where the half kilohertz above is 20 dB and more below the half kilohertz before, and all that is still
    higher is as low. None for sound of less than a second and for digital silence.
    """

    def __init__(self) -> None:
        self._windows = Windows(_WINDOW_S)
        self._hann = np.hanning(_SIZE).astype(np.float32)
        self._sum: Values = np.zeros(_SIZE // 2 + 1)
        self._count = 0
        self._rate_hz = 0

    def process(self, block: SoundBlock) -> None:
        """Take one block."""
        taken = self._windows.take(block)
        if taken is None or taken[2].shape[2] < _SIZE:
            return
        self._rate_hz = block.rate_hz
        spectra = np.fft.rfft(taken[2][:_CHANNELS, :, :_SIZE] * self._hann, axis=2)
        self._sum += (np.square(spectra.real) + np.square(spectra.imag)).sum(axis=(0, 1))
        self._count += taken[2].shape[1]

    def finish(self) -> Outcome:
        """Return the bandwidth."""
        if self._count * _WINDOW_S < 1.0 or not self._sum.any():
            return Outcome()
        scale = 2.0 / (self._count * float(np.square(self._hann).sum()) * _SIZE)
        return Outcome(figures={"bandwidth_hz": find_cliff(self._sum * scale, self._rate_hz)})


def find_cliff(power: Values, rate_hz: int) -> int:
    """Return the frequency of the cliff in a power spectrum from 0 to half the rate, in Hz; half the rate without."""
    bin_hz = rate_hz / 2 / (power.size - 1)
    side, edge = round(_SIDE_HZ / bin_hz), round(_EDGE_HZ / bin_hz)
    levels = 10.0 * np.log10(np.maximum(power, _LOWEST))
    sums = np.concatenate(([0.0], np.cumsum(levels)))
    means = (sums[side:] - sums[:-side]) / side  # means[i]: bins i to i + side
    last = levels.size - edge - side
    places = np.arange(max(round(LEAST_HZ / bin_hz), side + edge), last + 1)
    if not places.size:
        return rate_hz // 2
    below, above = means[places - edge - side], means[places + edge]
    highest_above = np.maximum.accumulate(means[::-1])[::-1][places + edge]
    drops = np.where(highest_above <= below - CLIFF_DB * 0.75, below - above, 0.0)
    deepest = float(drops.max())
    if deepest < CLIFF_DB:
        return rate_hz // 2
    # as long as the cliff lies between both sides the drop is about the same: it is in the middle
    first, stop = next(run for run in runs(drops >= deepest - _AS_DEEP_DB) if drops[slice(*run)].max() == deepest)
    return round(float(places[first] + places[stop - 1]) / 2.0 * bin_hz)
