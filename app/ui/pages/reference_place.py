"""For what a source of the list of literature is meant: the whole course, a module or a lecture (F08.3.1)."""

from typing import Any

from app.model.course import Course
from app.model.teaching import ReferenceScope
from app.model.views import numbered_lessons
from app.session.edit import get_value, set_value
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import ChoiceField

Place = tuple[ReferenceScope, str | None]


def reference_places(ui: UiContext, course: Course) -> list[tuple[Place, str]]:
    """Return all that a source can be meant for, with what a person calls it."""
    untitled = ui.t("programme.untitled")
    places: list[tuple[Place, str]] = [((ReferenceScope.COURSE, None), ui.t("choice.ReferenceScope.course"))]
    for number, module in enumerate(course.modules, start=1):
        name = ui.t("programme.module_row", n=number, title=module.title or untitled)
        places.append(((ReferenceScope.MODULE, module.id), name))
    for number, _, lesson in numbered_lessons(course):
        name = ui.t("programme.lesson_row", n=number, title=lesson.title or untitled)
        places.append(((ReferenceScope.LESSON, lesson.id), name))
    return places


class ReferencePlaceField(ChoiceField):
    """Scope and target of a source as one choice: a source of a lecture always says which.

    Args:
        item: element path of the source.
    """

    def __init__(self, ui: UiContext, editor: CourseEditor, item: str) -> None:
        self._item = item
        choices = list[tuple[object, str]](reference_places(ui, editor.course))
        super().__init__(ui, editor, f"{item}/target_id", ui.t("field.reference.scope"), choices, optional=False)

    def refresh(self) -> None:
        """Offer the modules and lectures that there are now and show the chosen one; none where it is gone."""
        self.offer(list[tuple[object, str]](reference_places(self.ui, self.editor.course)))
        super().refresh()

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Show for what the source is meant."""
        super().show_value((get_value(self.editor.course, f"{self._item}/scope"), value))

    def commit(self, value: object, *, merge: bool) -> None:
        """Write scope and target as one step."""
        del merge
        assert isinstance(value, tuple)
        scope, target = value
        now = get_value(self.editor.course, f"{self._item}/scope"), get_value(self.editor.course, self.path)
        if value == now:
            return

        def change(course: Course) -> Course:
            return set_value(set_value(course, f"{self._item}/scope", scope), self.path, target)

        self.editor.apply(self.ui.t("undo.edit", field=self.caption), change)
