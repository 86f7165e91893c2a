"""Clean lecture pictures: slides of real letters, a presenter before a set, both together; nothing here is a fault.

Code values are of the clip's own depth from the start, so that 10 bits are ten and not padded eights.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Code = NDArray[np.int16]

LUMA_NOISE: Final = 1.8
CHROMA_NOISE: Final = 1.0
"""Standard deviation of a good camera's sensor noise, in 8-bit code values."""
_NOISE_PICTURES: Final = 7
_WORDS: Final = (
    "model data course energy structure method analysis of the and in module signal table function learning "
    "result system process theory example question answer quality measure week lecture practice"
)


@dataclass
class Frame:
    """One picture in code values, limited range unless a fault says otherwise.

    Attributes:
        y: shape (rows, columns).
        u: shape (rows / 2, columns / 2), neutral is half of all codes.
        v: as `u`.
        depth: bits of a code value.
        time_s: start of the frame, seconds.
    """

    y: Code
    u: Code
    v: Code
    depth: int
    time_s: float

    @property
    def scale(self) -> int:
        """Codes of this depth in one 8-bit code."""
        return 1 << (self.depth - 8)

    def copy(self) -> "Frame":
        """Return a copy that a fault may alter."""
        return Frame(self.y.copy(), self.u.copy(), self.v.copy(), self.depth, self.time_s)


@dataclass(frozen=True)
class Layer:
    """A still picture in 8-bit code values with fractions; ``alpha`` is None where it fills the frame."""

    y: Plane
    u: Plane
    v: Plane
    alpha: Plane | None = None


def resized(plane: Plane, columns: int, rows: int, how: int = cv2.INTER_AREA) -> Plane:
    """Return a plane at another size."""
    return np.asarray(cv2.resize(plane, (columns, rows), interpolation=how), np.float32)


def smoothed(plane: Plane, sigma: float) -> Plane:
    """Return a plane behind a Gaussian."""
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32)


class Canvas:
    """Draws layers from colours.

    Args:
        width: of the picture, even.
        height: of the picture, even.
    """

    def __init__(self, width: int, height: int) -> None:
        self.rgb = np.zeros((height, width, 3), np.uint8)
        self.unit = height / 540.0

    def length(self, at_540: float) -> int:
        """Return a length of the 540-line drawing in pixels of this one."""
        return max(1, round(at_540 * self.unit))

    def layer(self, texture: Plane | float = 0.0, alpha: Plane | None = None) -> Layer:
        """Return the drawing as luma and chroma of BT.709, limited range; ``texture`` is added to red, green, blue."""
        drawn = np.clip(self.rgb + np.float32(texture), 8.0, 245.0)
        red, green, blue = (drawn[..., place] / np.float32(255.0) for place in range(3))
        luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        half = (self.rgb.shape[1] // 2, self.rgb.shape[0] // 2)
        u = resized((blue - luma) / np.float32(1.8556), *half)
        v = resized((red - luma) / np.float32(1.5748), *half)
        return Layer(
            (16.0 + 219.0 * luma).astype(np.float32),
            (128.0 + 224.0 * u).astype(np.float32),
            (128.0 + 224.0 * v).astype(np.float32),
            alpha,
        )


Colour = tuple[int, int, int]
_SLIDE_LOOKS: Final[tuple[tuple[Colour, Colour, Colour], ...]] = (
    ((250, 250, 250), (30, 30, 40), (20, 60, 140)),
    ((18, 24, 48), (235, 235, 225), (250, 200, 90)),
    ((240, 236, 224), (50, 40, 30), (150, 40, 30)),
    ((225, 238, 246), (20, 40, 60), (10, 110, 90)),
)


def draw_slide(width: int, height: int, random: np.random.Generator, look: int, lines: int = 9) -> Layer:
    """Return a slide: a title, lines of words and a small diagram, in one of four looks."""
    canvas = Canvas(width, height)
    ground, ink, accent = _SLIDE_LOOKS[look % len(_SLIDE_LOOKS)]
    canvas.rgb[:] = ground
    length = canvas.length
    cv2.rectangle(canvas.rgb, (0, 0), (width, length(64)), accent, -1)
    _write(canvas, _sentence(random, 4).title(), (length(40), length(44)), 1.15, ground)
    for line in range(lines):
        text = _sentence(random, int(random.integers(3, 6)))
        _write(canvas, f"- {text}", (length(50), length(112 + 42 * line)), 0.72, ink)
    left, top = width * 2 // 3, length(120)
    for number in range(4):
        corner = (left + length(20 + 60 * number), top + length(200))
        tall = int(random.integers(40, 180))
        cv2.rectangle(canvas.rgb, corner, (corner[0] + length(36), corner[1] - length(tall)), accent, -1)
    cv2.line(canvas.rgb, (left, top + length(200)), (left + length(280), top + length(200)), ink, length(2))
    return canvas.layer()


def _sentence(random: np.random.Generator, words: int) -> str:
    known = _WORDS.split()
    return " ".join(known[int(place)] for place in random.integers(0, len(known), words))


def _write(canvas: Canvas, text: str, place: tuple[int, int], size: float, colour: Colour) -> None:
    cv2.putText(
        canvas.rgb, text, place, cv2.FONT_HERSHEY_SIMPLEX, size * canvas.unit, colour, canvas.length(1.6), cv2.LINE_AA
    )


def draw_set(width: int, height: int, random: np.random.Generator) -> Layer:
    """Return a studio set: an evenly lit wall, shelves with books, a plant, a plate with a name."""
    canvas = Canvas(width, height)
    across = np.linspace(0.0, 1.0, width, dtype=np.float32)[np.newaxis, :, np.newaxis]
    canvas.rgb[:] = (np.array((158, 152, 146), np.float32) + 14.0 * np.sin(np.pi * across)).astype(np.uint8)
    length = canvas.length
    for shelf in range(3):
        bottom = length(150 + 110 * shelf)
        cv2.rectangle(canvas.rgb, (length(30), bottom), (width - length(30), bottom + length(9)), (112, 92, 74), -1)
        column = length(36)
        while column < width - length(60):
            wide = length(int(random.integers(9, 22)))
            tall = length(int(random.integers(52, 84)))
            drawn = random.integers(50, 205, 3)
            colour = tuple(int(part) for part in drawn.mean() + 0.55 * (drawn - drawn.mean()))  # books are not neon
            if random.random() < 0.85:
                cv2.rectangle(canvas.rgb, (column, bottom - tall), (column + wide, bottom - 1), colour, -1)
                cv2.line(canvas.rgb, (column + wide, bottom - tall), (column + wide, bottom), (44, 40, 40), 1)
            column += wide + 2
    texture = smoothed(random.normal(0.0, 20.0, (height, width)).astype(np.float32), 1.5)
    return canvas.layer(texture[..., np.newaxis])


def draw_presenter(width: int, height: int, random: np.random.Generator) -> Layer:
    """Return head and shoulders with a soft edge, the size of its own box."""
    canvas = Canvas(width, height)
    canvas.unit = height / 400.0
    length = canvas.length
    middle = width // 2
    shirt = tuple(int(part) for part in random.integers(50, 150, 3))
    alpha = np.zeros((height, width), np.float32)
    for target, colour in ((canvas.rgb, shirt), (alpha, 1.0)):
        cv2.ellipse(target, (middle, height), (width // 2 - 2, length(205)), 0, 180, 360, colour, -1)
        cv2.rectangle(target, (middle - length(28), length(150)), (middle + length(28), length(220)), colour, -1)
        cv2.ellipse(target, (middle, length(112)), (length(62), length(82)), 0, 0, 360, colour, -1)
    skin, hair = (206, 160, 134), (52, 40, 34)
    cv2.rectangle(canvas.rgb, (middle - length(26), length(150)), (middle + length(26), length(206)), skin, -1)
    cv2.ellipse(canvas.rgb, (middle, length(112)), (length(62), length(82)), 0, 0, 360, skin, -1)
    cv2.ellipse(canvas.rgb, (middle, length(84)), (length(56), length(52)), 0, 180, 360, hair, -1)
    for side in (-1, 1):
        cv2.ellipse(canvas.rgb, (middle + side * length(26), length(102)), (length(9), length(5)), 0, 0, 360, hair, -1)
        lapel = (middle + side * length(60), length(300))
        cv2.line(canvas.rgb, (middle, length(235)), lapel, (230, 230, 228), length(3))
    for row in range(length(216), height, max(length(13), 3)):
        cv2.line(canvas.rgb, (0, row), (width, row - length(18)), tuple(part + 26 for part in shirt), length(2))
    cloth = random.normal(0.0, 5.0, (height, width, 1)).astype(np.float32)
    return canvas.layer(cloth, smoothed(alpha, 0.8))


@dataclass(frozen=True)
class Sensor:
    """Noise of a camera at a depth, of one size; a few pictures of it, shifted anew for each frame."""

    luma: tuple[Plane, ...]
    chroma: tuple[Plane, ...]

    @staticmethod
    def of(width: int, height: int, random: np.random.Generator) -> "Sensor":
        """Make the noise of a good camera."""
        luma = tuple(random.normal(0.0, LUMA_NOISE, (height, width)).astype(np.float32) for _ in range(_NOISE_PICTURES))
        chroma = tuple(
            random.normal(0.0, CHROMA_NOISE, (height // 2, width // 2)).astype(np.float32)
            for _ in range(_NOISE_PICTURES)
        )
        return Sensor(luma, chroma)

    def add(self, planes: tuple[Plane, Plane, Plane], number: int) -> None:
        """Add the noise of one frame to luma and chroma in place."""
        random = np.random.default_rng(number)
        for plane, pictures in zip(planes, (self.luma, self.chroma, self.chroma), strict=True):
            picture = pictures[int(random.integers(len(pictures)))]
            row, column = (int(random.integers(1, size)) for size in picture.shape)
            rows, columns = picture.shape
            # four parts of a picture rolled by (row, column), without the copy that np.roll makes
            plane[row:, column:] += picture[: rows - row, : columns - column]
            plane[:row, column:] += picture[rows - row :, : columns - column]
            plane[row:, :column] += picture[: rows - row, columns - column :]
            plane[:row, :column] += picture[rows - row :, columns - column :]


class Shot:
    """What is seen between two cuts; `frame` draws it at a time."""

    def __init__(self, size: tuple[int, int], depth: int, seed: int) -> None:
        self.width, self.height = size
        self.depth = depth
        self.random = np.random.default_rng(seed)
        self.phase = float(self.random.uniform(0.0, 6.0))

    def planes(self, time_s: float, number: int) -> tuple[Plane, Plane, Plane]:
        """Return luma and chroma of a frame as 8-bit code values with fractions."""
        raise NotImplementedError

    def frame(self, time_s: float, number: int) -> Frame:
        """Return a frame in code values of the clip's depth, within the legal range."""
        scale = float(1 << (self.depth - 8))
        y, u, v = self.planes(time_s, number)
        codes = [
            np.rint(np.clip(plane, 16.0, top) * scale).astype(np.int16)
            for plane, top in ((y, 235.0), (u, 240.0), (v, 240.0))
        ]
        return Frame(codes[0], codes[1], codes[2], self.depth, time_s)


class SlideShot(Shot):
    """A captured screen: no noise; a mouse pointer wanders now and then, as on real slides."""

    def __init__(self, size: tuple[int, int], depth: int, seed: int) -> None:
        super().__init__(size, depth, seed)
        self.layer = draw_slide(self.width, self.height, self.random, seed)

    def planes(self, time_s: float, number: int) -> tuple[Plane, Plane, Plane]:
        del number
        y = self.layer.y.copy()
        if (time_s + self.phase) % 7.0 < 2.0:
            column = int(self.width * (0.3 + 0.2 * np.sin(1.3 * time_s)))
            row = int(self.height * (0.6 + 0.2 * np.cos(1.1 * time_s)))
            y[row : row + 12, column : column + 7] = 40.0
        return y, self.layer.u.copy(), self.layer.v.copy()


class CameraShot(Shot):
    """A presenter who moves before a set, with sensor noise."""

    def __init__(self, size: tuple[int, int], depth: int, seed: int) -> None:
        super().__init__(size, depth, seed)
        self.ground = draw_set(self.width, self.height, self.random)
        self.sensor = Sensor.of(self.width, self.height, self.random)
        tall = self.height * 3 // 4 & ~1
        self.presenter = draw_presenter(tall * 9 // 10 & ~1, tall, self.random)
        self.left = float(self.width * self.random.uniform(0.2, 0.5))

    def planes(self, time_s: float, number: int) -> tuple[Plane, Plane, Plane]:
        planes = (self.ground.y.copy(), self.ground.u.copy(), self.ground.v.copy())
        tall = self.presenter.y.shape[0]
        lay(planes, self.presenter, self.left + self._sway(time_s), self.height - tall + 4.0 + self._nod(time_s))
        self.sensor.add(planes, number)
        return planes

    def _sway(self, time_s: float) -> float:
        time_s += self.phase
        return self.width * (0.018 * float(np.sin(1.9 * time_s)) + 0.006 * float(np.sin(7.3 * time_s)))

    def _nod(self, time_s: float) -> float:
        time_s += self.phase
        return self.height * (0.008 * (1.0 + float(np.sin(4.1 * time_s))) + 0.004 * (1.0 + float(np.sin(9.7 * time_s))))


class InsetShot(SlideShot):
    """A slide with the presenter small in its corner: most of the picture stands still."""

    def __init__(self, size: tuple[int, int], depth: int, seed: int) -> None:
        super().__init__(size, depth, seed)
        self.inset_size = (self.width // 4 & ~1, self.height // 3 & ~1)
        self.camera = CameraShot(self.inset_size, depth, seed + 1)

    def planes(self, time_s: float, number: int) -> tuple[Plane, Plane, Plane]:
        planes = super().planes(time_s, number)
        for plane, small in zip(planes, self.camera.planes(time_s, number), strict=True):
            rows, columns = small.shape
            plane[-rows:, -columns:] = small
        return planes


class PanShot(CameraShot):
    """The same, the camera turning slowly to and fro: all of the picture moves."""

    def __init__(self, size: tuple[int, int], depth: int, seed: int) -> None:
        super().__init__(size, depth, seed)
        self.wide = draw_set(self.width * 3 // 2 & ~1, self.height, self.random)

    def planes(self, time_s: float, number: int) -> tuple[Plane, Plane, Plane]:
        half = round(self.width / 8 * (1.0 + np.sin(0.5 * time_s + self.phase)))  # of two columns: chroma stays in step
        rooms = ((self.wide.y, 2 * half, self.width), (self.wide.u, half, self.width // 2))
        y, u = (plane[:, start : start + wide].copy() for plane, start, wide in rooms)
        planes = (y, u, self.wide.v[:, half : half + self.width // 2].copy())
        left = self.left - 2 * half + self.width / 4 + self._sway(time_s)
        lay(planes, self.presenter, left, self.height - self.presenter.y.shape[0] + 4.0 + self._nod(time_s))
        self.sensor.add(planes, number)
        return planes


class KeyedShot(CameraShot):
    """A presenter before a computed background, as a chroma key leaves it: clean edge, still background."""

    def __init__(self, size: tuple[int, int], depth: int, seed: int) -> None:
        super().__init__(size, depth, seed)
        canvas = Canvas(self.width, self.height)
        down = np.linspace(0.0, 1.0, self.height, dtype=np.float32)[:, np.newaxis, np.newaxis]
        ground = np.array((70, 96, 140), np.float32) + down * np.array((50, 40, 20), np.float32)
        canvas.rgb[:] = ground.astype(np.uint8)
        _write(canvas, _sentence(self.random, 3), (canvas.length(60), canvas.length(90)), 1.4, (230, 230, 235))
        self.ground = canvas.layer(self.random.normal(0.0, 3.0, (self.height, self.width, 1)).astype(np.float32))


def lay(planes: tuple[Plane, Plane, Plane], layer: Layer, left: float, top: float) -> None:
    """Lay a layer over the planes at a place with fractions of a pixel; what reaches out of the frame is cut off."""
    if layer.alpha is None:
        raise ValueError("a layer that is laid over others needs an edge")
    alpha_half = resized(layer.alpha, layer.u.shape[1], layer.u.shape[0])
    parts = ((layer.y, layer.alpha, 1), (layer.u, alpha_half, 2), (layer.v, alpha_half, 2))
    for plane, (values, alpha, step) in zip(planes, parts, strict=True):
        _lay_plane(plane, values, alpha, left / step, top / step)


def _lay_plane(plane: Plane, values: Plane, alpha: Plane, left: float, top: float) -> None:
    column, row = int(np.floor(left)), int(np.floor(top))
    shift = np.array([[1.0, 0.0, left - column], [0.0, 1.0, top - row]], np.float32)
    size = (values.shape[1] + 1, values.shape[0] + 1)
    moved = cv2.warpAffine(values, shift, size, borderMode=cv2.BORDER_REPLICATE)
    weight = cv2.warpAffine(alpha, shift, size)
    rows = slice(max(row, 0), min(row + size[1], plane.shape[0]))
    columns = slice(max(column, 0), min(column + size[0], plane.shape[1]))
    own = (slice(rows.start - row, rows.stop - row), slice(columns.start - column, columns.stop - column))
    under = plane[rows, columns]
    under += (moved[own] - under) * weight[own]


SHOTS: Final[dict[str, Callable[[tuple[int, int], int, int], Shot]]] = {
    "camera": CameraShot,
    "pan": PanShot,
    "slide": SlideShot,
    "inset": InsetShot,
    "keyed": KeyedShot,
}
