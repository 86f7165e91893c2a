"""The message area above the page: what happened, what to do, and a way to put it away."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.model.errors import StudioError
from app.storage.course_folder import Notice
from app.ui.context import UiContext
from app.ui.widgets import label

_MOST = 4


class MessageArea(QWidget):
    """Messages below each other, the newest on top; a repeated one is not doubled."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._texts: list[str] = []
        self._frames: dict[str, QFrame] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 0, 12, 0)
        self._layout.setSpacing(4)
        self.setVisible(False)

    def show_error(self, error: StudioError) -> None:
        """Show an expected error with its remedy."""
        self._show(self._text_of(error), "error")

    def put_away(self, error: StudioError) -> None:
        """Take an error away that holds no more."""
        text = self._text_of(error)
        if text in self._frames:
            self._drop(self._frames[text], text)

    def show_notice(self, notice: Notice) -> None:
        """Show a notice of the course folder."""
        self._show(self._ui.texts.get(f"notices.{notice.code}", self._ui.lang, **notice.params), "warning")

    def show_info(self, text: str) -> None:
        """Show that something was done."""
        self._show(text, "info")

    def texts(self) -> tuple[str, ...]:
        """Return what is shown."""
        return tuple(self._texts)

    def _text_of(self, error: StudioError) -> str:
        return f"{self._ui.cause(error)}\n{self._ui.remedy(error)}"

    def _show(self, text: str, level: str) -> None:
        if text in self._texts:
            return
        frame = QFrame()
        frame.setProperty("role", "message")
        frame.setProperty("level", level)
        row = QHBoxLayout(frame)
        row.setContentsMargins(10, 6, 6, 6)
        words = label(text)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(words, 1)
        close = QToolButton()
        close.setText("×")
        close.setToolTip(self._ui.t("message.close"))
        close.setAccessibleName(self._ui.t("message.close"))
        close.clicked.connect(lambda: self._drop(frame, text))
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.insertWidget(0, frame)
        self._texts.append(text)
        self._frames[text] = frame
        self.setVisible(True)
        if len(self._texts) > _MOST:
            self._drop(*self._oldest())

    def _oldest(self) -> tuple[QFrame, str]:
        text = self._texts[0]
        return self._frames[text], text

    def _drop(self, frame: QFrame, text: str) -> None:
        if text in self._texts:
            self._texts.remove(text)
            del self._frames[text]
        self._layout.removeWidget(frame)
        frame.hide()
        frame.deleteLater()
        self.setVisible(bool(self._texts))
