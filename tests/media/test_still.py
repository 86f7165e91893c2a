"""The frame of a moment: the right one, upright, and clear errors where there is none."""

import base64
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.media.child import Request, analyse_in_child
from app.media.still import still_report
from app.model.errors import MediaError
from app.sample.clips import ClipSpec, make_clip

CLIP = ClipSpec(duration_s=4.0, width=320, height=180, bitrate_bps=500_000, black=((1.0, 2.0),))


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("still") / "қара кадр.mp4"
    make_clip(path, CLIP)
    return path


def brightness(path: Path, time_s: float) -> float:
    (thumbnail,) = still_report(path, time_s).thumbnails
    picture = cv2.imdecode(np.frombuffer(base64.b64decode(thumbnail.jpeg), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    return float(picture.mean())


@pytest.mark.parametrize(("time_s", "dark"), [(0.0, False), (0.94, False), (1.0, True), (1.94, True), (2.02, False)])
def test_the_frame_is_the_one_that_is_seen_at_the_time(clip: Path, time_s: float, dark: bool) -> None:
    assert (brightness(clip, time_s) < 10.0) is dark


def test_after_the_end_the_last_frame_stays(clip: Path) -> None:
    (thumbnail,) = still_report(clip, 100.0).thumbnails
    assert thumbnail.time_s == pytest.approx(4.0 - 1 / 25, abs=0.001)


def test_a_child_gives_the_same_picture(clip: Path) -> None:
    assert analyse_in_child(Request(clip, still_at_s=0.5)).thumbnails == still_report(clip, 0.5).thumbnails


def test_what_has_no_picture_is_told(tmp_path: Path) -> None:
    sound = tmp_path / "sound.mp4"
    make_clip(sound, replace(CLIP, video_codec=None))
    for path, code in ((sound, "media_unreadable"), (tmp_path / "none.mp4", "media_missing")):
        with pytest.raises(MediaError, match=code):
            still_report(path, 0.0)
