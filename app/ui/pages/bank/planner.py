"""How far the bank is: for form 05, and for the week that the chosen question belongs to."""

from collections import Counter

from app.model.course import Course
from app.model.tasks import AnswerKind
from app.ui.context import UiContext


class Planner:
    """Says "n of 100, other kinds k, m of 11 in week w"; a bank is counted once, however often it is asked about."""

    def __init__(self, ui: UiContext) -> None:
        self._ui = ui
        self._least = int(ui.regulation.limits["test_bank_questions"].min or 0)
        self._course = Course()
        self._in_form = 0
        self._of_lesson: Counter[str | None] = Counter()
        self._lesson_of: dict[str, str | None] = {}

    def text(self, course: Course, question_id: str) -> str:
        """Return the sentence.

        Args:
            course: the course.
            question_id: the chosen question, whose week is told; empty for none.
        """
        self._count(course)
        parts = [self._ui.t("bank.counter", n=self._in_form, least=self._least)]
        others = len(course.test_bank) - self._in_form
        if others:
            parts.append(self._ui.t("bank.counter_others", n=others))
        lesson_id = self._lesson_of.get(question_id)
        for week, module in enumerate(course.modules, start=1):
            if lesson_id is not None and any(lesson.id == lesson_id for lesson in module.lessons):
                have = sum(self._of_lesson[lesson.id] for lesson in module.lessons)
                parts.append(self._ui.t("bank.counter_week", week=week, n=have, least=week_least(self._ui)))
        return " · ".join(parts)

    def _count(self, course: Course) -> None:
        if course.test_bank is self._course.test_bank:
            return
        self._course = course
        self._in_form = sum(question.kind is AnswerKind.CHOICE_SINGLE for question in course.test_bank)
        self._lesson_of = {question.id: question.lesson_id for question in course.test_bank}
        self._of_lesson = Counter(self._lesson_of.values())


def week_least(ui: UiContext) -> int:
    """Return the least number of questions of a week (8.3d, X11)."""
    limit = ui.regulation.limits["week_questions"]
    return int(limit.min if limit.min is not None else (limit.min_exclusive or 0) + 1)
