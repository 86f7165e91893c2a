"""Recordings that are no good: one clear error each, or a report of what could be measured."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.media.analyse import analyse
from app.media.progress import Progress, ProgressMeter
from app.model.errors import MediaError
from app.model.texts import Lang
from app.sample.clips import ClipSpec, make_clip
from app.storage.texts_file import load_texts

Make = Callable[..., Path]
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")


def code_of(path: Path, sound_path: Path | None = None) -> str:
    """Return the code of the error that a recording raises; its text must fill in every language."""
    with pytest.raises(MediaError) as raised:
        analyse(path, sound_path=sound_path)
    for lang in Lang:
        for part in ("cause", "remedy"):
            assert load_texts().get(f"errors.{raised.value.code}.{part}", lang, **raised.value.params)
    return raised.value.code


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_missing_recording(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.mp4") == "media_missing"


def test_a_folder_is_no_recording(tmp_path: Path) -> None:
    assert code_of(tmp_path) in ("media_not_a_recording", "media_no_access")


def test_zero_bytes(tmp_path: Path) -> None:
    assert code_of(write(tmp_path / "empty.mp4", b"")) == "media_empty"


@pytest.mark.parametrize(
    "content",
    [
        "Дәрістің мәтіні\n".encode() * 200,
        b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * 50,
        b"PK\x03\x04" + bytes(2_000),
        random.Random(4).randbytes(50_000),
        bytes(50_000),
        b"\x00",
    ],
    ids=["text", "pdf", "zip", "noise", "zeros", "one byte"],
)
@pytest.mark.parametrize("ending", [".mp4", ".mov", ".wav"])
def test_another_file_under_the_name_of_a_recording(tmp_path: Path, content: bytes, ending: str) -> None:
    code = code_of(write(tmp_path / f"lecture{ending}", content))
    assert code in ("media_not_a_recording", "media_unreadable", "media_truncated")
    if content.startswith("Д".encode()):
        assert code == "media_not_a_recording"


def test_subtitles_hold_neither_picture_nor_sound(tmp_path: Path) -> None:
    content = b"1\n00:00:01,000 --> 00:00:02,000\nhello\n"
    assert code_of(write(tmp_path / "lecture.mp4", content)) == "media_no_streams"


def test_a_recording_without_its_end_and_index(tmp_path: Path, small_clip: Path) -> None:
    content = small_clip.read_bytes()
    assert code_of(write(tmp_path / "cut.mp4", content[: len(content) // 2])) == "media_truncated"


@needs_ffmpeg
@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_a_recording_that_ends_early_is_measured_as_far_as_it_goes(ffmpeg: Make, tmp_path: Path, ending: str) -> None:
    long = tmp_path / "long.mp4"
    make_clip(long, ClipSpec(duration_s=6.0, width=320, height=180, bitrate_bps=500_000))
    whole = ffmpeg(f"indexed.{ending}", "-i", str(long), "-c", "copy", "-movflags", "+faststart")
    content = whole.read_bytes()
    report = analyse(write(tmp_path / f"cut.{ending}", content[: len(content) // 2]))
    assert report.error == "media_truncated"
    assert report.video is not None
    assert report.video.codec == "h264"
    assert 50 <= (report.video.frames or 0) <= 100
    assert report.audio is not None
    assert report.audio.integrated_lufs is not None


def test_damage_in_the_middle_is_told_and_the_rest_is_measured(tmp_path: Path, small_clip: Path) -> None:
    content = bytearray(small_clip.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = random.Random(1).randbytes(20_000)
    report = analyse(write(tmp_path / "damaged.mp4", bytes(content)))
    assert report.error == "media_damaged"
    assert report.video is not None
    assert (report.video.frames or 0) > 20
    assert (report.video.damaged_frames or 0) > 0


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bits_end_in_a_report_or_in_one_clear_error(tmp_path: Path, small_clip: Path, seed: int) -> None:
    content = bytearray(small_clip.read_bytes())
    chance = random.Random(seed)
    for _ in range(10 ** (1 + seed % 4)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path = write(tmp_path / "flipped.mp4", bytes(content))
    code, measured = "", False
    try:
        report = analyse(path)
        measured = report.video is not None or report.audio is not None
    except MediaError as error:
        code = error.code
    assert measured or code.startswith("media_")


@needs_ffmpeg
def test_an_encrypted_recording(ffmpeg: Make, small_clip: Path) -> None:
    path = ffmpeg(
        "encrypted.mp4",
        *("-i", str(small_clip), "-c", "copy", "-encryption_scheme", "cenc-aes-ctr"),
        *("-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb"),
        *("-encryption_kid", "a7e61c373e219033c21091fa607bf3b8"),
    )
    assert code_of(path) == "media_encrypted"


@needs_ffmpeg
def test_a_photo_is_no_recording(ffmpeg: Make) -> None:
    source = ("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=1:duration=1", "-frames:v", "1")
    for name in ("photo.png", "photo.jpg"):
        assert code_of(ffmpeg(name, *source)) == "media_not_a_recording"


def test_a_wav_whose_recorder_lost_power_is_measured_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = tmp_path / "whole.wav"
    soundfile.write(whole, 0.1 * np.sin(np.arange(96_000) / 7.0), 48_000, subtype="PCM_24")
    content = whole.read_bytes()
    report = analyse(write(tmp_path / "cut.wav", content[: len(content) // 2]))
    assert report.error == "media_truncated"
    assert report.audio is not None
    assert report.audio.duration_s == pytest.approx(1.0, abs=0.01)


def test_a_wav_of_the_header_alone(tmp_path: Path) -> None:
    whole = tmp_path / "whole.wav"
    soundfile.write(whole, np.zeros(10), 48_000, subtype="PCM_16")
    assert code_of(write(tmp_path / "head.wav", whole.read_bytes()[:44])) == "media_truncated"


def test_a_recorder_file_without_sound(tmp_path: Path, small_clip: Path) -> None:
    mute = tmp_path / "mute.mp4"
    make_clip(mute, ClipSpec(duration_s=1.0, width=320, height=180, audio_codec=None))
    assert code_of(small_clip, sound_path=mute) == "media_no_sound"
    assert code_of(small_clip, sound_path=tmp_path / "none.wav") == "media_missing"


def test_kazakh_letters_and_blanks_in_the_path(tmp_path: Path, small_clip: Path) -> None:
    folder = tmp_path / "Әріптер мен Ғылым ңқүұөһі"
    folder.mkdir()
    path = folder / "1-дәріс: кіріспе (соңғы) 100%.mp4"
    shutil.copy(small_clip, path)
    report = analyse(path)
    assert report.error is None
    assert report.path == str(path)
    sound = folder / "дыбыс жазбасы.wav"
    soundfile.write(sound, np.zeros((4_800, 2)), 48_000, subtype="PCM_24")
    assert analyse(sound).audio is not None


def test_a_recording_that_changes_while_it_is_read(tmp_path: Path, small_clip: Path) -> None:
    path = tmp_path / "growing.mp4"
    shutil.copy(small_clip, path)

    def grow(_: Progress) -> None:
        with path.open("ab") as file:
            file.write(b"more")

    assert analyse(path, progress=grow).error == "media_changed"


def test_cancelling_ends_the_analysis(small_clip: Path) -> None:
    with pytest.raises(MediaError, match="media_cancelled"):
        analyse(small_clip, cancelled=lambda: True)


def test_progress_tells_position_frames_and_time_left() -> None:
    told: list[Progress] = []
    now_s = [0.0]
    meter = ProgressMeter("a.mp4", told.append, lambda: False, clock=lambda: now_s[0])
    meter.total_s = 60.0
    for step in range(1, 101):
        now_s[0] = step * 0.05
        meter.tick(done_s=step * 0.3, frames=step)
    # five seconds at about five a second
    assert 20 <= len(told) <= 26
    last = told[-1]
    # six times as fast as real time
    assert last.eta_s == pytest.approx((60.0 - last.done_s) / 6.0, abs=0.1)
    assert last.frames == pytest.approx(last.done_s / 0.3)


def test_every_error_code_of_this_room_has_its_text() -> None:
    room = Path(__file__).resolve().parents[2] / "app" / "media"
    source = "".join(path.read_text(encoding="utf-8") for path in room.rglob("*.py"))
    for code in set(re.findall(r"\"(media_[a-z_]+)\"", source)):
        for part in ("cause", "remedy"):
            assert load_texts().entry(f"errors.{code}.{part}").kk
