"""Clicks and drop-outs planted to the sample; voices, gates, cuts and silence are neither."""

import numpy as np
import pytest

from app.media.analysers.clicks import ClickAnalyser
from app.media.analysers.gaps import GapAnalyser
from app.media.sound import make_block
from tests.media.sound_signals import RATE_HZ, hiss, run, span, tone, voice

CLICKS_S = (1.234_5, 4.018, 7.777, 10.25)


@pytest.mark.parametrize("block", [997, 24_000, 24_576])
@pytest.mark.parametrize("size", [0.15, 0.5])
def test_single_wrong_samples_are_clicks(size: float, block: int) -> None:
    sound = voice(12.0)
    for time_s in CLICKS_S:
        sound[0, round(time_s * RATE_HZ)] += size
    events = run(ClickAnalyser(), sound, block=block).events
    assert [event.channel for event in events] == [0] * len(CLICKS_S)
    assert [event.from_s for event in events] == [pytest.approx(time_s, abs=0.002) for time_s in CLICKS_S]
    assert events[0].value == pytest.approx(100.0 * size, rel=0.2)


def test_a_cut_without_a_fade_clicks() -> None:
    sound = np.concatenate((tone(2.01, 220.0, -12.0), -tone(2.0, 333.0, -12.0) + np.float32(0.2)), axis=1)
    sound += hiss(4.01, -66.0, channels=1)
    (event,) = run(ClickAnalyser(), sound).events
    assert event.from_s == pytest.approx(2.01, abs=0.002)


def test_a_soft_click_is_none() -> None:
    sound = voice(6.0)
    sound[:, 2 * RATE_HZ] += 0.008
    assert run(ClickAnalyser(), sound).events == ()


@pytest.mark.parametrize("pitch_hz", [85.0, 117.0, 200.0])
def test_a_voice_does_not_click(pitch_hz: float) -> None:
    assert run(ClickAnalyser(), voice(30.0, pitch_hz=pitch_hz)).events == ()


def test_bursts_of_stops_and_keys_are_no_clicks() -> None:
    """What rings for ten milliseconds is a sound of the room."""
    sound = voice(12.0)
    burst = hiss(0.012, -12.0, seed=2) * np.exp(-np.arange(576) / 200.0).astype(np.float32)
    for time_s in CLICKS_S:
        sound[:, span(time_s, time_s + 0.012)] += burst
    assert run(ClickAnalyser(), sound).events == ()


def test_overdriven_sound_and_noise_do_not_click() -> None:
    assert run(ClickAnalyser(), np.clip(voice(6.0) * 20.0, -1.0, 1.0)).events == ()
    assert run(ClickAnalyser(), hiss(10.0, -20.0)).events == ()


@pytest.mark.parametrize("block", [997, 24_000, 24_576])
@pytest.mark.parametrize("length_s", [0.006, 0.02, 0.3, 1.9])
def test_lost_sound_is_a_gap_to_the_millisecond(length_s: float, block: int) -> None:
    sound = tone(8.0, 180.0, -20.0) + hiss(8.0, -60.0)
    sound[1, span(3.003, 3.003 + length_s)] = 0.0
    (event,) = run(GapAnalyser(), sound, block=block).events
    assert event.channel == 1
    assert event.from_s == pytest.approx(3.003, abs=0.002)
    assert event.to_s == pytest.approx(3.003 + length_s, abs=0.002)


@pytest.mark.parametrize("length_s", [0.003, 2.05, 3.5])
def test_shorter_and_longer_silence_is_no_gap(length_s: float) -> None:
    sound = tone(8.0, 180.0, -20.0) + hiss(8.0, -60.0)
    sound[:, span(3.003, 3.003 + length_s)] = 0.0
    assert run(GapAnalyser(), sound).events == ()


def test_a_noise_gate_is_no_gap() -> None:
    """It closes in the pauses, where the sound has faded."""
    sound = voice(30.0)
    sound[:, np.arange(sound.shape[1]) / RATE_HZ % 3.0 > 2.47] = 0.0
    assert run(GapAnalyser(), sound).events == ()


def test_a_fade_and_the_ends_of_the_file_are_no_gaps() -> None:
    faded = tone(6.0, 180.0, -20.0)
    times_s = np.arange(faded.shape[1]) / RATE_HZ
    faded *= np.interp(times_s, [0.0, 2.0, 2.2, 3.0, 3.2, 6.0], [1.0, 1.0, 0.0, 0.0, 1.0, 1.0]).astype(np.float32)
    assert run(GapAnalyser(), faded).events == ()
    framed = np.pad(tone(2.0, 180.0, -20.0), ((0, 0), (RATE_HZ, RATE_HZ)))
    assert run(GapAnalyser(), framed).events == ()


def test_sound_that_the_time_stamps_leave_out_is_a_gap_of_all_channels() -> None:
    analyser = GapAnalyser()
    part = tone(1.0, 180.0, -20.0)[0]
    for start_s in (0.0, 1.0, 2.4, 3.4):
        analyser.process(make_block(start_s, RATE_HZ, part, 1))
    (event,) = analyser.finish().events
    assert event.channel is None
    assert event.from_s == pytest.approx(2.0)
    assert event.to_s == pytest.approx(2.4)
