"""A day is pasted into a date field as one writes it; Qt's own takes it only into an empty line of the same form."""

from PySide6.QtCore import QDate, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDateTimeEdit

_WRITTEN = ("dd.MM.yyyy", "d.M.yyyy", "yyyy-MM-dd", "dd/MM/yyyy")


def let_days_be_pasted(edit: QDateTimeEdit) -> None:
    """Let a date field take the day in the clipboard in place of what it shows; any other text leaves it as it is."""
    edit.installEventFilter(_DayPasting(edit))


class _DayPasting(QObject):
    def __init__(self, edit: QDateTimeEdit) -> None:
        super().__init__(edit)
        self._edit = edit

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that paste."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if not event.matches(QKeySequence.StandardKey.Paste):
            return False
        day = _day(QGuiApplication.clipboard().text())
        if day is not None and not self._edit.isReadOnly():
            self._edit.setDate(day)
        return True


def _day(text: str) -> QDate | None:
    """Return the day that a text is, None for any other text."""
    words = text.strip().removesuffix(".")
    days = (QDate.fromString(words, written) for written in _WRITTEN)
    return next((day for day in days if day.isValid()), None)
