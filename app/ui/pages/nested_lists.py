"""Lists inside the elements of another list: one below the other, made and removed with their owners."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import Field
from app.ui.item_list import ItemList
from app.ui.pages.base import Companion
from app.ui.widgets import label, set_role

Owner = TypeVar("Owner", bound=tuple[object, ...])


class NestedLists(Companion, Generic[Owner]):
    """A list for each owner; an owner is told by what its list's path and caption are made of."""

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__()
        self.ui = ui
        self.editor = editor
        self._made: dict[Owner, tuple[QWidget, ItemList, QLabel]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self.refresh()

    def owners(self) -> Sequence[Owner]:
        """Return the owners that there are now."""
        raise NotImplementedError

    def make(self, owner: Owner) -> ItemList:
        """Return the list of an owner."""
        raise NotImplementedError

    def note(self, owner: Owner) -> tuple[str, str]:
        """Return what stands below the list of an owner, and its role."""
        del owner
        return "", "muted"

    def refresh(self) -> None:
        """Show the lists of the owners that there are now."""
        owners = list(self.owners())
        for gone in self._made.keys() - set(owners):
            holder = self._made.pop(gone)[0]
            self._column.removeWidget(holder)
            holder.hide()
            holder.deleteLater()
        for place, owner in enumerate(owners):
            if owner not in self._made:
                self._made[owner] = self._place(owner)
            holder, items, note = self._made[owner]
            if self._column.indexOf(holder) != place:
                self._column.insertWidget(place, holder)
            text, role = self.note(owner)
            note.setText(text)
            note.setVisible(bool(text))
            set_role(note, "role", role)
            items.refresh()
        self._made = {owner: self._made[owner] for owner in owners}

    def fields(self) -> list[Field]:
        """Return the fields of all lists."""
        return [field for items in self.lists() for field in items.fields()]

    def lists(self) -> list[ItemList]:
        """Return the list of each owner."""
        return [items for _, items, _ in self._made.values()]

    def _place(self, owner: Owner) -> tuple[QWidget, ItemList, QLabel]:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        items, note = self.make(owner), label("")
        column.addWidget(items)
        column.addWidget(note)
        return holder, items, note
