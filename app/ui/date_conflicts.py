"""What does not go together in the dates of a course: faults against rules and conflicts of days, as one list."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.checks.deadlines import day_text
from app.exporters.course_events import course_events
from app.exporters.packages.calendar import event_text
from app.model.course import Course
from app.model.finding import Finding, Status
from app.session.schedule_plan import DateConflict, date_conflicts
from app.ui.context import UiContext
from app.ui.widgets import label

_RULES_OF_DATES = ("12.1", "12.2", "12.4a", "12.5b", "12.6", "12.10.1a", "12.10.2b", "14.2.2", "DR11", "10.2")
_MOST_ROWS = 4
"""So many lines are seen at once; more are scrolled."""
_ROOM_PX = 6
"""Above and below the lines, so that no scroll bar comes for a pixel."""


class DateConflicts(QWidget):
    """One line each, with its clause; no list where the dates go together.

    Signals:
        path_chosen: a line was clicked or Enter pressed on it: the element path of what is to be mended.
    """

    path_chosen = Signal(str)

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._of_rules: list[tuple[str, str]] = []
        self._of_days: list[tuple[str, str]] = []
        self._dated = False
        """The course has a date; before, no conflict does not mean that all is well."""
        self._title = label("", "label")
        self._list = QListWidget()
        self._list.setAccessibleName(ui.t("tools.schedule.conflicts"))
        self._list.setWordWrap(True)
        self._list.itemClicked.connect(self._go)
        self._list.itemActivated.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self._list)
        self._show()

    def show_course(self, course: Course) -> None:
        """Show the conflicts of days that a course has now."""
        found = date_conflicts(course, self._ui.regulation)
        self._dated = bool(course_events(course, self._ui.regulation))
        self._of_days = [(self._conflict(one), one.event.element) for one in found]
        self._show()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what the rules say of dates."""
        about = [
            f for f in findings if f.rule.startswith(_RULES_OF_DATES) and f.status in (Status.FAIL, Status.WARNING)
        ]
        self._of_rules = [(f"{f.rule}  {self._ui.finding_text(f)}", f.element) for f in about]
        self._show()

    def _show(self) -> None:
        lines = [*self._of_rules, *self._of_days]
        self._list.clear()
        for text, element in lines:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, element)
            self._list.addItem(item)
        self._list.setVisible(bool(lines))
        heights_px = [self._list.sizeHintForRow(row) for row in range(min(len(lines), _MOST_ROWS))]
        self._list.setFixedHeight(sum(heights_px) + 2 * self._list.frameWidth() + _ROOM_PX)
        self._title.setVisible(bool(lines) or self._dated)
        if lines:
            self._title.setText(self._ui.t("tools.schedule.conflicts_count", n=len(lines)))
        else:
            self._title.setText(self._ui.t("tools.schedule.no_conflicts"))

    def _conflict(self, one: DateConflict) -> str:
        texts, lang = self._ui.texts, self._ui.lang
        name = event_text(one.event, texts, lang)
        text = texts.get(f"calendar.conflict.{one.code}", lang, day=day_text(one.event.first), event=name)
        return f"{one.event.clause}  {text}" if one.event.clause else text

    def _go(self, item: QListWidgetItem) -> None:
        element = str(item.data(Qt.ItemDataRole.UserRole))
        if element:
            self.path_chosen.emit(element)
