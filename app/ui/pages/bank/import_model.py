"""The questions of a file as rows of the import review."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from app.session.bank_import import Decision, ImportItem, ImportReview, ImportStatus
from app.ui.context import UiContext
from app.ui.pages.bank.words import shortened

_Index = QModelIndex | QPersistentModelIndex
TAKE, STATUS, TEXT = range(3)
_HEADS = ("take", "status", "text")


class ImportModel(QAbstractTableModel):
    """One row for each question of the file; the box in front says whether it comes in.

    Signals:
        decided: a decision changed.
    """

    decided = Signal()

    def __init__(self, ui: UiContext, review: ImportReview) -> None:
        super().__init__()
        self._ui = ui
        self._review = review
        self.decisions = review.suggested()

    def item(self, row: int) -> ImportItem:
        """Return the question of a row."""
        return self._review.items[row]

    def decide(self, row: int, decision: Decision) -> None:
        """Decide about one question; what cannot be decided so stays."""
        item = self.item(row)
        if decision in item.choices and self.decisions[item.number] is not decision:
            self.decisions[item.number] = decision
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(_HEADS) - 1))
            self.decided.emit()

    def decide_all(self, wanted: str) -> None:
        """Decide about all: ``all`` takes what can be taken, ``suggested`` what is whole and new, ``none`` nothing."""
        for item in self._review.items:
            if wanted == "suggested":
                self.decisions[item.number] = item.suggested
            elif wanted == "all" and Decision.ADD in item.choices:
                kept = self.decisions[item.number]
                self.decisions[item.number] = Decision.ADD if kept is Decision.SKIP else kept
            else:
                self.decisions[item.number] = Decision.SKIP
        if self._review.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._review.items) - 1, len(_HEADS) - 1))
        self.decided.emit()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of questions."""
        return 0 if parent is not None and parent.isValid() else len(self._review.items)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the head of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._ui.t(f"bank.import_head.{_HEADS[section]}")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        item = self.item(index.row())
        decision = self.decisions[item.number]
        if index.column() == TAKE:
            if role == Qt.ItemDataRole.CheckStateRole and item.question is not None:
                return Qt.CheckState.Unchecked if decision is Decision.SKIP else Qt.CheckState.Checked
            if role == Qt.ItemDataRole.DisplayRole:
                return str(item.number)
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == STATUS:
                return self._status(item, decision)
            return shortened(item.question.stem if item.question else item.before, 200) or self._ui.t("bank.no_stem")
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == STATUS:
            return QColor(self._colour(item))
        if role == Qt.ItemDataRole.ToolTipRole:
            return item.before
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a question or leave it."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        taken = Qt.CheckState(value) is Qt.CheckState.Checked
        self.decide(index.row(), Decision.ADD if taken else Decision.SKIP)
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Only what can come in has a box."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        can = index.column() == TAKE and self.item(index.row()).question is not None
        return flags | Qt.ItemFlag.ItemIsUserCheckable if can else flags

    def _status(self, item: ImportItem, decision: Decision) -> str:
        text = self._ui.t(f"bank.import_status.{item.status.value}")
        if decision is Decision.REPLACE:
            return f"{text} · {self._ui.t('bank.import_replaces')}"
        return f"{text} · {self._ui.t('bank.import_repeats')}" if item.likeness else text

    def _colour(self, item: ImportItem) -> str:
        theme = self._ui.theme
        if item.status is ImportStatus.IMPOSSIBLE:
            return theme.bad
        if item.status is ImportStatus.INCOMPLETE or item.likeness:
            return theme.warn
        return theme.good
