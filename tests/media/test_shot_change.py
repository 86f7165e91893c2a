"""Changes of shot: every hard cut at its frame; dissolves, flashes, motion and new words on a slide are none."""

import numpy as np
import pytest

from app.media.analysers.shot_change import ShotChangeAnalyser
from tests.media.content_views import Luma, flat, noisy, run, scene, slide, views

ROWS, COLUMNS = 270, 480


def shot(seed: int, number: int) -> Luma:
    return noisy(scene(seed, ROWS, COLUMNS), number)


def test_cuts_are_found_at_their_frame_and_counted() -> None:
    cuts = (50, 61, 140, 200)
    frames = (shot(sum(number >= cut for cut in cuts), number) for number in range(250))
    outcome = run(ShotChangeAnalyser(), views(frames))
    assert [event.from_s for event in outcome.events] == [cut / 25 for cut in cuts]
    assert outcome.figures == {"shot_changes": 4, "shot_changes_per_min": 24.0}


def test_flash_is_no_cut() -> None:
    frames = (flat(235, ROWS, COLUMNS) if number in (60, 61) else shot(1, number) for number in range(120))
    assert run(ShotChangeAnalyser(), views(frames)).events == ()


@pytest.mark.parametrize("fps", [25, 50])
def test_train_of_flashes_is_no_cut(fps: int) -> None:
    lit = [1.0 <= number / fps < 3.0 and int((number / fps - 1.0) * 12.5 + 1e-6) % 2 == 0 for number in range(4 * fps)]
    frames = (
        np.minimum(shot(1, number) + (60 if each else 0), 235).astype(np.uint8) for number, each in enumerate(lit)
    )
    assert run(ShotChangeAnalyser(), views(frames, fps=fps)).events == ()


def test_dissolve_is_no_cut() -> None:
    first, second = scene(1, ROWS, COLUMNS), scene(2, ROWS, COLUMNS)
    shares = np.clip((np.arange(120) - 50) / 20, 0.0, 1.0)
    frames = (noisy((first * (1 - s) + second * s).astype(np.uint8), n) for n, s in enumerate(shares))
    assert run(ShotChangeAnalyser(), views(frames)).events == ()


@pytest.mark.parametrize("speed", [2, 8, 20])
def test_pan_is_no_cut(speed: int) -> None:
    wide = scene(5, ROWS, COLUMNS + 60 * 20)
    shifts = np.cumsum([speed if 30 <= number < 90 else 0 for number in range(120)])
    frames = (noisy(np.ascontiguousarray(wide[:, s : s + COLUMNS]), n) for n, s in enumerate(shifts))
    assert run(ShotChangeAnalyser(), views(frames)).events == ()


def test_next_line_of_a_slide_is_no_cut() -> None:
    frames = (slide(1, lines=3 + number // 20) for number in range(120))
    assert run(ShotChangeAnalyser(), views(frames)).events == ()


def test_new_size_within_the_track_does_not_stop_it() -> None:
    frames = [shot(1, number) for number in range(30)] + [scene(2, ROWS // 2, COLUMNS // 2)] * 30
    assert run(ShotChangeAnalyser(), views(frames)).figures["shot_changes"] == 0


def test_nothing_seen_is_nothing_said() -> None:
    assert ShotChangeAnalyser().finish().figures == {}
