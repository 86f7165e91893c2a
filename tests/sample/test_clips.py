"""The synthetic recordings of the demo: one that meets the regulation, one with faults at known times."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.media.analyse import analyse
from app.sample.clips import CLEAN, FAULTY, ClipSpec, make_clip, speech_like


def test_the_clean_clip_meets_the_limits_for_an_upload(tmp_path: Path) -> None:
    path = tmp_path / "clean.mp4"
    make_clip(path, CLEAN)
    report = analyse(path)
    assert report.error is None
    assert report.events == ()
    video, audio = report.video, report.audio
    assert video is not None
    assert audio is not None
    assert (video.width, video.height, video.fps, video.vfr, video.scan) == (1920, 1080, 25.0, False, "progressive")
    assert (video.bitrate_bps or 0) >= 8_000_000  # 9.1.4
    assert (audio.sample_rate_hz, audio.channels) == (48_000, 2)  # 9.2.1, 9.2.3
    assert audio.integrated_lufs == pytest.approx(-18.0, abs=0.5)
    assert (audio.true_peak_dbtp or 0.0) <= -1.0


def test_the_faulty_clip_has_its_faults_where_they_were_planted(tmp_path: Path) -> None:
    path = tmp_path / "faulty.mp4"
    make_clip(path, FAULTY)
    report = analyse(path)
    # Black picture begins and ends with a cut; a cut is no fault.
    assert [event.from_s for event in report.events if event.kind == "shot_change"] == pytest.approx(FAULTY.black[0])
    faults = [event for event in report.events if event.kind != "shot_change"]
    found: list[Any] = [(event.kind, event.channel, event.from_s, event.to_s) for event in faults]
    planted = [
        ("black", None, *FAULTY.black[0]),
        ("silence", None, *FAULTY.silence[0]),
        ("clipping", 0, *FAULTY.clipping[0]),
        ("clipping", 1, *FAULTY.clipping[0]),
    ]
    assert sorted(found, key=str) == [
        (kind, channel, pytest.approx(from_s, abs=0.05), pytest.approx(to_s, abs=0.05))
        for kind, channel, from_s, to_s in sorted(planted, key=str)
    ]
    assert report.video is not None
    assert (report.video.bitrate_bps or 0) >= 8_000_000  # black frames do not lower it


def test_sound_alone_for_the_recorder(tmp_path: Path) -> None:
    path = tmp_path / "recorder.wav"
    make_clip(path, ClipSpec(duration_s=3.0, video_codec=None, audio_codec="pcm_s24le"))
    report = analyse(path)
    assert report.video is None
    assert report.audio is not None
    assert (report.audio.codec, report.audio.effective_bit_depth) == ("pcm_s24le", 24)
    assert report.audio.duration_s == pytest.approx(3.0)


def test_the_same_spec_gives_the_same_sound_and_another_seed_another() -> None:
    spec = ClipSpec(duration_s=1.0)
    assert np.array_equal(speech_like(spec), speech_like(spec))
    assert not np.array_equal(speech_like(spec), speech_like(replace(spec, seed=9)))
