"""How far the bank is: for form 05, and for the week that the chosen question belongs to."""

from app.model.course import Course
from app.model.structure import Module
from app.model.views import form_05_questions, module_questions
from app.ui.context import UiContext


def plan_text(ui: UiContext, course: Course, question_id: str) -> str:
    """Return "n of 100, other kinds k, m of 11 in week w".

    Args:
        ui: texts and limits.
        course: the course.
        question_id: the chosen question, whose week is told; empty for none.
    """
    least = int(ui.regulation.limits["test_bank_questions"].min or 0)
    in_form = len(form_05_questions(course))
    parts = [ui.t("bank.counter", n=in_form, least=least)]
    if len(course.test_bank) > in_form:
        parts.append(ui.t("bank.counter_others", n=len(course.test_bank) - in_form))
    module = _module_of(course, question_id)
    if module is not None:
        week, have = course.modules.index(module) + 1, len(module_questions(course, module))
        parts.append(ui.t("bank.counter_week", week=week, n=have, least=week_least(ui)))
    return " · ".join(parts)


def week_least(ui: UiContext) -> int:
    """Return the least number of questions of a week (8.3d, X11)."""
    limit = ui.regulation.limits["week_questions"]
    return int(limit.min if limit.min is not None else (limit.min_exclusive or 0) + 1)


def _module_of(course: Course, question_id: str) -> Module | None:
    lesson_id = next((q.lesson_id for q in course.test_bank if q.id == question_id), None)
    if lesson_id is None:
        return None
    return next((module for module in course.modules if any(x.id == lesson_id for x in module.lessons)), None)
