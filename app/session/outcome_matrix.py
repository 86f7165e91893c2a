"""Outcomes against what teaches, tests or crowns them, as a table whose cells are ticked (8.3c, 11.6b, DR9, X10)."""

from dataclasses import dataclass
from enum import StrEnum

from app.model.course import Course
from app.model.structure import OutcomeScope
from app.model.views import course_outcomes, module_of_task, module_outcomes, numbered_lessons
from app.session.edit import set_value


class MatrixKind(StrEnum):
    """What stands in the columns."""

    LESSONS = "lessons"
    TASKS = "tasks"
    COURSE_OUTCOMES = "course_outcomes"


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column.

    Attributes:
        number: as people read it: ``2.1`` is the first outcome of module 2, ``7`` a lesson, ``3`` a course outcome.
        module_id: the module that it belongs to, None where it belongs to the course.
    """

    id: str
    number: str
    text: str
    module_id: str | None = None


@dataclass(frozen=True)
class OutcomeMatrix:
    """Rows are outcomes.

    Attributes:
        ticked: cells (outcome id, column id) that are set.
        beyond: how many test questions name each outcome; they count for a row of the tasks, not as a column.
    """

    kind: MatrixKind
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    ticked: frozenset[tuple[str, str]]
    beyond: dict[str, int]

    def is_open(self, row: Line, column: Line) -> bool:
        """Tell whether a cell can be ticked: a lesson teaches outcomes of its own module and of the course."""
        return self.kind is not MatrixKind.LESSONS or row.module_id in (None, column.module_id)

    def row_count(self, row: Line) -> int:
        """Return how often an outcome is taught, tested or linked; 0 stands out."""
        return sum((row.id, column.id) in self.ticked for column in self.columns) + self.beyond.get(row.id, 0)

    def column_count(self, column: Line) -> int:
        """Return how many outcomes a column has; 0 stands out."""
        return sum((row.id, column.id) in self.ticked for row in self.rows)


def outcome_matrix(course: Course, kind: MatrixKind) -> OutcomeMatrix:
    """Return the table of the course's outcomes.

    Module outcomes come first, by module; then the course outcomes, which are reached through them (DR9), except
    where these are the columns.
    """
    rows = list(_module_rows(course))
    own = tuple(
        Line(outcome.id, str(number), outcome.text) for number, outcome in enumerate(course_outcomes(course), start=1)
    )
    if kind is MatrixKind.COURSE_OUTCOMES:
        ticked = {(o.id, o.parent_id) for o in course.outcomes if o.parent_id and o.scope is OutcomeScope.MODULE}
        return OutcomeMatrix(kind, tuple(rows), own, frozenset(ticked), {})
    served = {outcome.parent_id for outcome in course.outcomes if outcome.scope is OutcomeScope.MODULE}
    rows += [line for line in own if line.id not in served]
    if kind is MatrixKind.LESSONS:
        lessons = list(numbered_lessons(course))
        columns = tuple(Line(lesson.id, str(number), lesson.title, module.id) for number, module, lesson in lessons)
        ticked = {(outcome_id, lesson.id) for _, _, lesson in lessons for outcome_id in lesson.outcome_ids}
        return OutcomeMatrix(kind, tuple(rows), columns, frozenset(ticked), {})
    columns = tuple(_task_columns(course))
    ticked = {(outcome_id, task.id) for task in course.tasks for outcome_id in task.outcome_ids}
    beyond: dict[str, int] = {}
    for question in course.test_bank:
        for outcome_id in question.outcome_ids:
            beyond[outcome_id] = beyond.get(outcome_id, 0) + 1
    return OutcomeMatrix(kind, tuple(rows), columns, frozenset(ticked), beyond)


def with_tick(course: Course, kind: MatrixKind, outcome_id: str, column_id: str, *, ticked: bool) -> Course:
    """Set or clear a cell; a module outcome serves one course outcome, so a tick there takes the place of another.

    Raises:
        KeyError: there is no such outcome, lesson or task.
    """
    if kind is MatrixKind.COURSE_OUTCOMES:
        path, value = f"outcomes/{outcome_id}/parent_id", column_id if ticked else None
        return set_value(course, path, value)
    path, ids = _owner(course, kind, column_id)
    order = [outcome.id for outcome in course.outcomes]
    wanted = {*ids, outcome_id} if ticked else set(ids) - {outcome_id}
    known = sorted((i for i in wanted if i in order), key=order.index)
    return set_value(course, path, (*(i for i in ids if i in wanted and i not in order), *known))


def _owner(course: Course, kind: MatrixKind, column_id: str) -> tuple[str, tuple[str, ...]]:
    if kind is MatrixKind.TASKS:
        for task in course.tasks:
            if task.id == column_id:
                return f"tasks/{task.id}/outcome_ids", task.outcome_ids
    for _, module, lesson in numbered_lessons(course):
        if kind is MatrixKind.LESSONS and lesson.id == column_id:
            return f"modules/{module.id}/lessons/{lesson.id}/outcome_ids", lesson.outcome_ids
    raise KeyError(column_id)


def _module_rows(course: Course) -> list[Line]:
    return [
        Line(outcome.id, f"{place}.{number}", outcome.text, module.id)
        for place, module in enumerate(course.modules, start=1)
        for number, outcome in enumerate(module_outcomes(course, module), start=1)
    ]


def _task_columns(course: Course) -> list[Line]:
    """Return the tasks in the order in which a learner meets them, numbered within their module."""
    places = {module.id: place for place, module in enumerate(course.modules, start=1)}
    rank = {lesson.id: number for number, _, lesson in numbered_lessons(course)}
    met = [(task, module_of_task(course, task)) for task in course.tasks]
    last = len(places) + 1
    ordered = sorted(
        met,
        key=lambda item: (
            places[item[1].id] if item[1] else last,
            rank.get(item[0].target_id or "", len(rank) + 1),
        ),
    )
    counts: dict[int, int] = {}
    lines = []
    for task, module in ordered:
        place = places[module.id] if module else 0
        counts[place] = counts.get(place, 0) + 1
        number = f"{place}.{counts[place]}" if place else f"∑{counts[place]}"
        lines.append(Line(task.id, number, task.title, module.id if module else None))
    return lines
