"""Decode once: every packet of picture and sound is read, counted and decoded, every frame goes to its track."""

from collections.abc import Callable, Iterator

import av.error
from av.audio.frame import AudioFrame
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame

from app.media.picture import PictureTrack
from app.media.progress import ProgressMeter
from app.media.sound import SoundTrack


def read_through(
    container: InputContainer,
    picture: PictureTrack | None,
    sound: SoundTrack | None,
    meter: ProgressMeter,
    follow: Callable[[int], None],
) -> str | None:
    """Decode the tracks to the end; what cannot be decoded is counted by its track and passed over.

    Args:
        container: the opened file.
        picture: its picture track.
        sound: its sound track.
        meter: told of the progress.
        follow: called with the place in the file, bytes, of each packet that is read.

    Returns:
        The code of the error that ended the reading early (``media_read_failed``, ``media_damaged``), None at the end.

    Raises:
        MediaError: ``media_cancelled``.
    """
    if picture is not None:
        picture.stream.thread_type = "AUTO"
    tracks = [track for track in (picture, sound) if track is not None]
    packets = container.demux(*(track.stream for track in tracks))
    stopped = _read_packets(packets, picture, sound, meter, follow)
    for track in tracks:
        track.flush()
    return stopped


def _read_packets(
    packets: "Iterator[Packet[Stream]]",
    picture: PictureTrack | None,
    sound: SoundTrack | None,
    meter: ProgressMeter,
    follow: Callable[[int], None],
) -> str | None:
    while True:
        try:
            packet = next(packets)
        except (StopIteration, IndexError):
            # IndexError: at the end PyAV 18 stumbles over tracks that turned up after opening (MPEG-TS); the tracks
            # that it knew from the start have been flushed by then
            return None
        except av.error.FFmpegError as error:
            return "media_read_failed" if isinstance(error, OSError) else "media_damaged"
        if picture is not None and packet.stream_index == picture.stream.index:
            _take_picture(packet, picture)
        elif sound is not None:
            _take_sound(packet, sound)
        if packet.pos is not None:
            follow(packet.pos)
        seen_s, frames = (picture.decoded_to_s, picture.frames) if picture is not None else (0.0, 0)
        meter.tick(max(seen_s, sound.decoded_to_s) if sound is not None else seen_s, frames)


def _take_picture(packet: "Packet[Stream]", picture: PictureTrack) -> None:
    picture.count(packet.size, is_key=packet.is_keyframe)
    for frame in _decode(packet, picture):
        if isinstance(frame, VideoFrame):
            picture.accept(frame)


def _take_sound(packet: "Packet[Stream]", sound: SoundTrack) -> None:
    for frame in _decode(packet, sound):
        if isinstance(frame, AudioFrame):
            sound.accept(frame)


def _decode(packet: "Packet[Stream]", track: PictureTrack | SoundTrack) -> Iterator[object]:
    try:
        yield from packet.decode()
    except av.error.FFmpegError:
        track.damaged_packets += 1
