"""The calendar that a date field opens: in the user's language, in the theme's colours, at a month that is of use."""

from PySide6.QtCore import QCoreApplication, QDate, QEvent, QLocale, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateTimeEdit, QToolButton
from shiboken6 import isValid

from app.ui.context import UiContext
from app.ui.day_pasting import let_days_be_pasted
from app.ui.quiet_wheel import quieten_wheel
from app.ui.tab_order import go_on

_STEPS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
_LEAST_HEIGHT_PX = 230
"""Six weeks, the days' names and the month; Qt asks for less, and the last week is cut off."""
_ARROW_PX = 20
"""Width of the arrow, as the style sheet has it."""
_SIGNS = {"qt_calendar_prevmonth": "date.month_before", "qt_calendar_nextmonth": "date.month_after"}
"""The arrows of Qt's calendar by the names it gives them: pictures that say nothing by themselves."""


def give_calendar(edit: QDateTimeEdit, ui: UiContext) -> None:
    """Let a date field open a calendar; it is made when it is first asked for, as a page has dozens of such fields."""
    edit.setCalendarPopup(True)
    edit.setToolTip(ui.t("date.calendar_tip"))
    quieten_wheel(edit)
    let_days_be_pasted(edit)
    edit.installEventFilter(_Opening(edit, ui))


class _Opening(QObject):
    """Dresses the calendar before its first opening, and opens it by key, which Qt does not.

    Where no day is chosen yet the calendar begins with this month, and what is typed with today: Qt would put the
    figures behind the dash that stands for no date.
    """

    def __init__(self, edit: QDateTimeEdit, ui: UiContext) -> None:
        super().__init__(edit)
        self._edit = edit
        self._ui = ui
        self._dressed = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the press of the mouse that may open the calendar, which goes on to the field, and at the key."""
        if event.type() is QEvent.Type.MouseButtonPress:
            self._prepare()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._on_key(Qt.Key(event.key()), event.text()) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _on_key(self, key: Qt.Key, text: str) -> bool:
        """Tell whether a key was taken."""
        if key is Qt.Key.Key_F4:
            self._press_arrow()
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self._is_empty():
            # Qt looks for day, month and year in the dash that stands for no date, and never leaves the field.
            return go_on(self._edit.window(), forward=key is Qt.Key.Key_Tab)
        if self._is_empty() and (key in _STEPS or text.isdecimal()):
            self._edit.setDate(QDate.currentDate())
            self._edit.setSelectedSection(QDateTimeEdit.Section.DaySection)
            return key in _STEPS
        return False

    def _is_empty(self) -> bool:
        return self._edit.date() == self._edit.minimumDate()  # that is what an empty field holds

    def _prepare(self) -> None:
        calendar = self._edit.calendarWidget()
        if not self._dressed:
            self._dressed = True
            _dress(calendar, self._ui)
        if self._is_empty():
            QTimer.singleShot(0, lambda: _show_this_month(calendar))

    def _press_arrow(self) -> None:
        """Press the arrow of the field: Qt has no other way to open its calendar."""
        edit = self._edit
        place = QPointF(edit.width() - _ARROW_PX / 2, edit.height() / 2)
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        press = QMouseEvent(QEvent.Type.MouseButtonPress, place, edit.mapToGlobal(place), button, button, none)
        QCoreApplication.sendEvent(edit, press)


def _dress(calendar: QCalendarWidget, ui: UiContext) -> None:
    calendar.setLocale(QLocale(ui.lang.value))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setMinimumHeight(_LEAST_HEIGHT_PX)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    weekend = QTextCharFormat()
    weekend.setForeground(QColor(ui.theme.bad))
    for day in _WEEKEND:
        calendar.setWeekdayTextFormat(day, weekend)
    for name, key in _SIGNS.items():
        for arrow in calendar.findChildren(QToolButton, name):
            arrow.setToolTip(ui.t(key))
            arrow.setAccessibleName(ui.t(key))


def _show_this_month(calendar: QCalendarWidget) -> None:
    if isValid(calendar):
        today = QDate.currentDate()
        calendar.setCurrentPage(today.year(), today.month())
