"""Section 8: structure and content of the course. Its video clauses are in `section_8_video`.

8.5d is F02.20's and 8.7e is F02.22's (one fault, one finding); 8.7c has nothing to judge, numbers are computed.
"""

from collections.abc import Iterable, Iterator

from app.checks.context import Context, Verdict, fail, rule, warn
from app.checks.section_8_video import lecture_segments, lesson_length, recording_presentations, weekly_video
from app.checks.wording import folded, is_blank
from app.model.regulation import Limit, Regulation
from app.model.structure import BlockKind, Lesson, Module, OutcomeScope, SelfStudyItem
from app.model.tasks import TaskKind
from app.model.views import (
    course_effort_min,
    lesson_path,
    module_end_tasks,
    module_final_controls,
    module_outcomes,
    module_questions,
    numbered_lessons,
    week_effort_min,
)

CLOCK_HOUR_MIN = 60
PRACTICAL_KINDS = frozenset({TaskKind.PRACTICAL, TaskKind.LABORATORY})
OFFERED_BLOCKS = (BlockKind.VIDEO, BlockKind.READING, BlockKind.ASSESSMENT)


def _numbered_modules(context: Context) -> Iterator[tuple[int, Module, str]]:
    """Yield each module with its number from 1 and its element path."""
    for number, module in enumerate(context.course.modules, start=1):
        yield number, module, f"modules/{module.id}"


@rule("8.1")
def modules_per_course(context: Context) -> Iterable[Verdict]:
    """A course has four to six modules, each of them one week.

    What: number of modules (count), read together with F02.16: more than six is an error (X01, X02).
    Why: the regulation plans a course of four to six weeks.
    Passes: 4, 5 or 6 modules.
    Fails: any other number.
    Clause: 8.1, F02.16.
    """
    yield from context.within("modules_per_course", len(context.course.modules), "count", "modules")


@rule("8.2a")
def outcomes_per_module(context: Context) -> Iterable[Verdict]:
    """A module has at least four different outcomes, each of which serves an outcome of the course.

    What: number of outcomes of each module (count), their texts and the course outcome that they serve (X10).
    Why: a week has to be worth a learner's time, and what it gives must lead to the goals of the course.
    Passes: 4 or more outcomes, no two alike, each with a course outcome.
    Fails: fewer; the same text twice in one module; an outcome that names no course outcome.
    Clause: 8.2a.
    """
    course = context.course
    course_ids = {outcome.id for outcome in course.outcomes if outcome.scope is OutcomeScope.COURSE}
    for number, module, path in _numbered_modules(context):
        outcomes = module_outcomes(course, module)
        yield from context.within("module_outcomes", len(outcomes), "count", path, module=number)
        seen: set[str] = set()
        for outcome in outcomes:
            text = folded(outcome.text)
            if text in seen:
                yield fail("same", f"outcomes/{outcome.id}/text", module=number)
            if outcome.parent_id not in course_ids:
                yield fail("parent", f"outcomes/{outcome.id}/parent_id", module=number)
            seen |= {text} - {""}


@rule("8.2b")
def outcomes_name_competences(context: Context) -> Iterable[Verdict]:
    """Each outcome of a module names the key competence at which it aims.

    What: the competence of every module outcome (text).
    Why: outcomes that serve no competence cannot be placed in an educational programme.
    Passes: the competence is named.
    Fails: it is empty.
    Clause: 8.2b.
    """
    for outcome in context.course.outcomes:
        if outcome.scope is OutcomeScope.MODULE and is_blank(outcome.competence):
            yield fail("none", f"outcomes/{outcome.id}/competence")


@rule("8.2c")
def practical_task_at_module_end(context: Context) -> Iterable[Verdict]:
    """A module ends with a practical task.

    What: number of practical or laboratory tasks after the module's last lesson (count).
    Why: learners apply what they have learned before the week closes.
    Passes: 1 or more; fewer with a written reason (8.7a, X16).
    Fails: none.
    Clause: 8.2c.
    """
    for number, module, path in _numbered_modules(context):
        count = sum(task.kind in PRACTICAL_KINDS for task in module_end_tasks(context.course, module))
        yield from context.within("module_practical_tasks", count, "count", path, module=number)


@rule("8.2d")
def forum_in_each_module(context: Context) -> Iterable[Verdict]:
    """A module plans at least one exchange of opinions in the forum.

    What: number of forum topics with a text in each module (count); a topic without an opening question warns.
    Why: learners who talk to each other stay; the module closes with its forum (8.7d).
    Passes: 1 or more topics.
    Fails: none.
    Clause: 8.2d, 7.1e, 8.7d.
    """
    for number, module, path in _numbered_modules(context):
        topics = [topic for topic in module.forum if not is_blank(topic.topic)]
        yield from context.within("module_forums", len(topics), "count", f"{path}/forum", module=number)
        for topic in topics:
            if is_blank(topic.prompt):
                yield warn("prompt", f"{path}/forum/{topic.id}/prompt", module=number)


@rule("8.3a")
def study_time_a_week(context: Context) -> Iterable[Verdict]:
    """A week asks for three to five hours of study.

    What: planned minutes of a week, its lessons included, under both readings of «сағат»: academic hours and hours
        of the clock (X08, decision 8).
    Why: a learner beside work or study manages about that much.
    Passes: the minutes lie within both readings (180 to 250 with an academic hour of 50 minutes).
    Fails: within neither (below 150 or above 300); within one reading only it warns.
    Clause: 8.3a.
    """
    academic, clock = week_readings(context.regulation)
    required = _overlap(academic, clock)
    for number, module, path in _numbered_modules(context):
        minutes = week_effort_min(module)
        kept = academic.accepts(minutes) + clock.accepts(minutes)
        if kept == 0:
            yield fail("outside", f"{path}/effort", measured=minutes, required=required, module=number)
        elif kept == 1:
            yield warn("one_reading", f"{path}/effort", measured=minutes, required=required, module=number)


def week_readings(regulation: Regulation) -> tuple[Limit, Limit]:
    """Return the limits of a week in minutes under both readings: academic hours and hours of the clock (X08)."""
    hours = regulation.limits["week_hours"]
    return _in_minutes(hours, regulation.settings.academic_hour_min), _in_minutes(hours, CLOCK_HOUR_MIN)


def _in_minutes(hours: Limit, minutes_per_hour: int) -> Limit:
    bounds = {"min": hours.min, "max": hours.max, "min_exclusive": hours.min_exclusive}
    scaled = {name: None if bound is None else bound * minutes_per_hour for name, bound in bounds.items()}
    return hours.model_copy(update={**scaled, "unit": "min"})


def _overlap(one: Limit, other: Limit) -> Limit:
    lows = [limit.min for limit in (one, other) if limit.min is not None]
    highs = [limit.max for limit in (one, other) if limit.max is not None]
    return one.model_copy(update={"min": max(lows, default=None), "max": min(highs, default=None)})


@rule("8.3b")
def lessons_a_week(context: Context) -> Iterable[Verdict]:
    """A module has two to four lessons.

    What: number of lessons of each module (count).
    Why: more than four lectures of 15 minutes do not fit into a week's hour of video.
    Passes: 2, 3 or 4; any other number with a written reason (8.7a, X16).
    Fails: any other number without one.
    Clause: 8.3b.
    """
    for number, module, path in _numbered_modules(context):
        yield from context.within("lessons_per_module", len(module.lessons), "count", f"{path}/lessons", module=number)


@rule("8.3c")
def outcomes_per_lesson(context: Context) -> Iterable[Verdict]:
    """A lesson covers one or two outcomes.

    What: number of different outcomes of the course that a lesson names (count); names of what no longer exists do
        not count. That every outcome is taught somewhere is DR9 (X10).
    Why: a lesson of 30 minutes holds no more.
    Passes: 1 or 2.
    Fails: none, or more than 2.
    Clause: 8.3c.
    """
    known = {outcome.id for outcome in context.course.outcomes}
    for number, module, lesson in numbered_lessons(context.course):
        count = len(known.intersection(lesson.outcome_ids))
        element = lesson_path(module, lesson, "outcome_ids")
        yield from context.within("lesson_outcomes", count, "count", element, lesson=number)


@rule("8.3d")
def questions_a_week(context: Context) -> Iterable[Verdict]:
    """A week has more than ten questions that consolidate its material.

    What: number of questions about the module's lessons (count), of every kind (X11).
    Why: ten questions or fewer leave parts of a week unpractised.
    Passes: 11 or more.
    Fails: 10 or fewer.
    Clause: 8.3d.
    """
    for number, module, path in _numbered_modules(context):
        count = len(module_questions(context.course, module))
        yield from context.within("week_questions", count, "count", path, module=number)


@rule("8.4a")
def summative_task_a_week(context: Context) -> Iterable[Verdict]:
    """A week has one summative task, the module's final control.

    What: number of summative tasks after the module's last lesson (count); tasks of lessons are formative, the final
        control of the course stands outside the weekly count (X14, X15).
    Why: the learner and the teacher see each week what was reached; the module closes with it (8.7d).
    Passes: 1; none with a written reason (8.7a).
    Fails: none; more than 1 warns.
    Clause: 8.4a, 7.6c, 7.7, 8.7d, F02.21.
    """
    limit = context.limit("week_summative_tasks")
    for number, module, path in _numbered_modules(context):
        count = len(module_final_controls(context.course, module))
        if limit.min is not None and count < limit.min:
            yield fail("none", path, measured=count, required=limit, module=number)
        elif not limit.accepts(count):
            yield warn("many", path, measured=count, required=limit, module=number)


@rule("8.5c")
def self_study_in_each_lesson(context: Context) -> Iterable[Verdict]:
    """A lesson gives additional material for self-study.

    What: number of self-study items with a title, a file or a link in each lesson (count).
    Why: the video is half of a lesson; the rest is read and practised alone.
    Passes: 1 or more.
    Fails: none.
    Clause: 8.5c, 7.1b.
    """
    for number, module, lesson in numbered_lessons(context.course):
        if not any(_says_something(item) for item in lesson.self_study):
            yield fail("none", lesson_path(module, lesson, "self_study"), lesson=number)


def _says_something(item: SelfStudyItem) -> bool:
    return item.file is not None or not is_blank(item.title) or not is_blank(item.url)


@rule("8.6a")
def course_length(context: Context) -> Iterable[Verdict]:
    """A course takes 30 academic hours at most.

    What: planned minutes of all weeks in academic hours (of 50 minutes unless the edition says otherwise); the number
        of courses in the series, where one is named.
    Why: longer content becomes a series of three to six courses (8.6b), which learners finish more often.
    Passes: 30 hours or fewer; more than 100 where the typical curriculum of the general-education discipline is
        named (8.6c, X09).
    Fails: more than 30 and up to 100; more than 100 without that curriculum. A series of fewer than three or more than
        six courses warns: the clause recommends.
    Clause: 8.6a, 8.6b, 8.6c.
    """
    series, courses = context.limit("series_courses"), [t for t in context.course.series.course_titles if t.strip()]
    if courses and not series.accepts(len(courses)):
        yield warn("series", "series/course_titles", measured=len(courses), required=series)
    limit = context.limit("course_academic_hours")
    hours = course_effort_min(context.course) / context.regulation.settings.academic_hour_min
    if limit.accepts(hours):
        return
    if not context.limit("long_course_academic_hours").accepts(hours):
        yield fail("split", "modules", measured=round(hours, 2), required=limit)
    elif is_blank(context.course.general_education_curriculum):
        yield fail("curriculum", "general_education_curriculum", measured=round(hours, 2), required=limit)


@rule("8.7a")
def deviations_are_justified(context: Context) -> Iterable[Verdict]:
    """A deviation from the offered structure has a written reason and concerns a clause that may vary.

    What: the reason (text) and the clause of every deviation (X17).
    Why: structure, number of lessons, kinds of assessment and order may follow the course's specifics, durations,
        modules and outcomes may not.
    Passes: a reason is given, and the clause allows a deviation.
    Fails: the reason is empty, or the clause allows none: the deviation then has no effect.
    Clause: 8.7a.
    """
    texts = context.regulation.rule_texts
    for deviation in context.course.deviations:
        path = f"deviations/{deviation.id}"
        if is_blank(deviation.reason):
            yield fail("reason", f"{path}/reason", clause=deviation.rule_id)
        elif deviation.rule_id not in texts or not texts[deviation.rule_id].deviation:
            yield fail("clause", f"{path}/rule_id", clause=deviation.rule_id)


@rule("8.7b")
def blocks_of_a_lesson(context: Context) -> Iterable[Verdict]:
    """A lesson consists of three blocks: video lecture, learning material, assessment.

    What: kinds of the lesson's blocks and their order; several blocks of one kind in a row count as one.
    Why: learners find their way when every topic is built alike.
    Passes: video, material, assessment in this order; another order with a written reason (8.7a).
    Fails: a block is missing, or the order differs. The clause recommends, so this warns.
    Clause: 8.7b.
    """
    for number, module, lesson in numbered_lessons(context.course):
        kinds = _runs(lesson)
        if kinds != OFFERED_BLOCKS:
            message = "order" if set(kinds) == set(OFFERED_BLOCKS) else "missing"
            yield fail(message, lesson_path(module, lesson, "blocks"), lesson=number)


def _runs(lesson: Lesson) -> tuple[BlockKind, ...]:
    kinds = [block.kind for block in lesson.blocks]
    return tuple(kind for index, kind in enumerate(kinds) if index == 0 or kinds[index - 1] is not kind)


RULES = (
    modules_per_course,
    outcomes_per_module,
    outcomes_name_competences,
    practical_task_at_module_end,
    forum_in_each_module,
    study_time_a_week,
    lessons_a_week,
    outcomes_per_lesson,
    questions_a_week,
    summative_task_a_week,
    weekly_video,
    lecture_segments,
    recording_presentations,
    lesson_length,
    self_study_in_each_lesson,
    course_length,
    deviations_are_justified,
    blocks_of_a_lesson,
)
