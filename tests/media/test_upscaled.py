"""Enlargement: what interpolation leaves is found and named; native pictures, noise, letters and blocks are none."""

import cv2
import numpy as np
import pytest

from app.media.analysers.upscaled import UpscaleAnalyser
from tests.media.content_views import Luma, blurred, flat, noisy, run, scene, slide, views

ROWS, COLUMNS = 1080, 1920


def enlarged(lines: int, how: int, seed: int, columns: int | None = None) -> Luma:
    native = noisy(scene(seed, lines, columns or lines * 16 // 9), seed, 3.0)
    return np.asarray(cv2.resize(native, (COLUMNS, ROWS), interpolation=how), np.uint8)


def looks(pictures: list[Luma]) -> list[Luma]:
    """Return each picture for two seconds."""
    return [picture for picture in pictures for _ in range(50)]


@pytest.mark.parametrize("how", [cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4])
@pytest.mark.parametrize("lines", [480, 720])
def test_enlarged_picture_is_found_with_its_lines(lines: int, how: int) -> None:
    (event,) = run(UpscaleAnalyser(), views(looks([enlarged(lines, how, seed) for seed in range(4)]))).events
    assert (event.kind, event.from_s, event.to_s, event.value) == ("upscaled", 0.0, 8.0, lines)


def test_thrice_is_told_as_the_smaller_enlargement_with_the_same_trace() -> None:
    (event,) = run(UpscaleAnalyser(), views(looks([enlarged(360, cv2.INTER_CUBIC, seed) for seed in range(4)]))).events
    assert event.value == 720


@pytest.mark.parametrize("sigma", [0.0, 1.0, 2.0])
def test_native_picture_is_none_however_soft(sigma: float) -> None:
    pictures = []
    for seed in range(4):
        picture = scene(seed, ROWS, COLUMNS)
        pictures.append(noisy(blurred(picture, sigma) if sigma else picture, seed, 1.5))
    assert run(UpscaleAnalyser(), views(looks(pictures))).events == ()


def test_wide_pixels_of_a_camera_are_none() -> None:
    """1440 x 1080 shown as 1920 x 1080 is how HDV and XDCAM record."""
    pictures = [enlarged(1080, cv2.INTER_CUBIC, seed, columns=1440) for seed in range(4)]
    assert run(UpscaleAnalyser(), views(looks(pictures))).events == ()


def test_slides_and_flat_pictures_are_none() -> None:
    pictures = [np.tile(slide(seed), (2, 2)) for seed in range(5)]
    assert run(UpscaleAnalyser(), views(looks(pictures))).events == ()
    assert run(UpscaleAnalyser(), views(looks([flat(128, ROWS, COLUMNS)] * 4))).events == ()


@pytest.mark.parametrize("side", [9, 12, 18])
def test_what_is_drawn_on_a_grid_is_none(side: int) -> None:
    pictures = []
    for seed in range(4):
        random = np.random.default_rng(seed)
        squares = random.integers(60, 200, (ROWS // side + 1, COLUMNS // side + 1)).astype(np.uint8)
        picture = np.ascontiguousarray(np.repeat(np.repeat(squares, side, 0), side, 1)[:ROWS, :COLUMNS])
        pictures.append(noisy(picture, seed, 1.5))
    assert run(UpscaleAnalyser(), views(looks(pictures))).events == ()


def test_two_looks_prove_nothing() -> None:
    assert run(UpscaleAnalyser(), views([enlarged(720, cv2.INTER_LINEAR, 1)] * 40)).events == ()


def test_ten_bits() -> None:
    frames = views(looks([enlarged(720, cv2.INTER_LINEAR, seed) for seed in range(4)]), bit_depth=10)
    assert [event.value for event in run(UpscaleAnalyser(), frames).events] == [720]


@pytest.mark.parametrize("bit_depth", [8, 10])
def test_soft_picture_of_a_camera_is_found_by_its_noise(bit_depth: int) -> None:
    pictures = []
    for seed in range(4):
        native = noisy(blurred(scene(seed, 720, 1280), 4.0), seed, 1.5)
        pictures.append(np.asarray(cv2.resize(native, (COLUMNS, ROWS), interpolation=cv2.INTER_CUBIC), np.uint8))
    events = run(UpscaleAnalyser(), views(looks(pictures), bit_depth=bit_depth)).events
    assert [event.value for event in events] == [720]


@pytest.mark.parametrize("side", [9, 12, 18, 27])
def test_a_faint_grid_under_noise_is_none(side: int) -> None:
    """Lines one code deep lie where the noise is; their distance has all multiples, an enlargement only its own."""
    pictures = []
    for seed in range(4):
        picture = flat(128, ROWS, COLUMNS)
        picture[::side] += 1
        picture[:, ::side] += 1
        pictures.append(noisy(picture, seed, 1.0))
    assert run(UpscaleAnalyser(), views(looks(pictures))).events == ()
