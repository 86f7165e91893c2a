"""The two channels: dead, the same, out of phase, unequal, off centre; a lecture in stereo is none of it."""

from typing import Any

import numpy as np
import pytest

from app.media.analysers.dc_offset import DcOffsetAnalyser
from app.media.analysers.stereo import StereoAnalyser
from tests.media.sound_signals import RATE_HZ, hiss, level, run, span, tone, voice


def told(sound: Any, **options: Any) -> list[Any]:
    events = run(StereoAnalyser(**options), sound).events
    return [(event.kind, event.channel, event.from_s, event.to_s) for event in events]


def around(time_s: float) -> Any:
    return pytest.approx(time_s, abs=0.051)


def test_stereo_speech_has_nothing_to_tell() -> None:
    assert told(voice(40.0)) == []
    assert told(voice(40.0, room_dbfs=-45.0)) == []


@pytest.mark.parametrize("noise_dbfs", [-200.0, -80.0, -62.0])
def test_a_channel_without_the_voice_is_dead(noise_dbfs: float) -> None:
    sound = voice(30.0)
    sound[1, span(9.55, 20.05)] = hiss(10.5, noise_dbfs, seed=8)[0]
    events = told(sound)
    assert events == [("dead_channel", 1, around(9.6), around(20.0))]


def test_a_channel_that_is_dead_for_a_moment_is_not_told() -> None:
    sound = voice(12.0)
    sound[0, span(4.5, 5.3)] = 0.0
    assert told(sound) == []


def test_the_same_sound_twice_is_dual_mono() -> None:
    left = voice(12.0)[:1]
    assert told(np.concatenate((left, left))) == [("dual_mono", None, 0.0, around(12.0))]
    assert told(np.concatenate((left, left + hiss(12.0, -85.0)[:1]))) == [("dual_mono", None, 0.0, around(12.0))]
    assert told(np.concatenate((left, left * np.float32(level(-0.5))))) == []


def test_lossy_coding_may_leave_a_trace_in_dual_mono() -> None:
    left = voice(12.0)[:1]
    coded = np.concatenate((left, left + hiss(12.0, -50.0)[:1]))
    assert told(coded) == []
    assert [kind for kind, *_ in told(coded, lossless=False)] == ["dual_mono"]


@pytest.mark.parametrize("share", [0.7, 1.0])
def test_a_channel_turned_over_is_out_of_phase(share: float) -> None:
    sound = voice(30.0)
    sound[1, span(9.55, 20.05)] *= np.float32(1.0 - 2.0 * share)
    phase = [event for event in told(sound) if event[0] == "out_of_phase"]
    assert phase == [("out_of_phase", None, around(9.6), around(20.0))]


@pytest.mark.parametrize("share", [0.0, 0.2, 0.45])
def test_channels_that_differ_are_not_out_of_phase(share: float) -> None:
    """Different voices have no correlation; what both microphones hear makes it positive."""
    left, other = voice(20.0)[0], voice(20.0, pitch_hz=190.0, syllables_per_s=3.1)[1]
    assert [kind for kind, *_ in told(np.stack((left, share * left + (1.0 - share) * other)))] == []


@pytest.mark.parametrize(("difference_db", "found"), [(4.0, 0), (7.5, 1), (16.0, 1)])
def test_a_channel_that_is_softer_for_long_is_told(difference_db: float, found: int) -> None:
    sound = voice(45.0)
    sound[0, span(9.55, 29.05)] *= np.float32(level(-difference_db))
    events = told(sound)
    assert events == [("imbalance", 0, around(9.6), around(29.0))] * found


def test_two_people_at_two_microphones_take_turns() -> None:
    first, second = voice(48.0), voice(48.0, pitch_hz=190.0)
    turn = (np.arange(first.shape[1]) / RATE_HZ % 12.0 < 6.0).astype(np.float32)
    left = first[0] * turn + second[0] * (1 - turn) * np.float32(level(-12.0))
    right = first[1] * turn * np.float32(level(-12.0)) + second[1] * (1 - turn)
    assert told(np.stack((left, right))) == []


def test_mono_and_silence_have_no_channels_to_compare() -> None:
    assert told(voice(6.0)[:1]) == []
    assert told(np.zeros((2, 6 * RATE_HZ), np.float32)) == []


@pytest.mark.parametrize(("offset", "found"), [(0.004, 0), (0.0065, 1), (-0.02, 1), (0.08, 1)])
def test_an_offset_is_found_with_its_sign(offset: float, found: int) -> None:
    sound = voice(24.0)
    sound[1, span(6.5, 17.5)] += offset
    events = run(DcOffsetAnalyser(), sound).events
    assert len(events) == found
    for event in events:
        assert event.channel == 1
        assert event.value == pytest.approx(100 * offset, rel=0.15)
        assert event.from_s == pytest.approx(6.5, abs=0.1)
        assert event.to_s == pytest.approx(17.5, abs=0.1)


def test_speech_and_low_tones_have_no_offset() -> None:
    assert run(DcOffsetAnalyser(), voice(20.0)).events == ()
    assert run(DcOffsetAnalyser(), tone(20.0, 20.0, -12.0)).events == ()
    sound = voice(10.0)
    sound[:, span(4.0, 5.5)] += 0.02  # shorter than two seconds
    assert run(DcOffsetAnalyser(), sound).events == ()
