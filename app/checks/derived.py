"""Derived rules DR2 to DR10: consequences of the regulation's text. DR1 has nothing to judge in one course model."""

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from string import ascii_uppercase

from app.checks.context import Context, Verdict, fail, rule, warn
from app.checks.section_8_video import exceeds_week
from app.checks.videos import has_planned_video
from app.checks.wording import folded
from app.model.course import Course
from app.model.people import FileRef
from app.model.recording import RecordingRole
from app.model.structure import Lesson, Module, Outcome, OutcomeScope
from app.model.tasks import AnswerKind, Protection, Question
from app.model.views import (
    NAMELESS,
    form_05_questions,
    lesson_path,
    module_outcomes,
    module_questions,
    numbered_lessons,
)

WEIGHT_DIGITS = 9
"""Weights are compared after rounding to this many digits, so that 1/3 of the grade may be typed as it is."""
TELLING_KEYS = 5
"""Fewer keys than options of a question may all be the same letter by chance."""


@rule("DR2")
def lectures_and_files_match(context: Context) -> Iterable[Verdict]:
    """Lectures, their recordings, presentations and self-study files belong to each other one to one.

    What: the lesson that each recording names, and the lessons to which each file is attached. Several upload
        recordings of a lesson are its segments; a lecture recording of no lesson is F01.20a's.
    Why: a recording of nothing, or one presentation for two lectures, is a slip that shows only on the platform.
    Passes: a recording that names a lesson names one of the course, every file belongs to one lesson.
    Fails: a recording names a lesson that does not exist; a file is attached to a second lesson.
    Clause: DR2 (from F01.19c, F01.20a, F01.20b).
    """
    lesson_ids = {None, *(lesson.id for _, _, lesson in numbered_lessons(context.course))}
    for recording in context.course.recordings:
        if recording.role is not RecordingRole.LECTURE and recording.lesson_id not in lesson_ids:
            name = recording.title.strip() or recording.id
            yield fail("unknown_lesson", f"recordings/{recording.id}/lesson_id", name=name)
    yield from _shared_files(context.course)


def _shared_files(course: Course) -> Iterator[Verdict]:
    owners: dict[str, int] = {}
    for number, module, lesson in numbered_lessons(course):
        for element, file in _lesson_files(module, lesson):
            first = owners.setdefault(file.path, number)
            if first != number:
                yield fail("shared_file", element, lesson=number, other=first, file=file.path.rpartition("/")[2])


def _lesson_files(module: Module, lesson: Lesson) -> Iterator[tuple[str, FileRef]]:
    if lesson.presentation is not None:
        yield lesson_path(module, lesson, "presentation"), lesson.presentation
    for item in lesson.self_study:
        if item.file is not None:
            yield lesson_path(module, lesson, f"self_study/{item.id}/file"), item.file


@rule("DR3")
def planned_video(context: Context) -> Iterable[Verdict]:
    """Planned video minutes fit the lesson and the week.

    What: planned minutes of video of each lesson and their sum in each module (min). Recordings are judged by 8.4b,
        8.4c and 8.5a; a lesson without a plan is 7.1a's.
    Why: three lessons of 25 minutes break the week's hour; it is cheaper to see it before recording.
    Passes: 15 to 25 minutes a lesson, 30 to 60 a module.
    Fails: below 15 or above 30 a lesson; below 30 or more than 5 % above 60 a module. Above 25 a lesson, and up to
        5 % above 60 a module, warn (X05, decision 5).
    Clause: DR3 (from 8.4b, 8.4c, 8.5a, 8.5b).
    """
    for number, module, lesson in numbered_lessons(context.course):
        planned_min = lesson.video.planned_min
        if planned_min is not None and has_planned_video(lesson):
            yield from _planned_lesson(context, planned_min, lesson_path(module, lesson, "video/planned_min"), number)
    for number, module in enumerate(context.course.modules, start=1):
        yield from _planned_week(context, module, number)


def _planned_lesson(context: Context, planned_min: float, element: str, number: int) -> Iterable[Verdict]:
    low, high = context.limit("lecture_video_min"), context.limit("lesson_video_max_min")
    advice = context.limit("lesson_video_advice_min")
    if not low.accepts(planned_min):
        yield fail("lesson_short", element, measured=planned_min, required=low, lesson=number)
    elif not high.accepts(planned_min):
        yield fail("lesson_long", element, measured=planned_min, required=high, lesson=number)
    elif not advice.accepts(planned_min):
        yield warn("lesson_advice", element, measured=planned_min, required=advice, lesson=number)


def _planned_week(context: Context, module: Module, number: int) -> Iterable[Verdict]:
    limit = context.limit("week_video_min")
    element = f"modules/{module.id}/lessons"
    planned = [lesson.video.planned_min or 0 for lesson in module.lessons if has_planned_video(lesson)]
    total_min = round(sum(planned), WEIGHT_DIGITS)
    complete = bool(planned) and len(planned) == len(module.lessons)
    if exceeds_week(context, total_min):
        yield fail("week_long", element, measured=total_min, required=limit, module=number)
    elif limit.max is not None and total_min > limit.max:
        yield warn("week_little_long", element, measured=total_min, required=limit, module=number)
    elif complete and not limit.accepts(total_min):
        yield fail("week_short", element, measured=total_min, required=limit, module=number)


@rule("DR4")
def outcomes_fit_lessons(context: Context) -> Iterable[Verdict]:
    """A module has no more outcomes than its lessons can teach.

    What: number of outcomes of each module (count) against two for each of its lessons. Too few outcomes are
        8.2a's, too few lessons 8.3b's.
    Why: with one or two outcomes a lesson, two lessons teach four outcomes and four lessons eight.
    Passes: as many as two a lesson, or fewer.
    Fails: more.
    Clause: DR4 (from 8.2a, 8.3b, 8.3c).
    """
    per_lesson, lessons = context.limit("lesson_outcomes").max, context.limit("lessons_per_module")
    for number, module in enumerate(context.course.modules, start=1):
        count = len(module_outcomes(context.course, module))
        too_few_lessons = lessons.min is not None and len(module.lessons) < lessons.min
        capacity = len(module.lessons) * (per_lesson or count)
        if not too_few_lessons and count > capacity:
            element, required = f"modules/{module.id}", f"<= {capacity}"
            yield fail("many", element, measured=count, required=required, module=number, capacity=capacity)


@rule("DR5")
def questions_spread(context: Context) -> Iterable[Verdict]:
    """While the test bank is short of 100 questions, modules below the average are named.

    What: form-05 questions of each module (count) against the share that 100 questions make for each: 25, 20 or 17
        for 4, 5 or 6 modules.
    Why: 8.3d alone guarantees only 44 to 66 questions; this says where to write the missing ones.
    Passes: 100 questions or more in all, or every module has its share.
    Fails: the bank is short and a module has less; advice only.
    Clause: DR5 (from 8.3d, F01.22b).
    """
    needed, course = context.limit("test_bank_questions").min, context.course
    if needed is None or not course.modules or len(form_05_questions(course)) >= needed:
        return
    share = math.ceil(needed / len(course.modules))
    counts = [
        sum(question.kind is AnswerKind.CHOICE_SINGLE for question in module_questions(course, module))
        for module in course.modules
    ]
    short = [str(number) for number, count in enumerate(counts, start=1) if count < share]
    if short:
        required, modules = f">= {share}", ", ".join(short)
        yield fail("short", "test_bank", measured=min(counts), required=required, modules=modules, share=share)


@rule("DR6")
def effort_beside_lessons(context: Context) -> Iterable[Verdict]:
    """The time of a week beside its lessons is planned as reading, tasks, forum and assessment.

    What: planned minutes of each of the four (min). The week as a whole is 8.3a's.
    Why: lessons fill one or two of the week's three to five hours (X07); the rest needs a name.
    Passes: each is above 0.
    Fails: one of them is 0 or below; the rule is ours, so it warns.
    Clause: DR6 (from 8.3a, 8.3b, 8.5a).
    """
    for number, module in enumerate(context.course.modules, start=1):
        element = f"modules/{module.id}/effort"
        minutes: Mapping[str, int] = module.effort.model_dump()
        lacking = [part for part, planned_min in minutes.items() if planned_min <= 0]
        if len(lacking) == len(minutes):
            yield fail("none", element, module=number)
        else:
            yield from (fail(part, f"{element}/{part}", module=number) for part in lacking)


@rule("DR7")
def weights_sum(context: Context) -> Iterable[Verdict]:
    """Weights of the graded tasks make exactly 100 % together.

    What: sum of the weights of all tasks (pct), rounded to nine digits; each weight by itself. Self-study items have
        no weight at all (X69).
    Why: otherwise no final grade can be computed.
    Passes: 100 %. A course without tasks is 7.6a's and 7.6c's.
    Fails: another sum, or a weight below 0.
    Clause: DR7 (from 11.7, F08.6).
    """
    tasks = context.course.tasks
    for task in tasks:
        if task.weight_pct < 0:
            yield fail("negative", f"tasks/{task.id}/weight_pct", task=task.title.strip() or NAMELESS)
    total_pct = round(sum(task.weight_pct for task in tasks), WEIGHT_DIGITS)
    limit = context.limit("weights_pct")
    if tasks and not (math.isfinite(total_pct) and limit.accepts(total_pct)):
        yield fail("sum", "tasks", measured=total_pct, required=limit)


@rule("DR8")
def unprotected_share(context: Context) -> Iterable[Verdict]:
    """Tasks without protection against ready answers weigh half of the grade at most.

    What: sum of the weights of tasks that are neither parameterised nor open with a unique answer (pct), tests of
        form 05 among them (X25, X26).
    Why: half of the grade or more must rest on what cannot be copied from an answer base.
    Passes: 50 % or less.
    Fails: more.
    Clause: DR8, 11.7.
    """
    unprotected = [task.weight_pct for task in context.course.tasks if task.protection is Protection.NONE]
    yield from context.within("unprotected_share_pct", round(sum(unprotected), WEIGHT_DIGITS), "share", "tasks")


@rule("DR9")
def outcomes_taught_and_tested(context: Context) -> Iterable[Verdict]:
    """Every outcome is taught in a lesson and tested by a task or a question.

    What: the outcomes that lessons, tasks and questions name. An outcome of the course is taught and tested through
        the module outcomes that serve it; where these lack something, they are named instead.
    Why: the tasks together must check all planned outcomes (11.6b), and lessons must have taught them (8.3c).
    Passes: each is named by a lesson and by a task or question. A course without modules is 8.1's.
    Fails: an outcome is not taught, not tested, or neither.
    Clause: DR9, 8.3c, 11.6b.
    """
    course = context.course
    if not course.modules:
        return
    taught = {outcome_id for _, _, lesson in numbered_lessons(course) for outcome_id in lesson.outcome_ids}
    tested = {outcome_id for task in course.tasks for outcome_id in task.outcome_ids}
    tested |= {outcome_id for question in course.test_bank for outcome_id in question.outcome_ids}
    served = {outcome.parent_id for outcome in course.outcomes if outcome.scope is OutcomeScope.MODULE}
    for outcome in course.outcomes:
        message = _gap(outcome, taught, tested)
        if message and not (outcome.scope is OutcomeScope.COURSE and outcome.id in served):
            yield fail(message, f"outcomes/{outcome.id}", outcome=outcome.text.strip() or NAMELESS)


def _gap(outcome: Outcome, taught: set[str], tested: set[str]) -> str:
    if outcome.id in taught:
        return "" if outcome.id in tested else "not_tested"
    return "not_taught" if outcome.id in tested else "neither"


@rule("DR10")
def no_duplicates_in_the_bank(context: Context) -> Iterable[Verdict]:
    """The test bank repeats no question and no option, and its keys are spread over the letters.

    What: question texts and the options within a question, compared without case, white space and Unicode form;
        letters of the keys. Empty texts are F05.1's and F05.2's, keys without an option F05.3's.
    Why: a repeated question counts twice and tests once; keys on one letter are guessed at once.
    Passes: all different, at least two letters among the keys.
    Fails: a question or an option occurs twice; all keys (of five or more) on one letter warn.
    Clause: DR10 (from F05, F10.6).
    """
    first: dict[str, int] = {}
    for number, question in enumerate(context.course.test_bank, start=1):
        stem = folded(question.stem)
        if stem and first.setdefault(stem, number) != number:
            yield fail("stem", f"test_bank/{question.id}/stem", question=number, other=first[stem])
        if _repeats(question.options):
            yield fail("options", f"test_bank/{question.id}/options", question=number)
    yield from _key_letters(form_05_questions(context.course))


@lru_cache(maxsize=2048)  # most questions stay as they are between two changes of a course
def _repeats(options: tuple[str, ...]) -> bool:
    texts = [text for text in map(folded, options) if text]
    return len(set(texts)) < len(texts)


def _key_letters(questions: tuple[Question, ...]) -> Iterable[Verdict]:
    keys = [question.correct[0] for question in questions if len(question.correct) == 1]
    letters = [ascii_uppercase[key] for key in keys if 0 <= key < len(ascii_uppercase)]
    if len(letters) >= TELLING_KEYS and len(set(letters)) == 1:
        yield warn("one_letter", "test_bank", letter=letters[0])


RULES = (
    lectures_and_files_match,
    planned_video,
    outcomes_fit_lessons,
    questions_spread,
    effort_beside_lessons,
    weights_sum,
    unprotected_share,
    outcomes_taught_and_tested,
    no_duplicates_in_the_bank,
)
