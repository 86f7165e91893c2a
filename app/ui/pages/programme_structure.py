"""The structure of the work programme: the tree, and the chosen element's fields beside it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.model.base import Model, new_id
from app.model.course import Course
from app.model.finding import Finding, Status
from app.model.structure import Block, BlockKind, Module
from app.session.edit import get_value, insert
from app.session.restructure import (
    BLOCK,
    LESSON,
    MODULE,
    Place,
    can_merge,
    merge,
    moved,
    neighbour,
    place_of_drop,
    split_lesson,
    split_module,
)
from app.session.structure import duplicate_element, remove_with_tasks
from app.session.templates import fresh_lesson
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.pages.base import FORM_MIN_WIDTH_PX, FieldColumn
from app.ui.pages.programme_forms import block_form, course_form, lesson_form, module_form
from app.ui.pages.programme_tree import StructureTree, rows_of

_FormKey = tuple[str, bool, tuple[tuple[str, str], ...]]


class StructureView(QWidget):
    """Tree on the left, fields of the chosen element on the right."""

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__()
        self.ui = ui
        self.editor = editor
        self._findings: Sequence[Finding] = ()
        self._form_key: _FormKey | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._tree = StructureTree(ui)
        self._tree.setDragEnabled(not editor.read_only)
        self._tree.currentItemChanged.connect(self._on_chosen)
        self._tree.dropped.connect(self._on_dropped, Qt.ConnectionType.QueuedConnection)
        self._tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._tree.customContextMenuRequested.connect(self._show_menu)
        for keys, action in (
            (QKeySequence("Alt+Up"), lambda: self._move(-1)),
            (QKeySequence("Alt+Down"), lambda: self._move(1)),
            (QKeySequence("Ctrl+D"), self._duplicate),
            (QKeySequence("Insert"), self._insert_before),
            (QKeySequence(QKeySequence.StandardKey.Delete), self._remove),
        ):
            shortcut = QShortcut(keys, self._tree)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)
        self._more = QToolButton()
        self._more.setText(ui.t("programme.more"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setEnabled(not editor.read_only)
        self._menu = QMenu(self._more)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._more.setMenu(self._menu)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 8, 6, 12)
        column.addLayout(self._button_row(("add_module", self._add_module), ("add_lesson", self._add_lesson)))
        column.addWidget(self._tree, 1)
        self._acts = QWidget()
        acts = QVBoxLayout(self._acts)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.addLayout(self._button_row(("up", lambda: self._move(-1)), ("down", lambda: self._move(1))))
        acts.addLayout(self._button_row(("duplicate", self._duplicate), ("remove", self._remove)))
        column.addWidget(self._acts)
        column.addWidget(self._more)
        right = QWidget()
        self._right = QStackedLayout(right)
        right.setMinimumWidth(FORM_MIN_WIDTH_PX)
        splitter = QSplitter()
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([270, 520])
        splitter.setCollapsible(0, False)
        splitter.setCollapsible(1, False)
        ui.remember(splitter, "programme_structure")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.refresh()
        self._choose("")

    def set_roomy(self, *, roomy: bool) -> None:
        """Show the buttons below the tree, or leave their room to the tree: the menu has the same."""
        self._acts.setVisible(roomy)

    def refresh(self) -> None:
        """Show the tree and the form as the course has them now."""
        chosen = self._tree.path()
        if self._tree.show_rows(list(rows_of(self.ui, self.editor.course))):
            self._mark_rows()
            while not self._choose(chosen):
                chosen = "/".join(chosen.split("/")[:-2])
        elif self._form_key != self._key(chosen):
            self._show_form(chosen)
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
        """Choose the element's module, lesson or block and focus its field."""
        parts = element.split("/")
        if parts[0] == "tasks" and len(parts) > 1:
            parts = _place_of_task(self.editor.course, parts[1]).split("/")
        owner = ""
        if parts[0] == "modules":
            depth = LESSON if len(parts) >= LESSON and parts[2] == "lessons" else MODULE
            depth = BLOCK if len(parts) >= BLOCK and parts[4] == "blocks" else depth
            owner = "/".join(parts[:depth]) if len(parts) >= MODULE else ""
        if not self._choose(owner):
            return False
        if parts[0] == "modules" and parts[-1] in ("modules", "lessons", "blocks"):
            self._tree.setFocus()  # the rows themselves are that list
            return True
        form = self._right.currentWidget()
        if isinstance(form, FieldColumn) and (form.reveal(element) or form.reveal_first()):
            return True
        self._tree.setFocus()
        return True

    def menu_texts(self) -> list[str]:
        """Return what the menu offers for the chosen element."""
        self._fill_menu()
        return [action.text() for action in self._menu.actions() if action.isEnabled()]

    def _button_row(self, *actions: tuple[str, object]) -> QHBoxLayout:
        row = QHBoxLayout()
        for name, action in actions:
            button = QPushButton(self.ui.t(f"programme.{name}"))
            button.setEnabled(not self.editor.read_only)
            button.clicked.connect(action)
            self._buttons[name] = button
            row.addWidget(button, 1)
        return row

    def _mark_rows(self) -> None:
        self._tree.mark(frozenset(f.element for f in self._findings if f.status is Status.FAIL))

    def _choose(self, path: str) -> bool:
        if not self._tree.choose(path):
            return False
        self._show_form(path)
        return True

    def _on_chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self._show_form(self._tree.path())

    def _key(self, path: str) -> _FormKey:
        """Return what a form is made of; another key wants another form."""
        course = self.editor.course
        own: tuple[tuple[str, str], ...] = ()
        if len(path.split("/")) == LESSON:  # a lesson's form offers the outcomes, which are written elsewhere
            own = tuple((outcome.id, outcome.text) for outcome in course.outcomes)
        return path, bool(course.modules), own

    def _show_form(self, path: str) -> None:
        if self._key(path) == self._form_key:
            return
        self._form_key = self._key(path)
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
        depth = len(path.split("/")) if path else 0
        if depth:
            return {MODULE: module_form, LESSON: lesson_form, BLOCK: block_form}[depth](self.ui, self.editor, path)
        return course_form(self.ui, self.editor)

    def _put(self, list_path: str, element: Model, place: int, word: str) -> None:
        """Insert an element, choose it and go to its first field; one undo step."""
        step = self.ui.t("undo.add", what=self.ui.t(word))
        self.editor.apply(step, lambda course: insert(course, list_path, element, place))
        self.refresh()
        if self._choose(f"{list_path}/{getattr(element, 'id', '')}"):
            form = self._right.currentWidget()
            if isinstance(form, FieldColumn):
                form.reveal_first()

    def _add_module(self) -> None:
        """Add a module behind the chosen one, at the end where none is chosen."""
        chosen = "/".join(self._tree.path().split("/")[:MODULE])
        self._put("modules", Module(id=new_id("m")), self._behind(chosen, "modules"), "word.module")

    def _add_lesson(self) -> None:
        """Add a lesson behind the chosen one, else at the end of the chosen or last module."""
        modules = self.editor.course.modules
        if not modules:
            self._add_module()
            return
        parts = self._tree.path().split("/")
        owner = "/".join(parts[:MODULE]) if len(parts) >= MODULE else f"modules/{modules[-1].id}"
        chosen = "/".join(parts[:LESSON]) if len(parts) >= LESSON else ""
        list_path = f"{owner}/lessons"
        self._put(list_path, fresh_lesson(self.ui.regulation), self._behind(chosen, list_path), "word.lesson")

    def _add_block(self) -> None:
        parts = self._tree.path().split("/")
        list_path = f"{'/'.join(parts[:LESSON])}/blocks"
        chosen = "/".join(parts) if len(parts) == BLOCK else ""
        block = Block(id=new_id("b"), kind=BlockKind.READING)
        self._put(list_path, block, self._behind(chosen, list_path), "word.block")

    def _insert_before(self) -> None:
        path = self._tree.path()
        if not path or self.editor.read_only:
            return
        list_path = path.rpartition("/")[0]
        place = self._behind(path, list_path) - 1
        depth = len(path.split("/"))
        if depth == MODULE:
            self._put(list_path, Module(id=new_id("m")), place, "word.module")
        elif depth == LESSON:
            self._put(list_path, fresh_lesson(self.ui.regulation), place, "word.lesson")
        else:
            self._put(list_path, Block(id=new_id("b"), kind=BlockKind.READING), place, "word.block")

    def _behind(self, path: str, list_path: str) -> int:
        """Return the place behind an element, the end of the list where the path is empty."""
        ids = [item.id for item in get_value(self.editor.course, list_path)]
        item_id = path.rpartition("/")[2]
        return ids.index(item_id) + 1 if item_id in ids else len(ids)

    def _move(self, delta: int) -> None:
        path = self._tree.path()
        place = neighbour(self.editor.course, path, delta) if path else None
        if place is not None:
            self._move_to(path, place)

    def _on_dropped(self, path: str, target: str, where: float) -> None:
        place = place_of_drop(self.editor.course, path, target, where)
        if place is not None:
            self._move_to(path, place)

    def _move_to(self, path: str, place: Place) -> None:
        if self.editor.read_only:
            return
        self._change("undo.move", path, lambda course: moved(course, path, place))
        self._choose(f"{place.list_path}/{path.rpartition('/')[2]}")

    def _duplicate(self) -> None:
        path = self._tree.path()
        if path:
            self._change("undo.duplicate", path, lambda course: duplicate_element(course, path))

    def _remove(self) -> None:
        path = self._tree.path()
        if path and not self.editor.read_only:
            list_path, _, item_id = path.rpartition("/")
            ids = [item.id for item in get_value(self.editor.course, list_path)]
            place = ids.index(item_id)
            self._change("undo.remove", path, lambda course: remove_with_tasks(course, path))
            # The row behind, else the one before: choosing the owner would let a second Delete take all of it.
            beside = (*ids[place + 1 :], *reversed(ids[:place]))
            if beside:
                self._choose(f"{list_path}/{beside[0]}")

    def _change(self, step: str, path: str, change: Callable[[Course], Course]) -> None:
        words = {MODULE: "word.module", LESSON: "word.lesson", BLOCK: "word.block"}
        word = self.ui.t(words[len(path.split("/"))])
        self.editor.apply(self.ui.t(step, what=word), change)
        self.refresh()

    def _show_menu(self, position: QPoint) -> None:
        if not self.editor.read_only:
            self._menu.exec(self._tree.viewport().mapToGlobal(position))

    def _fill_menu(self) -> None:
        """Offer what can be done with the chosen element."""
        path, course = self._tree.path(), self.editor.course
        depth = len(path.split("/")) if path else 0
        at_start = depth == LESSON and get_value(course, path.rpartition("/")[0])[0].id == path.rpartition("/")[2]
        self._menu.clear()
        for key, able, action in (
            ("up", depth > 0 and neighbour(course, path, -1) is not None, lambda: self._move(-1)),
            ("down", depth > 0 and neighbour(course, path, 1) is not None, lambda: self._move(1)),
            ("insert_before", depth > 0, self._insert_before),
            ("add_block", depth in (LESSON, BLOCK), self._add_block),
            ("split_module", depth == LESSON and not at_start, self._split_module),
            ("split_lesson", depth == LESSON, self._split_lesson),
            ("merge", can_merge(course, path), self._merge),
            ("duplicate", depth > 0, self._duplicate),
            ("remove", depth > 0, self._remove),
        ):
            entry = QAction(self.ui.t(f"programme.{key}"), self._menu)
            entry.setEnabled(able)
            entry.triggered.connect(action)
            self._menu.addAction(entry)

    def _split_module(self) -> None:
        path = self._tree.path()
        self._change("undo.split", "/".join(path.split("/")[:MODULE]), lambda course: split_module(course, path))

    def _split_lesson(self) -> None:
        path = self._tree.path()
        self._change("undo.split", path, lambda course: split_lesson(course, path))

    def _merge(self) -> None:
        path = self._tree.path()
        self._change("undo.merge", path, lambda course: merge(course, path))


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
