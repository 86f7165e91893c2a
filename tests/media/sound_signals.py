"""Signals for the tests of the sound analysers: a voice with pauses in a quiet room, and blocks of any size."""

from functools import lru_cache
from math import ceil

import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, SoundAnalyser
from app.media.sound import make_block

RATE_HZ = 48_000
Sound = NDArray[np.float32]


def run(analyser: SoundAnalyser, sound: Sound, *, block: int = 24_000, rate_hz: int = RATE_HZ) -> Outcome:
    """Feed sound, shape (channels, samples), in blocks."""
    for start in range(0, sound.shape[1], block):
        part = np.ascontiguousarray(sound[:, start : start + block].T).reshape(-1)
        analyser.process(make_block(start / rate_hz, rate_hz, part, sound.shape[0]))
    return analyser.finish()


def level(dbfs: float) -> float:
    """Return the amplitude of a level."""
    return float(10.0 ** (dbfs / 20.0))


def hiss(seconds: float, dbfs: float, *, seed: int = 1, channels: int = 2) -> Sound:
    """Return white noise of an RMS level, of its own in each channel."""
    shape = (channels, round(seconds * RATE_HZ))
    return np.random.default_rng(seed).normal(0.0, level(dbfs), shape).astype(np.float32)


def tone(seconds: float, hz: float, dbfs: float) -> Sound:
    """Return a sine of an RMS level, shape (1, samples)."""
    times_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    wave: Sound = (np.sqrt(2.0) * level(dbfs) * np.sin(2 * np.pi * hz * times_s)).astype(np.float32)[np.newaxis]
    return wave


@lru_cache(maxsize=4)
def _spoken(seconds: float, syllables_per_s: float, pitch_hz: float) -> NDArray[np.float64]:
    """Return the voice alone; kept, for tests differ in what they do to it, and its sines take longest."""
    count = ceil(seconds * RATE_HZ)
    times_s = np.arange(count) / RATE_HZ
    pitch = pitch_hz * (1.0 + 0.12 * np.sin(2 * np.pi * 0.7 * times_s) + 0.06 * np.sin(2 * np.pi * 2.3 * times_s))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE_HZ
    wave = np.zeros(count)
    for number in range(1, 28):
        wave += np.sin(number * phase + number * number) / number
    envelope = np.sin(np.pi * syllables_per_s * times_s) ** 2
    envelope *= np.interp(times_s % 3.0, [0.0, 0.03, 2.4, 2.45, 3.0], [0.0, 1.0, 1.0, 0.0, 0.0])
    spoken: NDArray[np.float64] = wave * envelope
    spoken *= level(-20.0) / np.sqrt(np.mean(np.square(spoken[envelope > 0.1])))
    return spoken


def voice(seconds: float, *, room_dbfs: float = -66.0, syllables_per_s: float = 4.0, pitch_hz: float = 117.0) -> Sound:
    """Return stereo speech: 2.4 s of syllables at about -20 dBFS, a pause of 0.6 s, and so on, in a quiet room.

    The pitch moves within each syllable, the channels differ by half a dB, and each has noise of its own.
    """
    spoken = _spoken(seconds, syllables_per_s, pitch_hz)
    both = np.stack((spoken * level(0.25), spoken * level(-0.25)))
    return (both + hiss(seconds, room_dbfs, seed=5)[:, : spoken.size]).astype(np.float32)


def span(from_s: float, to_s: float) -> slice:
    """Return the samples between two times."""
    return slice(round(from_s * RATE_HZ), round(to_s * RATE_HZ))
