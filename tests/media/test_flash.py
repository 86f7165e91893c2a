"""Flashes: more than three a second, a tenth of the light, a quarter of the picture; cuts and motion are none."""

import numpy as np
import pytest

from app.media.analysers.flash import FlashAnalyser
from tests.media.content_views import Luma, flat, noisy, run, scene, spans, views

ROWS, COLUMNS = 270, 480


def level(light: float) -> int:
    """Return the code of a relative luminance (BT.1886)."""
    return round(16 + 219 * float(light ** (1 / 2.4)))


def flashing(low: float, high: float, hz: float, share: float = 1.0, count: int = 150, fps: int = 25) -> list[Luma]:
    """Return two seconds of dark, then flashes for two seconds, then dark."""
    dark, lit = flat(level(low), ROWS, COLUMNS), flat(level(low), ROWS, COLUMNS)
    lit[: round(ROWS * share)] = level(high)
    bright = [2.0 <= n / fps < 4.0 and int((n / fps - 2.0) * 2 * hz + 1e-6) % 2 == 0 for n in range(count)]
    return [lit if each else dark for each in bright]


@pytest.mark.parametrize("hz", [4.0, 6.25, 12.5])
@pytest.mark.parametrize(("low", "high"), [(0.1, 0.22), (0.0, 1.0), (0.6, 0.75)])
def test_flashes_are_found_to_the_frame(hz: float, low: float, high: float) -> None:
    (event,) = run(FlashAnalyser(), views(flashing(low, high, hz))).events
    assert event.from_s == pytest.approx(2.0)
    # the last flash ends before or at 4 s, half a period earlier where it was the dark half's turn
    assert 4.0 - 0.5 / hz - 0.04 <= event.to_s <= 4.0
    assert event.value == pytest.approx(2 * hz, abs=1.0)


@pytest.mark.parametrize(
    ("low", "high", "hz", "share"),
    [
        (0.1, 0.18, 6.25, 1.0),  # too little light
        (0.85, 1.0, 6.25, 1.0),  # the darker side is bright
        (0.0, 1.0, 3.0, 1.0),  # three a second are allowed
        (0.0, 1.0, 6.25, 0.2),  # too small
    ],
)
def test_what_stays_below_a_threshold_is_no_flash(low: float, high: float, hz: float, share: float) -> None:
    assert run(FlashAnalyser(), views(flashing(low, high, hz, share))).events == ()


def test_quarter_of_the_picture_is_enough() -> None:
    assert len(run(FlashAnalyser(), views(flashing(0.0, 1.0, 5.0, 0.3))).events) == 1


def test_fifty_frames_a_second() -> None:
    frames = flashing(0.1, 0.4, 6.25, count=300, fps=50)
    assert spans(run(FlashAnalyser(), views(frames, fps=50)).events)[0][0] == pytest.approx(2.0)


def test_fast_cuts_between_two_shots_a_second_are_none() -> None:
    dark, bright = scene(1, ROWS, COLUMNS) // 3 + 16, scene(2, ROWS, COLUMNS)
    assert run(FlashAnalyser(), views((dark, bright)[number // 12 % 2] for number in range(150))).events == ()


def test_pan_over_stripes_is_none() -> None:
    stripes = np.tile(np.repeat(np.array([30, 220], np.uint8), 40), 6)[np.newaxis, :].repeat(ROWS, 0)
    frames = (np.ascontiguousarray(np.roll(stripes, 9 * number, 1)) for number in range(150))
    assert run(FlashAnalyser(), views(frames)).events == ()


def test_noise_is_none() -> None:
    assert run(FlashAnalyser(), views(noisy(scene(1, ROWS, COLUMNS), n, 8.0) for n in range(100))).events == ()
