"""Frames that repeat the one before inside moving picture: a capture card or an export that cannot keep up."""

from collections import deque
from statistics import median
from typing import Final

from app.media.analysers.base import Outcome, Spans
from app.media.views import FrameView

REPEAT_RATIO: Final = 0.03
"""A frame repeats the one before when no more than this share of what usually changes has changed.

Measured: exact repeats in ProRes, 0–0.03 after H.264 of 0.8 to 4 Mbit/s at 540 lines, other frames from 0.05 on.
"""
REPEAT_SHARE: Final = 0.0025
"""… and no more than this share of the pixels."""
MOVING_SHARE: Final = 0.01
"""Only where so many pixels usually change: a slide with a pointer or a small presenter says nothing."""
LEAST_REPEATS: Final = 3
"""Fewer, with no more than a second and a half between them, are chance."""
JOIN_S: Final = 1.5
FAINT_RATIO: Final = 0.3
"""A frame that changes no more than this share of what both its neighbours do may repeat the one before, coded badly;
it counts as the beginning of the repeats that follow it within `FAINT_S`: a fifth of 25 frames are 0.2 s apart."""
FAINT_S: Final = 0.25
CUT_SHARE: Final = 0.5
"""Where so much changes at once another picture begins: what moved before it says nothing about it."""
JUMP_SHARE: Final = 0.2
JUMP_RATIO: Final = 15.0
"""… and where less changes, but that many times as much as usual: a slide after a small presenter before a slide."""
_MOST_FAINT = 8
_LEAST_MOTION = 0.3
_USUAL_FRAMES = 25
_LEAST_KNOWN = 12
_STALL_S = 0.5
_CUT_RATIO = 4.0
_LONGEST_S = 2.0  # from here on it is a freeze


class DuplicatesAnalyser:
    """Events ``duplicate_frames``, value = frames that repeat the one before them.

    The picture must move before and after: then no camera gives the same frame twice.
    """

    def __init__(self) -> None:
        self._spans = Spans("duplicate_frames", join_s=JOIN_S)
        self._moves: deque[float] = deque(maxlen=_USUAL_FRAMES)
        self._usual = 0.0
        self._since_s: float | None = None
        self._repeats = 0
        self._moved = False
        self._stall: tuple[float, float, int] | None = None
        self._faint_s: deque[float] = deque(maxlen=_MOST_FAINT)
        self._last = (1.0, 1.0)
        self._last_s = 0.0

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        if frame.previous is None:
            return
        share = frame.changed_share
        self._note_faint(share, frame.time_s)
        if share <= REPEAT_SHARE and self._repeats_usual(share):
            if self._since_s is None and self._moved:
                self._since_s = frame.time_s
            self._repeats += 1
            return
        if self._is_cut(share):
            self._moves.clear()
            self._faint_s.clear()
        self._moved = share >= _LEAST_MOTION * self._usual
        if self._stall is not None:
            if self._moved and not self._repeats:
                self._spans.add(*self._stall)
            self._stall = None
        if self._since_s is not None and self._moved:
            self._take(self._since_s, frame.time_s)
        self._since_s, self._repeats = None, 0
        self._moves.append(share)

    def finish(self) -> Outcome:
        """Return the spans in which enough frames repeat."""
        return Outcome(events=tuple(event for event in self._spans.events() if (event.value or 0) >= LEAST_REPEATS))

    def _take(self, from_s: float, to_s: float) -> None:
        """Take a run; a long one waits for a second moving frame, as a key frame alone moves a frozen picture too."""
        if to_s - from_s < _STALL_S:
            self._spans.add(self._begun_s(from_s), to_s, self._repeats)
        elif to_s - from_s < _LONGEST_S:
            self._stall = (from_s, to_s, self._repeats)

    def _note_faint(self, share: float, time_s: float) -> None:
        """Remember the frame before this one if it changed much less than both its neighbours."""
        before, middle = self._last
        if middle <= FAINT_RATIO * min(before, share):
            self._faint_s.append(self._last_s)
        self._last, self._last_s = (middle, share), time_s

    def _begun_s(self, from_s: float) -> float:
        """Return when the faint repeats began that lead to a sure one."""
        for time_s in reversed(self._faint_s):
            if time_s < from_s - FAINT_S:
                break
            from_s = min(from_s, time_s)
        return from_s

    def _is_cut(self, share: float) -> bool:
        if share >= CUT_SHARE:
            return share >= _CUT_RATIO * self._usual
        return share >= JUMP_SHARE and bool(self._moves) and share >= JUMP_RATIO * median(self._moves)

    def _repeats_usual(self, share: float) -> bool:
        if not self._repeats:
            self._usual = median(self._moves) if len(self._moves) >= _LEAST_KNOWN else 0.0
        return self._usual >= MOVING_SHARE and share <= REPEAT_RATIO * self._usual
