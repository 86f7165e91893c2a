"""Spelling hints in the text fields: a wavy line, suggestions and the personal dictionary in the context menu."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtGui import (
    QAction,
    QColor,
    QInputMethodEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit
from shiboken6 import isValid

from app.session.spelling import Misspelling
from app.ui.context import UiContext
from app.ui.spelling import SpellingService


@dataclass(frozen=True, slots=True)
class SpellingLook:
    """How hints look: colour of the line, texts of the menu."""

    colour: str
    looking: str
    none: str
    learn: str

    def underline(self) -> QTextCharFormat:
        """Return the wavy line."""
        made = QTextCharFormat()
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        made.setUnderlineColor(QColor(self.colour))
        return made


def spelling_look(ui: UiContext) -> SpellingLook:
    """Return the look in the user's language and theme."""
    return SpellingLook(ui.theme.bad, ui.t("spelling.looking"), ui.t("spelling.no_suggestion"), ui.t("spelling.learn"))


class SpellingHints(QObject):
    """The hints of one field; they live as long as the field."""

    def __init__(self, edit: QLineEdit | QPlainTextEdit, service: SpellingService, look: SpellingLook) -> None:
        super().__init__(edit)
        self.service = service
        self.look = look

    def offer(self, menu: QMenu, place: QPoint) -> None:
        """Put the hints for the word at a place of the field on top of its menu, where there are any."""
        raise NotImplementedError

    def found_at(self, text: str, column: int) -> tuple[int, str] | None:
        """Return beginning, in Qt's places, and letters of the unknown word at a column of a text."""
        for start, one in places_of(text, self.service.misspellings(text)):
            if start <= column <= start + _utf16_length(one.word):
                return start, one.word
        return None

    def offer_word(self, menu: QMenu, word: str, replace: Callable[[str], None], *, may_replace: bool) -> None:
        """Put what may have been meant on top of a menu, as soon as it is known, and the way to learn the word."""
        first = menu.actions()[0]
        waiting = QAction(self.look.looking, menu)
        waiting.setEnabled(False)
        learn = QAction(f"{self.look.learn}: {word}", menu)
        learn.triggered.connect(lambda: self.service.learn(word))
        menu.insertAction(first, waiting)
        menu.insertAction(first, learn)
        menu.insertSeparator(first)

        def fill(suggestions: tuple[str, ...]) -> None:
            for suggestion in suggestions:
                action = QAction(suggestion, menu)
                action.triggered.connect(lambda _=False, text=suggestion: replace(text))
                action.setEnabled(may_replace)
                menu.insertAction(waiting, action)
            waiting.setText(self.look.none)
            waiting.setVisible(not suggestions)

        self.service.suggest(word, lambda found: fill(found) if isValid(menu) else None)


class TextHints(SpellingHints):
    """Hints in a field of several lines."""

    def __init__(self, edit: QPlainTextEdit, service: SpellingService, look: SpellingLook) -> None:
        super().__init__(edit, service, look)
        self._edit = edit
        self._highlighter = _Highlighter(edit.document(), service, look.underline())

    def offer(self, menu: QMenu, place: QPoint) -> None:
        """Put the hints for the word at a place of the field on top of its menu, where there are any."""
        cursor = self._edit.cursorForPosition(place)
        block = cursor.block()
        found = self.found_at(block.text(), cursor.positionInBlock())
        if found is not None:
            position, word = block.position() + found[0], found[1]
            self.offer_word(
                menu,
                word,
                lambda text: self._replace(position, word, text),
                may_replace=not self._edit.isReadOnly(),
            )

    def _replace(self, position: int, word: str, text: str) -> None:
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(position)
        cursor.setPosition(position + _utf16_length(word), QTextCursor.MoveMode.KeepAnchor)
        if cursor.selectedText() == word:
            cursor.insertText(text)


class LineHints(SpellingHints):
    """Hints in a field of one line.

    A line edit has no highlighter, but it draws the formats that an input method gives it; they are given in the same
    way. So cursor, keys, selection and screen reader stay Qt's own.
    """

    def __init__(self, edit: QLineEdit, service: SpellingService, look: SpellingLook) -> None:
        super().__init__(edit, service, look)
        self._edit = edit
        self._format = QTextFormat(look.underline())
        self._drawn: list[tuple[int, int]] = []
        self._composing = False
        edit.installEventFilter(self)
        edit.textChanged.connect(self._draw)
        service.checked.connect(self._on_checked)
        service.own_changed.connect(self._draw)
        service.state_changed.connect(self._draw)
        self._draw()

    @property
    def drawn(self) -> list[str]:
        """What is underlined."""
        text = self._edit.text()
        return [text[start : start + length] for start, length in self._drawn]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay out of the way while letters are composed: a format given meanwhile would end that."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        return super().eventFilter(watched, event)

    def offer(self, menu: QMenu, place: QPoint) -> None:
        """Put the hints for the word at a place of the field on top of its menu, where there are any."""
        found = self.found_at(self._edit.text(), self._edit.cursorPositionAt(place))
        if found is not None:
            start, word = found
            self.offer_word(
                menu, word, lambda text: self._replace(start, word, text), may_replace=not self._edit.isReadOnly()
            )

    def _replace(self, start: int, word: str, text: str) -> None:
        self._edit.setSelection(start, _utf16_length(word))
        if self._edit.selectedText() == word:
            self._edit.insert(text)

    def _on_checked(self, text: str) -> None:
        if text == self._edit.text():
            self._draw()

    def _draw(self) -> None:
        text = self._edit.text()
        wanted = [(start, _utf16_length(one.word)) for start, one in places_of(text, self.service.misspellings(text))]
        if self._composing or (not wanted and not self._drawn):
            return
        self._drawn = wanted
        kind, cursor = QInputMethodEvent.AttributeType.TextFormat, self._edit.cursorPosition()
        formats = [QInputMethodEvent.Attribute(kind, start - cursor, length, self._format) for start, length in wanted]
        QCoreApplication.sendEvent(self._edit, QInputMethodEvent("", formats))


class _Highlighter(QSyntaxHighlighter):
    """Draws the wavy line under words that nobody knows."""

    def __init__(self, document: QTextDocument, service: SpellingService, underline: QTextCharFormat) -> None:
        super().__init__(document)
        self._service = service
        self._format = underline
        service.checked.connect(self._on_checked)
        service.own_changed.connect(self.rehighlight)
        service.state_changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        """Underline a paragraph."""
        for start, one in places_of(text, self._service.misspellings(text)):
            self.setFormat(start, _utf16_length(one.word), self._format)

    def _on_checked(self, text: str) -> None:
        block = self.document().firstBlock()
        while block.isValid():
            if block.text() == text:
                self.rehighlightBlock(block)
            block = block.next()


def places_of(text: str, found: tuple[Misspelling, ...]) -> list[tuple[int, Misspelling]]:
    """Return unknown words with the places at which they begin in a Qt document."""
    return [(_utf16_length(text[: one.start]), one) for one in found]


def _utf16_length(text: str) -> int:
    """Return how many places a text takes in a Qt document."""
    return len(text.encode("utf-16-le")) // 2
