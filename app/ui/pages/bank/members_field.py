"""Any number of given values behind one button: thirty outcomes as boxes would fill the page."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import Field
from app.ui.pages.bank.words import shortened

_SHOWN_CHARS = 48
_LISTED_CHARS = 90


class MembersField(Field):
    """A button that names what is chosen and opens a list to tick."""

    def __init__(
        self, ui: UiContext, editor: CourseEditor, path: str, caption: str, choices: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(ui, editor, path, caption)
        self._button = QPushButton()
        self._button.setStyleSheet("text-align: left")
        self._button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self._button)
        self._menu.setToolTipsVisible(True)
        self._actions: list[tuple[str, QAction]] = []
        for member, text in choices:
            action = self._menu.addAction(shortened(text, _LISTED_CHARS))
            action.setToolTip(text)
            action.setCheckable(True)
            action.triggered.connect(self._edited)
            self._actions.append((member, action))
        self._button.setMenu(self._menu)
        self.place(self._button)

    def _edited(self) -> None:
        self.commit(tuple(member for member, action in self._actions if action.isChecked()), merge=False)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Tick what is chosen and name it on the button."""
        chosen = []
        for member, action in self._actions:
            action.setChecked(member in value)
            if member in value:
                chosen.append(action.toolTip())
        text = "; ".join(chosen)
        self._button.setText(shortened(text, _SHOWN_CHARS) or self.ui.t("field.not_chosen"))
        self._button.setToolTip("\n".join(chosen))
        self._button.setAccessibleName(f"{self.caption}: {text or self.ui.t('field.not_chosen')}")
