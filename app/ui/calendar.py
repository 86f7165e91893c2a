"""The calendar that a date field opens: in the user's language, in the theme's colours, at a month that is of use."""

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateTimeEdit
from shiboken6 import isValid

from app.ui.context import UiContext

_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


def give_calendar(edit: QDateTimeEdit, ui: UiContext) -> None:
    """Let a date field open a calendar; it is made when it is first asked for, as a page has dozens of such fields."""
    edit.setCalendarPopup(True)
    edit.installEventFilter(_Opening(edit, ui))


class _Opening(QObject):
    """Dresses the calendar before its first opening; where no day is chosen yet it begins with this month."""

    def __init__(self, edit: QDateTimeEdit, ui: UiContext) -> None:
        super().__init__(edit)
        self._edit = edit
        self._ui = ui
        self._dressed = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the press of the mouse that may open the calendar; it goes on to the field."""
        if event.type() is QEvent.Type.MouseButtonPress:
            calendar = self._edit.calendarWidget()
            if not self._dressed:
                self._dressed = True
                _dress(calendar, self._ui)
            if self._edit.date() == self._edit.minimumDate():  # that is what an empty field holds
                QTimer.singleShot(0, lambda: _show_this_month(calendar))
        return super().eventFilter(watched, event)


def _dress(calendar: QCalendarWidget, ui: UiContext) -> None:
    calendar.setLocale(QLocale(ui.lang.value))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    weekend = QTextCharFormat()
    weekend.setForeground(QColor(ui.theme.bad))
    for day in _WEEKEND:
        calendar.setWeekdayTextFormat(day, weekend)


def _show_this_month(calendar: QCalendarWidget) -> None:
    if isValid(calendar):
        today = QDate.currentDate()
        calendar.setCurrentPage(today.year(), today.month())
