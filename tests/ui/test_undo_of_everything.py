"""Every action that changes the course is one step with a name; undo and redo give the same course to the byte.

The window's source tells who changes the course (`call_sites`). Whatever can be pressed, ticked, chosen or typed into
on a page is used once; what needs more than that stands in `DRIVEN_ELSEWHERE` with the test that drives it. A new
action is in neither and fails, as does a step without a name in the user's language.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from app.model.course import Course
from app.model.tasks import Task
from app.session.wizard import STEPS, Step
from app.storage.course_file import encode
from app.ui.course_screen import CourseScreen
from app.ui.fields import Field
from app.ui.item_list import ItemList
from app.ui.main_window import MainWindow
from app.ui.open_course import OpenCourse
from tests.exporters.golden_course import golden_course
from tests.ui.test_ui_texts import sources

_SOURCES = "test_a_source_is_entered_by_fields_for_a_lecture_and_the_list_put_in_order"
DRIVEN_ELSEWHERE = {
    "author_tools/backups_dialog.py:_put_back": "test_a_backup_is_compared_restored_and_the_state_before_is_kept",
    "author_tools/drafts_dialog.py:_apply": "test_ready_texts_fill_what_is_empty_in_one_step",
    "author_tools/find_dialog.py:_put": "test_found_gone_to_replaced_and_undone_in_one_step",
    "author_tools/glossary_dialog.py:_apply": "test_terms_are_suggested_pasted_and_added",
    "author_tools/import_dialog.py:_apply": "test_a_programme_is_read_back_looked_at_and_set_in_one_step",
    "author_tools/links_dialog.py:_on_done": "test_links_are_checked_noted_and_led_to",
    "author_tools/literature_dialog.py:_append": _SOURCES,
    "author_tools/literature_dialog.py:_sort": _SOURCES,
    "author_tools/schedule_dialog.py:_apply": "test_dates_are_planned_shown_and_exported",
    "author_tools/schedule_dialog.py:write_calendar": "test_a_calendar_file_marks_the_course_once",
    "author_tools/typography_dialog.py:_repair": "test_quotes_and_dashes_are_one_step",
    "person_words.py:attest": "test_a_persons_word_is_recorded_with_name_day_and_note",
    "person_words.py:deviate": "test_a_deviation_needs_a_reason_and_turns_the_failure_into_advice",
    "pages/bank/bulk_panel.py:_apply": "test_several_questions_get_a_lecture_and_go_in_one_step_each",
    "pages/bank/duplicates_dialog.py:_remove": "test_exact_repetitions_go_and_come_back_at_once",
    "pages/bank/even_dialog.py:_apply": "test_keys_are_evened_after_a_look",
    "pages/bank/extras.py:_typed": "test_feedback_of_an_option_and_tags_are_written_and_undone_by_name",
    "pages/bank/importing.py:_apply": "test_a_dropped_file_is_reviewed_and_comes_in_as_one_step",
    "pages/bank/page.py:_repair_chosen": "test_all_that_can_be_mended_is_mended_at_once",
    "pages/bank/calculation_editor.py:_add": "test_a_parameterised_question_is_made_and_checked",
    "pages/bank/calculation_editor.py:_write": "test_a_parameterised_question_is_made_and_checked",
    "pages/bank/calculation_editor.py:_remove": "test_a_parameterised_question_is_made_and_checked",
    "pages/bank/page.py:_duplicate": "test_a_question_is_written_without_the_mouse",
    "pages/bank/page.py:_move": "test_a_question_is_written_without_the_mouse",
    "pages/bank/page.py:_remove": "test_several_questions_get_a_lecture_and_go_in_one_step_each",
    "pages/bank/picture_strip.py:_remove": "test_a_picture_comes_in_with_its_words_and_stands_where_it_is_put",
    "pages/bank/picture_strip.py:_insert": "test_a_picture_comes_in_with_its_words_and_stands_where_it_is_put",
    "pages/bank/question_editor.py:_repair": "test_a_question_stays_in_sight_while_it_is_mended",
    "pages/programme_outcomes.py:setData": "test_a_cell_of_the_matrix_is_ticked_with_the_space_bar",
    "pages/recordings.py:_insert": "test_a_course_is_begun_edited_judged_bundled_and_found_again",
    "pages/recordings.py:_on_reported": "test_a_course_is_begun_edited_judged_bundled_and_found_again",
}
"""What a press alone does not reach, and the test that drives it, takes it back and finds the course as it was."""

_INNER = (QAbstractSpinBox, QComboBox, QTabBar, QAbstractItemView)
_DOORS = ("apply", "apply_kept")


@cache
def call_sites() -> dict[str, list[ast.expr]]:
    """Return the labels of all changes of the course, as source, by ``file:function``."""
    found: dict[str, list[ast.expr]] = {}
    for file, tree in sources().items():
        if file == "open_course.py":
            continue  # it hands on what it is given
        for function in _calls_of(tree):
            for door in _DOORS:
                for call in _own_calls(tree, function, door):
                    found.setdefault(f"{file}:{function.name}", []).append(call.args[0])
    return found


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@cache
def _calls_of(tree: ast.Module) -> dict[ast.FunctionDef, list[ast.Call]]:
    """Return the calls of a file by the innermost function that makes them; the file is walked once."""
    found: dict[ast.FunctionDef, list[ast.Call]] = {}
    waiting: list[tuple[ast.AST, ast.FunctionDef | None]] = [(tree, None)]
    while waiting:
        node, owner = waiting.pop()
        if isinstance(node, ast.FunctionDef):
            owner = node
        elif isinstance(node, ast.Call) and owner is not None:
            found.setdefault(owner, []).append(node)
        waiting += ((child, owner) for child in ast.iter_child_nodes(node))
    return found


def _own_calls(tree: ast.Module, function: ast.FunctionDef, name: str) -> Iterator[ast.Call]:
    """Yield the calls of a method of this name in a function, not those in functions inside it."""
    for call in _calls_of(tree).get(function, ()):
        if isinstance(call.func, ast.Attribute) and call.func.attr == name:
            yield call


def is_text(label: ast.expr, file: str, function: str) -> bool:
    """Tell whether a label is a text of the program, wherever in its file it is made."""
    tree = sources()[file]
    if isinstance(label, ast.Call):
        called = label.func.attr if isinstance(label.func, ast.Attribute) else getattr(label.func, "id", "")
        if called == "t":
            return True
        makers = [one for one in _functions(tree) if one.name == called]
        returns = [node.value for one in makers for node in ast.walk(one) if isinstance(node, ast.Return)]
        return bool(returns) and all(value is not None and is_text(value, file, called) for value in returns)
    if not isinstance(label, ast.Name):
        return False
    (owner,) = [one for one in _functions(tree) if one.name == function and _mentions(one, label)]
    names = [argument.arg for argument in owner.args.args]
    if label.id in names:
        place = names.index(label.id) - (names[0] == "self")
        given = [
            (caller.name, call.args[place]) for caller in _calls_of(tree) for call in _own_calls(tree, caller, function)
        ]
        return bool(given) and all(is_text(value, file, name) for name, value in given)
    values = list(_assigned(owner, label.id))
    return bool(values) and all(is_text(value, file, function) for value in values)


def _mentions(function: ast.FunctionDef, label: ast.Name) -> bool:
    return any(node is label for node in ast.walk(function))


def _assigned(function: ast.FunctionDef, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id == name:
                yield node.value
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                yield from (
                    value
                    for one, value in zip(target.elts, node.value.elts, strict=True)
                    if isinstance(one, ast.Name) and one.id == name
                )


@pytest.mark.parametrize("site", sorted(call_sites()))
def test_each_change_has_a_text_as_its_name(site: str) -> None:
    file, _, function = site.partition(":")
    assert [ast.unparse(label) for label in call_sites()[site] if not is_text(label, file, function)] == []


def test_a_change_without_a_name_is_refused(window: MainWindow, tmp_path: Path) -> None:
    window.create_course(tmp_path / "course", golden_course())
    course = window.open_course
    assert course is not None
    with pytest.raises(ValueError, match="name"):
        course.apply(" ", lambda now: now.model_copy(update={"title": "x"}))
    assert course.course == golden_course()


def test_what_is_driven_elsewhere_is_driven() -> None:
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in Path(__file__).parent.glob("test_*.py")]
    tests = {function.name for tree in trees for function in _functions(tree)}
    assert set(DRIVEN_ELSEWHERE.values()) - tests == set()
    assert DRIVEN_ELSEWHERE.keys() - call_sites().keys() == set()


class Witness:
    """Watches the store: what each action did, from where in the window, and whether it can be taken back."""

    def __init__(self, course: OpenCourse, monkeypatch: pytest.MonkeyPatch) -> None:
        self.course = course
        self.sites: set[str] = set()
        self.faults: list[str] = []
        self.labels: set[str] = set()
        self.steps = 0
        self.base = course.course
        self.base_bytes = self.bytes_of(course.course)
        for door in _DOORS:
            monkeypatch.setattr(course, door, self._watched(getattr(course, door)))

    def _watched(self, apply: Callable[..., object]) -> Callable[..., object]:
        def watched(*arguments: object) -> object:
            caller = sys._getframe(1).f_code
            file = caller.co_filename.replace("\\", "/").partition("/app/ui/")[2]
            before = self.course.course
            result = apply(*arguments)
            if self.course.course is not before:
                self.steps += 1
                self.sites.add(f"{file}:{caller.co_qualname.partition('.<locals>')[0].rpartition('.')[2]}")
            return result

        return watched

    @staticmethod
    def bytes_of(course: Course) -> bytes:
        return encode(course, "atu-2025-02")

    def bytes(self) -> bytes:
        return self.bytes_of(self.course.course)

    def see(self, what: str, action: Callable[[], object]) -> None:
        """Do something; whatever it changed must be one named step that goes back and forth to the byte."""
        store, old = self.course.store, self.course.course
        self.steps = 0
        action()
        QApplication.processEvents()
        if self.course.course is old:
            return
        if old is not self.base:
            self.base, self.base_bytes = old, self.bytes_of(old)
        before, after = self.base_bytes, self.bytes()
        if self.steps != 1:
            self.faults.append(f"{what}: {self.steps} steps")
        label = store.undo_label or ""
        self.labels.add(label)
        if not label.strip() or "undo." in label or "{" in label:
            self.faults.append(f"{what}: the step is called {label!r}")
        if store.undo() != label or self.bytes() != before:
            self.faults.append(f"{what}: undo of {label!r} does not give the course before it")
        if store.redo() != label or self.bytes() != after:
            self.faults.append(f"{what}: redo of {label!r} does not give the course after it")
        store.undo()
        QApplication.processEvents()


def kind_of(widget: QWidget) -> str:
    """Return what a widget is to the course: fields of one class are alike, as are the buttons of all lists."""
    owner: QWidget | None = widget
    while owner is not None and not isinstance(owner, Field | ItemList):
        owner = owner.parentWidget()
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    if isinstance(owner, ItemList):
        return f"list {widget.toolTip() if isinstance(widget, QToolButton) else 'add'}"
    if owner is not None:
        return f"{type(owner).__name__} {type(widget).__name__} {widget.toolTip()}"
    return f"{type(widget).__name__} {widget.accessibleName() or text or widget.toolTip()}"


def can_be_used(widget: QWidget) -> bool:
    return isValid(widget) and widget.isVisible() and widget.isEnabled()


def type_into(widget: QWidget) -> None:
    """Change an editor by one key."""
    widget.setFocus()
    if isinstance(widget, QComboBox):
        last = widget.currentIndex() == widget.count() - 1
        QTest.keyClick(widget, Qt.Key.Key_Home if last else Qt.Key.Key_End)
    elif isinstance(widget, QAbstractSpinBox):
        QTest.keyClick(widget, Qt.Key.Key_Up)
    else:
        QTest.keyClick(widget, Qt.Key.Key_End)
        QTest.keyClick(widget, Qt.Key.Key_X)


def deeds(widget: QWidget) -> Iterator[Callable[[], object]]:
    """Yield what a button does: its click, or each entry of its menu."""
    menu = widget.menu() if isinstance(widget, QPushButton | QToolButton) else None
    if not isinstance(menu, QMenu):
        assert isinstance(widget, QAbstractButton)
        yield widget.click
        return
    menu.aboutToShow.emit()
    for place in range(len(menu.actions())):
        menu.aboutToShow.emit()  # it may be filled by what is chosen just then
        action = menu.actions()[place]
        if action.isEnabled() and not action.isSeparator():
            yield action.trigger


def close_dialogs() -> None:
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog) and one.isVisible():
            one.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def use_everything(witness: Witness, part: QWidget, seen: set[str]) -> None:
    """Use each button of a part of the window and each kind of field once: what is alike has one way to the course."""

    for widget in list(usable(part)):
        if not can_be_used(widget):
            continue  # it went with what was done before
        name = f"{type(part).__name__} {kind_of(widget)}"
        if name in seen:
            continue
        seen.add(name)
        for deed in deeds(widget) if isinstance(widget, QAbstractButton) else [partial(type_into, widget)]:
            witness.see(name, deed)
            close_dialogs()


def usable(part: QWidget) -> Iterator[QWidget]:
    for kind in (QPlainTextEdit, QAbstractSpinBox, QComboBox, QLineEdit, QAbstractButton):
        for widget in part.findChildren(kind):
            if can_be_used(widget) and not isinstance(widget.parentWidget(), _INNER):
                yield widget


def views(screen: CourseScreen, course: Course) -> Iterator[QWidget]:
    """Yield every page in every view, with an element of each kind chosen."""
    chosen: dict[Step, list[str]] = {
        Step.PROGRAMME: [path for one in course.outcomes[:1] for path in (f"outcomes/{one.id}/text",)],
        Step.ASSESSMENT: [f"tasks/{task.id}/title" for task in course.tasks],
        Step.TEST_BANK: [f"test_bank/{one.id}/stem" for one in course.test_bank if one.id.startswith("o")],
    }
    for module in course.modules[:2]:
        path = f"modules/{module.id}"
        chosen[Step.PROGRAMME] += [f"{path}/title", *(f"{path}/lessons/{one.id}/title" for one in module.lessons[:2])]
        chosen[Step.PROGRAMME] += [f"{path}/lessons/{module.lessons[0].id}/blocks/{module.lessons[0].blocks[0].id}"]
    for step in STEPS if course.modules else (Step.PROGRAMME, Step.ASSESSMENT):
        screen.go_to(step)
        page = screen.page(step)
        tabs = page.findChildren(QTabWidget)
        for place in range(tabs[0].count()) if tabs else ():
            tabs[0].setCurrentIndex(place)
            QApplication.processEvents()
            yield page
        for element in chosen.get(step, ()) if step is Step.TEST_BANK else ("", *chosen.get(step, ())):
            page.reveal(element)
            QApplication.processEvents()
            yield page


def test_each_action_is_one_named_step_there_and_back(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ask in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        nothing = "" if ask == "getExistingDirectory" else ([] if ask == "getOpenFileNames" else "", "")
        monkeypatch.setattr(QFileDialog, ask, lambda *_, nothing=nothing, **__: nothing)
    monkeypatch.setattr(OpenCourse, "judge", lambda _: None)  # no finding changes the course
    sites: set[str] = set()
    for name, start in (("filled", golden_course()), ("bare", Course(tasks=(Task(id="t"),)))):
        window.create_course(tmp_path / name, start)
        screen, course = window.screen_shown, window.open_course
        assert isinstance(screen, CourseScreen)
        assert course is not None
        screen.setUpdatesEnabled(False)  # nobody looks
        witness = Witness(course, monkeypatch)
        seen: set[str] = set()
        for page in views(screen, start):
            use_everything(witness, page, seen)
        assert witness.faults == []
        sites |= witness.sites
    assert sorted(call_sites().keys() - sites - DRIVEN_ELSEWHERE.keys()) == []
