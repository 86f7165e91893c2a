"""The window by keys alone: Tab reaches every control, in the order in which one reads, and the focus is seen.

What is to be expected comes from the places of the controls on the screen, not from the layouts by which the program
itself finds the order.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSplitter,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from app.model.course import Course
from app.sample import sample_course
from app.session.wizard import STEPS, Step
from app.ui.author_tools.menu import TOOLS, AuthorTools
from app.ui.clause_panel import ClausePanel
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from app.ui.preview_panel import PreviewPanel
from app.ui.tab_order import focused_in
from app.ui.theme import ThemeChoice
from tests.ui.conftest import Until
from tests.ui.test_nothing_cut_off import views_of

CONTROLS = (*(QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar),)
_WHOLE = (QComboBox, QAbstractSpinBox, QLineEdit, QTabBar, QAbstractItemView)
_MOST_STOPS = 400
LEAST_RING_PX = 24
"""More than a text cursor changes; half the border of a box to tick."""


def small_course() -> Course:
    """Return a course with one of everything, so that a walk through a page is short."""
    full = sample_course()
    module = full.modules[0]
    module = module.model_copy(update={"lessons": module.lessons[:1]})
    lesson = module.lessons[0].id
    return full.model_copy(
        update={
            "authors": full.authors[:1],
            "modules": (module,),
            "tasks": tuple(task for task in full.tasks if task.target_id in (module.id, lesson))[:2],
            "test_bank": full.test_bank[:2],
            "glossary": full.glossary[:2],
            "references": full.references[:2],
            "surveys": full.surveys[:1],
            "outcomes": full.outcomes[:3],
        }
    )


@pytest.fixture
def screen(window: MainWindow, tmp_path: Path, until: Until) -> CourseScreen:
    """Return the screen of a small course in a window in which Tab works."""
    window.create_course(tmp_path / "course", small_course())
    until(lambda: window.open_course is not None and bool(window.open_course.findings))
    shown = window.screen_shown
    assert isinstance(shown, CourseScreen)
    return shown


def walk(window: QWidget) -> list[QWidget]:
    """Press Tab until the first stop comes again."""
    stops: list[QWidget] = []
    for _ in range(_MOST_STOPS):
        QTest.keyClick(focused_in(window) or window, Qt.Key.Key_Tab)
        widget = focused_in(window)
        assert widget is not None
        if stops and widget is stops[-1]:
            continue  # day, month and year of a date are stops within it
        if widget in stops:
            assert widget is stops[0], f"Tab turns back to {told(widget)} and never leaves it"
            return stops
        stops.append(widget)
    raise AssertionError(f"Tab never came back from {told(stops[-1])}")


def told(widget: QWidget) -> str:
    """Return what a person would call a widget."""
    text = widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text or widget.objectName()!r}"


def part_of_a_control(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and (isinstance(parent, _WHOLE) or part_of_a_control(parent))


def controls(window: QWidget) -> Iterator[QWidget]:
    """Yield what a person can work with a mouse."""
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or part_of_a_control(widget) or widget.window() is not window:
            continue
        if isinstance(widget, QAbstractButton) and not widget.isChecked():
            group: object = widget.group()
            if isinstance(group, QButtonGroup) and group.exclusive() and any(b.isChecked() for b in group.buttons()):
                continue  # arrow keys go through a group of which one is chosen
        if widget.isVisible() and widget.isEnabled() and not widget.size().isEmpty():
            yield widget


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def scrolled_by(widget: QWidget) -> QWidget | None:
    """Return the area or pane in which a widget stands: within it one reads from top to bottom."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around.parentWidget(), QSplitter | QScrollArea):
        around = around.parentWidget()
    return around


def jumps(stops: Iterable[QWidget]) -> list[str]:
    """Return the steps that go up in a column, or to the left in a line."""
    found: list[str] = []
    before: QWidget | None = None
    for now in stops:
        if before is not None and scrolled_by(before) is scrolled_by(now):
            one, other = place(before), place(now)
            same_column = one.left() < other.right() and other.left() < one.right()
            same_line = (
                one.top() < other.center().y() < one.bottom() and other.top() < one.center().y() < other.bottom()
            )
            if (same_column and other.bottom() <= one.top()) or (same_line and other.right() <= one.left()):
                found.append(f"{told(before)} -> {told(now)}")
        before = now
    return found


def ring(widget: QWidget) -> int:
    """Return how many pixels of a widget tell that it has the focus."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    with_focus = widget.grab().toImage()
    widget.clearFocus()
    return changed(with_focus, widget.grab().toImage())


def changed(one: QImage, other: QImage) -> int:
    """Return how many pixels of two pictures differ so that it is seen."""
    apart = np.abs(colours(one) - colours(other)).sum(axis=1)
    return int((apart > 90).sum())


def colours(image: QImage) -> NDArray[np.int64]:
    """Return blue, green and red of each pixel."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(plain.constBits(), np.uint8).reshape(-1, 4)[:, :3].astype(np.int64)


def kind_of(widget: QWidget) -> tuple[str, bool, bool, str]:
    """Return what decides how a control is drawn: its kind, whether it stands out, is ticked, or is marked as wrong."""
    primary = isinstance(widget, QPushButton) and widget.property("primary") == "true"
    ticked = isinstance(widget, QCheckBox | QRadioButton) and widget.isChecked()
    name = next(kind.__name__ for kind in type(widget).__mro__ if kind.__module__.startswith("PySide6"))
    return name, primary, ticked, str(widget.property("fault") or "")


def look(where: str, window: QWidget) -> list[str]:
    """Return what is wrong with the way of the Tab key through a window."""
    QApplication.processEvents()
    stops = walk(window)
    faults = [f"{where}: Tab does not reach {told(widget)}" for widget in controls(window) if widget not in stops]
    faults += [f"{where}: {one}" for one in jumps(stops)]
    for stop in stops:
        text_to_scroll = isinstance(stop, ClausePanel | PreviewPanel)
        if not isinstance(stop, CONTROLS) and not text_to_scroll:
            faults.append(f"{where}: Tab stops at {told(stop)}, which is no control")
    return faults


def test_tab_goes_as_one_reads_and_reaches_everything(window: MainWindow, screen: CourseScreen) -> None:
    faults: list[str] = []
    for step in STEPS:
        screen.go_to(step)
        page = screen.page(step)
        QApplication.processEvents()  # what was left for later takes its place
        for view in views_of(page):
            faults += look(f"{step} {view}", window)
    screen.show_clause()
    faults += look("clause", window)
    menu = screen.findChildren(AuthorTools)[0]
    for name, make, _ in TOOLS:
        dialog = menu.show_tool(name, make)
        assert QTest.qWaitForWindowActive(dialog)
        faults += look(f"tool {name}", dialog)
        dialog.close()
    assert not faults, "\n".join(faults)


def test_screens_without_a_course_go_by_keys(window: MainWindow) -> None:
    faults: list[str] = []
    for name, show in (("start", window.show_start), ("studio", window.show_studio), ("review", window.show_review)):
        show()
        faults += look(name, window)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_the_focus_is_seen(window: MainWindow, tmp_path: Path, until: Until, choice: ThemeChoice) -> None:
    window.set_theme(choice)
    unseen: set[str] = set()
    looked_at: set[tuple[str, bool, bool, str]] = set()
    new = Course(university="АТУ")  # its fields are marked as wrong
    for name, course, steps in (("new", new, STEPS[:1]), ("small", small_course(), STEPS)):
        window.create_course(tmp_path / name, course)
        until(lambda: window.open_course is not None and bool(window.open_course.findings))
        shown = window.screen_shown
        assert isinstance(shown, CourseScreen)
        for step in steps:
            shown.go_to(step)
            QApplication.processEvents()
            for control in controls(window):
                kind = kind_of(control)
                if kind not in looked_at and Qt.FocusPolicy.TabFocus in control.focusPolicy():
                    looked_at.add(kind)
                    if ring(control) < LEAST_RING_PX:
                        QApplication.processEvents()  # the page may just have got the part in which it stands
                    if ring(control) < LEAST_RING_PX:
                        unseen.add(f"{told(control)} {kind}")
    assert {"QCheckBox", "QRadioButton", "QTabBar", "QDateEdit", "QListWidget"} <= {kind for kind, *_ in looked_at}
    assert {fault for *_, fault in looked_at} == {"", "fail", "warning"}
    assert not unseen, "\n".join(sorted(unseen))


def test_shift_and_tab_go_the_same_way_back(window: MainWindow) -> None:
    window.show_start()
    QApplication.processEvents()
    there = walk(window)
    back = []
    for _ in there:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        back.append(window.focusWidget())
    first = there.index(back[-1])
    assert list(reversed(back)) == there[first:] + there[:first]


def test_f4_opens_a_calendar_in_the_users_language(window: MainWindow, screen: CourseScreen) -> None:
    screen.go_to(Step.SCHEDULE)
    QApplication.processEvents()
    empty = next(
        edit for edit in screen.page(Step.SCHEDULE).findChildren(QDateEdit) if edit.date() == edit.minimumDate()
    )
    empty.setFocus()
    QTest.keyClick(empty, Qt.Key.Key_F4)
    QApplication.processEvents()
    calendar = empty.findChildren(QCalendarWidget)[0]
    assert calendar.isVisible()
    days = calendar.findChildren(QTableView)[0]
    assert days.rowViewportPosition(6) + days.rowHeight(6) <= days.viewport().height()  # six weeks below the names
    assert calendar.firstDayOfWeek() is Qt.DayOfWeek.Monday
    arrows = [b for b in calendar.findChildren(QToolButton) if "month" in b.objectName() and not b.text()]
    assert {(b.toolTip(), b.accessibleName()) for b in arrows} == {
        ("Алдыңғы ай", "Алдыңғы ай"),
        ("Келесі ай", "Келесі ай"),
    }
    assert calendar.yearShown() > empty.minimumDate().year()
    QTest.keyClick(calendar, Qt.Key.Key_Escape)
    calendar.window().close()
    assert empty.date() == empty.minimumDate()


def test_escape_closes_a_tool_and_enter_searches(window: MainWindow, screen: CourseScreen, until: Until) -> None:
    menu = screen.findChildren(AuthorTools)[0]
    name, make, _ = TOOLS[0]
    dialog = menu.show_tool(name, make)
    assert QTest.qWaitForWindowActive(dialog)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
