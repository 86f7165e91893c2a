"""Measuring one recording from end to end: `analyse` makes the report that the rules judge."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from app.media.fingerprint import FullHash, fingerprint
from app.media.picture import PictureTrack
from app.media.pipeline import read_through
from app.media.probe import OpenedFile, open_recording, read_header, require_file
from app.media.progress import Progress, ProgressMeter
from app.media.quick import sample_picture, sample_sound
from app.media.sound import SoundTrack
from app.media.sound_file import is_sound_file, measure_sound_file
from app.media.sync import sync_events
from app.model.errors import MediaError
from app.model.recording import (
    AudioFacts,
    ContainerFacts,
    EventTrack,
    RecordingEvent,
    RecordingReport,
    Thumbnail,
    VideoFacts,
)

_SHORT_BY_S: Final = 1.0
_SHORT_BY_SHARE: Final = 0.02


def analyse(
    path: Path,
    *,
    sound_path: Path | None = None,
    quick: bool = False,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> RecordingReport:
    """Measure a recording.

    The same file gives the same report, `wall_s` and `frames_per_s` aside. A recording that is damaged, ends early or
    changes while it is read still gives a report: what could be measured, with ``error`` set to ``media_damaged``,
    ``media_truncated``, ``media_read_failed``, ``media_unknown_codec`` or ``media_changed``.

    Args:
        path: the recording, picture with sound or sound alone.
        sound_path: WAV of the sound recorder that belongs to the picture (decision 6).
        quick: header and samples only (no checksum, no loudness; of the events what a sample proves).
        progress: called about five times a second.
        cancelled: asked about five times a second; True ends the analysis.

    Raises:
        MediaError: ``media_missing``, ``media_no_access``, ``media_empty``, ``media_not_a_recording``,
            ``media_encrypted``, ``media_truncated``, ``media_unreadable``, ``media_no_streams``, ``media_no_sound``
            (of `sound_path`), ``media_unknown_codec``, ``media_cancelled``.
    """
    meter = ProgressMeter(path.name, progress, cancelled)
    sizes_bytes = [require_file(part) for part in (path, sound_path) if part is not None]
    key = fingerprint(path, sound_path)
    with nullcontext() if quick else FullHash(path) as whole:
        measured = _measure_file(path, sizes_bytes[0], meter, whole.follow if whole is not None else None)
        spent_s = meter.elapsed_s
        separate = _measure_separate_sound(sound_path, meter, quick=quick)
        sha256 = whole.finish(lambda: meter.tick(meter.total_s or 0.0, measured.frames)) if whole is not None else None
    error = measured.error or separate.error
    if fingerprint(path, sound_path) != key:
        error = "media_changed"
    return RecordingReport(
        fingerprint=key,
        path=str(path),
        sha256=sha256,
        quick=quick,
        container=measured.container,
        video=measured.video,
        audio=measured.audio,
        sound=separate.audio,
        events=_in_order((*measured.events, *separate.events)),
        series={**measured.series, **separate.series},
        thumbnails=measured.thumbnails,
        error=error,
        wall_s=round(meter.elapsed_s, 3),
        frames_per_s=round(measured.frames / spent_s, 1) if spent_s > 0.0 else 0.0,
    )


@dataclass(frozen=True)
class _Measured:
    container: ContainerFacts = field(default_factory=ContainerFacts)
    video: VideoFacts | None = None
    audio: AudioFacts | None = None
    events: tuple[RecordingEvent, ...] = ()
    series: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    thumbnails: tuple[Thumbnail, ...] = ()
    error: str | None = None

    @property
    def frames(self) -> int:
        return (self.video.frames or 0) if self.video is not None else 0


def _measure_file(
    path: Path, size_bytes: int, meter: ProgressMeter, follow: Callable[[int], None] | None, *, picture: bool = True
) -> _Measured:
    """Measure one file: samples of it where nothing follows the reading, else the whole."""
    if is_sound_file(path):
        return _measure_sound_file(path, size_bytes, meter, quick=follow is None)
    with open_recording(path, read_header(path), size_bytes) as opened:
        meter.total_s = opened.expected_s
        return _sample(opened, meter) if follow is None else _read(path, opened, meter, follow, picture=picture)


def _measure_separate_sound(path: Path | None, meter: ProgressMeter, *, quick: bool) -> _Measured:
    """Measure the sound recorder's file; its events and the names of its series say so."""
    if path is None:
        return _Measured()
    measured = _measure_file(path, require_file(path), meter, None if quick else _not_followed, picture=False)
    if measured.audio is None:
        raise MediaError("media_no_sound", name=path.name)
    events = tuple(event.model_copy(update={"track": EventTrack.SOUND}) for event in measured.events)
    series = {f"{EventTrack.SOUND}.{name}": values for name, values in measured.series.items()}
    return _Measured(audio=measured.audio, events=events, series=series, error=measured.error)


def _not_followed(place_bytes: int) -> None:
    """Let the reading go on: of the sound recorder's file no checksum is kept."""


def _measure_sound_file(path: Path, size_bytes: int, meter: ProgressMeter, *, quick: bool) -> _Measured:
    sound = measure_sound_file(path, meter, quick=quick)
    container = ContainerFacts(
        format=sound.container, duration_s=round(sound.duration_s, 3), size_bytes=size_bytes, audio_tracks=1
    )
    result = sound.result
    return _Measured(container, audio=result.facts, events=result.events, series=result.series, error=sound.error)


def _sample(opened: OpenedFile, meter: ProgressMeter) -> _Measured:
    video, audio = opened.video_facts, opened.audio_facts
    measured = _Measured(opened.facts, error="media_unknown_codec" if opened.undecodable else None)
    if opened.video is not None and video is not None and opened.video.index not in opened.undecodable:
        seen = sample_picture(opened, opened.video, video, meter)
        video, measured = seen.facts, replace(measured, thumbnails=seen.thumbnails)
    if opened.audio is not None and audio is not None and opened.audio.index not in opened.undecodable:
        audio, events = sample_sound(opened, opened.audio, audio, meter)
        measured = replace(measured, events=events)
    return replace(measured, video=video, audio=audio)


def _read(
    path: Path, opened: OpenedFile, meter: ProgressMeter, follow: Callable[[int], None], *, picture: bool
) -> _Measured:
    """Decode and measure the tracks that can be decoded."""
    seen = _picture_track(opened) if picture else None
    heard = _sound_track(opened)
    tracks = [track for track in (seen, heard) if track is not None]
    if not tracks:
        raise MediaError("media_unknown_codec" if opened.undecodable else "media_no_sound", name=path.name)
    stopped = read_through(opened.container, seen, heard, meter, follow)
    if not any(track.decoded_to_s for track in tracks):
        raise MediaError("media_unreadable", name=path.name)
    end_s = max(track.decoded_to_s for track in tracks)
    damaged = any(track.damaged_packets for track in tracks)
    measured = _Measured(opened.facts, opened.video_facts if picture else None, opened.audio_facts)
    if seen is not None:
        pictured = seen.finish()
        damaged = damaged or bool(pictured.facts.damaged_frames)
        measured = replace(
            measured,
            video=pictured.facts,
            events=pictured.events,
            series=pictured.series,
            thumbnails=pictured.thumbnails,
        )
    sounded = heard.finish() if heard is not None else None
    if sounded is not None:
        events, series = (*measured.events, *sounded.events), {**measured.series, **sounded.series}
        measured = replace(measured, audio=sounded.facts, events=events, series=series)
    if seen is not None and heard is not None and stopped is None and measured.video is not None:
        measured = replace(measured, events=(*measured.events, *sync_events(seen, heard, measured.video.fps)))
    return replace(measured, error=_error(opened, stopped, end_s, damaged=damaged))


def _picture_track(opened: OpenedFile) -> PictureTrack | None:
    if opened.video is None or opened.video_facts is None or opened.video.index in opened.undecodable:
        return None
    return PictureTrack(opened.video, opened.video_facts, opened.origin_s)


def _sound_track(opened: OpenedFile) -> SoundTrack | None:
    if opened.audio is None or opened.audio_facts is None or opened.audio.index in opened.undecodable:
        return None
    return SoundTrack(opened.audio, opened.audio_facts, opened.origin_s)


def _error(opened: OpenedFile, stopped: str | None, end_s: float, *, damaged: bool) -> str | None:
    """Return the code of what is wrong with the file as a whole, the gravest first."""
    if stopped == "media_read_failed":
        return stopped
    if _ends_early(end_s, opened.expected_s):
        return "media_truncated"
    if stopped is not None or damaged:
        return "media_damaged"
    return "media_unknown_codec" if opened.undecodable else None


def _ends_early(end_s: float, expected_s: float | None) -> bool:
    return expected_s is not None and expected_s - end_s > max(_SHORT_BY_S, _SHORT_BY_SHARE * expected_s)


def _in_order(events: Iterable[RecordingEvent]) -> tuple[RecordingEvent, ...]:
    return tuple(sorted(events, key=lambda event: (event.from_s, event.to_s, event.track, event.kind)))
