"""A list of places with what stands there, to be looked at, ticked and gone to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from app.ui.context import UiContext

_HTML = Qt.ItemDataRole.UserRole + 1
_ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        place: what a person calls the place.
        parts: texts of the further columns as runs, each plain or emphasised.
        path: element path to go to; empty where there is none.
        ticked: whether it is chosen at first; None for a row without a box.
    """

    place: str
    parts: tuple[tuple[tuple[str, bool], ...], ...]
    path: str = ""
    ticked: bool | None = True


def plain(text: str) -> tuple[tuple[str, bool], ...]:
    """Return a column of one plain run."""
    return ((text, False),)


class ReviewList(QTreeWidget):
    """Rows with boxes to tick.

    Signals:
        path_chosen: the user wants to go to an element path.
        ticks_changed: other rows are ticked now.
    """

    path_chosen = Signal(str)
    ticks_changed = Signal()

    def __init__(self, ui: UiContext, name: str, columns: Sequence[str]) -> None:
        super().__init__()
        self._ui = ui
        self.setAccessibleName(name)
        self.setHeaderLabels(list(columns))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        for column in range(len(columns)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        delegate = _Runs(self, ui)
        for column in range(1, len(columns)):
            self.setItemDelegateForColumn(column, delegate)
        self.itemClicked.connect(self._clicked)
        self.itemActivated.connect(lambda item, _: self._go(item))
        self.itemChanged.connect(lambda *_: self.ticks_changed.emit())

    def keep_narrow(self, *columns: int) -> None:
        """Give columns no more width than their texts need; the others share the rest."""
        for column in columns:
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows."""
        self.blockSignals(True)
        self.clear()
        items = []
        for number, row in enumerate(rows):
            texts = ["".join(text for text, _ in runs) for runs in row.parts]
            item = QTreeWidgetItem([row.place, *texts])
            item.setData(0, _ROW, (number, row.path))
            item.setToolTip(0, row.place)
            for column, (runs, text) in enumerate(zip(row.parts, texts, strict=True), start=1):
                item.setData(column, _HTML, _html(runs, self._ui.theme.accent))
                item.setToolTip(column, f"<qt>{escape(text[:2000])}</qt>")
            if row.ticked is not None:
                item.setCheckState(0, Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked)
            items.append(item)
        self.addTopLevelItems(items)
        self.blockSignals(False)
        self.ticks_changed.emit()

    def ticked(self) -> list[int]:
        """Return the numbers of the ticked rows, from 0."""
        rows = range(self.topLevelItemCount())
        return [row for row in rows if self._item(row).checkState(0) is Qt.CheckState.Checked]

    def tick_all(self, *, ticked: bool) -> None:
        """Tick all rows or none."""
        self.blockSignals(True)
        for row in range(self.topLevelItemCount()):
            self._item(row).setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.ticks_changed.emit()

    def current_row(self) -> int | None:
        """Return the number of the current row, None where there is none."""
        item = self.currentItem()
        return None if item is None else int(item.data(0, _ROW)[0])

    def choose(self, row: int) -> None:
        """Make a row the current one."""
        if 0 <= row < self.topLevelItemCount():
            self.setCurrentItem(self._item(row))

    def _item(self, row: int) -> QTreeWidgetItem:
        item = self.topLevelItem(row)
        assert item is not None
        return item

    def _clicked(self, item: QTreeWidgetItem, column: int) -> None:
        if column > 0 or item.data(0, Qt.ItemDataRole.CheckStateRole) is None:
            self._go(item)

    def _go(self, item: QTreeWidgetItem) -> None:
        path = str(item.data(0, _ROW)[1])
        if path:
            self.path_chosen.emit(path)


def _html(runs: Iterable[tuple[str, bool]], accent: str) -> str:
    return "".join(f'<b style="color:{accent}">{escape(text)}</b>' if strong else escape(text) for text, strong in runs)


class _Runs(QStyledItemDelegate):
    """Draws a column in which some characters stand out."""

    def __init__(self, parent: QTreeWidget, ui: UiContext) -> None:
        super().__init__(parent)
        self._colour = ui.theme.text

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the ground as always, the text from its runs."""
        styled = QStyleOptionViewItem(option)
        self.initStyleOption(styled, index)
        styled.text = ""
        style = styled.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, styled, painter, styled.widget)
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(styled.font)
        document.setHtml(f'<span style="color:{self._colour}; white-space:pre">{index.data(_HTML) or ""}</span>')
        painter.save()
        top = styled.rect.top() + (styled.rect.height() - document.size().height()) / 2
        seen = styled.rect.adjusted(4, 0, -4, 0)
        if document.idealWidth() > seen.width():  # what is cut off ends in an ellipsis, as in the other columns
            painter.setPen(QColor(self._colour))
            painter.setFont(styled.font)
            painter.drawText(seen, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "…")
            seen.setRight(seen.right() - styled.fontMetrics.horizontalAdvance("…"))
        painter.setClipRect(seen)
        painter.translate(seen.left(), top)
        document.drawContents(painter)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return room for one line."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), 26))
