"""Where files are dropped; a button does the same for the keyboard."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.ui.widgets import label, set_role


class DropZone(QFrame):
    """A frame with a word of what to drop there and a button.

    Args:
        invitation: what can be dropped.
        choose: text of the button.
        ask: asks for files in a dialog above a widget; none where the user thinks better of it.

    Signals:
        dropped: a list of paths, never an empty one.
    """

    dropped = Signal(list)

    def __init__(self, invitation: str, choose: str, ask: Callable[[QWidget], list[Path]]) -> None:
        super().__init__()
        self._ask = ask
        self.setAcceptDrops(True)
        self.setProperty("role", "drop")
        row = QHBoxLayout(self)
        row.addWidget(label(invitation), 1)
        button = QPushButton(choose)
        button.clicked.connect(lambda: self._tell(self._ask(self)))
        row.addWidget(button)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            set_role(self, "active", "true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look idle again."""
        set_role(self, "active", "false")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Report what was dropped."""
        set_role(self, "active", "false")
        self._tell([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def _tell(self, paths: list[Path]) -> None:
        if paths:
            self.dropped.emit(paths)
