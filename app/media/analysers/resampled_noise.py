"""What enlarging leaves in the calm places of a picture, where nothing but the camera's noise is.

Between two old pixels the enlarged noise runs in one slope, around an old pixel it bends: the first difference along a
line is larger between them, wherever they lie. Each difference is measured against those beside it, so that faint noise
says as much as strong, and the phase of the ripple is known: it cannot come by chance from a drawing.

Twice as large is left out: a sensor's colour filter has the same period of two pixels, and so has a coder that wipes
out fine noise.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import quantiles

CALM_CODES: Final = (0.3, 2.0)
"""Mean first difference of a place with noise alone, 8-bit codes; below is drawn or wiped out, above are edges."""
LEAST_TRACE: Final = 5.0
"""The ripple must stand out so many standard deviations over the frequencies around it, in both directions. Measured:
a camera's picture enlarged one and a half times 9 and more in H.264 of 10 Mbit/s, 26 in ProRes; native pictures, sharp
or soft, have no frequency with more than 2 in both."""
LOWEST: Final = 0.15
HIGHEST: Final = 0.49
"""Frequencies that are compared, cycles a pixel; the ripple is at 0.333 for 720 lines made 1080, at 0.444 for 480."""
LEAST_LEAD: Final = 1.15
"""The ripple must be so many times higher than anything else: a drawn grid has all multiples of its frequency alike."""
NEAREST: Final = 0.006
"""What is no further from the ripple's frequency belongs to it."""
_FARTHEST: Final = 0.03
_GRID_LEAD: Final = 2.0
_STEPS: Final = (2, 3, 4)  # a drawn grid may be so many times as wide as the ripple
_BESIDE_PIXELS: Final = 9
_FLOOR_CODES: Final = 0.5
_BLOCKS: Final = 8
_NEAR_BLOCKS: Final = 0.004
_MEDIAN_OF_WAVES: Final = 1.177  # of the length of a vector whose parts have the standard deviation 1

Sums = NDArray[np.float64]


class NoiseProfile:
    """Sums up calm places by their column, over looks of one size."""

    def __init__(self, size: int) -> None:
        self._sums: Sums = np.zeros(max(size - 1, 0))
        self._counts: Sums = np.zeros(max(size - 1, 0))

    def add(self, lines: NDArray[np.unsignedinteger], bit_depth: int) -> None:
        """Add lines, shape (lines, size), native code values."""
        scale = np.float32(1 << (bit_depth - 8))
        steps = np.asarray(cv2.absdiff(lines[:, 1:], lines[:, :-1])).astype(np.float32) / scale
        beside = np.asarray(cv2.blur(steps, (_BESIDE_PIXELS, 1)))
        calm = cv2.inRange(beside, np.array(CALM_CODES[0]), np.array(CALM_CODES[1]))
        shares = cv2.copyTo(cv2.divide(steps, beside + np.float32(_FLOOR_CODES)), calm)
        counts = np.asarray(cv2.reduce(calm, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S))[0] / 255.0
        self._sums += np.asarray(cv2.reduce(shares, 0, cv2.REDUCE_SUM))[0] - counts
        self._counts += counts

    def trace(self, ratio: float) -> float:
        """Return how far the ripple of an enlargement stands out, standard deviations; negative out of phase.

        It is 0 where another frequency is about as high: a drawn grid has all multiples of its own alike.

        Args:
            ratio: old size divided by the new one.
        """
        profile = self._sums / np.sqrt(self._counts + 1.0)
        profile = (profile - profile.mean()) * np.hanning(profile.size)
        places = np.arange(1, profile.size + 1)  # counted so that old pixels touch at 0
        wave = complex(np.exp(-2j * np.pi * ratio * places) @ profile)
        heights = np.abs(np.fft.rfft(profile))
        frequencies = np.arange(heights.size) / profile.size
        ripple = min(ratio, 1.0 - ratio)
        away = np.abs(frequencies - ripple)
        compared = (frequencies >= LOWEST) & (frequencies <= HIGHEST) & ~is_of_blocks(frequencies) & (away > NEAREST)
        grid = max(float(heights[round(ripple / step * profile.size)]) for step in _STEPS)
        if max(_GRID_LEAD * grid, LEAST_LEAD * float(heights[compared].max(initial=0.0))) > abs(wave):
            return 0.0
        deviation = float(quantiles(heights[compared & (away < _FARTHEST)], 0.5, None)) / _MEDIAN_OF_WAVES
        return wave.real / deviation if deviation > 0.0 else 0.0


def is_of_blocks(frequencies: NDArray[np.float64] | float) -> NDArray[np.bool_]:
    """Tell of frequencies in cycles a pixel whether they are multiples of an eighth, where a coder's blocks show."""
    return np.asarray(np.abs(frequencies * _BLOCKS - np.rint(frequencies * _BLOCKS)) < _NEAR_BLOCKS * _BLOCKS)
