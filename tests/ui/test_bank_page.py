"""The test bank's page through its real widgets."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QRadioButton, QTableView

from app.model.course import Course
from app.model.finding import Finding, Severity, Status
from app.model.tasks import AnswerKind, Question
from app.model.texts import Lang
from app.sample import sample_course
from app.session.bank_index import ANY
from app.session.wizard import Step
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from app.ui.open_course import OpenCourse
from app.ui.pages.bank.choice_box import ChoiceBox
from app.ui.pages.bank.page import BankPage
from tests.ui.conftest import Until
from tests.ui.hands import button, named, press, say, write

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FRUIT = ("Apple", "Beet", "Carrot", "Dill", "Endive")


class Bank:
    """The page and what a person does with it."""

    def __init__(self, window: MainWindow, folder: Path, course: Course, lang: Lang = Lang.KK) -> None:
        window.create_course(folder, course)
        screen = window.screen_shown
        assert isinstance(screen, CourseScreen)
        assert window.open_course is not None
        self.screen = screen
        self.open: OpenCourse = window.open_course
        screen.go_to(Step.TEST_BANK)
        QApplication.processEvents()
        page = screen.page(Step.TEST_BANK)
        assert isinstance(page, BankPage)
        self.page = page
        self.view = named(page, QTableView, say("bank.list", lang))

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.open.course.test_bank

    def rows(self) -> list[str]:
        model = self.view.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def choose(self, *rows: int) -> None:
        self.view.clearSelection()
        flags = QItemSelectionModel.SelectionFlag
        for row in rows:
            self.view.selectionModel().setCurrentIndex(self.view.model().index(row, 0), flags.Select)
        QApplication.processEvents()

    def filter(self, name: str, value: object) -> None:
        named(self.page, ChoiceBox, say(name)).choose(value)
        QApplication.processEvents()


@pytest.fixture
def bank(window: MainWindow, tmp_path: Path) -> Bank:
    return Bank(window, tmp_path / "course", sample_course())


def key(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)
    QApplication.processEvents()


def type_text(text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)
    QApplication.processEvents()


def test_a_question_is_written_without_the_mouse(bank: Bank) -> None:
    before = len(bank.questions)
    bank.choose(before - 1)
    bank.view.setFocus()
    key(Qt.Key.Key_Return, CONTROL)  # behind the last one: a new one
    type_text("Fruit?")
    named(bank.page, QPlainTextEdit, say("bank.option", letter="A")).setFocus()
    for option in FRUIT:
        type_text(option)
        key(Qt.Key.Key_Return)
    key(Qt.Key.Key_2, ALT)
    question = bank.questions[-1]
    assert len(bank.questions) == before + 1
    assert (question.stem, question.options, question.correct) == ("Fruit?", FRUIT, (1,))
    assert question.lesson_id == bank.questions[-2].lesson_id
    key(Qt.Key.Key_Up, ALT)
    assert bank.questions[-2].id == question.id
    key(Qt.Key.Key_Return, CONTROL)  # there is a next one now
    assert len(bank.questions) == before + 1
    bank.choose(0)
    press(bank.page, say("bank.duplicate"))
    assert len(bank.questions) == before + 2
    bank.open.store.undo()
    assert len(bank.questions) == before + 1


def test_several_questions_get_a_lecture_and_go_in_one_step_each(bank: Bank) -> None:
    before, rows = bank.questions, (2, 5, 9)
    ids = {before[row].id for row in rows}
    lesson = bank.open.course.modules[-1].lessons[-1]
    bank.choose(*rows)
    named(bank.page, ChoiceBox, say("field.question.lesson")).choose(lesson.id)
    press(bank.page, say("bank.assign"))
    assert {q.id for q in bank.questions if q.lesson_id == lesson.id} >= ids
    assert len(bank.view.selectionModel().selectedRows()) == len(rows)  # one may go on with them
    bank.open.store.undo()
    assert bank.questions == before
    bank.choose(*rows)
    bank.view.setFocus()
    key(Qt.Key.Key_Delete)
    assert [q.id for q in bank.questions] == [q.id for q in before if q.id not in ids]
    bank.open.store.undo()
    assert bank.questions == before


def test_the_list_is_filtered_and_a_finding_opens_the_filter(bank: Bank) -> None:
    lesson = bank.open.course.modules[0].lessons[0]
    bank.filter("bank.filter_lesson", frozenset({lesson.id}))
    assert len(bank.rows()) == sum(q.lesson_id == lesson.id for q in bank.questions) < len(bank.questions)
    hidden = next(q for q in bank.questions if q.lesson_id != lesson.id)
    bank.screen.reveal(
        Finding(
            rule="F05.2",
            status=Status.FAIL,
            severity=Severity.MUST,
            message="count",
            due="S13",
            element=f"test_bank/{hidden.id}/options",
        )
    )
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPlainTextEdit)
    assert focus.accessibleName() == say("bank.option", letter="A")
    assert focus.toPlainText() == hidden.options[0]
    assert len(bank.rows()) == len(bank.questions)


def test_a_question_stays_in_sight_while_it_is_mended(window: MainWindow, tmp_path: Path, until: Until) -> None:
    faulty = Question(id="qx", stem="A fruit\u200b of these?", options=FRUIT, correct=(0,))
    sample = sample_course()
    bank = Bank(window, tmp_path / "course", sample.model_copy(update={"test_bank": (*sample.test_bank, faulty)}))
    until(lambda: bank.rows()[-1].startswith("▲ "))
    bank.filter("bank.filter_problem", "invisible_characters")
    assert len(bank.rows()) == 1
    press(bank.page, say("bank.repair"))
    assert bank.questions[-1].stem == "A fruit of these?"
    assert len(bank.rows()) == 1
    until(lambda: not bank.rows()[0].startswith("▲ "))
    bank.open.store.undo()
    assert bank.questions[-1] == faulty


def test_all_that_can_be_mended_is_mended_at_once(window: MainWindow, tmp_path: Path, until: Until) -> None:
    faulty = tuple(Question(id=f"q{n}", stem=f"Fruit {n}\nhere?", options=FRUIT, correct=(0,)) for n in range(3))
    bank = Bank(window, tmp_path / "course", Course(test_bank=faulty))
    bank.filter("bank.filter_problem", ANY)
    until(lambda: len(bank.rows()) == 3)
    bank.choose(0, 1, 2)
    press(bank.page, say("bank.repair_all"))
    assert [q.stem for q in bank.questions] == ["Fruit 0 here?", "Fruit 1 here?", "Fruit 2 here?"]
    bank.open.store.undo()
    assert bank.questions == faulty


def test_other_kinds_have_answers_of_their_own(bank: Bank) -> None:
    bank.choose(0)
    question = bank.questions[0]
    kinds = named(bank.page, ChoiceBox, say("bank.filter_kind"))
    assert kinds.isEnabled()
    bank.open.apply("kind", lambda course: with_kind(course, question.id, AnswerKind.CHOICE_MULTI))
    QApplication.processEvents()
    boxes = [box for box in bank.page.findChildren(QCheckBox) if box.text() in ("A.", "F.") and box.isVisible()]
    assert [box.text() for box in boxes] == ["A.", "F."]
    QTest.mouseClick(boxes[0], Qt.MouseButton.LeftButton, pos=boxes[0].rect().topLeft() + boxes[0].rect().center() / 4)
    QApplication.processEvents()
    bank.open.apply("kind", lambda course: with_kind(course, question.id, AnswerKind.MATCHING))
    QApplication.processEvents()
    write(named(bank.page, QLineEdit, say("bank.pair_right", n=1)), "x")
    assert bank.questions[0].answers == ("x",)
    bank.open.apply("kind", lambda course: with_kind(course, question.id, AnswerKind.CHOICE_SINGLE))
    QApplication.processEvents()
    assert len([b for b in bank.page.findChildren(QRadioButton) if b.isVisible()]) == 5


def with_kind(course: Course, question_id: str, kind: AnswerKind) -> Course:
    bank = tuple(q.model_copy(update={"kind": kind}) if q.id == question_id else q for q in course.test_bank)
    return course.model_copy(update={"test_bank": bank})


def test_an_empty_bank_says_what_to_do(window: MainWindow, tmp_path: Path) -> None:
    bank = Bank(window, tmp_path / "course", Course())
    assert bank.rows() == []
    press(bank.page, say("bank.add"))
    assert len(bank.rows()) == 1
    bank.view.setFocus()
    key(Qt.Key.Key_Delete)
    assert bank.rows() == []
    assert button(bank.page, say("bank.add")).isEnabled()
