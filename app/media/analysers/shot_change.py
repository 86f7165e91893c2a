"""Changes of shot: hard cuts from one camera or scene to another (9.5.1: two cameras show themselves by cuts)."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Figure, Outcome, Spans
from app.media.views import FrameView

LEAST_DIFFERENCE: Final = 6.0
"""Least mean difference of a cut to the frame before, 8-bit codes."""
STANDS_OUT: Final = 3.0
"""A cut differs so many times more than the frames before it and the one after: motion, zooms and fades do not."""
HISTOGRAM_DISTANCE: Final = 0.15
"""Least share of the pixels that would have to change their level; a pan over the same scene stays below."""
BIG_DIFFERENCE: Final = 15.0
"""With this mean difference the levels need not have changed."""
STAYS: Final = 0.6
"""After a cut the picture goes on differing from the one before by this share of the cut; after a flash it does not."""
WAIT_S: Final = 0.2
"""For so long the picture must stay; nearer cuts are one."""
FLASH_S: Final = 0.5
"""For so long after a flash a return to the picture before it is its end, not a cut."""


@dataclass(frozen=True)
class _Cut:
    time_s: float
    end_s: float
    difference: float
    before: NDArray[np.uint8]


class ShotChangeAnalyser:
    """Events ``shot_change`` of one frame's length, value 1; figures ``shot_changes`` and ``shot_changes_per_min``.

    A frame cuts when it differs from the frame before far more than its neighbours in time differ from theirs, in its
    levels too. Dissolves are no cuts, nor are slides whose text changes: too little of the picture does.
    """

    def __init__(self) -> None:
        self._spans = Spans("shot_change")
        self._changes = 0
        self._earlier = 255.0
        self._before_last = 255.0
        self._fresh: _Cut | None = None
        self._waiting: _Cut | None = None
        self._flash: _Cut | None = None
        self._first_s: float | None = None
        self._end_s = 0.0

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        if self._first_s is None:
            self._first_s = frame.time_s
        self._end_s = frame.time_s + frame.duration_s
        difference = frame.mean_difference
        if self._fresh is not None:
            if difference * STANDS_OUT <= self._fresh.difference and self._waiting is None:
                self._waiting = self._fresh
            self._fresh = None
        if self._waiting is not None:
            self._settle(self._waiting, frame)
        if self._stands_out(frame):
            assert frame.previous is not None
            self._fresh = _Cut(frame.time_s, self._end_s, difference, frame.previous)
        self._before_last, self._earlier = self._earlier, difference

    def finish(self) -> Outcome:
        """Return the cuts, their number and their rate."""
        if self._waiting is not None:
            self._note(self._waiting)
        figures: dict[str, Figure] = {}
        if self._first_s is not None and self._end_s > self._first_s:
            per_min = 60.0 * self._changes / (self._end_s - self._first_s)
            figures = {"shot_changes": self._changes, "shot_changes_per_min": round(per_min, 2)}
        return Outcome(figures=figures, events=self._spans.events())

    def _stands_out(self, frame: FrameView) -> bool:
        difference = frame.mean_difference
        if frame.previous is None or difference < max(
            LEAST_DIFFERENCE, STANDS_OUT * max(self._earlier, self._before_last)
        ):
            return False
        if (
            self._flash is not None
            and frame.time_s - self._flash.time_s < FLASH_S
            and self._is_back(frame, self._flash)
        ):
            return False
        return difference >= BIG_DIFFERENCE or _distance(frame.previous, frame) >= HISTOGRAM_DISTANCE

    def _is_back(self, frame: FrameView, cut: _Cut) -> bool:
        """Tell whether the picture is what it was before a cut."""
        if cut.before.shape != frame.small.shape:
            return False
        apart = cv2.sumElems(cv2.absdiff(cut.before, frame.small))[0] / frame.small.size
        return apart < STAYS * cut.difference

    def _settle(self, cut: _Cut, frame: FrameView) -> None:
        """Drop a cut after which the picture comes back; note it when it has stayed away long enough."""
        if cut.before.shape != frame.small.shape:
            self._waiting = None
            return
        if self._is_back(frame, cut):
            self._flash, self._waiting = cut, None
        elif frame.time_s - cut.time_s >= WAIT_S - 1e-6:
            self._note(cut)
            self._waiting = None

    def _note(self, cut: _Cut) -> None:
        self._changes += 1
        self._spans.add(cut.time_s, cut.end_s, 1.0)


def _distance(before: NDArray[np.uint8], frame: FrameView) -> float:
    """Return the share of the pixels that would have to change their level to turn one picture into the other."""
    counts = np.asarray(cv2.calcHist([before], [0], None, [256], [0, 256])).reshape(256)
    # a shift by a few codes is no change of level: compare in steps of eight
    steps = np.abs(counts.reshape(32, 8).sum(axis=1) - frame.histogram.reshape(32, 8).sum(axis=1))
    return float(steps.sum()) / (2.0 * frame.small.size)
