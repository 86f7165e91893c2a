"""What analysers share that read the full luma twice a second: spans to the frame, and small samples of the picture."""

from array import array
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Spans, median
from app.media.views import FrameView, Luma
from app.model.recording import RecordingEvent

_LINES: Final = 72
_STRIPS: Final = 8
_STRIP_WIDTH: Final = 16
_FALL: Final = 0.8  # a peak begins with its rise even where it falls a little deeper


class LookTimes:
    """When something that a look shows began.

    That is the frame since the look before whose difference to its predecessor rose or fell most: a fault that comes
    at once makes a peak there, one that stirs begins and ends a plateau.

    Kept are two times for each look, for all looks: 16 bytes, half a megabyte for four hours.

    Args:
        phase: so many frames after a look a change still belongs to it: what compares a look with the frame after it
            is told apart by that one.
    """

    def __init__(self, phase: int = 0) -> None:
        self._phase = phase
        self._look_s = 0.0
        self._times_s = array("d")
        self._changes_s = array("d")
        self._ends_s = self._changes_s  # a kind whose faults end unlike they begin keeps them apart
        self._most = -1.0
        self._difference = 0.0
        self._change_s = 0.0
        self._end_s = 0.0

    def process(self, frame: FrameView) -> None:
        """Take one frame; call it for every frame, before the look is judged."""
        step = frame.mean_difference - self._difference
        step = step if step > 0.0 else -_FALL * step
        self._difference = frame.mean_difference
        if step > self._most:
            self._most, self._change_s = step, frame.time_s
        self._end_s = frame.time_s + frame.duration_s
        if frame.looks:
            self._look_s = frame.time_s
        if frame.phase == self._phase and frame.index >= self._phase:
            self._times_s.append(self._look_s)
            self._changes_s.append(self._change_s)
            self._most = -1.0

    def events(
        self, kind: str, found: NDArray[np.bool_], values: NDArray[np.float32], *, min_s: float, join_s: float
    ) -> tuple[RecordingEvent, ...]:
        """Return the spans of the looks for which ``found`` holds; their value is the median over these looks.

        A span begins at the change before its first look and ends at the change before the first look after it.

        Args:
            kind: kind of the events.
            found: one for each look.
            values: one for each look.
            min_s: shorter spans are dropped, seconds.
            join_s: spans with no more than this between them become one, seconds.
        """
        spans = Spans(kind, min_s=min_s, join_s=join_s)
        edges = np.flatnonzero(np.diff(np.concatenate(([False], found, [False])).astype(np.int8)))
        for first, end in edges.reshape(-1, 2).tolist():
            from_s = self._changes_s[first] if first else self._times_s[0]
            spans.add(from_s, self._ends_s[end] if end < found.size else self._end_s)
        times_s = np.array(self._times_s)
        events = []
        for event in spans.events():
            inside = found & (times_s >= event.from_s - 1e-3) & (times_s < event.to_s)
            events.append(event.model_copy(update={"value": round(median(values[inside]), 3)}))
        return tuple(events)


def as_bytes(luma: Luma, bit_depth: int) -> NDArray[np.uint8]:
    """Return luma as 8-bit code values: a contiguous copy."""
    return np.ascontiguousarray(luma if bit_depth == 8 else luma >> (bit_depth - 8), np.uint8)


def sample_lines(frame: FrameView) -> NDArray[np.uint8]:
    """Return about 72 whole lines of the full luma, shape (lines, columns)."""
    step = max(1, frame.luma.shape[0] // _LINES)
    return as_bytes(frame.luma[step // 2 :: step], frame.bit_depth)


def sample_columns(frame: FrameView) -> NDArray[np.uint8]:
    """Return 128 whole columns of the full luma in eight strips, turned to lie, shape (columns, rows)."""
    starts = np.linspace(0, max(frame.luma.shape[1] - _STRIP_WIDTH, 0), _STRIPS).astype(int)
    columns: Luma = np.concatenate([frame.luma[:, start : start + _STRIP_WIDTH].T for start in starts])
    return as_bytes(columns, frame.bit_depth)
