"""Every fact of a recording as name and value, for the end of the written report."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.exporters.checked_recording import (
    NOTHING,
    CheckedRecording,
    RecordingWords,
    fps_text,
    khz_text,
    level_text,
    mbps_text,
    moment_text,
    or_nothing,
)
from app.model.base import Model
from app.model.recording import AudioFacts, RecordingReport, VideoFacts
from app.model.regulation import plain_number

Facts = list[tuple[str, str]]
_COMPRESSION: Final = {True: "value.intra", False: "value.long_gop"}


def all_facts(recording: CheckedRecording, words: RecordingWords) -> Facts:
    """Return every fact of a recording as name and value, in the user's language.

    What every recording has is named also where it could not be measured; a figure that not every recording has, such
    as the frequency of a hum, only where there is one.
    """
    report = recording.report
    container = report.container
    facts = [
        ("stage", words.say(f"stage.{recording.stage.value}")),
        ("role", words.say(f"role.{recording.role.value}")),
        ("quick", words.say("value.quick_check" if report.quick else "value.full_check")),
        ("format", container.format or NOTHING),
        ("duration", or_nothing(container.duration_s, lambda length_s: moment_text(length_s, words.lang))),
        ("size", words.united(container.size_bytes or None, "mb", lambda size: f"{size / 1e6:.1f}")),
    ]
    if container.video_tracks > 1:
        facts.append(("video_tracks", str(container.video_tracks)))
    if container.audio_tracks > 1:
        facts.append(("audio_tracks", str(container.audio_tracks)))
    if report.video is not None:
        facts += _picture(report.video, words)
    if report.audio is not None:
        facts += _sound(report.audio, words)
    named = [(words.say(f"fact.{key}"), value) for key, value in facts]
    if report.sound is not None:
        base = words.say("value.separate_sound")
        named += [(f"{base}: {words.say(f'fact.{key}')}", value) for key, value in _sound(report.sound, words)]
    return [*named, *_checksum(report, words)]


def _checksum(report: RecordingReport, words: RecordingWords) -> Facts:
    return [(words.say("fact.sha256"), report.sha256)] if report.sha256 else []


def _picture(video: VideoFacts, words: RecordingWords) -> Facts:
    fps = words.united(video.fps, "fps", fps_text)
    facts = [
        ("video_codec", f"{video.codec} ({video.profile})" if video.profile else video.codec),
        ("frame_size", words.united((video.width, video.height), "px", lambda size: f"{size[0]}x{size[1]}")),
        ("fps", words.say("value.variable_rate", fps=fps) if video.vfr else fps),
        ("scan", words.say(f"facts.scan.{video.scan}")),
        ("color_depth", words.united(video.bit_depth, "bit", str)),
        ("video_rate", words.united(video.bitrate_bps, "mbps", mbps_text)),
        ("compression", or_nothing(video.intra_only, lambda intra: words.say(_COMPRESSION[intra]))),
        ("frames", or_nothing(video.frames, str)),
    ]
    if video.rotation_deg:
        facts.append(("rotation", f"{video.rotation_deg}°"))
    if video.full_range is not None:
        facts.append(("range", words.say(f"value.range.{'full' if video.full_range else 'limited'}")))
    return facts + _figures(video, _PICTURE, words)


def _sound(sound: AudioFacts, words: RecordingWords) -> Facts:
    facts = [
        ("audio_codec", sound.codec),
        ("sample_rate", words.united(sound.sample_rate_hz, "khz", khz_text)),
        ("channels", str(sound.channels)),
        ("quantisation", words.united(sound.bit_depth, "bit", str)),
        ("effective_quantisation", words.united(sound.effective_bit_depth, "bit", str)),
        ("integrated", words.united(sound.integrated_lufs, "lufs", level_text)),
        ("loudness_range", words.united(sound.loudness_range_lu, "lu", level_text)),
        ("max_momentary", words.united(sound.max_momentary_lufs, "lufs", level_text)),
        ("max_short_term", words.united(sound.max_short_term_lufs, "lufs", level_text)),
        ("true_peak", words.united(sound.true_peak_dbtp, "dbtp", level_text)),
    ]
    return facts + _figures(sound, _SOUND, words)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure that not every recording has: its field, the name's key, the unit, how it is written."""

    field: str
    key: str
    unit: str = "count"
    text: Callable[[Any], str] = plain_number


def _percent(share: float) -> str:
    return plain_number(round(100.0 * share, 1))


def _tenths(value: float) -> str:
    return plain_number(round(value, 1))


_PICTURE: Final[Sequence[_Figure]] = (
    _Figure("effective_bit_depth", "effective_color_depth", "bit"),
    _Figure("damaged_frames", "damaged_frames"),
    _Figure("static_s", "static", "s", _tenths),
    _Figure("longest_static_s", "longest_static", "s", _tenths),
    _Figure("shot_changes", "shot_changes"),
    _Figure("shot_changes_per_min", "shot_changes_per_min", text=_tenths),
    _Figure("small_text_share", "small_text", "pct", _percent),
    _Figure("pale_text_share", "pale_text", "pct", _percent),
)
_SOUND: Final[Sequence[_Figure]] = (
    _Figure("sample_peak_dbfs", "sample_peak", "dbfs", level_text),
    _Figure("clipped_samples", "clipped_samples"),
    _Figure("noise_floor_dbfs", "noise_floor", "dbfs", level_text),
    _Figure("speech_to_noise_db", "speech_to_noise", "db", level_text),
    _Figure("hum_hz", "hum_frequency", "hz", _tenths),
    _Figure("hum_dbfs", "hum_level", "dbfs", level_text),
    _Figure("bandwidth_hz", "bandwidth", "khz", khz_text),
    _Figure("syllables_per_min", "syllables"),
    _Figure("pause_share", "pauses", "pct", _percent),
    _Figure("longest_pause_s", "longest_pause", "s", _tenths),
)


def _figures(facts: Model, figures: Iterable[_Figure], words: RecordingWords) -> Facts:
    values = ((figure, getattr(facts, figure.field)) for figure in figures)
    return [
        (figure.key, words.united(value, figure.unit, figure.text)) for figure, value in values if value is not None
    ]
