"""Questionnaires in the window (12.10.1): each has its questions as soon as it is there, and says how many."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from app.model.course import Course
from app.model.teaching import SurveyWhen
from app.session.wizard import Step
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from app.ui.open_course import OpenCourse
from app.ui.pages.base import Page
from app.ui.pages.surveys import SurveyQuestions
from tests.ui.hands import press, say, write


def assessment(window: MainWindow, folder: Path) -> tuple[OpenCourse, Page]:
    """Return a new course and its page of tasks and questionnaires."""
    window.create_course(folder, Course())
    course = window.open_course
    assert course is not None
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    screen.go_to(Step.ASSESSMENT)
    QApplication.processEvents()
    return course, screen.page(Step.ASSESSMENT)


def test_a_new_questionnaire_takes_questions_at_once(window: MainWindow, tmp_path: Path) -> None:
    course, page = assessment(window, tmp_path / "course")
    add = say("list.add", what=say("field.surveys"))
    press(page, add)
    press(page, add)
    assert [survey.when for survey in course.course.surveys] == [SurveyWhen.ENTRY, SurveyWhen.EXIT]
    questions = page.findChildren(SurveyQuestions)[0]
    for when in ("entry", "exit"):
        press(page, say(f"surveys.add.{when}"))
        focused = QApplication.focusWidget()
        assert isinstance(focused, QPlainTextEdit)
        write(focused, when)
    assert [[q.text for q in survey.questions] for survey in course.course.surveys] == [["entry"], ["exit"]]
    for _ in range(15):
        press(page, say("surveys.add.exit"))
    too_many = say("surveys.count", n=16, most=15)
    shown = [note for note in questions.findChildren(QLabel) if note.text() == too_many]
    assert [note.property("role") for note in shown] == ["fail"]  # 12.10.1b: at most 15
    course.store.undo()
    assert [note.property("role") for note in shown] == ["muted"]


def test_a_removed_questionnaire_takes_its_questions_along(window: MainWindow, tmp_path: Path) -> None:
    course, page = assessment(window, tmp_path / "course")
    press(page, say("list.add", what=say("field.surveys")))
    questions = page.findChildren(SurveyQuestions)[0]
    assert len(questions.lists()) == 1
    course.store.undo()
    assert questions.lists() == []
