"""Chroma key: loose green that comes and goes is found; green things, lines, words and leaves are none."""

from collections.abc import Callable, Iterator

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from app.media.analysers.base import Outcome
from app.media.analysers.chroma_key import ChromaKeyAnalyser
from tests.media.content_views import Luma, noisy, run, scene, views

ROWS, COLUMNS = 135, 240
Draw = Callable[[int, Luma], None]
GREEN = (60, 50)
"""Blue and red difference of a key cloth."""


def keyed(draw: Draw, first: int = 0, end: int = 250, count: int = 250, colour: tuple[int, int] = GREEN) -> Outcome:
    """Return what is said of frames in which ``draw`` marks the green of frames ``first`` to ``end``."""
    ground = scene(1, 270, 480)

    def masks() -> Iterator[Luma]:
        for number in range(count):
            mask = np.zeros((ROWS, COLUMNS), np.uint8)
            if first <= number < end:
                draw(number, mask)
            yield mask

    pictures, planes = [], []
    for number, mask in enumerate(masks()):
        picture = noisy(ground, number % 4)
        picture[np.repeat(np.repeat(mask, 2, 0), 2, 1) > 0] = 120
        pictures.append(picture)
        if number % 12 == 0:
            cb, cr = (np.where(mask > 0, code, 126).astype(np.uint8) for code in colour)
            planes.append((cb, cr))
    return run(ChromaKeyAnalyser(), views(pictures, chroma=[planes[number // 12] for number in range(count)]))


def fringe(number: int, mask: Luma) -> None:
    """Draw the edge of a figure that sways."""
    place = (120 + round(12 * np.sin(number / 9.0)), 110)
    cv2.ellipse(mask, place, (40, 80), 0, 180, 360, 1, 2)


def spots(number: int, mask: Luma) -> None:
    random = np.random.default_rng(number)
    for _ in range(12):
        cv2.circle(mask, (int(random.integers(40, 200)), int(random.integers(20, 120))), 2, 1, -1)


@pytest.mark.parametrize("draw", [fringe, spots])
def test_loose_green_is_found(draw: Draw) -> None:
    (event,) = keyed(draw, 60, 200).events
    assert event.kind == "chroma_key"
    assert event.from_s == pytest.approx(60 / 25, abs=0.5)
    assert event.to_s == pytest.approx(200 / 25, abs=0.5)


def test_spots_are_found_to_the_frame() -> None:
    (event,) = keyed(spots, 65, 190).events
    assert event.from_s == pytest.approx(65 / 25, abs=0.05)
    assert event.to_s == pytest.approx(190 / 25, abs=0.05)


def still_line(number: int, mask: Luma) -> None:
    cv2.ellipse(mask, (120, 110), (40, 80), 0, 180, 360, 1, 2)


def growing_line(number: int, mask: Luma) -> None:
    mask[30:32, 20 : 20 + number % 200] = 1
    mask[20 : 20 + number % 100, 20:22] = 1


def pointer(number: int, mask: Luma) -> None:
    cv2.circle(mask, (60 + number % 120, 60), 4, 1, -1)


def shirt(number: int, mask: Luma) -> None:
    cv2.ellipse(mask, (120 + round(12 * np.sin(number / 9.0)), 130), (50, 60), 0, 180, 360, 1, -1)


def whole_cloth(number: int, mask: Luma) -> None:
    mask[:] = 1
    cv2.ellipse(mask, (120 + round(12 * np.sin(number / 9.0)), 110), (40, 80), 0, 180, 360, 0, -1)


@pytest.mark.parametrize("draw", [still_line, growing_line, pointer, shirt, whole_cloth])
def test_green_that_belongs_there_is_none(draw: Draw) -> None:
    assert keyed(draw).events == ()


def test_spots_beside_a_green_shirt_are_found() -> None:
    """The shirt has more green than the spots and stays out of the count."""

    def both(number: int, mask: Luma) -> None:
        shirt(number, mask)
        spots(number, mask)

    (event,) = keyed(both).events
    assert event.value == pytest.approx(0.4, abs=0.3)


@pytest.mark.parametrize("colour", [(105, 118), (118, 112), (110, 140), (128, 128)])
def test_other_colours_are_none(colour: tuple[int, int]) -> None:
    """Leaves, olive, yellow, grey."""
    assert keyed(spots, colour=colour).events == ()


def test_one_second_is_too_short() -> None:
    assert keyed(spots, 60, 85).events == ()


def test_grey_picture_has_no_green() -> None:
    assert run(ChromaKeyAnalyser(), views([scene(1, 270, 480)] * 80)).events == ()


def test_green_things_in_a_scene_that_moves_are_none() -> None:
    """A camera that turns: the green goes with everything else."""
    random = np.random.default_rng(3)
    spots_of_colour = np.repeat(np.repeat(random.integers(90, 166, (17, 60), np.uint8), 8, axis=0), 8, axis=1)[:ROWS]
    planes: list[tuple[NDArray[np.uint8], NDArray[np.uint8]]] = []
    pictures = []
    wide = scene(1, 270, 960)
    for number in range(250):
        shift = round(60 + 50 * np.sin(number / 25.0)) * 2
        pictures.append(noisy(np.ascontiguousarray(wide[:, 2 * shift : 2 * shift + 480]), number % 4))
        if number % 12 == 0:
            part = spots_of_colour[:, shift : shift + COLUMNS]
            cb, cr = part.copy(), (255 - part).copy()
            for row, column in ((20, 180), (50, 220), (80, 260), (110, 200)):
                thing = (slice(row, row + 4), slice(max(column - shift, 0), max(column - shift + 4, 0)))
                cb[thing], cr[thing] = GREEN
            planes.append((cb, cr))
    views_ = views(pictures, chroma=[planes[number // 12] for number in range(250)])
    assert run(ChromaKeyAnalyser(), views_).events == ()


def test_cloth_of_a_pale_green_under_noise_is_none() -> None:
    """Half of its pixels count as green on each look, another half on the next."""
    random = np.random.default_rng(5)
    planes = []
    for _ in range(21):
        plane = np.full((ROWS, COLUMNS), 126, np.uint8)
        plane[50:100, 90:140] = np.rint(random.normal(110.0, 1.2, (50, 50))).astype(np.uint8)
        planes.append(plane)
    pictures = [noisy(scene(1, 270, 480), number % 4) for number in range(250)]
    chroma = [(planes[number // 12], planes[number // 12]) for number in range(250)]
    assert run(ChromaKeyAnalyser(), views(pictures, chroma=chroma)).events == ()
