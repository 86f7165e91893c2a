"""Small pictures of the recording's scenes, for reports and for the window."""

import base64
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome
from app.media.views import FrameView
from app.model.recording import Thumbnail

MOST: Final = 24
"""So many pictures are kept; of more the two nearest in time lose one."""
WIDTH: Final = 256
JPEG_QUALITY: Final = 70
"""Fixed, so that the same file gives the same report to the byte; about 8 kB a picture."""
DIFFERENT: Final = 12.0
"""A look shows a new scene when it differs this much from the last picture kept, mean 8-bit codes."""
_HD_ROWS = 720
_NEUTRAL = 128


@dataclass(frozen=True)
class _Kept:
    time_s: float
    jpeg: bytes


class ThumbnailAnalyser:
    """Thumbnails of the first look and of every look that shows another scene than the last one kept.

    So a change of shot, a black picture or a picture out of exposure has one within half a second.
    """

    def __init__(self) -> None:
        self._kept: list[_Kept] = []
        self._last: NDArray[np.uint8] | None = None

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        if not frame.looks:
            return
        if self._last is not None and self._last.shape == frame.small.shape:
            apart = cv2.sumElems(cv2.absdiff(self._last, frame.small))[0] / frame.small.size
            if apart < DIFFERENT:
                return
        self._last = frame.small
        self._kept.append(_Kept(frame.time_s, _as_jpeg(frame)))
        if len(self._kept) > MOST:
            self._thin()

    def finish(self) -> Outcome:
        """Return the pictures in order of time."""
        return Outcome(
            thumbnails=tuple(
                Thumbnail(time_s=round(kept.time_s, 4), jpeg=base64.b64encode(kept.jpeg).decode("ascii"))
                for kept in self._kept
            )
        )

    def _thin(self) -> None:
        """Drop the picture that leaves the smallest gap; the first and the newest stay."""
        gaps_s = [after.time_s - before.time_s for before, after in zip(self._kept, self._kept[2:], strict=False)]
        del self._kept[1 + gaps_s.index(min(gaps_s))]


def _as_jpeg(frame: FrameView) -> bytes:
    rows, columns = frame.small.shape
    size = (WIDTH, min(max(1, round(WIDTH * rows / columns)), 2 * WIDTH))
    span = float(frame.white_code - frame.black_code)
    luma = (_resized(frame.small, size) - frame.black_code) * (255.0 / span)
    picture: NDArray[np.float32] = np.repeat(luma[:, :, np.newaxis], 3, axis=2)
    if frame.small_cb is not None and frame.small_cr is not None:
        gain = 1.0 if frame.full_range else 255.0 / 224.0
        cb, cr = (gain * (_resized(plane, size) - _NEUTRAL) for plane in (frame.small_cb, frame.small_cr))
        red, blue = (0.2126, 0.0722) if frame.luma.shape[0] >= _HD_ROWS else (0.299, 0.114)
        green = 1.0 - red - blue
        picture[:, :, 0] += 2.0 * (1.0 - blue) * cb
        picture[:, :, 1] -= (2.0 * blue * (1.0 - blue) * cb + 2.0 * red * (1.0 - red) * cr) / green
        picture[:, :, 2] += 2.0 * (1.0 - red) * cr
    whole = np.clip(np.rint(picture), 0, 255).astype(np.uint8)
    done, jpeg = cv2.imencode(".jpg", whole, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    assert done, "an array of bytes can be made a JPEG"
    return bytes(jpeg.tobytes())


def _resized(plane: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.float32]:
    resized: NDArray[np.float32] = np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)
    return resized
