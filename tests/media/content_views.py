"""Views made here for the analysers of the picture's content: drawn to the pixel, moved to the frame."""

from collections.abc import Iterable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, PictureAnalyser
from app.media.views import FrameView
from app.model.recording import RecordingEvent

FPS = 25
ROWS, COLUMNS = 540, 960
Luma = NDArray[np.uint8]


def views(
    pictures: Iterable[Luma],
    *,
    fps: float = FPS,
    bit_depth: int = 8,
    chroma: Iterable[tuple[Luma, Luma]] | None = None,
) -> Iterator[FrameView]:
    """Make the views of pictures in 8-bit codes, a look every half second, reduced as the program reduces."""
    previous: Luma | None = None
    look_every = round(fps / 2)
    colours = iter(chroma) if chroma is not None else None
    for number, picture in enumerate(pictures):
        step = max(1, round(picture.shape[1] / 480))
        small = np.ascontiguousarray(picture[step // 2 :: step, step // 2 :: step])
        luma: Luma | NDArray[np.uint16] = picture
        if bit_depth > 8:
            luma = picture.astype(np.uint16) << np.uint16(bit_depth - 8)
        looks = number % look_every == 0
        cb, cr = next(colours) if colours is not None else (None, None)
        if previous is not None and previous.shape != small.shape:
            previous = None
        yield FrameView(
            number,
            number / fps,
            1 / fps,
            small,
            luma,
            bit_depth,
            False,
            number % look_every,
            look_every,
            False,
            previous,
            cb if looks else None,
            cr if looks else None,
        )
        previous = small


def run(analyser: PictureAnalyser, frames: Iterable[FrameView]) -> Outcome:
    for frame in frames:
        analyser.process(frame)
    return analyser.finish()


def spans(events: Iterable[RecordingEvent]) -> list[tuple[float, float]]:
    return [(event.from_s, event.to_s) for event in events]


def flat(level: int, rows: int = ROWS, columns: int = COLUMNS) -> Luma:
    return np.full((rows, columns), level, np.uint8)


def slide(seed: int = 1, *, ground: int = 225, ink: int = 40, size: float = 0.8, lines: int = 10) -> Luma:
    """Return a slide with lines of words in real letters."""
    picture = flat(ground)
    random = np.random.default_rng(seed)
    for line in range(lines):
        words = " ".join("".join(chr(97 + int(c)) for c in random.integers(0, 26, 6)) for _ in range(5))
        place = (40, 60 + 45 * line)
        cv2.putText(picture, words, place, cv2.FONT_HERSHEY_SIMPLEX, size, ink, max(1, round(2 * size)), cv2.LINE_AA)
    return picture


def scene(seed: int = 1, rows: int = ROWS, columns: int = COLUMNS) -> Luma:
    """Return a busy picture with sharp edges, as a camera sees a set: boxes of many levels and fine texture."""
    random = np.random.default_rng(seed)
    picture = np.full((rows, columns), 110, np.uint8)
    for _ in range(120):
        left, top = int(random.integers(0, columns - 40)), int(random.integers(0, rows - 40))
        wide, tall = int(random.integers(8, 90)), int(random.integers(8, 90))
        picture[top : top + tall, left : left + wide] = int(random.integers(40, 210))
    texture = random.normal(0.0, 6.0, (rows, columns))
    return np.clip(picture + texture, 16, 235).astype(np.uint8)


def noisy(picture: Luma, number: int, sigma: float = 2.0) -> Luma:
    """Return a picture with the sensor noise of one frame."""
    noise = np.random.default_rng(number).normal(0.0, sigma, picture.shape)
    return np.clip(picture + noise, 16, 235).astype(np.uint8)


def blurred(picture: Luma, sigma: float) -> Luma:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)
