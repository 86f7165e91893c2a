"""Colour cast of a camera's picture (9.5.3): what should be grey is not, all over and for long (white balance)."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome
from app.media.analysers.material import Material, VotedSpans
from app.media.views import FrameView

NEAR_GREY_CODES: Final = 48.0
"""Pixels no further than this from neutral could be grey under a cast; what is further is coloured."""
CAST_CODES: Final = 7.0
"""Mean distance of the near-grey pixels from neutral, 8-bit chroma codes: about a just clearly visible tint."""
NEUTRAL_CODES: Final = 4.0
NEUTRAL_SHARE: Final = 0.04
"""Where so many of the near-grey pixels are neutral the balance is right and the scene has a colour of its own."""
LEAST_GREY: Final = 0.3
"""So much of the frame must be bright enough and near grey for anything to be told."""
SKIN_RATIO: Final = (0.35, 1.1)
SKIN_CODES: Final = (12.0, 45.0)
SKIN_SHARE: Final = (0.01, 0.25)
"""Skin lies on one line of the vectorscope whoever's it is (blue difference down, red difference up in this ratio, at
this distance from neutral). Where this share of the lit picture does, the balance is right: the background is coloured,
as behind a chroma key. More than that is a wall under an orange cast."""
JUMP_CODES: Final = 3.0
"""A change of the mean colour, both differences together, from one frame to the next that is no noise."""
LEVELS: Final = (0.25, 0.95)
LEAST_S: Final = 3.0


class ColourCastAnalyser:
    """Events ``colour_cast``, value = mean offset of the near-grey pixels from neutral, 8-bit chroma codes.

    Twice a second, in camera picture only: a slide may be blue. A beige wall alone is no cast: something neutral or a
    face of natural colour is in nearly every scene, and under a cast neither is.

    Args:
        material: of the same frames, asked before.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        self._spans = VotedSpans("colour_cast", min_s=LEAST_S, join_s=0.6)
        self._end_s = 0.0
        self._means = (128.0, 128.0)
        self._jump = 0.0
        self._jump_s = 0.0

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        self._end_s = frame.time_s + frame.duration_s
        self._follow(frame)
        if not frame.looks or frame.small_cb is None or frame.small_cr is None:
            return
        cast = _cast(frame, frame.small_cb, frame.small_cr)
        bad = cast is not None and cast >= CAST_CODES
        edge_s = self._jump_s if self._jump >= JUMP_CODES else self._material.edge_s
        self._spans.put(edge_s, cast if bad else None, cut=self._material.cut)
        if bad:
            self._spans.vote(counts=self._material.is_camera)
        self._jump = 0.0

    def finish(self) -> Outcome:
        """Return the spans."""
        return Outcome(events=self._spans.events(self._end_s))

    def _follow(self, frame: FrameView) -> None:
        """Remember the frame since the last look at which the colour changed most: there a cast begins or ends."""
        if frame.mean_chroma is None:
            return
        jump = sum(abs(now - before) for now, before in zip(frame.mean_chroma, self._means, strict=True))
        self._means = frame.mean_chroma
        if jump > self._jump:
            self._jump, self._jump_s = jump, frame.time_s


def _cast(frame: FrameView, small_cb: NDArray[np.uint8], small_cr: NDArray[np.uint8]) -> float | None:
    """Return the offset of the near-grey pixels, None where too few are near grey or the balance is right."""
    size = (small_cb.shape[1], small_cb.shape[0])
    luma = np.asarray(cv2.resize(frame.small, size, interpolation=cv2.INTER_AREA))
    span = frame.white_code - frame.black_code
    low, high = (frame.black_code + level * span for level in LEVELS)
    lit = (luma >= low) & (luma <= high)
    # the mean of 3x3: chroma noise must not make neutral pixels out of tinted ones
    cb, cr = (cv2.blur(plane, (3, 3))[lit].astype(np.float32) - 128.0 for plane in (small_cb, small_cr))
    distance = np.hypot(cb, cr)
    grey = distance <= NEAR_GREY_CODES
    count = int(np.count_nonzero(grey))
    if count < LEAST_GREY * luma.size:
        return None
    neutral = np.count_nonzero(distance <= NEUTRAL_CODES) / count
    if neutral > NEUTRAL_SHARE or _shows_skin(cb, cr, distance):
        return None
    return float(np.hypot(cb[grey].mean(), cr[grey].mean()))


def _shows_skin(cb: NDArray[np.float32], cr: NDArray[np.float32], distance: NDArray[np.float32]) -> bool:
    hue = (-cb >= SKIN_RATIO[0] * cr) & (-cb <= SKIN_RATIO[1] * cr)
    skin = hue & (cr > 0.0) & (distance >= SKIN_CODES[0]) & (distance <= SKIN_CODES[1])
    return SKIN_SHARE[0] <= int(np.count_nonzero(skin)) / skin.size <= SKIN_SHARE[1]
