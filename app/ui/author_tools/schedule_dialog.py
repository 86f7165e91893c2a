"""The schedule: dates counted from the first day, a picture, what does not go together, the calendar file."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QFileDialog, QHBoxLayout, QSpinBox, QWidget

from app.exporters.packages.calendar import calendar_ics
from app.exporters.transliteration import ascii_name
from app.model.errors import ExportError
from app.session.schedule_plan import PlannedDate, apply_dates, plan_dates, with_calendar_mark
from app.ui.author_tools.base import ToolContext, ToolDialog, action_button
from app.ui.author_tools.review_list import ReviewList, Row, plain
from app.ui.calendar import give_calendar
from app.ui.date_conflicts import DateConflicts
from app.ui.fields import SPIN_MARGIN_PX
from app.ui.timeline import Timeline
from app.ui.widgets import label, resize_within_screen

_LEAST_LIST_PX = 170
"""Five dates at least are seen at once; with less room the dialog is scrolled."""


class ScheduleDialog(ToolDialog):
    """Picture on top, then the dates that the plan would set, then the conflicts."""

    def __init__(self, tools: ToolContext, parent: QWidget) -> None:
        super().__init__(tools, "schedule", parent)
        ui = self.ui
        self._dates: tuple[PlannedDate, ...] = ()
        self._start = QDateEdit()
        give_calendar(self._start, ui)
        self._start.setDisplayFormat("dd.MM.yyyy")
        self._start.setAccessibleName(ui.t("tools.schedule.start"))
        self._step = QSpinBox()
        self._step.setRange(1, int(ui.regulation.limits["section_step_days"].max or 14))
        self._step.setValue(7)
        self._step.lineEdit().setTextMargins(SPIN_MARGIN_PX, 0, 0, 0)
        self._step.setAccessibleName(ui.t("tools.schedule.step_days"))
        day = tools.open_course.course.schedule.start or _next_monday()
        self._start.setDate(QDate(day.year, day.month, day.day))
        row = QHBoxLayout()
        for caption, widget in (
            (ui.t("tools.schedule.start"), self._start),
            (ui.t("tools.schedule.step_days"), self._step),
        ):
            words = label(caption, "label")
            words.setWordWrap(False)
            row.addWidget(words)
            row.addWidget(widget)
        row.addStretch(1)
        self._timeline = Timeline(ui)
        self._timeline.path_chosen.connect(tools.reveal)
        columns = (
            ui.t("tools.column.place"),
            ui.t("tools.schedule.clause"),
            ui.t("tools.column.before"),
            ui.t("tools.column.after"),
        )
        self._list = ReviewList(ui, ui.t("tools.schedule.list"), columns)
        self._list.keep_narrow(1, 2, 3)
        self._list.setMinimumHeight(_LEAST_LIST_PX)
        self._list.path_chosen.connect(tools.reveal)
        self._list.ticks_changed.connect(self._show_able)
        self._conflicts = DateConflicts(ui)
        self._conflicts.path_chosen.connect(tools.reveal)
        self.column.addWidget(self._timeline)
        self.column.addLayout(row)
        self.column.addWidget(self._list, 1)
        self.column.addWidget(self._conflicts)
        self._set = action_button(ui.t("tools.schedule.set"), self._apply, primary=True)
        self.add_foot(action_button(ui.t("tools.schedule.export"), self._ask_path), self._set)
        resize_within_screen(self, 900, 720)
        self._start.dateChanged.connect(lambda _: self._plan())
        self._step.valueChanged.connect(lambda _: self._plan())
        tools.open_course.changed.connect(self._refresh)
        tools.open_course.findings_changed.connect(self._show_conflicts)
        self._refresh()

    def write_calendar(self, path: Path) -> None:
        """Write the calendar file."""
        today = date.today()  # noqa: DTZ011 - the user's own calendar day
        opened = self.tools.open_course
        opened.apply(self.ui.t("tools.schedule.export_step"), with_calendar_mark)
        data = calendar_ics(opened.course, opened.regulation, self.ui.texts, self.ui.lang, generated_on=today)
        try:
            path.write_bytes(data)
        except OSError as error:
            self.on_error(ExportError("calendar_not_written", path=path, problem=error.strerror or error))
            return
        self.say(self.ui.t("tools.schedule.exported", path=path.name), "good")

    def _refresh(self) -> None:
        self._timeline.show_course(self.tools.open_course.course)
        self._plan()
        self._show_conflicts()

    def _plan(self) -> None:
        chosen = self._start.date()
        start = date(chosen.year(), chosen.month(), chosen.day())
        opened = self.tools.open_course
        self._dates = plan_dates(opened.course, opened.regulation, start, self._step.value())
        self._list.show_rows(self._row(one) for one in self._dates)
        changed = sum(one.before != one.day for one in self._dates)
        if changed:
            self.say(self.ui.t("tools.schedule.count", n=changed))
        else:
            self.say(self.ui.t("tools.schedule.all_set"), "good")

    def _row(self, one: PlannedDate) -> Row:
        place = self.tools.place(one.path) if one.new is None else self.tools.words(one.new)
        before, after = self.tools.words(one.before), self.tools.words(one.day)
        same = one.before == one.day
        return Row(
            place, (plain(one.clause), plain(before), ((after, not same),)), "" if one.new else one.path, not same
        )

    def _show_able(self) -> None:
        self._set.setEnabled(bool(self._chosen()) and not self.tools.open_course.read_only)

    def _chosen(self) -> list[PlannedDate]:
        ticked = (self._dates[row] for row in self._list.ticked())
        return [one for one in ticked if one.before != one.day]

    def _apply(self) -> None:
        chosen = self._chosen()
        step = self.ui.t("tools.schedule.step", day=self._start.date().toString("dd.MM.yyyy"))
        self.tools.open_course.apply(step, lambda course: apply_dates(course, chosen))
        self.say(self.ui.t("tools.schedule.done", n=len(chosen)), "good")

    def _show_conflicts(self) -> None:
        opened = self.tools.open_course
        self._conflicts.show_findings(opened.findings)
        self._conflicts.show_course(opened.course)

    def _ask_path(self) -> None:
        opened = self.tools.open_course
        name = f"{ascii_name(opened.course.title) or 'mooc'}.ics"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.ui.t("tools.schedule.choose_file"), str(opened.folder.parent / name), "iCalendar (*.ics)"
        )
        if chosen:
            self.write_calendar(Path(chosen))


def _next_monday() -> date:
    today = date.today()  # noqa: DTZ011 - the user's own calendar day
    return date.fromordinal(today.toordinal() + 7 - today.weekday() + 28)
