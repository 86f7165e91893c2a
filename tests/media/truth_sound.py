"""Faults of the sound: one function for each kind, which alters the samples of a span in place.

Each gets all of the sound, the span in samples and a strength in the unit that `FAULTS` names for its kind.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from tests.media.truth_speech import RATE_HZ, Sound

Alter = Callable[[Sound, slice, float], None]
MAINS_HZ: Final = 50.0


def amplitude(level_db: float) -> float:
    """Return the amplitude of a level in dB."""
    return float(10 ** (level_db / 20))


def _silence(sound: Sound, span: slice, strength: float) -> None:
    """Nothing but noise at ``strength`` dBFS (RMS); digital silence from −120 down."""
    level = 0.0 if strength <= -120.0 else amplitude(strength)
    sound[:, span] = np.random.default_rng(7).normal(0.0, 1.0, sound[:, span].shape) * level


def _clipping(sound: Sound, span: slice, strength: float) -> None:
    """``strength`` dB too much gain behind an automatic level, cut off at full scale.

    The level is automatic so that every period of the voice reaches full scale: the span is clipped from end to end,
    but for the pauses.
    """
    part = sound[:, span]
    step = RATE_HZ // 50
    peaks = [np.abs(part[:, at : at + step]).max() for at in range(0, part.shape[1], step)]
    level = np.interp(np.arange(part.shape[1]), np.arange(len(peaks)) * step + step / 2, np.maximum(peaks, 0.05))
    sound[:, span] = np.clip(part / level.astype(np.float32) * amplitude(strength), -1.0, 1.0)


def _hum(sound: Sound, span: slice, strength: float) -> None:
    """Mains hum: 50 Hz at ``strength`` dBFS (RMS) with its second and third harmonic."""
    times_s = np.arange(span.start, span.stop) / RATE_HZ
    wave = sum(part * np.sin(2 * np.pi * n * MAINS_HZ * times_s + n) for n, part in ((1, 1.0), (2, 0.7), (3, 0.45)))
    sound[:, span] += (wave * amplitude(strength) * np.sqrt(2.0) / np.sqrt(1.0 + 0.49 + 0.2025)).astype(np.float32)


def _noise(sound: Sound, span: slice, strength: float) -> None:
    """Hiss at ``strength`` dBFS (RMS), of its own in each channel."""
    hiss = np.random.default_rng(11).normal(0.0, amplitude(strength), sound[:, span].shape)
    sound[:, span] += hiss.astype(np.float32)


def _click(sound: Sound, span: slice, strength: float) -> None:
    """A click at the start of the span: a jump of ``strength`` (1.0 = full scale) that dies within a millisecond."""
    length = min(RATE_HZ // 1000, sound.shape[1] - span.start)
    wave = strength * np.exp(-np.arange(length) / 8.0) * np.cos(np.arange(length) * 1.1)
    at = slice(span.start, span.start + length)
    sound[:, at] = np.clip(sound[:, at] + wave.astype(np.float32), -0.99, 0.99)


def _audio_gap(sound: Sound, span: slice, strength: float) -> None:
    """The sound is lost in the middle of a word: zeros; ``strength`` is the length in ms, the caller's."""
    del strength
    sound[:, span] = 0.0


def _dead_channel(sound: Sound, span: slice, strength: float) -> None:
    """The second channel has nothing but noise at ``strength`` dBFS; digital silence from −120 down."""
    level = 0.0 if strength <= -120.0 else amplitude(strength)
    sound[1, span] = np.random.default_rng(13).normal(0.0, 1.0, span.stop - span.start) * level


def _dual_mono(sound: Sound, span: slice, strength: float) -> None:
    """Both channels hold the first one; they differ by ``strength`` dBFS of dither (none from −120 down)."""
    sound[1, span] = sound[0, span]
    if strength > -120.0:
        dither = np.random.default_rng(17).normal(0.0, amplitude(strength), span.stop - span.start)
        sound[1, span] += dither.astype(np.float32)


def _out_of_phase(sound: Sound, span: slice, strength: float) -> None:
    """One cable is soldered the wrong way: the second channel is turned over, ``strength`` of the way."""
    sound[1, span] *= np.float32(1.0 - 2.0 * strength)


def _imbalance(sound: Sound, span: slice, strength: float) -> None:
    """The second channel is ``strength`` dB quieter."""
    sound[1, span] *= np.float32(amplitude(-strength))


def _dc_offset(sound: Sound, span: slice, strength: float) -> None:
    """All samples are too high by ``strength`` (1.0 = full scale)."""
    sound[:, span] = np.clip(sound[:, span] + np.float32(strength), -0.999, 0.999)


SOUND_FAULTS: Final[dict[str, Alter]] = {
    "silence": _silence,
    "clipping": _clipping,
    "hum": _hum,
    "noise": _noise,
    "click": _click,
    "audio_gap": _audio_gap,
    "dead_channel": _dead_channel,
    "dual_mono": _dual_mono,
    "out_of_phase": _out_of_phase,
    "imbalance": _imbalance,
    "dc_offset": _dc_offset,
}
"""The function of every kind of fault in the sound."""
