"""Every kind of fault that an analyser tells is found where it was planted; beside it nothing is told.

`scripts/recording_table.py` does the same at all strengths in all forms.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from app.media.analyse import analyse
from app.model.recording import RecordingReport
from tests.media.ground_truth import AAC, FAULTS, H264, H264_10, WAV, Clip, Extent, Form, Plant, frames, write_clip
from tests.media.truth_match import false_events, found, tolerance_s
from tests.media.truth_picture import PICTURE_FAULTS
from tests.media.truth_plans import registered_kinds, together
from tests.media.truth_sound import SOUND_FAULTS
from tests.media.truth_speech import LOUDNESS_LUFS, speech

SMALL = replace(H264, ending=".mkv", audio_codec="pcm_s16le", width=480, height=270, bitrate_bps=1_500_000)
"""Its sound is none that takes an encoder longer than the picture does; AAC has forms of its own below."""

CLIPS: dict[str, tuple[Form, tuple[str, ...]]] = {
    "light": (SMALL, ("black", "overexposed", "underexposed", "illegal_range")),
    "colour": (replace(SMALL, bitrate_bps=2_500_000), ("uneven_light", "colour_cast", "chroma_key")),
    "time": (SMALL, ("freeze", "duplicate_frames", "dropped_frames", "flash", "flicker")),
    "structure": (SMALL, ("blurred", "blocky", "stripe", "border", "interlaced")),
    "size": (replace(SMALL, width=1920, height=1080, bitrate_bps=10_000_000), ("upscaled",)),
    "level": (WAV, ("silence", "clipping", "click", "audio_gap", "dc_offset")),
    "noise": (WAV, ("hum", "noise")),
    "channels": (WAV, ("dead_channel", "out_of_phase", "imbalance")),
    "mono": (WAV, ("dual_mono",)),
    "length": (AAC, ("av_length_mismatch",)),
    "start": (AAC, ("av_start_offset",)),
}
KINDS = [(name, kind) for name, (_, kinds) in CLIPS.items() for kind in kinds]

Measured = Callable[[str], tuple[Clip, RecordingReport]]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """Return a function that makes and measures the clip of a name, once."""
    folder = tmp_path_factory.mktemp("truth")

    @cache
    def measure(name: str) -> tuple[Clip, RecordingReport]:
        form, kinds = CLIPS[name]
        clip = _clip(kinds, form, list(CLIPS).index(name))
        path = folder / f"{name}{form.ending}"
        write_clip(path, clip)
        return clip, analyse(path)

    return measure


def _clip(kinds: tuple[str, ...], form: Form, seed: int) -> Clip:
    if FAULTS[kinds[0]].extent is Extent.FILE:
        long_s = 3.2 if kinds[0] == "upscaled" else 6.0
        return Clip(form, long_s, (Plant(kinds[0], 0.0, long_s, FAULTS[kinds[0]].strengths[-1]),), seed=seed)
    return together(kinds, form, seed)


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_strong_fault_is_found(measured: Measured, name: str, kind: str) -> None:
    clip, report = measured(name)
    for plant in clip.planted(kind):
        result = found(clip, plant, report.events)
        assert result.exact, [event for event in report.events if event.kind == kind] or "not found"


@pytest.mark.parametrize("name", CLIPS)
def test_nothing_else_is_told(measured: Measured, name: str) -> None:
    clip, report = measured(name)
    assert report.error is None
    assert list(false_events(clip, report.events)) == []


def test_an_analyser_tells_every_kind() -> None:
    assert registered_kinds() == set(FAULTS)


def test_every_kind_of_the_contract_has_a_fault_or_is_a_cut() -> None:
    files = {"av_length_mismatch", "av_start_offset"}
    assert set(PICTURE_FAULTS) | set(SOUND_FAULTS) | files | {"shot_change"} == set(FAULTS)
    assert {kind for _, kind in KINDS} | {"shot_change"} == set(FAULTS)


def test_a_fault_changes_the_frames_of_its_span_and_no_others() -> None:
    form = replace(H264_10, width=96, height=64)
    clean = list(frames(Clip(form, 1.0)))
    for kind in sorted(set(PICTURE_FAULTS) - {"dropped_frames"}):
        planted = list(frames(Clip(form, 1.0, (Plant(kind, 0.4, 0.8, FAULTS[kind].strengths[-1]),))))
        differing = {
            number
            for number, (one, other) in enumerate(zip(clean, planted, strict=True))
            if not (np.array_equal(one.y, other.y) and np.array_equal(one.u, other.u))
        }
        assert differing, kind
        assert differing <= set(range(12, 24)), kind  # 0.4 s is the frame 11.99 at 29.97 a second


def test_ten_bit_clips_use_all_ten_bits() -> None:
    (frame,) = list(frames(Clip(replace(H264_10, width=96, height=64), 1 / 29.97)))
    assert {int(value) % 4 for value in np.unique(frame.y)} == {0, 1, 2, 3}


def test_a_fault_changes_the_samples_of_its_span_and_no_others() -> None:
    clean = speech(2.0, 3)
    for kind, alter in SOUND_FAULTS.items():
        sound = clean.copy()
        alter(sound, slice(48_000, 72_000), FAULTS[kind].strengths[-1])
        changed = np.flatnonzero((sound != clean).any(axis=0))
        assert changed.size, kind
        assert changed[0] >= 48_000, kind
        assert changed[-1] < 72_000, kind


def test_clean_speech_is_as_loud_as_it_says_and_far_from_full_scale(tmp_path: Path) -> None:
    write_clip(tmp_path / "clean.wav", Clip(WAV, 20.0, seed=4))
    audio = analyse(tmp_path / "clean.wav").audio
    assert audio is not None
    assert audio.integrated_lufs == pytest.approx(LOUDNESS_LUFS, abs=0.2)
    assert audio.true_peak_dbtp is not None
    assert audio.true_peak_dbtp < -2.0


def test_the_tolerance_is_two_frames_or_fifty_milliseconds() -> None:
    assert tolerance_s(Clip(H264, 1.0), "black") == pytest.approx(0.08, abs=0.001)
    assert tolerance_s(Clip(H264, 1.0), "hum") == pytest.approx(0.05, abs=0.001)
