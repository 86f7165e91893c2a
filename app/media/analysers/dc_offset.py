"""Constant offset of the wave: a fault of the converter that costs headroom and clicks at every cut."""

from typing import Final

import numpy as np

from app.media.analysers.base import Outcome, median
from app.media.analysers.windows import Track, Values, Windows, running_mean, runs
from app.media.views import SoundBlock
from app.model.recording import RecordingEvent

LEAST: Final = 0.005
"""Half a percent of full scale: 46 dB below it."""
LEAST_S: Final = 2.0
_STEP_S: Final = 0.05
_SMOOTH: Final = round(1.0 / _STEP_S)


class DcOffsetAnalyser:
    """Events ``dc_offset`` per channel, value = offset in percent of full scale, with its sign.

    The mean of a second counts; its edges lie where it passes half of what it is in the event.
    """

    def __init__(self) -> None:
        self._windows = Windows(_STEP_S)
        self._tracks: list[Track] = []

    def process(self, block: SoundBlock) -> None:
        """Take one block."""
        taken = self._windows.take(block)
        if taken is None:
            return
        start_s, step_s, samples = taken
        while len(self._tracks) < samples.shape[0]:
            self._tracks.append(Track())
        for track, mean in zip(self._tracks, samples.mean(axis=2), strict=False):
            track.put(start_s, step_s, mean)

    def finish(self) -> Outcome:
        """Return the spans with an offset."""
        events = [event for channel, track in enumerate(self._tracks) for event in _events(channel, track)]
        return Outcome(events=tuple(sorted(events, key=lambda event: (event.from_s, event.channel))))


def _events(channel: int, track: Track) -> list[RecordingEvent]:
    means = running_mean(np.pad(track.rows(), _SMOOTH // 2, "reflect"), _SMOOTH + 1) if len(track) > _SMOOTH else None
    if means is None:
        return []
    events = []
    for sign in (1.0, -1.0):
        offsets = sign * means
        for first, stop in runs(offsets > LEAST):
            usual = median(offsets[first:stop])
            first, stop = _at_half(offsets, first, stop, usual / 2.0)
            from_s, to_s = track.time_s(first), track.end_s(stop)
            if to_s - from_s >= LEAST_S - _STEP_S:
                value = round(100.0 * sign * usual, 2)
                events.append(
                    RecordingEvent(
                        kind="dc_offset", from_s=round(from_s, 4), to_s=round(to_s, 4), channel=channel, value=value
                    )
                )
    return events


def _at_half(offsets: Values, first: int, stop: int, half: float) -> tuple[int, int]:
    """Move both edges to where the mean passes half: there the window lies half in the offset."""
    lower = np.flatnonzero(offsets[: first + 1] < half)
    upper = np.flatnonzero(offsets[stop - 1 :] < half)
    if offsets[first] < half:
        first += int(np.argmax(offsets[first:stop] >= half))
    elif lower.size or first:
        first = int(lower[-1]) + 1 if lower.size else 0
    if offsets[stop - 1] < half:
        stop -= int(np.argmax(offsets[first:stop][::-1] >= half))
    else:
        stop = stop - 1 + int(upper[0]) if upper.size else offsets.size
    return first, stop
