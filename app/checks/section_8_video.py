"""Section 8: what is recorded, and the length of a lesson. Durations are of upload recordings (decisions 5, 6)."""

from collections.abc import Iterable

from app.checks.context import Context, Verdict, fail, not_applicable, not_measured, rule, warn
from app.checks.videos import LessonVideo, has_any_video, lesson_video, minutes
from app.checks.wording import folded
from app.model.attachment import AttachmentFacts
from app.model.structure import Lesson, Module
from app.model.views import lesson_path, numbered_lessons

FIXED_SLIDE_LABELS = ("F04.2a", "F04.9a")
"""Headings of form 04 that every presentation keeps; the others stand for the course's values (decision 14)."""


@rule("8.4b")
def weekly_video(context: Context) -> Iterable[Verdict]:
    """The lecture videos of a week last 30 to 60 minutes together.

    What: sum of the measured lecture recordings of a module (min, from whole seconds), counted per week (X64).
    Why: an hour of video is what a learner watches attentively beside the other work of the week.
    Passes: 30:00 to 60:00.
    Fails: less; more than 5 % above 60 minutes. Up to 5 % above warns, whatever the number of lessons (decision 5).
        Not measured while a lesson of the module has no measured recording.
    Clause: 8.4b.
    """
    for number, module in enumerate(context.course.modules, start=1):
        if module.lessons:
            yield from _week(context, number, module)


def _week(context: Context, number: int, module: Module) -> Iterable[Verdict]:
    limit = context.limit("week_video_min")
    element = f"modules/{module.id}/lessons"
    videos = [lesson_video(context, lesson) for lesson in module.lessons]
    total_min = minutes(sum(video.known_s for video in videos))
    unmeasured = sum(not video.measured for video in videos)
    if exceeds_week(context, total_min):
        yield fail("long", element, measured=total_min, required=limit, module=number)
    elif unmeasured:
        yield not_measured("unmeasured", element, required=limit, module=number, lessons=unmeasured)
    elif limit.min is not None and total_min < limit.min:
        yield fail("short", element, measured=total_min, required=limit, module=number)
    elif not limit.accepts(total_min):
        yield warn("little_long", element, measured=total_min, required=limit, module=number)


def exceeds_week(context: Context, total_min: float) -> bool:
    """Tell whether a week's video is too long even with the tolerance of decision 5 (min)."""
    longest_min, excess_pct = context.limit("week_video_min").max, context.limit("week_video_excess_pct").max
    if longest_min is None:
        return False
    return total_min > longest_min * (100 + (excess_pct or 0)) / 100


@rule("8.4c")
def lecture_segments(context: Context) -> Iterable[Verdict]:
    """Each segment of a lecture video lasts 15 minutes or more.

    What: duration of every upload recording of a lecture (min, from whole seconds). Promo, greeting and closing
        address are no lectures (X06).
    Why: the regulation says it three times: for the segments (8.4c), for the lesson's video (8.5b), for the video
        lectures of form 01 (F01.20d).
    Passes: 15:00 or more.
    Fails: less. Not measured while the lesson has no recording, or a recording was not measured; a lesson without
        any planned video is 7.1a's.
    Clause: 8.4c, 8.5b, F01.20d.
    """
    limit = context.limit("lecture_video_min")
    for number, module, lesson in numbered_lessons(context.course):
        element = lesson_path(module, lesson, "video")
        video = lesson_video(context, lesson)
        if not video.segments:
            yield _without_recording(context, lesson, number, element)
        elif any(duration_s is None for _, duration_s in video.segments):
            yield not_measured("no_report", element, required=limit, lesson=number)
        for recording, duration_s in video.segments:
            if duration_s is not None:
                place = f"recordings/{recording.id}"
                yield from context.within("lecture_video_min", minutes(duration_s), "short", place, lesson=number)


def _without_recording(context: Context, lesson: Lesson, number: int, element: str) -> Verdict:
    if has_any_video(context, lesson):
        return not_measured("no_recording", element, required=context.limit("lecture_video_min"), lesson=number)
    return not_applicable(element)


@rule("8.4d")
def recording_presentations(context: Context) -> Iterable[Verdict]:
    """A presentation for recording is laid out on form 04.

    What: the attached file of each lesson: it is there, it opens, it has the slides «Содержание» and «Резюме темы»
        of form 04. A lesson without a presentation is 7.1c's.
    Why: all lectures of the university look alike, and the learner sees contents and summary of each.
    Passes: the file opens and has both slides.
    Fails: the file is lost or damaged, or a slide is missing. Not measured while nobody has looked into the file.
    Clause: 8.4d.
    """
    for number, module, lesson in numbered_lessons(context.course):
        if lesson.presentation is not None:
            element = lesson_path(module, lesson, "presentation")
            yield from _presentation(context, context.file_facts(lesson.presentation), element, number)


def _presentation(context: Context, facts: AttachmentFacts | None, element: str, number: int) -> Iterable[Verdict]:
    if facts is None:
        yield not_measured("unread", element, lesson=number)
    elif not facts.exists:
        yield fail("lost", element, lesson=number)
    elif not facts.opens:
        yield fail("broken", element, lesson=number)
    else:
        text = folded(facts.text)
        labels = [context.regulation.label("form_04", key) for key in FIXED_SLIDE_LABELS]
        missing = [label for label in labels if folded(label) not in text]
        if missing:
            yield fail("slides", element, lesson=number, slides=", ".join(f"«{label}»" for label in missing))


@rule("8.5a")
def lesson_length(context: Context) -> Iterable[Verdict]:
    """A lesson lasts 30 minutes, and its video leaves time for reading and questions.

    What: planned length of each lesson (min); measured length of its video (min, from whole seconds; X05).
    Why: a lesson holds video, material and questions; a video of 30 minutes leaves nothing for them.
    Passes: planned 30 minutes, video of 25 or fewer.
    Fails: another planned length; a video of more than 30 minutes. A video of more than 25 warns.
    Clause: 8.5a.
    """
    for number, module, lesson in numbered_lessons(context.course):
        element = lesson_path(module, lesson, "planned_min")
        yield from context.within("lesson_min", lesson.planned_min, "planned", element, lesson=number)
        yield from _video_length(context, lesson_video(context, lesson), lesson_path(module, lesson, "video"), number)


def _video_length(context: Context, video: LessonVideo, element: str, number: int) -> Iterable[Verdict]:
    limit, advice = context.limit("lesson_video_max_min"), context.limit("lesson_video_advice_min")
    video_min = minutes(video.known_s)
    if not limit.accepts(video_min):
        yield fail("video", element, measured=video_min, required=limit, lesson=number)
    elif not advice.accepts(video_min):
        yield warn("video_advice", element, measured=video_min, required=advice, lesson=number)
