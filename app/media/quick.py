"""The quick check: header, index and samples of picture and sound, an answer in seconds for any length.

What only a full read can prove stays None: loudness, faults in time, variable rate, that *every* frame is intra-coded.
A sample does prove the opposite of some of it: one predicted frame, one lowest bit of the sound's depth that is used,
one flat top of the wave where it lies.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import av.error
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from app.media.analysers.thumbnails import ThumbnailAnalyser
from app.media.picture import frame_facts, make_view
from app.media.probe import OpenedFile
from app.media.progress import ProgressMeter
from app.media.sound import SoundResult, SoundTrack
from app.model.recording import AudioFacts, RecordingEvent, Thumbnail, VideoFacts

SAMPLES: Final = 5
"""Places that are looked at: the start, and a fifth of the length further each."""
SOUND_S: Final = 2.0
"""So much sound is heard at each of them."""
PROVEN_BY_A_SAMPLE: Final = frozenset({"clipping"})
"""Kinds of events that a sample proves where they lie; the others need to know what is around them."""
_FRAMES_EACH: Final = 6
_INTRA_FRAMES_EACH: Final = 2
_PACKETS_EACH: Final = 400
_PREDICTED: Final = frozenset({PictureType.P, PictureType.B, PictureType.S, PictureType.SP})
_SOME_S: Final = 0.04
_EVERY_FRAME_LOOKS: Final = 3


@dataclass(frozen=True)
class PictureSample:
    """What a few frames show: facts, and the scenes at the places that were looked at."""

    facts: VideoFacts
    thumbnails: tuple[Thumbnail, ...]


def sample_picture(opened: OpenedFile, stream: VideoStream, facts: VideoFacts, meter: ProgressMeter) -> PictureSample:
    """Complete the header's facts with what a few frames at five places show.

    Raises:
        MediaError: ``media_cancelled``.
    """
    intra = stream.codec_context.codec.intra_only
    # with frames in parallel a decoder is fed a whole row of them before it gives the first
    stream.thread_type = "SLICE" if intra else "AUTO"
    frames: list[VideoFrame] = []
    scenes = ThumbnailAnalyser()
    for place_s in _places_s(opened):
        sampled = _frames_at(opened.container, stream, place_s, _INTRA_FRAMES_EACH if intra else _FRAMES_EACH)
        if sampled:
            time_s = place_s if sampled[0].pts is None else max(sampled[0].time - opened.origin_s, 0.0)
            scenes.process(make_view(sampled[0], 0, time_s, _SOME_S, _EVERY_FRAME_LOOKS))
        frames += sampled
        meter.tick(0.0, len(frames))
    update: dict[str, object] = frame_facts(frames[0]) if frames else {}
    if any(frame.pict_type in _PREDICTED for frame in frames):
        update["intra_only"] = False
    elif intra:
        update["intra_only"] = True
    if frames:
        flagged = sum(bool(frame.interlaced_frame) for frame in frames)
        update["scan"] = "interlaced" if flagged * 2 > len(frames) else "unknown"
    if stream.duration and stream.time_base:
        update["duration_s"] = round(float(stream.duration * stream.time_base), 4)
    update["bitrate_bps"] = stream.codec_context.bit_rate or _rate_of_the_rest(opened)
    return PictureSample(facts.model_copy(update=update), scenes.finish().thumbnails)


def sample_sound(
    opened: OpenedFile, stream: AudioStream, facts: AudioFacts, meter: ProgressMeter
) -> tuple[AudioFacts, tuple[RecordingEvent, ...]]:
    """Complete the header's facts with what two seconds of sound at five places show.

    Raises:
        MediaError: ``media_cancelled``.
    """
    track = SoundTrack(stream, facts, opened.origin_s)
    for place_s in _places_s(opened):
        if place_s >= track.decoded_to_s:  # in a short recording the sample before reaches further
            for frame in _sound_at(opened.container, stream, place_s):
                track.accept(frame)
            track.flush()
        meter.tick(0.0, 0)
    heard = track.finish()
    return (facts, ()) if heard is None else proven_sound(facts, heard)


def proven_sound(facts: AudioFacts, heard: SoundResult) -> tuple[AudioFacts, tuple[RecordingEvent, ...]]:
    """Return of what samples of the sound show only what they prove of the whole.

    Args:
        facts: of the header.
        heard: what the analysers said of the samples alone.
    """
    update: dict[str, object] = {"sample_rate_hz": heard.facts.sample_rate_hz, "channels": heard.facts.channels}
    if facts.bit_depth is not None and heard.facts.effective_bit_depth == facts.bit_depth:
        update["effective_bit_depth"] = facts.bit_depth  # no other sample can use fewer bits for the whole file
    return facts.model_copy(update=update), tuple(each for each in heard.events if each.kind in PROVEN_BY_A_SAMPLE)


def _places_s(opened: OpenedFile) -> Iterator[float]:
    length_s = opened.expected_s or 0.0
    return (length_s * number / SAMPLES for number in range(SAMPLES))


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


def _frames_at(container: InputContainer, stream: VideoStream, time_s: float, most: int) -> list[VideoFrame]:
    """Return a few frames from the key frame before a time; fewer where the file does not let itself seek."""
    frames: list[VideoFrame] = []
    try:
        for number, packet in enumerate(_packets_from(container, stream, time_s)):
            frames += (frame for frame in packet.decode() if isinstance(frame, VideoFrame))
            if len(frames) >= most or number >= _PACKETS_EACH:
                break
    except av.error.FFmpegError:
        return frames
    return frames[:most]


def _sound_at(container: InputContainer, stream: AudioStream, time_s: float) -> Iterator[AudioFrame]:
    """Yield two seconds of sound from about a time on; less where the file does not let itself seek or is damaged."""
    left_s = SOUND_S
    try:
        for packet in _packets_from(container, stream, time_s):
            for frame in packet.decode():
                if isinstance(frame, AudioFrame):
                    yield frame
                    left_s -= frame.samples / frame.sample_rate
            if left_s <= 0.0:
                return
    except av.error.FFmpegError:
        return


def _packets_from(container: InputContainer, stream: Stream, time_s: float) -> "Iterator[Packet[Stream]]":
    if stream.time_base:
        container.seek(int(time_s / stream.time_base) + (stream.start_time or 0), stream=stream)
    return container.demux(stream)
