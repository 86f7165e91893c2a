"""Flashes that may hurt viewers with photosensitive epilepsy (ITU-R BT.1702, WCAG 2.3.1 general flash threshold)."""

from collections import deque
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, Spans
from app.media.views import FrameView

STEP: Final = 0.10
"""A transition is a change of luminance by at least this share of the highest luminance (20 of 200 cd/m²)."""
DARKER_BELOW: Final = 0.80
"""It counts only where the darker side is below this share of the highest luminance (160 of 200 cd/m²)."""
AREA: Final = 0.25
"""It counts when at least this share of the picture makes it together."""
MOST_PER_S: Final = 3
"""More flashes (pairs of opposing transitions) than this in a second are a fault."""
GAMMA: Final = 2.4
"""Display gamma of BT.1886."""
_TOGETHER_FRAMES = 3
_STILL_CODES = 0.25
_UPPER_HAND = 2.0
_TRANSITIONS = 2 * MOST_PER_S + 1

Cells = NDArray[np.uint8]


class FlashAnalyser:
    """Events ``flash``, value = flashes in the span; from the first transition to the last.

    The luminance of each cell of a coarse grid zigzags: a cell makes a transition when it has left its last extreme by
    `STEP`. The picture makes one when enough cells do so within three frames, clearly more of them in one direction
    than in the other: what moves or pans brightens about as many cells as it darkens.
    """

    def __init__(self) -> None:
        self._spans = Spans("flash")
        self._times_s: deque[float] = deque(maxlen=_TRANSITIONS)
        self._recent: deque[tuple[int, int]] = deque(maxlen=_TOGETHER_FRAMES)
        self._last = 0
        self._counted_to_s = -1.0
        self._low: Cells = np.empty((0, 0), np.uint8)
        self._high = self._rose = self._fell = self._low
        self._full_range: bool | None = None
        self._rises_above = self._falls_below = self._low

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        if frame.mean_difference < _STILL_CODES:
            return
        cells = frame.cells
        if frame.full_range != self._full_range:
            self._scale(frame)
        if cells.shape != self._low.shape:
            self._low, self._high = cells.copy(), cells.copy()
            self._rose, self._fell = np.zeros_like(cells), np.zeros_like(cells)
            return
        cv2.min(self._low, cells, self._low)
        cv2.max(self._high, cells, self._high)
        cv2.copyTo(cells, self._rose, self._low)  # what rose last can only fall now: it has no low to rise from
        cv2.copyTo(cells, self._fell, self._high)
        self._recent.append(self._transitions(cells))
        self._count(cells.size, frame)

    def finish(self) -> Outcome:
        """Return the spans."""
        return Outcome(events=self._spans.events())

    def _scale(self, frame: FrameView) -> None:
        """Note for each code above which one a rise from it, and below which one a fall from it, is a transition."""
        level = (np.arange(256, dtype=np.float32) - frame.black_code) / (frame.white_code - frame.black_code)
        light = np.clip(level, 0.0, 1.0) ** GAMMA
        # row by row from a code, column by column to one; a code that no other is far enough from gets 255 or 0
        rises = (light - light[:, np.newaxis] >= STEP) & (light < DARKER_BELOW)[:, np.newaxis]
        falls = (light[:, np.newaxis] - light >= STEP) & (light < DARKER_BELOW)
        self._rises_above = np.where(rises.any(axis=1), rises.argmax(axis=1) - 1, 255).astype(np.uint8)
        self._falls_below = falls.sum(axis=1).astype(np.uint8)
        self._full_range = frame.full_range

    def _transitions(self, cells: Cells) -> tuple[int, int]:
        """Turn the cells that have left their last extreme far enough; return how many rose and how many fell."""
        up = cv2.compare(cells, cv2.LUT(self._low, self._rises_above), cv2.CMP_GT)
        down = cv2.compare(cells, cv2.LUT(self._high, self._falls_below), cv2.CMP_LT)
        ups, downs = cv2.countNonZero(up), cv2.countNonZero(down)
        if not ups and not downs:
            return 0, 0
        if ups and downs:
            down = cv2.subtract(down, up)
            downs = cv2.countNonZero(down)
        turned = cv2.bitwise_or(up, down)
        for side, fresh in ((self._rose, up), (self._fell, down)):
            cv2.subtract(side, turned, side)
            cv2.bitwise_or(side, fresh, side)
        cv2.copyTo(cells, turned, self._low)
        cv2.copyTo(cells, turned, self._high)
        return ups, downs

    def _count(self, cells: int, frame: FrameView) -> None:
        ups, downs = (sum(each[side] for each in self._recent) for side in (0, 1))
        more, fewer, direction = (ups, downs, 1) if ups >= downs else (downs, ups, -1)
        if direction == self._last or more < AREA * cells or more < _UPPER_HAND * fewer:
            return
        self._last = direction
        self._recent.clear()
        self._times_s.append(frame.time_s)
        first_s = self._times_s[0]
        # three flashes in exactly a second are allowed; frames quantise when they begin and end
        if len(self._times_s) == _TRANSITIONS and frame.time_s - first_s < 1.0 - 1.5 * frame.duration_s:
            new = sum(time_s > self._counted_to_s for time_s in self._times_s)
            self._counted_to_s = frame.time_s
            self._spans.add(first_s, frame.time_s, new / 2)
