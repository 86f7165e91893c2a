"""The line on top of a screen: the way home, what the screen is, language and theme."""

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui.context import UiContext
from app.ui.widgets import label


def home_button(ui: UiContext, go_home: SignalInstance) -> QPushButton:
    """Return the button that leads back to the start screen."""
    home = QPushButton(ui.t("course.home"))
    home.setToolTip(ui.t("course.home_tip"))
    home.clicked.connect(go_home)
    return home


def head_row(*, before: tuple[QWidget, ...], title: QWidget, after: tuple[QWidget, ...]) -> QHBoxLayout:
    """Return the line; the title takes the room that is left."""
    head = QHBoxLayout()
    head.setContentsMargins(12, 8, 12, 4)
    for widget in before:
        head.addWidget(widget)
    head.addWidget(title, 1)
    for widget in after:
        head.addWidget(widget)
    return head


def screen_head(ui: UiContext, title: str, go_home: SignalInstance, tools: QWidget) -> QHBoxLayout:
    """Return the head of a screen without a course."""
    return head_row(before=(home_button(ui, go_home),), title=label(title, "heading"), after=(tools,))
