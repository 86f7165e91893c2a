"""Where in a recording something happens, and how a rule answers from it: shared by all indicators of quality."""

from collections.abc import Callable, Sequence

from app.checks.context import Verdict
from app.checks.recording import RecordingContext, clock_text
from app.model.finding import Measure, Status
from app.model.recording import EventTrack, RecordingEvent

SOUND_KINDS = (
    "silence",
    "clipping",
    "hum",
    "noise",
    "click",
    "audio_gap",
    "dead_channel",
    "dual_mono",
    "out_of_phase",
    "imbalance",
    "dc_offset",
)
"""Kinds of events that both the recording's own sound and a paired WAV can have."""

Place = tuple[float, float]
"""Start and end in seconds."""


def places_of(
    context: RecordingContext, kind: str, counts: Callable[[RecordingEvent], bool] = lambda _: True
) -> list[Place]:
    """Return start and end of the events of a kind; what overlaps in two channels is one place.

    Args:
        context: the recording.
        kind: kind of the events.
        counts: tells which of them count, e.g. by their value.
    """
    events = (event for event in events_of(context, kind) if counts(event))
    places: list[Place] = []
    for from_s, to_s in sorted((event.from_s, event.to_s) for event in events):
        if places and from_s <= places[-1][1]:
            places[-1] = (places[-1][0], max(places[-1][1], to_s))
        else:
            places.append((from_s, to_s))
    return places


def events_of(context: RecordingContext, kind: str) -> tuple[RecordingEvent, ...]:
    """Return the events of a kind.

    Of sound only the track counts that is judged: the paired WAV where there is one (decision 6).
    """
    paired = kind in SOUND_KINDS and context.report.sound is not None
    track = EventTrack.SOUND if paired else EventTrack.RECORDING
    return tuple(each for each in context.report.events if each.kind == kind and each.track is track)


def found(places: Sequence[Place], measured: float, required: str, unit: str) -> Verdict:
    """Warn with message ``found``: number of places, time of the first, the measured value."""
    params: dict[str, Measure] = {"places": len(places), "first": clock_text(places[0][0])}
    return Verdict(Status.WARNING, "", "found", measured, required, params, unit)


def judge_spans(context: RecordingContext, kind: str, least_s: float) -> Verdict:
    """Judge the spans of a kind by their length; the measured value is the longest span, 0 where there is none."""
    required = f"< {least_s:g}"
    if context.report.quick:  # how long a span is a sample does not show
        return Verdict(Status.NOT_MEASURED, message="unknown", required=required, unit="s")
    places = places_of(context, kind)
    lengths_ms = [round(1000 * (to_s - from_s)) for from_s, to_s in places]
    # Rounded down to tenths: 1.96 s must not read as the 2.0 s that would be too long.
    longest_s = max(lengths_ms, default=0) // 100 / 10
    long = [place for place, length_ms in zip(places, lengths_ms, strict=True) if length_ms >= 1000 * least_s]
    if not long:
        return Verdict(Status.PASS, measured=longest_s, required=required, unit="s")
    return found(long, longest_s, required, "s")


def judge_count(
    context: RecordingContext, kind: str, least: int, counts: Callable[[RecordingEvent], bool] = lambda _: True
) -> Verdict:
    """Judge the number of places of a kind; the measured value is that number."""
    required = f"< {least}"
    if context.report.quick and len(places_of(context, kind, counts)) < least:  # more than samples show there may be
        return Verdict(Status.NOT_MEASURED, message="unknown", required=required, unit="count")
    places = places_of(context, kind, counts)
    if len(places) < least:
        return Verdict(Status.PASS, measured=len(places), required=required, unit="count")
    return found(places, len(places), required, "count")
