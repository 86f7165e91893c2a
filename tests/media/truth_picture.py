"""Faults of the picture: one function for each kind, which alters the frames of a span.

Every function takes the frames of a clean stream and a strength in the unit that `FAULTS` names for its kind, and gives
the frames back in order. What a fault needs to remember between frames lives in the generator.
"""

from collections.abc import Callable, Iterable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.media.truth_scenes import Code, Frame, resized, smoothed

Frames = Iterable[Frame]
Alter = Callable[[Frames, float], Iterator[Frame]]

_SPOTS = (22, 40)
"""Spots of a bad key stand on a grid of so many rows and columns, whatever the size of the picture."""
FLASH_S = 0.08
"""Length of a flash, and of the pause after it."""
_PAN_S = 0.64
"""A combed picture pans one way for so long."""


def _each(alter: Callable[[Frame, float], None]) -> Alter:
    """Make a fault of a function that alters one frame in place."""

    def run(frames: Frames, strength: float) -> Iterator[Frame]:
        for frame in frames:
            altered = frame.copy()
            alter(altered, strength)
            yield altered

    return run


def _rounded(plane: NDArray[np.float32]) -> Code:
    return np.rint(plane).astype(np.int16)


def _legal(frame: Frame, luma: NDArray[np.float32]) -> Code:
    return _rounded(np.clip(luma, 16.0 * frame.scale, 235.0 * frame.scale))


def _levels(frame: Frame) -> NDArray[np.float32]:
    """Return luma from 0 (black) to 1 (white)."""
    return np.asarray((frame.y.astype(np.float32) / frame.scale - 16.0) / 219.0, np.float32)


def _set_levels(frame: Frame, levels: NDArray[np.float32]) -> None:
    frame.y = _legal(frame, (16.0 + 219.0 * levels) * frame.scale)


def _black(frame: Frame, strength: float) -> None:
    """Black, at ``strength`` of the way to white, with what noise a covered lens still has."""
    noise = (frame.y - cv2.blur(frame.y.astype(np.float32), (9, 9))) if strength else np.float32(0.0)
    _set_levels(frame, np.full(frame.y.shape, strength, np.float32) + noise / (frame.scale * 4 * 219.0))
    frame.u[:] = frame.v[:] = 128 * frame.scale


def freeze(frames: Frames, strength: float) -> Iterator[Frame]:
    """The first frame stands; ``strength`` is the length alone, the caller's."""
    del strength
    first: Frame | None = None
    for frame in frames:
        first = first or frame
        yield Frame(first.y, first.u, first.v, first.depth, frame.time_s)


def duplicates(frames: Frames, strength: float) -> Iterator[Frame]:
    """Of all frames the share ``strength`` repeats the one before (as a capture card that cannot keep up does)."""
    owed = 1.0 - 2.0 * strength  # the second frame is the first to repeat
    last: Frame | None = None
    for frame in frames:
        owed += strength
        if last is not None and owed >= 1.0 - 1e-9:
            owed -= 1.0
            frame = Frame(last.y, last.u, last.v, last.depth, frame.time_s)
        last = frame
        yield frame


def dropped(frames: Frames, strength: float) -> Iterator[Frame]:
    """No frame of the span is written; time goes on."""
    del strength
    yield from (frame for frame in frames if frame.time_s < 0.0)


def _overexposed(frame: Frame, strength: float) -> None:
    """``strength`` stops more light than the camera can take."""
    _set_levels(frame, _levels(frame) ** np.float32(2.2) * np.float32(2.0**strength))
    lifted = np.clip(_levels(frame), 0.0, 1.0) ** np.float32(1 / 2.2)
    _set_levels(frame, lifted)
    _pale(frame)


def _pale(frame: Frame) -> None:
    """Burnt-out places lose their colour."""
    burnt = resized(_levels(frame), frame.u.shape[1], frame.u.shape[0]) > 0.97
    frame.u[burnt] = frame.v[burnt] = 128 * frame.scale


def _underexposed(frame: Frame, strength: float) -> None:
    """``strength`` stops less light, with the noise that such a camera adds."""
    light = np.clip(_levels(frame), 0.0, 1.0) ** np.float32(2.2) * np.float32(2.0**-strength)
    _set_levels(frame, light ** np.float32(1 / 2.2))
    fade = 2.0 ** (-strength / 2.2)
    for plane in (frame.u, frame.v):
        grey = np.float32(128 * frame.scale)
        plane[:] = _rounded((grey + (plane - grey) * fade).astype(np.float32))


def _illegal_range(frame: Frame, strength: float) -> None:
    """Levels of 0..255 in a file that says 16..235: ``strength`` of the pixels lie clearly outside, dark ones first."""
    scale = frame.scale
    dark, bright = (float(level) for level in np.quantile(frame.y[::3, ::3], (0.6 * strength, 1.0 - 0.4 * strength)))
    stretched = 10.0 + (frame.y - np.float32(dark)) * np.float32(231.0 / (bright - dark))
    frame.y = _rounded(np.asarray(np.clip(stretched, 1.0, 254.0) * scale, np.float32))


def _uneven_light(frame: Frame, strength: float) -> None:
    """One lamp is out: light falls by ``strength`` stops from the left edge to the right."""
    stops = np.linspace(0.0, -strength, frame.y.shape[1], dtype=np.float32)
    _set_levels(frame, _levels(frame) * np.exp2(stops / np.float32(2.2)))


def _colour_cast(frame: Frame, strength: float) -> None:
    """Wrong white balance: all of the frame is ``strength`` 8-bit codes bluer (and so much less red)."""
    shift = round(strength * frame.scale)
    frame.u = np.clip(frame.u + shift, 16 * frame.scale, 240 * frame.scale).astype(np.int16)
    frame.v = np.clip(frame.v - shift, 16 * frame.scale, 240 * frame.scale).astype(np.int16)


def _chroma_key(frame: Frame, strength: float) -> None:
    """Bad key: the green of the cloth shows through in spots that jump, ``strength`` of the frame in all."""
    rows, columns = frame.y.shape
    random = np.random.default_rng(round(frame.time_s * 1000))
    coarse = random.random(_SPOTS).astype(np.float32)
    mask = resized(coarse, columns, rows, cv2.INTER_CUBIC)
    holes = mask > np.quantile(mask, 1.0 - strength)
    half = holes[::2, ::2]
    frame.y[holes] = 120 * frame.scale
    frame.u[half], frame.v[half] = 72 * frame.scale, 62 * frame.scale


def _blurred(frame: Frame, strength: float) -> None:
    """Out of focus: Gaussian of ``strength`` pixels at 1080 lines; the sensor's noise stays."""
    sigma = strength * frame.y.shape[0] / 1080.0
    luma = frame.y.astype(np.float32)
    noise = luma - cv2.blur(luma, (3, 3))
    small = np.abs(noise) < 4 * frame.scale
    frame.y = _legal(frame, smoothed(luma, sigma) + np.where(small, noise, 0.0).astype(np.float32))


def _upscaled(frame: Frame, strength: float) -> None:
    """Recorded at 1 / ``strength`` of the size and enlarged."""
    for name in ("y", "u", "v"):
        plane: Code = getattr(frame, name)
        rows, columns = plane.shape
        small = resized(plane.astype(np.float32), round(columns / strength), round(rows / strength))
        setattr(frame, name, _rounded(resized(small, columns, rows, cv2.INTER_CUBIC)))


def _blocky(frame: Frame, strength: float) -> None:
    """Squares of 8x8 pixels, as starved compression leaves them; ``strength`` of the way to their mean."""
    rows, columns = frame.y.shape
    luma = frame.y.astype(np.float32)
    means = resized(luma[: rows // 8 * 8, : columns // 8 * 8], columns // 8, rows // 8)
    squares = np.repeat(np.repeat(means, 8, axis=0), 8, axis=1)
    part = luma[: squares.shape[0], : squares.shape[1]]
    frame.y[: squares.shape[0], : squares.shape[1]] = _rounded(part + np.float32(strength) * (squares - part))


def flash(frames: Frames, strength: float) -> Iterator[Frame]:
    """Six flashes a second, each two twenty-fifths long, brighter by ``strength`` of the way from black to white."""
    first_s: float | None = None
    for frame in frames:
        first_s = frame.time_s if first_s is None else first_s
        if int((frame.time_s - first_s) / FLASH_S + 1e-6) % 2 == 0:
            frame = frame.copy()
            _set_levels(frame, _levels(frame) + np.float32(strength))
        yield frame


def flicker(frames: Frames, strength: float) -> Iterator[Frame]:
    """Mains light against the shutter: bands that wander, light changes by ± ``strength`` at about 6 Hz."""
    for frame in frames:
        rows = np.linspace(0.0, 1.0, frame.y.shape[0], dtype=np.float32)[:, np.newaxis]
        wave = np.sin(2 * np.pi * (6.2 * np.float32(frame.time_s) + 0.6 * rows))
        frame = frame.copy()
        _set_levels(frame, _levels(frame) * (1.0 + np.float32(strength) * wave))
        yield frame


def _stripe(frame: Frame, strength: float) -> None:
    """A line of the sensor is dead: two columns brighter by ``strength`` of the way from black to white."""
    column = frame.y.shape[1] * 3 // 8
    levels = _levels(frame)
    levels[:, column : column + 2] += np.float32(strength)
    _set_levels(frame, levels)


def _border(frame: Frame, strength: float) -> None:
    """Black bars above and below, ``strength`` of the height each, the picture shrunk between them."""
    rows, columns = frame.y.shape
    bar = round(rows * strength) & ~1
    for name, step, value in (("y", 1, 16), ("u", 2, 128), ("v", 2, 128)):
        plane: Code = getattr(frame, name)
        inside = resized(plane.astype(np.float32), columns // step, (rows - 2 * bar) // step)
        plane[:] = value * frame.scale
        plane[bar // step : (rows - bar) // step] = _rounded(inside)


def combed(frames: Frames, strength: float) -> Iterator[Frame]:
    """Two fields of different times in one frame; between them the picture moves by ``strength`` pixels.

    The picture as a whole pans to and fro; the odd lines are half a frame later than the even ones.
    """
    step = max(round(strength), 1)
    shift, way = 0, 1
    turned_s: float | None = None
    for frame in frames:
        frame = frame.copy()
        turned_s = frame.time_s if turned_s is None else turned_s
        if frame.time_s - turned_s >= _PAN_S - 1e-6:
            way, turned_s = -way, frame.time_s
        frame.y[0::2] = np.roll(frame.y[0::2], shift, axis=1)
        frame.y[1::2] = np.roll(frame.y[1::2], shift + way * step, axis=1)
        frame.u, frame.v = (np.roll(plane, shift // 2, axis=1) for plane in (frame.u, frame.v))
        shift += 2 * way * step
        yield frame


PICTURE_FAULTS: dict[str, Alter] = {
    "black": _each(_black),
    "freeze": freeze,
    "duplicate_frames": duplicates,
    "dropped_frames": dropped,
    "overexposed": _each(_overexposed),
    "underexposed": _each(_underexposed),
    "illegal_range": _each(_illegal_range),
    "uneven_light": _each(_uneven_light),
    "colour_cast": _each(_colour_cast),
    "chroma_key": _each(_chroma_key),
    "blurred": _each(_blurred),
    "upscaled": _each(_upscaled),
    "blocky": _each(_blocky),
    "flash": flash,
    "flicker": flicker,
    "stripe": _each(_stripe),
    "border": _each(_border),
    "interlaced": combed,
}
"""The function of every kind of fault in the picture."""
