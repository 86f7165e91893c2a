"""Step 2: the work programme as a tree of modules and lessons with the chosen one's fields beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.model.base import new_id
from app.model.course import Course
from app.model.finding import Finding, Status
from app.model.structure import Lesson, Module
from app.session.edit import get_value, insert, move
from app.session.structure import duplicate_element, remove_with_tasks, renumbered_neighbour
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.pages.base import FieldColumn, Page
from app.ui.pages.programme_forms import course_form, lesson_form, module_form
from app.ui.widgets import label

_PATH = Qt.ItemDataRole.UserRole


class ProgrammePage(Page):
    """Tree on the left, fields of the chosen element on the right."""

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__(ui, editor)
        self._findings: Sequence[Finding] = ()
        self._form_path: str | None = None
        self._tree = QTreeWidget()
        self._tree.setHeaderHidden(True)
        self._tree.setAccessibleName(ui.t("programme.tree"))
        self._tree.currentItemChanged.connect(self._on_chosen)
        for keys, delta in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self._tree)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda delta=delta: self._move(delta))
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._tree)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        self._buttons: dict[str, QPushButton] = {}
        left = QWidget()
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(12, 12, 6, 12)
        left_column.addWidget(label(ui.t("step.programme"), "title"))
        left_column.addLayout(self._button_row(("add_module", self._add_module), ("add_lesson", self._add_lesson)))
        left_column.addWidget(self._tree, 1)
        left_column.addLayout(self._button_row(("up", lambda: self._move(-1)), ("down", lambda: self._move(1))))
        left_column.addLayout(self._button_row(("duplicate", self._duplicate), ("remove", self._remove)))
        right = QWidget()
        self._right = QStackedLayout(right)
        splitter = QSplitter()
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([270, 520])
        splitter.setCollapsible(0, False)
        splitter.setCollapsible(1, False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.refresh()
        self._choose("")

    def refresh(self) -> None:
        """Show the tree and the form as the course has them now."""
        chosen = self._current_path()
        self._rebuild_tree(chosen)
        form = self._right.currentWidget()
        if isinstance(form, FieldColumn):
            form.refresh()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark fields and tree rows."""
        self._findings = findings
        form = self._right.currentWidget()
        if isinstance(form, FieldColumn):
            form.show_findings(findings)
        self._mark_rows()

    def reveal(self, element: str) -> bool:
        """Choose the element's module or lesson and focus its field."""
        parts = element.split("/")
        if parts[0] == "tasks" and len(parts) > 1:
            parts = _place_of_task(self.editor.course, parts[1]).split("/")
        owner = ""
        if parts[0] == "modules" and len(parts) >= 2:
            owner = "/".join(parts[:4]) if len(parts) >= 4 and parts[2] == "lessons" else "/".join(parts[:2])
        elif parts[0] == "outcomes" and len(parts) > 1:
            owner = _module_of_outcome(self.editor.course, parts[1])
        if not self._choose(owner):
            return False
        form = self._right.currentWidget()
        return isinstance(form, FieldColumn) and (form.reveal(element) or form.reveal_first())

    def _button_row(self, *actions: tuple[str, object]) -> QHBoxLayout:
        row = QHBoxLayout()
        for name, action in actions:
            button = QPushButton(self.ui.t(f"programme.{name}"))
            button.setEnabled(not self.editor.read_only)
            button.clicked.connect(action)
            self._buttons[name] = button
            row.addWidget(button, 1)
        return row

    def _current_path(self) -> str:
        item = self._tree.currentItem()
        return str(item.data(0, _PATH)) if item else ""

    def _rebuild_tree(self, chosen: str) -> None:
        rows = list(_rows(self.ui, self.editor.course))
        if [row[:2] for row in rows] == [_row_of(item) for item in _items(self._tree)]:
            return  # nothing to draw anew; typing in a field passes here on each key
        self._tree.blockSignals(True)
        self._tree.clear()
        parents: dict[str, QTreeWidgetItem] = {}
        for path, text, parent in rows:
            item = QTreeWidgetItem([text])
            item.setData(0, _PATH, path)
            item.setToolTip(0, text)
            if parent:
                parents[parent].addChild(item)
            else:
                self._tree.addTopLevelItem(item)
            parents[path] = item
        self._tree.expandAll()
        self._tree.blockSignals(False)
        self._mark_rows()
        if not self._choose(chosen):
            self._choose(chosen.rpartition("/lessons/")[0])

    def _mark_rows(self) -> None:
        bad = {f.element for f in self._findings if f.status is Status.FAIL}
        for item in _items(self._tree):
            path = str(item.data(0, _PATH))
            faulty = bool(path) and any(e == path or e.startswith(f"{path}/") for e in bad)
            font = item.font(0)
            if font.bold() != faulty:
                font.setBold(faulty)
                item.setFont(0, font)

    def _choose(self, path: str) -> bool:
        for item in _items(self._tree):
            if item.data(0, _PATH) == path:
                self._tree.setCurrentItem(item)
                self._show_form(path)
                return True
        return False

    def _on_chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self._show_form(str(item.data(0, _PATH)))

    def _show_form(self, path: str) -> None:
        if path == self._form_path:
            return
        self._form_path = path
        form = self._make_form(path)
        form.show_findings(self._findings)
        old = self._right.currentWidget()
        self._right.addWidget(form)
        self._right.setCurrentWidget(form)
        if old is not None:
            self._right.removeWidget(old)
            old.deleteLater()
        for name in ("up", "down", "duplicate", "remove"):
            self._buttons[name].setEnabled(bool(path) and not self.editor.read_only)

    def _make_form(self, path: str) -> FieldColumn:
        if not path:
            return course_form(self.ui, self.editor)
        make = lesson_form if "/lessons/" in path else module_form
        return make(self.ui, self.editor, path)

    def _add_module(self) -> None:
        module = Module(id=new_id("m"))
        place = len(self.editor.course.modules)
        self.editor.apply(
            self.ui.t("undo.add", what=self.ui.t("word.module")),
            lambda course: insert(course, "modules", module, place),
        )
        self._choose(f"modules/{module.id}")
        self._focus_first()

    def _add_lesson(self) -> None:
        path = self._current_path()
        modules = self.editor.course.modules
        if not modules:
            self._add_module()
            return
        owner = "/".join(path.split("/")[:2]) if path else f"modules/{modules[-1].id}"
        lesson = Lesson(id=new_id("l"))
        place = len(get_value(self.editor.course, f"{owner}/lessons"))
        self.editor.apply(
            self.ui.t("undo.add", what=self.ui.t("word.lesson")),
            lambda course: insert(course, f"{owner}/lessons", lesson, place),
        )
        self._choose(f"{owner}/lessons/{lesson.id}")
        self._focus_first()

    def _focus_first(self) -> None:
        form = self._right.currentWidget()
        if isinstance(form, FieldColumn):
            form.reveal_first()

    def _move(self, delta: int) -> None:
        path = self._current_path()
        if not path or self.editor.read_only:
            return
        target = renumbered_neighbour(self.editor.course, path, delta)
        if target is None:
            return
        step = self.ui.t("undo.move", what=self._word(path))
        self.editor.apply(step, lambda course: move(course, path, delta))

    def _duplicate(self) -> None:
        path = self._current_path()
        if path:
            step = self.ui.t("undo.duplicate", what=self._word(path))
            self.editor.apply(step, lambda course: duplicate_element(course, path))

    def _remove(self) -> None:
        path = self._current_path()
        if path and not self.editor.read_only:
            step = self.ui.t("undo.remove", what=self._word(path))
            self.editor.apply(step, lambda course: remove_with_tasks(course, path))

    def _word(self, path: str) -> str:
        return self.ui.t("word.lesson" if "/lessons/" in path else "word.module")


def _rows(ui: UiContext, course: Course) -> Sequence[tuple[str, str, str]]:
    """Return path, text and parent's path of every tree row in order."""
    rows = [("", ui.t("programme.course_row"), "")]
    number = 0
    for place, module in enumerate(course.modules, start=1):
        path = f"modules/{module.id}"
        name = module.title or ui.t("programme.untitled")
        rows.append((path, ui.t("programme.module_row", n=place, title=name), ""))
        for lesson in module.lessons:
            number += 1
            name = lesson.title or ui.t("programme.untitled")
            text = ui.t("programme.lesson_row", n=number, title=name)
            rows.append((f"{path}/lessons/{lesson.id}", text, path))
    return rows


def _items(tree: QTreeWidget) -> list[QTreeWidgetItem]:
    items: list[QTreeWidgetItem] = []
    for row in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(row)
        if top is not None:
            items.append(top)
            items += [child for place in range(top.childCount()) if (child := top.child(place)) is not None]
    return items


def _row_of(item: QTreeWidgetItem) -> tuple[str, str]:
    return str(item.data(0, _PATH)), item.text(0)


def _place_of_task(course: Course, task_id: str) -> str:
    """Return the path of the lesson or module where a task stands; empty for the course's end."""
    target = next((task.target_id for task in course.tasks if task.id == task_id), None)
    for module in course.modules:
        if module.id == target:
            return f"modules/{module.id}"
        for lesson in module.lessons:
            if lesson.id == target:
                return f"modules/{module.id}/lessons/{lesson.id}"
    return ""


def _module_of_outcome(course: Course, outcome_id: str) -> str:
    module_id = next((outcome.module_id for outcome in course.outcomes if outcome.id == outcome_id), None)
    return f"modules/{module_id}" if any(module.id == module_id for module in course.modules) else ""
