"""Starting the window."""

import gc
import logging
import os
import sys
from contextlib import suppress
from importlib import import_module
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app import __version__
from app.model.regulation import Regulation
from app.paths import resources_dir
from app.storage.texts_file import load_texts
from app.ui.crash import CrashHandler, log_folder
from app.ui.garbage import WindowThreadCollector
from app.ui.main_window import MainWindow
from app.ui.preferences import Preferences
from app.ui.spelling import SpellingService

CLOSE_AFTER = "MOOC_STUDIO_CLOSE_AFTER_S"
"""Environment variable: the window closes by itself after so many seconds, as if the user had closed it. For the start
test of a built program and for measurements; without it, or with something that is no number above 0, it stays open."""
_LONGEST_S = 86_400
_ICON_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)


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
    app.setWindowIcon(_program_icon())
    texts = load_texts()
    collector = WindowThreadCollector(app)
    gc.freeze()  # what is loaded by now stays for good: no collection needs to look at it
    preferences = Preferences()
    spelling = SpellingService(preferences.personal_words, enabled=preferences.spelling)
    window = MainWindow(texts, regulation, preferences, spelling)

    def save() -> bool | None:
        course = window.open_course
        return None if course is None or course.read_only else course.save_now()

    CrashHandler(texts, save, lambda: preferences.language, lambda: window).install()
    app.styleHints().colorSchemeChanged.connect(lambda _: window.set_theme(preferences.theme))
    window.show()
    if course is not None:
        window.open_folder(course)
    close_after_s = _close_after_s()
    if close_after_s is not None:
        QTimer.singleShot(round(close_after_s * 1000), window.close)
    loading = Thread(target=preload, name="preload")
    QTimer.singleShot(0, loading.start)
    status = app.exec()
    if loading.is_alive():
        loading.join()
    collector.close()
    return status


def preload() -> None:
    """Load the course screen beside the window, so that the first window need not wait for it, nor the first course."""
    import_module("app.ui.course_screen")


def _program_icon() -> QIcon:
    icon = QIcon()
    for size_px in _ICON_SIZES_PX:
        icon.addFile(str(resources_dir() / "icons" / f"mooc-studio-{size_px}.png"))
    return icon


def _close_after_s() -> float | None:
    """Return the seconds after which the window is to close by itself, None where it stays open."""
    try:
        seconds = float(os.environ.get(CLOSE_AFTER, "0"))
    except ValueError:
        return None
    return seconds if 0 < seconds < _LONGEST_S else None


def _log_to_file() -> None:
    """Log beside the user's other logs; a folder that cannot be written costs the log, not the program."""
    with suppress(OSError):
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            log_folder() / "mooc-studio.log", maxBytes=500_000, backupCount=2, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)
