"""Effective depth of the picture and scenes as thumbnails."""

import base64

import cv2
import numpy as np
import pytest

from app.media.analysers.content import content_analysers
from app.media.analysers.picture_depth import PictureDepthAnalyser
from app.media.analysers.thumbnails import MOST, ThumbnailAnalyser
from app.media.views import FrameView
from tests.media.content_views import Luma, flat, run, scene, views


@pytest.mark.parametrize("bit_depth", [10, 12])
def test_shifted_bytes_are_eight_bits(bit_depth: int) -> None:
    figures = run(PictureDepthAnalyser(), views([scene()] * 3, bit_depth=bit_depth)).figures
    assert figures == {"effective_bit_depth": 8}


def test_one_low_bit_shows_the_full_depth() -> None:
    (frame,) = views([scene()], bit_depth=10)
    luma = frame.luma.copy()
    luma[100, 100] |= 1
    frame.luma = luma
    assert run(PictureDepthAnalyser(), [frame]).figures == {"effective_bit_depth": 10}


def test_byte_streams_and_black_say_nothing() -> None:
    assert run(PictureDepthAnalyser(), views([scene()] * 3)).figures == {}
    assert run(PictureDepthAnalyser(), views([flat(0)] * 3, bit_depth=10)).figures == {}


def coloured(pictures: list[Luma], cb: int = 128, cr: int = 128) -> list[FrameView]:
    planes = (np.full((135, 240), cb, np.uint8), np.full((135, 240), cr, np.uint8))
    return list(views(pictures, chroma=[planes] * len(pictures)))


def decoded(jpeg: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    image = cv2.imdecode(np.frombuffer(base64.b64decode(jpeg), np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return np.asarray(image, np.uint8)


def test_each_scene_has_one_thumbnail() -> None:
    pictures = [flat(200)] * 50 + [flat(60)] * 50 + [flat(62)] * 50
    thumbnails = run(ThumbnailAnalyser(), coloured(pictures)).thumbnails
    assert [thumbnail.time_s for thumbnail in thumbnails] == [0.0, 60 / 25]  # the first look at or after the cut


@pytest.mark.parametrize(
    ("luma", "cb", "cr", "bgr"),
    [(16, 128, 128, (0, 0, 0)), (235, 128, 128, (255, 255, 255)), (81, 90, 240, (0, 0, 255))],
)
def test_thumbnail_has_the_colours_of_the_picture(luma: int, cb: int, cr: int, bgr: tuple[int, int, int]) -> None:
    (thumbnail,) = run(ThumbnailAnalyser(), coloured([flat(luma)] * 5, cb, cr)).thumbnails
    image = decoded(thumbnail.jpeg)
    assert image.shape == (144, 256, 3)
    assert np.abs(image.reshape(-1, 3).mean(axis=0) - bgr).max() < 4.0  # 81, 90, 240 is pure red in BT.601


def test_thumbnails_stay_few_and_small() -> None:
    pictures = [picture for seed in range(60) for picture in [scene(seed)] * 12]
    thumbnails = run(ThumbnailAnalyser(), views(pictures)).thumbnails
    assert len(thumbnails) == MOST
    assert thumbnails[0].time_s == 0.0
    assert sorted(thumbnail.time_s for thumbnail in thumbnails) == [thumbnail.time_s for thumbnail in thumbnails]
    assert thumbnails[-1].time_s == 59 * 12 / 25
    assert max(len(thumbnail.jpeg) for thumbnail in thumbnails) < 24_000


@pytest.mark.parametrize("shape", [(1, 1), (2, 40), (40, 2), (17, 33), (1080, 16), (90, 160)])
def test_odd_sizes_stop_no_analyser(shape: tuple[int, int]) -> None:
    random = np.random.default_rng(1)
    pictures = [random.integers(16, 236, shape, dtype=np.uint8) for _ in range(120)]
    for analyser in content_analysers():
        run(analyser, views(pictures))


def test_new_size_within_the_track_stops_no_analyser() -> None:
    pictures = [scene(1)] * 60 + [scene(2, 270, 480)] * 60 + [scene(3, 540, 720)] * 60
    for analyser in content_analysers():
        run(analyser, views(pictures))


def test_analysers_answer_after_no_frame_and_after_one() -> None:
    for frames in ([], [scene(1)]):
        for analyser in content_analysers():
            assert run(analyser, views(frames)).events == ()
