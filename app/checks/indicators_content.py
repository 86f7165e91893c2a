"""Indicators of what the picture shows: sharpness, compression, flashes and flicker, keys, text; and 9.5.1, cameras.

The indicators warn and never fail (principle 6); 9.5.1 is the regulation's own and judged from the course.
"""

from collections.abc import Iterable

from app.checks.context import Context, Verdict, fail, not_applicable, rule, warn
from app.checks.places import judge_count, judge_spans
from app.checks.recording import RecordingContext, recording_rule
from app.model.finding import Status
from app.model.recording import RecordingRole
from app.model.structure import VideoFormat
from app.model.views import lesson_path, numbered_lessons

_SEVERAL_CAMERAS = (VideoFormat.PODCAST, VideoFormat.INTERVIEW)


@recording_rule("Q.blurred")
def blurred(context: RecordingContext) -> Iterable[Verdict]:
    """The picture is nowhere out of focus for long.

    What: spans in which even the sharpest edges are wide (s), against a floor and against the rest of the recording.
    Why: a lens that has lost the speaker cannot be mended when editing.
    Passes: no span as long as the setting ``indicator_blurred_s``.
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs 9.6.1 and F10.2.
    """
    yield _seconds(context, "blurred", context.regulation.settings.indicator_blurred_s)


@recording_rule("Q.upscaled")
def upscaled(context: RecordingContext) -> Iterable[Verdict]:
    """The picture was recorded in the size that the file has.

    What: traces of enlargement over the whole file; measured are the lines of the picture before (px).
    Why: a small picture that was enlarged has the numbers of 9.1.5 but not the detail.
    Passes: no trace.
    Fails: never, for it cannot be proven; a trace warns. Not measured after a quick check.
    Clause: ours, informs 9.6.1 and F10.2.
    """
    if context.report.video is None:
        yield not_applicable()
        return
    required = str(context.report.video.height)
    values = [event.value for event in context.report.events if event.kind == "upscaled"]
    if context.report.quick:
        yield Verdict(Status.NOT_MEASURED, message="unknown", required=required, unit="px")
    elif not values:
        yield Verdict(Status.PASS, required=required, unit="px")
    else:
        yield Verdict(Status.WARNING, message="found", measured=values[0], required=required, unit="px")


@recording_rule("Q.blocky")
def blocky(context: RecordingContext) -> Iterable[Verdict]:
    """The picture does not fall into squares.

    What: spans with steps at every eighth pixel (s), as compression with too few bits leaves them.
    Why: the platform compresses once more, and letters between squares become unreadable.
    Passes: no span as long as the setting ``indicator_blocky_s``.
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs 9.6.1 and F10.2.
    """
    yield _seconds(context, "blocky", context.regulation.settings.indicator_blocky_s)


@recording_rule("Q.flash")
def flash(context: RecordingContext) -> Iterable[Verdict]:
    """Nothing flashes more than three times a second.

    What: number of places with more than three flashes in a second on a quarter of the picture (count), after ITU-R
        BT.1702 and WCAG 2.3.1.
    Why: such light can bring on a seizure in viewers with photosensitive epilepsy.
    Passes: fewer places than the setting ``indicator_flash_places``, 1.
    Fails: never; more warn with the time of the first. Not measured after a quick check.
    Clause: ours, informs F10.2.
    """
    if context.report.video is None:
        yield not_applicable()
        return
    yield judge_count(context, "flash", context.regulation.settings.indicator_flash_places)


@recording_rule("Q.flicker")
def flicker(context: RecordingContext) -> Iterable[Verdict]:
    """The light does not flicker.

    What: spans in which the light of a quarter of the picture beats 2 to 12 times a second (s).
    Why: lamps on the mains and a shutter that does not suit them make bands that wander through the picture.
    Passes: no span as long as the setting ``indicator_flicker_s``.
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs 9.5.2 and F10.2.
    """
    yield _seconds(context, "flicker", context.regulation.settings.indicator_flicker_s)


@recording_rule("Q.chroma_key")
def chroma_key(context: RecordingContext) -> Iterable[Verdict]:
    """A replaced background is clean.

    What: spans in which loose green flickers in small spots or along a figure that moves (s).
    Why: green fringes and holes draw the eye away from the speaker.
    Passes: no span as long as the setting ``indicator_chroma_key_s``.
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs 9.5.3 and F10.2.
    """
    yield _seconds(context, "chroma_key", context.regulation.settings.indicator_chroma_key_s)


@recording_rule("Q.small_text")
def small_text(context: RecordingContext) -> Iterable[Verdict]:
    """Text on slides is large enough and stands out from its ground.

    What: share of the text lower than a fortieth of the picture, and share whose contrast is below 3:1 (%).
    Why: many learners watch on a telephone.
    Passes: at most the setting ``indicator_small_text_pct`` of each; a picture without text.
    Fails: never; more warns. Not measured after a quick check.
    Clause: ours, informs 9.7.1 and 9.6.1.
    """
    video = context.report.video
    most_pct = context.regulation.settings.indicator_small_text_pct
    required = f"<= {most_pct:g}"
    if video is None:
        yield not_applicable()
    elif context.report.quick:
        yield Verdict(Status.NOT_MEASURED, message="unknown", required=required, unit="pct")
    else:
        shares = {"small": video.small_text_share or 0.0, "pale": video.pale_text_share or 0.0}
        shares_pct = {message: round(100 * share) for message, share in shares.items()}
        faults = [message for message, share_pct in shares_pct.items() if share_pct > most_pct]
        for message in faults:
            yield Verdict(Status.WARNING, "", message, shares_pct[message], required, unit="pct")
        if not faults:
            yield Verdict(Status.PASS, "", "", max(shares_pct.values()), required, unit="pct")


def _seconds(context: RecordingContext, kind: str, least_s: float) -> Verdict:
    return not_applicable() if context.report.video is None else judge_spans(context, kind, least_s)


@rule("9.5.1")
def cameras(context: Context) -> Iterable[Verdict]:
    """Podcasts and interviews are shot with two cameras or more.

    What: number of cameras of each lesson of these formats (count), as the author gives it; the cuts measured in its
        recordings.
    Why: a talk of half an hour from one angle tires, and nothing can be cut.
    Passes: two or more.
    Fails: fewer, or no number given. Two cameras and not a single cut in the measured recordings warn.
    Clause: 9.5.1.
    """
    for number, module, lesson in numbered_lessons(context.course):
        if lesson.video.format not in _SEVERAL_CAMERAS:
            continue
        element = lesson_path(module, lesson, "video")
        count = lesson.video.camera_count
        if count is None:
            yield fail("missing", element, required=context.limit("cameras"), lesson=number)
        elif not context.limit("cameras").accepts(count):
            yield fail("few", element, measured=count, required=context.limit("cameras"), lesson=number)
        elif _is_uncut(context, lesson.id):
            yield warn("uncut", element, measured=0, lesson=number)


def _is_uncut(context: Context, lesson_id: str) -> bool:
    """Tell whether the lesson's lecture was measured and has no change of shot."""
    reports = [report for _, report in context.recordings(RecordingRole.LECTURE, lesson_id=lesson_id)]
    changes = [report.video.shot_changes for report in reports if report is not None and report.video is not None]
    return bool(changes) and all(each == 0 for each in changes)


RULES = (blurred, upscaled, blocky, flash, flicker, chroma_key, small_text)
COURSE_RULES = (cameras,)
