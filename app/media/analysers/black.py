"""Black picture (FFmpeg blackdetect): nearly all of the frame within 10 % of black for two seconds or more."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, PerSecond, Spans
from app.media.views import FrameView

PIXEL_LEVEL: Final = 0.10
"""A pixel is black up to this share of the way from black to white."""
PIXEL_SHARE: Final = 0.98
"""A frame is black when at least this share of its pixels is."""
LEAST_S: Final = 2.0
"""Shorter black is a cut or a fade."""
_BRIGHTEST = 255


class BlackAnalyser:
    """Events ``black``; series ``luma_mean_percent``, the mean luma of a second's brightest frame, 0 black, 100 white.

    Times are those of the first black frame and of the first frame that is not black any more.
    """

    def __init__(self) -> None:
        self._spans = Spans("black", min_s=LEAST_S)
        self._level = PerSecond()
        self._since_s: float | None = None
        self._end_s = 0.0

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        black, white = frame.black_code, frame.white_code
        limit = int(black + PIXEL_LEVEL * (white - black))
        mean = cv2.sumElems(frame.small)[0] / frame.small.size
        self._level.put(frame.time_s, 100.0 * (mean - black) / (white - black))
        self._end_s = frame.time_s + frame.duration_s
        # above this mean more pixels than are allowed must be lit: most frames need not be counted
        may_be_black = mean <= limit + (1.0 - PIXEL_SHARE) * (_BRIGHTEST - limit)
        if may_be_black and _dark_share(frame.small, limit) >= PIXEL_SHARE:
            if self._since_s is None:
                self._since_s = frame.time_s
        elif self._since_s is not None:
            self._spans.add(self._since_s, frame.time_s)
            self._since_s = None

    def finish(self) -> Outcome:
        """Return the black spans and the level's curve."""
        if self._since_s is not None:
            self._spans.add(self._since_s, self._end_s)
        return Outcome(events=self._spans.events(), series={"luma_mean_percent": self._level.series()})


def _dark_share(small: NDArray[np.uint8], limit: int) -> float:
    _, lit = cv2.threshold(small, limit, 1, cv2.THRESH_BINARY)
    return 1.0 - cv2.countNonZero(lit) / small.size
