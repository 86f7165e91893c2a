"""White stripes and dead lines: a row or column of camera picture that stands out from its neighbours, end to end."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome
from app.media.analysers.material import Material
from app.media.views import FrameView, Luma
from app.model.recording import RecordingEvent

STEP_CODES: Final = 5.0
"""A line stands out when it differs from the lines at both sides by this many 8-bit codes on average …"""
PARTS: Final = 16
PART_RATIO: Final = 0.3
"""… and in `LEAST_PARTS` of its parts and at both ends in the same direction by this share of it; things that happen to
end there hide the rest."""
LEAST_PARTS: Final = 13
WIDEST: Final = 4
"""Lines up to this wide (by a pixel more, blurred), at full size; what is wider is a thing in the picture. In a picture
of fewer than `_SMALL_PIXELS` lines a thing is sooner so narrow: there a line is a pixel narrower."""
NARROW: Final = 0.6
"""So much of what a line differs by from what is farther away it differs by from its neighbours, too: the middle of a
board or a frame, a few pixels wide, does not."""
LEAST_LOOKS: Final = 3
"""A line counts when it is seen at the same place on so many looks (half a second apart)."""
_BESIDE = 3
_BESIDE_SMALL = 2
_SMALL_PIXELS = 500
_FAR = 6
_END = 8
_STRIP = 16
_STRIPS = 2
_EVERY = 3
_GONE_FRAMES = 2
_BANDS = 4
_BAND = 64
_MOST_LINES = 12
_MOST_EVENTS = 100

Profile = NDArray[np.float32]


class StripeAnalyser:
    """Events ``stripe``, value = place of the line in percent of the width from the left or of the height from above.

    On looks all rows and columns of the full luma are compared with their neighbours, in camera picture only: on a
    slide such a line is drawn. Narrow strips of every third frame tell start and end, within two frames.

    Args:
        material: of the same frames, asked before.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        self._lines = (_Lines(across=False), _Lines(across=True))

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        if frame.phase % _EVERY:
            return  # reading a strip costs a twentieth of a millisecond: it is spread over the memory
        scale = 1.0 / (1 << (frame.bit_depth - 8))
        for lines in self._lines:
            lines.follow(frame, scale)
            if frame.looks and self._material.is_camera:
                lines.look(frame, scale)

    def finish(self) -> Outcome:
        """Return the spans."""
        events = [event for lines in self._lines for event in lines.finish()]
        return Outcome(events=tuple(sorted(events, key=lambda event: event.from_s)))


@dataclass
class _Line:
    """A line that is in the picture now.

    Attributes:
        place: number of the row or column.
        step: what it differs by from its neighbours, 8-bit codes with sign.
        gone_s: time of the first frame without it, None while it is there.
    """

    place: int
    step: float
    since_s: float
    looks: int = 1
    gone_s: float | None = None
    gone_frames: int = 0


class _Lines:
    """Rows, or columns where `across`, that stand out."""

    def __init__(self, *, across: bool) -> None:
        self._axis = 0 if across else 1
        self._strips: deque[tuple[float, Profile]] = deque()
        self._there: list[_Line] = []
        self._events: list[RecordingEvent] = []
        self._size = 1
        self._end_s = 0.0

    def follow(self, frame: FrameView, scale: float) -> None:
        """Keep the strips of a frame and see whether the known lines are still there."""
        self._end_s = frame.time_s + frame.duration_s
        profile = self._profile(frame.luma)
        profile *= np.float32(scale)
        if self._strips and self._strips[-1][1].shape != profile.shape:
            self._close_all(frame.time_s)
        self._size = profile.size
        self._strips.append((frame.time_s, profile))
        while len(self._strips) > frame.look_every // _EVERY + 1:
            self._strips.popleft()
        for line in tuple(self._there):
            if _shows(profile, line.place, line.step):
                line.gone_s, line.gone_frames = None, 0
                continue
            line.gone_s = frame.time_s if line.gone_s is None else line.gone_s
            line.gone_frames += 1
            if line.gone_frames >= _GONE_FRAMES:
                self._close(line, line.gone_s)

    def look(self, frame: FrameView, scale: float) -> None:
        """Search all lines of a frame whose strips are kept already."""
        profile = self._strips[-1][1]
        for place, step in _standing_out(frame.luma, self._axis, scale):
            if not _shows(profile, place, step) or not _runs_through(frame.luma, self._axis, (place, step)):
                continue
            known = next((line for line in self._there if abs(line.place - place) <= 2), None)
            if known is not None:
                known.looks += 1
            elif len(self._there) < _MOST_LINES:
                self._there.append(_Line(place, step, self._since(place, step)))

    def finish(self) -> list[RecordingEvent]:
        """Close what is open and return the events."""
        self._close_all(self._end_s)
        return self._events

    def _since(self, place: int, step: float) -> float:
        """Return when a line that is there now appeared, no earlier than the look before."""
        since_s = self._strips[-1][0]
        for time_s, profile in reversed(self._strips):
            if not _shows(profile, place, step):
                break
            since_s = time_s
        return since_s

    def _close_all(self, time_s: float) -> None:
        for line in tuple(self._there):
            self._close(line, time_s if line.gone_s is None else line.gone_s)
        self._strips.clear()

    def _close(self, line: _Line, time_s: float) -> None:
        self._there.remove(line)
        if line.looks >= LEAST_LOOKS and len(self._events) < _MOST_EVENTS:
            value = round(100.0 * line.place / self._size, 1)
            self._events.append(
                RecordingEvent(kind="stripe", from_s=round(line.since_s, 4), to_s=round(time_s, 4), value=value)
            )

    def _profile(self, luma: Luma) -> Profile:
        """Return the mean of each line along a few narrow strips."""
        length = luma.shape[self._axis]
        starts = (length * (2 * number + 1) // (2 * _STRIPS) for number in range(_STRIPS))
        return _mean_of([_line_means(luma, self._axis, start, start + _STRIP) for start in starts])


def _line_means(luma: Luma, axis: int, start: int, end: int) -> Profile:
    """Return the means of rows (axis 1) or columns (axis 0) over a part of their length, native codes."""
    part = luma[start:end] if axis == 0 else luma[:, start:end]
    return np.asarray(cv2.reduce(part, axis, cv2.REDUCE_AVG, dtype=cv2.CV_32F), np.float32).ravel()


def _mean_of(profiles: Sequence[Profile]) -> Profile:
    return np.asarray(np.stack(profiles).mean(axis=0), np.float32)


def _beside(size: int) -> int:
    """Return how far from a line its neighbours are compared with, pixels."""
    return _BESIDE if size >= _SMALL_PIXELS else _BESIDE_SMALL


def _shows(profile: Profile, place: int, step: float) -> bool:
    """Tell whether the strips show a line."""
    beside = _beside(profile.size)
    around = float(profile[place - beside] + profile[place + beside]) / 2
    return (float(profile[place]) - around) * (1.0 if step > 0.0 else -1.0) >= abs(step) / 2


def _standing_out(luma: Luma, axis: int, scale: float) -> list[tuple[int, float]]:
    """Return place and step of the lines that stand out, the strongest first and of neighbouring ones one."""
    length = luma.shape[axis]
    starts = (number * max(length - _BAND, 0) // (_BANDS - 1) for number in range(_BANDS))
    means = _mean_of([_line_means(luma, axis, start, start + _BAND) for start in starts]) * np.float32(scale)
    beside = _beside(means.size)
    if means.size <= 2 * beside:
        return []
    own, before, after = means[beside:-beside], means[: -2 * beside], means[2 * beside :]
    away = np.pad(means, _FAR, "edge")
    far = (away[beside : beside + own.size] + away[beside + 2 * _FAR :][: own.size]) / 2
    steps = np.maximum(own - np.maximum(before, after), 0.0) - np.maximum(np.minimum(before, after) - own, 0.0)
    found: list[tuple[int, float]] = []
    narrow = np.abs(steps) >= NARROW * np.abs(own - far)
    for place in np.flatnonzero((np.abs(steps) >= STEP_CODES) & narrow) + beside:
        step = float(steps[place - beside])
        if found and place - found[-1][0] <= WIDEST:
            if abs(step) > abs(found[-1][1]):
                found[-1] = (int(place), step)
        else:
            found.append((int(place), step))
    return sorted(found, key=lambda line: -abs(line[1]))[:_MOST_LINES]


def _runs_through(luma: Luma, axis: int, line: tuple[int, float]) -> bool:
    """Tell whether a line stands out all along its length."""
    place, step = line
    lines = luma.T if axis == 0 else luma
    beside = _beside(lines.shape[0])
    own, before, after = (lines[place + shift].astype(np.float32) for shift in (0, -beside, beside))
    steps = own - (before + after) / 2
    whole = float(steps.mean())
    if whole * step <= 0.0 or min(steps[:_END].mean() / whole, steps[-_END:].mean() / whole) < PART_RATIO:
        return False
    parts = steps[: steps.size // PARTS * PARTS].reshape(PARTS, -1).mean(axis=1)
    return int((parts / whole >= PART_RATIO).sum()) >= LEAST_PARTS
