"""Language and theme, always at hand in the upper right corner."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.model.texts import Lang
from app.ui.context import UiContext
from app.ui.theme import ThemeChoice
from app.ui.widgets import QuietComboBox

_NAMES = {Lang.KK: "Қаз", Lang.RU: "Рус", Lang.EN: "Eng"}
_FULL_NAMES = {Lang.KK: "Қазақша", Lang.RU: "Русский", Lang.EN: "English"}


class Tools(QWidget):
    """Three language buttons and the choice of theme.

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
            row.addWidget(button)
        box = QuietComboBox()
        box.setAccessibleName(ui.t("theme.name"))
        box.setToolTip(ui.t("theme.name"))
        for choice in ThemeChoice:
            box.addItem(ui.t(f"theme.{choice.value}"), choice)
        box.setCurrentIndex(box.findData(theme))
        box.activated.connect(lambda _: self.theme_chosen.emit(ThemeChoice(box.currentData())))
        row.addWidget(box)
