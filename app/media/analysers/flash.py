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
_NONE, _ALL = (0.0,), (1.0,)
_STEP_OR_MORE, _DARKER = (STEP,), (DARKER_BELOW - 1e-6,)

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
        self._rose: NDArray[np.uint8] = np.empty((0, 0), np.uint8)
        self._fell = self._rose
        self._light_of: tuple[bool, Light] | None = None

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        if frame.mean_difference < _STILL_CODES:
            return
        light = self._light(frame)
        if light.shape != self._low.shape:
            self._low, self._high = light.copy(), light.copy()
            self._rose, self._fell = np.zeros(light.shape, np.uint8), np.zeros(light.shape, np.uint8)
            return
        cv2.min(self._low, light, self._low)
        cv2.max(self._high, light, self._high)
        cv2.copyTo(light, self._rose, self._low)  # what rose last can only fall now: it has no low to rise from
        cv2.copyTo(light, self._fell, self._high)
        ups = downs = 0
        if cv2.norm(light, self._low, cv2.NORM_INF) >= STEP or cv2.norm(light, self._high, cv2.NORM_INF) >= STEP:
            ups, downs = self._transitions(light)
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
        return np.asarray(cv2.LUT(frame.cells, self._light_of[1]), np.float32)

    def _transitions(self, light: Light) -> tuple[int, int]:
        """Turn the cells that have left their last extreme far enough; return how many rose and how many fell."""
        up = cv2.inRange(cv2.subtract(light, self._low), _STEP_OR_MORE, _ALL)
        cv2.bitwise_and(up, cv2.inRange(self._low, _NONE, _DARKER), up)
        down = cv2.inRange(cv2.subtract(self._high, light), _STEP_OR_MORE, _ALL)
        cv2.bitwise_and(down, cv2.inRange(light, _NONE, _DARKER), down)
        cv2.bitwise_and(down, cv2.bitwise_not(up), down)
        turned = cv2.bitwise_or(up, down)
        for side, cells in ((self._rose, up), (self._fell, down)):
            cv2.bitwise_and(side, cv2.bitwise_not(turned), side)
            cv2.bitwise_or(side, cells, side)
        cv2.copyTo(light, turned, self._low)
        cv2.copyTo(light, turned, self._high)
        return cv2.countNonZero(up), cv2.countNonZero(down)

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
