"""Effective depth of lossless sound: the OR of all samples shows which of the low bits are ever used (9.2.2)."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome
from app.media.views import SampleInts, SoundBlock

_FLOAT_GRID_BITS: Final = 24
_FLOAT_BITS: Final = 32


class BitDepthAnalyser:
    """Figure ``effective_bit_depth``: 16 for 16-bit sound padded to 24; None on digital silence.

    One sample with a low bit set is enough: a share of trailing zeros would misjudge real 24-bit recordings. Float
    samples that all lie on the 24-bit grid are judged as integers of that grid; finer ones use all 32 bits.
    """

    def __init__(self) -> None:
        self._used = 0
        self._width = 0

    def process(self, block: SoundBlock) -> None:
        """Take one block."""
        if block.ints is not None:
            self._width = block.ints.dtype.itemsize * 8
            self._used |= _used_bits(block.ints)
        elif self._width != _FLOAT_BITS:
            self._take_floats(block.samples)

    def finish(self) -> Outcome:
        """Return the depth."""
        if not self._used:
            return Outcome()
        unused = (self._used & -self._used).bit_length() - 1
        return Outcome(figures={"effective_bit_depth": self._width - unused})

    def _take_floats(self, samples: NDArray[np.float32]) -> None:
        scaled = samples.astype(np.float64) * 2.0 ** (_FLOAT_GRID_BITS - 1)
        whole = np.rint(scaled)
        if np.array_equal(scaled, whole):
            self._width = _FLOAT_GRID_BITS
            self._used |= int(np.bitwise_or.reduce(whole.astype(np.int64), axis=None)) & ((1 << _FLOAT_GRID_BITS) - 1)
        else:
            self._width, self._used = _FLOAT_BITS, 1


def _used_bits(ints: SampleInts) -> int:
    """Return the OR of the samples; bytes count from their middle, 0x80."""
    if ints.dtype == np.uint8:
        ints = ints ^ np.uint8(0x80)
    return int(np.bitwise_or.reduce(ints)) & ((1 << (ints.dtype.itemsize * 8)) - 1)
