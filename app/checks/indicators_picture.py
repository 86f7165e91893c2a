"""Indicators of motion, light and signal of the picture; they warn and never fail (principle 6)."""

from collections.abc import Iterable
from typing import Final

from app.checks.context import Verdict, not_applicable
from app.checks.places import judge_count, judge_spans
from app.checks.recording import RecordingContext, recording_rule
from app.model.finding import Status

_STILL_S: Final = 60.0
"""A shorter recording may well be one slide."""
_STILL_SHARE: Final = 0.98


@recording_rule("Q.freeze")
def freeze(context: RecordingContext) -> Iterable[Verdict]:
    """The picture of a camera does not get stuck.

    What: spans (s) in which a camera's picture stands still without a cut before or after; a slide may stand still.
    Why: the sound goes on while the speaker is frozen: a part of the lecture is lost.
    Passes: no span as long as the setting ``indicator_freeze_s``, 2 s (FFmpeg freezedetect).
        Where a slide and a stuck camera cannot be told apart nothing is said.
    Fails: never; a longer span warns with its time, and so does a recording of a minute and more whose picture stands
        still from beginning to end, slide or camera. Not measured after a quick check.
    Clause: ours, informs 9.6.1 and F10.2.
    """
    video = context.report.video
    longest_s = (video.longest_static_s or 0.0) if video is not None else 0.0
    verdict = _seconds(context, "freeze", context.regulation.settings.indicator_freeze_s)
    if video is not None and verdict.status is Status.PASS and _is_whole(longest_s, video.duration_s):
        verdict = Verdict(Status.WARNING, message="still", measured=int(longest_s), unit="s")
    yield verdict


def _is_whole(still_s: float, duration_s: float | None) -> bool:
    return still_s >= max(_STILL_S, _STILL_SHARE * (duration_s or 0.0))


@recording_rule("Q.duplicate_frames")
def duplicate_frames(context: RecordingContext) -> Iterable[Verdict]:
    """No frames repeat inside motion.

    What: number of places (count) at which frames of moving picture repeat the one before them.
    Why: motion stutters; a capture card or an export at another frame rate does that.
    Passes: fewer places than the setting ``indicator_duplicate_places``, 1.
    Fails: never; more warn with the time of the first. Not measured after a quick check.
    Clause: ours, informs F10.2.
    """
    yield _count(context, "duplicate_frames", context.regulation.settings.indicator_duplicate_places)


@recording_rule("Q.dropped_frames")
def dropped_frames(context: RecordingContext) -> Iterable[Verdict]:
    """No frames are missing.

    What: number of places (count) at which the time stamps leave out a frame or more; not in
        files of variable frame rate.
    Why: the picture jumps; the memory card or the computer was too slow.
    Passes: fewer places than the setting ``indicator_dropped_places``, 1.
    Fails: never; more warn with the time of the first. Not measured after a quick check.
    Clause: ours, informs F10.2.
    """
    yield _count(context, "dropped_frames", context.regulation.settings.indicator_dropped_places)


@recording_rule("Q.overexposed")
def overexposed(context: RecordingContext) -> Iterable[Verdict]:
    """The picture of the camera is not too bright.

    What: spans (s) in which a tenth of a camera's picture or more is burnt out to white; white slides are none.
    Why: what is burnt out has no detail left, and nothing brings it back.
    Passes: no span as long as the setting ``indicator_overexposed_s``, 2 s.
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs 9.5.2, 9.7.2a and F10.2.
    """
    yield _seconds(context, "overexposed", context.regulation.settings.indicator_overexposed_s)


@recording_rule("Q.underexposed")
def underexposed(context: RecordingContext) -> Iterable[Verdict]:
    """The picture of the camera is not too dark.

    What: spans (s) of moving picture in which nine tenths of the frame are dark and nothing is bright; dark
        slides are none.
    Why: faces cannot be made out, and brightening it when editing brings noise.
    Passes: no span as long as the setting ``indicator_underexposed_s``, 2 s.
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs 9.5.2 and F10.2.
    """
    yield _seconds(context, "underexposed", context.regulation.settings.indicator_underexposed_s)


@recording_rule("Q.illegal_range")
def illegal_range(context: RecordingContext) -> Iterable[Verdict]:
    """The levels keep to the range that the file states.

    What: spans (s) in which more than 1 % of the pixels lie outside 16 to 235 (colour 240) in a file of limited range.
    Why: players cut these levels off, or show the whole picture with the wrong contrast.
    Passes: no span as long as the setting ``indicator_illegal_range_s``, 1 s (QCTools BRNG; EBU R 103 allows 1 %).
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs 9.6.1 and F10.2.
    """
    yield _seconds(context, "illegal_range", context.regulation.settings.indicator_illegal_range_s)


@recording_rule("Q.uneven_light")
def uneven_light(context: RecordingContext) -> Iterable[Verdict]:
    """The light is spread evenly.

    What: spans (s) in which the light on a camera's background falls smoothly by 1.3 stops or more across the frame.
    Why: half of the speaker's background drowns in shade; 9.5.2 asks for evenly spread light.
    Passes: no span as long as the setting ``indicator_uneven_light_s``, 3 s. Slides are not judged.
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs 9.5.2 and F10.2.
    """
    yield _seconds(context, "uneven_light", context.regulation.settings.indicator_uneven_light_s)


@recording_rule("Q.colour_cast")
def colour_cast(context: RecordingContext) -> Iterable[Verdict]:
    """Grey is grey: the white balance is right.

    What: spans (s) in which all that could be grey in a camera's picture is tinted and neither grey nor skin is
        to be seen.
    Why: faces look ill, and colours of teaching material are wrong.
    Passes: no span as long as the setting ``indicator_colour_cast_s``, 3 s. Slides are not judged.
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs 9.5.3 and F10.2.
    """
    yield _seconds(context, "colour_cast", context.regulation.settings.indicator_colour_cast_s)


@recording_rule("Q.border")
def border(context: RecordingContext) -> Iterable[Verdict]:
    """The picture fills the frame.

    What: spans (s) with black bars on two opposite sides of a picture that fills the rest (FFmpeg cropdetect).
    Why: the picture is smaller than 9.1.5 means it to be, and text in it too.
    Passes: no span as long as the setting ``indicator_border_s``, 3 s.
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs 9.6.1 and F10.2.
    """
    yield _seconds(context, "border", context.regulation.settings.indicator_border_s)


@recording_rule("Q.stripe")
def stripe(context: RecordingContext) -> Iterable[Verdict]:
    """No stripes or dead lines run through the picture.

    What: spans (s) in which a row or column of a camera's picture stands out from its neighbours from end to end.
    Why: a line of the sensor or a cable is faulty: form 10 takes points off for white stripes.
    Passes: no span as long as the setting ``indicator_stripe_s``, 1 s. On slides such a line may be drawn.
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs 9.6.1 and F10.2.
    """
    yield _seconds(context, "stripe", context.regulation.settings.indicator_stripe_s)


def _seconds(context: RecordingContext, kind: str, least_s: float) -> Verdict:
    return not_applicable() if context.report.video is None else judge_spans(context, kind, least_s)


def _count(context: RecordingContext, kind: str, least: int) -> Verdict:
    return not_applicable() if context.report.video is None else judge_count(context, kind, least)


RULES = (
    freeze,
    duplicate_frames,
    dropped_frames,
    overexposed,
    underexposed,
    illegal_range,
    uneven_light,
    colour_cast,
    border,
    stripe,
)
