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
    """Facts of the file as a whole.

    Attributes:
        video_tracks: picture tracks, cover pictures not counted; the first one is measured.
        audio_tracks: sound tracks; the first one is measured.
    """

    format: str = ""
    duration_s: float | None = None
    size_bytes: int = 0
    video_tracks: int = 0
    audio_tracks: int = 0


class VideoFacts(Model):
    """Facts of the first video track; None where it could not be measured.

    Attributes:
        width: as shown, that is after `rotation_deg`.
        height: as shown, that is after `rotation_deg`.
        fps: of a constant rate the rate itself, of a variable one the average.
        scan: ``progressive``, ``interlaced`` or ``unknown``.
        bit_depth: bits per component (X37).
        bitrate_bps: average of the video packets over the track's length (X39).
        intra_only: every packet is a key frame and no frame is predicted; None where that was not proven (quick).
        duration_s: from the first frame's start to the last one's end.
        rotation_deg: turn that a player applies, 0, 90, 180 or 270.
        full_range: luma uses all codes (0..255 at 8 bits) instead of 16..235.
        damaged_frames: packets and frames of the picture that could not be decoded cleanly.
        static_s: how long the picture stands still for two seconds or more without being a stuck camera (slides).
        longest_static_s: the longest such stretch.
        effective_bit_depth: bits that the luma really uses, e.g. 8 in padded 10-bit material; None on 8-bit streams.
        shot_changes: hard cuts.
        shot_changes_per_min: their rate.
        small_text_share: share of the text on slides that is too small to read, 0 to 1; None where there is no text.
        pale_text_share: share of the text that hardly stands out from its ground.
    """

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
    rotation_deg: int = 0
    full_range: bool | None = None
    damaged_frames: int | None = None
    static_s: float | None = None
    longest_static_s: float | None = None
    effective_bit_depth: int | None = None
    shot_changes: int | None = None
    shot_changes_per_min: float | None = None
    small_text_share: float | None = None
    pale_text_share: float | None = None


class AudioFacts(Model):
    """Facts of the first audio track; None where it could not be measured.

    Attributes:
        bit_depth: of PCM, FLAC and ALAC; None on lossy sound, where it has no meaning (X42).
        effective_bit_depth: bits that the samples really use, e.g. 16 in a padded 24-bit file; None on silence.
        sample_peak_dbfs: highest sample; None on digital silence.
        clipped_samples: samples in flat tops, all channels together.
        noise_floor_dbfs: RMS of the pauses between the words; None where the speech leaves none.
        speech_to_noise_db: active speech level above that floor, or above what is never silent behind the speech.
        hum_hz: the strongest line of mains hum; None without hum.
        hum_dbfs: RMS of its lines.
        bandwidth_hz: where the spectrum is cut off; half the sampling rate where it is not.
        syllables_per_min: estimate, long pauses left out.
        pause_share: share of the time that is pauses of 0.3 s and more, 0 to 1.
    """

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
    sample_peak_dbfs: float | None = None
    clipped_samples: int | None = None
    noise_floor_dbfs: float | None = None
    speech_to_noise_db: float | None = None
    hum_hz: float | None = None
    hum_dbfs: float | None = None
    bandwidth_hz: int | None = None
    syllables_per_min: int | None = None
    pause_share: float | None = None
    longest_pause_s: float | None = None
    duration_s: float | None = None


class EventTrack(StrEnum):
    """Which file an event happens in: the recording, or the separate WAV of the sound recorder."""

    RECORDING = "recording"
    SOUND = "sound"


class RecordingEvent(Model):
    """Something that happens in a span of time.

    Attributes:
        kind: one of the kinds of the command-line contract, e.g. ``black``, ``silence``, ``clipping``.
        from_s: start on the recording's time line, seconds.
        to_s: end, seconds.
        channel: audio channel counted from 0, None where it does not apply.
        value: the figure that goes with the kind, e.g. a level in dBFS; None where there is none.
        track: the file on whose time line the span lies.
    """

    kind: str
    from_s: float
    to_s: float
    channel: int | None = None
    value: float | None = None
    track: EventTrack = EventTrack.RECORDING


class Thumbnail(Model):
    """A small picture of a scene.

    Attributes:
        time_s: time of its frame, seconds.
        jpeg: the JPEG file, base64.
    """

    time_s: float
    jpeg: str


class RecordingReport(Model):
    """What was measured of one recording; figures only, never a verdict (principle 5).

    Attributes:
        fingerprint: key of the file's content: size, time, and a hash of head, tail and samples.
        sound: facts of the separate WAV of the sound recorder where one is paired.
        series: values per second for plots, by name; the name ends in the unit. Those of the separate WAV begin with
            ``sound.``.
        thumbnails: at most 24 scenes in order of time, the first look and what differs from the one before.
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
    thumbnails: tuple[Thumbnail, ...] = ()
    error: str | None = None
    wall_s: float = 0.0
    frames_per_s: float = 0.0
