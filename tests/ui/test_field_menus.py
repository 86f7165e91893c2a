"""Context menus of the window's text fields: language, history, hints."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from app.model.texts import Lang
from app.sample import sample_course
from app.session.spelling import Misspelling, OwnWords, words_of
from app.session.wizard import Step
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from app.ui.pages.bank.answers import OptionAnswers
from app.ui.preferences import Preferences
from app.ui.spelling import SpellingService
from app.ui.spelling_hints import LineHints, SpellingHints
from app.ui.text_field import FieldMenu

Until = Callable[[Callable[[], bool]], None]
WORDS = {
    Lang.KK: ["Болдырмау", "Қайталау", "Қиып алу", "Көшіру", "Кірістіру", "Өшіру", "Барлығын таңдау"],
    Lang.RU: [
        "Отменить действие",
        "Повторить действие",
        "Вырезать",
        "Копировать",
        "Вставить",
        "Удалить",
        "Выделить всё",
    ],
    Lang.EN: ["Undo", "Redo", "Cut", "Copy", "Paste", "Delete", "Select All"],
}
"""As Qt's translators write them."""


class KnowsNothing:
    """Underlines every word."""

    def misspellings(self, text: str, own: OwnWords) -> tuple[Misspelling, ...]:
        return tuple(
            Misspelling(word.start(), word.end(), word[0]) for word in words_of(text) if not own.knows(word[0])
        )

    def suggestions(self, word: str) -> tuple[str, ...]:
        return (word.casefold(),)

    def close(self) -> None:
        return


@pytest.fixture
def spelled(application: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    """A window with hints."""
    service = SpellingService(tmp_path / "own.txt", make=KnowsNothing)
    preferences = Preferences(tmp_path / "settings")
    preferences.language = Lang.KK
    made = MainWindow(load_texts(), load_regulation(), preferences, service)
    made.show()
    # Without a glossary: its terms would become known a second later, in the middle of a test.
    made.create_course(tmp_path / "course", sample_course().model_copy(update={"glossary": ()}))
    yield made
    made.close()
    made.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def screen_of(window: MainWindow) -> CourseScreen:
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    return screen


def menu_of(edit: QWidget) -> QMenu:
    return edit.findChildren(FieldMenu)[0].menu_at(edit.rect().center())


def words(menu: QMenu) -> list[str]:
    return [action.text().partition("\t")[0].replace("&", "") for action in menu.actions() if action.text()]


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_the_menu_of_a_field_speaks_the_users_language(
    window: MainWindow, tmp_path: Path, kind: type[QWidget], lang: Lang
) -> None:
    window.create_course(tmp_path / "course", sample_course())
    window.set_language(lang)
    edit = next(e for e in screen_of(window).page(Step.DESCRIPTION).findChildren(kind) if e.findChildren(FieldMenu))
    assert words(menu_of(edit)) == WORDS[lang]


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_undo_in_the_menu_is_that_of_the_course(window: MainWindow, tmp_path: Path, kind: type[QWidget]) -> None:
    window.create_course(tmp_path / "course", sample_course())
    course = window.open_course
    assert course is not None
    before = course.course
    edit = next(e for e in screen_of(window).page(Step.DESCRIPTION).findChildren(kind) if e.findChildren(FieldMenu))
    assert not menu_of(edit).actions()[0].isEnabled()
    QTest.keyClicks(edit, "abc")
    assert course.course != before
    undo = menu_of(edit).actions()[0]
    assert isinstance(undo, QAction)
    assert undo.isEnabled()
    undo.trigger()
    assert course.course == before
    redo = menu_of(edit).actions()[1]
    assert redo.isEnabled()
    redo.trigger()
    assert course.course != before


def test_lines_and_the_question_editor_have_hints(spelled: MainWindow, until: Until) -> None:
    course = spelled.open_course
    assert course is not None
    screen = screen_of(spelled)
    title = screen.page(Step.DESCRIPTION).findChildren(QLineEdit)[0]
    hints = title.findChildren(LineHints)[0]
    until(lambda: bool(hints.drawn))
    assert hints.drawn == [match[0] for match in words_of(course.course.title)]
    screen.reveal_element(f"test_bank/{course.course.test_bank[0].id}/stem")
    answers = screen.page(Step.TEST_BANK).findChildren(OptionAnswers)[0]
    options = answers.findChildren(QPlainTextEdit)
    assert options
    assert all(option.findChildren(SpellingHints) for option in options)
    stem = QApplication.focusWidget()
    assert isinstance(stem, QPlainTextEdit)
    assert stem.findChildren(SpellingHints)


def test_an_address_has_no_hints(spelled: MainWindow) -> None:
    page = screen_of(spelled).page(Step.SCHEDULE)
    course = spelled.open_course
    assert course is not None
    address = next(e for e in page.findChildren(QLineEdit) if e.text() == course.course.platform.course_url)
    assert address.findChildren(FieldMenu)
    assert not address.findChildren(SpellingHints)
