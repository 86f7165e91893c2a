"""The way out where a course's own folder does not take it: a copy in another folder, with everything in it."""

import shutil
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.session.edit import set_value
from app.storage.course_folder import CourseFolder, read_course
from app.ui.author_tools.menu import AuthorTools
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from app.ui.open_course import OpenCourse
from tests.ui.conftest import Until
from tests.ui.hands import named, say, write


def opened(window: MainWindow) -> tuple[CourseScreen, OpenCourse]:
    QApplication.processEvents()
    screen, course = window.screen_shown, window.open_course
    assert isinstance(screen, CourseScreen)
    assert course is not None
    return screen, course


def begun(window: MainWindow, folder: Path) -> tuple[CourseScreen, OpenCourse]:
    """Return a course with a picture among its materials."""
    window.create_course(folder, Course())
    screen, course = opened(window)
    (folder / "materials" / "plan.png").write_bytes(b"picture")
    course.attachments["materials/plan.png"] = AttachmentFacts(path="materials/plan.png")
    return screen, course


def test_a_copy_has_words_and_files_and_the_work_goes_on_in_it(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    screen, course = begun(window, old)
    menu = screen.findChildren(AuthorTools)[0].menu()
    assert isinstance(menu, QMenu)
    assert say("copy.menu") in [action.text() for action in menu.actions()]
    write(named(screen, QLineEdit, say("field.title")), "Food safety")
    window.save_copy(new)
    until(lambda: window.open_course is not course)
    screen, copied = opened(window)
    assert copied.folder == new
    assert (new / "materials" / "plan.png").read_bytes() == b"picture"
    assert read_course(old).course.title == read_course(new).course.title == "Food safety"
    assert screen.messages.texts() == (say("copy.done", path=new),)
    copied.apply("words", lambda one: set_value(one, "title", "Food chemistry"))
    assert copied.save_now()
    assert (read_course(old).course.title, read_course(new).course.title) == ("Food safety", "Food chemistry")
    CourseFolder.open(old, holder="a colleague").folder.close()  # it is free


def test_nothing_is_lost_where_the_folder_is_gone(window: MainWindow, tmp_path: Path, until: Until) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    _, course = begun(window, old)
    shutil.rmtree(old)
    course.apply("words", lambda one: set_value(one, "title", "Written afterwards"))
    assert not course.save_now()
    window.save_copy(new)
    until(lambda: window.open_course is not course)
    screen, _ = opened(window)
    assert read_course(new).course.title == "Written afterwards"
    assert say("copy.lost", files="materials/plan.png") in screen.messages.texts()


def test_another_course_is_never_written_over(window: MainWindow, tmp_path: Path, until: Until) -> None:
    old, other = tmp_path / "old", tmp_path / "other"
    CourseFolder.create(other, Course(title="Other"), "x").close()
    screen, course = begun(window, old)
    before = len(screen.messages.texts())
    window.save_copy(other)
    until(lambda: len(screen.messages.texts()) > before + 1)  # that it is on its way, then why not
    assert window.open_course is course
    assert read_course(other).course.title == "Other"
    assert not (other / "materials" / "plan.png").exists()
