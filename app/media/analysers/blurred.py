"""Picture out of focus: the width of edges (Marziliano 2002), against a floor and against the recording itself."""

from array import array
from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, PerSecond, median, quantile
from app.media.analysers.looks import LookTimes, sample_lines
from app.media.views import FrameView

LEAST_STEP: Final = 50
"""Edges are judged that rise by at least so many 8-bit codes; a smooth picture has none and is not judged."""
FLOOR: Final = 0.12
"""An edge whose steepest pixel has less than this share of its rise is blurred in any recording.

A Gaussian of 4 pixels at 1920 leaves 0.10 (10 % to 90 % in 10 pixels); a good lens gives 0.3, a drawn slide 1.
"""
DROP: Final = 0.5
"""Blurred is also what is below this share of the recording's median ..."""
SOFT: Final = 0.20
"""... and below this, which no lens in focus reaches."""
LEAST_S: Final = 2.0
_JOIN_S = 1.0
_REACH = 32
_EVERY = 8  # neighbours see nearly the same 32 pixels
_SHARPEST = 0.9
_LEAST_SHARE = 0.002
_FLAT_STEP = 12
_USUAL_WIDTH = 1920.0
_NOT_JUDGED = -1.0


class BlurAnalyser:
    """Events ``blurred``, value = steepness of the sharpest edges, 0 to 1; series ``sharpness_percent``.

    On 72 lines of each look: within 32 pixels, how much of the rise happens in one pixel. The sharpest tenth of the
    places decides, so that a soft background does not make a picture blurred; noise is taken off.
    """

    def __init__(self) -> None:
        self._times = LookTimes()
        self._sharpness = array("f")
        self._curve = PerSecond()

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        self._times.process(frame)
        if not frame.looks:
            return
        sharpness = _sharpness(sample_lines(frame))
        if sharpness is None:
            self._sharpness.append(_NOT_JUDGED)
            return
        sharpness = min(1.0, sharpness * frame.luma.shape[1] / _USUAL_WIDTH)
        self._sharpness.append(sharpness)
        self._curve.put(frame.time_s, 100.0 * sharpness)

    def finish(self) -> Outcome:
        """Return the blurred spans and the curve."""
        values = np.array(self._sharpness, np.float32)
        judged = values >= 0.0
        if not judged.any():
            return Outcome(series={"sharpness_percent": self._curve.series()})
        usual = median(values[judged])
        blurred = judged & ((values <= FLOOR) | ((values <= SOFT) & (values <= DROP * usual)))
        # a look that cannot be judged is what the look before it was
        kept = np.maximum.accumulate(np.where(judged, np.arange(values.size), 0))
        blurred = blurred[kept]
        events = self._times.events("blurred", blurred, values[kept], min_s=LEAST_S, join_s=_JOIN_S)
        return Outcome(events=events, series={"sharpness_percent": self._curve.series()})


def _sharpness(lines: NDArray[np.uint8]) -> float | None:
    """Return the share of its rise that the sharpest edges make in one pixel; None where there are too few edges."""
    if lines.shape[1] <= _REACH:
        return None
    steepest = np.asarray(_around(cv2.dilate, cv2.absdiff(lines[:, 1:], lines[:, :-1])))
    rise = np.asarray(cv2.subtract(_around(cv2.dilate, lines[:, 1:]), _around(cv2.erode, lines[:, 1:])))
    edges = rise >= LEAST_STEP
    if np.count_nonzero(edges) < _LEAST_SHARE * rise.size:
        return None
    flat = steepest[rise < _FLAT_STEP]
    noise = median(flat) if flat.size else 0.0
    steep = np.maximum(steepest[edges].astype(np.float32) - noise, 0.0)
    return quantile(steep / (rise[edges] - np.float32(noise)), _SHARPEST)


def _around(extreme: Callable[..., cv2.typing.MatLike], lines: cv2.typing.MatLike) -> cv2.typing.MatLike:
    """Return the highest or lowest value within `_REACH` pixels of every eighth: of blocks of eight, then of four."""
    blocks = extreme(lines, np.ones((1, _EVERY), np.uint8))[:, _EVERY // 2 :: _EVERY]
    return extreme(blocks, np.ones((1, _REACH // _EVERY), np.uint8))
