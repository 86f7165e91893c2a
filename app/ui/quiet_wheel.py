"""The mouse wheel scrolls the page; it changes a number or a day only in the field that has the focus."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox


def quieten_wheel(spin: QAbstractSpinBox) -> None:
    """Let a box leave the wheel to the page unless it has the focus: who scrolls past it would change the course."""
    spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    spin.installEventFilter(_QuietWheel(spin))


class _QuietWheel(QObject):
    def __init__(self, spin: QAbstractSpinBox) -> None:
        super().__init__(spin)
        self._spin = spin

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the wheel from a box without the focus; what is ignored goes on to the page."""
        if event.type() is QEvent.Type.Wheel and not self._spin.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)
