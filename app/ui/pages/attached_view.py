"""The list of files that form 01 asks for, with what was found in each; a double click or Enter goes to its field."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.model.finding import Status
from app.session.completeness import AttachedItem, Fact, FactKind, attached_items
from app.session.place_names import place_name
from app.ui.context import UiContext
from app.ui.open_course import OpenCourse
from app.ui.widgets import keep_state_colours, label, set_role

COUNTED = frozenset(
    {FactKind.PAGES, FactKind.NUMBER, FactKind.NO_NUMBER, FactKind.PROMPTS, FactKind.IMAGES, FactKind.LINKS}
)
_SECTION_MODES = (QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.Interactive, QHeaderView.ResizeMode.Stretch)
_MARKS = {Status.PASS: "✓", Status.WARNING: "!", Status.FAIL: "✗"}


class AttachedView(QWidget):
    """A row for each file.

    Signals:
        wanted: element path of the field to which the user wants to go.
    """

    wanted = Signal(str)

    def __init__(self, ui: UiContext, open_course: OpenCourse) -> None:
        super().__init__()
        self._ui = ui
        self._open = open_course
        self._shown: tuple[AttachedItem, ...] | None = None
        self._sum = label("", "label")
        self._tree = QTreeWidget()
        self._tree.setRootIsDecorated(False)
        self._tree.setWordWrap(True)
        self._tree.setMinimumHeight(230)
        self._tree.setAccessibleName(ui.t("attached.name"))
        self._tree.setHeaderLabels([ui.t(key) for key in ("attached.place", "attached.file", "attached.facts")])
        for section, mode in enumerate(_SECTION_MODES):
            self._tree.header().setSectionResizeMode(section, mode)
        self._tree.header().resizeSection(1, 110)
        keep_state_colours(self._tree)
        self._tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tree.itemActivated.connect(lambda item: self.wanted.emit(str(item.data(0, Qt.ItemDataRole.UserRole))))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sum)
        column.addWidget(label(ui.t("attached.note"), "muted"))
        column.addWidget(self._tree)

    def refresh(self) -> None:
        """Show the files as course and folder have them now."""
        items = attached_items(self._open.course, self._open.attachments, self._ui.regulation)
        if items == self._shown:
            return
        self._shown = items
        done = sum(item.status is Status.PASS for item in items)
        self._sum.setText(self._ui.t("attached.sum", done=done, total=len(items)))
        set_role(self._sum, "tone", "good" if done == len(items) else "warning")
        self._tree.clear()
        theme = self._ui.theme
        colours = {Status.PASS: theme.good, Status.WARNING: theme.warn, Status.FAIL: theme.bad}
        for item in items:
            place = place_name(self._open.course, item.element, self._ui.texts, self._ui.lang)
            facts = "; ".join(fact_text(self._ui, fact) for fact in item.facts)
            row = QTreeWidgetItem([f"{item.clause} · {place}", item.file_name or "—", f"{_MARKS[item.status]} {facts}"])
            row.setData(0, Qt.ItemDataRole.UserRole, item.element)
            row.setForeground(2, QColor(colours[item.status]))
            for section in range(3):
                row.setToolTip(section, row.text(section))
            self._tree.addTopLevelItem(row)


def fact_text(ui: UiContext, fact: Fact) -> str:
    """Return a fact in words."""
    if fact.kind in COUNTED:
        return ui.t(f"attached.count.{fact.kind.value}", count=fact.count)
    return ui.t(f"attached.fact.{fact.kind.value}")
