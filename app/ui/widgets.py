"""Small widgets and helpers that know nothing of courses."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QSizePolicy, QWidget

_HISTORY_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def set_role(widget: QWidget, name: str, value: str) -> None:
    """Give a widget a style role and let the style sheet look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label(text: str, role: str = "") -> QLabel:
    """Return a word-wrapping label with a style role."""
    made = QLabel(text)
    made.setWordWrap(True)
    if role:
        made.setProperty("role", role)
    return made


class CourseUndoKeys(QObject):
    """Sends the undo and redo keys to the course instead of to a single line edit's own history."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the window's undo action see the key."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            is_history = any(event.matches(key) for key in _HISTORY_KEYS)
            if is_history:
                event.ignore()
            return is_history
        return super().eventFilter(watched, event)


class GrowingTextEdit(QPlainTextEdit):
    """A text editor as high as its text, between two and twelve lines; Tab leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUndoRedoEnabled(False)  # the course has the one history
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size as high as the text."""
        return QSize(super().sizeHint().width(), self._height())

    def _height(self) -> int:
        lines = max(2, min(12, int(self.document().size().height()) or 1))
        return self.fontMetrics().lineSpacing() * lines + 18

    def _fit(self) -> None:
        self.setFixedHeight(self._height())


class QuietComboBox(QComboBox):
    """A combo box that the mouse wheel changes only while it has the focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page unless focused."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
