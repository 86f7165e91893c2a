"""Language and theme, always at hand in the upper right corner."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QWidget

from app.model.texts import Lang
from app.ui.context import UiContext
from app.ui.theme import ThemeChoice
from app.ui.widgets import QuietComboBox

_NAMES = {Lang.KK: "Қаз", Lang.RU: "Рус", Lang.EN: "Eng"}
_FULL_NAMES = {Lang.KK: "Қазақша", Lang.RU: "Русский", Lang.EN: "English"}


class Tools(QWidget):
    """Three language buttons and the choice of theme; one menu of both where the window is narrow.

    Signals:
        language_chosen: a `Lang`.
        theme_chosen: a `ThemeChoice`.
    """

    language_chosen = Signal(object)
    theme_chosen = Signal(object)

    def __init__(self, ui: UiContext, theme: ThemeChoice) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        group = QButtonGroup(self)
        self._wide: list[QWidget] = []
        for lang in Lang:
            button = QPushButton(_NAMES[lang])
            button.setCheckable(True)
            button.setChecked(lang is ui.lang)
            button.setProperty("primary", "true" if lang is ui.lang else "false")
            button.setToolTip(_FULL_NAMES[lang])
            button.setAccessibleName(_FULL_NAMES[lang])
            button.setMaximumWidth(56)
            button.clicked.connect(lambda _=False, lang=lang: self.language_chosen.emit(lang))
            group.addButton(button)
            self._wide.append(button)
        box = QuietComboBox()
        box.setAccessibleName(ui.t("theme.name"))
        box.setToolTip(ui.t("theme.name"))
        for choice in ThemeChoice:
            box.addItem(ui.t(f"theme.{choice.value}"), choice)
        box.setCurrentIndex(box.findData(theme))
        box.activated.connect(lambda _: self.theme_chosen.emit(ThemeChoice(box.currentData())))
        self._wide.append(box)
        self._menu_button = self._menu(ui, theme)
        for widget in (*self._wide, self._menu_button):
            row.addWidget(widget)
        self._menu_button.setVisible(False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Take the room of one button, or of all."""
        for widget in self._wide:
            widget.setVisible(not narrow)
        self._menu_button.setVisible(narrow)

    def _menu(self, ui: UiContext, theme: ThemeChoice) -> QPushButton:
        button = QPushButton(_NAMES[ui.lang])
        button.setToolTip(ui.t("screens.look"))
        button.setAccessibleName(ui.t("screens.look"))
        menu = QMenu(button)
        languages, themes = QActionGroup(menu), QActionGroup(menu)
        for lang in Lang:
            action = menu.addAction(_FULL_NAMES[lang], partial(self.language_chosen.emit, lang))
            action.setCheckable(True)
            action.setChecked(lang is ui.lang)
            languages.addAction(action)
        menu.addSeparator()
        for choice in ThemeChoice:
            action = menu.addAction(ui.t(f"theme.{choice.value}"), partial(self.theme_chosen.emit, choice))
            action.setCheckable(True)
            action.setChecked(choice is theme)
            themes.addAction(action)
        button.setMenu(menu)
        return button
