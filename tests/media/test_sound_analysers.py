"""Silence, clipping, levels and effective depth on signals whose truth is known to the sample."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, SoundAnalyser
from app.media.analysers.bit_depth import BitDepthAnalyser
from app.media.analysers.clipping import ClippingAnalyser
from app.media.analysers.level import LevelAnalyser
from app.media.analysers.silence import SilenceAnalyser
from app.media.sound import make_block

RATE_HZ = 48_000


def run(analyser: SoundAnalyser, samples: NDArray[np.generic], *, block: int = 24_000, channels: int = 1) -> Outcome:
    """Feed interleaved samples in blocks."""
    for start in range(0, samples.size // channels, block):
        part = samples[start * channels : (start + block) * channels]
        analyser.process(make_block(start / RATE_HZ, RATE_HZ, part, channels))
    return analyser.finish()


def sine(seconds: float, hz: float, amplitude: float) -> NDArray[np.float32]:
    return (amplitude * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)).astype(np.float32)


def spans(outcome: Outcome) -> list[Any]:
    return [(event.from_s, event.to_s) for event in outcome.events]


@pytest.mark.parametrize("block", [480, 1_000, 24_000, 500_000])
def test_silence_is_found_to_the_millisecond_whatever_the_blocks(block: int) -> None:
    sound = sine(10.0, 1000, 0.25)
    sound[3 * RATE_HZ : 3 * RATE_HZ + 120_001] = 0.0
    found = spans(run(SilenceAnalyser(), sound, block=block))
    assert found == [(pytest.approx(3.0, abs=0.002), pytest.approx(5.5, abs=0.002))]


def test_a_pause_under_two_seconds_is_no_silence() -> None:
    sound = sine(6.0, 1000, 0.25)
    sound[RATE_HZ : RATE_HZ + int(1.95 * RATE_HZ)] = 0.0
    assert spans(run(SilenceAnalyser(), sound)) == []


def test_silence_at_both_ends_and_of_the_whole_counts() -> None:
    quiet = np.zeros(3 * RATE_HZ, np.float32)
    assert spans(run(SilenceAnalyser(), quiet)) == [(0.0, 3.0)]
    framed = np.concatenate((quiet, sine(1.0, 1000, 0.25), quiet))
    assert spans(run(SilenceAnalyser(), framed)) == [
        (0.0, pytest.approx(3.0, abs=0.001)),
        (pytest.approx(4.0, abs=0.001), 7.0),
    ]


def test_one_channel_that_speaks_breaks_the_silence() -> None:
    both = np.zeros((3 * RATE_HZ, 2), np.float32)
    both[:, 1] = sine(3.0, 1000, 0.25)
    assert spans(run(SilenceAnalyser(), both.reshape(-1), channels=2)) == []


def test_noise_above_minus_60_dbfs_is_no_silence_and_below_it_is() -> None:
    assert spans(run(SilenceAnalyser(), sine(4.0, 12_000, 10 ** (-58 / 20)))) == []
    assert spans(run(SilenceAnalyser(), sine(4.0, 12_000, 10 ** (-62 / 20)))) == [(0.0, 4.0)]


@pytest.mark.parametrize("block", [777, 24_000])
@pytest.mark.parametrize("ceiling", [1.0, 0.92])
def test_overdriven_sound_is_clipped_where_it_was_driven(block: int, ceiling: float) -> None:
    sound = sine(6.0, 220, 0.3)
    driven = slice(2 * RATE_HZ, 4 * RATE_HZ)
    sound[driven] = np.clip(sound[driven] * 8, -ceiling, ceiling)
    outcome = run(ClippingAnalyser(), sound, block=block)
    assert spans(outcome) == [(pytest.approx(2.0, abs=0.05), pytest.approx(4.0, abs=0.05))]
    height = np.abs(sound)
    # beside the flat samples, one before or after may differ from them by less than a thousandth
    assert outcome.figures["clipped_samples"] == pytest.approx(int((height == height.max()).sum()), rel=0.01)


def test_clipping_names_the_channel() -> None:
    both = np.zeros((RATE_HZ, 2), np.float32)
    both[:, 0] = sine(1.0, 440, 0.5)
    both[:, 1] = np.clip(sine(1.0, 440, 2.0), -1.0, 1.0)
    events = run(ClippingAnalyser(), both.reshape(-1), channels=2).events
    assert [event.channel for event in events] == [1]


def test_sixteen_bit_samples_stuck_at_full_scale_are_clipped() -> None:
    sound = (sine(1.0, 440, 0.5) * 32767).astype(np.int16)
    sound[10_000:10_003] = 32767
    outcome = run(ClippingAnalyser(), sound)
    assert outcome.figures["clipped_samples"] == 3
    assert spans(outcome) == [(pytest.approx(10_000 / RATE_HZ, abs=1e-4), pytest.approx(10_003 / RATE_HZ, abs=1e-4))]


@pytest.mark.parametrize("hz", [30, 100, 440, 3_000, 12_000, 23_000])
@pytest.mark.parametrize("amplitude", [0.5, 0.9, 0.999])
def test_a_loud_clean_tone_is_not_clipped(hz: float, amplitude: float) -> None:
    outcome = run(ClippingAnalyser(), sine(1.0, hz, amplitude))
    assert outcome.figures["clipped_samples"] == 0
    assert outcome.events == ()


def test_sound_clipped_throughout_an_hour_makes_few_events() -> None:
    one_second = sine(1.0, 220, 0.3)
    one_second[: RATE_HZ // 4] = np.clip(one_second[: RATE_HZ // 4] * 8, -1.0, 1.0)
    analyser = ClippingAnalyser()
    for second in range(1_500):
        analyser.process(make_block(float(second), RATE_HZ, one_second, 1))
    events = analyser.finish().events
    assert 1 <= len(events) <= 500
    assert events[0].from_s == pytest.approx(0.0, abs=0.05)
    assert events[-1].to_s == pytest.approx(1_499.25, abs=0.05)


def test_levels_per_second_and_the_highest() -> None:
    sound = np.concatenate((sine(1.0, 1000, 0.5), sine(1.0, 1000, 0.25), np.zeros(RATE_HZ // 2, np.float32)))
    outcome = run(LevelAnalyser(), sound, block=7_001)
    curve: Any = outcome.series["peak_dbfs"]
    assert curve == (
        pytest.approx(-6.02, abs=0.01),
        pytest.approx(-12.04, abs=0.01),
        pytest.approx(-120.0),
    )
    assert outcome.figures["sample_peak_dbfs"] == pytest.approx(-6.02, abs=0.01)


@settings(max_examples=60, deadline=None)
@given(
    depth=st.integers(2, 24),
    seed=st.integers(0, 1_000),
    dtype=st.sampled_from([np.int32, np.float32]),
)
def test_effective_depth_is_what_was_quantised(depth: int, seed: int, dtype: type[np.generic]) -> None:
    levels = np.random.default_rng(seed).integers(-(2 ** (depth - 1)), 2 ** (depth - 1), 2_000)
    levels[0] |= 1  # one sample that needs the lowest bit
    ints = (levels << (32 - depth)).astype(np.int32)
    samples = ints if dtype is np.int32 else (ints / 2.0**31).astype(np.float32)
    assert run(BitDepthAnalyser(), samples, block=500).figures["effective_bit_depth"] == depth


def test_one_real_24_bit_sample_is_enough_and_silence_says_nothing() -> None:
    padded = np.arange(-500, 500, dtype=np.int32) << 16
    assert run(BitDepthAnalyser(), padded).figures["effective_bit_depth"] == 16
    padded[700] |= 1 << 8
    assert run(BitDepthAnalyser(), padded).figures["effective_bit_depth"] == 24
    assert run(BitDepthAnalyser(), np.zeros(1000, np.int32)).figures == {}


def test_eight_bit_sound_counts_from_its_middle() -> None:
    silence = np.full(1000, 128, np.uint8)
    assert run(BitDepthAnalyser(), silence).figures == {}
    assert run(BitDepthAnalyser(), np.arange(256, dtype=np.uint8)).figures["effective_bit_depth"] == 8
    assert run(LevelAnalyser(), silence).figures["sample_peak_dbfs"] is None


def test_float_sound_finer_than_24_bits_uses_all_of_it() -> None:
    assert run(BitDepthAnalyser(), sine(0.1, 997, 0.001)).figures["effective_bit_depth"] == 32
