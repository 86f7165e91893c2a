"""The builder of the work programme: templates, tree, outcome matrix, effort planner, by real widgets."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDoubleSpinBox, QLabel, QMenu, QTableView, QTreeWidgetItem

from app.model.course import Course
from app.model.tasks import Placement
from app.sample import sample_course
from app.session.outcome_matrix import MatrixKind, with_tick
from app.session.wizard import Step
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from app.ui.open_course import OpenCourse
from app.ui.pages.programme import ProgrammePage
from app.ui.pages.programme_effort import EffortBar
from app.ui.pages.programme_tree import StructureTree
from app.ui.pages.task_outcomes import TaskOutcomesField
from tests.ui.hands import button, named, press, say


def builder(window: MainWindow, folder: Path, course: Course) -> tuple[ProgrammePage, OpenCourse]:
    window.create_course(folder, course)
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    screen.go_to(Step.PROGRAMME)
    QApplication.processEvents()
    page = screen.page(Step.PROGRAMME)
    assert isinstance(page, ProgrammePage)
    assert window.open_course is not None
    return page, window.open_course


def tree_of(page: ProgrammePage) -> StructureTree:
    return page.findChildren(StructureTree)[0]


def row(page: ProgrammePage, top: int, below: int) -> QTreeWidgetItem:
    """Return a row of the tree: the course's own row is the first on top."""
    module = tree_of(page).topLevelItem(top)
    assert module is not None
    lesson = module.child(below)
    assert lesson is not None
    return lesson


def lessons(course: OpenCourse) -> list[list[str]]:
    return [[lesson.id for lesson in module.lessons] for module in course.course.modules]


def from_menu(page: ProgrammePage, name: str) -> None:
    assert say(f"programme.{name}") in page.structure.menu_texts()
    menu = page.structure.findChildren(QMenu)[0]
    next(action for action in menu.actions() if action.text() == say(f"programme.{name}")).trigger()
    QApplication.processEvents()


def test_a_fresh_course_begins_with_a_template_and_one_undo_takes_it_back(window: MainWindow, tmp_path: Path) -> None:
    page, course = builder(window, tmp_path / "course", Course(title="Food safety"))
    press(page, say("builder.template_form", modules=5, lessons=3))
    assert [len(module.lessons) for module in course.course.modules] == [3, 3, 3, 3, 3]
    assert "15" in row(page, 5, 2).text(0)
    course.store.undo()
    QApplication.processEvents()
    assert course.course == Course(title="Food safety")
    assert button(page, say("builder.template_form", modules=5, lessons=3)).isEnabled()


@pytest.mark.parametrize(
    ("chosen", "key", "expected"),
    [
        ("modules/m1/lessons/l3", Qt.Key.Key_Down, [["l1", "l2"], ["l3", "l4", "l5", "l6"]]),
        ("modules/m2/lessons/l4", Qt.Key.Key_Up, [["l1", "l2", "l3", "l4"], ["l5", "l6"]]),
        ("modules/m2", Qt.Key.Key_Up, [["l4", "l5", "l6"], ["l1", "l2", "l3"]]),
    ],
)
def test_alt_and_arrows_move_modules_and_lessons(
    window: MainWindow, tmp_path: Path, chosen: str, key: Qt.Key, expected: list[list[str]]
) -> None:
    page, course = builder(window, tmp_path / "course", sample_course())
    tree = tree_of(page)
    assert page.structure.reveal(chosen)
    tree.setFocus()
    QTest.keyClick(tree, key, Qt.KeyboardModifier.AltModifier)
    QApplication.processEvents()
    assert lessons(course)[:2] == expected
    assert tree.path().endswith(chosen.rpartition("/")[2])  # it stays the chosen one at its new place
    course.store.undo()
    assert course.course == sample_course()


def test_a_lesson_is_dragged_into_another_module(window: MainWindow, tmp_path: Path) -> None:
    page, course = builder(window, tmp_path / "course", sample_course())
    tree = tree_of(page)
    page.structure.reveal("modules/m1/lessons/l1/title")
    box = tree.visualItemRect(row(page, 2, 1))
    place = QPointF(box.center().x(), box.bottom() - 1)
    action, pressed, keys = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tree.dropEvent(QDropEvent(place, action, QMimeData(), pressed, keys))
    QApplication.processEvents()
    assert lessons(course)[:2] == [["l2", "l3"], ["l4", "l5", "l1", "l6"]]
    assert tree.path() == "modules/m2/lessons/l1"


def test_modules_and_lessons_are_split_merged_and_copied_by_menu_and_keys(window: MainWindow, tmp_path: Path) -> None:
    page, course = builder(window, tmp_path / "course", sample_course())
    tree = tree_of(page)
    page.structure.reveal("modules/m1/lessons/l2/title")
    from_menu(page, "split_module")
    assert [len(ids) for ids in lessons(course)] == [1, 2, 3, 3, 3, 3]
    page.structure.reveal("modules/m1/title")
    from_menu(page, "merge")
    assert lessons(course) == lessons_of(sample_course())
    page.structure.reveal("modules/m1/lessons/l2/title")
    from_menu(page, "split_lesson")
    assert [len(ids) for ids in lessons(course)] == [4, 3, 3, 3, 3]
    from_menu(page, "merge")
    assert lessons(course) == lessons_of(sample_course())
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [len(ids) for ids in lessons(course)] == [4, 3, 3, 3, 3]
    QTest.keyClick(tree, Qt.Key.Key_Insert)
    assert [len(ids) for ids in lessons(course)] == [5, 3, 3, 3, 3]
    for _ in range(2):
        tree.setFocus()
        QTest.keyClick(tree, Qt.Key.Key_Delete)
    assert [len(ids) for ids in lessons(course)] == [3, 3, 3, 3, 3]


def lessons_of(course: Course) -> list[list[str]]:
    return [[lesson.id for lesson in module.lessons] for module in course.modules]


def test_a_cell_of_the_matrix_is_ticked_with_the_space_bar(window: MainWindow, tmp_path: Path) -> None:
    page, course = builder(window, tmp_path / "course", sample_course())
    page.show_view(page.outcomes)
    QApplication.processEvents()
    table = named(page, QTableView, say("matrix.name"))
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 1))  # outcome 1.1, lecture 2
    QTest.keyClick(table, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert "o1-1" in course.course.modules[0].lessons[1].outcome_ids
    QTest.keyClick(table, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert course.course == sample_course()


def test_an_outcome_without_a_tick_stands_out(window: MainWindow, tmp_path: Path) -> None:
    page, course = builder(window, tmp_path / "course", sample_course())
    page.show_view(page.outcomes)
    table = named(page, QTableView, say("matrix.name"))
    model = table.model()
    ground = Qt.ItemDataRole.BackgroundRole
    assert model.index(0, 0).data(ground) is None
    table.setCurrentIndex(model.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert course.course.modules[0].lessons[0].outcome_ids == ()
    assert model.index(0, 0).data(ground) is not None
    assert say("matrix.sum", rows=1, columns=1) in [words.text() for words in page.outcomes.findChildren(QLabel)]


def test_minutes_are_planned_beside_their_bar(window: MainWindow, tmp_path: Path) -> None:
    page, course = builder(window, tmp_path / "course", sample_course())
    page.show_view(page.effort)
    QApplication.processEvents()
    bars = page.effort.findChildren(EffortBar)
    assert len(bars) == 6  # the course and five weeks
    before = bars[1].accessibleName()
    spin = named(page.effort, QDoubleSpinBox, say("effort.part.reading"))
    spin.setValue(spin.value() + 30)
    QApplication.processEvents()
    assert course.course.modules[0].effort.reading_min == sample_course().modules[0].effort.reading_min + 30
    assert bars[1].accessibleName() != before
    assert bars[1].accessibleName().endswith(say("effort.verdict.warning", good="180–250", allowed="150–300"))
    page.effort.ensureVisible(0, 0)
    assert not bars[1].grab().isNull()
    assert spin.mapTo(page.effort.viewport(), QPoint(spin.width(), 0)).x() <= page.effort.viewport().width()


def boxes_of(page: ProgrammePage, element: str) -> dict[str, QCheckBox]:
    """Return the boxes of a task's outcomes in their order, by what they say."""
    page.reveal(element)
    QApplication.processEvents()
    field = next(field for field in page.findChildren(TaskOutcomesField) if field.isVisible() and field.path == element)
    return {box.accessibleName(): box for box in field.findChildren(QCheckBox) if box.isVisibleTo(field)}


def test_a_task_is_offered_the_outcomes_of_its_module_and_course_and_keeps_others(
    window: MainWindow, tmp_path: Path
) -> None:
    page, course = builder(window, tmp_path / "course", sample_course())

    def texts(*scopes: str | None) -> list[str]:
        return [o.text for scope in scopes for o in course.course.outcomes if o.module_id == scope]

    task = "tasks/t-p2/outcome_ids"
    foreign = next(o for o in course.course.outcomes if o.module_id == "m4")
    boxes = boxes_of(page, task)
    assert list(boxes) == texts("m2", None)
    final = next(t.id for t in course.course.tasks if t.placement is Placement.COURSE_END)
    assert list(boxes_of(page, f"tasks/{final}/outcome_ids")) == texts(None, "m1", "m2", "m3", "m4", "m5")
    course.store.apply("tick", lambda c: with_tick(c, MatrixKind.TASKS, foreign.id, "t-p2", ticked=True))
    page.refresh()
    boxes = boxes_of(page, task)
    assert list(boxes) == [*texts("m2", None), foreign.text]
    assert boxes[foreign.text].isChecked()
    next(iter(boxes.values())).click()
    chosen = next(t for t in course.course.tasks if t.id == "t-p2").outcome_ids
    assert foreign.id in chosen, "a tick in the form loses none that was made elsewhere"
