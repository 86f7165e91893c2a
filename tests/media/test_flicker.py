"""Flicker: rolling bands and beats of the whole light, found to about a frame; motion, cuts and shaking are none."""

import numpy as np
import pytest

from app.media.analysers.flicker import FlickerAnalyser
from tests.media.content_views import Luma, noisy, run, scene, slide, spans, views

ROWS, COLUMNS = 270, 480


def beating(amplitude: float, hz: float, bands: float, first_s: float, end_s: float, long_s: float) -> list[Luma]:
    """Return a noisy scene whose light beats in a span; ``bands`` waves stand over the height."""
    ground = scene(1, ROWS, COLUMNS)
    down = np.linspace(0.0, 1.0, ROWS)[:, np.newaxis]
    frames = []
    for number in range(round(long_s * 25)):
        time_s = number / 25
        wave = np.sin(2 * np.pi * (hz * time_s + bands * down)) if first_s <= time_s < end_s else np.zeros_like(down)
        lit = np.clip(16 + (ground - 16.0) * (1.0 + amplitude * wave), 16, 235).astype(np.uint8)
        frames.append(noisy(lit, number))
    return frames


@pytest.mark.parametrize(("hz", "bands"), [(5.0, 0.0), (6.2, 0.6), (10.0, 3.0), (2.5, 1.0)])
@pytest.mark.parametrize("amplitude", [0.03, 0.12])
def test_beat_is_found_with_its_frequency(amplitude: float, hz: float, bands: float) -> None:
    (event,) = run(FlickerAnalyser(), views(beating(amplitude, hz, bands, 4.0, 9.0, 13.0))).events
    assert event.from_s == pytest.approx(4.0, abs=0.1)
    assert event.to_s == pytest.approx(9.0, abs=0.1)
    assert event.value == pytest.approx(hz, abs=0.2)


def test_beat_to_the_end() -> None:
    (event,) = run(FlickerAnalyser(), views(beating(0.05, 5.0, 1.0, 0.0, 8.0, 8.0))).events
    assert event.from_s == pytest.approx(0.0, abs=0.1)
    assert event.to_s == pytest.approx(8.0, abs=0.1)


@pytest.mark.parametrize("after", [2, 20, 50])
def test_cut_after_a_beat_does_not_move_its_end(after: int) -> None:
    frames = beating(0.12, 6.2, 0.6, 2.0, 6.0, 9.0)
    frames[150 + after :] = [slide(1)[::2, ::2].copy()] * (75 - after)
    (event,) = run(FlickerAnalyser(), views(frames)).events
    assert event.from_s == pytest.approx(2.0, abs=0.1)
    assert event.to_s == pytest.approx(6.0, abs=0.3)  # the cut itself looks like half a beat


@pytest.mark.parametrize(("amplitude", "hz"), [(0.003, 5.0), (0.05, 1.0), (0.0, 5.0)])
def test_faint_and_slow_changes_are_none(amplitude: float, hz: float) -> None:
    assert run(FlickerAnalyser(), views(beating(amplitude, hz, 0.5, 0.0, 8.0, 8.0))).events == ()


def test_shaking_camera_is_none() -> None:
    wide = scene(3, ROWS, COLUMNS + 20)
    frames = []
    for number in range(200):
        shift = 10 + round(6 * np.sin(2 * np.pi * 5.0 * number / 25))
        frames.append(noisy(np.ascontiguousarray(wide[:, shift : shift + COLUMNS]), number))
    assert run(FlickerAnalyser(), views(frames)).events == ()


def test_blinking_corner_is_none() -> None:
    frames = []
    for number in range(200):
        frame = scene(1, ROWS, COLUMNS)
        frame[:60, :100] = 200 if number // 3 % 2 else 60
        frames.append(frame)
    assert run(FlickerAnalyser(), views(frames)).events == ()


def test_slides_that_change_are_none() -> None:
    slides = [slide(seed) for seed in range(8)]
    assert run(FlickerAnalyser(), views(slides[number // 25 % 8] for number in range(400))).events == ()


def test_beat_under_three_seconds_is_none() -> None:
    outcome = run(FlickerAnalyser(), views(beating(0.05, 5.0, 0.5, 4.0, 5.5, 10.0)))
    assert spans(outcome.events) == []
