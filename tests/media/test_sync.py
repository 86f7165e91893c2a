"""Picture and sound that start or end apart, from whole files."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.media.analyse import analyse
from app.model.recording import RecordingEvent
from tests.media.sound_signals import RATE_HZ, voice

PICTURE_S = 6.0


def write(path: Path, *, sound_from_s: float, sound_to_s: float, audio_codec: str) -> None:
    """Write six seconds of picture with sound between two times."""
    with av.open(str(path), "w") as container:
        picture, sound = container.add_stream("mpeg4", rate=25), container.add_stream(audio_codec, rate=RATE_HZ)
        assert isinstance(picture, VideoStream)
        assert isinstance(sound, AudioStream)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        sound.layout = "stereo"
        samples = np.ascontiguousarray(voice(sound_to_s - sound_from_s).T).reshape(1, -1)
        step, first = 2 * RATE_HZ // 25, round(sound_from_s * RATE_HZ)
        for number in range(round(PICTURE_S * 25)):
            frame = VideoFrame.from_ndarray(np.full((72, 64), 100 + number % 2, np.uint8), format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(picture.encode(frame))
        for start in range(0, samples.shape[1], step):
            block = AudioFrame.from_ndarray(samples[:, start : start + step], format="flt", layout="stereo")
            block.sample_rate = RATE_HZ
            block.pts, block.time_base = first + start // 2, Fraction(1, RATE_HZ)
            container.mux(sound.encode(block))
        for stream in (picture, sound):
            container.mux(stream.encode(None))


def told(path: Path, kind: str) -> list[RecordingEvent]:
    return [event for event in analyse(path).events if event.kind == kind]


@pytest.mark.parametrize("ending", [".mp4", ".mkv", ".mov"])
def test_tracks_of_one_length_have_nothing_to_tell(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"even{ending}"
    write(path, sound_from_s=0.0, sound_to_s=PICTURE_S, audio_codec="aac")
    assert told(path, "av_start_offset") + told(path, "av_length_mismatch") == []


@pytest.mark.parametrize(("late_s", "found"), [(0.03, 0), (0.2, 1), (1.5, 1)])
def test_sound_that_starts_late_is_told(tmp_path: Path, late_s: float, found: int) -> None:
    path = tmp_path / "late.mkv"
    write(path, sound_from_s=late_s, sound_to_s=PICTURE_S, audio_codec="flac")
    events = told(path, "av_start_offset")
    assert len(events) == found
    for event in events:
        assert event.from_s == pytest.approx(0.0, abs=0.01)
        assert event.to_s == pytest.approx(late_s, abs=0.03)
        assert event.value == pytest.approx(late_s, abs=0.03)


@pytest.mark.parametrize(("sound_to_s", "found"), [(5.5, 1), (5.85, 1), (5.97, 0), (6.0, 0), (7.8, 0), (8.5, 1)])
def test_sound_that_ends_early_or_much_later_is_told(tmp_path: Path, sound_to_s: float, found: int) -> None:
    path = tmp_path / "length.mkv"
    write(path, sound_from_s=0.0, sound_to_s=sound_to_s, audio_codec="flac")
    events = told(path, "av_length_mismatch")
    assert len(events) == found
    for event in events:
        assert event.value == pytest.approx(sound_to_s - PICTURE_S, abs=0.03)
        assert event.from_s == pytest.approx(min(sound_to_s, PICTURE_S), abs=0.03)
        assert event.to_s == pytest.approx(max(sound_to_s, PICTURE_S), abs=0.03)
