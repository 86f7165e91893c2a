"""Every page, dialog and pane is whole at 1366 x 768 and at 200 % on the same panel, in three languages.

A text that does not fit, a control that no scroll bar reaches, a sign that nothing explains: each is a fault here, so
that a longer Kazakh or Russian wording cannot break a page unseen.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from app.model.course import Course
from app.model.texts import Lang
from app.sample import sample_course
from app.session.wizard import STEPS, Step
from app.ui.author_tools.menu import TOOLS, AuthorTools
from app.ui.course_screen import CourseScreen
from app.ui.flow_layout import FlowLayout
from app.ui.main_window import MainWindow
from app.ui.widgets import GrowingTextEdit
from tests.ui.conftest import Until
from tests.ui.fitting import faults_of

PANEL = (1366, 728)
"""1366 x 768 without the taskbar."""
REVEALED = ("modules/m2/lessons/l5/title", "outcomes/o2-2/text", "tasks/t-p1/title")
"""Elements of the sample course that have a form of their own on a page."""
ENLARGED = (683, 344)
"""The same panel at 200 %, in the logical pixels that Qt lays out in."""


_COME_TO_REST_S = 10.0


def faults_at_rest(widget: QWidget) -> list[str]:
    """Return the faults that are left when layouts that depend on each other have come to rest."""
    end_s = time.monotonic() + _COME_TO_REST_S
    for _ in range(4):
        QApplication.processEvents()
    faults = faults_of(widget)
    while faults and time.monotonic() < end_s:
        QApplication.processEvents()
        faults = faults_of(widget)
    return faults


def views_of(page: QWidget) -> Iterator[int]:
    """Show one view of a page after the other; a page without views is shown as it is."""
    tabs = page.findChildren(QTabWidget)
    for place in range(tabs[0].count()) if tabs else ():
        tabs[0].setCurrentIndex(place)
        yield place
    if not tabs:
        yield 0


@pytest.mark.parametrize("lang", list(Lang))
def test_nothing_is_cut_off(window: MainWindow, tmp_path: Path, until: Until, lang: Lang) -> None:
    faults: dict[str, list[str]] = {}

    def look(place: str, widget: QWidget, size: tuple[int, int]) -> None:
        found = faults_at_rest(widget)
        assert widget.width() <= size[0], place
        assert widget.height() <= size[1], place
        if found:
            faults[f"{place} at {size[0]} x {size[1]}"] = found

    window.set_language(lang)
    for size in (PANEL, ENLARGED):
        window.show_start()
        window.resize(*size)
        look("start", window, size)
        window.show_studio()
        look("studio", window, size)
        window.show_review()
        look("review of a bundle", window, size)
    window.create_course(tmp_path / "new", Course())  # what is offered where nothing is yet
    for step in (Step.DESCRIPTION, Step.PROGRAMME, Step.ASSESSMENT):
        assert isinstance(window.screen_shown, CourseScreen)
        window.screen_shown.go_to(step)
        look(f"new {step}", window, ENLARGED)
    window.create_course(tmp_path / "course", sample_course())
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    until(lambda: window.open_course is not None and bool(window.open_course.findings))
    menu = screen.findChildren(AuthorTools)[0]
    for size in (ENLARGED, PANEL):
        window.resize(*size)
        for step in STEPS:
            if step is Step.TEST_BANK:
                continue  # an editor of its own kind, with tests of its own
            screen.go_to(step)
            for view in views_of(screen.page(step)):
                look(f"{step} {view}", window, size)
        for element in REVEALED:
            screen.reveal_element(element)
            look(element, window, size)
        screen.show_clause()
        look("clause", window, size)
        for name, make, _ in TOOLS:
            dialog = menu.show_tool(name, make)
            dialog.resize(min(dialog.width(), size[0]), min(dialog.height(), size[1]))
            look(f"tool {name}", dialog, size)
            dialog.close()
    assert faults == {}


def bars_around_bars(widget: QWidget) -> list[str]:
    """Return the scroll areas in sight that stand in another one, where both have a bar."""
    scrolling = [
        area for area in widget.findChildren(QScrollArea) if area.isVisible() and area.verticalScrollBar().isVisible()
    ]
    return [type(inner).__name__ for outer in scrolling for inner in scrolling if outer.isAncestorOf(inner)]


def test_a_page_has_no_scroll_bar_beside_a_scroll_bar(window: MainWindow, tmp_path: Path, until: Until) -> None:
    window.set_language(Lang.RU)
    window.resize(*ENLARGED)
    window.create_course(tmp_path / "course", sample_course())
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    for step in STEPS:
        if step is Step.TEST_BANK:
            continue
        screen.go_to(step)
        page = screen.page(step)
        for view in views_of(page):
            place = f"{step} {view}"
            until(lambda: bars_around_bars(screen) == [])
            assert bars_around_bars(screen) == [], place
    screen.reveal_element("outcomes/o2-2/text")
    until(lambda: bars_around_bars(screen) == [])
    field = window.focusWidget()
    assert isinstance(field, GrowingTextEdit)
    until(lambda: field.visibleRegion().boundingRect().height() == field.height())


def test_buttons_go_on_in_the_next_line(application: QApplication) -> None:
    buttons = [QPushButton(f"Button {number}") for number in range(5)]
    holder = QWidget()
    holder.setLayout(FlowLayout(*buttons))
    wide = sum(button.sizeHint().width() for button in buttons) + 100
    for width in (wide, wide // 2, wide // 4):
        height = holder.heightForWidth(width)
        holder.setFixedSize(width, height)
        holder.show()
        application.processEvents()
        assert all(holder.rect().contains(button.geometry()) for button in buttons), width
        lines = len({button.y() for button in buttons})
        assert (lines == 1) is (width == wide)
    holder.close()


@pytest.mark.parametrize("times", [8, 10, 12, 14, 20])
def test_a_long_text_keeps_clear_of_its_scroll_bar(application: QApplication, times: int) -> None:
    page = QWidget()
    edit = GrowingTextEdit()
    QVBoxLayout(page).addWidget(edit)
    edit.setPlainText("Тағам қауіпсіздігін басқаруды үйрететін курс жайлы сөйлем. " * times)
    page.resize(400, 700)
    page.show()
    assert faults_at_rest(page) == []
    for width_px in (340, 520, 360):
        page.resize(width_px, 700)
        assert faults_at_rest(page) == []
    page.close()
