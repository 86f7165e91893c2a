"""Text too small or too pale to read: the height and the contrast of text lines on slides (9.7.1, an indicator)."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, median, quantile
from app.media.analysers.looks import as_bytes
from app.media.views import FrameView

READABLE_HEIGHT: Final = 1 / 40
"""Least height of a line of text, share of the picture's: from the top of its letters to their bottom.

27 pixels of 1080 are a 14 point font on a slide 540 points high; guides of lecture recording ask for 18 and more.
"""
READABLE_CONTRAST: Final = 3.0
"""Least contrast of text, WCAG 2 (1.4.3, large text; small text asks for 4.5)."""
LEAST_LINES: Final = 4
"""A look with fewer lines of text says nothing."""
EVERY_S: Final = 10.0
EVERY_WITHOUT_S: Final = 20.0
"""Looks at text are this far apart, after one that found none a little further."""
_CHANGED_CODES = 0.7
_HEIGHTS = (0.006, 0.08)
_LEAST_LONG = 3.0
_FILL = 0.4
_MOST_LINES = 400
_EVEN_CODES = 12
_LEAST_GROUND = 0.3
_LEAST_STROKES = 0.7
_LEAST_INK = 24
_GAMMA = 2.4
_FLARE = 0.05


@dataclass(frozen=True)
class _Lines:
    """Lines of text of a look: height in pixels, length in letters' heights, contrast ratio."""

    heights: NDArray[np.float64]
    lengths: NDArray[np.float64]
    contrasts: NDArray[np.float64]


class SmallTextAnalyser:
    """Figures ``small_text_share`` and ``pale_text_share``, 0 to 1 by the amount of text, None without text.

    Every ten seconds, and only where the picture has changed since. Lines of text are places where strong gradients
    lie close together in a flat, long shape; each look counts alike.
    """

    def __init__(self) -> None:
        self._next_s = 1.0
        self._before: NDArray[np.uint8] | None = None
        self._small: list[float] = []
        self._pale: list[float] = []

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        if not frame.looks or frame.time_s < self._next_s:
            return
        self._next_s = frame.time_s + EVERY_S
        if self._before is not None and self._before.shape == frame.cells.shape:
            apart = cv2.sumElems(cv2.absdiff(self._before, frame.cells))[0] / frame.cells.size
            if apart < _CHANGED_CODES and self._small:
                self._small.append(self._small[-1])
                self._pale.append(self._pale[-1])
                return
        self._before = frame.cells
        luma = as_bytes(frame.luma, frame.bit_depth)
        lines = _find_lines(luma, frame.black_code, frame.white_code)
        if lines.heights.size < LEAST_LINES:
            self._next_s = frame.time_s + EVERY_WITHOUT_S
            self._before = None
            return
        amount = lines.lengths.sum()
        small = lines.heights < READABLE_HEIGHT * luma.shape[0]
        self._small.append(float(lines.lengths[small].sum() / amount))
        self._pale.append(float(lines.lengths[lines.contrasts < READABLE_CONTRAST].sum() / amount))

    def finish(self) -> Outcome:
        """Return the shares."""
        if not self._small:
            return Outcome()
        return Outcome(
            figures={
                "small_text_share": round(float(np.mean(self._small)), 3),
                "pale_text_share": round(float(np.mean(self._pale)), 3),
            }
        )


def _find_lines(luma: NDArray[np.uint8], black: int, white: int) -> _Lines:
    """Return the lines of text of a look."""
    rows = luma.shape[0]
    edges = cv2.morphologyEx(luma, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    _, marks = cv2.threshold(edges, _LEAST_INK, 1, cv2.THRESH_BINARY)
    reach = max(3, rows // 70) | 1
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=4)
    left, top, wide, tall, area = stats[1:].T
    height = tall - 2  # the gradient reaches one pixel beyond each edge
    likely = (
        (height >= _HEIGHTS[0] * rows)
        & (height <= _HEIGHTS[1] * rows)
        & (wide >= _LEAST_LONG * height)
        & (area >= _FILL * wide * tall)
    )
    found: list[tuple[float, float, float]] = []
    for place in np.flatnonzero(likely)[:_MOST_LINES].tolist():
        part = luma[top[place] : top[place] + tall[place], left[place] : left[place] + wide[place]]
        contrast = _contrast_of_text(part, black, white)
        if contrast is not None:
            found.append((float(height[place]), wide[place] / height[place], contrast))
    heights, lengths, contrasts = np.array(found, np.float64).reshape(-1, 3).T
    return _Lines(heights, lengths, contrasts)


def _contrast_of_text(part: NDArray[np.uint8], black: int, white: int) -> float | None:
    """Return the contrast ratio of a line of text to its ground; None where it does not look like text.

    Text has one even ground, that of its upper and lower edge, and ink that its middle line enters and leaves often.
    """
    ground = int(median(np.concatenate((part[0], part[-1]))))
    away = part.astype(np.int16) - ground
    if np.count_nonzero(np.abs(away) <= _EVEN_CODES) < _LEAST_GROUND * part.size:
        return None
    depth = [quantile(away, share) for share in (0.03, 0.97)]
    ink = int(depth[0] if -depth[0] > depth[1] else depth[1])
    if abs(ink) < _LEAST_INK:
        return None
    inside = (away * np.sign(ink) > abs(ink) / 2)[part.shape[0] // 3 : 2 * part.shape[0] // 3 + 1]
    strokes = np.count_nonzero(np.diff(inside.astype(np.int8), axis=1) == 1) / inside.shape[0]
    if strokes < _LEAST_STROKES * part.shape[1] / part.shape[0]:
        return None
    levels = (np.clip((code - black) / (white - black), 0.0, 1.0) ** _GAMMA + _FLARE for code in (ground, ground + ink))
    darker, lighter = sorted(float(level) for level in levels)
    return lighter / darker
