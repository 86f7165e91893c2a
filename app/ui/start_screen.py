"""The start screen: recent courses, a new one, and checking recordings without any course."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.context import UiContext
from app.ui.messages import MessageArea
from app.ui.widgets import Scrolled, label

_FIRST_STEPS = ("try", "create", "fill", "record", "submit")
_GAP_PX = 18


class StartScreen(QWidget):
    """What to begin with.

    Signals:
        new_wanted: make a new course.
        open_wanted: choose a course folder.
        recent_chosen: open this folder.
        studio_wanted: check recordings.
        review_wanted: review a bundle that was received.
        sample_wanted: look at the sample course.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    recent_chosen = Signal(object)
    studio_wanted = Signal()
    review_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, ui: UiContext, recent: Sequence[Path], tools: QWidget) -> None:
        super().__init__()
        self._ui = ui
        self.messages = MessageArea(ui)
        head = QHBoxLayout()
        head.setContentsMargins(24, 14, 12, 0)
        head.addWidget(label(ui.t("app.name"), "title"), 1)
        head.addWidget(tools)
        actions = QVBoxLayout()
        for name, signal in (
            ("new", self.new_wanted),
            ("open", self.open_wanted),
            ("studio", self.studio_wanted),
            ("review", self.review_wanted),
            ("sample", self.sample_wanted),
        ):
            actions.addWidget(self._card(name, signal))
        actions.addStretch(1)
        recent_column = QVBoxLayout()
        if not recent:
            recent_column.addWidget(label(ui.t("start.steps.title"), "heading"))
            recent_column.addWidget(self._first_steps())
            recent_column.addSpacing(_GAP_PX)
        recent_column.addWidget(label(ui.t("start.recent"), "heading"))
        self._list = QListWidget()
        self._list.setAccessibleName(ui.t("start.recent"))
        self._list.itemActivated.connect(self._open_item)
        self._list.itemClicked.connect(self._open_item)
        for folder in recent:
            item = QListWidgetItem(f"{folder.name}\n{folder.parent}")
            item.setData(Qt.ItemDataRole.UserRole, str(folder))
            item.setToolTip(str(folder))
            self._list.addItem(item)
        empty = label(ui.t("start.no_recent"), "muted")
        recent_column.addWidget(empty)
        recent_column.addWidget(self._list, 1)
        if not recent:
            recent_column.addStretch(1)
        edition = ui.regulation.edition
        recent_column.addWidget(label(ui.t("start.edition", code=edition.code), "muted"))
        inside = QWidget()
        body = QHBoxLayout(inside)
        body.setContentsMargins(24, 12, 24, 24)
        body.setSpacing(24)
        body.addLayout(actions, 1)
        body.addLayout(recent_column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        lead = label(ui.t("start.lead"), "muted")
        lead.setContentsMargins(24, 0, 24, 0)
        layout.addWidget(lead)
        layout.addWidget(self.messages)
        layout.addWidget(Scrolled(inside), 1)
        # Only now that they have a parent: before, showing them would flash a window.
        empty.setVisible(not recent)
        self._list.setVisible(bool(recent))

    def _card(self, name: str, signal: object) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        button = QPushButton(self._ui.t(f"start.{name}"))
        button.setMinimumHeight(36)
        if name == "new":
            button.setProperty("primary", "true")
        button.clicked.connect(signal)
        column.addWidget(button)
        column.addWidget(label(self._ui.t(f"start.{name}_note"), "muted"))
        return card

    def _first_steps(self) -> QFrame:
        """Return what a course comes to step by step, for who has none yet."""
        card = QFrame()
        card.setProperty("role", "card")
        rows = QGridLayout(card)
        rows.setHorizontalSpacing(10)
        rows.setVerticalSpacing(8)
        rows.setColumnStretch(1, 1)
        for row, name in enumerate(_FIRST_STEPS):
            rows.addWidget(label(f"{row + 1}.", "label"), row, 0, Qt.AlignmentFlag.AlignTop)
            rows.addWidget(label(self._ui.t(f"start.steps.{name}")), row, 1)
        return card

    def _open_item(self, item: QListWidgetItem) -> None:
        self.recent_chosen.emit(Path(str(item.data(Qt.ItemDataRole.UserRole))))
