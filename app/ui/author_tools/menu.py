"""The button in the course's head that opens the author's tools."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.ui.author_tools.backups_dialog import BackupsDialog
from app.ui.author_tools.base import ToolContext, ToolDialog
from app.ui.author_tools.drafts_dialog import DraftsDialog
from app.ui.author_tools.find_dialog import FindDialog
from app.ui.author_tools.glossary_dialog import GlossaryDialog
from app.ui.author_tools.import_dialog import ImportDialog
from app.ui.author_tools.links_dialog import LinksDialog
from app.ui.author_tools.literature_dialog import LiteratureDialog
from app.ui.author_tools.schedule_dialog import ScheduleDialog
from app.ui.author_tools.typography_dialog import TypographyDialog
from app.ui.spelling import SpellingService

TOOLS: tuple[tuple[str, Callable[[ToolContext, QWidget], ToolDialog], str], ...] = (
    ("find", FindDialog, "Ctrl+Shift+F"),
    ("typography", TypographyDialog, ""),
    ("import", ImportDialog, ""),
    ("schedule", ScheduleDialog, ""),
    ("glossary", GlossaryDialog, ""),
    ("literature", LiteratureDialog, ""),
    ("drafts", DraftsDialog, ""),
    ("links", LinksDialog, ""),
    ("backups", BackupsDialog, ""),
)

TOOL_NAMES = tuple(name for name, _, _ in TOOLS)


class AuthorTools(QPushButton):
    """A menu of tools; each opens once and comes to the front when it is asked for again.

    Args:
        save_copy: asks where a copy of the course goes and saves it there.
    """

    def __init__(self, tools: ToolContext, screen: QWidget, save_copy: Callable[[], None]) -> None:
        super().__init__(tools.ui.t("tools.menu"))
        self._tools = tools
        self._screen = screen
        self._open: dict[str, ToolDialog] = {}
        menu = QMenu(self)
        for name, make, keys in TOOLS:
            action = menu.addAction(tools.ui.t(f"tools.{name}.menu"))
            if keys:
                action.setShortcut(QKeySequence(keys))
                screen.addAction(action)
            action.triggered.connect(lambda _=False, name=name, make=make: self.show_tool(name, make))
        menu.addSeparator()
        menu.addAction(tools.ui.t("copy.menu")).triggered.connect(lambda _=False: save_copy())
        if tools.ui.spelling is not None:
            menu.addSeparator()
            menu.addAction(self._spelling_switch(tools.ui.spelling, menu))
        self.setMenu(menu)

    def _spelling_switch(self, service: SpellingService, menu: QMenu) -> QAction:
        """Return the entry that turns spelling hints on and off; where there are none it says why."""
        ui = self._tools.ui
        switch = QAction(menu)
        switch.setCheckable(True)

        def show() -> None:
            switch.setChecked(service.enabled)
            switch.setEnabled(not service.problem)
            switch.setText(ui.t("spelling.unavailable" if service.problem else "spelling.switch"))

        switch.triggered.connect(lambda wanted: service.set_enabled(enabled=wanted))
        menu.aboutToShow.connect(show)
        show()
        return switch

    def show_named(self, wanted: str) -> None:
        """Open the tool of a name."""
        for name, make, _ in TOOLS:
            if name == wanted:
                self.show_tool(name, make)

    def show_tool(self, name: str, make: Callable[[ToolContext, QWidget], ToolDialog]) -> ToolDialog:
        """Open a tool or bring it to the front."""
        dialog = self._open.get(name)
        if dialog is None:
            dialog = self._open[name] = make(self._tools, self._screen)
            dialog.destroyed.connect(lambda: self._open.pop(name, None))
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog
