"""Over- and underexposed camera picture, from the luma percentiles twice a second (QCTools)."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome
from app.media.analysers.material import GRID, LIVE_PIXELS, Material, VotedSpans
from app.media.views import FrameView

LEAST_S: Final = 2.0
CLIPPED_SHARE: Final = 0.10
"""Overexposed: the 90th percentile is at white, that is a tenth of the frame or more is clipped."""
CLIPPED_CODES: Final = 3
"""Pixels this near to white, and beyond it, are clipped; lossy coding moves them by a code or two."""
DARK_LEVEL: Final = 0.36
"""Underexposed: the 90th percentile is no further than this on the way from black to white …"""
DARK_TOP_LEVEL: Final = 0.55
"""… and hardly a pixel (`DARK_TOP_SHARE`) is brighter: dark slides have bright letters, dark sets have lit faces."""
DARK_TOP_SHARE: Final = 0.002
BLACK_LEVEL: Final = 0.10
BLACK_SHARE: Final = 0.98
"""From this share of pixels within 10 % of black on it is a black picture, see `black`."""
_LIVE_REST: Final = 0.6
_LEAST_REST: Final = 0.02
_LEAST_MOTION: Final = 0.02
_NOISE_CODES: Final = 8
_SHOULDER_CODES: Final = 40
_SHOULDER_SHARE: Final = 0.40
_NEIGHBOURS: Final = np.ones((3, 3), np.uint8)


class ExposureAnalyser:
    """Events ``overexposed`` and ``underexposed``.

    The value of the first is the percentage of the frame that is clipped, of the second the 90th percentile in percent
    of the way from black to white.

    A slide may be white or dark. Overexposed is judged only where what is not clipped is a camera's picture, alive all
    over, that runs into white softly; a presenter cut out before a white ground has hard edges. Underexposed is judged
    only where something moves.

    Args:
        material: of the same frames, asked before.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        self._over = VotedSpans("overexposed", min_s=LEAST_S, join_s=0.5)
        self._under = VotedSpans("underexposed", min_s=LEAST_S, join_s=0.5)
        self._end_s = 0.0

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        self._end_s = frame.time_s + frame.duration_s
        if not frame.looks:
            return
        sums = np.cumsum(frame.histogram)
        clipped = 1.0 - float(sums[frame.white_code - CLIPPED_CODES]) / frame.small.size
        is_over = clipped >= CLIPPED_SHARE
        edge_s, cut = self._material.edge_s, self._material.cut
        self._over.put(edge_s, 100.0 * clipped if is_over else None, cut=cut)
        if is_over:
            self._over.vote(counts=self._burns(frame))
        is_under = _is_dark(sums, frame)
        level = (float(np.searchsorted(sums, 0.9 * sums[-1])) - frame.black_code) / (
            frame.white_code - frame.black_code
        )
        self._under.put(edge_s, 100.0 * level if is_under else None, cut=cut)
        if is_under:
            self._under.vote(counts=self._material.live_share >= _LEAST_MOTION)

    def finish(self) -> Outcome:
        """Return the spans."""
        return Outcome(events=(*self._over.events(self._end_s), *self._under.events(self._end_s)))

    def _burns(self, frame: FrameView) -> bool:
        """Tell whether the clipped part belongs to a camera's picture."""
        limit = frame.white_code - CLIPPED_CODES
        return (self._material.is_camera or self._lives_beside(frame, limit)) and _is_soft(frame, limit)

    def _lives_beside(self, frame: FrameView, limit: int) -> bool:
        """Tell whether the blocks that are not clipped are alive: clipped ones have no noise left."""
        _, white = cv2.threshold(frame.small, limit, 255, cv2.THRESH_BINARY)
        rest = np.asarray(cv2.resize(white, GRID, interpolation=cv2.INTER_AREA)) < 128
        if float(rest.mean()) < _LEAST_REST:
            return False
        return float((self._material.live[rest] >= LIVE_PIXELS).mean()) >= _LIVE_REST


def _is_soft(frame: FrameView, limit: int) -> bool:
    """Tell whether the picture runs into white by and by, as light does, and not at edges, as a drawing does."""
    shoulder = limit - _NOISE_CODES  # below it no noise of the white reaches
    _, white = cv2.threshold(frame.small, shoulder, 255, cv2.THRESH_BINARY)
    near = frame.small[(cv2.dilate(white, _NEIGHBOURS) > 0) & (frame.small <= shoulder)]
    return bool(near.size) and float((near >= shoulder - _SHOULDER_CODES).mean()) >= _SHOULDER_SHARE


def _is_dark(sums: NDArray[np.int64], frame: FrameView) -> bool:
    """Judge a frame by the running sum of its histogram."""
    span = frame.white_code - frame.black_code
    black, dark, top = (
        float(sums[int(frame.black_code + level * span)]) / float(sums[-1])
        for level in (BLACK_LEVEL, DARK_LEVEL, DARK_TOP_LEVEL)
    )
    return black < BLACK_SHARE and dark >= 0.9 and top >= 1.0 - DARK_TOP_SHARE
