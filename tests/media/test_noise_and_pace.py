"""Noise floor, speech-to-noise ratio and pace on a voice whose pauses, noise and syllables are known."""

import numpy as np
import pytest

from app.media.analysers.noise import NoiseAnalyser
from app.media.analysers.pace import PaceAnalyser
from tests.media.sound_signals import RATE_HZ, hiss, run, span, voice


@pytest.mark.parametrize("room_dbfs", [-75.0, -66.0, -50.0, -40.0])
@pytest.mark.parametrize("block", [7_001, 24_000])
def test_the_floor_is_the_noise_between_the_words(room_dbfs: float, block: int) -> None:
    figures = run(NoiseAnalyser(), voice(21.0, room_dbfs=room_dbfs), block=block).figures
    assert figures["noise_floor_dbfs"] == pytest.approx(room_dbfs, abs=0.5)
    # syllables rise and fall: what P.56 counts as active lies a little above the mean of them all
    assert figures["speech_to_noise_db"] == pytest.approx(-20.0 - room_dbfs, abs=3.0)


def test_an_offset_of_the_wave_is_no_noise() -> None:
    sound = voice(21.0) + np.float32(0.02)
    assert run(NoiseAnalyser(), sound).figures["noise_floor_dbfs"] == pytest.approx(-66.0, abs=0.5)


@pytest.mark.parametrize(("noise_dbfs", "found"), [(-64.0, 0), (-57.0, 1), (-50.0, 1), (-36.0, 1)])
def test_noise_for_a_time_is_found_from_its_first_pause_to_its_last(noise_dbfs: float, found: int) -> None:
    sound = voice(30.0)
    # set in and switched off within the pauses at 8.45 and 20.45 s
    sound[:, span(8.7, 20.7)] += hiss(12.0, noise_dbfs, seed=9)
    events = run(NoiseAnalyser(), sound).events
    assert len(events) == found
    for event in events:
        assert event.from_s == pytest.approx(8.7, abs=0.06)
        assert event.to_s == pytest.approx(20.7, abs=0.06)
        assert event.value == pytest.approx(10 * np.log10(10 ** (noise_dbfs / 10) + 10**-6.6), abs=0.6)


def test_noise_under_five_seconds_is_no_event() -> None:
    sound = voice(24.0)
    sound[:, span(8.7, 12.0)] += hiss(3.3, -40.0, seed=9)
    assert run(NoiseAnalyser(), sound).events == ()


def test_a_gate_between_the_words_and_a_lost_signal_raise_no_alarm() -> None:
    gated = voice(21.0)
    gated[:, np.arange(gated.shape[1]) / RATE_HZ % 3.0 > 2.46] = 0.0
    outcome = run(NoiseAnalyser(), gated)
    assert outcome.events == ()
    assert outcome.figures["noise_floor_dbfs"] == pytest.approx(-100.0)
    lost = voice(21.0)
    lost[:, span(9.0, 15.0)] = 0.0
    assert run(NoiseAnalyser(), lost).figures["noise_floor_dbfs"] == pytest.approx(-66.0, abs=0.5)


def test_a_background_that_never_stops_shows_in_the_ratio() -> None:
    """Chords that swell stand still nowhere; the ratio then takes the quietest hundredth."""
    sound = voice(30.0)
    times_s = np.arange(sound.shape[1]) / RATE_HZ
    swell = 0.06 * (1.0 + 0.4 * np.sin(2 * np.pi * 1.3 * times_s))
    sound += (swell * sum(np.sin(2 * np.pi * hz * times_s) for hz in (220.0, 277.0, 330.0))).astype(np.float32)
    ratio_db = run(NoiseAnalyser(), sound).figures["speech_to_noise_db"]
    assert isinstance(ratio_db, float)
    assert ratio_db < 15.0


@pytest.mark.parametrize("seconds", [0.004, 0.3, 3.0])
def test_sound_too_short_has_no_figures(seconds: float) -> None:
    sound = hiss(seconds, -20.0)
    assert run(NoiseAnalyser(), sound).figures.get("noise_floor_dbfs") is None
    assert run(PaceAnalyser(), sound).figures.get("syllables_per_min") is None


def test_digital_silence_has_no_figures() -> None:
    sound = np.zeros((2, 20 * RATE_HZ), np.float32)
    assert run(NoiseAnalyser(), sound).figures.get("speech_to_noise_db") is None
    assert run(PaceAnalyser(), sound).figures == {}


@pytest.mark.parametrize("syllables_per_s", [2.5, 4.0, 5.0])
@pytest.mark.parametrize("room_dbfs", [-70.0, -45.0])
def test_syllables_are_counted_and_pauses_measured(syllables_per_s: float, room_dbfs: float) -> None:
    figures = run(PaceAnalyser(), voice(30.0, room_dbfs=room_dbfs, syllables_per_s=syllables_per_s)).figures
    # ten phrases of 2.4 s in 30 s
    assert figures["syllables_per_min"] == pytest.approx(syllables_per_s * 24.0 * 2, rel=0.1)
    # the pauses last 0.55 s; the soft ends of the syllables beside them count as well
    assert figures["longest_pause_s"] == pytest.approx(0.65, abs=0.15)
    assert figures["pause_share"] == pytest.approx(0.22, abs=0.06)


def test_a_long_pause_is_told_and_is_no_part_of_the_pace() -> None:
    spoken = voice(30.0)
    paused = np.concatenate((spoken, hiss(15.0, -66.0), voice(30.0)), axis=1)
    figures = run(PaceAnalyser(), paused).figures
    assert figures["longest_pause_s"] == pytest.approx(15.6, abs=0.3)
    pace = run(PaceAnalyser(), spoken).figures["syllables_per_min"]
    assert figures["syllables_per_min"] == pytest.approx(pace, rel=0.05)
