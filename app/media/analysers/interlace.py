"""Interlaced picture: what the file says of its frames, and combing that is really there (FFmpeg's idet)."""

from array import array
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome
from app.media.analysers.looks import LookTimes
from app.media.views import FrameView

FIELD_RATIO: Final = 1.08
"""One field order must fit this much better than the other for a frame to count as interlaced.

idet, which sees ten times the lines, has 1.04. Measured on as many pixels in upright strips: combed motion of 2 to 8
pixels 1.09 to 1.5, clean picture up to 1.012, strong blocks up to 1.053.
"""
PROGRESSIVE_RATIO: Final = 1.5
"""A frame counts as progressive when its own lines fit this much better than those of its neighbours (idet)."""
LEAST_LOOKS: Final = 3
_BANDS = 12
_BAND_LINES = 8
_MOST_BITS = 12
_LEAST_S = 1.0
_JOIN_S = 1.5


class InterlaceAnalyser:
    """Figure ``scan``; events ``interlaced`` where moving picture is combed, whatever the file says.

    Twice a second three frames in a row are compared in twelve narrow bands. Still picture says nothing; so does
    noise. The figure follows the file's flag, and becomes interlaced where combing is found more often than not. A span
    begins and ends where the picture's motion jumped between two looks.
    """

    def __init__(self) -> None:
        self._frames = 0
        self._flagged = 0
        self._combed = 0
        self._clean = 0
        self._bands: list[NDArray[np.int16]] = []
        self._times = LookTimes(phase=1)
        self._combed_looks = array("b")

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        self._frames += 1
        self._flagged += frame.interlaced_flag
        self._times.process(frame)
        if frame.phase == 1:
            self._combed_looks.append(0)
        if frame.phase == frame.look_every - 1:
            self._bands = [_bands(frame)]
        elif frame.phase == 0 and len(self._bands) == 1:
            self._bands.append(_bands(frame))
        elif frame.phase == 1 and len(self._bands) == 2:
            before, look = self._bands
            self._bands = []
            self._judge(before, look, _bands(frame))

    def finish(self) -> Outcome:
        """Return scan and combed spans."""
        if not self._frames:
            return Outcome(figures={"scan": "unknown"})
        combed = self._combed >= LEAST_LOOKS and self._combed > self._clean
        interlaced = combed or self._flagged * 2 > self._frames
        found = np.array(self._combed_looks, np.bool_)
        nothing = np.zeros(found.size, np.float32)
        events = self._times.events("interlaced", found, nothing, min_s=_LEAST_S, join_s=_JOIN_S)
        return Outcome(
            figures={"scan": "interlaced" if interlaced else "progressive"},
            events=tuple(event.model_copy(update={"value": None}) for event in events),
        )

    def _judge(self, before: NDArray[np.int16], look: NDArray[np.int16], after: NDArray[np.int16]) -> None:
        if not before.shape == look.shape == after.shape or not look.size:
            return  # the size changed within the track, or there are hardly any lines
        one, other, own = _field_misfits(before, look, after)
        worse, better = max(one, other), min(one, other)
        if better > PROGRESSIVE_RATIO * own:
            self._clean += 1
        elif worse > FIELD_RATIO * better:
            self._combed += 1
            self._combed_looks[-1] = 1


def _bands(frame: FrameView) -> NDArray[np.int16]:
    """Copy bands of whole lines, shape (bands, lines, columns), no more than 12 bits deep; the first line is even.

    Enough to see combing, a tenth of the pixels to read, and read in one go, as upright strips are not.
    """
    rows, columns = frame.luma.shape
    bands = min(_BANDS, rows // _BAND_LINES)
    starts = np.linspace(0, rows - _BAND_LINES, bands).astype(int) // 2 * 2
    spare_bits = max(frame.bit_depth - _MOST_BITS, 0)  # sums of two lines must fit into 16 bits
    copies = [frame.luma[start : start + _BAND_LINES] >> spare_bits for start in starts]
    return np.stack(copies).astype(np.int16) if copies else np.empty((0, _BAND_LINES, columns), np.int16)


def _misfit(outer: NDArray[np.int16], inner: NDArray[np.int16]) -> tuple[float, float]:
    """Return how badly the inner frame's lines fit between the outer's, for even and for odd inner lines.

    Args:
        outer: sums of the lines above and below of all lines but the first and the last of each band.
        inner: all lines, shape (bands, lines, columns).
    """
    doubled = (2 * inner[:, 1:-1]).reshape(outer.shape)
    return cv2.norm(outer[1::2], doubled[1::2], cv2.NORM_L1), cv2.norm(outer[0::2], doubled[0::2], cv2.NORM_L1)


def _field_misfits(
    before: NDArray[np.int16], look: NDArray[np.int16], after: NDArray[np.int16]
) -> tuple[float, float, float]:
    """Return idet's sums: top field first, bottom field first, the frame's own lines."""
    outer = (look[:, :-2] + look[:, 2:]).reshape(-1, look.shape[2])
    before_even, before_odd = _misfit(outer, before)
    after_even, after_odd = _misfit(outer, after)
    own_even, own_odd = _misfit(outer, look)
    return before_even + after_odd, before_odd + after_even, own_even + own_odd
