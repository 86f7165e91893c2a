"""Blocks of strong compression: steps at every eighth pixel that are not there in between (after signal grid tests)."""

from array import array
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, median
from app.media.analysers.looks import LookTimes, sample_columns, sample_lines
from app.media.views import FrameView

GRID: Final = 8
"""Size of a block in MPEG-2, MJPEG, MPEG-4 and H.264 (High), pixels."""
LEAST_STEP: Final = 0.3
"""Mean step on the grid beyond that elsewhere, 8-bit codes: what an eye sees on an even ground."""
LEAST_RATIO: Final = 0.3
"""The same in terms of the usual difference of neighbours, which hides blocks."""
LEAST_SURE: Final = 4.0
"""The same in standard errors over all lines of the grid: what is drawn on the grid by chance stays below."""
LEAST_S: Final = 2.0
_JOIN_S = 1.0
_EDGE = 40
_TRIM = 0.1
_HIDING = 0.5


class BlockinessAnalyser:
    """Events ``blocky``, value = mean step on the grid, 8-bit codes.

    On 72 lines and 128 columns of each look; steps above 40 codes are drawn edges, not blocks. Both directions must
    show the grid, and the lines at 4 pixels must not show it as well: small transforms of good encoders do.
    """

    def __init__(self) -> None:
        self._times = LookTimes()
        self._steps = array("f")

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        self._times.process(frame)
        if frame.looks:
            step = _grid_step(sample_lines(frame))
            self._steps.append(min(step, _grid_step(sample_columns(frame))) if step else 0.0)

    def finish(self) -> Outcome:
        """Return the blocky spans."""
        steps = np.array(self._steps, np.float32)
        return Outcome(events=self._times.events("blocky", steps > 0.0, steps, min_s=LEAST_S, join_s=_JOIN_S))


def _grid_step(lines: NDArray[np.uint8]) -> float:
    """Return how much larger the steps on the grid are than those off it, 8-bit codes; 0 where it is not sure."""
    blocks = (lines.shape[1] - 3) // GRID
    if blocks < GRID:
        return 0.0
    _, steps = cv2.threshold(cv2.absdiff(lines[:, 1:], lines[:, :-1]), _EDGE, 0, cv2.THRESH_TOZERO_INV)
    means = cv2.reduce(steps, 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F)[0]
    bends = means[1:-1] - 0.5 * (means[:-2] + means[2:])  # place k: between the pixels k + 1 and k + 2
    by_phase = np.sort(bends[: blocks * GRID].reshape(blocks, GRID), axis=0)
    cut = int(_TRIM * blocks)
    by_phase = by_phase[cut : blocks - cut]
    phases = by_phase.mean(axis=0)
    grid = GRID - 2
    excess = float(phases[grid] - np.abs(phases[: grid - 1]).max())
    error = float(by_phase[:, : grid + 1].std(axis=0).max()) / np.sqrt(len(by_phase))
    sure = excess >= LEAST_STEP and excess >= LEAST_RATIO * (median(means) + _HIDING)
    return excess if sure and excess >= LEAST_SURE * error else 0.0
