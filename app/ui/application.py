"""Starting the window."""

import logging
import sys
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app import __version__
from app.model.regulation import Regulation
from app.storage.texts_file import load_texts
from app.ui.crash import CrashHandler, log_folder
from app.ui.main_window import MainWindow
from app.ui.preferences import Preferences


def run_window(regulation: Regulation, course: Path | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        regulation: the edition to judge by.
        course: a course folder or its file to open at once.

    Returns:
        The program's exit status.
    """
    _log_to_file()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("MOOC Studio")
    app.setApplicationVersion(__version__)
    texts = load_texts()
    preferences = Preferences()
    window = MainWindow(texts, regulation, preferences)

    def save() -> bool | None:
        course = window.open_course
        return None if course is None or course.read_only else course.save_now()

    CrashHandler(texts, save, lambda: preferences.language, lambda: window).install()
    app.styleHints().colorSchemeChanged.connect(lambda _: window.set_theme(preferences.theme))
    window.show()
    if course is not None:
        window.open_folder(course)
    return app.exec()


def _log_to_file() -> None:
    """Log beside the user's other logs; a folder that cannot be written costs the log, not the program."""
    with suppress(OSError):
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            log_folder() / "mooc-studio.log", maxBytes=500_000, backupCount=2, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)
