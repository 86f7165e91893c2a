"""An editable list of elements: one card of fields per element, add, remove, move."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.model.base import Model
from app.model.course import Course
from app.session.edit import get_value, insert, move, remove
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import Field
from app.ui.widgets import ElidedButton, label


class ItemList(QWidget):
    """The elements of one list of the course.

    Args:
        path: element path of the list, e.g. ``authors``.
        caption: what the list holds, for labels, undo steps and screen readers.
        make_fields: returns the fields of one element, given its path.
        make_item: returns a fresh element for "add"; None where the elements themselves are edited elsewhere.
        belongs: which elements of the list are shown here; all by default.
        remove_item: takes an element's path out of the course, with what names it where that matters.
        removable: elements that cannot be added here can be taken out all the same.
        empty: what is said where there are none, if it is not obvious how they come.
        add: what the button says that adds one, where its usual words would be too long.
    """

    def __init__(
        self,
        ui: UiContext,
        editor: CourseEditor,
        path: str,
        caption: str,
        make_fields: Callable[[str], Sequence[Field]],
        make_item: Callable[[], Model] | None,
        belongs: Callable[[Model], bool] = lambda _: True,
        remove_item: Callable[[Course, str], Course] = remove,
        *,
        removable: bool = False,
        empty: str = "",
        add: str = "",
    ) -> None:
        super().__init__()
        self.ui = ui
        self.editor = editor
        self.path = path
        self.caption = caption
        self._make_fields = make_fields
        self._make_item = make_item
        self._belongs = belongs
        self._remove_item = remove_item
        self._removable = removable or make_item is not None
        self._cards: dict[str, tuple[QFrame, list[Field]]] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._heading = label(caption, "label")
        self._layout.addWidget(self._heading)
        self._empty = label(empty or ui.t("list.empty"), "muted")
        self._layout.addWidget(self._empty)
        self._add = ElidedButton(add or ui.t("list.add", what=caption))  # its long text may not widen the page
        self._add.setEnabled(not editor.read_only)
        self._add.clicked.connect(self._append)
        self._layout.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._add.setVisible(make_item is not None)  # not before it has a parent: it would flash as a window
        self.setFocusProxy(self._add)
        self.refresh()

    def stand_under(self, caption: str) -> None:
        """Say the own caption only where the group around the list does not say it already."""
        self._heading.setVisible(caption != self.caption)

    def fields(self) -> list[Field]:
        """Return the fields of all elements."""
        return [field for _, fields in self._cards.values() for field in fields]

    def refresh(self) -> None:
        """Show the list as the course has it now; cards of elements that stayed are kept."""
        ids = self._ids()
        for gone in self._cards.keys() - set(ids):
            card, _ = self._cards.pop(gone)
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        for position, item_id in enumerate(ids):
            if item_id not in self._cards:
                self._cards[item_id] = self._card(item_id)
            card, fields = self._cards[item_id]
            if self._layout.indexOf(card) != position + 2:
                self._layout.removeWidget(card)
                self._layout.insertWidget(position + 2, card)
            for field in fields:
                field.refresh()
        self._cards = {item_id: self._cards[item_id] for item_id in ids}
        self._empty.setVisible(not ids)

    def rebuild(self) -> None:
        """Make all cards anew: what their fields offer to choose from has changed."""
        for card, _ in self._cards.values():
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = {}
        self.refresh()

    def _ids(self) -> list[str]:
        try:
            items = get_value(self.editor.course, self.path)
        except KeyError:
            return []  # the owner of the list was removed; its page goes next
        return [item.id for item in items if self._belongs(item)]

    def _card(self, item_id: str) -> tuple[QFrame, list[Field]]:
        card = QFrame(self)
        card.setProperty("role", "card")
        row = QHBoxLayout(card)
        column = QVBoxLayout()
        fields = list(self._make_fields(f"{self.path}/{item_id}"))
        for field in fields:
            column.addWidget(field)
        row.addLayout(column, 1)
        if not self._removable:
            return card, fields
        # Three buttons below each other would tear a card of one field apart.
        buttons = QHBoxLayout() if len(fields) == 1 else QVBoxLayout()
        for text, tip, action in (
            ("↑", "list.up", lambda: self._move(item_id, -1)),
            ("↓", "list.down", lambda: self._move(item_id, 1)),
            ("×", "list.remove", lambda: self._remove(item_id)),
        ):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(self.ui.t(tip))
            button.setAccessibleName(f"{self.ui.t(tip)}: {self.caption}")
            button.setEnabled(not self.editor.read_only)
            button.clicked.connect(action)
            buttons.addWidget(button)
        if len(fields) == 1:
            row.addLayout(buttons)
            row.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        else:
            buttons.addStretch(1)
            row.addLayout(buttons)
        for keys, delta in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), card)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda delta=delta: self._move(item_id, delta))
        return card, fields

    def _append(self) -> None:
        if self._make_item is None:
            return
        item = self._make_item()
        items = get_value(self.editor.course, self.path)
        step = self.ui.t("undo.add", what=self.caption)
        self.editor.apply(step, lambda course: insert(course, self.path, item, len(items)))
        self.refresh()
        fields = self._cards[item.id][1] if hasattr(item, "id") else []
        if fields:
            fields[0].setFocus()

    def _remove(self, item_id: str) -> None:
        step = self.ui.t("undo.remove", what=self.caption)
        self.editor.apply(step, lambda course: self._remove_item(course, f"{self.path}/{item_id}"))

    def _move(self, item_id: str, delta: int) -> None:
        """Move past the neighbour that is shown here; elements of the list that are shown elsewhere do not count."""
        if self.editor.read_only:
            return
        ids = self._ids()
        target = ids.index(item_id) + delta
        if not 0 <= target < len(ids):
            return
        everything = [item.id for item in get_value(self.editor.course, self.path)]
        places = everything.index(ids[target]) - everything.index(item_id)
        step = self.ui.t("undo.move", what=self.caption)
        self.editor.apply(step, lambda course: move(course, f"{self.path}/{item_id}", places))
