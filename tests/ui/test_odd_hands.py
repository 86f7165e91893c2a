"""What people do that nobody thinks of: typing into an empty date, scrolling over a number, Enter in a search field."""

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QDateTimeEdit,
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.checks.papers import is_outdated
from app.model.course import Course
from app.model.errors import ProjectFileError
from app.model.papers import DocumentKind, SignedDocument
from app.model.structure import Lesson, Module
from app.sample import sample_course
from app.session.autosave import SaveState
from app.session.bank_export import Target
from app.session.edit import get_value, set_value
from app.session.wizard import Step
from app.storage import course_folder
from app.storage.course_folder import CourseFolder, read_course
from app.ui.author_tools.review_list import ReviewList
from app.ui.course_screen import CourseScreen
from app.ui.fields import Field
from app.ui.main_window import MainWindow
from app.ui.pages.bank.page import BankPage
from app.ui.pages.base import ColumnPage
from app.ui.pages.documents_box import DocumentsBox
from app.ui.pages.papers import SignedFileField, SignedKindField
from app.ui.pages.programme import ProgrammePage
from app.ui.pages.programme_tree import StructureTree
from tests.ui.conftest import Until
from tests.ui.hands import named, press, say, write
from tests.ui.test_author_tools import COURSE, opened, put, rows, tool
from tests.ui.test_frame import WritesOnLeaving


def field_of(page: QWidget, path: str) -> Field:
    (found,) = [field for field in page.findChildren(Field) if field.path == path]
    return found


@pytest.mark.parametrize("typed", ["03112026", "03.11.2026", "3.11.2026"])
@pytest.mark.parametrize("path", ["first_recording/sent_on", "promo/booking/starts_at"])
def test_a_day_is_typed_into_an_empty_field(window: MainWindow, tmp_path: Path, path: str, typed: str) -> None:
    screen, course = opened(window, tmp_path / "c", Course())
    edit = field_of(screen.page(Step.DESCRIPTION), path).findChildren(QDateTimeEdit)[0]
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(edit, typed)
    value = get_value(course.course, path)
    assert (value.date() if isinstance(value, datetime) else value) == date(2026, 11, 3)
    course.store.undo()
    assert course.course == Course()  # the whole day is one step


@pytest.mark.parametrize("copied", ["03.11.2026", " 3.11.2026\n", "2026-11-03", "03/11/2026"])
def test_a_day_is_pasted_over_whatever_stands_there(window: MainWindow, tmp_path: Path, copied: str) -> None:
    screen, course = opened(window, tmp_path / "c", Course())
    field = field_of(screen.page(Step.DESCRIPTION), "first_recording/sent_on")
    edit = field.findChildren(QDateTimeEdit)[0]
    edit.setFocus()
    for before in (None, date(2020, 1, 1)):
        field.commit(before, merge=False)
        field.refresh()
        QApplication.clipboard().setText(copied)
        QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert course.course.first_recording.sent_on == date(2026, 11, 3)
    QApplication.clipboard().setText("no day")
    QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert course.course.first_recording.sent_on == date(2026, 11, 3)


def test_an_arrow_in_an_empty_field_begins_with_today(window: MainWindow, tmp_path: Path) -> None:
    screen, course = opened(window, tmp_path / "c", Course())
    edit = field_of(screen.page(Step.DESCRIPTION), "first_recording/sent_on").findChildren(QDateTimeEdit)[0]
    edit.setFocus()
    before = QDate.currentDate()
    QTest.keyClick(edit, Qt.Key.Key_Down)
    sent_on = course.course.first_recording.sent_on
    assert sent_on is not None
    assert sent_on in (date(*before.getDate()), date.today())  # noqa: DTZ011 - as the field counts


def turn_wheel(window: MainWindow, widget: QWidget) -> None:
    """Turn the wheel towards oneself with the pointer over a widget."""
    place = QPointF(widget.mapTo(window, widget.rect().center()))
    keys, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, -120), QPoint(0, 0), keys, phase)
    QApplication.processEvents()


def test_the_wheel_scrolls_past_numbers_and_days(window: MainWindow, tmp_path: Path) -> None:
    screen, course = opened(window, tmp_path / "c", sample_course())
    page = screen.page(Step.DESCRIPTION)
    assert isinstance(page, ColumnPage)
    bar = page.column.verticalScrollBar()
    for path in ("credits", "first_recording/sent_on", "promo/booking/starts_at"):
        spin = field_of(page, path).findChildren(QAbstractSpinBox)[0]
        page.column.ensureWidgetVisible(spin)
        bar.setValue(bar.value() - 40)
        before = bar.value()
        turn_wheel(window, spin)
        assert bar.value() > before
        assert course.course == sample_course()
        assert not spin.hasFocus()


def test_the_wheel_turns_the_number_that_one_works_at(window: MainWindow, tmp_path: Path) -> None:
    screen, course = opened(window, tmp_path / "c", sample_course())
    page = screen.page(Step.DESCRIPTION)
    assert page.reveal("credits")
    QApplication.processEvents()
    before = course.course.credits or 0
    turn_wheel(window, field_of(page, "credits").findChildren(QAbstractSpinBox)[0])
    assert course.course.credits == before - 1


def test_a_number_is_rubbed_out_and_typed_anew(window: MainWindow, tmp_path: Path) -> None:
    screen, course = opened(window, tmp_path / "c", set_value(Course(), "credits", 3.0))
    spin = field_of(screen.page(Step.DESCRIPTION), "credits").findChildren(QDoubleSpinBox)[0]
    spin.setFocus()
    spin.selectAll()
    QTest.keyClick(spin, Qt.Key.Key_Delete)
    assert get_value(course.course, "credits") is None
    QTest.keyClicks(spin, "7,5")
    assert get_value(course.course, "credits") == 7.5
    spin.selectAll()
    QTest.keyClick(spin, Qt.Key.Key_Backspace)
    spin.clearFocus()
    assert get_value(course.course, "credits") is None
    assert spin.text() == "—"


@pytest.mark.parametrize("cursor", [0, 1])
def test_a_number_is_typed_beside_the_dash_of_an_empty_field(window: MainWindow, tmp_path: Path, cursor: int) -> None:
    screen, course = opened(window, tmp_path / "c", Course())
    spin = field_of(screen.page(Step.DESCRIPTION), "credits").findChildren(QDoubleSpinBox)[0]
    spin.setFocus(Qt.FocusReason.MouseFocusReason)
    spin.lineEdit().setCursorPosition(cursor)
    QTest.keyClicks(spin, "12")
    assert course.course.credits == 12


def test_a_pasted_title_stays_one_line(window: MainWindow, tmp_path: Path) -> None:
    screen, course = opened(window, tmp_path / "c", Course())
    title = named(screen, QLineEdit, say("field.title"))
    title.setFocus()
    QApplication.clipboard().setText("Food\r\n safety\u2028and\tquality")
    title.paste()
    assert course.course.title == title.text() == "Food safety and quality"
    assert title.cursorPosition() == len(title.text())


def test_a_text_longer_than_qt_allows_loses_nothing_when_it_is_edited(window: MainWindow, tmp_path: Path) -> None:
    long = "a" * 40_000  # a line of Qt's holds 32,767
    screen, course = opened(window, tmp_path / "c", Course(title=long))
    title = named(screen, QLineEdit, say("field.title"))
    QTest.keyClick(title, Qt.Key.Key_End)
    write(title, "b")
    assert course.course.title == f"{long}b"


def test_enter_in_the_search_field_looks_and_replaces_nothing(window: MainWindow, tmp_path: Path, until: Until) -> None:
    screen, course = opened(window, tmp_path / "c", COURSE)
    dialog = tool(screen, "find")
    needle = named(dialog, QLineEdit, say("tools.find.needle"))
    needle.setFocus()
    put(needle, "тағам")
    QTest.keyClick(needle, Qt.Key.Key_Return)
    assert len(rows(dialog)) == 4  # at once, without waiting for the pause
    QTest.keyClick(needle, Qt.Key.Key_Return)
    QTest.keyClick(named(dialog, QLineEdit, say("tools.find.replacement")), Qt.Key.Key_Return)
    assert course.course == COURSE
    assert dialog.isVisible()
    every = next(b for b in dialog.findChildren(QPushButton) if b.text() == say("tools.find.replace_all"))
    every.setFocus()
    QTest.keyClick(every, Qt.Key.Key_Return)  # Enter presses the button that has the focus
    assert course.course.modules[0].title == ""


def test_nothing_is_replaced_before_its_hits_are_shown(window: MainWindow, tmp_path: Path, until: Until) -> None:
    screen, course = opened(window, tmp_path / "c", COURSE)
    dialog = tool(screen, "find")
    needle = named(dialog, QLineEdit, say("tools.find.needle"))
    put(needle, "тағам")
    until(lambda: len(rows(dialog)) == 4)
    put(needle, "тар")
    press(dialog, say("tools.find.replace_all"))
    assert course.course == COURSE


def test_enter_on_a_row_goes_to_its_field_and_restores_no_backup(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    folder = tmp_path / "c"
    CourseFolder.create(folder, COURSE, "atu-2025-02").close()
    with CourseFolder.open(folder, holder="me").folder as writer:
        writer.save(COURSE.model_copy(update={"goal": ""}))
    window.open_folder(folder)
    screen, course = window.screen_shown, window.open_course
    assert isinstance(screen, CourseScreen)
    assert course is not None
    dialog = tool(screen, "backups")
    until(lambda: len(rows(dialog)) == 1)
    course.apply("edit", lambda c: set_value(c, "faculty", "Food"))
    until(lambda: len(rows(dialog)) == 2)  # what restoring would change follows what is written meanwhile
    changes = dialog.findChildren(ReviewList)[0]
    changes.setFocus()
    changes.choose(0)
    QTest.keyClick(changes, Qt.Key.Key_Return)
    assert course.course.goal == ""


def test_a_kind_chosen_after_the_file_makes_no_signed_copy_old(window: MainWindow, tmp_path: Path) -> None:
    document = SignedDocument(id="d", kind=DocumentKind.FORM_02)
    screen, course = opened(window, tmp_path / "c", set_value(sample_course(), "documents", (document,)))
    file = tmp_path / "glossary.pdf"
    file.write_bytes(b"%PDF-1.4")
    page = screen.page(Step.SUBMISSION)
    screen.go_to(Step.SUBMISSION)
    page.findChildren(SignedFileField)[0].attach(file)
    kind = page.findChildren(SignedKindField)[0]
    kind.commit(DocumentKind.GLOSSARY, merge=False)
    (copy,) = course.course.documents
    assert (copy.kind, copy.file is not None) == (DocumentKind.GLOSSARY, True)
    assert copy.data_fingerprint is not None
    assert not is_outdated(course.course, copy)
    course.apply("edit", lambda c: set_value(c, f"glossary/{c.glossary[0].id}/term", "Other"))
    assert is_outdated(course.course, course.course.documents[0])
    kind.commit(DocumentKind.OTHER, merge=False)
    assert not is_outdated(course.course, course.course.documents[0])


@pytest.mark.parametrize("way", ["documents", "bank"])
def test_the_field_in_hand_is_written_before_a_document_or_the_bank_is_saved(
    window: MainWindow, tmp_path: Path, until: Until, way: str
) -> None:
    screen, course = opened(window, tmp_path / "course", sample_course())
    screen.go_to(Step.SUBMISSION)
    edit = WritesOnLeaving(screen._ui, course, "dean", "Dean").put_in(screen)
    edit.clear()
    write(edit, "A. Dean")
    target = tmp_path / "out"
    target.mkdir()
    if way == "documents":
        box = screen.page(Step.SUBMISSION).findChildren(DocumentsBox)[0]
        box._which.setCurrentIndex(box._which.findData("09"))
        box.save(target)
    else:
        bank = screen.page(Step.TEST_BANK)
        assert isinstance(bank, BankPage)
        bank.exporter.write(Target.GIFT, None, target / "bank.txt")
    assert course.course.dean == "A. Dean"
    until(lambda: any(target.iterdir()))


def test_rows_are_marked_on_and_above_a_fault_and_nowhere_else(window: MainWindow, tmp_path: Path) -> None:
    lessons = (Lesson(id="l1"), Lesson(id="l11"))
    course = Course(modules=(Module(id="m1", lessons=lessons), Module(id="m11")))
    screen, _ = opened(window, tmp_path / "c", course)
    screen.go_to(Step.PROGRAMME)
    page = screen.page(Step.PROGRAMME)
    assert isinstance(page, ProgrammePage)
    tree = page.findChildren(StructureTree)[0]
    tree.mark(frozenset({"modules/m1/lessons/l1/video/planned_min", "modules", "title"}))
    bold = {path for path, item in tree._items.items() if item.font(0).bold()}
    assert bold == {"modules/m1", "modules/m1/lessons/l1"}


def test_a_full_disk_is_told_until_there_is_room_again(
    window: MainWindow, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "c"
    screen, course = opened(window, folder, COURSE)

    def full(path: Path, *_: object, **__: object) -> None:
        raise ProjectFileError("disk_full", path=path)

    with monkeypatch.context() as patch:
        patch.setattr(course_folder, "write_atomic", full)
        write(named(screen, QLineEdit, say("field.title")), "x")
        until(lambda: course.save_mark.state is SaveState.FAILED)
        (told,) = screen.messages.texts()
        assert str(folder / "course.mooc") in told
        assert read_course(folder).course == COURSE
    assert course.save_now()
    QApplication.processEvents()
    assert screen.messages.texts() == ()
    assert read_course(folder).course == course.course != COURSE
