"""Letterbox and pillarbox: black bars on two opposite sides of a picture that fills the rest (FFmpeg cropdetect)."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome
from app.media.analysers.material import Material, VotedSpans
from app.media.views import FrameView

DARK_CODES: Final = 8
"""A line is part of a bar when its mean is no more than this above black: luma 24 of 255, as cropdetect has it."""
PEAK_CODES: Final = 24
"""… and no pixel of it more than this, so that a dark picture with a lamp in it is none."""
LEAST_SHARE: Final = 0.01
"""Thinner bars are the blanking of old formats; share of the height or width, each side."""
EVEN_SHARE: Final = 0.02
"""Both bars are as wide up to this share of the height or width."""
LIT_SHARE: Final = 0.8
"""So much of the line beside the bar must be picture: dark slides end in no straight edge."""
LEAST_S: Final = 3.0
"""Shorter ones are a wipe."""
_LIT_CODES = 12
_RINGING_LINES = 4
_LARGEST_SHARE = 0.4


class BorderAnalyser:
    """Events ``border``, value = percent of the frame that the bars cover; seen twice a second on the full luma.

    Args:
        material: of the same frames, asked before.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        self._spans = VotedSpans("border", min_s=LEAST_S, join_s=0.6)
        self._end_s = 0.0

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        self._end_s = frame.time_s + frame.duration_s
        if not frame.looks:
            return
        covered = max(_covered(frame, axis) for axis in (0, 1))
        self._spans.put(self._material.edge_s, 100.0 * covered if covered else None)
        self._spans.vote(counts=True)

    def finish(self) -> Outcome:
        """Return the spans."""
        return Outcome(events=self._spans.events(self._end_s))


def _covered(frame: FrameView, axis: int) -> float:
    """Return the share that a pair of bars covers: rows of it with axis 0, columns with 1; 0.0 where there is none."""
    scale = 1 << (frame.bit_depth - 8)
    black = frame.black_code
    if frame.small[0].max() > black + PEAK_CODES and frame.small[:, 0].max() > black + PEAK_CODES:
        return 0.0  # quick: neither the first row nor the first column is dark
    luma = frame.luma
    means = cv2.reduce(luma, 1 - axis, cv2.REDUCE_AVG, dtype=cv2.CV_32F).ravel()
    dark = np.asarray(means) < (black + DARK_CODES + 0.5) * scale
    first, last = _run(dark), _run(dark[::-1])
    size = dark.size
    bars = (first / size, last / size)
    if min(bars) < LEAST_SHARE or max(bars) > _LARGEST_SHARE or abs(bars[0] - bars[1]) > EVEN_SHARE:
        return 0.0
    lines = luma if axis == 0 else luma.T
    bar = max(int(lines[: first - 1].max(initial=0)), int(lines[size - last + 1 :].max(initial=0)))
    if bar > (black + PEAK_CODES) * scale:
        return 0.0
    inside = (lines[first + _RINGING_LINES], lines[size - last - 1 - _RINGING_LINES])
    lit = min(float((line > (black + _LIT_CODES) * scale).mean()) for line in inside)
    return sum(bars) if lit >= LIT_SHARE else 0.0


def _run(dark: NDArray[np.bool_]) -> int:
    """Return how many lines at the start are dark; 0 where all are."""
    bright = np.flatnonzero(~dark)
    return int(bright[0]) if bright.size else 0
