"""The tree of modules, lessons and blocks: rows that keep their numbers, marks, and drag and drop."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from app.model.course import Course
from app.ui.context import UiContext

_PATH = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the tree; the course's own row has an empty path."""

    path: str
    text: str
    parent: str | None


def rows_of(ui: UiContext, course: Course) -> Iterator[Row]:
    """Yield every row in order; modules and lessons carry the number of their position."""
    yield Row("", ui.t("programme.course_row"), None)
    number = 0
    for place, module in enumerate(course.modules, start=1):
        path = f"modules/{module.id}"
        title = module.title or ui.t("programme.untitled")
        yield Row(path, ui.t("programme.module_row", n=place, title=title), None)
        for lesson in module.lessons:
            number += 1
            title = lesson.title or ui.t("programme.untitled")
            lesson_path = f"{path}/lessons/{lesson.id}"
            yield Row(lesson_path, ui.t("programme.lesson_row", n=number, title=title), path)
            for block_place, block in enumerate(lesson.blocks, start=1):
                kind = ui.t(f"choice.BlockKind.{block.kind.value}")
                title = f"{kind}. {block.title}" if block.title else kind
                text = ui.t("programme.block_row", n=block_place, title=title)
                yield Row(f"{lesson_path}/blocks/{block.id}", text, lesson_path)


class StructureTree(QTreeWidget):
    """Rows by path.

    Signals:
        dropped: dragged path, path of the row it was dropped on, how far down that row (0 to 1).
    """

    dropped = Signal(str, str, float)

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setHeaderHidden(True)
        self.setAccessibleName(ui.t("programme.tree"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def path(self) -> str:
        """Return the path of the chosen row; empty for the course's own row and for none."""
        item = self.currentItem()
        return str(item.data(0, _PATH)) if item is not None else ""

    def show_rows(self, rows: Sequence[Row]) -> bool:
        """Show rows; while their paths stay, only texts change. Return whether the tree was built anew."""
        if [row.path for row in rows] == list(self._items):
            for row in rows:
                item = self._items[row.path]
                if item.text(0) != row.text:
                    item.setText(0, row.text)
                    item.setToolTip(0, row.text)
            return False
        opened = {path for path, item in self._items.items() if item.isExpanded()}
        known = set(self._items)
        self.blockSignals(True)
        self.clear()
        self._items = {}
        for row in rows:
            item = QTreeWidgetItem([row.text])
            item.setData(0, _PATH, row.path)
            item.setToolTip(0, row.text)
            if row.parent is None:
                self.addTopLevelItem(item)
            else:
                self._items[row.parent].addChild(item)
            self._items[row.path] = item
        for path, item in self._items.items():
            is_module = path.count("/") == 1
            item.setExpanded(path in opened or (is_module and path not in known))
        self.blockSignals(False)
        return True

    def choose(self, path: str) -> bool:
        """Choose a row; False where there is none of that path."""
        item = self._items.get(path)
        if item is None:
            return False
        self.setCurrentItem(item)
        return True

    def mark(self, faulty: frozenset[str]) -> None:
        """Show rows in bold on or below which something fails."""
        owners = {"/".join(parts[:depth]) for parts in (e.split("/") for e in faulty) for depth in (2, 4, 6)}
        for path, item in self._items.items():
            bad = bool(path) and path in owners
            font = item.font(0)
            if font.bold() != bad:
                font.setBold(bad)
                item.setFont(0, font)

    def dropEvent(self, event: QDropEvent) -> None:
        """Report the drop; the course moves its element, and the rows follow the course."""
        position = event.position().toPoint()
        item = self.itemAt(position)
        if item is not None and self.path():
            box = self.visualItemRect(item)
            down = (position.y() - box.top()) / max(box.height(), 1)
            self.dropped.emit(self.path(), str(item.data(0, _PATH)), down)
        event.setDropAction(Qt.DropAction.IgnoreAction)  # else Qt would take the dragged row out itself
        event.accept()
