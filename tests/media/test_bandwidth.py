"""Effective bandwidth: cut-offs are found where they were made, and a voice's own roll-off is none."""

import numpy as np
import pytest

from app.media.analysers.bandwidth import BandwidthAnalyser, find_cliff
from tests.media.sound_signals import RATE_HZ, Sound, hiss, run


def cut_off(sound: Sound, hz: float) -> Sound:
    """Return the sound without what lies above a frequency, as a resampler leaves it."""
    spectrum = np.fft.rfft(sound, axis=1)
    spectrum[:, round(hz * sound.shape[1] / RATE_HZ) :] = 0.0
    return np.fft.irfft(spectrum, sound.shape[1], axis=1).astype(np.float32)


@pytest.mark.parametrize("hz", [4_000, 8_000, 11_025, 16_000, 20_000, 22_050])
@pytest.mark.parametrize("bits", [16, 24])
def test_a_cut_off_is_found(hz: int, bits: int) -> None:
    sound = cut_off(hiss(6.0, -30.0), hz)
    steps = 2.0 ** (bits - 1)
    dither = np.random.default_rng(2).triangular(-1.0, 0.0, 1.0, sound.shape)
    stored = (np.rint(sound * steps + dither) / steps).astype(np.float32)
    assert run(BandwidthAnalyser(), stored).figures["bandwidth_hz"] == pytest.approx(hz, abs=300)


def test_sound_of_its_own_rate_reaches_half_of_it() -> None:
    assert run(BandwidthAnalyser(), hiss(6.0, -66.0)).figures["bandwidth_hz"] == 24_000
    assert run(BandwidthAnalyser(), hiss(4.0, -40.0), rate_hz=44_100).figures["bandwidth_hz"] == 22_050


def test_a_roll_off_is_no_cliff() -> None:
    """24 dB an octave from 4 kHz on, as a dull microphone has it."""
    sound = hiss(6.0, -30.0)
    spectrum = np.fft.rfft(sound, axis=1)
    frequencies_hz = np.fft.rfftfreq(sound.shape[1], 1 / RATE_HZ)
    spectrum /= 1.0 + (frequencies_hz / 4_000.0) ** 4
    dull = np.fft.irfft(spectrum, sound.shape[1], axis=1).astype(np.float32)
    assert run(BandwidthAnalyser(), dull).figures["bandwidth_hz"] == 24_000


def test_short_sound_and_silence_have_no_bandwidth() -> None:
    assert run(BandwidthAnalyser(), hiss(0.6, -30.0)).figures == {}
    assert run(BandwidthAnalyser(), np.zeros((2, 3 * RATE_HZ), np.float32)).figures == {}


def test_a_rate_with_no_room_for_a_cliff_has_none() -> None:
    assert find_cliff(np.ones(2_049), 6_000) == 3_000
