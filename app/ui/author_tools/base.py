"""What all tools share: what they are given, and the frame of a dialog."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.model.errors import StudioError
from app.session.place_names import place_name
from app.session.value_words import value_words
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.open_course import OpenCourse
from app.ui.tab_order import OrderedDialog
from app.ui.widgets import Scrolled, label, resize_within_screen, set_role

Result = TypeVar("Result")


@dataclass(frozen=True)
class ToolContext:
    """Given to each tool.

    Attributes:
        reveal: goes to the field of an element path.
    """

    ui: UiContext
    open_course: OpenCourse
    background: Background
    reveal: Callable[[str], None]

    def place(self, path: str) -> str:
        """Return what a person calls a place of the open course."""
        return place_name(self.open_course.course, path, self.ui.texts, self.ui.lang)

    def words(self, value: object) -> str:
        """Return a value as a person reads it."""
        return value_words(value, self.ui.texts, self.ui.lang)


class ToolDialog(OrderedDialog):
    """A dialog beside the course: the window stays usable, so that a hit can be looked at and mended.

    Args:
        tools: what the tool is given.
        name: the part of the text keys that is its own: ``title`` and ``note`` must be there.
        parent: the course screen.
    """

    def __init__(self, tools: ToolContext, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.tools = tools
        self.ui = tools.ui
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.ui.t(f"tools.{name}.title"))
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(16, 12, 16, 4)
        self.column.setSpacing(10)
        self.column.addWidget(label(self.ui.t(f"tools.{name}.note"), "muted"))
        self._state = label("")
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(16, 6, 16, 12)
        self._foot.addWidget(self._state, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scrolled(body), 1)  # on a small or much enlarged screen
        outer.addLayout(self._foot)
        resize_within_screen(self, 780, 560)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the focus and no other.

        Qt would press the main button from any field or list: who looks for a word and presses Enter would replace it
        everywhere, who goes to the field of a row would restore a backup.
        """
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)

    def add_foot(self, *buttons: QPushButton) -> None:
        """End the dialog with a line of state and buttons; the last one closes it."""
        for button in buttons:
            self._foot.addWidget(button)
        close = QPushButton(self.ui.t("tools.close"))
        close.clicked.connect(self.close)
        self._foot.addWidget(close)

    def run(self, kind: str, job: Callable[[], Result], on_done: Callable[[Result], None]) -> None:
        """Do something beside the window's thread; what comes back after the dialog has gone is dropped.

        Args:
            kind: name of the work; a waiting job of the same kind is replaced.
            job: what is done; it touches no widget.
            on_done: gets its result on the window's thread.
        """

        def done(result: Result) -> None:
            if isValid(self):
                on_done(result)

        def failed(error: Exception) -> None:
            if not isinstance(error, StudioError):
                raise error
            if isValid(self):
                self.on_error(error)

        self.tools.background.submit(f"tool {kind}", job, done, failed)

    def on_error(self, error: StudioError) -> None:
        """Show an expected error of `run`."""
        self.say(f"{self.ui.cause(error)} {self.ui.remedy(error)}", "fail")

    def say(self, text: str, role: str = "muted") -> None:
        """Say what the state is, beside the buttons."""
        self._state.setText(text)
        set_role(self._state, "role", role)


def action_button(text: str, action: Callable[[], object], *, primary: bool = False) -> QPushButton:
    """Return a button that does something."""
    button = QPushButton(text)
    button.setAutoDefault(True)
    if primary:
        button.setProperty("primary", "true")
    button.clicked.connect(lambda _=False: action())
    return button
