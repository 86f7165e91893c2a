"""The level of the sound every 10 ms, and what of it is speech: the gate of the analysers of noise and pace."""

from typing import Final

import numpy as np

from app.media.analysers.base import quantile
from app.media.analysers.windows import Track, Values, Windows, levels_db, powers, running_mean
from app.media.views import SoundBlock

STEP_S: Final = 0.01
_BLOCK_S: Final = 0.5
_STEPS: Final = round(_BLOCK_S / STEP_S)
SPEECH_MARGIN_DB: Final = 15.9
"""Speech is what lies within this margin of its loud parts (ITU-T P.56, active speech level)."""
_LOUD: Final = 0.95


class SpeechLevels:
    """Levels of the loudest channel, 10 ms each, constant offset taken off over half a second."""

    def __init__(self) -> None:
        self._windows = Windows(_BLOCK_S)
        self.track = Track()

    def process(self, block: SoundBlock) -> None:
        """Take one block."""
        taken = self._windows.take(block)
        if taken is None:
            return
        start_s, length_s, samples = taken
        samples = samples - samples.mean(axis=2, keepdims=True)
        channels, count, size = samples.shape
        step = size // _STEPS
        if not step:
            return
        steps = samples[:, :, : step * _STEPS].reshape(channels, count * _STEPS, step)
        self.track.put(start_s, length_s / _STEPS, levels_db(powers(steps).max(axis=0)))


def smoothed_db(levels: Values, steps: int) -> Values:
    """Return the level of the mean power over so many steps, shorter by ``steps - 1``."""
    return levels_db(np.maximum(running_mean(10.0 ** (levels / 10.0), steps), 0.0))


def loud_db(levels: Values) -> float:
    """Return the level that only a twentieth of the time is louder; digital silence does not count."""
    heard = levels[levels > -90.0]
    return quantile(heard, _LOUD) if heard.size else -90.0


def speech_db(levels: Values) -> float:
    """Return the active speech level: the mean power of what lies within the margin of the loud parts."""
    active = levels[levels >= loud_db(levels) - SPEECH_MARGIN_DB]
    return float(10.0 * np.log10(np.mean(10.0 ** (active / 10.0)))) if active.size else -90.0
