"""Recordings: what the course says of them (`Recording`) and what was measured (`RecordingReport`)."""

from datetime import datetime
from enum import StrEnum

from app.model.base import ElementId, Model


class Stage(StrEnum):
    """Straight from the camera, or the file that goes to the platform (decision 6)."""

    SOURCE = "source"
    UPLOAD = "upload"


class RecordingRole(StrEnum):
    """What the recording is for; it decides which durations apply (decision 6)."""

    LECTURE = "lecture"
    PROMO = "promo"
    GREETING = "greeting"
    CLOSING = "closing"
    NONE = "none"


class Recording(Model):
    """One recording of the course.

    Attributes:
        path: relative to the course folder, or absolute where the file stays elsewhere; empty while there is none.
        sound_path: WAV of the sound recorder that belongs to the picture (decision 6).
        url: link under which the MOOC office can fetch it (9.4).
        modified_ns: modification time of the file when it was measured, nanoseconds since 1970.
        fingerprint: key of the kept report, see `RecordingReport.fingerprint`.
    """

    id: ElementId
    title: str = ""
    role: RecordingRole = RecordingRole.LECTURE
    stage: Stage = Stage.UPLOAD
    lesson_id: str | None = None
    path: str = ""
    sound_path: str = ""
    url: str = ""
    size_bytes: int | None = None
    modified_ns: int | None = None
    sha256: str | None = None
    fingerprint: str | None = None
    recorded_at: datetime | None = None


class ContainerFacts(Model):
    """Facts of the file as a whole."""

    format: str = ""
    duration_s: float | None = None
    size_bytes: int = 0


class VideoFacts(Model):
    """Facts of the first video track; None where it could not be measured."""

    codec: str = ""
    profile: str | None = None
    width: int = 0
    height: int = 0
    fps: float | None = None
    vfr: bool | None = None
    scan: str = "unknown"
    bit_depth: int | None = None
    bitrate_bps: int | None = None
    intra_only: bool | None = None
    frames: int | None = None
    duration_s: float | None = None


class AudioFacts(Model):
    """Facts of the first audio track; None where it could not be measured."""

    codec: str = ""
    lossless: bool = False
    sample_rate_hz: int = 0
    channels: int = 0
    bit_depth: int | None = None
    effective_bit_depth: int | None = None
    integrated_lufs: float | None = None
    loudness_range_lu: float | None = None
    max_momentary_lufs: float | None = None
    max_short_term_lufs: float | None = None
    true_peak_dbtp: float | None = None
    duration_s: float | None = None


class RecordingEvent(Model):
    """Something that happens in a span of time.

    Attributes:
        kind: one of the kinds of the command-line contract, e.g. ``black``, ``silence``, ``clipping``.
        from_s: start on the recording's time line, seconds.
        to_s: end, seconds.
        channel: audio channel counted from 0, None where it does not apply.
        value: the figure that goes with the kind, e.g. a level in dBFS; None where there is none.
    """

    kind: str
    from_s: float
    to_s: float
    channel: int | None = None
    value: float | None = None


class RecordingReport(Model):
    """What was measured of one recording; figures only, never a verdict (principle 5).

    Attributes:
        fingerprint: key of the file's content: size, time, and a hash of head, tail and samples.
        sound: facts of the separate WAV of the sound recorder where one is paired.
        series: values per second for plots, by name; the name ends in the unit.
        quick: measured from header, index and samples only.
        error: code of the error where the file could not be read to its end.
    """

    schema_version: int = 1
    fingerprint: str = ""
    path: str = ""
    sha256: str | None = None
    quick: bool = False
    container: ContainerFacts = ContainerFacts()
    video: VideoFacts | None = None
    audio: AudioFacts | None = None
    sound: AudioFacts | None = None
    events: tuple[RecordingEvent, ...] = ()
    series: dict[str, tuple[float | None, ...]] = {}
    error: str | None = None
    wall_s: float = 0.0
    frames_per_s: float = 0.0
