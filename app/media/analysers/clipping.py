"""Clipping: flat tops in the wave (after Essentia's SaturationDetector), per channel."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, Spans
from app.media.views import SoundBlock

LEVEL_DBFS: Final = -1.0
"""Flat tops count from this level on."""
FLAT_STEP: Final = 0.001
"""Neighbouring samples of a flat top differ by less than this (1.0 = full scale)."""
FULL_SCALE: Final = 0.9999
"""Samples from here on are at full scale, at any bit depth; lossy sound decodes to beyond it."""
JOIN_S: Final = 0.25
_KINK = 0.004
_LEAST_FULL_LINKS = 2  # three samples
_LEAST_FLAT_LINKS = 3  # four samples
_AMPLITUDE = 10.0 ** (LEVEL_DBFS / 20.0)

Samples = NDArray[np.float32]


class ClippingAnalyser:
    """Figure ``clipped_samples``; events ``clipping`` per channel, value = clipped samples.

    Clipped are three or more samples in a row at full scale, or four or more above −1 dBFS that hardly differ where
    the wave enters or leaves with a kink. Without the kink the round top of a loud low tone would count, too.
    """

    def __init__(self) -> None:
        self._channels: list[_Channel] = []

    def process(self, block: SoundBlock) -> None:
        """Take one block."""
        while len(self._channels) < block.samples.shape[0]:
            self._channels.append(_Channel(len(self._channels)))
        for channel, samples in zip(self._channels, block.samples, strict=False):
            channel.process(samples, block.start_s, block.rate_hz)

    def finish(self) -> Outcome:
        """Return number and spans."""
        for channel in self._channels:
            channel.close()
        events = sorted(
            (event for channel in self._channels for event in channel.spans.events()),
            key=lambda event: (event.from_s, event.channel),
        )
        clipped = sum(channel.clipped for channel in self._channels) if self._channels else None
        return Outcome(figures={"clipped_samples": clipped}, events=tuple(events))


class _Channel:
    """One channel: carries the run that touches the end of a block over to the next."""

    def __init__(self, number: int) -> None:
        self.spans = Spans("clipping", join_s=JOIN_S, channel=number)
        self.clipped = 0
        self._carry: Samples = np.empty(0, np.float32)
        self._next_s = 0.0
        self._rate_hz = 1

    def process(self, samples: Samples, start_s: float, rate_hz: int) -> None:
        if self._carry.size and (rate_hz != self._rate_hz or abs(start_s - self._next_s) > 2.0 / rate_hz):
            self.close()
        self._rate_hz, self._next_s = rate_hz, start_s + samples.size / rate_hz
        joined = np.concatenate((self._carry, samples))
        left = self._take(joined, start_s - self._carry.size / rate_hz, closed=False)
        self._carry = joined[left:].copy()

    def close(self) -> None:
        """Judge the run that was left open."""
        self._take(self._carry, self._next_s - self._carry.size / self._rate_hz, closed=True)
        self._carry = np.empty(0, np.float32)

    def _take(self, samples: Samples, start_s: float, *, closed: bool) -> int:
        """Judge the runs in the samples; return the place from which on they are to be seen again."""
        if samples.size < 2 or not _reaches(samples):
            return max(samples.size - 1, 0)
        first, last = _flat_runs(samples)
        left = samples.size - 1
        if not closed and first.size and last[-1] == left and last[-1] - first[-1] < self._rate_hz:
            left = max(int(first[-1]) - 1, 0)
            first, last = first[:-1], last[:-1]
        clipped = _are_clipped(samples, first, last)
        self._note(first[clipped], last[clipped], start_s)
        return left

    def _note(self, first: NDArray[np.intp], last: NDArray[np.intp], start_s: float) -> None:
        if not first.size:
            return
        self.clipped += int((last - first + 1).sum())
        cuts = np.flatnonzero(first[1:] - last[:-1] > JOIN_S * self._rate_hz) + 1
        for firsts, lasts in zip(np.split(first, cuts), np.split(last, cuts), strict=True):
            self.spans.add(
                start_s + int(firsts[0]) / self._rate_hz,
                start_s + (int(lasts[-1]) + 1) / self._rate_hz,
                float((lasts - firsts + 1).sum()),
            )


def _reaches(samples: Samples) -> bool:
    return bool(samples.size) and float(max(samples.max(), -samples.min())) >= _AMPLITUDE


def _flat_runs(samples: Samples) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return first and last place of every run whose neighbours are both loud and flat, or both at full scale."""
    height = np.abs(samples)
    full = height >= FULL_SCALE
    loud = height >= _AMPLITUDE
    flat = np.abs(np.diff(samples)) < FLAT_STEP
    linked = (loud[:-1] & loud[1:] & flat) | (full[:-1] & full[1:] & (samples[:-1] * samples[1:] > 0))
    edges = np.diff(np.concatenate(([False], linked, [False])).astype(np.int8))
    return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)


def _are_clipped(samples: Samples, first: NDArray[np.intp], last: NDArray[np.intp]) -> NDArray[np.bool_]:
    links = last - first
    if not links.size:
        return np.zeros(0, np.bool_)
    height = np.abs(samples)
    # reduceat over [first, last] pairs: every second result is the lowest of a run
    bounds = np.stack((first, last + 1), axis=1).ravel()
    lowest = np.minimum.reduceat(np.append(height, np.float32(0.0)), bounds)[::2]
    steps = np.abs(np.diff(samples, prepend=samples[:1], append=samples[-1:]))
    kink = np.maximum(steps[first], steps[last + 1])
    at_full_scale: NDArray[np.bool_] = (links >= _LEAST_FULL_LINKS) & (lowest >= FULL_SCALE)
    return at_full_scale | ((links >= _LEAST_FLAT_LINKS) & (kink >= _KINK))
