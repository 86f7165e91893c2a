"""Pace of the speech: syllables from the peaks of the level (after de Jong and Wempe 2009), and its pauses."""

from typing import Final

import numpy as np

from app.media.analysers.base import Outcome, quantile
from app.media.analysers.speech_levels import STEP_S, SpeechLevels, loud_db, smoothed_db
from app.media.analysers.windows import Values, runs
from app.media.views import SoundBlock

DIP_DB: Final = 2.0
"""Two peaks are two syllables when the level dips by this much between them (de Jong and Wempe)."""
SYLLABLE_BELOW_DB: Final = 25.0
"""Peaks further below the loud parts are breath and consonants (de Jong and Wempe)."""
PAUSE_BELOW_DB: Final = 22.0
"""A pause lies so far below the loud parts: -40 dBFS where the speech is at -18 (Opencast's silence of a lecture)."""
PAUSE_S: Final = 0.3
"""Shorter ones are closures within words (de Jong and Wempe)."""
LONG_PAUSE_S: Final = 2.0
"""Pauses from here on are no part of the pace: a slide is read, a film is shown."""
_OVER_NOISE_DB: Final = 6.0
_LEAST_BELOW_DB: Final = 8.0
_NOISE: Final = 0.05
_LEAST_SPEECH_S: Final = 10.0
_SMOOTH_STEPS: Final = 7  # 70 ms: peaks up to 8 a second remain
_LEAST_APART: Final = round(0.1 / STEP_S)


class PaceAnalyser:
    """Figures ``syllables_per_min``, ``pause_share`` and ``longest_pause_s``; no events, pace is for people to judge.

    Syllables count per minute of sound without its pauses of two seconds and more; the share takes all pauses from
    0.3 s on. An estimate: on synthetic speech it is within a fifth of the true number. None under ten seconds.
    """

    def __init__(self) -> None:
        self._levels = SpeechLevels()

    def process(self, block: SoundBlock) -> None:
        """Take one block."""
        self._levels.process(block)

    def finish(self) -> Outcome:
        """Return the three figures."""
        smooth = smoothed_db(self._levels.track.rows(), _SMOOTH_STEPS)
        if smooth.size * STEP_S < _LEAST_SPEECH_S or smooth.max(initial=-120.0) < -90.0:
            return Outcome()
        loud = loud_db(smooth)
        noise = quantile(smooth, _NOISE) + _OVER_NOISE_DB
        gate = min(max(loud - PAUSE_BELOW_DB, noise), loud - _LEAST_BELOW_DB)
        # the smoothing takes its own length off each pause
        pauses_s = [(stop - first + _SMOOTH_STEPS - 1) * STEP_S for first, stop in runs(smooth < gate)]
        pauses_s = [pause_s for pause_s in pauses_s if pause_s >= PAUSE_S]
        total_s = smooth.size * STEP_S
        speech_s = total_s - sum(pause_s for pause_s in pauses_s if pause_s >= LONG_PAUSE_S)
        peaks = count_peaks(smooth, max(loud - SYLLABLE_BELOW_DB, gate))
        return Outcome(
            figures={
                "syllables_per_min": round(60.0 * peaks / speech_s) if speech_s >= _LEAST_SPEECH_S else None,
                "pause_share": round(sum(pauses_s) / total_s, 3),
                "longest_pause_s": round(max(pauses_s, default=0.0), 1),
            }
        )


def count_peaks(smooth: Values, least_db: float) -> int:
    """Count the peaks above a level that are 0.1 s apart or more with a dip between them."""
    changes = np.flatnonzero(np.diff(smooth))  # where the level stands still it has no direction
    rises = np.diff(smooth)[changes] > 0
    turns = np.flatnonzero(rises[1:] != rises[:-1]) + 1
    peaks, peak, place, valley = 0, -np.inf, -_LEAST_APART, np.inf
    for turn, row in zip(turns.tolist(), changes[turns].tolist(), strict=True):
        level = float(smooth[row])
        if rises[turn]:
            valley = min(valley, level)
        elif level < least_db:
            continue
        elif not peaks or (min(level, peak) - valley >= DIP_DB and row - place >= _LEAST_APART):
            peaks, peak, place, valley = peaks + 1, level, row, np.inf
        elif level > peak:
            peak, place, valley = level, row, np.inf
    return peaks
