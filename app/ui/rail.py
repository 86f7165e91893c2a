"""The rail of steps: where the author is, how far each step is, and a way to jump."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.model.finding import Status
from app.session.wizard import STEPS, Progress, Step
from app.ui.context import UiContext
from app.ui.widgets import keep_state_colours

_WIDE_PX, _NARROW_PX = 200, 52
_MARKS = {Status.PASS: "✓", Status.WARNING: "✓", Status.ATTEST: "…", Status.FAIL: "●"}


class Rail(QListWidget):
    """One row per step: number, name, n of m, and a mark explained by its tool tip.

    Signals:
        chosen: the user picked a step.
    """

    chosen = Signal(object)

    def __init__(self, ui: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self.setAccessibleName(ui.t("rail.name"))
        self._narrow = False
        self._progress: Mapping[Step, Progress] = {}
        self.setFixedWidth(_WIDE_PX)
        self.setWordWrap(True)
        keep_state_colours(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for step in STEPS:
            item = QListWidgetItem(self._name(step))
            item.setData(Qt.ItemDataRole.UserRole, step.value)
            self.addItem(item)
        self.currentRowChanged.connect(lambda row: self.chosen.emit(STEPS[row]))

    def set_narrow(self, *, narrow: bool) -> None:
        """Show numbers and marks alone, with the names in the tool tips, where the window is narrow."""
        self._narrow = narrow
        self.setFixedWidth(_NARROW_PX if narrow else _WIDE_PX)
        self.show_progress(self._progress)

    def show_step(self, step: Step) -> None:
        """Select a step; nobody chose it."""
        with QSignalBlocker(self):
            self.setCurrentRow(STEPS.index(step))

    def show_progress(self, progress: Mapping[Step, Progress]) -> None:
        """Show how far each step is."""
        colours = {
            Status.PASS: self._ui.theme.good,
            Status.WARNING: self._ui.theme.good,
            Status.ATTEST: self._ui.theme.warn,
            Status.FAIL: self._ui.theme.bad,
        }
        self._progress = progress
        for row, step in enumerate(STEPS):
            item = self.item(row)
            state = progress.get(step)
            name = self._name(step)
            item.setText(self._text(step, state))
            item.setToolTip(name)
            if state is not None:
                item.setForeground(QColor(colours[state.worst]))
                mark = self._ui.t(f"rail.mark.{state.worst.value}")
                count = self._ui.t("rail.count", done=state.done, total=state.total)
                item.setToolTip(f"{name}\n{mark}\n{count}")
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}. {count}. {mark}")

    def _name(self, step: Step) -> str:
        return f"{STEPS.index(step) + 1}. {self._ui.t(f'step.{step.value}')}"

    def _text(self, step: Step, progress: Progress | None) -> str:
        if self._narrow:
            return f"{STEPS.index(step) + 1} {_MARKS[progress.worst] if progress is not None else ''}"
        if progress is None:
            return self._name(step)
        count = f"{progress.done} / {progress.total}" if progress.total else ""
        return f"{self._name(step)}\n     {_MARKS[progress.worst]} {count}"
