"""What a field needs of the open course; the fields know nothing else of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication

from app.model.course import Course
from app.model.people import FileRef


class CourseEditor(Protocol):
    """The one door for change, as fields see it."""

    @property
    def course(self) -> Course:
        """The current value."""
        ...

    @property
    def read_only(self) -> bool:
        """Whether somebody else holds the course."""
        ...

    @property
    def folder(self) -> Path:
        """The course folder."""
        ...

    def attach_file(self, source: Path) -> FileRef | None:
        """Copy a file into the course folder; None where that failed, which the window has said then."""
        ...

    def apply(self, label: str, change: Callable[[Course], Course], merge_key: str | None = None) -> None:
        """Replace the course; one undo step, merged with the previous one of the same key while typing."""
        ...


def commit_focused() -> None:
    """Have the focused field write what is being typed into it; called before saving, exporting and closing.

    Letters that an input method still composes are taken over, and a field that writes on leaving is left for a
    moment. The focus is where it was afterwards.
    """
    QGuiApplication.inputMethod().commit()
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
        focused.setFocus(Qt.FocusReason.OtherFocusReason)


def keys_of(key: QKeySequence.StandardKey) -> list[QKeySequence]:
    """Return the system's keys for an action; people who change systems find both usual ones for redo."""
    keys = QKeySequence.keyBindings(key)
    if key is QKeySequence.StandardKey.Redo:
        keys += [usual for usual in map(QKeySequence, ("Ctrl+Y", "Ctrl+Shift+Z")) if usual not in keys]
    return keys
