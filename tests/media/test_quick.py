"""The quick check: what samples of picture and sound prove, and that it reads little of a long recording."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from app.checks import judge_recording
from app.media.analyse import analyse
from app.media.quick import SAMPLES, SOUND_S
from app.model.finding import Status
from app.model.recording import RecordingRole, Stage
from app.sample.clips import ClipSpec, make_clip
from app.storage.regulation_file import load_regulation

RATE_HZ = 48_000
LENGTH_S = 60.0


def noise(seconds: float) -> NDArray[np.float64]:
    """Return stereo noise at -20 dBFS, shape (samples, 2)."""
    return 0.1 * np.random.default_rng(3).standard_normal((round(seconds * RATE_HZ), 2)).clip(-3.0, 3.0)


def with_clipping(at_s: float) -> NDArray[np.float64]:
    sound = noise(LENGTH_S)
    first = round(at_s * RATE_HZ)
    sound[first : first + 30] = 1.0
    return sound


def statuses(path: Path, stage: Stage = Stage.SOURCE) -> dict[str, Status]:
    report = analyse(path, quick=True)
    assert report.quick
    findings = judge_recording(report, stage, RecordingRole.NONE, load_regulation())
    return {finding.rule: finding.status for finding in findings}


@pytest.mark.parametrize("ending", ["wav", "flac"])
@pytest.mark.parametrize("number", range(SAMPLES))
def test_clipping_inside_a_sample_is_told_where_it_is(tmp_path: Path, ending: str, number: int) -> None:
    at_s = LENGTH_S * number / SAMPLES + SOUND_S / 2
    path = tmp_path / f"clipped.{ending}"
    soundfile.write(path, with_clipping(at_s), RATE_HZ, subtype="PCM_24")
    events = analyse(path, quick=True).events
    assert [event.kind for event in events] == ["clipping", "clipping"]  # one for each channel
    assert all(event.from_s == pytest.approx(at_s, abs=0.01) for event in events)
    assert statuses(path)["Q.clipping"] is Status.WARNING


def test_between_the_samples_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "between.wav"
    soundfile.write(path, with_clipping(LENGTH_S / SAMPLES - 1.0), RATE_HZ, subtype="PCM_24")
    assert analyse(path, quick=True).events == ()
    assert analyse(path).events != ()
    assert statuses(path)["Q.clipping"] is Status.NOT_MEASURED


def test_a_sample_proves_that_all_bits_are_used_and_never_that_they_are_not(tmp_path: Path) -> None:
    real, padded = tmp_path / "real.wav", tmp_path / "padded.wav"
    soundfile.write(real, noise(LENGTH_S), RATE_HZ, subtype="PCM_24")
    steps = np.round(noise(LENGTH_S) * 32_768) / 32_768  # 16 bits in a 24-bit file
    soundfile.write(padded, steps, RATE_HZ, subtype="PCM_24")
    assert statuses(real)["9.2.2"] is Status.PASS
    assert statuses(padded)["9.2.2"] is Status.NOT_MEASURED


def test_loudness_noise_and_spans_are_left_to_the_full_read(tmp_path: Path) -> None:
    path = tmp_path / "quiet.wav"
    soundfile.write(path, np.zeros((round(LENGTH_S) * RATE_HZ, 2)), RATE_HZ, subtype="PCM_24")
    found = statuses(path, Stage.UPLOAD)
    for rule in ("Q.loudness", "Q.true_peak", "Q.silence", "Q.noise", "Q.hum"):
        assert found[rule] is Status.NOT_MEASURED, rule
    report = analyse(path, quick=True)
    assert report.audio is not None
    assert (report.audio.integrated_lufs, report.audio.sample_peak_dbfs, report.series) == (None, None, {})


@pytest.mark.parametrize("seconds", [0.3, 3.0, 9.0])
def test_a_recording_shorter_than_its_samples_is_heard_once(tmp_path: Path, seconds: float) -> None:
    sound = noise(seconds)
    sound[4_800:4_830] = 1.0
    path = tmp_path / "short.wav"
    soundfile.write(path, sound, RATE_HZ, subtype="PCM_24")
    quick, full = analyse(path, quick=True), analyse(path)
    assert quick.events == tuple(event for event in full.events if event.kind == "clipping")


def test_picture_with_sound_is_sampled_through_the_container_as_well(tmp_path: Path) -> None:
    path = tmp_path / "take.mov"
    small = ClipSpec(duration_s=4.0, width=320, height=180)
    make_clip(path, replace(small, video_codec="prores_ks", pixel_format="yuv422p10le", audio_codec="pcm_s24le"))
    report = analyse(path, quick=True)
    assert report.video is not None
    assert report.video.intra_only is True
    assert report.audio is not None
    assert (report.audio.sample_rate_hz, report.audio.bit_depth) == (RATE_HZ, 24)
    assert [scene.time_s for scene in report.thumbnails][:1] == [0.0]
