"""The curves of a checked recording: loudness, peaks and brightness, each with its target and the places of faults."""

from collections.abc import Iterable, Sequence

from app.checks.places import SOUND_KINDS
from app.checks.recording import clock_text
from app.exporters.checked_recording import CheckedRecording, RecordingWords, level_text
from app.exporters.curve import WIDTH_MM, Band, Curve, Trace, curve_svg
from app.exporters.document import Picture, PictureFormat
from app.model.finding import Status
from app.model.recording import EventTrack, RecordingEvent
from app.model.regulation import number_text
from app.model.texts import Lang, with_decimal_sign

_LOUDNESS_LUFS = (-50.0, 0.0)
_PEAK_DBFS = (-60.0, 3.0)
_BRIGHTNESS_PERCENT = (0.0, 100.0)


def curves(recording: CheckedRecording, words: RecordingWords) -> tuple[Picture, ...]:
    """Return the curves for which the report has values; none after a quick check."""
    made = (_loudness(recording, words), _peaks(recording, words), _brightness(recording, words))
    return tuple(picture for picture in made if picture is not None)


def _loudness(recording: CheckedRecording, words: RecordingWords) -> Picture | None:
    short_term, momentary = (_sound_series(recording, name) for name in ("short_term_lufs", "momentary_lufs"))
    if not any(value is not None for value in (*short_term, *momentary)):
        return None
    settings, sound = words.regulation.settings, recording.report.sound or recording.report.audio
    target, tolerance = settings.indicator_integrated_lufs, settings.indicator_integrated_tolerance_lu
    low, high = target - tolerance, target + tolerance
    range_text = f"{number_text(low, words.lang)} … {number_text(high, words.lang)} LUFS".replace("-", "−")
    curve = Curve(
        lang=words.lang,
        title=words.say("curve.loudness"),
        time_label=words.say("curve.time"),
        low=_LOUDNESS_LUFS[0],
        high=_LOUDNESS_LUFS[1],
        traces=(
            Trace(short_term, words.say("curve.short_term")),
            Trace(momentary, words.say("curve.momentary")),
        ),
        band=Band(low, high, f"{words.say('curve.target')} {range_text}"),
        marks=_marks(recording, sound=True),
        mark_label=words.say("curve.marks_sound"),
    )
    integrated = None if sound is None else sound.integrated_lufs
    return _picture(
        curve,
        words.say(
            "curve.loudness_alt",
            integrated=words.united(integrated, "lufs", level_text),
            target=range_text,
            **_extremes(short_term, words.lang),
        ),
        words,
    )


def _peaks(recording: CheckedRecording, words: RecordingWords) -> Picture | None:
    peaks = _sound_series(recording, "peak_dbfs")
    if not any(value is not None for value in peaks):
        return None
    limit = words.regulation.settings.indicator_true_peak_dbtp
    limit_text = f"≤ {number_text(limit, words.lang)} dBTP".replace("-", "−")
    curve = Curve(
        lang=words.lang,
        title=words.say("curve.peaks"),
        time_label=words.say("curve.time"),
        low=_PEAK_DBFS[0],
        high=_PEAK_DBFS[1],
        traces=(Trace(peaks, words.say("curve.peak")),),
        band=Band(_PEAK_DBFS[0], limit, f"{words.say('curve.target')} {limit_text}"),
        marks=_marks(recording, sound=True),
        mark_label=words.say("curve.marks_sound"),
    )
    return _picture(curve, words.say("curve.peaks_alt", target=limit_text, **_extremes(peaks, words.lang)), words)


def _brightness(recording: CheckedRecording, words: RecordingWords) -> Picture | None:
    levels = _series(recording, "luma_mean_percent")
    if not any(value is not None for value in levels):
        return None
    curve = Curve(
        lang=words.lang,
        title=words.say("curve.brightness"),
        time_label=words.say("curve.time"),
        low=_BRIGHTNESS_PERCENT[0],
        high=_BRIGHTNESS_PERCENT[1],
        traces=(Trace(levels, words.say("curve.mean_luma")),),
        marks=_marks(recording, sound=False),
        mark_label=words.say("curve.marks_picture"),
    )
    return _picture(curve, words.say("curve.brightness_alt", **_extremes(levels, words.lang)), words)


def _picture(curve: Curve, alt: str, words: RecordingWords) -> Picture:
    if curve.marks:
        first = ", ".join(clock_text(from_s) for from_s, _ in curve.marks[:3])
        alt = f"{alt} {words.say('curve.marks_alt', count=len(curve.marks), first=first)}"
    return Picture(curve_svg(curve), PictureFormat.SVG, alt, WIDTH_MM)


def _series(recording: CheckedRecording, name: str) -> Sequence[float | None]:
    return recording.report.series.get(name, ())


def _sound_series(recording: CheckedRecording, name: str) -> Sequence[float | None]:
    """Return a series of the sound that is judged: the paired WAV where there is one (decision 6)."""
    return _series(recording, name if recording.report.sound is None else f"{EventTrack.SOUND}.{name}")


def _extremes(values: Sequence[float | None], lang: Lang) -> dict[str, str]:
    """Return lowest, highest and the time of the highest as texts."""
    known = [(value, second) for second, value in enumerate(values) if value is not None]
    if not known:
        return {"low": "–", "high": "–", "time": "–"}
    highest, second = max(known, key=lambda pair: pair[0])
    low, high = (with_decimal_sign(level_text(level), lang) for level in (min(known)[0], highest))
    return {"low": low, "high": high, "time": clock_text(second)}


def _marks(recording: CheckedRecording, *, sound: bool) -> tuple[tuple[float, float], ...]:
    """Return the spans of what is not met or warned of, joined where they overlap."""
    told = (
        event
        for finding in recording.of_status(Status.FAIL, Status.WARNING)
        for event in recording.events_of(finding)
        if (event.kind in SOUND_KINDS) is sound
    )
    return _joined(told)


def _joined(events: Iterable[RecordingEvent]) -> tuple[tuple[float, float], ...]:
    spans: list[tuple[float, float]] = []
    for from_s, to_s in sorted((event.from_s, event.to_s) for event in events):
        if spans and from_s <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], to_s))
        else:
            spans.append((from_s, to_s))
    return tuple(spans)
