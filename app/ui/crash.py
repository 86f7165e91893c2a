"""What happens when the program itself is at fault: save, log, say so, go on."""

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app import __version__
from app.model.texts import Lang, Texts

_log = logging.getLogger(__name__)


def log_folder() -> Path:
    """Return where the program writes its log."""
    return Path(platformdirs.user_log_dir("MOOC Studio", appauthor=False))


class CrashHandler:
    """Catches what no one expected.

    Args:
        save: writes the open course now and tells whether it could; None where no course is open.
        language: the language to speak in.
        parent: the window above which the dialog stands.
    """

    def __init__(
        self,
        texts: Texts,
        save: Callable[[], bool | None],
        language: Callable[[], Lang],
        parent: Callable[[], QWidget | None],
    ) -> None:
        self._texts = texts
        self._save = save
        self._language = language
        self._parent = parent
        self._showing = False

    def install(self) -> None:
        """Take over from Python's own handler."""
        sys.excepthook = self.handle

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Save, log, and show one dialog, however many faults follow each other."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        _log.error("MOOC Studio %s: %s", __version__, details)
        saved = self._saved()
        if self._showing or QApplication.instance() is None:
            sys.stderr.write(details)
            return
        self._showing = True
        try:
            self._dialog(details, saved=saved).exec()
        finally:
            self._showing = False

    def _saved(self) -> bool | None:
        try:
            return self._save()
        except Exception:  # noqa: BLE001 - whatever it is, the dialog must still say that nothing was saved
            _log.exception("the course could not be saved after a fault")
            return False

    def _dialog(self, details: str, *, saved: bool | None) -> QMessageBox:
        lang = self._language()
        box = QMessageBox(self._parent())
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle(self._texts.get("ui.app.name", lang))
        box.setText(self._texts.get("ui.crash.text", lang))
        lines = [self._texts.get("ui.crash.log", lang, path=log_folder())]
        if saved is not None:
            lines.insert(0, self._texts.get("ui.crash.saved" if saved else "ui.crash.not_saved", lang))
        box.setInformativeText("\n".join(lines))
        box.setDetailedText(details)
        box.addButton(self._texts.get("ui.crash.close", lang), QMessageBox.ButtonRole.AcceptRole)
        return box
