"""A test of twelve questions made with the keyboard alone, and what is done with many of them at once."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton

from app.model.tasks import Question
from app.session.bank_index import ANY, NONE
from app.ui.main_window import MainWindow
from app.ui.pages.bank.bulk_panel import BulkPanel
from app.ui.pages.bank.choice_box import ChoiceBox
from app.ui.pages.bank.duplicates_dialog import DuplicatesDialog
from tests.ui.conftest import Until
from tests.ui.hands import named, press, say
from tests.ui.test_bank_page import ALT, CONTROL, Bank, key, type_text
from tests.ui.test_bank_windows import dialog, small

MOST_TABS = 60
STEMS = (
    *(f"Question {number} asks what?" for number in range(1, 11)),
    "Question 1 asks what?",
    "Question 2 asks that?",
)
OPTIONS = [[f"answer {number} {letter}" for letter in "abcde"] for number in range(1, 11)]
OPTIONS += [OPTIONS[0], OPTIONS[1]]


def tab_to(name: str) -> int:
    """Press Tab until a widget with a name, or a button with a text, has the focus; return how often."""
    for pressed in range(MOST_TABS):
        now = QApplication.focusWidget()
        assert now is not None
        text = now.text() if isinstance(now, QPushButton) else ""
        if name in (now.accessibleName(), text):
            return pressed
        key(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {name!r}")


def make_twelve(bank: Bank) -> None:
    """Type questions; the key of each is one letter further than that of the last."""
    bank.view.setFocus()
    tab_to(say("bank.add"))
    key(Qt.Key.Key_Space)
    for place, (stem, options) in enumerate(zip(STEMS, OPTIONS, strict=True)):
        if place:
            key(Qt.Key.Key_Return, CONTROL)
        type_text(stem)
        assert tab_to(say("bank.option", letter="A")) <= 2  # past the field and what marks the key
        for option in options:
            type_text(option)
            key(Qt.Key.Key_Return)
        key(Qt.Key(Qt.Key.Key_1 + place % 5), ALT)


def step(bank: Bank, *, back: bool) -> None:
    """Take one step back or forward in the course's history."""
    bank.view.setFocus()
    key(Qt.Key.Key_Z if back else Qt.Key.Key_Y, CONTROL)


def choose_in(box: ChoiceBox, value: object) -> None:
    """Choose with the arrow keys."""
    box.setFocus()
    for _ in range(box.count()):
        if box.value == value:
            return
        key(Qt.Key.Key_Down)
    assert box.value == value


def test_twelve_questions_filters_and_many_at_once(window: MainWindow, tmp_path: Path, until: Until) -> None:
    bank = Bank(window, tmp_path / "course", small())
    make_twelve(bank)
    assert [q.stem for q in bank.questions] == list(STEMS)
    assert [list(q.options) for q in bank.questions] == OPTIONS
    assert [q.correct for q in bank.questions] == [(place % 5,) for place in range(12)]
    key(Qt.Key.Key_Up, ALT)
    key(Qt.Key.Key_Up, ALT)
    assert [q.stem for q in bank.questions] == [*STEMS[:9], STEMS[11], *STEMS[9:11]]
    key(Qt.Key.Key_Down, ALT)
    step(bank, back=True)
    step(bank, back=True)
    step(bank, back=True)
    assert [q.stem for q in bank.questions] == list(STEMS)

    bank.view.setFocus()
    key(Qt.Key.Key_Home, CONTROL)
    for _ in range(3):
        key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    bulk = next(panel for panel in bank.page.findChildren(BulkPanel) if panel.isVisible())
    course = bank.open.course
    module, outcome = course.modules[1], course.outcomes[0]
    lesson = module.lessons[0]
    boxes = [box for box in bulk.findChildren(ChoiceBox) if box.isVisible()]
    choose_in(boxes[0], lesson.id)
    tab_to(f"{say('field.question.lesson')}: {say('bank.assign')}")
    key(Qt.Key.Key_Space)
    assert [q.lesson_id for q in bank.questions] == [lesson.id] * 4 + [None] * 8
    choose_in(boxes[1], outcome.id)
    tab_to(f"{say('bank.outcomes')}: {say('bank.member_add')}")
    key(Qt.Key.Key_Space)
    assert [q.outcome_ids for q in bank.questions] == [(outcome.id,)] * 4 + [()] * 8

    for name, value, kept in (
        ("bank.filter_lesson", frozenset(other.id for other in module.lessons), 4),
        ("bank.filter_lesson", frozenset({lesson.id}), 4),
        ("bank.filter_lesson", frozenset({None}), 8),
        ("bank.filter_outcome", outcome.id, 4),
        ("bank.filter_outcome", NONE, 8),
    ):
        choose_in(named(bank.page, ChoiceBox, say(name)), value)
        assert len(bank.rows()) == kept
        press(bank.page, say("bank.filter_clear"))
    problems = named(bank.page, ChoiceBox, say("bank.filter_problem"))
    until(lambda: problems.findText(f"{say('bank.problem.repeated_question')} (", Qt.MatchFlag.MatchStartsWith) >= 0)
    bank.filter("bank.filter_problem", "repeated_question")
    assert [row.partition("] ")[2] for row in bank.rows()] == [STEMS[10]]  # the first of the two is no fault
    bank.filter("bank.filter_problem", ANY)
    assert set(STEMS[10:]) <= {row.partition("] ")[2] for row in bank.rows()}
    press(bank.page, say("bank.filter_clear"))

    step(bank, back=True)
    assert all(not q.outcome_ids for q in bank.questions)
    step(bank, back=True)
    assert all(q.lesson_id is None for q in bank.questions)


def typed_bank() -> tuple[Question, ...]:
    return tuple(
        Question(id=f"q{place}", stem=stem, options=tuple(options), correct=(place % 5,))
        for place, (stem, options) in enumerate(zip(STEMS, OPTIONS, strict=True))
    )


def test_repetitions_stand_side_by_side_and_a_bank_without_any_says_so(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    bank = Bank(window, tmp_path / "course", small(*typed_bank()))
    bank.page.tools.duplicates_wanted.emit()
    finder = dialog(bank, DuplicatesDialog, until)
    groups = named(finder, QListWidget, say("bank.duplicates_list"))
    assert groups.count() == 2
    groups.setFocus()
    key(Qt.Key.Key_Down)
    drop = [b for b in finder.findChildren(QPushButton) if b.isVisible() and b.text() == say("bank.remove")]
    assert len(drop) == 2
    drop[1].setFocus()
    key(Qt.Key.Key_Space)
    assert len(bank.questions) == 11
    assert groups.count() == 1
    press(finder, say("bank.duplicates_exact"))
    assert any(
        words.text() == say("bank.duplicates_none") and words.isVisible() for words in finder.findChildren(QLabel)
    )
    assert not groups.isVisible()
    press(finder, say("bank.close"))
    bank.open.store.undo()
    bank.open.store.undo()
    assert bank.questions == typed_bank()
