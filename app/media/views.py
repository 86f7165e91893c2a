"""What an analyser sees: one frame of the picture, one block of the sound."""

from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8] | NDArray[np.uint16]
SampleInts = NDArray[np.uint8] | NDArray[np.int16] | NDArray[np.int32]

CHANGED_CODES: Final = 4
"""A pixel of the reduced picture has changed when it differs from the frame before by more than this, 8-bit codes."""
LEVELS: Final = 256
CELLS_ACROSS: Final = 60
"""The reduced picture is about so many cells wide."""

# the decoder's threads keep the processors busy, and on pictures this small a pool costs more than it saves
cv2.setNumThreads(1)


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
        previous: `small` of the frame before, None on the first frame and where the size has changed.
        small_cb: reduced blue difference, about 240 wide, 8-bit codes with 128 = no colour; a copy. None on frames
            that are no look and where the picture has no chroma.
        small_cr: the same for the red difference.
        mean_chroma: mean blue and red difference of a coarse sample, of every frame, 8-bit codes; None without chroma.
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
    previous: NDArray[np.uint8] | None = None
    small_cb: NDArray[np.uint8] | None = None
    small_cr: NDArray[np.uint8] | None = None
    mean_chroma: tuple[float, float] | None = None
    _difference: NDArray[np.uint8] | None = field(default=None, init=False, repr=False, compare=False)
    _changed_share: float | None = field(default=None, init=False, repr=False, compare=False)
    _mean_difference: float | None = field(default=None, init=False, repr=False, compare=False)
    _histogram: NDArray[np.int64] | None = field(default=None, init=False, repr=False, compare=False)
    _cells: NDArray[np.uint8] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def difference(self) -> NDArray[np.uint8] | None:
        """Absolute difference of `small` to the frame before, 8-bit codes; None where there is none. Do not write."""
        if self._difference is None and self.previous is not None:
            difference: NDArray[np.uint8] = np.asarray(cv2.absdiff(self.small, self.previous), np.uint8)
            self._difference = difference
        return self._difference

    @property
    def changed_share(self) -> float:
        """Share of the pixels that changed by more than `CHANGED_CODES`, 0..1; 1 without a frame before."""
        if self._changed_share is None:
            if (difference := self.difference) is None:
                return 1.0
            _, changed = cv2.threshold(difference, CHANGED_CODES, 1, cv2.THRESH_BINARY)
            self._changed_share = cv2.countNonZero(changed) / difference.size
        return self._changed_share

    @property
    def mean_difference(self) -> float:
        """Mean absolute difference to the frame before, 8-bit codes 0..255; 255 without a frame before."""
        if self._mean_difference is None:
            if (difference := self.difference) is None:
                return 255.0
            self._mean_difference = cv2.sumElems(difference)[0] / difference.size
        return self._mean_difference

    @property
    def histogram(self) -> NDArray[np.int64]:
        """Number of pixels of `small` per code value, shape (256,). Do not write."""
        if self._histogram is None:
            counts = cv2.calcHist([self.small], [0], None, [LEVELS], [0, LEVELS])
            self._histogram = np.asarray(counts).reshape(LEVELS).astype(np.int64)
        return self._histogram

    @property
    def cells(self) -> NDArray[np.uint8]:
        """Mean luma of square cells of `small`, about 60 across, 8-bit codes; what does not fill a cell is left out."""
        if self._cells is None:
            rows, columns = self.small.shape
            side = max(1, round(columns / CELLS_ACROSS))  # a whole number: other factors are ten times as slow
            across, down = max(1, columns // side), max(1, rows // side)
            part: cv2.typing.MatLike = self.small[: down * side, : across * side]
            while side > 1:  # halving has a fast way of its own: an eighth in three steps takes a third of the time
                side = side // 2 if side % 2 == 0 else 1
                part = cv2.resize(part, (across * side, down * side), interpolation=cv2.INTER_AREA)
            self._cells = np.asarray(part, np.uint8)
        return self._cells

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
    """About two seconds of sound without a gap.

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
