"""Faults of a chroma key: saturated green that flickers along a figure or in holes of it (9.5.3)."""

from array import array
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome
from app.media.analysers.looks import LookTimes
from app.media.views import FrameView

LEAST_SIDE: Final = 12
LEAST_SUM: Final = 36
"""Green of a key cloth: both colour differences this far below neutral, and this far together, 8-bit codes.

Leaves and olive cloth stay above; the cloth itself lies at 40 to 60 on either side.
"""
LEAST_SHARE: Final = 0.001
MOST_SHARE: Final = 0.10
"""Share of the picture that is green in small spots and fringes; more is a green scene, not a fault."""
LARGEST: Final = 1 / 24
"""Green things wider than this share of the picture's width are objects, no fringes."""
MOST_OBJECTS: Final = 0.5
"""Where more than this share of the green belongs to objects, as a shirt, only what is as far from them as they must be
wide is loose: their edges come and go as they move."""
COMES: Final = 0.4
GOES: Final = 0.25
"""Least share of the green that was not there a look ago, and that has gone since: drawings stay or grow."""
HARDLY: Final = 2 / 3
"""What was or is greener than this share of the least green has not come or gone: cloth of a pale green has noise."""
SPREAD: Final = 0.12
"""The green that comes and goes spans at least this share of width and height: a pen or a pointer does not."""
MOVED_CODES: Final = 10
MOST_MOVED: Final = 0.06
"""Where the colour of more than this share of the picture, the green aside, has changed by more than these codes since
the look before, the whole scene moves or has changed: its green things come and go with it. Measured: a presenter who
moves 0.005 to 0.04, a turning camera 0.07 to 0.3, a cut 0.26 and more."""
JUMP_CODES: Final = 1.0
"""Spots on a hundredth of the picture change the mean colour by so much as they come, both differences together."""
LEAST_S: Final = 2.0
_JOIN_S = 1.0
_HALF = 0.5

Mask = NDArray[np.uint8]


class ChromaKeyAnalyser:
    """Events ``chroma_key``, value = percent of the picture that is loose green.

    On the chroma of each look, twice a second. A fringe that keeps its place is not told from a drawn line, so a bad
    key around a figure that sits quite still is not found; nor is a hole through which something else than green shows.
    """

    def __init__(self) -> None:
        self._times = _ColourTimes()
        self._shares = array("f")
        self._flickers = array("b")
        self._before: _Look | None = None

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        self._times.process(frame)
        if not frame.looks:
            return
        if frame.small_cb is None or frame.small_cr is None:
            self._shares.append(0.0)
            self._flickers.append(0)
            return
        loose = _loose_green(frame.small_cb, frame.small_cr)
        near = _green(frame.small_cb, frame.small_cr, HARDLY)
        before, now = self._before, _Look(loose, near, frame.small_cb, frame.small_cr)
        self._before = now
        self._flickers.append(before is not None and _is_of_the_key(before, now))
        self._shares.append(100.0 * cv2.countNonZero(loose) / loose.size)

    def finish(self) -> Outcome:
        """Return the spans."""
        shares, flickers = np.array(self._shares, np.float32), np.array(self._flickers, np.bool_)
        found = flickers | np.append(flickers[1:], [False])[: flickers.size]  # the look before had the green that went
        return Outcome(events=self._times.events("chroma_key", found, shares, min_s=LEAST_S, join_s=_JOIN_S))


class _ColourTimes(LookTimes):
    """When the colour began to jump and when it did no more: the spots of a bad key jump with every frame.

    That are the first and the last frame since the look before whose mean colour has changed by at least half of what
    it has changed by most. Where that is hardly anything the luma tells better.
    """

    def __init__(self) -> None:
        super().__init__()
        self._ends_s = array("d")
        self._means = (128.0, 128.0)
        self._jumps: list[tuple[float, float]] = []

    def process(self, frame: FrameView) -> None:
        """Take one frame; call it for every frame, before the look is judged."""
        super().process(frame)
        means = frame.mean_chroma or self._means
        self._jumps.append((sum(abs(now - old) for now, old in zip(means, self._means, strict=True)), frame.time_s))
        self._means = means
        if frame.looks:
            self._ends_s.append(self._changes_s[-1])
            most = max(jump for jump, _ in self._jumps)
            if most >= JUMP_CODES:
                times_s = [time_s for jump, time_s in self._jumps if jump >= _HALF * most]
                self._changes_s[-1], self._ends_s[-1] = times_s[0], times_s[-1]
            self._jumps.clear()


def _green(cb: NDArray[np.uint8], cr: NDArray[np.uint8], share: float = 1.0) -> Mask:
    """Return where the picture is green, by a share of what counts as green."""
    blue, red = 128 - cb.astype(np.int16), 128 - cr.astype(np.int16)
    side, total = share * LEAST_SIDE, share * LEAST_SUM
    return ((blue >= side) & (red >= side) & (blue + red >= total)).astype(np.uint8)


def _loose_green(cb: NDArray[np.uint8], cr: NDArray[np.uint8]) -> Mask:
    """Return where the picture is green in spots and fringes, without green objects and what is near them."""
    green = _green(cb, cr)
    count = cv2.countNonZero(green)
    if count < LEAST_SHARE * green.size:
        return np.zeros_like(green)
    side = max(3, round(LARGEST * green.shape[1]))
    objects = cv2.morphologyEx(green, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    reach = 2 * side + 1 if cv2.countNonZero(objects) > MOST_OBJECTS * count else 3
    around = cv2.dilate(objects, np.ones((reach, reach), np.uint8))
    loose = np.where(np.asarray(around) > 0, np.uint8(0), green)
    if not LEAST_SHARE * green.size <= cv2.countNonZero(loose) <= MOST_SHARE * green.size:
        return np.zeros_like(green)
    return loose


@dataclass(frozen=True, slots=True)
class _Look:
    loose: Mask
    near: Mask
    cb: NDArray[np.uint8]
    cr: NDArray[np.uint8]


def _is_of_the_key(before: _Look, now: _Look) -> bool:
    """Tell whether green comes and goes while the rest of the scene stays."""
    if before.loose.shape != now.loose.shape or not _comes_and_goes(before, now):
        return False
    moved = np.maximum(cv2.absdiff(before.cb, now.cb), cv2.absdiff(before.cr, now.cr)) > MOVED_CODES
    return float((moved & ((before.loose | now.loose) == 0)).mean()) <= MOST_MOVED


def _comes_and_goes(before: _Look, now: _Look) -> bool:
    came, went = now.loose & (1 - before.near), before.loose & (1 - now.near)
    if cv2.countNonZero(came) < max(COMES * cv2.countNonZero(now.loose), 1):
        return False
    if cv2.countNonZero(went) < max(GOES * cv2.countNonZero(before.loose), 1):
        return False
    rows, columns = np.flatnonzero(came.any(axis=1)), np.flatnonzero(came.any(axis=0))
    wide, tall = columns[-1] - columns[0], rows[-1] - rows[0]
    return bool(wide >= SPREAD * came.shape[1] and tall >= SPREAD * came.shape[0])
