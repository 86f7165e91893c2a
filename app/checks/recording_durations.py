"""How long a single recording may be by its role, for the command `check` and the studio screen.

Clauses are those of the course's rules, which judge the recordings of a lesson together; only the closing address has
no rule of its own there. Durations compare in whole seconds and use the upload file (decision 5).
"""

from collections.abc import Iterable

from app.checks.context import Verdict, fail, not_applicable, not_measured, warn
from app.checks.recording import RecordingContext, clock_text, recording_rule
from app.checks.videos import minutes, whole_seconds
from app.model.finding import Status
from app.model.recording import RecordingRole, Stage


@recording_rule("8.4c")
def lecture_long_enough(context: RecordingContext) -> Iterable[Verdict]:
    """A lecture video lasts 15 minutes or more.

    What: duration of an upload with the role lecture (min), in whole seconds.
    Why: the regulation divides a week's video into segments of that length.
    Passes: 15:00 and longer.
    Fails: 14:59 and shorter.
    Clause: 8.4c, 8.5b, F01.20d.
    """
    yield _duration(context, RecordingRole.LECTURE, "lecture_video_min", "short")


@recording_rule("8.5a")
def lecture_short_enough(context: RecordingContext) -> Iterable[Verdict]:
    """A lecture video fits into a lesson of 30 minutes.

    What: duration of an upload with the role lecture (min), in whole seconds.
    Why: a lesson of 30 minutes also holds reading and questions.
    Passes: up to 25:00.
    Fails: longer than 30:00. Warns: longer than 25:00.
    Clause: 8.5a, X05.
    """
    verdict = _duration(context, RecordingRole.LECTURE, "lesson_video_max_min", "video_long")
    advice, duration_s = context.limit("lesson_video_advice_min"), whole_seconds(context.report)
    if verdict.status is Status.PASS and duration_s is not None and not advice.accepts(minutes(duration_s)):
        verdict = warn("video_tight", measured=verdict.measured, required=advice, duration=clock_text(duration_s))
    yield verdict


@recording_rule("F01.14a")
def promo_short_enough(context: RecordingContext) -> Iterable[Verdict]:
    """The promo video lasts three minutes at most.

    What: duration of an upload with the role promo (min), in whole seconds.
    Why: a trailer is watched to its end only while it is short.
    Passes: up to 3:00.
    Fails: 3:01 and longer.
    Clause: F01.14a.
    """
    yield _duration(context, RecordingRole.PROMO, "promo_min", "long")


@recording_rule("F08.9a")
def closing_length(context: RecordingContext) -> Iterable[Verdict]:
    """The closing address lasts one to two minutes.

    What: duration of an upload with the role closing (min), in whole seconds.
    Why: a farewell of that length is heard to its end.
    Passes: 1:00 to 2:00.
    Fails: never, the clause recommends; shorter and longer warn.
    Clause: F08.9a.
    """
    yield _duration(context, RecordingRole.CLOSING, "closing_min", "duration")


def _duration(context: RecordingContext, role: RecordingRole, limit_name: str, message: str) -> Verdict:
    if context.role is not role or context.stage is not Stage.UPLOAD:
        return not_applicable()
    limit, duration_s = context.limit(limit_name), whole_seconds(context.report)
    if duration_s is None:
        return not_measured("unmeasured", required=limit)
    shown = round(minutes(duration_s), 2)
    if limit.accepts(minutes(duration_s)):
        return Verdict(Status.PASS, measured=shown, required=limit)
    return fail(message, measured=shown, required=limit, duration=clock_text(duration_s))


RULES = (lecture_long_enough, lecture_short_enough, promo_short_enough, closing_length)
