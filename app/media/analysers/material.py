"""What kind of picture it is, twice a second: a camera's, alive all over, or a computed one; and where it jumps.

Other analysers read it before they judge: exposure, light and colour are faults of a camera, on a slide design.
"""

from collections import deque
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, Spans
from app.media.views import FrameView
from app.model.recording import RecordingEvent

GRID: Final = (16, 9)
"""Blocks across and down."""
LIVE_CODES: Final = 2
CALM_CODES: Final = 3
LIVE_PIXELS: Final = 0.01
"""A block is alive when this share of its pixels differs from half a second ago by more than `LIVE_CODES`.

Measured at 480 wide on H.264 of 2.5 Mbit/s and more, share of live blocks: camera 0.8–1.0, slide 0.01 (0.3 at a key
frame), slide with presenter inset 0.08, frozen camera 0.0. The median of three looks bears key frames and cuts.
"""
CAMERA_SHARE: Final = 0.6
JUMP_CODES: Final = 3.0
JUMP_RATIO: Final = 4.0
"""The picture jumps where its mean difference reaches both: these codes, and this many times what it does usually."""
_LOOKS = 3
_USUAL = 0.1


class Material:
    """Goes first, before the analysers that read it.

    Attributes:
        live: share of changed pixels per block, shape (9, 16), median of the last looks; all 0 at the start.
        live_share: share of blocks that are alive.
        calm: hardly a pixel has changed since the look before by more than `CALM_CODES`, coding noise of a still
            picture aside; of this look alone.
        jumped: this frame is a cut, a flash or a change of light.
        edge_s: on a look, the time of the last jump since the look before, else the look's own.
        cut: on a look, the picture has jumped since the look before.
    """

    def __init__(self) -> None:
        self.live: NDArray[np.float32] = np.zeros(GRID[::-1], np.float32)
        self.live_share = 0.0
        self.calm = False
        self.jumped = False
        self.edge_s = 0.0
        self.cut = False
        self._last_look: NDArray[np.uint8] | None = None
        self._grids: deque[NDArray[np.float32]] = deque(maxlen=_LOOKS)
        self._usual = 0.0
        self._jump_s: float | None = None

    @property
    def is_camera(self) -> bool:
        """Tell whether the picture is alive all over: sensor noise or motion everywhere."""
        return self.live_share >= CAMERA_SHARE

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        step = frame.mean_difference
        self.jumped = frame.previous is None or step >= max(JUMP_CODES, JUMP_RATIO * self._usual)
        if self.jumped:
            self._jump_s = frame.time_s
        elif step > 0.1:
            self._usual += _USUAL * (step - self._usual)
        if frame.looks:
            self.cut = self._jump_s is not None
            self.edge_s = frame.time_s if self._jump_s is None else self._jump_s
            self._jump_s = None
            self._look(frame)

    def finish(self) -> Outcome:
        """Return nothing: what it knows is for the others."""
        return Outcome()

    def _look(self, frame: FrameView) -> None:
        before, self._last_look = self._last_look, frame.small
        if before is None or before.shape != frame.small.shape:
            return
        difference = cv2.absdiff(frame.small, before)
        self._grids.append(_changed(difference, LIVE_CODES))
        self.live = np.sort(np.stack(self._grids), axis=0)[len(self._grids) // 2]
        self.live_share = float((self.live >= LIVE_PIXELS).mean())
        self.calm = float((_changed(difference, CALM_CODES) >= LIVE_PIXELS).mean()) <= 0.2


def _changed(difference: cv2.typing.MatLike, codes: int) -> NDArray[np.float32]:
    """Return the share of pixels above some codes in each block, shape (9, 16)."""
    _, mask = cv2.threshold(difference, codes, 1.0, cv2.THRESH_BINARY)
    return np.asarray(cv2.resize(mask.astype(np.float32), GRID, interpolation=cv2.INTER_AREA), np.float32)


class VotedSpans:
    """Spans of a fault that count where most looks inside them vote for it.

    A run ends where the picture jumps and goes on after it as a run of its own, so that a slide's vote does not decide
    about the camera after it; runs that both count become one event.

    Args:
        kind: kind of the events.
        min_s: shorter spans are dropped, seconds.
        join_s: spans with no more than this between them become one, seconds.
    """

    def __init__(self, kind: str, *, min_s: float, join_s: float = 0.0) -> None:
        self._spans = Spans(kind, min_s=min_s, join_s=join_s, highest=True)
        self._since_s: float | None = None
        self._votes: list[int] = [0, 0]
        self._worst = 0.0

    def put(self, time_s: float, value: float | None, *, cut: bool = False) -> None:
        """Say how things are from a time on.

        Args:
            time_s: when this state begins.
            value: figure of the fault, None where there is none.
            cut: the picture jumps at this time.
        """
        if value is None or cut:
            self._close(time_s)
        if value is not None:
            if self._since_s is None:
                self._since_s, self._votes, self._worst = time_s, [0, 0], value
            self._worst = max(self._worst, value)

    def vote(self, *, counts: bool) -> None:
        """Vote on the run that is open; without one nothing happens."""
        self._votes[counts] += 1

    def events(self, end_s: float) -> tuple[RecordingEvent, ...]:
        """Return the spans as events; called once, with the end of the recording."""
        self._close(end_s)
        return self._spans.events()

    def _close(self, time_s: float) -> None:
        if self._since_s is not None and self._votes[1] > self._votes[0]:
            self._spans.add(self._since_s, time_s, round(self._worst, 1))
        self._since_s = None
