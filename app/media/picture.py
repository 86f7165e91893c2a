"""The picture of a recording: decoded frames into views, views through all picture analysers."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from av.video.frame import PictureType, VideoFrame
from av.video.plane import VideoPlane
from av.video.stream import VideoStream
from numpy.typing import NDArray

from app.media.analysers.base import Figure, PictureAnalyser, Series
from app.media.analysers.black import BlackAnalyser
from app.media.analysers.content import content_analysers
from app.media.analysers.frame_times import FrameTimesAnalyser
from app.media.analysers.interlace import InterlaceAnalyser
from app.media.analysers.signals import signal_analysers
from app.media.views import FrameView, Luma
from app.model.recording import RecordingEvent, Thumbnail, VideoFacts

SMALL_WIDTH: Final = 480
SMALL_CHROMA_WIDTH: Final = 240
LOOKS_PER_S: Final = 2
_BATCH_FRAMES: Final = 6
_BATCH_BYTES: Final = 40_000_000
_MEAN_LINES: Final = 8
_MEAN_STEP: Final = 4
_FULL_RANGE: Final = 2  # AVCOL_RANGE_JPEG
_LEAST_LOOK_EVERY: Final = 3  # a look is three frames in a row
_PREDICTED: Final = frozenset({PictureType.P, PictureType.B, PictureType.S, PictureType.SP})
_USUAL_FPS: Final = 25.0
_NO_STAMP: Final = -(2**63)
_WORDS: Final = {2: np.uint16, 4: np.uint32, 8: np.uint64} if sys.byteorder == "little" else {}
# formats whose first plane is luma, one sample per 8 or 16 bits, in the machine's byte order
_LUMA_FIRST = re.compile(r"(yuvj?a?4\d\dp(9|10|12|14|16)?(le)?|gray((10|12|14|16)le)?|nv(12|16|24))$")


@dataclass(frozen=True)
class PictureResult:
    """What the analysers found in the picture track."""

    facts: VideoFacts
    events: tuple[RecordingEvent, ...]
    series: dict[str, Series]
    thumbnails: tuple[Thumbnail, ...] = ()


class PictureTrack:
    """The picture track of a file.

    Args:
        stream: the stream.
        facts: what the probe knows from the header.
        origin_s: time of the recording's start on the stream's clock, seconds.
    """

    def __init__(self, stream: VideoStream, facts: VideoFacts, origin_s: float) -> None:
        self.stream = stream
        self.damaged_packets = 0
        self.starts_s = 0.0
        self.decoded_to_s = 0.0
        self.frames = 0
        self._facts = facts
        self._origin_s = origin_s
        rates = tuple(float(rate) for rate in (stream.average_rate, stream.base_rate, stream.guessed_rate) if rate)
        self._nominal_s = 1.0 / (rates[0] if rates else _USUAL_FPS)
        self._look_every = max(_LEAST_LOOK_EVERY, round(1.0 / self._nominal_s / LOOKS_PER_S))
        self._bytes = 0
        self._all_keys = True
        self._predicted = False
        self._damaged_frames = 0
        self._waiting: list[VideoFrame] = []
        self._batch = 1
        self._last_s = 0.0
        self._previous: NDArray[np.uint8] | None = None
        self._stamps = [_NO_STAMP, _NO_STAMP]
        self._backwards = [0, 0]
        tick_s = float(stream.time_base) if stream.time_base else 0.0
        self.analysers: Sequence[PictureAnalyser] = (
            FrameTimesAnalyser(tick_s, rates),
            BlackAnalyser(),
            InterlaceAnalyser(),
            *signal_analysers(),
            *content_analysers(),
        )

    def count(self, size_bytes: int, *, is_key: bool) -> None:
        """Count a packet for bit rate and intra-frame; the empty one at the end is none."""
        if size_bytes:
            self._bytes += size_bytes
            self._all_keys = self._all_keys and is_key

    def accept(self, frame: VideoFrame) -> None:
        """Take one decoded frame; it is measured with the few that follow it.

        Between two frames the decoder takes the processor's caches for itself: what is measured in a row costs a
        sixth less.
        """
        self._waiting.append(frame)
        if len(self._waiting) >= self._batch:
            self.flush()

    def flush(self) -> None:
        """Measure the frames that wait."""
        frames, self._waiting = self._waiting, []
        for frame in frames:
            self._measure(frame)

    def _measure(self, frame: VideoFrame) -> None:
        if not self.frames:
            self._facts = self._facts.model_copy(update=frame_facts(frame))
            size_bytes = sum(plane.buffer_size for plane in frame.planes)
            self._batch = max(1, min(_BATCH_FRAMES, _BATCH_BYTES // size_bytes))
        self._predicted = self._predicted or frame.pict_type in _PREDICTED
        self._damaged_frames += frame.is_corrupt
        time_s = self._time_s(frame)
        duration_s = self._nominal_s
        if frame.duration and frame.time_base:
            duration_s = float(frame.duration * frame.time_base)
        view = make_view(frame, self.frames, time_s, duration_s, self._look_every, self._previous)
        self._previous = view.small
        for analyser in self.analysers:
            analyser.process(view)
        if not self.frames:
            self.starts_s = time_s
        self.frames += 1
        self._last_s = time_s
        self.decoded_to_s = time_s + duration_s

    def _time_s(self, frame: VideoFrame) -> float:
        """Return the start of a frame, always later than the one before.

        Raw streams have no time stamps and AVI has none in presentation order. As FFmpeg's best effort does, the
        decoding stamps serve once the presentation stamps have run backwards more often; what still does not rise
        follows the frame before.
        """
        stamps = (frame.pts, frame.dts)
        for kind, stamp in enumerate(stamps):
            if stamp is not None:
                self._backwards[kind] += stamp <= self._stamps[kind]
                self._stamps[kind] = stamp
        pts, dts = stamps
        stamp = dts if dts is not None and (pts is None or self._backwards[0] > self._backwards[1]) else pts
        if stamp is None or not frame.time_base:
            return self.decoded_to_s
        time_s = float(stamp * frame.time_base) - self._origin_s
        return time_s if not self.frames or time_s > self._last_s else self.decoded_to_s

    def finish(self) -> PictureResult:
        """Return facts with figures, events and curves; without any frame only what the header says."""
        damaged = self._damaged_frames + self.damaged_packets
        if not self.frames:
            return PictureResult(self._facts.model_copy(update={"frames": 0, "damaged_frames": damaged}), (), {})
        figures: dict[str, Figure] = {
            "intra_only": self._all_keys and not self._predicted,
            "damaged_frames": damaged,
        }
        events: list[RecordingEvent] = []
        series: dict[str, Series] = {}
        thumbnails: tuple[Thumbnail, ...] = ()
        for analyser in self.analysers:
            outcome = analyser.finish()
            figures |= outcome.figures
            events += outcome.events
            series |= outcome.series
            thumbnails += outcome.thumbnails
        duration_s = figures["duration_s"]
        if duration_s:
            figures["bitrate_bps"] = round(self._bytes * 8 / float(duration_s))
        facts = VideoFacts.model_validate(self._facts.model_dump() | figures)
        return PictureResult(facts, tuple(events), series, thumbnails)


def make_view(
    frame: VideoFrame,
    index: int,
    time_s: float,
    duration_s: float,
    look_every: int,
    previous: NDArray[np.uint8] | None = None,
) -> FrameView:
    """Make the view of a decoded frame; the luma is not copied, the reduced one is sampled from it.

    Args:
        frame: the decoded frame.
        index: place in presentation order, from 0.
        time_s: start, seconds.
        duration_s: length, seconds.
        look_every: frames between two looks.
        previous: reduced luma of the frame before.
    """
    full_range = is_full_range(frame)
    phase = index % look_every
    interlaced = bool(frame.interlaced_frame)
    if not _LUMA_FIRST.match(frame.format.name) or frame.planes[0].line_size < 0:  # negative: stored bottom up
        frame, full_range = _as_yuv(frame)
    bit_depth = frame.format.components[0].bits
    luma = _luma(frame, bit_depth)
    small = _small(luma, bit_depth)
    if previous is not None and previous.shape != small.shape:
        previous = None
    small_cb = small_cr = mean_chroma = None
    if (chroma := _chroma(frame, bit_depth)) is not None:
        mean_chroma = (_mean(chroma[0], bit_depth), _mean(chroma[1], bit_depth))
        if phase == 0:
            step = max(1, round(chroma[0].shape[1] / SMALL_CHROMA_WIDTH))
            small_cb, small_cr = (_sampled(codes, step, bit_depth) for codes in chroma)
    return FrameView(
        index,
        time_s,
        duration_s,
        small,
        luma,
        bit_depth,
        full_range,
        phase,
        look_every,
        interlaced,
        previous,
        small_cb,
        small_cr,
        mean_chroma,
    )


def is_full_range(frame: VideoFrame) -> bool:
    """Tell whether the luma of a frame uses all codes."""
    return frame.color_range == _FULL_RANGE or frame.format.name.startswith("yuvj")


def _as_yuv(frame: VideoFrame) -> tuple[VideoFrame, bool]:
    """Convert RGB, palettes and packed formats; what comes out is limited range."""
    deep = frame.format.components[0].bits > 8
    return frame.reformat(format="yuv444p10le" if deep else "yuv444p", dst_color_range=1, threads=1), False


def _luma(frame: VideoFrame, bit_depth: int) -> Luma:
    return _plane(frame.planes[0], bit_depth)[: frame.height, : frame.width]


def _plane(plane: VideoPlane, bit_depth: int) -> Luma:
    """Return a plane as it lies in the decoder's memory, padding at the right included."""
    buffer: Any = plane  # PyAV's stubs do not say that a plane is a buffer
    codes: Luma = np.frombuffer(buffer, np.uint8) if bit_depth == 8 else np.frombuffer(buffer, np.uint16)
    return codes.reshape(-1, plane.line_size // codes.itemsize)


def _small(luma: Luma, bit_depth: int) -> NDArray[np.uint8]:
    return _sampled(luma, max(1, round(luma.shape[1] / SMALL_WIDTH)), bit_depth)


def _sampled(codes: Luma, step: int, bit_depth: int) -> NDArray[np.uint8]:
    """Return every so many-th code of every so many-th line as a copy of 8-bit codes.

    Where a step is as wide as a machine word, words are read and cut down to their first code: half the time.
    """
    lines = codes[step // 2 :: step]
    word = _WORDS.get(step * codes.itemsize)
    if word is not None and codes.shape[1] % step == 0 and codes.strides[1] == codes.itemsize:
        first = lines.view(word)
        sampled: Luma = first.astype(np.uint8) if bit_depth == 8 else first.astype(np.uint16)
    else:
        sampled = lines[:, ::step]
    return (sampled if bit_depth == 8 else sampled >> (bit_depth - 8)).astype(np.uint8, copy=sampled.base is not None)


def _chroma(frame: VideoFrame, bit_depth: int) -> tuple[Luma, Luma] | None:
    """Return both chroma planes; None for a grey picture."""
    planes = frame.planes
    if len(planes) == 1 or frame.format.name.startswith("gray"):
        return None
    chroma = frame.format.components[1]
    if len(planes) == 2:  # nv12 and its like: blue and red difference take turns
        pairs = _plane(planes[1], bit_depth)[: chroma.height, : 2 * chroma.width]
        return pairs[:, 0::2], pairs[:, 1::2]
    blue, red = (_plane(plane, bit_depth)[: chroma.height, : chroma.width] for plane in planes[1:3])
    return blue, red


def _mean(codes: Luma, bit_depth: int) -> float:
    """Return the mean of a coarse sample in 8-bit codes: a few lines, for they are read from all over the memory."""
    step = max(1, codes.shape[0] // _MEAN_LINES)
    return float(codes[step // 2 :: step, ::_MEAN_STEP].mean()) / (1 << (bit_depth - 8))


def frame_facts(frame: VideoFrame) -> dict[str, object]:
    """Return the facts that the first frame shows better than the header does."""
    rotation_deg = frame.rotation % 360
    sideways = rotation_deg in (90, 270)
    return {
        "width": frame.height if sideways else frame.width,
        "height": frame.width if sideways else frame.height,
        "rotation_deg": rotation_deg,
        "bit_depth": frame.format.components[0].bits,
        "full_range": is_full_range(frame),
    }
