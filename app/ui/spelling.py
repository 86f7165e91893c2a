"""Spelling hints in the text fields: a wavy line, suggestions in the context menu, a personal dictionary."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QMenu, QPlainTextEdit
from shiboken6 import isValid

from app.model.course import Course
from app.session.spelling import Misspelling, OwnWords, PersonalDictionary, own_words
from app.session.spelling_process import SpellingProcess, SpellingUnavailableError
from app.ui.background import Background
from app.ui.context import UiContext

_OWN_AFTER_MS = 1000
_MOST_KEPT = 5000


class Dictionaries(Protocol):
    """What answers questions, in whatever process."""

    def misspellings(self, text: str, own: OwnWords) -> tuple[Misspelling, ...]:
        """Return the words of a text that nobody knows."""
        ...

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return what may have been meant."""
        ...

    def close(self) -> None:
        """End it."""
        ...


class SpellingService(QObject):
    """Asks the dictionaries beside the window's thread and keeps their answers.

    Args:
        personal_path: file of the personal dictionary.
        enabled: whether hints are wanted.
        make: starts the dictionaries, when a text is first to be looked at.

    Signals:
        checked: a paragraph has been looked at: its text.
        own_changed: other words are the author's own: everything is to be looked at again.
        state_changed: hints went on, off, or turned out not to be there.
    """

    checked = Signal(str)
    own_changed = Signal()
    state_changed = Signal()

    def __init__(
        self, personal_path: Path, *, enabled: bool = True, make: Callable[[], Dictionaries] = SpellingProcess
    ) -> None:
        super().__init__()
        self._personal = PersonalDictionary(personal_path)
        self._make = make
        self._dictionaries: Dictionaries | None = None
        self._thread: Background | None = None
        self._enabled = enabled
        self._problem = ""
        self._kept: dict[str, tuple[Misspelling, ...]] = {}
        self._asked: set[str] = set()
        self._course: Course | None = None
        self._own = OwnWords(personal=self._personal.words)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_OWN_AFTER_MS)
        self._timer.timeout.connect(self._refresh_own)

    @property
    def enabled(self) -> bool:
        """Whether hints are shown."""
        return self._enabled and not self._problem

    @property
    def problem(self) -> str:
        """Why there are no hints; empty where there are, or nobody has asked yet."""
        return self._problem

    def set_enabled(self, *, enabled: bool) -> None:
        """Show hints or not."""
        self._enabled = enabled
        self.state_changed.emit()

    def set_course(self, course: Course | None) -> None:
        """Know the words of another course, after a pause in typing."""
        self._course = course
        self._timer.start()

    def misspellings(self, text: str) -> tuple[Misspelling, ...]:
        """Return what is known of a paragraph by now; what is not comes with `checked`."""
        if not self.enabled or not text.strip():
            return ()
        if text in self._kept:
            return self._kept[text]
        if text not in self._asked:
            self._asked.add(text)
            own, dictionaries, thread = self._own, self._started(), self._thread
            if thread is not None:
                thread.submit(
                    f"check {text}",
                    lambda: (text, own, dictionaries.misspellings(text, own)),
                    self._on_checked,
                    self._on_error,
                )
        return ()

    def suggest(self, word: str, on_done: Callable[[tuple[str, ...]], None]) -> None:
        """Look for what may have been meant."""
        dictionaries = self._started()
        if self._thread is not None:
            self._thread.submit("suggest", lambda: dictionaries.suggestions(word), on_done, self._on_error)

    def learn(self, word: str) -> None:
        """Put a word into the personal dictionary."""
        self._personal.add(word)
        self._refresh_own()

    def close(self) -> None:
        """End the dictionaries and the thread that asks them."""
        self._timer.stop()
        if self._dictionaries is not None:
            self._dictionaries.close()
        if self._thread is not None:
            self._thread.close()

    def _started(self) -> Dictionaries:
        if self._dictionaries is None:
            self._dictionaries = self._make()
            self._thread = Background(self)
        return self._dictionaries

    def _refresh_own(self) -> None:
        course = self._course
        personal = self._personal.words
        fresh = OwnWords(personal=personal) if course is None else own_words(course, personal)
        if fresh != self._own:
            self._own = fresh
            self._kept.clear()
            self._asked.clear()
            self.own_changed.emit()

    def _on_checked(self, answer: tuple[str, OwnWords, tuple[Misspelling, ...]]) -> None:
        text, own, found = answer
        if own != self._own:
            return  # asked before the words changed; it is asked again
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
            self._asked.clear()
        self._kept[text] = found
        self.checked.emit(text)

    def _on_error(self, error: Exception) -> None:
        if not isinstance(error, SpellingUnavailableError):
            raise error
        if not self._problem:
            self._problem = str(error)
            self.state_changed.emit()


class _Highlighter(QSyntaxHighlighter):
    """Draws the wavy line under words that nobody knows."""

    def __init__(self, document: QTextDocument, service: SpellingService, colour: str) -> None:
        super().__init__(document)
        self._service = service
        self._format = QTextCharFormat()
        self._format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        self._format.setUnderlineColor(QColor(colour))
        service.checked.connect(self._on_checked)
        service.own_changed.connect(self.rehighlight)
        service.state_changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Underline a paragraph."""
        for one in self._service.misspellings(text):
            start = _utf16_length(text[: one.start])
            self.setFormat(start, _utf16_length(one.word), self._format)

    def _on_checked(self, text: str) -> None:
        block = self.document().firstBlock()
        while block.isValid():
            if block.text() == text:
                self.rehighlightBlock(block)
            block = block.next()


@dataclass(frozen=True, slots=True)
class SpellingLook:
    """How hints look: colour of the line, texts of the menu."""

    colour: str
    looking: str
    none: str
    learn: str


def spelling_look(ui: UiContext) -> SpellingLook:
    """Return the look in the user's language and theme."""
    return SpellingLook(ui.theme.bad, ui.t("spelling.looking"), ui.t("spelling.no_suggestion"), ui.t("spelling.learn"))


def attach_spelling(edit: QPlainTextEdit, service: SpellingService, look: SpellingLook) -> None:
    """Show hints in a text field for as long as it lives."""
    SpellingHints(edit, service, look)


class SpellingHints(QObject):
    """Line and menu of one field; it lives as long as the field."""

    def __init__(self, edit: QPlainTextEdit, service: SpellingService, look: SpellingLook) -> None:
        super().__init__(edit)
        self._edit = edit
        self._service = service
        self._look = look
        self._highlighter = _Highlighter(edit.document(), service, look.colour)
        edit.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        edit.customContextMenuRequested.connect(self._show_menu)

    def menu_at(self, place: QPoint) -> QMenu:
        """Return the field's own menu with the hints for the word at a place on top."""
        menu = self._edit.createStandardContextMenu()
        cursor = self._edit.cursorForPosition(place)
        text, column = cursor.block().text(), cursor.positionInBlock()
        for one in self._service.misspellings(text):
            start = _utf16_length(text[: one.start])
            if start <= column <= start + _utf16_length(one.word):
                self._add_hints(menu, one.word, cursor.block().position() + start)
        return menu

    def _add_hints(self, menu: QMenu, word: str, position: int) -> None:
        first = menu.actions()[0]
        waiting = QAction(self._look.looking, menu)
        waiting.setEnabled(False)
        learn = QAction(f"{self._look.learn}: {word}", menu)
        learn.triggered.connect(lambda: self._service.learn(word))
        menu.insertAction(first, waiting)
        menu.insertAction(first, learn)
        menu.insertSeparator(first)

        def fill(suggestions: tuple[str, ...]) -> None:
            if waiting not in menu.actions():
                return
            for suggestion in suggestions:
                action = QAction(suggestion, menu)
                action.triggered.connect(lambda _=False, text=suggestion: self._replace(position, word, text))
                action.setEnabled(not self._edit.isReadOnly())
                menu.insertAction(waiting, action)
            waiting.setText(self._look.none)
            waiting.setVisible(not suggestions)

        self._service.suggest(word, lambda found: fill(found) if isValid(menu) else None)

    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu_at(place)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._edit.viewport().mapToGlobal(place))

    def _replace(self, position: int, word: str, text: str) -> None:
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(position)
        cursor.setPosition(position + _utf16_length(word), QTextCursor.MoveMode.KeepAnchor)
        if cursor.selectedText() == word:
            cursor.insertText(text)


def _utf16_length(text: str) -> int:
    """Return how many places a text takes in a Qt document."""
    return len(text.encode("utf-16-le")) // 2
