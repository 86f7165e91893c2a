"""Levels outside the legal range in a file that says it keeps to it (QCTools BRNG): players clip them."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, Spans
from app.media.views import FrameView

SHARE: Final = 0.01
"""More than this share of the pixels outside is a fault (QCTools, qct-parse; EBU R 103)."""
LUMA: Final = (16, 235)
CHROMA: Final = (16, 240)
OVERSHOOT_CODES: Final = 2
"""So far outside is rounding. Measured: H.264 of white and black slides stays within at 2.5 Mbit/s (540 lines), at a
tenth of that 0.5 % of the pixels lie further out."""
LEAST_S: Final = 0.5


class IllegalRangeAnalyser:
    """Events ``illegal_range``, value = percent of the pixels outside. Luma of every frame, chroma twice a second.

    A full-range file has no illegal levels.
    """

    def __init__(self) -> None:
        self._spans = Spans("illegal_range", min_s=LEAST_S, join_s=LEAST_S, highest=True)
        self._since_s: float | None = None
        self._worst = self._chroma = 0.0
        self._end_s = 0.0

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        if frame.looks:
            self._chroma = max(_share_outside(plane) for plane in (frame.small_cb, frame.small_cr))
        counts = frame.histogram
        low, high = LUMA[0] - OVERSHOOT_CODES, LUMA[1] + OVERSHOOT_CODES
        luma = float(counts[:low].sum() + counts[high + 1 :].sum()) / frame.small.size
        share = 0.0 if frame.full_range else max(luma, self._chroma)
        if share > SHARE:
            if self._since_s is None:
                self._since_s, self._worst = frame.time_s, 0.0
            self._worst = max(self._worst, share)
        else:
            self._close(frame.time_s)
        self._end_s = frame.time_s + frame.duration_s

    def finish(self) -> Outcome:
        """Return the spans."""
        self._close(self._end_s)
        return Outcome(events=self._spans.events())

    def _close(self, time_s: float) -> None:
        if self._since_s is not None:
            self._spans.add(self._since_s, time_s, round(100.0 * self._worst, 1))
            self._since_s = None


def _share_outside(chroma: NDArray[np.uint8] | None) -> float:
    if chroma is None:
        return 0.0
    legal = cv2.inRange(chroma, np.array(CHROMA[0] - OVERSHOOT_CODES), np.array(CHROMA[1] + OVERSHOOT_CODES))
    return 1.0 - cv2.countNonZero(legal) / chroma.size
