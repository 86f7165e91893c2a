"""Clicks: isolated impulses, told by the second difference of the wave against that of its neighbourhood."""

from typing import Final

import numpy as np

from app.media.analysers.base import Outcome, Spans
from app.media.analysers.windows import Samples, Values
from app.media.views import SoundBlock

RATIO: Final = 6.0
"""So many times the second difference of a click is above the highest one near it (16 dB)."""
LEAST: Final = 0.02
"""Least second difference, 1.0 = full scale: a single sample 40 dB below full scale."""
NEAR_MS: Final = (3, 15)
"""The neighbourhood on each side. A voice has a pulse in any 12 ms; what rings for longer than 3 ms is a sound."""
JOIN_S: Final = 0.02
_FRAME_S: Final = 0.001
_QUIET: Final = 2e-3
_EDGE_RATIO: Final = 8.0


class ClickAnalyser:
    """Events ``click``, a few milliseconds each, per channel, value = size of the jump in percent of full scale.

    Where sound is cut off or sets in out of silence is no click but belongs to the gap.
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
        """Return the clicks."""
        events = (event for channel in self._channels for event in channel.spans.events())
        return Outcome(events=tuple(sorted(events, key=lambda event: (event.from_s, event.channel))))


class _Channel:
    """One channel: keeps the neighbourhood of the block before."""

    def __init__(self, number: int) -> None:
        self.spans = Spans("click", join_s=JOIN_S, channel=number)
        self._rest: Samples = np.empty(0, np.float32)
        self._rest_s = 0.0
        self._peaks: Values = np.empty(0)
        self._rate_hz = 0

    def process(self, samples: Samples, start_s: float, rate_hz: int) -> None:
        rest_end_s = self._rest_s + self._rest.size / max(rate_hz, 1)
        if rate_hz != self._rate_hz or abs(start_s - rest_end_s) > 2.0 / rate_hz:
            self._rest, self._rest_s, self._peaks = samples[:0], start_s, np.empty(0)
        self._rate_hz = rate_hz
        size = max(round(rate_hz * _FRAME_S), 1)
        joined = np.concatenate((self._rest, samples))
        frames = max(joined.size - 2, 0) // size
        if not frames:
            self._rest = joined
            return
        bends = np.abs(np.diff(joined[: frames * size + 2], n=2)).reshape(frames, size).max(axis=1)
        self._rest = joined[frames * size :].copy()
        peaks = np.concatenate((self._peaks, bends))
        first_s = self._rest_s - self._peaks.size * size / rate_hz
        self._rest_s += frames * size / rate_hz
        self._note(peaks, first_s + 1.0 / rate_hz, size / rate_hz)
        self._peaks = peaks[max(peaks.size - 2 * NEAR_MS[1], 0) :]

    def _note(self, peaks: Values, first_s: float, frame_s: float) -> None:
        """Look for clicks where both neighbourhoods are known; each frame is looked at once."""
        near, far = NEAR_MS
        count = peaks.size - 2 * far
        if count <= 0:
            return
        sides = np.lib.stride_tricks.sliding_window_view(peaks, far - near + 1).max(axis=1)
        here, before, after = peaks[far : far + count], sides[:count], sides[far + near : far + near + count]
        high, low = np.maximum(before, after), np.minimum(before, after)
        at_edge = (low < _QUIET) & (high > _EDGE_RATIO * low)
        for place in np.flatnonzero((here >= LEAST) & (here >= RATIO * high) & ~at_edge).tolist():
            from_s = first_s + (place + far) * frame_s
            self.spans.add(from_s, from_s + frame_s, round(50.0 * float(here[place]), 1))
