"""Hints in a real text field: line, menu, personal dictionary; with dictionaries of three words."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit

from app.model.course import Course
from app.session.spelling import Misspelling, OwnWords, words_of
from app.session.spelling_process import SpellingUnavailableError
from app.ui.spelling import SpellingHints, SpellingLook, SpellingService

Until = Callable[[Callable[[], bool]], None]
LOOK = SpellingLook("#ff0000", "looking", "none", "learn")


class ThreeWords:
    """Knows three words."""

    def __init__(self, *, broken: bool = False) -> None:
        self._broken = broken

    def misspellings(self, text: str, own: OwnWords) -> tuple[Misspelling, ...]:
        if self._broken:
            raise SpellingUnavailableError("gone")
        known = ("food", "and", "safety")
        return tuple(
            Misspelling(word.start(), word.end(), word[0])
            for word in words_of(text)
            if word[0].casefold() not in known and not own.knows(word[0])
        )

    def suggestions(self, word: str) -> tuple[str, ...]:
        return ("safety",) if word == "saefty" else ()

    def close(self) -> None:
        return


@pytest.fixture
def service(application: QApplication, tmp_path: Path) -> Iterator[SpellingService]:
    made = SpellingService(tmp_path / "own.txt", make=ThreeWords)
    yield made
    made.close()


@pytest.fixture
def edit(application: QApplication, service: SpellingService) -> Iterator[QPlainTextEdit]:
    made = QPlainTextEdit()
    made.resize(400, 100)
    SpellingHints(made, service, LOOK)
    made.show()
    yield made
    made.close()


def underlined(edit: QPlainTextEdit) -> list[str]:
    found = []
    block = edit.document().firstBlock()
    while block.isValid():
        for span in block.layout().formats():
            if span.format.underlineStyle() == QTextCharFormat.UnderlineStyle.SpellCheckUnderline:
                found.append(block.text()[span.start : span.start + span.length])
        block = block.next()
    return found


def hints(edit: QPlainTextEdit) -> SpellingHints:
    return edit.findChildren(SpellingHints)[0]


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isVisible() and action.text()]


def test_a_word_is_underlined_replaced_from_the_menu_and_learned(
    edit: QPlainTextEdit, service: SpellingService, until: Until
) -> None:
    edit.setPlainText("Food saefty\nand backslop")
    until(lambda: underlined(edit) == ["saefty", "backslop"])
    cursor = edit.textCursor()
    cursor.setPosition(7)
    menu = hints(edit).menu_at(edit.cursorRect(cursor).center())
    until(lambda: "safety" in entries(menu))
    assert "learn: saefty" in entries(menu)
    next(action for action in menu.actions() if action.text() == "safety").trigger()
    assert edit.toPlainText() == "Food safety\nand backslop"
    until(lambda: underlined(edit) == ["backslop"])
    service.learn("backslop")
    until(lambda: underlined(edit) == [])


def test_a_word_that_is_right_has_the_usual_menu(edit: QPlainTextEdit, until: Until, service: SpellingService) -> None:
    edit.setPlainText("food xyzzy")
    until(lambda: underlined(edit) == ["xyzzy"])
    menu = hints(edit).menu_at(edit.cursorRect(edit.textCursor()).center())
    assert "learn: food" not in entries(menu)


def test_hints_can_be_turned_off(edit: QPlainTextEdit, service: SpellingService, until: Until) -> None:
    edit.setPlainText("saefty")
    until(lambda: underlined(edit) == ["saefty"])
    service.set_enabled(enabled=False)
    assert underlined(edit) == []
    service.set_enabled(enabled=True)
    assert underlined(edit) == ["saefty"]


def test_words_of_the_course_are_known_after_a_pause(
    edit: QPlainTextEdit, service: SpellingService, until: Until
) -> None:
    edit.setPlainText("backslop")
    until(lambda: underlined(edit) == ["backslop"])
    service.set_course(Course(dean="Backslop"))
    until(lambda: underlined(edit) == [])


def test_dictionaries_that_are_not_there_cost_nothing_but_the_hints(
    application: QApplication, tmp_path: Path, until: Until
) -> None:
    service = SpellingService(tmp_path / "own.txt", make=lambda: ThreeWords(broken=True))
    edit = QPlainTextEdit()
    SpellingHints(edit, service, LOOK)
    edit.setPlainText("saefty")
    until(lambda: service.problem == "gone")
    assert not service.enabled
    assert underlined(edit) == []
    edit.setPlainText("saefty and more")
    service.close()
