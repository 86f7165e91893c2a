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
LEAST_RUN_S: Final = 0.2
"""What lies outside for less is a coder ringing behind a flash: of more than three in a second each lasts less."""


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
        self._end_s = frame.time_s + frame.duration_s
        if frame.full_range:
            self._close(frame.time_s)
            return
        if frame.looks:
            self._chroma = max(_share_outside(plane, CHROMA) for plane in (frame.small_cb, frame.small_cr))
        share = max(_share_outside(frame.small, LUMA), self._chroma)
        if share <= SHARE:
            self._close(frame.time_s)
            return
        if self._since_s is None:
            self._since_s, self._worst = frame.time_s, 0.0
        self._worst = max(self._worst, share)

    def finish(self) -> Outcome:
        """Return the spans."""
        self._close(self._end_s)
        return Outcome(events=self._spans.events())

    def _close(self, time_s: float) -> None:
        if self._since_s is not None and time_s - self._since_s >= LEAST_RUN_S:
            self._spans.add(self._since_s, time_s, round(100.0 * self._worst, 1))
        self._since_s = None


def _share_outside(plane: NDArray[np.uint8] | None, legal: tuple[int, int]) -> float:
    if plane is None:
        return 0.0
    low, high = legal[0] - OVERSHOOT_CODES, legal[1] + OVERSHOOT_CODES
    lowest, highest, _, _ = cv2.minMaxLoc(plane)
    if lowest >= low and highest <= high:  # a third of the time of counting, and nearly always so
        return 0.0
    inside = cv2.inRange(plane, np.array(low), np.array(high))
    return 1.0 - cv2.countNonZero(inside) / plane.size
