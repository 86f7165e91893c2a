"""Text on slides: too small by its height in the picture, too pale by WCAG's contrast; pictures have no text."""

import pytest

from app.media.analysers.small_text import SmallTextAnalyser
from tests.media.content_views import Luma, flat, noisy, run, scene, slide, views


def figures(*pictures: Luma) -> dict[str, object]:
    """Return the figures of pictures that stand for ten seconds each, at six frames a second."""
    return dict(run(SmallTextAnalyser(), views((one for one in pictures for _ in range(60)), fps=6.0)).figures)


@pytest.mark.parametrize(("size", "share"), [(0.3, 1.0), (0.35, 1.0), (0.8, 0.0), (1.2, 0.0)])
def test_share_of_small_text(size: float, share: float) -> None:
    """Letters of this font are 21 x size pixels high, with what hangs below 28 x size; the limit at 540 is 13.5."""
    assert figures(slide(size=size)) == {"small_text_share": share, "pale_text_share": 0.0}


@pytest.mark.parametrize(("ground", "ink", "pale"), [(225, 40, 0.0), (40, 220, 0.0), (225, 190, 1.0), (60, 90, 1.0)])
def test_share_of_pale_text(ground: int, ink: int, pale: float) -> None:
    assert figures(slide(ground=ground, ink=ink))["pale_text_share"] == pale


def test_looks_count_alike() -> None:
    shares = figures(slide(1, size=0.3), slide(2, size=0.8), slide(3, size=0.8), slide(4, size=0.8))
    assert shares["small_text_share"] == pytest.approx(0.25, abs=0.01)


def test_slide_that_stands_is_counted_as_long_as_it_stands() -> None:
    shares = figures(slide(1, size=0.3), slide(1, size=0.3), slide(1, size=0.3), slide(2, size=0.8))
    assert shares["small_text_share"] == pytest.approx(0.75, abs=0.01)


@pytest.mark.parametrize("picture", [flat(16), flat(200), scene(1), noisy(scene(2), 1, 6.0), noisy(flat(120), 1, 6.0)])
def test_picture_without_text_has_no_share(picture: Luma) -> None:
    assert figures(picture) == {}
