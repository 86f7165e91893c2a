"""Silence: every channel below −60 dBFS for two seconds or more (FFmpeg silencedetect), to the sample."""

from typing import Final

import numpy as np

from app.media.analysers.base import Outcome, Spans
from app.media.views import SoundBlock

LEVEL_DBFS: Final = -60.0
LEAST_S: Final = 2.0
_AMPLITUDE = 10.0 ** (LEVEL_DBFS / 20.0)


class SilenceAnalyser:
    """Events ``silence``, from the first quiet sample to the first loud one, whatever the size of the blocks."""

    def __init__(self) -> None:
        self._spans = Spans("silence", min_s=LEAST_S)
        self._quiet_since_s: float | None = None
        self._end_s = 0.0

    def process(self, block: SoundBlock) -> None:
        """Take one block; a gap between blocks is not sound, so silence goes on through it."""
        if self._quiet_since_s is None:
            self._quiet_since_s = block.start_s
        loud = np.flatnonzero((np.abs(block.samples) >= _AMPLITUDE).any(axis=0))
        self._end_s = block.start_s + block.samples.shape[1] / block.rate_hz
        if not loud.size:
            return
        self._spans.add(self._quiet_since_s, block.start_s + int(loud[0]) / block.rate_hz)
        for before in np.flatnonzero(np.diff(loud) >= LEAST_S * block.rate_hz):
            from_s, to_s = (block.start_s + (int(place)) / block.rate_hz for place in loud[before : before + 2])
            self._spans.add(from_s + 1 / block.rate_hz, to_s)
        self._quiet_since_s = block.start_s + (int(loud[-1]) + 1) / block.rate_hz

    def finish(self) -> Outcome:
        """Return the silent spans."""
        if self._quiet_since_s is not None:
            self._spans.add(self._quiet_since_s, self._end_s)
        return Outcome(events=self._spans.events())
