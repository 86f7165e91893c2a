"""Views of a course: counts, numbers, sums. Computed each time, never stored (decision 4)."""

import unicodedata
from collections.abc import Iterator

from app.model.course import Course
from app.model.structure import Lesson, Module, Outcome, OutcomeScope
from app.model.tasks import AnswerKind, Placement, Question, Task, TaskKind, TaskRole

NAMELESS = "…"
"""Stands in a sentence for a name that nobody has written yet; where it is missing is said beside the sentence."""


def numbered_lessons(course: Course) -> Iterator[tuple[int, Module, Lesson]]:
    """Yield each lesson with its number through the whole course, from 1 (8.7c), and its module."""
    number = 0
    for module in course.modules:
        for lesson in module.lessons:
            number += 1
            yield number, module, lesson


def lesson_path(module: Module, lesson: Lesson, field: str = "") -> str:
    """Return the element path of a lesson or of one of its fields."""
    path = f"modules/{module.id}/lessons/{lesson.id}"
    return f"{path}/{field}" if field else path


def course_outcomes(course: Course) -> tuple[Outcome, ...]:
    """Return the outcomes of the whole course."""
    return tuple(outcome for outcome in course.outcomes if outcome.scope is OutcomeScope.COURSE)


def module_outcomes(course: Course, module: Module) -> tuple[Outcome, ...]:
    """Return the outcomes of one module."""
    return tuple(o for o in course.outcomes if o.scope is OutcomeScope.MODULE and o.module_id == module.id)


def lesson_tasks(course: Course, lesson: Lesson) -> tuple[Task, ...]:
    """Return the check tasks of a lesson (8.5d, F02.20)."""
    return tuple(t for t in course.tasks if t.placement is Placement.LESSON and t.target_id == lesson.id)


def module_end_tasks(course: Course, module: Module) -> tuple[Task, ...]:
    """Return the tasks after a module's last lesson."""
    return tuple(t for t in course.tasks if t.placement is Placement.MODULE_END and t.target_id == module.id)


def module_final_controls(course: Course, module: Module) -> tuple[Task, ...]:
    """Return the module's final control, the one summative task of its week (X15)."""
    return tuple(t for t in module_end_tasks(course, module) if t.role is TaskRole.SUMMATIVE)


def course_final_controls(course: Course) -> tuple[Task, ...]:
    """Return the final control of the course, outside the weekly count (X15)."""
    return tuple(t for t in course.tasks if t.placement is Placement.COURSE_END and t.role is TaskRole.SUMMATIVE)


def module_of_task(course: Course, task: Task) -> Module | None:
    """Return the module in whose week the task is done; None for a task at the course's end or without a place."""
    for module in course.modules:
        if task.placement is Placement.MODULE_END and task.target_id == module.id:
            return module
        if task.placement is Placement.LESSON and any(lesson.id == task.target_id for lesson in module.lessons):
            return module
    return None


def form_05_questions(course: Course) -> tuple[Question, ...]:
    """Return the questions that form 05 can hold: single choice (X13)."""
    return tuple(q for q in course.test_bank if q.kind is AnswerKind.CHOICE_SINGLE)


def module_questions(course: Course, module: Module) -> tuple[Question, ...]:
    """Return the questions that ask about the module's lessons (8.3d, X11)."""
    lesson_ids = {lesson.id for lesson in module.lessons}
    return tuple(q for q in course.test_bank if q.lesson_id in lesson_ids)


def item_count(course: Course, task: Task) -> int:
    """Return how many items a task has: of a test the questions that name it, else its own count."""
    if task.kind is not TaskKind.TEST:
        return task.count
    return sum(task.id in question.task_ids for question in course.test_bank)


def week_effort_min(module: Module) -> int:
    """Return the planned minutes of a week: its lessons and the effort beside them (X07, decision 4)."""
    effort = module.effort
    beside = effort.reading_min + effort.tasks_min + effort.forum_min + effort.assessment_min
    return sum(lesson.planned_min for lesson in module.lessons) + beside


def course_effort_min(course: Course) -> int:
    """Return the planned minutes of the whole course."""
    return sum(week_effort_min(module) for module in course.modules)


def text_length(text: str) -> int:
    """Count characters as X35 reads «таңба»: NFC, ends trimmed, spaces and marks count, a line break is one."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return len(normal)
