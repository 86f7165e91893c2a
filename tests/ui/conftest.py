"""One application for all window tests, offscreen unless a display is named; nothing may be left running."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.model.texts import Lang
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts
from app.ui.garbage import WindowThreadCollector
from app.ui.main_window import MainWindow
from app.ui.preferences import Preferences
from app.ui.theme import ThemeChoice

WAIT_S = 30.0


@pytest.fixture(scope="session")
def application() -> QApplication:
    """The one QApplication."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    return app


@pytest.fixture(autouse=True)
def collector(application: QApplication) -> Iterator[WindowThreadCollector]:
    """Garbage is collected in the window's thread alone, as in the program."""
    made = WindowThreadCollector(application)
    yield made
    made.close()
    made.deleteLater()


Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def until(application: QApplication) -> Until:
    """Run the event loop until something holds."""

    def run(condition: Callable[[], bool]) -> None:
        end = time.monotonic() + WAIT_S
        while not condition():
            assert time.monotonic() < end, "waited in vain"
            application.processEvents()
            threading.Event().wait(0.002)

    return run


@pytest.fixture
def window(application: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    """A window with settings of its own, closed at the end."""
    preferences = Preferences(tmp_path / "settings")
    preferences.language = Lang.KK
    preferences.theme = ThemeChoice.LIGHT
    made = MainWindow(load_texts(), load_regulation(), preferences)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made, 20_000)
    yield made
    made.close()
    made.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.processEvents()
