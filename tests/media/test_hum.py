"""Mains hum under speech: found with its frequency and its edges; voices, tunes and fans are none."""

import numpy as np
import pytest

from app.media.analysers.hum import HumAnalyser
from app.media.told_once import told_once
from app.model.recording import RecordingEvent
from tests.media.sound_signals import RATE_HZ, hiss, run, span, tone, voice


@pytest.mark.parametrize("hz", [50.0, 49.96, 60.0, 100.0, 150.0])
@pytest.mark.parametrize("dbfs", [-55.0, -40.0])
def test_a_line_under_the_speech_is_found(hz: float, dbfs: float) -> None:
    sound = voice(24.0, pitch_hz=210.0)
    sound[:, span(6.31, 17.83)] += tone(11.52, hz, dbfs)
    outcome = run(HumAnalyser(RATE_HZ), sound)
    assert outcome.figures["hum_hz"] == round(hz)
    assert outcome.figures["hum_dbfs"] == pytest.approx(dbfs, abs=1.0)
    (event,) = outcome.events
    assert event.from_s == pytest.approx(6.31, abs=0.05)
    assert event.to_s == pytest.approx(17.83, abs=0.05)


@pytest.mark.parametrize("block", [4_801, 24_576, 100_000])
@pytest.mark.parametrize("rate_hz", [48_000, 44_100, 32_000])
def test_blocks_and_rates_make_no_difference(block: int, rate_hz: int) -> None:
    times_s = np.arange(8 * rate_hz) / rate_hz
    noise = np.random.default_rng(3).normal(0.0, 0.001, times_s.size)
    sound = (0.01 * np.sin(2 * np.pi * 50.0 * times_s) + noise).astype(np.float32)[np.newaxis]
    outcome = run(HumAnalyser(rate_hz), sound, block=block, rate_hz=rate_hz)
    (event,) = outcome.events
    assert event.from_s == pytest.approx(0.0, abs=0.05)
    assert event.to_s == pytest.approx(8.0, abs=0.15)
    assert event.value == pytest.approx(-43.0, abs=0.3)  # 0.01 peak is 0.00707 RMS


@pytest.mark.parametrize("block", [24_000, 96_000, 150_000])
def test_five_seconds_of_hum_are_found_in_blocks_of_any_length(block: int) -> None:
    sound = hiss(14.0, -66.0)
    sound[:, span(3.3, 8.3)] += tone(5.0, 50.0, -45.0)
    (event,) = run(HumAnalyser(RATE_HZ), sound, block=block).events
    assert event.from_s == pytest.approx(3.3, abs=0.05)
    assert event.to_s == pytest.approx(8.3, abs=0.05)


@pytest.mark.parametrize("seconds", [1.0, 2.5])
def test_a_tone_shorter_than_three_seconds_is_no_hum(seconds: float) -> None:
    sound = voice(12.0)
    sound[:, span(4.0, 4.0 + seconds)] += tone(seconds, 50.0, -35.0)
    assert run(HumAnalyser(RATE_HZ), sound).events == ()


@pytest.mark.parametrize("pitch_hz", [88.0, 100.0, 104.0, 120.0, 150.0])
def test_a_voice_is_no_hum(pitch_hz: float) -> None:
    assert run(HumAnalyser(RATE_HZ), voice(30.0, pitch_hz=pitch_hz)).events == ()


@pytest.mark.parametrize("hz", [43.0, 48.5, 55.0, 97.0, 110.0, 900.0, 950.0])
def test_other_tones_are_no_hum(hz: float) -> None:
    sound = hiss(12.0, -66.0)
    sound += tone(12.0, hz, -30.0)
    assert run(HumAnalyser(RATE_HZ), sound).events == ()


@pytest.mark.parametrize("dbfs", [-30.0, -60.0])
def test_noise_is_no_hum(dbfs: float) -> None:
    rumble = np.cumsum(hiss(20.0, dbfs - 40.0, seed=4), axis=1)
    rumble -= rumble.mean(axis=1, keepdims=True)
    assert run(HumAnalyser(RATE_HZ), hiss(20.0, dbfs)).events == ()
    assert run(HumAnalyser(RATE_HZ), rumble.astype(np.float32)).events == ()


def test_hum_in_one_channel_and_hum_out_of_phase_are_hum() -> None:
    for gains in ((1.0, 0.0), (1.0, -1.0)):
        sound = hiss(8.0, -66.0)
        sound += np.array(gains, np.float32)[:, np.newaxis] * tone(8.0, 50.0, -45.0)
        assert run(HumAnalyser(RATE_HZ), sound).figures["hum_dbfs"] == pytest.approx(-45.0, abs=0.3)


def test_nothing_is_looked_for_where_the_rate_is_too_low() -> None:
    outcome = run(HumAnalyser(3_000), np.zeros((1, 9_000), np.float32), rate_hz=3_000)
    assert (outcome.figures["hum_hz"], outcome.events) == (None, ())


def event(kind: str, from_s: float, to_s: float, value: float | None = None) -> RecordingEvent:
    return RecordingEvent(kind=kind, from_s=from_s, to_s=to_s, value=value)


def test_one_fault_is_told_once() -> None:
    hum = event("hum", 0.0, 60.0, -45.0)
    more_than_hum = event("noise", 0.0, 60.0, -38.0)
    later = event("noise", 70.0, 80.0, -45.5)
    gap, click = event("audio_gap", 20.0, 20.1), event("click", 40.0, 40.001, 30.0)
    told = (hum, more_than_hum, later, gap, click)
    only_hum = event("noise", 1.0, 59.0, -45.5)
    at_its_edge = event("click", 20.101, 20.102, 30.0)
    assert told_once((*told, only_hum, at_its_edge)) == told
