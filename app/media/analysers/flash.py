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
_CELLS_ACROSS = 60
_TOGETHER_FRAMES = 3
_STILL_CODES = 0.25
_UPPER_HAND = 2.0
_TRANSITIONS = 2 * MOST_PER_S + 1

Light = NDArray[np.float32]


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
        self._low: Light = np.empty((0, 0), np.float32)
        self._high = self._low
        self._direction: NDArray[np.int8] = np.empty((0, 0), np.int8)
        self._light_of: tuple[bool, Light] | None = None

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        if frame.mean_difference < _STILL_CODES:
            return
        light = self._light(frame)
        if light.shape != self._low.shape:
            self._low, self._high = light.copy(), light.copy()
            self._direction = np.zeros(light.shape, np.int8)
            return
        np.minimum(self._low, light, out=self._low)
        np.maximum(self._high, light, out=self._high)
        up = (light - self._low >= STEP) & (self._low < DARKER_BELOW) & (self._direction <= 0)
        down = (self._high - light >= STEP) & (light < DARKER_BELOW) & (self._direction >= 0) & ~up
        ups, downs = int(np.count_nonzero(up)), int(np.count_nonzero(down))
        if ups or downs:
            self._turn(up, 1, light)
            self._turn(down, -1, light)
        self._recent.append((ups, downs))
        self._count(light.size, frame)

    def finish(self) -> Outcome:
        """Return the spans."""
        return Outcome(events=self._spans.events())

    def _light(self, frame: FrameView) -> Light:
        """Return the relative luminance of the grid's cells, 0..1."""
        if self._light_of is None or self._light_of[0] != frame.full_range:
            codes = np.arange(256, dtype=np.float32)
            level = np.clip((codes - frame.black_code) / (frame.white_code - frame.black_code), 0.0, 1.0)
            self._light_of = (frame.full_range, (level**GAMMA).astype(np.float32))
        rows, columns = frame.small.shape
        side = max(1, round(columns / _CELLS_ACROSS))  # a whole number: other sizes are ten times as slow
        across, down = max(1, columns // side), max(1, rows // side)
        part = frame.small[: down * side, : across * side]
        cells = cv2.resize(part, (across, down), interpolation=cv2.INTER_AREA)
        light: Light = self._light_of[1][cells]
        return light

    def _turn(self, cells: NDArray[np.bool_], direction: int, light: Light) -> None:
        self._direction[cells] = direction
        self._low[cells] = self._high[cells] = light[cells]

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
