"""Effective depth of the picture: the OR of all luma codes shows which of the low bits are ever used."""

import numpy as np

from app.media.analysers.base import Outcome
from app.media.views import FrameView

_BYTE_BITS = 8


class PictureDepthAnalyser:
    """Figure ``effective_bit_depth``: 8 where 8-bit material was shifted into 10; None on 8-bit streams.

    Lossy encoding fills the low bits again, so only padding that came after it, or a lossless file, shows itself.
    """

    def __init__(self) -> None:
        self._used = 0
        self._bit_depth = 0

    def process(self, frame: FrameView) -> None:
        """Take one frame; once the lowest bit was seen nothing more can be learned."""
        if frame.looks and frame.bit_depth > _BYTE_BITS and not self._used & 1:
            self._bit_depth = frame.bit_depth
            self._used |= int(np.bitwise_or.reduce(frame.luma, axis=None))

    def finish(self) -> Outcome:
        """Return the depth."""
        if not self._used:
            return Outcome()
        unused = (self._used & -self._used).bit_length() - 1
        return Outcome(figures={"effective_bit_depth": self._bit_depth - unused})
