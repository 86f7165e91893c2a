"""The head of the course window: the course's name, whether it is saved, undo and redo, the author's tools."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.session.autosave import SaveState
from app.ui.context import UiContext
from app.ui.open_course import OpenCourse
from app.ui.screen_head import head_row
from app.ui.text_field import REDO_BUTTON, UNDO_BUTTON
from app.ui.tools import Tools
from app.ui.widgets import ElidedLabel, label, set_role


class CourseHead(QWidget):
    """What stands above all steps.

    Args:
        home: leads back to the start screen.
        author_tools: the menu of the author's tools.
        tools: language and theme.
    """

    def __init__(
        self, ui: UiContext, open_course: OpenCourse, home: QWidget, author_tools: QWidget, tools: Tools
    ) -> None:
        super().__init__()
        self._ui, self._open, self._tools = ui, open_course, tools
        self._narrow = False
        self._name = ElidedLabel("heading")
        self._saved = label("", "muted")
        self._saved.setWordWrap(False)
        self._undo, self._redo = QPushButton(), QPushButton()
        self._undo.setObjectName(UNDO_BUTTON)
        self._redo.setObjectName(REDO_BUTTON)
        self._undo.clicked.connect(open_course.store.undo)
        self._redo.clicked.connect(open_course.store.redo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        after = (self._saved, self._undo, self._redo, author_tools, tools)
        column.addLayout(head_row(before=(home,), title=self._name, after=after))
        self._name_history()

    def set_narrow(self, *, narrow: bool) -> None:
        """Take little room, or as much as there is."""
        self._narrow = narrow
        self._tools.set_narrow(narrow=narrow)
        self._name_history()

    def show_course(self) -> None:
        """Show the course's name and history as they are now."""
        self._name.show_text(self._open.course.title or self._ui.t("course.untitled"))
        self._name_history()

    def show_save_state(self) -> None:
        """Say whether everything is saved."""
        state = self._open.save_mark.state
        self._saved.setText(self._ui.t("saved.read_only" if self._open.read_only else f"saved.{state.value}"))
        set_role(self._saved, "role", "fail" if state is SaveState.FAILED else "muted")

    def _name_history(self) -> None:
        """Say what would be undone and redone; in a narrow window the buttons are signs and their tips the words."""
        store, ui = self._open.store, self._ui
        for button, name, sign, able, step in (
            (self._undo, ui.t("course.undo"), "↶", store.can_undo, store.undo_label),
            (self._redo, ui.t("course.redo"), "↷", store.can_redo, store.redo_label),
        ):
            button.setText(sign if self._narrow else name)
            button.setAccessibleName(name)
            button.setToolTip(f"{name}: {step}" if step else name)
            button.setEnabled(able and not self._open.read_only)
