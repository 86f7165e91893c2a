"""Black, interlace, rate: views made here, whose truth is known to the frame."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, PictureAnalyser, Spans
from app.media.analysers.black import BlackAnalyser
from app.media.analysers.frame_times import FrameTimesAnalyser
from app.media.analysers.interlace import InterlaceAnalyser
from app.media.views import FrameView

FPS = 25
ROWS, COLUMNS = 108, 192


def view(
    index: int,
    luma: NDArray[np.uint8],
    *,
    time_s: float | None = None,
    duration_s: float = 1 / FPS,
    full_range: bool = False,
    flag: bool = False,
) -> FrameView:
    time_s = index / FPS if time_s is None else time_s
    return FrameView(index, time_s, duration_s, luma, luma, 8, full_range, index % 12, 12, flag)


def run(analyser: PictureAnalyser, frames: Iterable[FrameView]) -> Outcome:
    for frame in frames:
        analyser.process(frame)
    return analyser.finish()


def flat(level: int) -> NDArray[np.uint8]:
    return np.full((ROWS, COLUMNS), level, np.uint8)


def black_between(first: int, end: int, count: int, dark: NDArray[np.uint8]) -> Outcome:
    lit = flat(120)
    return run(BlackAnalyser(), (view(number, dark if first <= number < end else lit) for number in range(count)))


def test_black_runs_from_its_first_frame_to_the_first_that_is_not() -> None:
    (event,) = black_between(30, 90, 150, flat(16)).events
    assert (event.kind, event.from_s, event.to_s) == ("black", 30 / FPS, 90 / FPS)


def test_black_at_the_end_lasts_to_the_end() -> None:
    (event,) = black_between(60, 120, 120, flat(16)).events
    assert (event.from_s, event.to_s) == (60 / FPS, 120 / FPS)


@pytest.mark.parametrize(("frames", "found"), [(49, 0), (50, 1)])
def test_black_counts_from_two_seconds(frames: int, found: int) -> None:
    assert len(black_between(10, 10 + frames, 100, flat(16)).events) == found


@pytest.mark.parametrize(("level", "found"), [(37, 1), (39, 0)])
def test_black_is_within_ten_percent_of_black(level: int, found: int) -> None:
    # 16 + 10 % of (235 - 16) = 37.9
    assert len(black_between(0, 60, 60, flat(level)).events) == found


@pytest.mark.parametrize(("share", "found"), [(0.015, 1), (0.025, 0)])
def test_black_bears_two_percent_of_light(share: float, found: int) -> None:
    dark = flat(16)
    dark.reshape(-1)[: int(dark.size * share)] = 235
    assert len(black_between(0, 60, 60, dark).events) == found


def test_black_knows_full_range() -> None:
    frames = [view(number, flat(30), full_range=True) for number in range(60)]
    assert run(BlackAnalyser(), frames).events == ()  # 10 % of 255 = 25.5
    frames = [view(number, flat(20), full_range=True) for number in range(60)]
    assert len(run(BlackAnalyser(), frames).events) == 1


def test_level_curve_is_percent_of_the_legal_range() -> None:
    frames = [view(number, flat(16 if number < FPS else 235)) for number in range(2 * FPS)]
    assert run(BlackAnalyser(), frames).series["luma_mean_percent"] == (0.0, 100.0)


def moving(time: float) -> NDArray[np.uint8]:
    """Return soft stripes that move sideways: four pixels in a unit of time."""
    across = np.arange(COLUMNS)[np.newaxis, :] - 4 * time
    down = np.arange(ROWS)[:, np.newaxis]
    wave = np.sin(across / 7.0) + 0.3 * np.sin(down / 11.0)
    luma: NDArray[np.uint8] = np.clip(120 + 60 * wave, 0, 255).astype(np.uint8)
    return luma


def woven(number: int, *, top_first: bool) -> NDArray[np.uint8]:
    """Return a frame of two fields, half a frame's time apart."""
    frame = moving(number + (0.0 if top_first else 0.5))
    frame[1::2] = moving(number + (0.5 if top_first else 0.0))[1::2]
    return frame


@pytest.mark.parametrize("top_first", [True, False])
def test_combing_is_found_though_the_file_says_progressive(top_first: bool) -> None:
    outcome = run(InterlaceAnalyser(), (view(n, woven(n, top_first=top_first)) for n in range(100)))
    assert outcome.figures["scan"] == "interlaced"
    (event,) = outcome.events
    assert event.from_s <= 0.5
    assert event.to_s >= 3.4


@pytest.mark.parametrize("bit_depth", [10, 12, 16])
@pytest.mark.parametrize("combed", [True, False])
def test_combing_is_told_from_motion_at_any_depth(bit_depth: int, combed: bool) -> None:
    def deep(number: int) -> FrameView:
        seen = view(number, woven(number, top_first=True) if combed else moving(number))
        luma: NDArray[np.uint16] = np.left_shift(seen.luma, bit_depth - 8, dtype=np.uint16)
        return replace(seen, luma=luma, bit_depth=bit_depth)

    outcome = run(InterlaceAnalyser(), map(deep, range(100)))
    assert outcome.figures["scan"] == ("interlaced" if combed else "progressive")


def test_moving_progressive_picture_is_progressive() -> None:
    outcome = run(InterlaceAnalyser(), (view(n, moving(n)) for n in range(100)))
    assert outcome.figures["scan"] == "progressive"
    assert outcome.events == ()


@pytest.mark.parametrize("sigma", [2.0, 10.0])
def test_noise_and_a_still_slide_with_fine_lines_are_progressive(sigma: float) -> None:
    random = np.random.default_rng(3)
    lines = flat(200)
    lines[::2] = 40

    def noisy(number: int) -> FrameView:
        return view(number, np.clip(lines + random.normal(0, sigma, lines.shape), 0, 255).astype(np.uint8))

    outcome = run(InterlaceAnalyser(), (noisy(n) for n in range(150)))
    assert outcome.figures["scan"] == "progressive"
    assert outcome.events == ()


def test_a_file_that_calls_its_frames_interlaced_is_interlaced() -> None:
    outcome = run(InterlaceAnalyser(), (view(n, moving(n), flag=True) for n in range(60)))
    assert outcome.figures["scan"] == "interlaced"
    assert outcome.events == ()  # no combing was seen


def test_an_interlaced_insert_in_a_progressive_file_is_an_event() -> None:
    frames = (view(n, woven(n, top_first=True) if 100 <= n < 200 else moving(n)) for n in range(500))
    outcome = run(InterlaceAnalyser(), frames)
    assert outcome.figures["scan"] == "progressive"
    (event,) = outcome.events
    assert event.from_s == pytest.approx(4.0, abs=0.6)
    assert event.to_s == pytest.approx(8.0, abs=0.6)


def timed(times_s: Iterable[float], *, tick_s: float = 1 / 90_000, fps: tuple[float, ...] = ()) -> Outcome:
    nominal_s = 1 / fps[0] if fps else 1 / FPS
    frames = (view(n, flat(50), time_s=time_s, duration_s=nominal_s) for n, time_s in enumerate(times_s))
    return run(FrameTimesAnalyser(tick_s, fps), frames)


@pytest.mark.parametrize("fps", [24000 / 1001, 24.0, 25.0, 30000 / 1001, 50.0, 60000 / 1001])
@pytest.mark.parametrize("tick_s", [1 / 90_000, 0.001])
def test_a_constant_rate_is_told_exactly_in_spite_of_rounded_time_stamps(fps: float, tick_s: float) -> None:
    times_s = [round(number / fps / tick_s) * tick_s for number in range(250)]
    figures = timed(times_s, tick_s=tick_s, fps=(fps,)).figures
    assert (figures["vfr"], figures["fps"], figures["frames"]) == (False, round(fps, 3), 250)


def test_24_and_23_976_are_not_confused() -> None:
    figures = timed([number * 1001 / 24000 for number in range(500)], fps=(24.0, 24000 / 1001)).figures
    assert figures["fps"] == 23.976


def test_a_rate_that_the_file_states_wrongly_is_measured() -> None:
    assert timed([number / 25 for number in range(250)], fps=(30.0,)).figures["fps"] == 25.0


def test_a_variable_rate_is_averaged_over_the_length() -> None:
    times_s = np.cumsum([0.0] + [1 / 30, 1 / 30, 8 / 30] * 30)[:-1]
    figures = timed(times_s, fps=(30.0,)).figures
    assert figures["vfr"] is True
    # 90 frames; the last of them stands for its nominal 1/30 s
    assert figures["fps"] == pytest.approx(90 / (times_s[-1] + 1 / 30), abs=0.01)


def test_dropped_frames_are_events_in_a_constant_rate() -> None:
    times_s = [number / 25 for number in range(500) if number not in (100, 101, 300)]
    outcome = timed(times_s, fps=(25.0,))
    assert outcome.figures["vfr"] is False
    assert outcome.figures["fps"] == 25.0
    assert [(event.from_s, event.to_s, event.value) for event in outcome.events] == [
        (4.0, 4.08, 2),
        (12.0, 12.04, 1),
    ]


def test_one_frame_has_no_rate_of_its_own() -> None:
    figures = timed([0.0], fps=(25.0,)).figures
    assert (figures["vfr"], figures["fps"], figures["frames"]) == (None, 25.0, 1)


def test_spans_join_what_is_near_and_drop_what_is_short() -> None:
    spans = Spans("flash", min_s=1.0, join_s=0.5)
    for from_s, to_s in [(0.0, 0.6), (1.0, 1.4), (3.0, 3.2), (5.0, 6.0)]:
        spans.add(from_s, to_s, 1)
    assert [(event.from_s, event.to_s, event.value) for event in spans.events()] == [(0.0, 1.4, 2), (5.0, 6.0, 1)]
