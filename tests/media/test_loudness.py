"""Loudness against the EBU's minimum requirements: Tech 3341 v4 and Tech 3342, signals made here by their recipe."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from app.media.analyse import analyse
from app.media.analysers.base import Outcome
from app.media.analysers.loudness import LoudnessAnalyser
from app.media.views import SoundBlock

RATE_HZ = 48_000
Signal = NDArray[np.float64]


def tone(*parts: tuple[float, float | None]) -> Signal:
    """Return a 1 kHz sine whose phase runs through: pairs of seconds and peak level in dBFS, None for silence."""
    counts = [round(seconds * RATE_HZ) for seconds, _ in parts]
    gains = [0.0 if level is None else 10 ** (level / 20) for _, level in parts]
    phase = 2 * np.pi * 1000 * np.arange(sum(counts)) / RATE_HZ
    return np.repeat(gains, counts) * np.sin(phase)


def measure(signal: Signal, *, channels: int = 2, block: int = 24_000) -> Outcome:
    """Measure one signal on all channels."""
    return measure_channels(np.tile(signal, (channels, 1)), "stereo" if channels == 2 else "mono", block=block)


def measure_channels(signals: Signal, layout: str, *, block: int = 24_000) -> Outcome:
    analyser = LoudnessAnalyser(RATE_HZ, layout)
    for start in range(0, signals.shape[1], block):
        part = signals[:, start : start + block].astype(np.float32)
        analyser.process(SoundBlock(start / RATE_HZ, RATE_HZ, part, None))
    return analyser.finish()


def figure(outcome: Outcome, name: str) -> float:
    value = outcome.figures[name]
    assert isinstance(value, float)
    return value


@pytest.mark.parametrize("level", [-23.0, -33.0])
def test_3341_cases_1_and_2_all_three_scales_agree(level: float) -> None:
    outcome = measure(tone((20, level)))
    for name in ("integrated_lufs", "max_momentary_lufs", "max_short_term_lufs"):
        assert figure(outcome, name) == pytest.approx(level, abs=0.1)


@pytest.mark.parametrize(
    "parts",
    [
        [(10, -36), (60, -23), (10, -36)],
        [(10, -72), (10, -36), (60, -23), (10, -36), (10, -72)],
        [(20, -26), (20.1, -20), (20, -26)],
    ],
    ids=["case 3", "case 4", "case 5"],
)
def test_3341_cases_3_to_5_gate_what_is_no_programme(parts: list[tuple[float, float]]) -> None:
    assert figure(measure(tone(*parts)), "integrated_lufs") == pytest.approx(-23.0, abs=0.1)


def test_3341_case_6_weighs_the_channels_of_surround_sound() -> None:
    levels = {"FL": -28.0, "FR": -28.0, "FC": -24.0, "BL": -30.0, "BR": -30.0}
    signals = np.stack([tone((20, level)) for level in levels.values()])
    assert figure(measure_channels(signals, "5.0"), "integrated_lufs") == pytest.approx(-23.0, abs=0.1)


def test_3341_case_9_short_term_stays_level_from_the_third_second_on() -> None:
    outcome = measure(tone(*[(1.34, -20), (1.66, -30)] * 5))
    curve = outcome.series["short_term_lufs"][3:15]
    assert len(curve) == 12
    assert all(value == pytest.approx(-23.0, abs=0.1) for value in curve)


@pytest.mark.parametrize("number", range(20))
def test_3341_case_10_short_term_catches_three_seconds_wherever_they_start(number: int) -> None:
    outcome = measure(tone((0.15 * number, None), (3, -23), (1, None)))
    assert figure(outcome, "max_short_term_lufs") == pytest.approx(-23.0, abs=0.1)


def test_3341_case_12_momentary_stays_level_from_the_first_second_on() -> None:
    outcome = measure(tone(*[(0.18, -20), (0.22, -30)] * 25))
    curve = outcome.series["momentary_lufs"][1:10]
    assert len(curve) == 9
    assert all(value == pytest.approx(-23.0, abs=0.1) for value in curve)


@pytest.mark.parametrize("number", range(20))
def test_3341_case_13_momentary_catches_400_ms_wherever_they_start(number: int) -> None:
    outcome = measure(tone((0.02 * number, None), (0.4, -23), (1, None)))
    assert figure(outcome, "max_momentary_lufs") == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize(
    ("divisor", "phase_deg", "amplitude", "expected_dbtp"),
    [
        pytest.param(4, 0.0, 0.50, -6.0, id="case 15"),
        pytest.param(4, 45.0, 0.50, -6.0, id="case 16"),
        pytest.param(6, 60.0, 0.50, -6.0, id="case 17"),
        pytest.param(8, 67.5, 0.50, -6.0, id="case 18"),
        pytest.param(4, 45.0, 1.41, 3.0, id="case 19"),
    ],
)
def test_3341_cases_15_to_19_find_the_peak_between_the_samples(
    tmp_path: Path, divisor: int, phase_deg: float, amplitude: float, expected_dbtp: float
) -> None:
    places = np.arange(RATE_HZ)
    signal = amplitude * np.sin(2 * np.pi * places / divisor + np.radians(phase_deg))
    fade = np.linspace(0.0, 1.0, RATE_HZ // 100)
    signal[: fade.size] *= fade
    signal[-fade.size :] *= fade[::-1]
    path = tmp_path / "peak.wav"
    soundfile.write(path, np.stack([signal, signal], axis=1), RATE_HZ, subtype="FLOAT")
    audio = analyse(path).audio
    assert audio is not None
    assert audio.true_peak_dbtp is not None
    assert expected_dbtp - 0.4 <= audio.true_peak_dbtp <= expected_dbtp + 0.2


@pytest.mark.parametrize(
    ("levels", "expected_lu"),
    [([-20, -30], 10), ([-20, -15], 5), ([-40, -20], 20), ([-50, -35, -20, -35, -50], 15)],
)
def test_3342_loudness_range(levels: list[float], expected_lu: float) -> None:
    outcome = measure(tone(*[(20, level) for level in levels]))
    assert figure(outcome, "loudness_range_lu") == pytest.approx(expected_lu, abs=1.0)


def test_one_channel_counts_as_one() -> None:
    # two equal channels are 10·lg 2 = 3.01 LU louder than one
    assert figure(measure(tone((5, -23)), channels=1), "integrated_lufs") == pytest.approx(-26.01, abs=0.1)


def test_the_size_of_the_blocks_changes_nothing() -> None:
    signal = tone((0.7, -30), (2.5, -20), (1.1, None), (1.0, -26))
    whole, pieces = measure(signal, block=signal.size), measure(signal, block=1_009)
    assert whole.figures == pieces.figures
    assert whole.series == pieces.series


def test_the_sample_rate_changes_nothing() -> None:
    rate_hz = 44_100
    signal = 10 ** (-23 / 20) * np.sin(2 * np.pi * 1000 * np.arange(20 * rate_hz) / rate_hz)
    analyser = LoudnessAnalyser(rate_hz, "stereo")
    analyser.process(SoundBlock(0.0, rate_hz, np.tile(signal, (2, 1)).astype(np.float32), None))
    outcome = analyser.finish()
    for name in ("integrated_lufs", "max_momentary_lufs", "max_short_term_lufs"):
        assert figure(outcome, name) == pytest.approx(-23.0, abs=0.1)


def test_silence_and_sound_too_short_for_a_window_have_no_loudness() -> None:
    silent = measure(tone((5, None)))
    assert set(silent.figures.values()) == {None}
    short = measure(tone((1, -23)))
    assert short.figures["max_short_term_lufs"] is None
    assert figure(short, "max_momentary_lufs") == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize("rate_hz", [8_000, 44_100, 96_000, 192_000])
def test_the_peak_between_the_samples_is_found_at_any_rate(rate_hz: int) -> None:
    # a sixth of the rate, sampled 30 degrees beside its crests: the samples reach cos 30° = 0.866 of the amplitude
    phases = 2 * np.pi * np.arange(rate_hz) / 6 + np.radians(60.0)
    fade = np.minimum(1.0, np.minimum(np.arange(rate_hz), np.arange(rate_hz)[::-1]) / (rate_hz / 10))
    analyser = LoudnessAnalyser(rate_hz, "mono")
    analyser.process(SoundBlock(0.0, rate_hz, (0.5 * fade * np.sin(phases))[np.newaxis].astype(np.float32), None))
    # read at 192 kHz or more; where that is the rate itself, BS.1770 reads the samples alone
    expected_dbtp = 20 * np.log10(0.5 * (1.0 if rate_hz < 192_000 else np.cos(np.radians(30.0))))
    assert figure(analyser.finish(), "true_peak_dbtp") == pytest.approx(expected_dbtp, abs=0.2)


@pytest.mark.parametrize("place", [0, 1, 2_380, 2_400, 23_985, 24_000, 70_000])
def test_the_peak_between_the_samples_is_found_wherever_it_lies(place: int) -> None:
    # an eighth of a second at a quarter of the rate: every sample is at 0.71 of the amplitude, 0.42, below those at 0.5
    burst = 0.6 * np.sin(np.pi * np.arange(6_000) / 2 + np.pi / 4)
    signal = np.where(np.arange(96_000) % 500, 0.0, 0.5) * (np.arange(96_000) > 80_000)
    signal[place : place + burst.size] = burst
    assert figure(measure(signal), "true_peak_dbtp") == pytest.approx(20 * np.log10(0.6), abs=0.6)
