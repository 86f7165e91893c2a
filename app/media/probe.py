"""What the header says: the container through MediaInfo, the tracks through PyAV; and why a file cannot be opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
import av.error
from av.audio.stream import AudioStream
from av.codec import CodecContext
from av.container import InputContainer
from av.stream import Disposition, Stream
from av.video.stream import VideoStream
from pymediainfo import MediaInfo, Track

from app.model.errors import MediaError
from app.model.recording import AudioFacts, ContainerFacts, VideoFacts

_LOSSLESS: Final = frozenset({"flac", "alac", "wavpack", "tta", "ape", "truehd", "mlp", "als", "wmalossless"})
_LOSSY_PCM: Final = frozenset({"pcm_alaw", "pcm_mulaw", "pcm_vidc"})
_STILL_FORMATS: Final = frozenset({"image2", "gif", "apng", "ico", "tty"})
_MICROSECOND_S: Final = 1e-6


@dataclass(frozen=True)
class HeaderFacts:
    """What MediaInfo read from the file.

    Attributes:
        recognised: MediaInfo knows the format.
        truncated: the file is shorter than its own structure says.
        encrypted: a track is encrypted.
        picture_format: MediaInfo's name for the format of the first picture track.
        sound_format: the same for the sound.
        sound_bits: bits per sample that the first sound track states.
    """

    format: str = ""
    duration_s: float | None = None
    recognised: bool = False
    truncated: bool = False
    encrypted: bool = False
    picture_format: str = ""
    sound_format: str = ""
    sound_bits: int | None = None


@dataclass(frozen=True)
class OpenedFile:
    """An open recording and its first tracks.

    Attributes:
        undecodable: the tracks among the two for which there is no decoder; their facts are from MediaInfo.
        origin_s: where the recording starts on the streams' clock, seconds.
        expected_s: length that the header promises for the tracks that are measured; None where it does not say.
    """

    container: InputContainer
    facts: ContainerFacts
    video: VideoStream | None
    audio: AudioStream | None
    video_facts: VideoFacts | None
    audio_facts: AudioFacts | None
    undecodable: tuple[int, ...]
    origin_s: float
    expected_s: float | None


def require_file(path: Path) -> int:
    """Return the size of a file in bytes.

    Raises:
        MediaError: ``media_missing``, ``media_no_access``, ``media_not_a_recording`` (a folder), ``media_empty``.
    """
    try:
        with path.open("rb") as file:
            size_bytes = file.seek(0, 2)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MediaError("media_missing", name=path.name) from error
    except IsADirectoryError as error:
        raise MediaError("media_not_a_recording", name=path.name) from error
    except OSError as error:
        raise MediaError("media_no_access", name=path.name) from error
    if size_bytes == 0:
        raise MediaError("media_empty", name=path.name)
    return size_bytes


def read_header(path: Path) -> HeaderFacts:
    """Ask MediaInfo about a file.

    Raises:
        MediaError: ``media_no_access`` when the file went away meanwhile.
    """
    try:
        info = MediaInfo.parse(path)
    except OSError as error:
        raise MediaError("media_no_access", name=path.name) from error
    except RuntimeError:  # MediaInfo gave up on the file: its opinion is missing, PyAV still has one
        return HeaderFacts()
    general: Track | None = next(iter(info.general_tracks), None)
    if general is None:
        return HeaderFacts()
    picture: Track | None = next(iter(info.video_tracks), None)
    sound: Track | None = next(iter(info.audio_tracks), None)
    return HeaderFacts(
        format=_container_name(general),
        duration_s=_seconds(general.duration),
        recognised=general.format is not None,
        truncated=general.istruncated == "Yes",
        encrypted=any(track.encryption for track in (*info.video_tracks, *info.audio_tracks, general)),
        picture_format=str(picture.format or "") if picture else "",
        sound_format=str(sound.format or "") if sound else "",
        sound_bits=_whole(sound.bit_depth) if sound else None,
    )


@contextmanager
def open_recording(path: Path, header: HeaderFacts, size_bytes: int) -> Iterator[OpenedFile]:
    """Open a recording and read what its header says of the tracks.

    Args:
        path: the file.
        header: from `read_header`.
        size_bytes: from `require_file`.

    Raises:
        MediaError: ``media_encrypted``, ``media_truncated``, ``media_not_a_recording``, ``media_unreadable``,
            ``media_no_streams``, ``media_no_access``.
    """
    if header.encrypted:
        raise MediaError("media_encrypted", name=path.name)
    try:
        container = av.open(
            str(path.absolute()),
            metadata_errors="replace",
            # a playlist that calls itself a recording must not fetch anything from elsewhere
            options={"protocol_whitelist": "file"},
        )
    except av.error.FFmpegError as error:
        raise _cannot_open(path, header, error) from error
    with container:
        if container.format.name in _STILL_FORMATS or container.format.name.endswith("_pipe"):
            raise MediaError("media_not_a_recording", name=path.name)
        yield _describe(path, container, header, size_bytes)


def _cannot_open(path: Path, header: HeaderFacts, error: av.error.FFmpegError) -> MediaError:
    if isinstance(error, OSError):
        return MediaError("media_no_access", name=path.name)
    if header.truncated:
        return MediaError("media_truncated", name=path.name)
    return MediaError("media_unreadable" if header.recognised else "media_not_a_recording", name=path.name)


def _describe(path: Path, container: InputContainer, header: HeaderFacts, size_bytes: int) -> OpenedFile:
    videos = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    audios = list(container.streams.audio)
    if not videos and not audios:
        raise MediaError("media_no_streams", name=path.name)
    video = videos[0] if videos else None
    audio = audios[0] if audios else None
    duration_s = header.duration_s
    if duration_s is None and container.duration is not None:
        duration_s = container.duration * _MICROSECOND_S
    facts = ContainerFacts(
        format=header.format or container.format.long_name,
        duration_s=duration_s,
        size_bytes=size_bytes,
        video_tracks=len(videos),
        audio_tracks=len(audios),
    )
    promised = [length for length in (_stream_s(video), _stream_s(audio)) if length is not None]
    return OpenedFile(
        container=container,
        facts=facts,
        video=video,
        audio=audio,
        video_facts=_video_facts(video, header) if video else None,
        audio_facts=_audio_facts(audio, header) if audio else None,
        undecodable=tuple(s.index for s in (video, audio) if s is not None and not _has_decoder(s)),
        origin_s=(container.start_time or 0) * _MICROSECOND_S,
        expected_s=max(promised) if promised else duration_s,
    )


def _has_decoder(stream: Stream) -> bool:
    """Tell whether FFmpeg can decode a track; without a decoder PyAV leaves the context out, whatever its stubs say."""
    context: CodecContext | None = getattr(stream, "codec_context", None)
    return context is not None


def _video_facts(stream: VideoStream, header: HeaderFacts) -> VideoFacts:
    if not _has_decoder(stream):
        return VideoFacts(codec=header.picture_format)
    context = stream.codec_context
    bits = context.format.components[0].bits if context.format else None
    rate = stream.average_rate or stream.guessed_rate
    return VideoFacts(
        codec=context.codec.canonical_name,
        profile=context.profile,
        width=context.width,
        height=context.height,
        fps=round(float(rate), 3) if rate else None,
        bit_depth=bits,
    )


def _audio_facts(stream: AudioStream, header: HeaderFacts) -> AudioFacts:
    if not _has_decoder(stream):
        return AudioFacts(codec=header.sound_format)
    context = stream.codec_context
    codec = context.codec.canonical_name
    lossless = is_lossless(codec)
    return AudioFacts(
        codec=codec,
        lossless=lossless,
        sample_rate_hz=context.sample_rate or 0,
        channels=context.layout.nb_channels,
        bit_depth=_sound_bits(codec, header) if lossless else None,
    )


def is_lossless(codec: str) -> bool:
    """Tell whether a codec keeps every bit of the samples, so that their depth means something (X42)."""
    return codec in _LOSSLESS or (codec.startswith("pcm_") and codec not in _LOSSY_PCM)


def _sound_bits(codec: str, header: HeaderFacts) -> int | None:
    """Return the stated depth: PCM says it in its name (``pcm_s24le``), for the others MediaInfo knows it."""
    if codec.startswith("pcm_"):
        digits = "".join(letter for letter in codec.removeprefix("pcm_").split("_")[0] if letter.isdigit())
        if digits:
            return int(digits)
    return header.sound_bits


def _stream_s(stream: VideoStream | AudioStream | None) -> float | None:
    if stream is None or stream.duration is None or stream.time_base is None:
        return None
    return float(stream.duration * stream.time_base)


def _container_name(general: Track) -> str:
    name = str(general.format or "")
    return f"{name} / QuickTime" if general.format_profile == "QuickTime" else name


def _seconds(duration_ms: object) -> float | None:
    """Return MediaInfo's milliseconds, a number or the text of one, in seconds."""
    try:
        return round(float(str(duration_ms)) / 1000.0, 3)
    except ValueError:
        return None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
