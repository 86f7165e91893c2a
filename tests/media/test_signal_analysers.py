"""Light, colour, levels, bars and stripes: views made here, at several strengths and just below the threshold."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

import cv2
import numpy as np
import pytest

from app.media.analysers.base import PictureAnalyser
from app.media.analysers.border import BorderAnalyser
from app.media.analysers.colour_cast import ColourCastAnalyser
from app.media.analysers.exposure import ExposureAnalyser
from app.media.analysers.illegal_range import IllegalRangeAnalyser
from app.media.analysers.material import Material, VotedSpans
from app.media.analysers.signals import signal_analysers
from app.media.analysers.stripe import StripeAnalyser
from app.media.analysers.uneven_light import UnevenLightAnalyser
from app.media.views import FrameView
from app.model.recording import RecordingEvent
from tests.media.content_views import FPS, Luma, noisy, slide, spans, views

ROWS, COLUMNS = 540, 960
FRAMES, FIRST, END = 275, 50, 200
Alter = Callable[[Luma], Luma]
Make = Callable[[Material], PictureAnalyser]


def levels(picture: Luma) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return (picture.astype(np.float64) - 16) / 219


def as_luma(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Luma:
    return np.clip(np.rint(16 + 219 * values), 16, 235).astype(np.uint8)


def room() -> Luma:
    """Return a softly lit room: wall, boxes, a lamp's glow that stays below white."""
    random = np.random.default_rng(4)
    picture = np.full((ROWS, COLUMNS), 0.55)
    for _ in range(30):
        left, top = int(random.integers(0, COLUMNS - 90)), int(random.integers(ROWS // 2, ROWS - 60))
        picture[top : top + 50, left : left + 80] = random.uniform(0.2, 0.6)
    down, across = np.mgrid[0:ROWS, 0:COLUMNS]
    glow = np.exp(-((down - 120) ** 2 + (across - 700) ** 2) / 90.0**2)
    return as_luma(np.maximum(picture, 0.85 * glow))


ROOM = room()
SLIDE = slide(2)
WHITE_SLIDE = slide(2, ground=235, ink=16)
DARK_SLIDE = slide(2, ground=30, ink=220)
NOISE = [np.random.default_rng(n).normal(0.0, 2.0, (ROWS, COLUMNS)) for n in range(7)]


@cache
def shot(number: int) -> Luma:
    """Return a frame of a camera that looks at the room; a figure sways before it.

    Kept, for most of the tests look at the same frames, and making one takes longer than judging it.
    """
    picture = ROOM.copy()
    left = 300 + round(20 * np.sin(number / 6))
    picture[200:, left : left + 180] = 120
    noise = np.roll(NOISE[number % 7], (37 * number, 101 * number), (0, 1))
    frame = np.clip(picture + noise, 16, 235).astype(np.uint8)
    frame.flags.writeable = False
    return frame


@pytest.fixture(scope="module", autouse=True)
def shots_are_forgotten() -> Iterator[None]:
    """Give the memory of the frames back after the last test here."""
    yield
    shot.cache_clear()


def altered(alter: Alter, first: int = FIRST, end: int = END, frames: int = FRAMES) -> Iterator[Luma]:
    for number in range(frames):
        yield alter(shot(number)) if first <= number < end else shot(number)


def run(make: Make, frames: Iterable[FrameView]) -> tuple[RecordingEvent, ...]:
    material = Material()
    analyser = make(material)
    for frame in frames:
        material.process(frame)
        analyser.process(frame)
    return analyser.finish().events


def kinds_of(frames: Iterable[FrameView]) -> set[str]:
    analysers = signal_analysers()
    for frame in frames:
        for analyser in analysers:
            analyser.process(frame)
    return {event.kind for analyser in analysers for event in analyser.finish().events}


def grey(frames: int, blue: int = 128, red: int = 128) -> Iterator[tuple[Luma, Luma]]:
    for _ in range(frames):
        yield np.full((135, 240), blue, np.uint8), np.full((135, 240), red, np.uint8)


def held(picture: Luma, frames: int = 150) -> Iterator[Luma]:
    return (picture for _ in range(frames))


def spotted(picture: Luma, frames: int = 150) -> Iterator[Luma]:
    """Yield a still picture with a small camera in its corner."""
    for number in range(frames):
        shown = picture.copy()
        shown[-150:, -220:] = shot(number)[200:350, 280:500]
        yield shown


@pytest.mark.parametrize("picture", [SLIDE, WHITE_SLIDE, DARK_SLIDE], ids=["slide", "white", "dark"])
@pytest.mark.parametrize("make", [held, spotted])
def test_slides_have_no_fault_of_a_camera(picture: Luma, make: Callable[[Luma], Iterator[Luma]]) -> None:
    assert kinds_of(views(make(picture), chroma=grey(150, 140, 118))) == set()


def test_a_clean_camera_has_no_fault() -> None:
    assert kinds_of(views(altered(lambda picture: picture), chroma=grey(FRAMES))) == set()


def test_cuts_between_slides_and_camera_leave_no_fault() -> None:
    pictures = [*held(WHITE_SLIDE, 60), *map(shot, range(60)), *held(DARK_SLIDE, 60), *map(shot, range(60))]
    assert kinds_of(views(pictures, chroma=grey(240))) == set()


def test_material_is_a_camera_where_the_picture_lives_all_over() -> None:
    told = []
    material = Material()
    for frame in views([*held(SLIDE, 75), *map(shot, range(75)), *spotted(SLIDE, 75)]):
        material.process(frame)
        told.append(material.is_camera)
    assert not any(told[:75])
    assert all(told[100:150])
    assert not any(told[190:])


def test_material_sees_cuts_to_the_frame() -> None:
    material = Material()
    jumps = []
    for frame in views([*map(shot, range(40)), *held(SLIDE, 40), *map(shot, range(40))]):
        material.process(frame)
        jumps += [frame.index] * material.jumped
    assert jumps == [0, 40, 80]


def test_runs_count_by_the_votes_inside_them() -> None:
    voted = VotedSpans("overexposed", min_s=1.0, join_s=0.5)
    voted.put(0.0, 12.0)
    voted.vote(counts=False)
    voted.put(4.0, 14.0, cut=True)  # a slide before, a camera from here on
    voted.vote(counts=True)
    voted.put(6.0, 18.0)
    voted.put(8.0, None)
    voted.put(8.4, 11.0)
    voted.vote(counts=True)
    events = voted.events(10.0)
    assert [(event.from_s, event.to_s, event.value) for event in events] == [(4.0, 10.0, 18.0)]


def brighter(stops: float) -> Alter:
    return lambda picture: as_luma(levels(picture) * 2 ** (stops / 2.2))


@pytest.mark.parametrize(("stops", "found"), [(0.5, 0), (2.0, 1), (3.0, 1)])
def test_overexposed_camera_is_found_to_the_frame(stops: float, found: int) -> None:
    events = [e for e in run(ExposureAnalyser, views(altered(brighter(stops)))) if e.kind == "overexposed"]
    assert spans(events) == [(FIRST / FPS, END / FPS)][:found]


def test_overexposed_says_how_much_is_clipped() -> None:
    (event,) = run(ExposureAnalyser, views(altered(brighter(2.0))))
    bright = brighter(2.0)(shot(100))
    assert event.value == pytest.approx(100 * (bright[1::2, 1::2] >= 233).mean(), abs=1.0)


@pytest.mark.parametrize(("frames", "found"), [(49, 0), (50, 1)])
def test_exposure_counts_from_two_seconds_on(frames: int, found: int) -> None:
    assert len(run(ExposureAnalyser, views(altered(brighter(2.0), end=FIRST + frames)))) == found


def test_a_presenter_cut_out_before_white_is_not_overexposed() -> None:
    def keyed(number: int) -> Luma:
        picture = np.full((ROWS, COLUMNS), 235, np.uint8)
        left = 300 + round(20 * np.sin(number / 6))
        picture[150:, left : left + 300] = shot(number)[150:, 100:400]
        return picture

    assert run(ExposureAnalyser, views(keyed(number) for number in range(150))) == ()


@pytest.mark.parametrize(("stops", "found"), [(1.0, 0), (3.0, 1), (4.0, 1)])
def test_underexposed_camera_is_found_to_the_frame(stops: float, found: int) -> None:
    events = [e for e in run(ExposureAnalyser, views(altered(brighter(-stops)))) if e.kind == "underexposed"]
    assert spans(events) == [(FIRST / FPS, END / FPS)][:found]


def test_a_lit_face_before_a_dark_curtain_is_not_underexposed() -> None:
    def portrait(number: int) -> Luma:
        picture = np.full((ROWS, COLUMNS), 30, np.uint8)
        left = 430 + round(10 * np.sin(number / 6))
        cv2.ellipse(picture, (left, 200), (50, 70), 0, 0, 360, 170, -1)
        return noisy(picture, number)

    assert run(ExposureAnalyser, views(portrait(number) for number in range(150))) == ()


def test_black_is_not_underexposed() -> None:
    assert run(ExposureAnalyser, views(noisy(np.full((ROWS, COLUMNS), 18, np.uint8), n, 1.0) for n in range(100))) == ()


def patch(level: int, share: float) -> Alter:
    def alter(picture: Luma) -> Luma:
        shown = picture.copy()
        shown[: round(ROWS * share)] = level
        return shown

    return alter


@pytest.mark.parametrize(
    ("level", "share", "found"),
    [(250, 0.05, 1), (240, 0.05, 1), (237, 0.5, 0), (235, 0.9, 0), (250, 0.008, 0), (5, 0.05, 1), (14, 0.5, 0)],
)
def test_levels_outside_count_from_one_percent_on(level: int, share: float, found: int) -> None:
    events = run(lambda _: IllegalRangeAnalyser(), views(altered(patch(level, share))))
    assert spans(events) == [(FIRST / FPS, END / FPS)][:found]
    if found:
        assert events[0].value == pytest.approx(100 * share, abs=0.5)


def test_levels_outside_in_flashes_alone_are_none() -> None:
    """A coder rings behind a flash; the flash has an analyser of its own."""
    bright = patch(250, 0.5)
    pictures = (bright(shot(number)) if number % 4 < 2 else shot(number) for number in range(150))
    assert run(lambda _: IllegalRangeAnalyser(), views(pictures)) == ()


def test_chroma_outside_counts_too() -> None:
    chroma = ((np.full((135, 240), 250 if 5 <= n < 10 else 128, np.uint8),) * 2 for n in range(30))
    per_frame = (pair for pair in chroma for _ in range(12))
    (event,) = run(lambda _: IllegalRangeAnalyser(), views(map(shot, range(360)), chroma=per_frame))
    assert (event.from_s, event.to_s, event.value) == (60 / FPS, 120 / FPS, 100.0)


def test_a_full_range_file_has_no_illegal_levels() -> None:
    def full(frame: FrameView) -> FrameView:
        frame.full_range = True
        return frame

    frames = map(full, views(altered(patch(250, 0.5))))
    assert run(lambda _: IllegalRangeAnalyser(), frames) == ()


def falling(stops: float) -> Alter:
    across = 2 ** (np.linspace(0.0, -stops, COLUMNS) / 2.2)
    return lambda picture: as_luma(levels(picture) * across[np.newaxis, :])


@pytest.mark.parametrize(("stops", "found"), [(0.5, 0), (1.0, 0), (2.0, 1), (3.0, 1)])
def test_light_that_falls_off_is_found(stops: float, found: int) -> None:
    events = run(UnevenLightAnalyser, views(altered(falling(stops))))
    assert spans(events) == [(FIRST / FPS, END / FPS)][:found]
    if found:
        assert events[0].value == pytest.approx(stops, abs=0.6)


def test_a_bright_screen_beside_a_dark_wall_is_no_uneven_light() -> None:
    def beside(picture: Luma) -> Luma:
        shown = picture // 2
        shown[:, : COLUMNS // 2] = 215
        return shown

    assert run(UnevenLightAnalyser, views(noisy(beside(shot(n)), n) for n in range(200))) == ()


def test_a_slide_with_a_gradient_is_no_uneven_light() -> None:
    gradient = falling(3.0)(np.full((ROWS, COLUMNS), 200, np.uint8))
    assert run(UnevenLightAnalyser, views(held(gradient, 200))) == ()


def tinted(frames: int, first: int, end: int, blue: float, red: float) -> Iterator[FrameView]:
    """Yield a camera's frames; from one to another the colour is off by so many codes."""
    random = np.random.default_rng(8)
    noise = [random.normal(0.0, 1.0, (135, 240)) for _ in range(5)]

    def chroma(number: int) -> tuple[Luma, Luma]:
        inside = first <= number < end
        return tuple(  # type: ignore[return-value]  # two of them
            np.rint(128 + (offset if inside else 0) + np.roll(noise[number % 5], number)).astype(np.uint8)
            for offset in (blue, red)
        )

    colours = [chroma(number) for number in range(frames)]
    for frame, (cb, cr) in zip(views(map(shot, range(frames)), chroma=iter(colours)), colours, strict=True):
        frame.mean_chroma = (float(cb.mean()), float(cr.mean()))
        yield frame


@pytest.mark.parametrize(("blue", "red", "found"), [(4, -4, 0), (8, -8, 1), (-14, 10, 1), (25, -25, 1)])
def test_a_colour_cast_is_found_to_the_frame(blue: float, red: float, found: int) -> None:
    events = run(ColourCastAnalyser, tinted(FRAMES, FIRST, END, blue, red))
    assert spans(events) == [(FIRST / FPS, END / FPS)][:found]
    if found:
        assert events[0].value == pytest.approx(np.hypot(blue, red), abs=1.0)


@pytest.mark.parametrize(
    ("place", "blue", "red"),
    [(slice(0, 10), 128, 128), (slice(0, 12), 112, 149)],
    ids=["something grey", "a face"],
)
def test_a_coloured_wall_is_no_cast_where_the_balance_shows(place: slice, blue: int, red: int) -> None:
    cb, cr = np.full((135, 240), 143, np.uint8), np.full((135, 240), 120, np.uint8)
    cb[place], cr[place] = blue, red
    frames = views(map(shot, range(200)), chroma=((cb, cr) for _ in range(200)))
    assert run(ColourCastAnalyser, frames) == ()


def test_a_picture_without_chroma_has_no_cast() -> None:
    assert run(ColourCastAnalyser, views(map(shot, range(100)))) == ()


def boxed(share: float, *, upright: bool = False, level: int = 16) -> Alter:
    def alter(picture: Luma) -> Luma:
        shown = (picture.T if upright else picture).copy()
        bar = round(shown.shape[0] * share)
        if bar:
            shown[:bar] = shown[-bar:] = level
        return np.ascontiguousarray(shown.T if upright else shown)

    return alter


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize(("share", "found"), [(0.005, 0), (0.02, 1), (0.125, 1)])
def test_bars_are_found_to_the_frame(share: float, found: int, upright: bool) -> None:
    events = run(BorderAnalyser, views(altered(boxed(share, upright=upright))))
    if not found:
        assert events == ()
        return
    (event,) = events
    assert event.value == pytest.approx(200 * share, abs=0.5)
    assert event.from_s == pytest.approx(FIRST / FPS, abs=0.5)
    assert event.to_s == pytest.approx(END / FPS, abs=0.5)
    if share > 0.1:
        assert (event.from_s, event.to_s) == (FIRST / FPS, END / FPS)


@pytest.mark.parametrize("bits", [8, 10])
@pytest.mark.parametrize(("level", "found"), [(24, 1), (28, 0)])
def test_bars_are_as_dark_as_24_of_255(level: int, found: int, bits: int) -> None:
    assert len(run(BorderAnalyser, views(altered(boxed(0.1, level=level)), bit_depth=bits))) == found


def test_a_bar_at_one_side_is_no_border() -> None:
    def top(picture: Luma) -> Luma:
        shown = picture.copy()
        shown[:60] = 16
        return shown

    assert run(BorderAnalyser, views(altered(top))) == ()


def test_a_black_slide_with_a_picture_in_the_middle_is_no_border() -> None:
    picture = np.full((ROWS, COLUMNS), 16, np.uint8)
    picture[100:440, 350:600] = 180
    assert run(BorderAnalyser, views(held(picture))) == ()


def striped(codes: int, *, upright: bool = True, wide: int = 2, place: int = 333) -> Alter:
    def alter(picture: Luma) -> Luma:
        shown = (picture.T if upright else picture).astype(np.int16)
        shown[place : place + wide] += codes
        shown = np.clip(shown, 16, 235).astype(np.uint8)
        return np.ascontiguousarray(shown.T if upright else shown)

    return alter


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize(("codes", "wide", "found"), [(2, 2, 0), (15, 1, 1), (-30, 2, 1), (60, 4, 1), (60, 12, 0)])
def test_stripes_are_found_within_two_frames(codes: int, wide: int, found: int, upright: bool) -> None:
    events = run(StripeAnalyser, views(altered(striped(codes, wide=wide, upright=upright))))
    assert len(events) == found
    for event in events:
        assert event.from_s == pytest.approx(FIRST / FPS, abs=2 / FPS + 1e-6)
        assert event.to_s == pytest.approx(END / FPS, abs=2 / FPS + 1e-6)
        assert event.value == pytest.approx(100 * 334 / (COLUMNS if upright else ROWS), abs=0.5)


def test_stripes_are_found_in_ten_bits() -> None:
    assert len(run(StripeAnalyser, views(altered(striped(30)), bit_depth=10))) == 1


def test_a_line_that_does_not_run_through_is_none() -> None:
    def half(picture: Luma) -> Luma:
        shown = picture.copy()
        shown[: ROWS // 2, 333:335] = 235
        return shown

    assert run(StripeAnalyser, views(altered(half))) == ()


def test_a_line_drawn_on_a_slide_is_no_stripe() -> None:
    ruled = SLIDE.copy()
    ruled[80:82] = 30
    assert run(StripeAnalyser, views(held(ruled))) == ()


def test_a_line_of_a_moment_is_no_stripe() -> None:
    assert run(StripeAnalyser, views(altered(striped(60), end=FIRST + 20))) == ()


def test_a_narrow_board_of_a_small_picture_is_no_stripe() -> None:
    """Five lines of 270 are a shelf's edge of twenty at 1080; a dead line is one or two at any size."""
    board, dead = (np.ascontiguousarray(room()[::2, ::2]) for _ in range(2))
    board[120:125] -= 40
    board[120] += 15
    board[124] += 15
    dead[120:122] -= 40
    assert run(StripeAnalyser, views(noisy(board, number) for number in range(100))) == ()
    assert len(run(StripeAnalyser, views(noisy(dead, number) for number in range(100)))) == 1
