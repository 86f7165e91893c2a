"""Form 08: content and support of the course. The closing address is F08.9a of a recording.

F08.3 is carried by F01.18, F08.9b by 12.10.1a.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from app.checks.context import Context, Verdict, fail, not_applicable, rule
from app.checks.deadlines import day_text, due_day, has_deadline, opening_of
from app.checks.fields import any_text
from app.checks.section_11 import task_name
from app.checks.wording import is_blank
from app.model.course import Course
from app.model.tasks import Placement, Question, Task, TaskRole
from app.model.teaching import ProgressBand, Reference, ReferenceScope
from app.model.views import course_final_controls, lesson_path, module_of_task, numbered_lessons

BAND_DIGITS = 9
"""Bounds of bands are compared after rounding to this many digits."""
WHOLE_PCT = 100


@rule("F08.0a")
def authors_registered(context: Context) -> Iterable[Verdict]:
    """The authors are registered on the platform with the rights of a teacher.

    What: the accounts noted for the platform (count) against the number of authors.
    Why: learners ask in the forum, and authors have to be able to answer.
    Passes: an account for each author, or the documents have not been accepted yet.
    Fails: fewer, from the acceptance of the documents on.
    Clause: F08.0a.
    """
    accounts = sum(not is_blank(account) for account in context.course.platform.author_accounts)
    authors = len(context.course.authors)
    if accounts >= max(authors, 1):
        return
    if not context.expected("F08.0a"):
        yield not_applicable()
    else:
        yield fail("accounts", "platform/author_accounts", measured=accounts, required=f">= {max(authors, 1)}")


@rule("F08.1")
def reference_materials(context: Context) -> Iterable[Verdict]:
    """There are reference materials for the whole course.

    What: the list of reference materials.
    Why: tables, timetables and glossaries that learners need in every week have one place.
    Passes: at least one entry.
    Fails: none; entries of blanks do not count. The clause recommends, so this warns.
    Clause: F08.1.
    """
    if not any_text(context.course.reference_materials):
        yield fail("none", "reference_materials")


@rule("F08.2a")
def annotations(context: Context) -> Iterable[Verdict]:
    """Each module and each topic has an annotation.

    What: the annotation of every module and lesson.
    Why: learners see what awaits them before they open it.
    Passes: a text for each.
    Fails: an empty one. The clause recommends, so this warns.
    Clause: F08.2a.
    """
    for number, module in enumerate(context.course.modules, start=1):
        if is_blank(module.annotation):
            yield fail("module", f"modules/{module.id}/annotation", number=number)
    for number, module, lesson in numbered_lessons(context.course):
        if is_blank(lesson.annotation):
            yield fail("lesson", lesson_path(module, lesson, "annotation"), number=number)


@rule("F08.2b")
def video_annotations(context: Context) -> Iterable[Verdict]:
    """Each video has an annotation.

    What: the annotation of every lecture video.
    Why: it stands under the player and helps to find a place again.
    Passes: a text for each.
    Fails: an empty one. The clause recommends, so this warns.
    Clause: F08.2b.
    """
    for number, module, lesson in numbered_lessons(context.course):
        if is_blank(lesson.video.annotation):
            yield fail("none", lesson_path(module, lesson, "video/annotation"), number=number)


@rule("F08.3.1")
def literature_has_a_place(context: Context) -> Iterable[Verdict]:
    """A source for a lecture or a module names one that exists.

    What: scope and target of every source of the list of literature.
    Why: a source of a removed lecture would be shown nowhere.
    Passes: the lecture or module exists; a source for the whole course names none.
    Fails: it does not exist. The clause permits, so this warns.
    Clause: F08.3.1.
    """
    modules = {module.id for module in context.course.modules}
    lessons = {lesson.id for _, _, lesson in numbered_lessons(context.course)}
    targets = {ReferenceScope.LESSON: lessons, ReferenceScope.MODULE: modules}
    for number, reference in enumerate(context.course.references, start=1):
        known = targets.get(reference.scope)
        if known is not None and reference.target_id not in known:
            yield fail(reference.scope.value, f"references/{reference.id}/target_id", number=number)


@rule("F08.4b")
def tests_ask_their_module(context: Context) -> Iterable[Verdict]:
    """The test of a module asks only about material of this module.

    What: lecture or source of each question of a test of the module (count of the others).
    Why: learners cannot answer what comes weeks later.
    Passes: each question belongs to a lecture of the module, or to a source for it or for the whole course.
    Fails: questions of other modules, or of none. The clause recommends, so this warns.
    Clause: F08.4b.
    """
    strangers: Counter[str] = Counter()
    homes = _places(context.course)
    sources = {reference.id: reference for reference in context.course.references}
    modules = {task.id: module.id for task in context.course.tasks if (module := module_of_task(context.course, task))}
    for question in context.course.test_bank:
        for task_id in question.task_ids:
            module_id = modules.get(task_id)
            if module_id is not None and not _belongs(question, module_id, homes, sources):
                strangers[task_id] += 1
    for task in context.course.tasks:
        if strangers[task.id]:
            yield fail("foreign", f"tasks/{task.id}", measured=strangers[task.id], required="0", task=task_name(task))


def _places(course: Course) -> dict[str | None, str]:
    """Return the module of each lesson and of each module, by id."""
    places: dict[str | None, str] = {module.id: module.id for module in course.modules}
    return places | {lesson.id: module.id for _, module, lesson in numbered_lessons(course)}


def _belongs(question: Question, module_id: str, homes: dict[str | None, str], sources: dict[str, Reference]) -> bool:
    if homes.get(question.lesson_id) == module_id:
        return True
    source = sources.get(question.reference_id or "")
    if source is None:
        return False
    return source.scope is ReferenceScope.COURSE or homes.get(source.target_id) == module_id


@rule("F08.4c")
def task_deadlines(context: Context) -> Iterable[Verdict]:
    """Each check task has a deadline.

    What: date, or days after the opening of the section, of every task but the final control, which is F08.7's.
    Why: without one learners put tasks off and drop out.
    Passes: a deadline between the opening of the section and the last day of the course.
    Fails: none; one before the section opens or after the course ends. A section that opens after the end is 12.4a's.
    Clause: F08.4c.
    """
    for task in context.course.tasks:
        if not _is_final(task):
            yield from _deadline(context, task)


@rule("F08.7")
def final_deadline(context: Context) -> Iterable[Verdict]:
    """The final task has a deadline.

    What: date, or days after the first day of the course, of the final control. Whether there is one is F02.22's.
    Why: the course ends, and with it the time to hand in.
    Passes: a deadline within the course.
    Fails: none; one before the course begins or after it ends.
    Clause: F08.7.
    """
    for task in course_final_controls(context.course):
        yield from _deadline(context, task)


def _is_final(task: Task) -> bool:
    return task.placement is Placement.COURSE_END and task.role is TaskRole.SUMMATIVE


def _deadline(context: Context, task: Task) -> Iterator[Verdict]:
    element, name = f"tasks/{task.id}/deadline", task_name(task)
    if not has_deadline(task):
        yield fail("none", element, task=name)
        return
    due, opens, end = due_day(context.course, task), opening_of(context.course, task), context.course.schedule.end
    if opens is not None and end is not None and opens > end:
        return
    if due is not None and opens is not None and due < opens:
        yield fail("early", element, measured=day_text(due), required=f">= {day_text(opens)}", task=name)
    elif due is not None and end is not None and due > end:
        yield fail("late", element, measured=day_text(due), required=f"<= {day_text(end)}", task=name)


@rule("F08.6")
def nothing_dropped(context: Context) -> Iterable[Verdict]:
    """No task may be left out of the grade.

    What: how many of the lowest results are dropped (count).
    Why: who does three of six tasks must not get the same 100 % as who does all of them.
    Passes: 0.
    Fails: any other number.
    Clause: F08.6.
    """
    dropped = context.course.assessment.drop_lowest
    if dropped != 0:
        yield fail("dropped", "assessment/drop_lowest", measured=dropped, required="0")


@rule("F08.8")
def progress_table(context: Context) -> Iterable[Verdict]:
    """The progress table covers 0 to 100 % without gaps and overlaps.

    What: bounds (pct) and text of every band; the lower bound belongs to a band, the upper one to the next (X27).
    Why: every learner has to find exactly one line.
    Passes: the bands begin at 0, each begins where the one before ends, the last ends at 100, each has a text.
    Fails: no table, a gap, an overlap, an empty band or one without a text.
    Clause: F08.8.
    """
    element = "assessment/progress_scale"
    bands = sorted(context.course.assessment.progress_scale, key=lambda band: band.from_pct)
    if not bands:
        yield fail("none", element)
        return
    for band in bands:
        if is_blank(band.text):
            yield fail("text", f"{element}/{band.id}/text")
    yield from _bounds(bands, element)


def _bounds(bands: list[ProgressBand], element: str) -> Iterator[Verdict]:
    expected = 0.0
    for band in bands:
        start, end, path = round(band.from_pct, BAND_DIGITS), round(band.to_pct, BAND_DIGITS), f"{element}/{band.id}"
        if not start < end:
            yield fail("empty", f"{path}/to_pct", measured=end, required=f"> {start:g}")
            return
        if start != expected:
            message = "gap" if start > expected else "overlap"
            yield fail(message, f"{path}/from_pct", measured=start, required=f"{expected:g}")
        expected = end
    if expected != WHOLE_PCT:
        yield fail("end", f"{element}/{bands[-1].id}/to_pct", measured=expected, required=str(WHOLE_PCT))


RULES = (
    authors_registered,
    reference_materials,
    annotations,
    video_annotations,
    literature_has_a_place,
    tests_ask_their_module,
    task_deadlines,
    nothing_dropped,
    final_deadline,
    progress_table,
)
