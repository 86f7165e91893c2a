"""Parts of the assessment page: kind and type of a task, the rubric 0–5, the bands of the progress table."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout

from app.model.base import new_id
from app.model.course import Course
from app.model.regulation import number_text
from app.model.tasks import TaskKind, TaskRole, TaskType
from app.model.teaching import ProgressBand, RubricRow
from app.model.texts import Lang
from app.session.edit import get_value, set_value
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import ChoiceField, Field, NumberField, TextField, enum_choices, outcome_choices
from app.ui.pages.base import Companion
from app.ui.value_fields import SetField
from app.ui.widgets import ElidedButton, label


def kind_fields(ui: UiContext, editor: CourseEditor, path: str) -> list[Field]:
    """Return what a task is, what it is for, and which outcomes it tests."""
    outcomes = outcome_choices(ui, editor.course, editor.course.outcomes)
    kinds, roles, types = enum_choices(ui, TaskKind), enum_choices(ui, TaskRole), enum_choices(ui, TaskType)
    return [
        ChoiceField(ui, editor, f"{path}/kind", ui.t("field.task.kind"), kinds, optional=False),
        ChoiceField(ui, editor, f"{path}/role", ui.t("field.task.role"), roles, optional=False),
        ChoiceField(ui, editor, f"{path}/type", ui.t("field.task.type"), types),
        NumberField(ui, editor, f"{path}/count", ui.t("field.task.count"), maximum=1000, optional=False),
        SetField(ui, editor, f"{path}/outcome_ids", ui.t("field.task.outcome_ids"), outcomes),
    ]


_FORMS = Lang.KK
"""The language of the official texts."""


class TaskTypeNote(Companion):
    """What form 06 says of the chosen type of task."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str) -> None:
        super().__init__()
        self._ui = ui
        self._editor = editor
        self._path = path
        self._words = label("", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words)
        self.refresh()

    def refresh(self) -> None:
        """Show the note of the type that the task has now."""
        try:
            chosen = get_value(self._editor.course, f"{self._path}/type")
        except KeyError:
            return  # the task was removed; the page that holds this note removes it next
        found = next((t for t in self._ui.regulation.task_types if chosen is not None and t.key == chosen.value), None)
        self._words.setVisible(found is not None)
        if found is not None:
            text = self._ui.regulation.fill_constants(found.description, _FORMS)
            group = self._ui.regulation.limits["group_learners"]
            size = {
                "least": number_text(group.min or 0, self._ui.lang),
                "most": number_text(group.max or 0, self._ui.lang),
            }
            if self._ui.says(f"task_type.{found.key}", text, **size):
                text = self._ui.t(f"task_type.{found.key}", **size)
            self._words.setText(self._ui.t("assessment.form_06_type", description=text))


class RubricView(Companion):
    """A text for each number of points; empty until it is filled from form 08."""

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__()
        self._ui = ui
        self._editor = editor
        self._fields: list[TextField] = []
        self._fill = ElidedButton(ui.t("assessment.fill_rubric"))
        self._fill.setEnabled(not editor.read_only)
        self._fill.clicked.connect(self._from_form)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(label(ui.t("assessment.rubric_note"), "muted"))
        self._layout.addWidget(self._fill, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def refresh(self) -> None:
        """Show the rows as the course has them now."""
        rows = self._editor.course.assessment.rubric
        if len(rows) != len(self._fields):
            for field in self._fields:
                self._layout.removeWidget(field)
                field.hide()
                field.deleteLater()
            self._fields = [
                TextField(
                    self._ui,
                    self._editor,
                    f"assessment/rubric/{place}/text",
                    self._ui.t("field.rubric.text", points=row.points),
                )
                for place, row in enumerate(rows)
            ]
            for field in self._fields:
                self._layout.addWidget(field)
        for field in self._fields:
            field.refresh()
        self._fill.setVisible(not rows)

    def fields(self) -> list[Field]:
        """Return a field for each number of points."""
        return list(self._fields)

    def _from_form(self) -> None:
        regulation = self._ui.regulation
        rows = tuple(
            RubricRow(points=row.points, text=regulation.fill_constants(row.text, _FORMS)) for row in regulation.rubric
        )
        step = self._ui.t("assessment.fill_rubric")
        self._editor.apply(step, lambda course: set_value(course, "assessment/rubric", rows))
        self.refresh()


def bands_button(ui: UiContext, editor: CourseEditor) -> QPushButton:
    """Return the button that sets the progress table to the bands of form 08."""
    button = ElidedButton(ui.t("assessment.fill_bands"))
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)  # as wide as the other buttons' texts
    button.setEnabled(not editor.read_only)

    def change(course: Course) -> Course:
        texts = ui.regulation.progress_bands
        last = max((band.to_pct for band in texts), default=0)
        bands = tuple(
            ProgressBand(
                id=new_id("b"),
                from_pct=band.from_pct,
                to_pct=band.to_pct,
                text=ui.regulation.fill_constants(
                    band.text,
                    _FORMS,
                    from_pct=number_text(band.from_pct, _FORMS),
                    to_pct=number_text(band.to_pct, _FORMS),
                ),
                certificate=band.to_pct == last,
            )
            for band in texts
        )
        return set_value(course, "assessment/progress_scale", bands)

    button.clicked.connect(lambda: editor.apply(ui.t("assessment.fill_bands"), change))
    return button
