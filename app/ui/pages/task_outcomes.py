"""Which outcomes a task checks."""

from collections.abc import Sequence
from typing import Any

from app.model.structure import Outcome, OutcomeScope
from app.model.views import module_of_task
from app.session.edit import get_value
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import outcome_choices
from app.ui.value_fields import SetField


class TaskOutcomesField(SetField):
    """The outcomes of the task's own module and of the course; for a task at the course's end those of all modules.

    An outcome of another module that the task checks all the same is offered too: nobody loses a tick unseen. The table
    of outcomes and tasks has every pair.
    """

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str, caption: str) -> None:
        super().__init__(ui, editor, path, caption, ())

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Offer what the course has now and tick what is chosen."""
        choices = outcome_choices(self.ui, self.editor.course, self._near(value))
        if choices != self.offered:
            self.offer(choices)
        super().show_value(value)

    def _near(self, chosen: Sequence[str]) -> list[Outcome]:
        course = self.editor.course
        task = get_value(course, self.path.rpartition("/")[0])
        own = module_of_task(course, task)
        offered = {value for value, _ in self.offered}

        def place(outcome: Outcome) -> int:
            if own is None:
                return 0 if outcome.scope is OutcomeScope.COURSE else 1
            if outcome.scope is OutcomeScope.COURSE:
                return 1
            if outcome.module_id == own.id:
                return 0
            return 2 if outcome.id in chosen or outcome.id in offered else 3

        ordered = sorted(course.outcomes, key=place)
        return [outcome for outcome in ordered if place(outcome) < 3]
