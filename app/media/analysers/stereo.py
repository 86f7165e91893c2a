"""The two channels against each other: one dead, both the same, out of phase, unequally loud."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, median, quantile
from app.media.analysers.windows import Flags, Track, Values, Windows, covered, levels_db, powers, running_mean, runs
from app.media.views import SoundBlock
from app.model.recording import RecordingEvent

ACTIVE_DBFS: Final = -50.0
"""Below this in the louder channel nothing is said of the channels."""
DEAD_DB: Final = 30.0
"""A dead channel is so far below the one that speaks; its own noise is no matter."""
DEAD_S: Final = 2.0
SAME_CORRELATION: Final = 0.9999
"""Both channels are the same from this correlation on (audioqc) ..."""
SAME_CORRELATION_LOSSY: Final = 0.998
"""... in lossy sound from this one on (AAC at 192 kbit/s leaves 0.9989 to 0.9996 of the same, 0.99 of a room) ..."""
SAME_LEVEL_DB: Final = 0.1
"""... when their levels are, too."""
OPPOSED_CORRELATION: Final = -0.2
"""Out of phase below this mean correlation (audioqc)."""
OPPOSED_S: Final = 2.0
UNEQUAL_DB: Final = 6.0
"""One channel is twice the amplitude of the other."""
STILL_UNEQUAL_DB: Final = 4.5
"""Once it is, it stays so while the difference is above this."""
UNEQUAL_S: Final = 10.0
"""For so long without a word from the other side: two people at two microphones take turns."""
_STEP_S: Final = 0.05
_SMOOTH: Final = round(1.0 / _STEP_S)
_LOUD_DB: Final = 15.0
_LOUD: Final = 0.95


class StereoAnalyser:
    """Events ``dead_channel``, ``dual_mono``, ``out_of_phase``, ``imbalance`` of sound with two channels.

    Their values: the dead channel's level in dBFS, none, the mean correlation, the difference in dB. The channel of an
    imbalance is the softer one; dual mono is said of the sound as a whole. Each channel's power and the product of
    both are kept for every 50 ms, 12 bytes.

    Args:
        lossless: whether the sound was coded without loss.
    """

    def __init__(self, *, lossless: bool = True) -> None:
        self._same_correlation = SAME_CORRELATION if lossless else SAME_CORRELATION_LOSSY
        self._windows = Windows(_STEP_S)
        self._track = Track(3)

    def process(self, block: SoundBlock) -> None:
        """Take one block."""
        if block.samples.shape[0] != 2:
            return
        taken = self._windows.take(block)
        if taken is None:
            return
        start_s, step_s, samples = taken
        left, right = powers(samples)
        product = np.einsum("ws,ws->w", samples[0], samples[1]) / np.float32(samples.shape[2])
        self._track.put(start_s, step_s, np.stack((left, right, product), axis=1))

    def finish(self) -> Outcome:
        """Return what was found."""
        if not len(self._track):
            return Outcome()
        rows = self._track.rows()
        levels = levels_db(rows[:, :2])
        loud = levels.max(axis=1)
        if loud.max() < ACTIVE_DBFS:
            return Outcome()
        speaks = loud >= max(quantile(loud[loud > ACTIVE_DBFS], _LOUD) - _LOUD_DB, ACTIVE_DBFS)
        dead = self._dead(levels, speaks)
        events = [*dead, *self._opposed(rows, speaks), *self._unequal(rows, speaks, dead), *self._same(rows)]
        return Outcome(events=tuple(sorted(events, key=lambda event: event.from_s)))

    def _event(self, kind: str, first: int, stop: int, channel: int | None, value: float | None) -> RecordingEvent:
        from_s, to_s = self._track.time_s(first), self._track.end_s(stop)
        return RecordingEvent(kind=kind, from_s=round(from_s, 4), to_s=round(to_s, 4), channel=channel, value=value)

    def _dead(self, levels: Values, speaks: Flags) -> list[RecordingEvent]:
        events = []
        for channel in (0, 1):
            below_db = levels[:, 1 - channel] - levels[:, channel]
            is_dead = (below_db >= DEAD_DB) & (levels[:, 1 - channel] >= ACTIVE_DBFS)
            for first, stop in _spans(is_dead, speaks & ~is_dead, round(DEAD_S / _STEP_S)):
                level = round(median(levels[first:stop, channel]), 1)
                events.append(self._event("dead_channel", first, stop, channel, level))
        return events

    def _same(self, rows: Values) -> list[RecordingEvent]:
        left, right, product = (float(each) for each in rows.mean(axis=0))
        if min(left, right) <= 0.0 or product < self._same_correlation * np.sqrt(left * right):
            return []
        if abs(10.0 * np.log10(left / right)) > SAME_LEVEL_DB:
            return []
        return [self._event("dual_mono", 0, len(rows), None, None)]

    def _opposed(self, rows: Values, speaks: Flags) -> list[RecordingEvent]:
        """Find windows of two seconds that are opposed on average, cut to where they are so from step to step."""
        count = round(OPPOSED_S / _STEP_S)
        sums = [running_mean(column, count) for column in rows.T]
        if not sums[0].size:
            return []
        active = levels_db(np.maximum(sums[0], sums[1])) >= ACTIVE_DBFS
        opposed = covered(active & (_correlation(*sums) < OPPOSED_CORRELATION), count)
        each = _correlation(*rows.T) < OPPOSED_CORRELATION
        events = []
        for first, stop in runs(opposed):
            places = np.flatnonzero(each[first:stop] & speaks[first:stop]) + first
            if places.size:
                first, stop = int(places[0]), int(places[-1]) + 1
                value = round(float(_correlation(*rows[first:stop].mean(axis=0))), 2)
                events.append(self._event("out_of_phase", first, stop, None, value))
        return events

    def _unequal(self, rows: Values, speaks: Flags, dead: list[RecordingEvent]) -> list[RecordingEvent]:
        """Compare the levels over a second, but find the edges in single steps of speech."""
        means = [running_mean(np.pad(column, _SMOOTH // 2, "edge"), _SMOOTH + 1)[: len(rows)] for column in rows.T[:2]]
        if means[0].size < len(rows):
            return []
        left_db, right_db = (levels_db(mean) for mean in means)
        step_db = np.subtract(*levels_db(rows[:, :2]).T)
        active = np.maximum(left_db, right_db) >= ACTIVE_DBFS
        events = []
        for channel, sign in ((0, -1.0), (1, 1.0)):
            over_db = sign * (left_db - right_db)
            is_unequal = active & (over_db > UNEQUAL_DB)
            for first, stop in _spans(is_unequal, active & (over_db < STILL_UNEQUAL_DB), round(UNEQUAL_S / _STEP_S)):
                first, stop = _sharpened(speaks & (sign * step_db > STILL_UNEQUAL_DB), first, stop)
                event = self._event(
                    "imbalance",
                    first,
                    stop,
                    channel,
                    round(median(over_db[first:stop][active[first:stop]]), 1),
                )
                if not any(_overlap_s(event, each) > 0.5 * (event.to_s - event.from_s) for each in dead):
                    events.append(event)
        return events


def _correlation(left: Values, right: Values, product: Values) -> Values:
    return product / np.maximum(np.sqrt(np.maximum(left * right, 0.0)), 1e-12)


def _spans(holds: Flags, contradicts: Flags, least: int) -> list[tuple[int, int]]:
    """Return stretches from a place where it holds to another, never contradicted in between, of a least length.

    At least half of the time that says anything must say that it holds; silence says nothing.
    """
    found = []
    for first, stop in runs(~contradicts):
        places: NDArray[np.intp] = np.flatnonzero(holds[first:stop]) + first
        if places.size and places[-1] + 1 - places[0] >= least and places.size >= least // 4:
            found.append((int(places[0]), int(places[-1]) + 1))
    return found


def _sharpened(steps: Flags, first: int, stop: int) -> tuple[int, int]:
    """Move the edges by up to a second to the outermost step of a run that says the same."""
    near = slice(max(first - _SMOOTH, 0), min(first + _SMOOTH, stop)), slice(max(stop - _SMOOTH, first), stop + _SMOOTH)
    starts, ends = (np.flatnonzero(steps[part]) for part in near)
    sharp_first = near[0].start + int(starts[0]) if starts.size else first
    sharp_stop = near[1].start + int(ends[-1]) + 1 if ends.size else stop
    return sharp_first, max(sharp_stop, sharp_first + 1)


def _overlap_s(one: RecordingEvent, other: RecordingEvent) -> float:
    return min(one.to_s, other.to_s) - max(one.from_s, other.from_s)
