"""What a test needs to use the window as a person does."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.model.texts import Lang
from app.storage.texts_file import load_texts

W = TypeVar("W", bound=QWidget)


def say(key: str, lang: Lang = Lang.KK, **values: object) -> str:
    """Return a text of the window."""
    return load_texts().get(f"ui.{key}", lang, **values)


def button(parent: QWidget, text: str) -> QPushButton:
    """Return the visible button with a text."""
    found = [b for b in parent.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    assert found, f"no button {text!r}"
    return found[0]


def press(parent: QWidget, text: str) -> None:
    """Click a button."""
    QTest.mouseClick(button(parent, text), Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def named(parent: QWidget, kind: type[W], name: str) -> W:
    """Return the visible widget of a kind with an accessible name."""
    found = [w for w in parent.findChildren(kind) if w.accessibleName() == name and w.isVisible()]
    assert found, f"no {kind.__name__} called {name!r}"
    return found[0]


def write(widget: QWidget, text: str) -> None:
    """Type a text, key by key; letters that no key makes are given as input."""
    widget.setFocus()
    QApplication.processEvents()
    for letter in text:
        QTest.keyClicks(widget, letter)


def drop(target: QWidget, paths: Sequence[Path]) -> None:
    """Drop files on a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = QPoint(target.width() // 2, target.height() // 2)
    action, pressed, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(place, action, data, pressed, keys))
    QApplication.sendEvent(target, QDropEvent(QPointF(place), action, data, pressed, keys))
