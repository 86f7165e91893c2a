"""Clean speech-like sound: a voice of pulses through formants, hissing consonants, bursts, pauses, a quiet stereo room.

It is no language, but it has what analysers may stumble over: a low pitch near mains frequencies, steep onsets,
consonants up to 16 kHz, phrases with pauses between them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.media.analysers.loudness import LoudnessAnalyser
from app.media.views import SoundBlock

Sound = NDArray[np.float32]
"""Shape (channels, samples), 1.0 = full scale."""

RATE_HZ: Final = 48_000
ROOM_DBFS: Final = -64.0
LOUDNESS_LUFS: Final = -18.0
_PEAK: Final = 0.7
_LOW_CUT_HZ: Final = 75.0
_HOLD_S: Final = 0.35
"""Around planted edges the voice holds on, so that a fault of the sound has an edge to be found."""
_LONGEST_S: Final = 0.42  # a syllable
_VOWELS: Final[tuple[tuple[tuple[float, float, float], ...], ...]] = (
    # formants: frequency Hz, bandwidth Hz, amplitude
    ((730, 90, 1.0), (1090, 110, 0.55), (2440, 160, 0.2), (3500, 250, 0.08)),
    ((270, 60, 1.0), (2290, 150, 0.3), (3010, 200, 0.2), (3700, 250, 0.08)),
    ((530, 70, 1.0), (1840, 130, 0.4), (2480, 160, 0.22), (3600, 250, 0.08)),
    ((570, 80, 1.0), (840, 90, 0.6), (2410, 160, 0.12), (3400, 250, 0.05)),
    ((300, 60, 1.0), (870, 90, 0.4), (2240, 150, 0.1), (3400, 250, 0.05)),
)


@dataclass(frozen=True)
class Voice:
    """Who speaks.

    Attributes:
        pitch_hz: middle of the pitch; about 110 for men, 200 for women.
        pause_every_s: mean length of a phrase.
    """

    pitch_hz: float = 118.0
    pause_every_s: float = 3.0


def speech(
    duration_s: float,
    seed: int,
    voice: Voice | None = None,
    hold_at_s: Iterable[float] = (),
    pause_at_s: Iterable[float] = (),
) -> Sound:
    """Return stereo speech at `LOUDNESS_LUFS`, peaks below −3 dBFS.

    Args:
        duration_s: length.
        seed: the same seed gives the same sound.
        voice: the speaker; by the seed a man or a woman where None.
        hold_at_s: times around which the voice shall not pause.
        pause_at_s: times around which it shall.
    """
    random = np.random.default_rng(seed)
    voice = voice or Voice(pitch_hz=(112.0, 196.0)[seed % 2])
    count = round(duration_s * RATE_HZ)
    dry = np.zeros(count + RATE_HZ, np.float32)
    holds, pauses = tuple(hold_at_s), tuple(pause_at_s)
    place_s = phrase_end_s = 0.0
    phrase_end_s = float(random.uniform(0.5, 1.5)) * voice.pause_every_s
    while place_s < duration_s:
        if pause := [pause_s for pause_s in pauses if -_LONGEST_S < place_s - pause_s + _HOLD_S < 2 * _HOLD_S]:
            place_s = pause[0] + _HOLD_S + 0.01
        if place_s > phrase_end_s and not any(abs(place_s - hold_s) < _HOLD_S + 0.5 for hold_s in holds):
            place_s += float(random.uniform(0.25, 0.9))
            phrase_end_s = place_s + float(random.uniform(0.5, 1.5)) * voice.pause_every_s
            continue
        held = any(abs(place_s - hold_s) < _HOLD_S for hold_s in holds)
        place_s += _syllable(dry, place_s, random, voice, held=held)
    return _in_a_room(dry[:count], random)


def _syllable(dry: Sound, place_s: float, random: np.random.Generator, voice: Voice, *, held: bool) -> float:
    """Add a consonant and a vowel; return how long they last, seconds."""
    at = round(place_s * RATE_HZ)
    consonant_s = 0.0
    if not held and random.random() < 0.6:
        hiss = random.random() < 0.5
        consonant_s = float(random.uniform(0.06, 0.11)) if hiss else float(random.uniform(0.012, 0.02))
        _put(dry, at, _consonant(consonant_s, random, hiss=hiss))
    vowel_s = float(random.uniform(0.12, 0.24)) + (0.1 if held else 0.0)
    _put(dry, at + round(consonant_s * RATE_HZ), _vowel(vowel_s, random, voice, held=held))
    return consonant_s + vowel_s - (0.04 if held else 0.01)


def _put(dry: Sound, at: int, part: Sound) -> None:
    part = part[: max(dry.shape[0] - at, 0)]
    dry[at : at + part.shape[0]] += part


def _consonant(length_s: float, random: np.random.Generator, *, hiss: bool) -> Sound:
    """Return a hiss (s, sh) with energy up to the top, or the burst of a stop (p, t, k) after its closure."""
    samples = round(length_s * RATE_HZ)
    noise = np.diff(random.normal(0.0, 1.0, samples + 1))
    shape = np.hanning(samples) if hiss else np.exp(-np.arange(samples) / (0.004 * RATE_HZ))
    if not hiss:  # even a burst takes a third of a millisecond to rise
        rise = RATE_HZ // 3000
        shape[:rise] *= np.linspace(0.0, 1.0, rise)
    return (0.10 * noise * shape).astype(np.float32)


def _vowel(length_s: float, random: np.random.Generator, voice: Voice, *, held: bool) -> Sound:
    samples = round(length_s * RATE_HZ)
    pitch_hz = voice.pitch_hz * float(random.uniform(0.85, 1.25))
    glide = float(random.uniform(0.9, 1.1))
    cycles = np.cumsum(pitch_hz * np.linspace(1.0, glide, samples) / RATE_HZ)
    pulses = np.zeros(samples)
    pulses[np.flatnonzero(np.diff(np.floor(cycles)))] = 1.0
    pulses *= 1.0 + 0.05 * random.standard_normal(samples)
    times_s = np.arange(round(0.045 * RATE_HZ)) / RATE_HZ
    formants = _VOWELS[int(random.integers(len(_VOWELS)))]
    response = sum(
        amplitude * np.exp(-np.pi * width_hz * times_s) * np.sin(2 * np.pi * middle_hz * times_s)
        for middle_hz, width_hz, amplitude in formants
    )
    size = 1 << (samples + times_s.size).bit_length()
    wave = np.fft.irfft(np.fft.rfft(pulses, size) * np.fft.rfft(response, size), size)[: samples + times_s.size]
    edge = round((0.02 if held else 0.035) * RATE_HZ)
    shape = np.ones(wave.size)
    shape[:edge] = np.linspace(0.0, 1.0, edge)
    shape[-edge:] = np.linspace(1.0, 0.0, edge)
    loud = 1.0 if held else float(random.uniform(0.5, 1.1))
    return (0.5 * loud * wave * shape).astype(np.float32)


def _in_a_room(dry: Sound, random: np.random.Generator) -> Sound:
    """Return two channels: the voice with early reflections of its own in each, and the room's noise."""
    both = np.stack((dry, dry))
    for channel in both:
        for _ in range(6):
            delay = int(random.integers(RATE_HZ // 500, RATE_HZ // 50))
            channel[delay:] += float(random.uniform(0.03, 0.09)) * dry[:-delay]
    both = _without_rumble(both)
    both *= _gain_to(both, LOUDNESS_LUFS)
    both *= _limiter(both)
    both += random.normal(0.0, 10 ** (ROOM_DBFS / 20), both.shape).astype(np.float32)
    return both.astype(np.float32)


def _without_rumble(both: Sound) -> Sound:
    """Return the sound as a voice's microphone gives it: nothing at 0 Hz, little below `_LOW_CUT_HZ`."""
    spectrum = np.fft.rfft(both, axis=1)
    frequencies_hz = np.fft.rfftfreq(both.shape[1], 1 / RATE_HZ)
    spectrum *= 1.0 - 1.0 / (1.0 + (frequencies_hz / _LOW_CUT_HZ) ** 6)
    return np.asarray(np.fft.irfft(spectrum, both.shape[1], axis=1), np.float32)


def _gain_to(both: Sound, lufs: float) -> float:
    meter = LoudnessAnalyser(RATE_HZ, "stereo")
    meter.process(SoundBlock(0.0, RATE_HZ, both, None))
    measured_lufs = meter.finish().figures["integrated_lufs"]
    if not isinstance(measured_lufs, float):
        raise TypeError("the voice is louder than the gate")
    return float(10 ** ((lufs - measured_lufs) / 20))


def _limiter(both: Sound) -> Sound:
    """Return a gain that keeps peaks below `_PEAK` and changes slowly, as a good limiter does."""
    step = RATE_HZ // 200
    peaks = np.abs(both).max(axis=0)
    padded = np.pad(peaks, (0, -peaks.size % step)).reshape(-1, step).max(axis=1)
    wide = np.max([np.roll(padded, shift) for shift in range(-4, 5)], axis=0)
    gain = np.minimum(1.0, _PEAK / np.maximum(wide, 1e-9))
    smooth = np.convolve(np.pad(gain, 3, mode="edge"), np.hanning(9)[1:-1] / np.hanning(9).sum(), mode="valid")
    points = np.arange(smooth.size) * step + step / 2
    gains: Sound = np.interp(np.arange(peaks.size), points, smooth).astype(np.float32)
    return gains
