"""What the user arranged is there again: after another language, and after the program was closed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QEvent
from PySide6.QtWidgets import QApplication, QSplitter, QTabBar, QTabWidget

from app.model.course import Course
from app.model.texts import Lang
from app.sample import sample_course
from app.session.wizard import Step
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from app.ui.preferences import Preferences

Start = Callable[[], MainWindow]
WITH_TABS = (Step.PROGRAMME, Step.MATERIALS, Step.TEST_BANK)
WITH_PANES = (Step.PROGRAMME, Step.MATERIALS, Step.ASSESSMENT, Step.TEST_BANK)


def short_course() -> Course:
    """Return the sample course with one module and one question: its pages are made fast."""
    sample = sample_course()
    modules = sample.modules[:1]
    tasks = tuple(task for task in sample.tasks if task.target_id == modules[0].id)
    return Course(modules=modules, tasks=tasks, test_bank=sample.test_bank[:1], outcomes=sample.outcomes[:2])


@pytest.fixture
def start(application: QApplication, tmp_path: Path) -> Iterator[Start]:
    """Start the program again and again with the same settings."""
    windows: list[MainWindow] = []

    def new() -> MainWindow:
        for window in windows:
            window.close()
        made = MainWindow(load_texts(), load_regulation(), Preferences(tmp_path / "settings"))
        made.resize(1366, 768)
        made.show()
        if windows:
            made.open_folder(tmp_path / "course")
        else:
            made.create_course(tmp_path / "course", short_course())
        windows.append(made)
        return made

    yield new
    for window in windows:
        window.close()
        window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def screen_of(window: MainWindow) -> CourseScreen:
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    return screen


def panes(window: MainWindow, step: Step) -> QSplitter:
    screen_of(window).go_to(step)
    QApplication.processEvents()
    return next(s for s in screen_of(window).page(step).findChildren(QSplitter) if s.isVisible())


def drag(splitter: QSplitter, by: int) -> list[int]:
    """Move the first handle as the mouse does; Qt tells of it by `splitterMoved`."""
    splitter.moveSplitter(splitter.sizes()[0] + by, 1)
    return splitter.sizes()


def tabs(window: MainWindow, step: Step) -> QTabWidget | QTabBar:
    page = screen_of(window).page(step)
    found = page.findChildren(QTabWidget)
    return found[0] if found else page.findChildren(QTabBar)[0]


def test_panes_of_the_pages_keep_their_sizes(start: Start) -> None:
    window = start()
    before = {step: panes(window, step).sizes() for step in WITH_PANES}
    wanted = {step: drag(panes(window, step), 45) for step in WITH_PANES}
    assert all(wanted[step] != before[step] for step in WITH_PANES)
    window.set_language(Lang.RU)
    assert {step: panes(window, step).sizes() for step in WITH_PANES} == wanted
    again = start()
    assert {step: panes(again, step).sizes() for step in WITH_PANES} == wanted


def test_the_tabs_of_the_pages_stay_in_front(start: Start) -> None:
    window = start()
    for step in WITH_TABS:
        tabs(window, step).setCurrentIndex(1)
    again = start()
    assert [tabs(again, step).currentIndex() for step in WITH_TABS] == [1, 1, 1]


def test_the_panel_beside_the_page_and_its_width_are_there_again(start: Start, tmp_path: Path) -> None:
    window = start()
    screen_of(window).show_clause()
    outer = screen_of(window).findChildren(QSplitter)[0]
    wanted = drag(outer, -60)
    again = screen_of(start())
    clause = load_texts().get("ui.course.tab_clause", Preferences(tmp_path / "settings").language)
    panel = next(t for t in again.findChildren(QTabWidget) if t.tabText(2) == clause)
    assert panel.currentIndex() == 2
    assert again.findChildren(QSplitter)[0].sizes() == wanted


def test_settings_that_make_no_sense_leave_the_page_as_it_is(start: Start, tmp_path: Path) -> None:
    start().close()
    settings = Preferences(tmp_path / "settings")
    settings.store_number("arranged/programme_view", 7)
    settings.store_bytes("arranged/bank", QByteArray(b"nonsense"))
    settings.sync()
    window = start()
    assert screen_of(window).page(Step.PROGRAMME).findChildren(QTabWidget)[0].currentIndex() == 0
    assert all(size > 0 for size in panes(window, Step.TEST_BANK).sizes())
