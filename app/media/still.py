"""One frame of a recording as a small picture: what is seen at a moment. Runs in a child, as all decoding does."""

import base64
from pathlib import Path
from typing import Final

import av.error
import cv2
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from app.media.probe import open_recording, read_header, require_file
from app.model.errors import MediaError
from app.model.recording import RecordingReport, Thumbnail

WIDTH: Final = 640
_JPEG_QUALITY: Final = 85
_MOST_FRAMES: Final = 1_500
"""Frames that are decoded after the key frame at most; a minute is further than encoders put them apart."""


def still_report(path: Path, time_s: float) -> RecordingReport:
    """Return a report that holds nothing but one thumbnail, 640 pixels wide: the frame that is seen at a time.

    Args:
        path: the recording.
        time_s: on the recording's time line, seconds; after the end the last frame is shown.

    Raises:
        MediaError: those of opening a recording; ``media_unreadable`` where no frame can be decoded there.
    """
    size_bytes = require_file(path)
    with open_recording(path, read_header(path), size_bytes) as opened:
        if opened.video is None or opened.video.index in opened.undecodable:
            raise MediaError("media_unreadable", name=path.name)
        frame = _frame_at(opened.container, opened.video, time_s + opened.origin_s)
        if frame is None:
            raise MediaError("media_unreadable", name=path.name)
        shown_s = time_s if frame.pts is None else max(frame.time - opened.origin_s, 0.0)
        thumbnail = Thumbnail(time_s=round(shown_s, 4), jpeg=base64.b64encode(_as_jpeg(frame)).decode("ascii"))
    return RecordingReport(path=str(path), thumbnails=(thumbnail,))


def _frame_at(container: InputContainer, stream: VideoStream, clock_s: float) -> VideoFrame | None:
    """Return the last frame that begins no later than a time of the stream's clock, the first one after damage."""
    stream.thread_type = "AUTO"
    shown: VideoFrame | None = None
    half_frame_s = 0.5 / float(stream.average_rate or 25)
    try:
        if stream.time_base:
            container.seek(max(int(clock_s / stream.time_base), stream.start_time or 0), stream=stream)
        for number, frame in enumerate(container.decode(stream)):
            late = frame.pts is not None and frame.time > clock_s + half_frame_s
            if shown is None or not late:
                shown = frame
            if late or number >= _MOST_FRAMES:
                break
    except av.error.FFmpegError:
        return shown
    return shown


def _as_jpeg(frame: VideoFrame) -> bytes:
    width = min(WIDTH, frame.width)
    height = max(2, round(frame.height * width / frame.width))
    picture = frame.reformat(width=width, height=height, format="bgr24", threads=1).to_ndarray()
    turned: NDArray[np.uint8] = np.ascontiguousarray(np.rot90(picture, frame.rotation // 90 % 4), np.uint8)
    done, jpeg = cv2.imencode(".jpg", turned, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    assert done, "an array of bytes can be made a JPEG"
    return bytes(jpeg.tobytes())
