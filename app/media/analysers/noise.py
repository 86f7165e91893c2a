"""Noise floor between the words: the level of the pauses in which it stands still."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from app.media.analysers.base import Outcome, median, quantile
from app.media.analysers.speech_levels import STEP_S, SpeechLevels, loud_db, smoothed_db, speech_db
from app.media.analysers.windows import Flags, Track, Values, covered, runs
from app.media.views import SoundBlock
from app.model.recording import RecordingEvent

LEVEL_DBFS: Final = -60.0
"""Noise counts from here on (ACX: the floor of a speech recording is at most -60 dBFS RMS)."""
LEAST_S: Final = 5.0
"""Shorter noise is a sound of its own: a car, a cough, a chord of music."""
STILL_DB: Final = 4.0
"""The level stands still while it moves by no more than this; reverberation falls faster, words move more."""
STILL_S: Final = 0.25
"""For how long it has to stand still to be a pause."""
BELOW_SPEECH_DB: Final = 10.0
"""A held vowel stands still, too, but it is about as loud as the speech is."""
ABOVE_LOWEST_DB: Final = 6.0
"""The sound falls no further below a pause within `NEAR_S` before it or after it; below a held sound it does."""
NEAR_S: Final = 2.5
LOWEST_DBFS: Final = -100.0
"""The figure goes no lower: a gate between the words leaves digital silence."""
_SMOOTH_STEPS: Final = 10
_STILL_STEPS: Final = round(STILL_S / STEP_S) - _SMOOTH_STEPS + 1
_SILENT_DBFS: Final = -80.0
_SILENT_S: Final = 2.0
_LEAST_PAUSES_S: Final = 0.5
_LEAST_PAUSES_SHARE: Final = 0.05
_LEAST_S_FOR_SHARE: Final = 20.0
_QUIET: Final = 0.01


class NoiseAnalyser:
    """Figures ``noise_floor_dbfs`` and ``speech_to_noise_db``; events ``noise``, value = floor in dBFS.

    A pause is a quarter of a second in which the level (100 ms mean) stands still well below the speech; digital
    silence of two seconds and more is none. The floor is the median of the pauses, None where there are none. Speech
    over a background that never stops has no pauses: the ratio then takes the quietest hundredth of the time.

    An event lasts from the first noisy pause to the last, while the sound never falls below the limit: where between
    two words a noise sets in cannot be heard.
    """

    def __init__(self) -> None:
        self._levels = SpeechLevels()

    def process(self, block: SoundBlock) -> None:
        """Take one block."""
        self._levels.process(block)

    def finish(self) -> Outcome:
        """Return floor, ratio and noisy spans."""
        track = self._levels.track
        levels = track.rows()
        smooth = smoothed_db(levels, _SMOOTH_STEPS)
        if smooth.size < _STILL_STEPS:
            return Outcome()
        still = _still(smooth) & ~_silent(smooth)
        floor_dbfs: float | None = None
        if np.count_nonzero(still) * STEP_S >= _LEAST_PAUSES_S:
            floor_dbfs = max(median(smooth[still]), LOWEST_DBFS)
        events = tuple(_events(track, smooth, still))
        figures = {
            "noise_floor_dbfs": None if floor_dbfs is None else round(floor_dbfs, 1),
            "speech_to_noise_db": _ratio_db(levels, smooth, floor_dbfs),
        }
        return Outcome(figures=figures, events=events)


def _events(track: Track, smooth: Values, still: Flags) -> Iterator[RecordingEvent]:
    for first, stop in runs(smooth > LEVEL_DBFS):
        pauses = np.flatnonzero(still[first:stop]) + first
        if not pauses.size:
            continue
        # a mean is noisy as soon as a part of it is: the edge lies in its middle
        first, last = int(pauses[0]), int(pauses[-1])
        from_s = track.time_s(first + _SMOOTH_STEPS // 2 if first else 0)
        to_s = track.end_s(last + (_SMOOTH_STEPS // 2 if last < smooth.size - 1 else _SMOOTH_STEPS))
        enough = pauses.size * STEP_S >= max(_LEAST_PAUSES_S, _LEAST_PAUSES_SHARE * (to_s - from_s))
        if enough and to_s - from_s >= LEAST_S - 0.05:
            value = round(median(smooth[pauses]), 1)
            yield RecordingEvent(kind="noise", from_s=round(from_s, 4), to_s=round(to_s, 4), value=value)


def _still(smooth: Values) -> Flags:
    """Return which places lie in a stretch that stands still well below the speech, as low as the sound ever falls."""
    stretches = np.lib.stride_tricks.sliding_window_view(smooth, _STILL_STEPS)
    highest, lowest = stretches.max(axis=1), stretches.min(axis=1)
    stands = (highest - lowest <= STILL_DB) & (highest <= loud_db(smooth) - BELOW_SPEECH_DB)
    near = _lowest_near(smooth)[: highest.size]
    return covered(stands & (highest <= near + ABOVE_LOWEST_DB), _STILL_STEPS)


def _lowest_near(smooth: Values) -> Values:
    """Return for each place the lowest level before it and the lowest after it, whichever is higher.

    Where a noise sets in or ends, one of the two sides is all noise. A side that the recording cuts short says nothing.
    """
    span = round(NEAR_S / STEP_S)
    padded = np.concatenate((np.full(span, -np.inf), smooth, np.full(span, -np.inf)))
    lowest = _running_min(padded, span + 1)
    before, after = lowest[: smooth.size], lowest[span : span + smooth.size]
    return np.maximum(before, after)


def _running_min(values: Values, count: int) -> Values:
    """Return the lowest of all runs of so many neighbours, by doubling the runs."""
    size, lowest = 1, values
    while size < count:
        step = min(size, count - size)
        lowest = np.minimum(lowest[:-step], lowest[step:])
        size += step
    return lowest


def _silent(smooth: Values) -> Flags:
    silent = smooth < _SILENT_DBFS
    for first, stop in runs(silent):
        if (stop - first) * STEP_S < _SILENT_S:
            silent[first:stop] = False
    return silent


def _ratio_db(levels: Values, smooth: Values, floor_dbfs: float | None) -> float | None:
    if floor_dbfs is None:
        heard = smooth[smooth > _SILENT_DBFS]
        if heard.size * STEP_S < _LEAST_S_FOR_SHARE:
            return None
        floor_dbfs = quantile(heard, _QUIET)
    return round(max(speech_db(levels) - floor_dbfs, 0.0), 1)
