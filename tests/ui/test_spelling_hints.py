"""Hints in a real text field: line, menu, personal dictionary; with dictionaries of three words."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from app.model.course import Course
from app.session.spelling import Misspelling, OwnWords, words_of
from app.session.spelling_process import SpellingUnavailableError
from app.ui.spelling import SpellingService
from app.ui.spelling_hints import LineHints, SpellingLook, TextHints
from app.ui.text_field import FieldMenu

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
    FieldMenu(made, TextHints(made, service, LOOK))
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


def menu_of(edit: QWidget) -> FieldMenu:
    return edit.findChildren(FieldMenu)[0]


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isVisible() and action.text()]


def test_a_word_is_underlined_replaced_from_the_menu_and_learned(
    edit: QPlainTextEdit, service: SpellingService, until: Until
) -> None:
    edit.setPlainText("Food saefty\nand backslop")
    until(lambda: underlined(edit) == ["saefty", "backslop"])
    cursor = edit.textCursor()
    cursor.setPosition(7)
    menu = menu_of(edit).menu_at(edit.cursorRect(cursor).center())
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
    menu = menu_of(edit).menu_at(edit.cursorRect(edit.textCursor()).center())
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
    TextHints(edit, service, LOOK)
    edit.setPlainText("saefty")
    until(lambda: service.problem == "gone")
    assert not service.enabled
    assert underlined(edit) == []
    edit.setPlainText("saefty and more")
    service.close()


@pytest.fixture
def line(application: QApplication, service: SpellingService) -> Iterator[QLineEdit]:
    made = QLineEdit()
    made.resize(400, 30)
    FieldMenu(made, LineHints(made, service, LOOK))
    made.show()
    yield made
    made.close()


def red_columns(edit: QWidget) -> set[int]:
    """Return the columns of a field's picture in which the line's colour stands."""
    picture = edit.grab().toImage()
    red = [
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if (c := picture.pixelColor(x, y)).red() - c.green() > 60
    ]
    return {x for x, _ in red}


def test_a_word_in_a_line_is_underlined_replaced_from_the_menu_and_learned(
    line: QLineEdit, service: SpellingService, until: Until
) -> None:
    hints = line.findChildren(LineHints)[0]
    typed: list[str] = []
    line.textEdited.connect(typed.append)
    QTest.keyClicks(line, "Food saefty and backslop")
    until(lambda: hints.drawn == ["saefty", "backslop"])
    assert typed[-1] == line.text() == "Food saefty and backslop"
    assert line.cursorPosition() == len(line.text())
    columns = red_columns(line)
    place = line.fontMetrics().horizontalAdvance("Food saef")
    assert any(abs(x - place) < 12 for x in columns)
    assert not any(x < line.fontMetrics().horizontalAdvance("Foo") for x in columns)
    line.setCursorPosition(7)
    menu = menu_of(line).menu_at(line.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center())
    until(lambda: "safety" in entries(menu))
    assert "learn: saefty" in entries(menu)
    next(action for action in menu.actions() if action.text() == "safety").trigger()
    assert typed[-1] == line.text() == "Food safety and backslop"  # told as if it were typed: the course has it
    until(lambda: hints.drawn == ["backslop"])
    service.learn("backslop")
    until(lambda: hints.drawn == [])
    assert not red_columns(line)


def test_a_line_of_letters_outside_the_basic_plane_is_underlined_in_its_place(line: QLineEdit, until: Until) -> None:
    hints = line.findChildren(LineHints)[0]
    line.setText("\U0001f600\U0001f600 saefty")
    until(lambda: bool(hints.drawn))
    picture = red_columns(line)
    assert min(picture) >= line.fontMetrics().horizontalAdvance("\U0001f600\U0001f600")


def test_hints_do_not_end_the_composing_of_letters(line: QLineEdit, until: Until) -> None:
    hints = line.findChildren(LineHints)[0]
    line.setText("saefty")
    QApplication.sendEvent(line, QInputMethodEvent("ka", []))
    until(lambda: bool(hints.service.misspellings("saefty")))
    QApplication.processEvents()
    assert hints.drawn == []
    commit = QInputMethodEvent()
    commit.setCommitString("か")
    QApplication.sendEvent(line, commit)
    assert line.text() == "saeftyか"
    line.setText("saefty")
    until(lambda: hints.drawn == ["saefty"])
