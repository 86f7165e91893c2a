"""Picture that stands still: a camera that is stuck (``freeze``), or a slide, which is no fault.

The still part alone cannot tell the two apart (recording-qc.md): how it was entered and left can. FFmpeg's freezedetect
calls every slide frozen.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, Spans
from app.media.analysers.material import Material
from app.media.views import FrameView

STILL_SHARE: Final = 0.001
"""A frame stands still up to this share of changed pixels.

Measured on H.264 of 0.8 to 4 Mbit/s at 540 lines and on ProRes: frozen picture 0–0.0006 (single frames, at key frames,
up to 0.03), camera from 0.0014 on, a moving mouse pointer 0.0003.
"""
LEAST_S: Final = 2.0
"""As FFmpeg freezedetect."""
LOCAL_S: Final = 10.0
"""A small moving part (presenter in a corner) is taken for a camera when it has moved for this long; an animation on a
slide is shorter."""
SIDE_S: Final = 1.5
"""So much of the same shot must be seen on a side for it to tell anything."""
SCENE_RATIO: Final = 2.0
SCENE_CODES: Final = 1.0
"""The still picture belongs to the scene beside it when it differs from it by no more than this many times what the
scene differs from itself, and these codes …"""
CAMERA_CODES: Final = 6.0
"""… or by these codes where the scene fills the frame: a cut or fade to a slide differs by 20 and more, while of a
short shot not much is known."""
DRIFT_CODES: Final = 2.0
"""A still picture stays within this of how it began; a slow fade changes few codes in a frame and does not."""
_CALM_LOOKS = 0.5
_PULSE_FRAMES = 3
_HISTORY_S = 10.0
_FADE_S = 3.0
_THUMB = (96, 54)

Thumb = NDArray[np.uint8]


@dataclass
class _Side:
    """What lies beside a still span: pictures of one shot and how it moves.

    Attributes:
        thumbs: time and reduced picture of the looks of the shot, no more than ten seconds.
        moving_s: how long the shot has moved.
        is_camera: it was alive all over.
    """

    thumbs: tuple[tuple[float, Thumb], ...] = ()
    moving_s: float = 0.0
    is_camera: bool = False

    @property
    def is_local(self) -> bool:
        return not self.is_camera and self.moving_s >= SIDE_S


@dataclass
class _Still:
    """A still span, first open, then closed and waiting for what comes after it."""

    from_s: float
    before: _Side
    thumb: Thumb
    to_s: float | None = None
    calm: list[bool] = field(default_factory=list)


class FreezeAnalyser:
    """Events ``freeze``; figures ``static_s`` and ``longest_static_s``: other still picture of two seconds or more.

    Frozen is a still picture that a camera's scene runs into or out of without a cut or fade: a scene that is alive all
    over on one side, or one that moves in a part for long before and goes on moving after. What remains (a slide, an
    animation that ended, a small camera that froze for good) cannot be told and counts as ``static_s``.

    Args:
        material: of the same frames, asked before.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        self._spans = Spans("freeze", min_s=LEAST_S)
        self._static_s = self._longest_s = 0.0
        self._thumbs: deque[tuple[float, Thumb]] = deque()
        self._moving_since_s = 0.0
        self._open: _Still | None = None
        self._closed: _Still | None = None
        self._doubts_s: list[float] = []
        self._end_s = 0.0

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        still = frame.previous is not None and frame.changed_share <= STILL_SHARE
        if self._open is not None:
            self._go_on(frame, still=still)
        elif still:
            self._begin(frame)
        if self._open is None:
            self._follow(frame)
        self._end_s = frame.time_s + frame.duration_s

    def finish(self) -> Outcome:
        """Return the frozen spans and how long the picture was static otherwise."""
        if self._open is not None:
            self._end(self._end_s)
        self._judge_closed()
        figures = {"static_s": round(self._static_s, 2), "longest_static_s": round(self._longest_s, 2)}
        return Outcome(figures=figures, events=self._spans.events())

    def _begin(self, frame: FrameView) -> None:
        """Open a span; one that is waiting is judged first by the moment of motion between the two."""
        self._judge_closed()
        moving_s = frame.time_s - self._moving_since_s
        side = _Side(tuple(self._thumbs), moving_s, self._material.is_camera)
        # the still picture is the one before this frame, which repeats it
        self._open = _Still(frame.time_s - frame.duration_s, side, _thumb(frame))
        self._doubts_s = []

    def _go_on(self, frame: FrameView, *, still: bool) -> None:
        """Bear single frames that change, as a key frame does to a still picture."""
        assert self._open is not None
        if frame.looks and still and _distance(self._open.thumb, _thumb(frame)) > DRIFT_CODES:
            self._open = None  # a frame that moves ends the span instead
            return
        if frame.looks and frame.time_s - self._open.from_s > 2 * frame.look_every * frame.duration_s:
            self._open.calm.append(self._material.calm)
        if self._material.jumped:
            self._end(self._doubts_s[0] if self._doubts_s else frame.time_s)
            return
        if still:
            if self._doubts_s and frame.time_s - self._doubts_s[0] > _PULSE_FRAMES * frame.duration_s:
                self._doubts_s = []
            return
        self._doubts_s.append(frame.time_s)
        if len(self._doubts_s) >= _PULSE_FRAMES:
            self._end(self._doubts_s[0])

    def _end(self, time_s: float) -> None:
        """Close the span, and start to look at what comes after it."""
        closed, self._open = self._open, None
        assert closed is not None
        closed.to_s = time_s
        if time_s - closed.from_s >= LEAST_S - 1e-6:
            self._closed = closed
            self._thumbs.clear()
            self._moving_since_s = time_s
        # a shorter stop is part of the motion around it: the scene is the same and its clock runs on

    def _follow(self, frame: FrameView) -> None:
        """Keep pictures of the moving shot; a jump starts a new one."""
        if self._material.jumped:
            self._judge_closed()
            self._thumbs.clear()
            self._moving_since_s = frame.time_s
        if not frame.looks:
            return
        self._thumbs.append((frame.time_s, _thumb(frame)))
        while self._thumbs[0][0] < frame.time_s - _HISTORY_S:
            self._thumbs.popleft()
        if self._closed is not None and frame.time_s - self._moving_since_s >= LEAST_S:
            self._judge_closed()

    def _judge_closed(self) -> None:
        """Judge the span that waits, with what was seen after it so far."""
        still, self._closed = self._closed, None
        if still is None or still.to_s is None:
            return
        moving_s = self._thumbs[-1][0] - self._moving_since_s if self._thumbs else 0.0
        after = _Side(tuple(self._thumbs), moving_s, self._material.is_camera)
        if _is_stuck(still, after):
            self._spans.add(still.from_s, still.to_s)
        else:
            self._static_s += still.to_s - still.from_s
            self._longest_s = max(self._longest_s, still.to_s - still.from_s)


def _is_stuck(still: _Still, after: _Side) -> bool:
    if still.calm and sum(still.calm) < _CALM_LOOKS * len(still.calm):
        return False  # a camera's noise goes on: nothing moves before it
    entered = _is_same_scene(still.thumb, still.before.thumbs[::-1], is_camera=still.before.is_camera)
    left = _is_same_scene(still.thumb, after.thumbs, is_camera=after.is_camera)
    if (entered and still.before.is_camera) or (left and after.is_camera):
        return True
    return entered and left and still.before.moving_s >= LOCAL_S and after.is_local


def _is_same_scene(still: Thumb, thumbs: Sequence[tuple[float, Thumb]], *, is_camera: bool) -> bool:
    """Tell whether a still picture belongs to a shot.

    Args:
        still: the still picture.
        thumbs: pictures of the shot, the nearest first. What a fade could have touched is left out where more is known.
        is_camera: the shot is alive all over.
    """
    if len(thumbs) < 2 or abs(thumbs[-1][0] - thumbs[0][0]) < SIDE_S - 1.0:
        return False
    reach_s = min(_FADE_S, abs(thumbs[-1][0] - thumbs[0][0]) / 2)
    scene = [thumb for time_s, thumb in thumbs if abs(time_s - thumbs[0][0]) >= reach_s]
    if len(scene) < 2:
        scene = [thumb for _, thumb in thumbs]
    own = max(_distance(one, other) for one, other in zip(scene, scene[2:] or scene[1:], strict=False))
    foreign = sum(_distance(still, thumb) for thumb in scene) / len(scene)
    return foreign <= max(SCENE_RATIO * own + SCENE_CODES, CAMERA_CODES if is_camera else 0.0)


def _distance(one: Thumb, other: Thumb) -> float:
    """Return the mean absolute difference, 8-bit codes; of different sizes more than any."""
    return float(cv2.norm(one, other, cv2.NORM_L1)) / one.size


def _thumb(frame: FrameView) -> Thumb:
    return np.asarray(cv2.resize(frame.small, _THUMB, interpolation=cv2.INTER_AREA), np.uint8)
