"""Stuck cameras, slides and repeated frames: views made here, whose truth is known to the frame."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pytest

from app.media.analysers.base import Outcome
from app.media.analysers.duplicates import DuplicatesAnalyser
from app.media.analysers.freeze import FreezeAnalyser
from app.media.analysers.material import Material
from app.media.views import FrameView
from app.model.recording import RecordingEvent
from tests.media.content_views import FPS, Luma, noisy, scene, slide, spans, views

ROWS, COLUMNS = 270, 480
SET = scene(1, ROWS, COLUMNS)
SLIDE = slide(2)[::2, ::2].copy()
Draw = Callable[[int], Luma]


def camera(number: int, *, sigma: float = 2.0) -> Luma:
    """Return a set under sensor noise with a figure that sways."""
    picture = SET.copy()
    left = 200 + round(12 * np.sin(number / 6))
    picture[80:, left : left + 110] = 150
    return noisy(picture, number, sigma)


def inset(number: int) -> Luma:
    """Return a slide with a small camera in its corner."""
    picture = SLIDE.copy()
    picture[-90:, -120:] = camera(number)[60:150, 180:300]
    return picture


def small_camera(number: int) -> Luma:
    """Return the slide with a presenter in its corner of whom a fiftieth of the picture changes."""
    picture = SLIDE.copy()
    picture[-44:, -64:] = camera(number, sigma=9.0)[60:104, 180:244]
    return picture


def film(*parts: tuple[Draw, int]) -> Iterator[Luma]:
    """Draw parts of so many frames one after the other; numbers run on."""
    number = 0
    for draw, frames in parts:
        for _ in range(frames):
            yield draw(number)
            number += 1


def still(picture: Luma) -> Draw:
    return lambda _: picture


def fade(one: Luma, other: Luma, first: int, frames: int) -> Draw:
    def draw(number: int) -> Luma:
        share = (number - first) / frames
        return np.asarray(one * (1 - share) + other * share, np.uint8)

    return draw


def frozen(pictures: Iterable[Luma]) -> Outcome:
    material = Material()
    freeze = FreezeAnalyser(material)
    for frame in views(pictures):
        material.process(frame)
        freeze.process(frame)
    return freeze.finish()


def repeats(pictures: Iterable[Luma]) -> tuple[RecordingEvent, ...]:
    analyser = DuplicatesAnalyser()
    for frame in views(pictures):
        analyser.process(frame)
    return analyser.finish().events


def test_a_slide_after_a_camera_says_nothing_however_it_is_coded() -> None:
    """Every fifth frame a coder draws the slide a little anew; what the camera moved before is no measure of it."""
    anew = SLIDE.copy()
    anew[:135] = np.where(anew[:135] > 128, anew[:135] - 6, anew[:135] + 6)
    slides = [anew if number // 5 % 2 else SLIDE for number in range(100)]
    assert repeats([*(camera(number) for number in range(50)), *slides]) == ()


def test_a_slide_after_a_slide_with_a_small_camera_says_nothing() -> None:
    """A third of the picture changes at the cut, twenty times as much as the camera did; then a coder draws anew."""
    other = SLIDE.copy()
    other[: other.shape[0] // 3] //= 2
    anew = other.copy()
    anew[-4:] = np.where(anew[-4:] > 128, anew[-4:] - 6, anew[-4:] + 6)
    slides = [anew if number // 25 % 2 else other for number in range(100)]
    slides[24] = slides[49] = slides[74] = np.roll(anew, 1, axis=0)  # two frames in a row are drawn anew
    assert repeats([*(small_camera(number) for number in range(50)), *slides]) == ()


def test_views_tell_what_has_changed_since_the_frame_before() -> None:
    first = np.full((10, 20), 50, np.uint8)
    second = first.copy()
    second[0, :10] = 60
    second[1, :10] = 53  # no more than coding noise
    views_ = list(views([first, second]))
    assert (views_[0].changed_share, views_[0].mean_difference, views_[0].difference) == (1.0, 255.0, None)
    assert views_[1].changed_share == pytest.approx(10 / 200)
    assert views_[1].mean_difference == pytest.approx((10 * 10 + 10 * 3) / 200)
    assert views_[1].histogram[[50, 53, 60]].tolist() == [180, 10, 10]
    assert views_[1].histogram.sum() == 200


@pytest.mark.parametrize(("frames", "found"), [(49, 0), (50, 1), (200, 1)])
def test_a_stuck_camera_is_found_from_two_seconds_on_to_the_frame(frames: int, found: int) -> None:
    outcome = frozen(film((camera, 99), (still(camera(99)), frames), (camera, 75)))
    assert spans(outcome.events) == [(99 / FPS, (99 + frames) / FPS)][:found]
    assert outcome.figures["static_s"] == 0.0


def test_a_camera_that_hangs_for_good_is_found() -> None:
    assert spans(frozen(film((camera, 100), (still(camera(100)), 100))).events) == [(4.0, 8.0)]


def test_a_camera_that_hangs_before_a_cut_to_a_slide_is_found_and_the_slide_is_not() -> None:
    outcome = frozen(film((camera, 100), (still(camera(100)), 60), (still(SLIDE), 100)))
    assert spans(outcome.events) == [(4.0, 6.4)]
    assert outcome.figures["static_s"] == pytest.approx(4.0)


@pytest.mark.parametrize("frames", range(72, 85, 2))
def test_a_camera_that_goes_on_elsewhere_is_found_on_whatever_frame_it_does(frames: int) -> None:
    """The first frames of motion are far from the still picture, and some of them are looks."""

    def elsewhere(number: int) -> Luma:
        return np.roll(camera(number), 5, axis=1)

    stuck = still(camera(100))
    (event,) = frozen(film((camera, 100), (stuck, frames), (elsewhere, 60))).events
    assert (event.from_s, event.to_s) == pytest.approx((4.0, 4.0 + frames / 25))


def test_key_frames_do_not_cut_a_stuck_picture() -> None:
    hung = camera(100)
    redrawn = noisy(hung, 1, 2.5)
    pictures = list(film((camera, 100), (still(hung), 25), (still(redrawn), 25), (still(hung), 25), (camera, 50)))
    assert spans(frozen(pictures).events) == [(4.0, 7.0)]


def test_slides_are_static_and_no_fault() -> None:
    other = slide(5)[::2, ::2].copy()
    outcome = frozen(film((camera, 100), (still(SLIDE), 100), (still(other), 75), (camera, 100)))
    assert outcome.events == ()
    assert outcome.figures["static_s"] == pytest.approx(7.0)
    assert outcome.figures["longest_static_s"] == pytest.approx(4.0)


@pytest.mark.parametrize("frames", [12, 25, 50])
def test_a_camera_that_fades_into_a_slide_is_no_stuck_camera(frames: int) -> None:
    outcome = frozen(film((camera, 200), (fade(camera(200), SLIDE, 200, frames), frames), (still(SLIDE), 100)))
    assert outcome.events == ()


def test_a_moving_pointer_on_a_slide_is_no_motion() -> None:
    def pointed(number: int) -> Luma:
        picture = SLIDE.copy()
        left = 100 + number % 200
        picture[100:106, left : left + 4] = 0
        return picture

    outcome = frozen(film((pointed, 300)))
    assert outcome.events == ()
    assert outcome.figures["static_s"] == pytest.approx(12.0, abs=0.1)


def test_an_animation_that_ends_in_a_still_is_not_judged() -> None:
    def flying(number: int) -> Luma:
        picture = SLIDE.copy()
        left = 10 + 5 * (number - 100)
        picture[100:140, left : left + 90] = 60
        return picture

    outcome = frozen(film((still(SLIDE), 100), (flying, 50), (still(flying(149)), 100), (still(SLIDE), 100)))
    assert outcome.events == ()


def test_a_small_camera_in_a_corner_that_hangs_and_goes_on_is_found() -> None:
    outcome = frozen(film((inset, 300), (still(inset(300)), 75), (inset, 100)))
    assert spans(outcome.events) == [(12.0, 15.0)]


def test_a_small_camera_that_is_taken_away_is_not_judged() -> None:
    outcome = frozen(film((inset, 300), (still(SLIDE), 100), (inset, 100)))
    assert outcome.events == ()
    assert outcome.figures["static_s"] == pytest.approx(4.0)


def test_a_camera_that_looks_at_a_still_scene_under_noise_moves() -> None:
    outcome = frozen(noisy(SET, number, 2.5) for number in range(200))
    assert outcome.events == ()
    assert outcome.figures["static_s"] == 0.0


def doubled(every: int, *, noise: float = 0.0, first: int = 100, end: int = 200) -> Iterator[Luma]:
    last = camera(0)
    for number in range(300):
        repeated = first < number < end and number % every == 0
        picture = np.clip(last + np.random.default_rng(number).normal(0, noise, last.shape), 0, 255).astype(np.uint8)
        last = picture if repeated else camera(number)
        yield last


@pytest.mark.parametrize("every", [2, 5, 12])
@pytest.mark.parametrize("noise", [0.0, 0.8])
def test_repeated_frames_inside_motion_are_counted(every: int, noise: float) -> None:
    numbers = [number for number in range(101, 200) if number % every == 0]
    (event,) = repeats(doubled(every, noise=noise))
    assert (event.from_s, event.to_s) == (numbers[0] / FPS, (numbers[-1] + 1) / FPS)
    assert event.value == len(numbers)


def test_two_repeated_frames_are_chance() -> None:
    assert repeats(doubled(12, end=122)) == ()


def test_a_stall_of_a_second_counts_and_a_freeze_does_not() -> None:
    (event,) = repeats(film((camera, 50), (still(camera(49)), 25), (camera, 50)))
    assert (event.from_s, event.to_s, event.value) == (2.0, 3.0, 25)
    assert repeats(film((camera, 50), (still(camera(49)), 75), (camera, 50))) == ()


@pytest.mark.parametrize("draw", [inset, still(SLIDE), camera])
def test_clean_material_has_no_repeats(draw: Draw) -> None:
    assert repeats(film((draw, 250))) == ()


def test_the_view_of_an_other_size_has_no_frame_before() -> None:
    frames: list[FrameView] = list(views([SLIDE, SLIDE[:100, :100].copy()]))
    assert frames[1].previous is None
    assert frames[1].changed_share == 1.0
