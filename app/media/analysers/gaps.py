"""Drop-outs: digital silence that begins and ends in the middle of the sound."""

from typing import Final

import numpy as np

from app.media.analysers.base import Outcome, Spans
from app.media.analysers.windows import Samples, Values, runs
from app.media.views import SoundBlock

SILENT_DBFS: Final = -84.0
"""No sample of a drop-out is above this: no microphone is so quiet, but lossy sound leaves a trace."""
LEAST_S: Final = 0.005
LESS_THAN_S: Final = 2.0
"""Longer ones are silence."""
EDGE_DBFS: Final = -45.0
"""On both sides the sound is at least so loud in the last 8 ms: a pause or a noise gate has faded by then.

Lossy coding smears a cut over some milliseconds.
"""
DECAY_DB: Final = 12.0
"""By so much the last 8 ms may be below the 40 ms next to the drop-out; what has decayed further came to its end."""
MISSING_S: Final = 0.05
"""Sound that the time stamps leave out from here on is a drop-out, too."""
_FRAME_S: Final = 0.001
_EDGE: Final = 8
_NEAR: Final = 40
_LONGEST: Final = round(LESS_THAN_S / _FRAME_S)
_SILENT = 10.0 ** (SILENT_DBFS / 20.0)
_EDGE_AMPLITUDE = 10.0 ** (EDGE_DBFS / 20.0)
_DECAY = 10.0 ** (-DECAY_DB / 20.0)


class GapAnalyser:
    """Events ``audio_gap``, to the millisecond, per channel; of all channels where the file has no sound for a time."""

    def __init__(self) -> None:
        self._channels: list[_Channel] = []
        self._missing = Spans("audio_gap")
        self._end_s: float | None = None

    def process(self, block: SoundBlock) -> None:
        """Take one block."""
        if self._end_s is not None and block.start_s - self._end_s >= MISSING_S:
            self._missing.add(self._end_s, block.start_s)
        self._end_s = block.start_s + block.samples.shape[1] / block.rate_hz
        while len(self._channels) < block.samples.shape[0]:
            self._channels.append(_Channel(len(self._channels)))
        for channel, samples in zip(self._channels, block.samples, strict=False):
            channel.process(samples, block.start_s, block.rate_hz)

    def finish(self) -> Outcome:
        """Return the drop-outs."""
        events = [*self._missing.events(), *(event for channel in self._channels for event in channel.spans.events())]
        return Outcome(events=tuple(sorted(events, key=lambda event: (event.from_s, event.channel or 0))))


class _Channel:
    """One channel: keeps the frames that an open silence needs, two seconds at most."""

    def __init__(self, number: int) -> None:
        self.spans = Spans("audio_gap", channel=number)
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
        frames = joined.size // size
        if frames:
            shaped = joined[: frames * size].reshape(frames, size)
            peaks = np.concatenate((self._peaks, np.maximum(shaped.max(axis=1), -shaped.min(axis=1))))
            first_s = self._rest_s - self._peaks.size * size / rate_hz
            self._rest_s += frames * size / rate_hz
            self._peaks = peaks[self._judge(peaks, first_s, size / rate_hz) :]
        self._rest = joined[frames * size :].copy()

    def _judge(self, peaks: Values, first_s: float, frame_s: float) -> int:
        """Note the drop-outs; return the first frame that has to be seen again."""
        for first, stop in runs(peaks < _SILENT):
            if stop + _NEAR > peaks.size:
                return max(first - _NEAR, peaks.size - _LONGEST - _NEAR, 0)
            long_enough = (stop - first) * frame_s + 1e-9 >= LEAST_S and stop - first < _LONGEST
            if (
                long_enough
                and _is_cut(peaks[max(first - _NEAR, 0) : first][::-1])
                and _is_cut(peaks[stop : stop + _NEAR])
            ):
                self.spans.add(first_s + first * frame_s, first_s + stop * frame_s)
        return max(peaks.size - _NEAR, 0)


def _is_cut(outwards: Values) -> bool:
    """Tell whether the sound is cut off here, given the peaks of its milliseconds from the edge outwards."""
    if outwards.size < _NEAR:
        return False
    edge = float(outwards[:_EDGE].max())
    return edge >= _EDGE_AMPLITUDE and edge >= _DECAY * float(outwards.max())
