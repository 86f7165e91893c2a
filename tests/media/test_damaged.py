"""Recordings that chance has damaged, and those that are odd without being broken: a report or one clear error each."""

import random
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.media.analyse import analyse
from app.media.child import Request, analyse_in_child
from app.media.progress import Progress
from app.model.errors import MediaError
from app.model.recording import RecordingReport
from app.sample.clips import ClipSpec, make_clip
from tests.media.damage import STALL_S, WAYS, damaged_files, make_sources, measure_all

SMALL = ClipSpec(duration_s=2.0, width=320, height=180, bitrate_bps=500_000)


def measured(path: Path) -> RecordingReport | str:
    """Return the report, or the code of the error."""
    try:
        return analyse(path)
    except MediaError as error:
        return error.code


def test_recordings_damaged_at_random_never_break_the_program(tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    folder.mkdir()
    made = damaged_files(folder, make_sources(tmp_path), files=12, seed=4)
    results = list(measure_all(made, jobs=2))
    assert len(results) == 12
    for result in results:
        assert result.outcome.startswith(("measured", "report: media_", "error: media_")), result
        assert "media_stalled" not in result.outcome, result


@pytest.mark.parametrize("way", dict.fromkeys(WAYS))
def test_damage_is_the_same_for_the_same_seed_and_changes_the_file(
    way: Callable[[bytearray, random.Random], None],
) -> None:
    whole = random.Random(1).randbytes(5_000)
    ends = []
    for _ in range(2):
        content = bytearray(whole)
        way(content, random.Random(9))
        ends.append(bytes(content))
    assert ends[0] == ends[1] != whole


def test_an_index_that_points_elsewhere(tmp_path: Path) -> None:
    whole = tmp_path / "whole.mp4"
    make_clip(whole, SMALL)
    content = bytearray(whole.read_bytes())
    place = content.index(b"stco") + 12
    while content[place : place + 4].strip(b"\0"):  # every chunk of the first track 5 kB too far
        offset = int.from_bytes(content[place : place + 4], "big")
        if offset > len(content):
            break
        content[place : place + 4] = (offset + 5_000).to_bytes(4, "big")
        place += 4
    path = tmp_path / "index.mp4"
    path.write_bytes(content)
    outcome = measured(path)
    code = outcome if isinstance(outcome, str) else outcome.error
    assert code in ("media_damaged", "media_truncated", "media_unreadable")


@pytest.mark.parametrize("ending", ["mp4", "mkv", "mov", "avi"])
def test_a_file_of_one_frame(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"one.{ending}"
    make_clip(path, replace(SMALL, duration_s=0.04, audio_codec=None))
    report = analyse(path)
    assert report.video is not None
    assert (report.video.frames, report.video.width, report.error) == (1, 320, None)
    assert report.video.vfr in (None, False)


def test_a_phone_video_that_stands_on_its_side(tmp_path: Path) -> None:
    lying, turned = tmp_path / "lying.mp4", tmp_path / "turned.mp4"
    make_clip(lying, replace(SMALL, audio_codec=None))
    content = bytearray(lying.read_bytes())
    unity = b"".join(value.to_bytes(4, "big") for value in (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000))
    quarter = b"".join(
        value.to_bytes(4, "big", signed=True) for value in (0, 0x10000, 0, -0x10000, 0, 0, 180 << 16, 0, 0x40000000)
    )
    place = content.index(unity, content.index(b"tkhd"))
    content[place : place + len(unity)] = quarter
    turned.write_bytes(content)
    video = analyse(turned).video
    assert video is not None
    assert video.rotation_deg in (90, 270)
    assert (video.width, video.height, video.frames) == (180, 320, 50)


def test_a_stream_without_any_time_stamps(tmp_path: Path) -> None:
    path = tmp_path / "raw.h264"
    make_clip(path, replace(SMALL, audio_codec=None))
    report = analyse(path)
    assert report.video is not None
    assert report.video.frames == 50
    assert report.video.fps == pytest.approx(25.0)
    assert report.video.duration_s == pytest.approx(2.0, abs=0.05)


def test_a_recording_that_grows_while_it_is_read(tmp_path: Path) -> None:
    whole, path = tmp_path / "whole.mkv", tmp_path / "growing.mkv"
    make_clip(whole, replace(SMALL, duration_s=6.0))
    content = whole.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    rest = iter([content[len(content) // 2 :]])

    def grow(_: Progress) -> None:
        if more := next(rest, b""):
            with path.open("ab") as file:
                file.write(more)

    report = analyse(path, progress=grow)
    assert report.error == "media_changed"
    assert report.video is not None
    assert (report.video.frames or 0) > 20


def test_a_recorder_that_still_writes(tmp_path: Path) -> None:
    """Another process appends as fast as it is read; the child comes to an end all the same."""
    whole, path = tmp_path / "whole.ts", tmp_path / "live.ts"
    make_clip(whole, replace(SMALL, video_codec="mpeg2video"))
    content = whole.read_bytes()
    path.write_bytes(content)
    ended = threading.Event()

    def write() -> None:
        for _ in range(40):
            if ended.wait(0.05):
                return
            with path.open("ab") as file:
                file.write(content[:20_000])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        report = analyse_in_child(Request(path), stall_s=STALL_S)
    finally:
        ended.set()
        writer.join()
    assert report.video is not None
    assert (report.video.frames or 0) >= 50


def test_twelve_sound_tracks(tmp_path: Path) -> None:
    path = tmp_path / "tracks.mkv"
    with av.open(str(path), "w") as container:
        tracks = [container.add_stream("pcm_s16le", rate=48_000, layout="mono") for _ in range(12)]
        for number, track in enumerate(tracks):
            tone = (2_000.0 * np.sin(np.arange(48_000) * (0.05 + 0.01 * number))).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(tone.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = 48_000, 0, Fraction(1, 48_000)
            container.mux(track.encode(frame))
        for track in tracks:
            container.mux(track.encode(None))
    report = analyse(path)
    assert (report.container.audio_tracks, report.container.video_tracks, report.error) == (12, 0, None)
    assert report.audio is not None
    assert report.audio.channels == 1
    assert report.audio.duration_s == pytest.approx(1.0, abs=0.01)


def test_a_picture_of_8k(tmp_path: Path) -> None:
    path = tmp_path / "huge.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"preset": "ultrafast", "crf": "40"})
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 7680, 4320, "yuv420p"
        frame = VideoFrame.from_ndarray(np.full((4320 * 3 // 2, 7680), 128, np.uint8), format="yuv420p")
        frame.pts, frame.time_base = 0, Fraction(1, 25)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    report = analyse(path)
    assert report.video is not None
    assert (report.video.width, report.video.height, report.video.frames, report.error) == (7680, 4320, 1, None)


def test_a_picture_that_changes_its_size_on_the_way(tmp_path: Path) -> None:
    """As a stream does that was recorded while the sender changed its settings."""
    parts = []
    for number, (width, height) in enumerate(((320, 180), (640, 360))):
        part = tmp_path / f"part{number}.ts"
        make_clip(part, replace(SMALL, width=width, height=height, audio_codec=None))
        parts.append(part.read_bytes())
    path = tmp_path / "changing.ts"
    path.write_bytes(b"".join(parts))
    report = analyse(path)
    assert report.video is not None
    assert (report.video.width, report.video.height) == (320, 180)
    assert report.video.frames == 100


def test_a_path_that_the_drive_no_longer_has(tmp_path: Path) -> None:
    path = tmp_path / "stick" / "take.mp4"
    path.parent.mkdir()
    make_clip(path, SMALL)

    def unplug(_: Progress) -> None:
        shutil.rmtree(path.parent, ignore_errors=True)

    with pytest.raises(MediaError) as raised:
        analyse(path, progress=unplug)
    assert raised.value.code in ("media_missing", "media_no_access")
