"""The buttons at the top of the page: in, out, and what looks at the whole bank."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from app.session.bank_export import Target
from app.ui.context import UiContext


class ToolRow(QWidget):
    """Import, export, tools.

    Signals:
        import_wanted: a file shall be chosen.
        paste_wanted: the clipboard shall be read.
        export_wanted: a `Target`.
        papers_wanted: variants for paper.
        duplicates_wanted, statistics_wanted, even_wanted, trial_wanted: a window of that name.
    """

    import_wanted = Signal()
    paste_wanted = Signal()
    export_wanted = Signal(object)
    papers_wanted = Signal()
    duplicates_wanted = Signal()
    statistics_wanted = Signal()
    even_wanted = Signal()
    trial_wanted = Signal()

    def __init__(self, ui: UiContext, *, read_only: bool) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        bring = self._button(ui.t("bank.import"), ui.t("bank.import_tip"))
        bring.clicked.connect(self.import_wanted)
        paste = self._button(ui.t("bank.paste"), ui.t("bank.paste_tip"))
        paste.clicked.connect(self.paste_wanted)
        for button in (bring, paste):
            button.setEnabled(not read_only)
        out = self._button(ui.t("bank.export"), ui.t("bank.export_tip"))
        out.setMenu(self._export_menu(ui, out))
        tools = self._button(ui.t("bank.tools"), ui.t("bank.tools_tip"))
        tools.setMenu(self._tools_menu(ui, tools, read_only=read_only))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (bring, paste, out, tools):
            row.addWidget(button)

    @staticmethod
    def _button(text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        return button

    def _export_menu(self, ui: UiContext, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        for target in Target:
            if target is Target.FORM_PDF:
                menu.addSeparator()
            action = menu.addAction(ui.t(f"bank.export_target.{target.value}"))
            action.triggered.connect(lambda _=False, target=target: self.export_wanted.emit(target))
        menu.addSeparator()
        menu.addAction(ui.t("bank.papers_menu")).triggered.connect(self.papers_wanted)
        return menu

    def _tools_menu(self, ui: UiContext, parent: QWidget, *, read_only: bool) -> QMenu:
        menu = QMenu(parent)
        menu.addAction(ui.t("bank.statistics_title")).triggered.connect(self.statistics_wanted)
        menu.addAction(ui.t("bank.duplicates_title")).triggered.connect(self.duplicates_wanted)
        even = menu.addAction(ui.t("bank.even_title"))
        even.triggered.connect(self.even_wanted)
        even.setEnabled(not read_only)
        menu.addAction(ui.t("bank.trial_title")).triggered.connect(self.trial_wanted)
        return menu
