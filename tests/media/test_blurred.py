"""Out of focus: found to the frame, compared with the recording, never on a smooth slide."""

import numpy as np
import pytest

from app.media.analysers.blurred import BlurAnalyser
from tests.media.content_views import Luma, blurred, flat, noisy, run, scene, slide, spans, views


def shown(sharp: Luma, soft: Luma, first: int, end: int, count: int) -> list[Luma]:
    pictures = [noisy(sharp, number % 5) for number in range(5)]
    softs = [noisy(soft, number % 5) for number in range(5)]
    return [softs[number % 5] if first <= number < end else pictures[number % 5] for number in range(count)]


@pytest.mark.parametrize("sigma", [3.0, 5.0])
@pytest.mark.parametrize(("first", "end"), [(40, 140), (55, 133)])
def test_blur_is_found_from_its_first_frame_to_the_first_sharp_one(sigma: float, first: int, end: int) -> None:
    outcome = run(BlurAnalyser(), views(shown(scene(), blurred(scene(), sigma), first, end, 200)))
    assert spans(outcome.events) == [(first / 25, end / 25)]


def test_soft_lens_all_through_is_no_fault() -> None:
    soft = blurred(scene(), 0.9)  # 1.8 pixels at 1920
    assert run(BlurAnalyser(), views(shown(soft, soft, 0, 0, 100))).events == ()


def test_far_out_of_focus_all_through_is_a_fault() -> None:
    soft = blurred(scene(), 5.0)
    assert spans(run(BlurAnalyser(), views(shown(soft, soft, 0, 0, 100))).events) == [(0.0, 4.0)]


def test_lens_among_drawn_slides_is_no_fault() -> None:
    """A slide has sharper edges than any lens."""
    lens = blurred(scene(), 0.9)
    assert run(BlurAnalyser(), views(shown(slide(), lens, 60, 160, 250))).events == ()


def test_short_blur_is_a_search_for_focus() -> None:
    assert run(BlurAnalyser(), views(shown(scene(), blurred(scene(), 5.0), 60, 100, 200))).events == ()


def smooth_slide() -> Luma:
    across = np.linspace(60, 220, 960)[np.newaxis, :] + np.linspace(-20, 15, 540)[:, np.newaxis]
    return np.asarray(across.astype(np.uint8))


@pytest.mark.parametrize("picture", [flat(16), flat(128), smooth_slide(), slide(), slide(2, ground=40, ink=220)])
def test_smooth_and_drawn_slides_are_no_fault(picture: Luma) -> None:
    assert run(BlurAnalyser(), views([scene()] * 50 + [picture] * 150)).events == ()


def test_curve_is_the_sharpness_of_each_second() -> None:
    curve = run(BlurAnalyser(), views(shown(scene(), blurred(scene(), 5.0), 50, 100, 100))).series["sharpness_percent"]
    assert len(curve) == 4
    assert all(value is not None and value > 40.0 for value in curve[:2])
    assert all(value is not None and value < 10.0 for value in curve[2:])
