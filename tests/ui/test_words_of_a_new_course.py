"""A course that has just been begun is spoken of in words: nothing shows how the program tells its parts apart."""

import re
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QPushButton, QWidget

from app.model.course import Course
from app.model.texts import Lang
from app.session.differences import differences
from app.session.value_words import value_words
from app.session.wizard import STEPS, Step
from app.storage.texts_file import load_texts
from app.ui.clause_panel import ClausePanel
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from tests.ui.conftest import Until
from tests.ui.hands import say
from tests.ui.test_nothing_cut_off import views_of

RAW = re.compile(r"\b[a-z]{1,3}-[0-9a-f]{6,}\b")
"""What an element is called in the course file."""


def begun(window: MainWindow, folder: Path) -> CourseScreen:
    """Begin a course with a structure whose parts have no names yet."""
    window.create_course(folder, Course())
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    screen.go_to(Step.PROGRAMME)
    QApplication.processEvents()
    buttons = screen.page(Step.PROGRAMME).findChildren(QPushButton)
    next(button for button in buttons if button.text().startswith("4 × 3")).click()
    return screen


def texts_of(window: QWidget) -> list[str]:
    """Return what labels, buttons and boxes to choose from say."""
    found = [widget.text() for widget in window.findChildren(QLabel)]
    found += [widget.text() for widget in window.findChildren(QAbstractButton)]
    for box in window.findChildren(QComboBox):
        found += [box.itemText(row) for row in range(box.count())]
    return found


def test_no_part_is_called_by_what_the_file_calls_it(window: MainWindow, tmp_path: Path, until: Until) -> None:
    screen = begun(window, tmp_path / "course")
    course = window.open_course
    assert course is not None
    until(lambda: any(finding.element.startswith("tasks/") for finding in course.findings))
    assert RAW.search(course.course.tasks[0].id)
    raw: set[str] = set()
    for step in STEPS:
        screen.go_to(step)
        for _ in views_of(screen.page(step)):
            QApplication.processEvents()
            raw |= {text for text in texts_of(screen) if RAW.search(text)}
    sentences = {course.regulation.text(finding, lang) for finding in course.findings for lang in Lang}
    assert {text for text in raw | sentences if RAW.search(text)} == set()


def test_differences_from_a_backup_are_told_in_words(window: MainWindow, tmp_path: Path) -> None:
    begun(window, tmp_path / "course")
    course = window.open_course
    assert course is not None
    changed = differences(course.course, Course())
    texts = load_texts()
    told = {value_words(value, texts, Lang.KK) for one in changed for value in (one.before, one.after)}
    assert {words for words in told if RAW.search(words) or words in ("module", "course")} == set()


def test_the_explanation_of_a_field_does_not_stay_on_another_page(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    window.create_course(tmp_path / "course", Course())
    until(lambda: window.open_course is not None and bool(window.open_course.findings))
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    screen.show_clause()
    screen.reveal_element("title")
    panel = screen.findChildren(ClausePanel)[0]
    until(lambda: say("clause.none") not in texts_of(panel))
    screen.go_to(Step.SCHEDULE)
    assert say("clause.none") in texts_of(panel)
