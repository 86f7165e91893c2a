"""What every text field of the course has beside its text: the course's history, spelling hints, its own menu."""

from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QPushButton

from app.ui.context import UiContext
from app.ui.one_line import keep_one_line
from app.ui.spelling_hints import LineHints, SpellingHints, TextHints, spelling_look
from app.ui.widgets import CourseUndoKeys

UNDO_BUTTON = "course-undo"
REDO_BUTTON = "course-redo"


def equip(edit: QLineEdit | QPlainTextEdit, ui: UiContext, *, prose: bool = True, own_history: bool = False) -> None:
    """Make an editor a text field of the course.

    Args:
        edit: the editor.
        ui: texts, colours and dictionaries.
        own_history: the text is in the course only once a button puts it there; undo is the field's until then.
        prose: whether words are written there; an address or a number has no spelling.
    """
    if isinstance(edit, QLineEdit):
        keep_one_line(edit)
    hints: SpellingHints | None = None
    if prose and ui.spelling is not None:
        look = spelling_look(ui)
        hints = (
            LineHints(edit, ui.spelling, look) if isinstance(edit, QLineEdit) else TextHints(edit, ui.spelling, look)
        )
    FieldMenu(edit, hints, own_history=own_history)


class Pasting(Protocol):
    """Who takes more out of the clipboard than the text that a field takes."""

    def can_paste(self) -> bool:
        """Tell whether there is such a thing in the clipboard."""
        ...

    def paste(self) -> bool:
        """Take it; tell whether nothing is left for the field."""
        ...


class FieldMenu(QObject):
    """The context menu of a field: Qt's own in the user's language, with the course's history and the hints.

    Attributes:
        pasting: takes pictures out of the clipboard where "paste" is chosen, None where the field takes text alone.
    """

    def __init__(
        self, edit: QLineEdit | QPlainTextEdit, hints: SpellingHints | None = None, *, own_history: bool = False
    ) -> None:
        super().__init__(edit)
        self._edit = edit
        self._hints = hints
        self._own_history = own_history
        self.pasting: Pasting | None = None
        if not own_history:
            edit.installEventFilter(CourseUndoKeys(edit))
        edit.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        edit.customContextMenuRequested.connect(self._show)

    def menu_at(self, place: QPoint) -> QMenu:
        """Return the menu for a place of the field."""
        menu = self._edit.createStandardContextMenu()
        if not self._own_history:
            self._lead_to_course(menu, "edit-undo", UNDO_BUTTON)
            self._lead_to_course(menu, "edit-redo", REDO_BUTTON)
        if self.pasting is not None:
            self._lead_to_pasting(menu, self.pasting)
        if self._hints is not None:
            self._hints.offer(menu, place)
        return menu

    def _lead_to_course(self, menu: QMenu, name: str, button_name: str) -> None:
        """Let undo and redo be those of the course, as their keys are: a field has no history of its own."""
        own = menu.findChild(QAction, name)
        button = self._edit.window().findChild(QPushButton, button_name)
        if not isinstance(own, QAction) or not isinstance(button, QPushButton):
            return
        shared = _in_place_of(own, menu)
        shared.setEnabled(button.isEnabled())
        shared.triggered.connect(button.click)

    def _lead_to_pasting(self, menu: QMenu, pasting: Pasting) -> None:
        """Let "paste" take what the key takes."""
        own = menu.findChild(QAction, "edit-paste")
        if not isinstance(own, QAction):
            return
        shared = _in_place_of(own, menu)
        shared.setEnabled(own.isEnabled() or pasting.can_paste())
        shared.triggered.connect(lambda _=False: pasting.paste() or self._edit.paste())

    def _show(self, place: QPoint) -> None:
        menu = self.menu_at(place)
        menu.aboutToHide.connect(menu.deleteLater)
        edit = self._edit
        menu.popup((edit.viewport() if isinstance(edit, QPlainTextEdit) else edit).mapToGlobal(place))


def _in_place_of(own: QAction, menu: QMenu) -> QAction:
    """Put an action of the same look where Qt has its own."""
    shared = QAction(own.icon(), own.text(), menu)
    shared.setObjectName(own.objectName())
    menu.insertAction(own, shared)
    menu.removeAction(own)
    return shared
