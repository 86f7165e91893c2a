"""Days off: the official ones among the course's dates, and those that the author adds or has worked."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout

from app.checks.deadlines import day_text
from app.model.base import new_id
from app.model.teaching import CalendarDay
from app.session.days_off import (
    DAYS_OFF,
    WORKING_DAYS,
    DayNote,
    OfficialDay,
    Span,
    course_span,
    day_note,
    official_days,
)
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import Field, LineField
from app.ui.item_list import ItemList
from app.ui.pages.base import Companion
from app.ui.value_fields import DateField
from app.ui.widgets import label, set_role


class DaysOff(Companion):
    """What the calendar of Kazakhstan says, and the two lists in which the course says otherwise."""

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__()
        self.ui = ui
        self.editor = editor
        self._span = course_span(editor.course, ui.regulation)
        self._official = label("")
        self._lists = (
            self._list(DAYS_OFF, ui.t("field.schedule.days_off"), ui.t("field.days_off.day")),
            self._list(WORKING_DAYS, ui.t("field.schedule.working_days"), ui.t("field.working_days.day")),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(ui.t("days_off.note"), "muted"))
        column.addWidget(label(ui.t("days_off.official"), "label"))
        column.addWidget(self._official)
        for one in self._lists:
            column.addWidget(one)
        self._show_official()

    def refresh(self) -> None:
        """Show both kinds of days as the course has them now."""
        self._span = course_span(self.editor.course, self.ui.regulation)
        self._show_official()
        for one in self._lists:
            one.refresh()

    def fields(self) -> list[Field]:
        """Return the fields of the course's own days."""
        return [field for one in self._lists for field in one.fields()]

    def lists(self) -> list[ItemList]:
        """Return the two lists."""
        return list(self._lists)

    def official_label(self) -> QLabel:
        """Return where the official days stand."""
        return self._official

    def _list(self, path: str, caption: str, of_day: str) -> ItemList:
        ui, editor = self.ui, self.editor

        def fields(item: str) -> Sequence[Field]:
            return [
                _DayField(ui, editor, f"{item}/day", of_day, lambda: self._span),
                LineField(ui, editor, f"{item}/title", ui.t("field.days_off.title")),
            ]

        return ItemList(ui, editor, path, caption, fields, lambda: CalendarDay(id=new_id("da")))

    def _show_official(self) -> None:
        course, regulation = self.editor.course, self.ui.regulation
        days = official_days(course, regulation, self._span)
        if days:
            text = "\n".join(self._line(one) for one in days)
        else:
            text = self.ui.t("days_off.no_dates" if self._span is None else "days_off.none")
        self._official.setText(text)
        set_role(self._official, "role", "" if days else "muted")

    def _line(self, one: OfficialDay) -> str:
        texts, lang = self.ui.texts, self.ui.lang
        key = f"calendar.holiday.{one.name}"
        name = texts.get(key, lang) if key in texts else one.name
        if not name:
            name = self.ui.t("days_off.worked" if one.worked else "days_off.off")
        weekday = texts.get(f"forms.weekday.{one.day.isoweekday()}", lang)
        more = f" ({self.ui.t('days_off.overruled')})" if one.overruled else ""
        return f"{day_text(one.day)}, {weekday} – {name}{more}"


class _DayField(DateField):
    """A day of the course's own, with a word on what it changes where that is less than one would think."""

    def __init__(
        self, ui: UiContext, editor: CourseEditor, path: str, caption: str, span: Callable[[], Span | None]
    ) -> None:
        self._span = span
        self._remark = label("")
        self._remark.setVisible(False)
        super().__init__(ui, editor, path, caption)
        self._layout.addWidget(self._remark)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Show the day and what is odd about it."""
        super().show_value(value)
        span = self._span()
        note = day_note(self.editor.course, self.ui.regulation, span, self.path.rpartition("/")[0])
        if note is None:
            self._remark.setText("")
        else:
            words = {} if span is None else {"first": day_text(span[0]), "last": day_text(span[1])}
            self._remark.setText(self.ui.t(f"days_off.remark.{note.value}", **words))
        set_role(self._remark, "role", "muted" if note is DayNote.OUTSIDE else "warning")
        self._remark.setVisible(note is not None)
