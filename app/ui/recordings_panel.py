"""The queue of recordings: drop zone, list with progress and verdict, facts and faults of the chosen one."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.checks.recording import clock_text
from app.model.recording import RecordingRole, Stage
from app.model.texts import with_decimal_sign
from app.session.analysis_queue import RECORDING_SUFFIXES, ItemState, QueueItem, recordings_in
from app.ui.analysis_thread import RecordingService
from app.ui.context import UiContext
from app.ui.drop_zone import DropZone
from app.ui.flow_layout import FlowLayout
from app.ui.recording_details import RecordingDetails, warnings_of
from app.ui.report_button import ReportButton
from app.ui.widgets import QuietComboBox, keep_state_colours, label

_Index = QModelIndex | QPersistentModelIndex
_LEAST_LIST_PX = 150
"""So high is the list with its buttons at least; with less room the page is scrolled."""
_COLUMNS = ("file", "state", "verdict", "duration", "loudness")


class QueueModel(QAbstractTableModel):
    """The items of the queue as rows."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._items: tuple[QueueItem, ...] = ()

    def set_items(self, items: tuple[QueueItem, ...]) -> None:
        """Show other items; rows are kept while only their content changes."""
        same_rows = [item.id for item in items] == [item.id for item in self._items]
        if same_rows:
            self._items = items
            if items:
                self.dataChanged.emit(self.index(0, 0), self.index(len(items) - 1, len(_COLUMNS) - 1))
            return
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def item(self, row: int) -> QueueItem:
        """Return the item of a row."""
        return self._items[row]

    def row_of(self, item_id: int) -> int:
        """Return the row of an item, -1 where there is none."""
        return next((row for row, item in enumerate(self._items) if item.id == item_id), -1)

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of recordings."""
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the caption of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._ui.t(f"studio.column.{_COLUMNS[section]}")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, colour or tool tip of a cell."""
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(item, _COLUMNS[index.column()])
        if role == Qt.ItemDataRole.ForegroundRole and _COLUMNS[index.column()] == "verdict":
            theme = self._ui.theme
            passed = theme.warn if warnings_of(item) else theme.good
            return QColor({"pass": passed, "fail": theme.bad, "error": theme.bad}.get(item.verdict, theme.text))
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(item.path)
        return None

    def _text(self, item: QueueItem, column: str) -> str:
        report = item.report
        match column:
            case "file":
                return item.path.name
            case "state":
                return state_text(self._ui, item)
            case "verdict":
                return verdict_text(self._ui, item)
            case "duration":
                seconds = report.container.duration_s if report else None
                return clock_text(seconds) if seconds is not None else ""
            case _:
                sound = (report.sound or report.audio) if report else None
                loudness = sound.integrated_lufs if sound else None
                return with_decimal_sign(f"{loudness:.1f}", self._ui.lang) if loudness is not None else ""


def verdict_text(ui: UiContext, item: QueueItem) -> str:
    """Return the verdict in a word, with the number of warnings where there are some."""
    if not item.verdict:
        return ""
    warnings = warnings_of(item)
    word = ui.t(f"studio.verdict.{item.verdict}")
    return ui.t("studio.verdict_warned", verdict=word, n=warnings) if warnings else word


def state_text(ui: UiContext, item: QueueItem) -> str:
    """Return where an item is, with percent and time left while it is measured."""
    if item.state is not ItemState.RUNNING or not item.total_s:
        return ui.t(f"studio.state.{item.state.value}")
    percent = min(99, round(100 * item.done_s / item.total_s))
    if item.eta_s is None:
        return f"{percent} %"
    return ui.t("studio.eta", percent=percent, left=clock_text(item.eta_s))


class RecordingsPanel(QWidget):
    """Queue and details; the page of a course puts its own controls below.

    Args:
        belongs: which items of the program's one queue are shown here.
        attach: asks to which lesson of which course the chosen item belongs, where no course is open; None without.

    Signals:
        files_dropped: paths to be added; the owner says with which stage and role.
    """

    files_dropped = Signal(list)
    chosen = Signal(object)

    def __init__(
        self,
        ui: UiContext,
        service: RecordingService,
        belongs: Callable[[QueueItem], bool],
        attach: Callable[[QueueItem], object] | None = None,
    ) -> None:
        super().__init__()
        self._ui = ui
        self._service = service
        self._belongs = belongs
        self._shown: QueueItem | None = None
        self._model = QueueModel(ui)
        drop = DropZone(ui.t("studio.drop_here"), ui.t("studio.choose"), self._ask)
        drop.dropped.connect(lambda paths: self.files_dropped.emit(list(recordings_in(paths))))
        self._table = QTableView()
        self._table.setModel(self._model)
        keep_state_colours(self._table)
        self._table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self._table.verticalHeader().hide()
        self._table.setAccessibleName(ui.t("studio.queue"))
        self._table.setTabKeyNavigation(False)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._table.selectionModel().currentChanged.connect(lambda *_: self._show_details())
        self._empty = label(ui.t("studio.empty"), "muted")
        self._stage = self._combo("studio.stage", [(s, ui.t(f"choice.Stage.{s.value}")) for s in Stage])
        self._role = self._combo("studio.role", [(r, ui.t(f"choice.RecordingRole.{r.value}")) for r in RecordingRole])
        self._cancel = QPushButton(ui.t("studio.cancel"))
        self._again = QPushButton(ui.t("studio.again"))
        self._remove = QPushButton(ui.t("studio.remove"))
        self._cancel.clicked.connect(lambda: self._on_item(service.cancel))
        self._again.clicked.connect(lambda: self._on_item(service.again))
        self._remove.clicked.connect(lambda: self._on_item(service.remove))
        self._attach = None if attach is None else QPushButton(ui.t("attach.button"))
        if self._attach is not None:
            self._attach.setToolTip(ui.t("attach.button_tip"))
            self._attach.clicked.connect(lambda: self._give_current(attach))
        self._report = ReportButton(ui, service.background, self.current, self._items)
        self._bar = QProgressBar()
        self._bar.setVisible(False)
        self._details = RecordingDetails(ui, service.stills)
        self._build(drop)
        service.changed.connect(self.refresh)
        self.refresh()

    def detach(self) -> None:
        """Stop listening to the queue."""
        self._service.changed.disconnect(self.refresh)
        self._details.detach()
        self._report.detach()

    def current(self) -> QueueItem | None:
        """Return the chosen item."""
        index = self._table.currentIndex()
        return self._model.item(index.row()) if index.isValid() else None

    def choose(self, item_id: int) -> None:
        """Choose an item."""
        row = self._model.row_of(item_id)
        if row >= 0:
            self._table.setCurrentIndex(self._model.index(row, 0))

    def refresh(self) -> None:
        """Show the queue as it is now."""
        current = self.current()
        items = self._items()
        self._model.set_items(items)
        self._empty.setVisible(not items)
        self._body.setVisible(bool(items))
        if items and self.current() is None:
            self.choose(current.id if current and self._model.row_of(current.id) >= 0 else items[-1].id)
        self._show_details()

    def _items(self) -> tuple[QueueItem, ...]:
        return tuple(item for item in self._service.queue.items if self._belongs(item))

    def _ask(self, above: QWidget) -> list[Path]:
        pattern = " ".join(f"*{suffix}" for suffix in sorted(RECORDING_SUFFIXES))
        kinds = f"{self._ui.t('studio.recordings')} ({pattern});;{self._ui.t('studio.all_files')} (*)"
        names, _ = QFileDialog.getOpenFileNames(above, self._ui.t("studio.choose"), "", kinds)
        return [Path(name) for name in names]

    def _build(self, drop: DropZone) -> None:
        profile = (
            _named(self._ui.t("studio.stage_label"), self._stage),
            _named(self._ui.t("studio.role_label"), self._role),
        )
        buttons = FlowLayout(*profile, self._cancel, self._again, self._remove, self._report)
        if self._attach is not None:
            buttons.addWidget(self._attach)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._table, 1)
        column.addLayout(buttons)
        column.addWidget(self._bar)
        column.addWidget(self._report.outcome)
        self._body = QSplitter(Qt.Orientation.Vertical)
        self._body.addWidget(top)
        self._body.addWidget(self._details)
        self._body.setCollapsible(0, False)
        self._body.setSizes([190, 400])
        top.setMinimumHeight(_LEAST_LIST_PX)
        self._ui.remember(self._body, "recordings")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(drop)
        layout.addWidget(self._empty)
        layout.addWidget(self._body, 1)
        layout.addStretch(0)

    def _combo(self, name: str, choices: Sequence[tuple[object, str]]) -> QuietComboBox:
        box = QuietComboBox()
        box.setAccessibleName(self._ui.t(name))
        box.setToolTip(self._ui.t(f"{name}_tip"))
        for value, text in choices:
            box.addItem(text, value)
        box.activated.connect(lambda _: self._on_profile())
        return box

    def _on_profile(self) -> None:
        item = self.current()
        if item is not None:
            self._service.set_profile(
                item.id, Stage(self._stage.currentData()), RecordingRole(self._role.currentData())
            )

    def _on_item(self, action: object) -> None:
        item = self.current()
        if item is not None and callable(action):
            action(item.id)

    def _give_current(self, action: Callable[[QueueItem], object] | None) -> None:
        item = self.current()
        if item is not None and action is not None:
            action(item)

    def _show_details(self) -> None:
        item = self.current()
        self._enable(item)
        if item is self._shown:
            return
        if item is None or self._shown is None or item.id != self._shown.id:
            self.chosen.emit(item)
        self._shown = item
        self._details.show_item(item)
        if item is not None:
            self._stage.setCurrentIndex(self._stage.findData(item.stage))
            self._role.setCurrentIndex(self._role.findData(item.role))

    def _enable(self, item: QueueItem | None) -> None:
        state = item.state if item else None
        running = state is ItemState.RUNNING
        self._cancel.setEnabled(state in (ItemState.WAITING, ItemState.RUNNING))
        self._again.setEnabled(state in (ItemState.DONE, ItemState.FAILED, ItemState.CANCELLED))
        for widget in (self._stage, self._role, self._remove):
            widget.setEnabled(item is not None)
        if self._attach is not None:
            self._attach.setEnabled(item is not None and item.report is not None and state is ItemState.DONE)
        self._report.refresh()
        self._bar.setVisible(running)
        if running and item is not None:
            self._bar.setRange(0, 1000 if item.total_s else 0)
            self._bar.setValue(round(1000 * item.done_s / item.total_s) if item.total_s else 0)
            self._bar.setFormat(state_text(self._ui, item))


def _named(caption: str, box: QuietComboBox) -> QWidget:
    """Return a combo box with its name beside it."""
    named = QWidget()
    row = QHBoxLayout(named)
    row.setContentsMargins(0, 0, 0, 0)
    words = label(caption, "muted")
    words.setWordWrap(False)
    words.setBuddy(box)
    row.addWidget(words)
    row.addWidget(box)
    return named
