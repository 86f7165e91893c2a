"""Fields for days, moments, sets and lists of short texts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QDateTime, Qt, QTime
from PySide6.QtWidgets import QDateEdit, QDateTimeEdit, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.ui.calendar import give_calendar
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import ChoiceField, Field
from app.ui.text_field import equip
from app.ui.widgets import GrowingTextEdit, WrappingCheckBox, label


class DateField(Field):
    """A day, or none yet."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str, caption: str) -> None:
        super().__init__(ui, editor, path, caption)
        self._showing = False
        self._edit = QDateEdit()
        give_calendar(self._edit, ui)
        self._edit.setDisplayFormat("dd.MM.yyyy")
        self._edit.setMinimumDate(QDate(2000, 1, 1))
        self._edit.setSpecialValueText("—")
        self._edit.setMaximumWidth(160)
        self._edit.dateChanged.connect(self._edited)
        clear = QToolButton()
        clear.setText("×")
        clear.setToolTip(ui.t("field.clear_date"))
        clear.setAccessibleName(ui.t("field.clear_date"))
        clear.setEnabled(not editor.read_only)
        clear.clicked.connect(lambda: self.commit(None, merge=False))
        self.place(self._edit)
        self._layout.removeWidget(self._edit)
        row = QHBoxLayout()
        row.addWidget(self._edit)
        row.addWidget(clear)
        row.addStretch(1)
        self._layout.addLayout(row)
        self.refresh()

    def _edited(self, day: QDate) -> None:
        if not self._showing:
            empty = day == self._edit.minimumDate()
            self.commit(None if empty else date(day.year(), day.month(), day.day()), merge=True)
            self.refresh()

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Show the day, a dash where there is none."""
        self._showing = True
        shown = self._edit.minimumDate() if value is None else QDate(value.year, value.month, value.day)
        if self._edit.date() != shown:  # setting it again would take the section away in which one types
            self._edit.setDate(shown)
        self._showing = False


class DateTimeField(Field):
    """A day and time, or none yet; times are those of the university's clock."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str, caption: str) -> None:
        super().__init__(ui, editor, path, caption)
        self._edit = QDateTimeEdit()
        give_calendar(self._edit, ui)
        self._edit.setDisplayFormat("dd.MM.yyyy HH:mm")
        self._edit.setMinimumDateTime(QDateTime(QDate(2000, 1, 1), QTime(0, 0)))
        self._edit.setSpecialValueText("—")
        self._edit.setMaximumWidth(200)
        self._showing = False
        self._edit.dateTimeChanged.connect(self._edited)
        self.place(self._edit)
        self.refresh()

    def _edited(self, moment: QDateTime) -> None:
        if not self._showing:
            empty = moment == self._edit.minimumDateTime()
            day, time = moment.date(), moment.time()
            value = datetime(day.year(), day.month(), day.day(), time.hour(), time.minute())  # noqa: DTZ001
            self.commit(None if empty else value, merge=True)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Show the moment, a dash where there is none."""
        self._showing = True
        shown = self._edit.minimumDateTime()
        if value is not None:
            shown = QDateTime(QDate(value.year, value.month, value.day), QTime(value.hour, value.minute))
        if self._edit.dateTime() != shown:  # as above
            self._edit.setDateTime(shown)
        self._showing = False


class TristateField(ChoiceField):
    """Yes, no, or not said yet."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str, caption: str) -> None:
        super().__init__(ui, editor, path, caption, [(True, ui.t("choice.yes")), (False, ui.t("choice.no"))])


class SetField(Field):
    """Any number of given values, as boxes to tick."""

    def __init__(
        self, ui: UiContext, editor: CourseEditor, path: str, caption: str, choices: Sequence[tuple[object, str]]
    ) -> None:
        super().__init__(ui, editor, path, caption)
        holder = QWidget()
        holder.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a finding leads here while there is no box to tick
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._nothing = label(ui.t("list.empty"), "muted")
        self._column.addWidget(self._nothing)
        self._choices: list[tuple[object, str]] = []
        self._boxes: list[tuple[object, WrappingCheckBox]] = []
        self.place(holder)
        self.offer(choices)

    @property
    def offered(self) -> list[tuple[object, str]]:
        """What can be chosen now."""
        return self._choices

    def offer(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer other values to choose from."""
        if list(choices) == self._choices and self._boxes:
            return
        self._choices = list(choices)
        for _, box in self._boxes:
            self._column.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = []
        for value, text in self._choices:
            box = WrappingCheckBox(text)
            box.clicked.connect(self._edited)
            self._column.addWidget(box)
            self._boxes.append((value, box))
        self._nothing.setVisible(not self._boxes)
        self.setFocusProxy(self._boxes[0][1] if self._boxes else self._widget)
        self.refresh()

    def _edited(self) -> None:
        self.commit(tuple(value for value, box in self._boxes if box.box.isChecked()), merge=False)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Tick what is chosen."""
        for member, box in self._boxes:
            box.box.setChecked(member in value)


class TextsField(Field):
    """Several short texts, one on each line."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str, caption: str) -> None:
        super().__init__(ui, editor, path, caption)
        self._edit = GrowingTextEdit()
        self._edit.setPlaceholderText(ui.t("field.one_per_line"))
        self._edit.setToolTip(ui.t("field.one_per_line"))
        self._showing = False
        self._edit.textChanged.connect(self._edited)
        self.place(self._edit)
        equip(self._edit, ui)
        self.refresh()

    def _edited(self) -> None:
        if not self._showing:
            lines = (line.strip() for line in self._edit.toPlainText().splitlines())
            self.commit(tuple(line for line in lines if line), merge=True)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Show the texts unless what stands there means the same."""
        lines = (line.strip() for line in self._edit.toPlainText().splitlines())
        if tuple(line for line in lines if line) != tuple(value):
            self._showing = True
            self._edit.setPlainText("\n".join(value))
            self._showing = False


class RecordingField(ChoiceField):
    """One of the course's recordings, or none yet."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str, caption: str) -> None:
        super().__init__(ui, editor, path, caption, [(r.id, r.title or r.id) for r in editor.course.recordings])

    def refresh(self) -> None:
        """Offer the recordings that there are now and show the chosen one."""
        self.offer([(r.id, r.title or r.id) for r in self.editor.course.recordings])
        super().refresh()
