"""Squares of compression: found to the frame; letters, tables on the grid and noise are none."""

import cv2
import numpy as np
import pytest

from app.media.analysers.blocky import BlockinessAnalyser
from tests.media.content_views import Luma, blurred, noisy, run, scene, slide, spans, views


def squares(picture: Luma, share: float, side: int = 8) -> Luma:
    """Return a picture drawn ``share`` of the way to the means of its squares."""
    rows, columns = picture.shape[0] // side, picture.shape[1] // side
    part = picture[: rows * side, : columns * side].astype(np.float32)
    means = part.reshape(rows, side, columns, side).mean(axis=(1, 3))
    result = picture.copy()
    result[: rows * side, : columns * side] = np.rint(
        part + share * (np.repeat(np.repeat(means, side, 0), side, 1) - part)
    )
    return result


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_squares_are_found_from_their_first_frame_to_the_last(share: float) -> None:
    clean = blurred(scene(), 1.5)
    faulty = squares(clean, share)
    frames = [faulty if 40 <= number < 120 else clean for number in range(180)]
    assert spans(run(BlockinessAnalyser(), views(frames)).events) == [(40 / 25, 120 / 25)]


@pytest.mark.parametrize("side", [4, 7, 12])
def test_other_grids_are_no_blocks(side: int) -> None:
    assert run(BlockinessAnalyser(), views([squares(scene(), 1.0, side)] * 80)).events == ()


def test_letters_are_no_blocks() -> None:
    for seed in range(6):
        assert run(BlockinessAnalyser(), views([slide(seed)] * 60)).events == ()


def terminal(seed: int) -> Luma:
    """Return a screen full of letters that stand on a grid of 8 x 16 pixels."""
    random = np.random.default_rng(seed)
    glyphs = []
    for code in range(33, 127):
        glyph = np.full((16, 8), 30, np.uint8)
        cv2.putText(glyph, chr(code), (0, 12), cv2.FONT_HERSHEY_PLAIN, 0.8, 220, 1, cv2.LINE_AA)
        glyphs.append(glyph)
    picture = np.full((544, 960), 30, np.uint8)
    for row in range(0, 528, 16):
        for column in range(0, int(random.integers(300, 950)), 8):
            picture[row : row + 16, column : column + 8] = glyphs[int(random.integers(len(glyphs)))]
    return picture[:540]


def test_terminal_is_no_blocks() -> None:
    for seed in range(4):
        assert run(BlockinessAnalyser(), views([terminal(seed)] * 60)).events == ()


def test_table_on_the_grid_is_no_blocks() -> None:
    table = np.full((540, 960), 230, np.uint8)
    table[::32], table[:, ::64] = 200, 200
    assert run(BlockinessAnalyser(), views([table] * 60)).events == ()


def test_noise_is_no_blocks() -> None:
    assert run(BlockinessAnalyser(), views(noisy(scene(), number, 4.0) for number in range(80))).events == ()
