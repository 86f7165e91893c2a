"""What an analyser sees: one frame of the picture, one block of the sound."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8] | NDArray[np.uint16]
SampleInts = NDArray[np.uint8] | NDArray[np.int16] | NDArray[np.int32]


@dataclass(slots=True)
class FrameView:
    """One frame of the picture.

    Attributes:
        index: place in presentation order, from 0.
        time_s: start on the recording's time line, seconds.
        duration_s: how long it stands, seconds; nominal where the file does not say.
        small: reduced luma, about 480 wide, shape (rows, columns), as 8-bit code values in the stream's own range
            whatever the bit depth. It is a copy and may be kept.
        luma: full luma, shape (rows, columns), in native code values. A view into the decoder's memory: do not write
            to it, do not keep it past the frame, and look at it only around `looks` (about twice a second).
        bit_depth: bits per luma sample of `luma`.
        full_range: code values span 0..255 (at 8 bits) instead of 16..235.
        phase: frames since the last look, from 0 to ``look_every - 1``.
        look_every: frames between two looks, at least 3.
        interlaced_flag: the file calls this frame interlaced.
    """

    index: int
    time_s: float
    duration_s: float
    small: NDArray[np.uint8]
    luma: Luma
    bit_depth: int
    full_range: bool
    phase: int
    look_every: int
    interlaced_flag: bool

    @property
    def looks(self) -> bool:
        """Tell whether this is one of the frames on which analysers may read the full luma."""
        return self.phase == 0

    @property
    def black_code(self) -> int:
        """Luma of black in `small`, an 8-bit code value."""
        return 0 if self.full_range else 16

    @property
    def white_code(self) -> int:
        """Luma of white in `small`, an 8-bit code value."""
        return 255 if self.full_range else 235


@dataclass(slots=True)
class SoundBlock:
    """About half a second of sound without a gap.

    Attributes:
        start_s: time of the first sample on the recording's time line, seconds.
        rate_hz: samples per second.
        samples: shape (channels, samples), 1.0 = full scale; may exceed it where the sound was decoded to float.
        ints: the same samples as the file stores them, shape (samples * channels,), interleaved, full width of the
            dtype = full scale; None where the file does not store integers.
    """

    start_s: float
    rate_hz: int
    samples: NDArray[np.float32]
    ints: SampleInts | None
