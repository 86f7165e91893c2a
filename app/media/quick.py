"""The quick check: header, index and a few samples of the picture, an answer in seconds for any length.

What only a full read can prove stays None: loudness, faults in time, variable rate, and that *every* frame is
intra-coded. One predicted frame in a sample does prove the opposite.
"""

from typing import Final

import av.error
from av.container import InputContainer
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from app.media.picture import frame_facts
from app.media.probe import OpenedFile
from app.media.progress import ProgressMeter
from app.model.recording import VideoFacts

_SAMPLES: Final = 5
_FRAMES_EACH: Final = 12
_PACKETS_EACH: Final = 400
_PREDICTED: Final = frozenset({PictureType.P, PictureType.B, PictureType.S, PictureType.SP})


def sample_picture(opened: OpenedFile, stream: VideoStream, facts: VideoFacts, meter: ProgressMeter) -> VideoFacts:
    """Complete the header's facts with what a few frames at five places show.

    Raises:
        MediaError: ``media_cancelled``.
    """
    stream.thread_type = "AUTO"
    frames: list[VideoFrame] = []
    for number in range(_SAMPLES):
        sampled = _frames_at(opened.container, stream, (opened.expected_s or 0.0) * number / _SAMPLES)
        frames += sampled
        meter.tick(0.0, len(frames))
    update: dict[str, object] = frame_facts(frames[0]) if frames else {}
    if any(frame.pict_type in _PREDICTED for frame in frames):
        update["intra_only"] = False
    elif stream.codec_context.codec.intra_only:
        update["intra_only"] = True
    if frames:
        flagged = sum(bool(frame.interlaced_frame) for frame in frames)
        update["scan"] = "interlaced" if flagged * 2 > len(frames) else "unknown"
    if stream.duration and stream.time_base:
        update["duration_s"] = round(float(stream.duration * stream.time_base), 4)
    update["bitrate_bps"] = stream.codec_context.bit_rate or _rate_of_the_rest(opened)
    return facts.model_copy(update=update)


def _rate_of_the_rest(opened: OpenedFile) -> int | None:
    """Return what the file's rate leaves for the picture, bit/s: Matroska and MPEG-TS do not state it (X39)."""
    if not opened.expected_s:
        return None
    sound_bps = 0
    if opened.audio is not None and opened.audio_facts is not None and opened.audio.index not in opened.undecodable:
        facts = opened.audio_facts
        raw_bps = (
            facts.sample_rate_hz * facts.channels * (facts.bit_depth or 0) if facts.codec.startswith("pcm_") else 0
        )
        sound_bps = opened.audio.codec_context.bit_rate or raw_bps
    return max(round(opened.facts.size_bytes * 8 / opened.expected_s) - sound_bps, 0)


def _frames_at(container: InputContainer, stream: VideoStream, time_s: float) -> list[VideoFrame]:
    """Return up to a dozen frames from the key frame before a time; fewer where the file does not let itself seek."""
    frames: list[VideoFrame] = []
    try:
        if time_s > 0.0 and stream.time_base:
            container.seek(int(time_s / stream.time_base) + (stream.start_time or 0), stream=stream)
        for number, packet in enumerate(container.demux(stream)):
            frames += packet.decode()
            if len(frames) >= _FRAMES_EACH or number >= _PACKETS_EACH:
                break
    except av.error.FFmpegError:
        return frames
    return frames[:_FRAMES_EACH]
