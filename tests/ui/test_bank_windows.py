"""The windows of the test bank: import review, repetitions, keys, trial run, export, parameterised questions."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QImageWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QToolButton,
)

from app.exporters.paper_variants import PaperPlan
from app.formats import aiken
from app.formats.files import write_file
from app.formats.names import QuestionFormat
from app.model.course import Course
from app.model.tasks import AnswerKind, Calculation, Question, Variable
from app.model.texts import Lang
from app.sample import sample_course
from app.session.bank_export import Target
from app.storage.texts_file import load_texts
from app.ui.main_window import MainWindow
from app.ui.pages.bank.choice_box import ChoiceBox
from app.ui.pages.bank.detail import DetailPane
from app.ui.pages.bank.duplicates_dialog import DuplicatesDialog
from app.ui.pages.bank.even_dialog import EvenDialog
from app.ui.pages.bank.extras import Extras
from app.ui.pages.bank.filter_bar import FilterBar
from app.ui.pages.bank.import_dialog import ImportDialog
from app.ui.pages.bank.picture_strip import PictureStrip
from app.ui.pages.bank.question_view import QuestionView
from app.ui.pages.bank.statistics_dialog import StatisticsDialog
from app.ui.pages.bank.trial_dialog import TrialDialog
from tests.ui.conftest import Until
from tests.ui.fitting import faults_of
from tests.ui.hands import button, drop, named, press, say, write
from tests.ui.test_bank_page import FRUIT, Bank

D = TypeVar("D", bound=QDialog)
OPTIONS = "".join(f"{letter}. {option}\n" for letter, option in zip("ABCDE", FRUIT, strict=True))
FILE = (
    f"A whole question here?\n{OPTIONS}ANSWER: B\n\n"
    f"A question in\ntwo lines here?\n{OPTIONS}ANSWER: C\n\n"
    f"A question without a key?\n{OPTIONS}\n"
    f"An old question of the bank?\n{OPTIONS}ANSWER: D\n"
)
OLD = Question(
    id="old", stem="An old question of the bank?", options=FRUIT, correct=(3,), lesson_id="l1", task_ids=("t1",)
)


def small(*questions: Question) -> Course:
    return sample_course().model_copy(update={"test_bank": questions})


def dialog(bank: Bank, kind: type[D], until: Until) -> D:
    until(lambda: any(d.isVisible() for d in bank.page.findChildren(kind)))
    return next(d for d in bank.page.findChildren(kind) if d.isVisible())


def test_a_dropped_file_is_reviewed_and_comes_in_as_one_step(window: MainWindow, tmp_path: Path, until: Until) -> None:
    bank = Bank(window, tmp_path / "course", small(OLD))
    file = tmp_path / "тест.txt"
    file.write_text(FILE, encoding="utf-8")
    drop(bank.page, [file])
    review = dialog(bank, ImportDialog, until)
    table = named(review, QTableView, say("bank.import_list"))
    model = table.model()
    boxes = [model.index(row, 0).data(Qt.ItemDataRole.CheckStateRole) for row in range(model.rowCount())]
    on, off = Qt.CheckState.Checked, Qt.CheckState.Unchecked
    assert [Qt.CheckState(box) for box in boxes] == [on, on, off, off]
    table.selectRow(1)
    assert named(review, QPlainTextEdit, say("bank.import_before")).toPlainText().startswith("A question in\ntwo lines")
    assert named(review, QPlainTextEdit, say("bank.import_after")).toPlainText().startswith("A question in two lines")
    table.selectRow(3)
    assert any("An old question of the bank?" in words.text() for words in review.findChildren(QLabel))
    assert not bank.open.store.can_undo  # nothing came in yet
    press(review, say("bank.import_take", n=2))
    assert [q.stem for q in bank.questions] == [OLD.stem, "A whole question here?", "A question in two lines here?"]
    assert [q.correct for q in bank.questions[1:]] == [(1,), (2,)]
    bank.open.store.undo()
    assert [q.id for q in bank.questions] == ["old"]


def test_the_review_shows_feedback_and_tags_beside_those_of_the_bank(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    there = OLD.model_copy(update={"feedback": "read chapter 1"})
    comes = OLD.model_copy(
        update={
            "feedback": "read chapter 2",
            "option_feedback": ("", "not a root", "", "", ""),
            "tags": ("roots", "ch. 2"),
        }
    )
    bank = Bank(window, tmp_path / "course", small(there))
    file = tmp_path / "bank.xml"
    file.write_bytes(write_file([comes], QuestionFormat.MOODLE_XML).data)
    drop(bank.page, [file])
    review = dialog(bank, ImportDialog, until)
    lines = [
        f"{say('bank.feedback')}: read chapter 2",
        f"{say('bank.option_feedback_of', letter='B')}: not a root",
        f"{say('bank.tags')}: roots, ch. 2",
    ]
    for pane in ("bank.import_before", "bank.import_after"):
        assert named(review, QPlainTextEdit, say(pane)).toPlainText().split("\n")[-3:] == lines
    [twin] = [words.text() for words in review.findChildren(QLabel) if OLD.stem in words.text()]
    assert twin.split("\n")[1:] == [say("bank.import_twin_extras"), f"{say('bank.feedback')}: read chapter 1"]


def test_a_question_of_the_file_takes_the_place_of_its_twin(window: MainWindow, tmp_path: Path, until: Until) -> None:
    bank = Bank(window, tmp_path / "course", small(OLD))
    paste(FILE.replace("ANSWER: D", "ANSWER: E"), bank)
    review = dialog(bank, ImportDialog, until)
    press(review, say("bank.import_take_none"))
    assert not button(review, say("bank.import_take", n=0)).isEnabled()
    named(review, QTableView, say("bank.import_list")).selectRow(3)
    QApplication.processEvents()
    replace = next(b for b in review.findChildren(QAbstractButton) if b.text() == say("bank.import_decision.replace"))
    QTest.mouseClick(replace, Qt.MouseButton.LeftButton, pos=QPoint(8, replace.height() // 2))
    press(review, say("bank.import_take", n=1))
    assert bank.questions == (OLD.model_copy(update={"correct": (4,)}),)


def paste(text: str, bank: Bank, html: str = "") -> None:
    data = QMimeData()
    if html:
        data.setHtml(html)
    data.setText(text)
    QApplication.clipboard().setMimeData(data)
    bank.view.setFocus()
    QTest.keyClick(bank.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.clipboard().clear()  # a clipboard that holds Python's data outlives Python


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("1. Fruit here?\nA) Beet\n*B) Apple\nC) Dill\n2. Root here?\n*A) Beet\nB) Apple\nC) Dill", ""),
        (
            "",
            "<p>1. Fruit here?</p><p>A) Beet</p><p><b>B) Apple</b></p><p>C) Dill</p>"
            "<p>2. Root here?</p><p><u>A) Beet</u></p><p>B) Apple</p><p>C) Dill</p>",
        ),
        (
            "",
            "<ol><li>Fruit here?<ol type='A'><li>Beet</li><li><b>Apple</b></li><li>Dill</li></ol></li>"
            "<li>Root here?<ol type='A'><li><b>Beet</b></li><li>Apple</li><li>Dill</li></ol></li></ol>",
        ),
    ],
    ids=["stars", "bold", "lists"],
)
def test_a_test_is_pasted_from_word(window: MainWindow, tmp_path: Path, until: Until, text: str, html: str) -> None:
    bank = Bank(window, tmp_path / "course", Course())
    paste(text, bank, html)
    review = dialog(bank, ImportDialog, until)
    press(review, say("bank.import_take", n=2))
    assert [(q.stem, q.options, q.correct) for q in bank.questions] == [
        ("Fruit here?", ("Beet", "Apple", "Dill"), (1,)),
        ("Root here?", ("Beet", "Apple", "Dill"), (0,)),
    ]


def test_exact_repetitions_go_and_come_back_at_once(window: MainWindow, tmp_path: Path, until: Until) -> None:
    twin, near = (
        OLD.model_copy(update={"id": "twin"}),
        OLD.model_copy(update={"id": "near", "stem": "An old question of the bank!"}),
    )
    other = Question(id="other", stem="Something else entirely?", options=tuple("12345"), correct=(0,))
    bank = Bank(window, tmp_path / "course", small(OLD, other, twin, near))
    bank.page.tools.duplicates_wanted.emit()
    finder = dialog(bank, DuplicatesDialog, until)
    assert named(finder, QListWidget, say("bank.duplicates_list")).count() == 1
    press(finder, say("bank.duplicates_exact"))
    assert [q.id for q in bank.questions] == ["old", "other", "near"]
    bank.open.store.undo()
    assert [q.id for q in bank.questions] == ["old", "other", "twin", "near"]


def test_keys_are_evened_after_a_look(window: MainWindow, tmp_path: Path, until: Until) -> None:
    questions = tuple(Question(id=f"q{n}", stem=f"Question {n} here?", options=FRUIT, correct=(0,)) for n in range(20))
    bank = Bank(window, tmp_path / "course", small(*questions))
    bank.page.tools.even_wanted.emit()
    press(dialog(bank, EvenDialog, until), say("bank.even_apply"))
    keys = [q.correct[0] for q in bank.questions]
    assert sorted(keys.count(place) for place in range(5)) == [4, 4, 4, 4, 4]
    assert all(q.options[q.correct[0]] == "Apple" for q in bank.questions)
    bank.open.store.undo()
    assert bank.questions == questions


def test_a_trial_run_counts_right_answers(window: MainWindow, tmp_path: Path, until: Until) -> None:
    number = Question(id="n", kind=AnswerKind.NUMBER, stem="How much is 2 + 2?", answers=("4",))
    bank = Bank(window, tmp_path / "course", small(OLD, number))
    bank.page.tools.trial_wanted.emit()
    trial = dialog(bank, TrialDialog, until)
    press(trial, say("bank.trial_start"))
    for _ in range(2):
        view = next(v for v in trial.findChildren(QuestionView) if v.isVisible())
        typed = [edit for edit in view.findChildren(QLineEdit) if edit.isVisible()]
        if typed:
            write(typed[0], "4,0")
        else:
            QTest.keyClick(view.findChildren(QAbstractButton)[0], Qt.Key.Key_Space)  # "Apple", which is wrong
        last = [
            b for b in trial.findChildren(QAbstractButton) if b.isVisible() and b.text() == say("bank.trial_finish")
        ]
        press(trial, say("bank.trial_finish" if last else "course.next"))
    assert any(
        words.text() == say("bank.trial_score", n=1, total=2, percent=50) for words in trial.findChildren(QLabel)
    )
    assert bank.questions == (OLD, number)


def test_the_bank_is_written_and_what_is_not_in_the_file_is_told(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    number = Question(id="n", kind=AnswerKind.NUMBER, stem="How much is 2 + 2?", answers=("4",))
    bank = Bank(window, tmp_path / "course", small(OLD, number))
    path = tmp_path / "bank.txt"
    bank.page.exporter.write(Target.AIKEN, None, path)
    until(lambda: bool(bank.screen.messages.texts()))
    assert path.read_bytes() == aiken.write([OLD])
    (text,) = bank.screen.messages.texts()
    assert text.startswith(say("bank.exported", path=path, n=1))
    assert text.count("\n") == 1  # one kind of reason


def test_statistics_open(window: MainWindow, tmp_path: Path, until: Until) -> None:
    bank = Bank(window, tmp_path / "course", sample_course())
    bank.page.tools.statistics_wanted.emit()
    statistics = dialog(bank, StatisticsDialog, until)
    press(statistics, say("bank.close"))


def test_a_parameterised_question_is_made_and_checked(window: MainWindow, tmp_path: Path, until: Until) -> None:
    question = Question(id="n", kind=AnswerKind.NUMBER, stem="What is {a} divided by {b}?")
    bank = Bank(window, tmp_path / "course", small(question))
    box = next(b for b in bank.page.findChildren(QCheckBox) if b.text() == say("bank.calc") and b.isVisible())
    box.click()
    press(bank.page, say("bank.calc_add"))
    press(bank.page, say("bank.calc_add"))
    write(named(bank.page, QLineEdit, say("bank.calc_formula")), "a / b")
    low = named(bank.page, QLineEdit, f"{say('bank.calc_minimum')} 2")
    low.selectAll()
    write(low, "0")
    calculation = bank.questions[0].calculation
    assert calculation is not None
    assert [(v.name, v.minimum, v.maximum, v.step) for v in calculation.variables] == [("a", 1, 10, 1), ("b", 0, 10, 1)]
    assert calculation.formula == "a / b"
    zero = load_texts().entry("questions.problem.division_by_zero").pick(Lang.KK).partition(":")[0]
    until(lambda: any(zero in text for text in shown(bank)))
    low.selectAll()
    write(low, "2")
    until(lambda: not any(zero in text for text in shown(bank)))
    until(lambda: any("1. a = " in text for text in shown(bank)))
    before = bank.questions
    gone = f"{say('list.remove')}: b"
    named(bank.page, QToolButton, gone).click()
    now = bank.questions[0].calculation
    assert now is not None
    assert [variable.name for variable in now.variables] == ["a"]
    bank.open.store.undo()
    assert bank.questions == before


def shown(bank: Bank) -> list[str]:
    return [words.text() for words in bank.page.findChildren(QLabel) if words.isVisible()]


DRIVE = Question(
    id="drive",
    kind=AnswerKind.NUMBER,
    stem="At {v} km/h for {t} h: how far?",
    calculation=Calculation(
        formula="v * t",
        variables=(
            Variable(id="v", name="v", minimum=40, maximum=90, step=0.5),
            Variable(id="t", name="t", minimum=1, maximum=5),
        ),
    ),
)


def test_a_learner_sees_values_and_the_editor_is_whole_afterwards(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    bank = Bank(window, tmp_path / "course", small(OLD, DRIVE, OLD.model_copy(update={"id": "next"})))
    window.resize(1366, 768)
    detail = bank.page.findChildren(DetailPane)[0]
    tabs = detail.findChildren(QTabBar)[0]

    def heights() -> list[int]:
        fields = bank.page.findChildren(QPlainTextEdit)
        return [field.height() for field in fields if field.isVisible() and field.accessibleName()]

    until(lambda: bool(heights()) and faults_of(detail) == [])
    before = heights()
    bank.choose(1)
    tabs.setCurrentIndex(1)
    until(lambda: say("bank.preview_variant") in shown(bank))
    [stem] = [text for text in shown(bank) if "km/h" in text]
    assert "{" not in stem
    bank.choose(2)
    assert say("bank.preview_variant") not in shown(bank)
    tabs.setCurrentIndex(0)
    until(lambda: heights() == before and faults_of(detail) == [])
    tabs.setCurrentIndex(1)
    bank.choose(1)
    tabs.setCurrentIndex(0)
    bank.choose(0)
    until(lambda: heights() == before and faults_of(detail) == [])


@pytest.mark.parametrize("lang", list(Lang))
def test_on_an_enlarged_panel_captions_are_whole_and_nothing_scrolls_sideways(
    window: MainWindow, tmp_path: Path, until: Until, lang: Lang
) -> None:
    window.set_language(lang)
    window.resize(683, 384)
    bank = Bank(window, tmp_path / "course", small(OLD, DRIVE), lang)
    boxes = bank.page.findChildren(FilterBar)[0].findChildren(ChoiceBox)
    assert len(boxes) == 4
    for box in boxes:
        place = QStyleOptionComboBox()
        box.initStyleOption(place)
        kind = QStyle.ComplexControl.CC_ComboBox
        room = box.style().subControlRect(kind, place, QStyle.SubControl.SC_ComboBoxEditField, box)
        assert box.fontMetrics().horizontalAdvance(box.currentText()) <= room.width(), box.currentText()
    areas = [area for area in bank.page.findChildren(QScrollArea) if area.isVisible()]
    assert areas
    until(lambda: not any(area.horizontalScrollBar().isVisible() for area in areas))
    bank.choose(1)
    until(lambda: not any(area.horizontalScrollBar().isVisible() for area in areas))


def test_the_preview_says_what_the_platform_stores(window: MainWindow, tmp_path: Path, until: Until) -> None:
    bank = Bank(window, tmp_path / "course", small(OLD, OLD.model_copy(update={"id": "bad", "correct": ()})))
    tabs = bank.page.findChildren(QTabBar)[0]
    tabs.setCurrentIndex(1)
    good = say("bank.fate_form_05", count=5, letter="D")
    until(lambda: good in shown(bank))
    bank.choose(1)
    kept = say("bank.fate_kept_back")
    until(lambda: kept in shown(bank))


def test_variants_for_paper_are_written_with_their_keys_apart(window: MainWindow, tmp_path: Path, until: Until) -> None:
    bank = Bank(window, tmp_path / "course", small(OLD))
    path = tmp_path / "paper.docx"
    bank.page.exporter.write_papers(PaperPlan(variants=3), None, path)
    until(lambda: bool(bank.screen.messages.texts()))
    keys = tmp_path / "paper-keys.docx"
    assert path.is_file()
    assert keys.is_file()
    assert bank.screen.messages.texts() == (say("bank.papers_written", n=3, path=path, keys=keys.name),)


def test_a_picture_comes_in_with_its_words_and_stands_where_it_is_put(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    bank = Bank(window, tmp_path / "course", small(OLD))
    source = tmp_path / "plan.png"
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(source))
    strip = bank.page.findChildren(PictureStrip)[0]
    strip.take_file(source)
    QApplication.processEvents()
    write(named(bank.page, QLineEdit, say("bank.picture_alt")), "plan")
    (picture,) = bank.questions[0].pictures
    assert (picture.alt, picture.option) == ("plan", None)
    assert (tmp_path / "course" / picture.file.path).read_bytes() == source.read_bytes()
    bank.page.findChildren(QTabBar)[0].setCurrentIndex(1)
    until(lambda: say("bank.fate_xml") in shown(bank))
    assert any("data:image/png" in text for text in shown(bank))
    reason = (
        load_texts().entry("questions.problem.picture_not_carried").pick(Lang.KK).partition("} ")[2].partition(":")[0]
    )
    assert not any(reason in text for text in shown(bank))


def png(colour: Qt.GlobalColor) -> bytes:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(colour)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(content.data())


def test_pictures_of_a_copied_test_come_in_and_others_are_told(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    bank = Bank(window, tmp_path / "course", Course())
    lying, held = png(Qt.GlobalColor.red), png(Qt.GlobalColor.blue)
    file = tmp_path / "clip image001.png"
    file.write_bytes(lying)
    inside = f"data:image/png;base64,{base64.b64encode(held).decode()}"
    html = (
        f"<p>1. Which plan?</p><p><img src='{file.as_uri()}' alt='a plan'></p><p>A) <img src='{inside}'></p>"
        "<p><b>B) none</b></p><p>C) another</p><p>2. Root here? <img src='https://example.org/root.png'></p>"
        "<p><u>A) Beet</u></p><p>B) Apple</p><p>C) Dill</p>"
    )
    paste("", bank, html)
    review = dialog(bank, ImportDialog, until)
    press(review, say("bank.import_take_all"))
    press(review, say("bank.import_take", n=2))
    first, second = bank.questions
    assert (first.stem, first.options, first.correct) == ("Which plan?", ("", "none", "another"), (1,))
    assert [(p.option, p.alt) for p in first.pictures] == [(None, "a plan"), (0, "")]
    assert [(tmp_path / "course" / p.file.path).read_bytes() for p in first.pictures] == [lying, held]
    assert (second.stem, second.pictures) == ("Root here?", ())


def test_a_copied_picture_goes_to_the_open_question(window: MainWindow, tmp_path: Path) -> None:
    bank = Bank(window, tmp_path / "course", small(OLD))
    take = button(bank.page, say("bank.picture_paste"))
    assert not take.isEnabled()
    image = QImage.fromData(QByteArray(png(Qt.GlobalColor.green)))
    QApplication.clipboard().setImage(image)
    bank.view.setFocus()
    QTest.keyClick(bank.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    press(bank.page, say("bank.picture_paste"))
    QApplication.clipboard().clear()
    pictures = bank.questions[0].pictures
    assert len(pictures) == 2
    for picture in pictures:
        stored = QImage(str(tmp_path / "course" / picture.file.path))
        assert (stored.size(), stored.pixelColor(5, 5)) == (image.size(), image.pixelColor(5, 5))


def by_key(field: QPlainTextEdit) -> None:
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def by_menu(field: QPlainTextEdit) -> None:
    """Choose "paste" in the menu that a click with the right button opens."""
    place = field.viewport().rect().center()
    QApplication.sendEvent(
        field.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, field.viewport().mapToGlobal(place)),
    )
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    [action] = [action for action in menu.actions() if action.objectName() == "edit-paste"]
    assert action.isEnabled()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    field.window().activateWindow()  # without a window manager nobody gives the focus back


def into_field(
    bank: Bank, name: str, data: QMimeData, paste_into: Callable[[QPlainTextEdit], None] = by_key
) -> QPlainTextEdit:
    """Paste into a field of the question's editor."""
    QApplication.clipboard().setMimeData(data)
    field = named(bank.page, QPlainTextEdit, name)
    field.setFocus()
    QApplication.processEvents()
    paste_into(field)
    QApplication.processEvents()
    QApplication.clipboard().clear()
    return field


@pytest.mark.parametrize("paste_into", [by_key, by_menu])
def test_a_picture_pasted_into_a_field_becomes_the_questions(
    window: MainWindow, tmp_path: Path, paste_into: Callable[[QPlainTextEdit], None]
) -> None:
    bank = Bank(window, tmp_path / "course", small(OLD))
    for name in (say("field.question.stem"), say("bank.option", letter="B")):
        data = QMimeData()
        data.setImageData(QImage.fromData(QByteArray(png(Qt.GlobalColor.green))))
        into_field(bank, name, data, paste_into)
    [question] = bank.questions
    assert [picture.option for picture in question.pictures] == [None, 1]
    assert question.model_copy(update={"pictures": ()}) == OLD
    assert bank.open.store.undo_label == say("undo.add", what=say("bank.picture"))
    bank.open.store.undo()
    bank.open.store.undo()
    assert bank.questions == (OLD,)


@pytest.mark.parametrize("paste_into", [by_key, by_menu])
def test_words_pasted_into_a_field_stay_words_and_bring_their_pictures(
    window: MainWindow, tmp_path: Path, paste_into: Callable[[QPlainTextEdit], None]
) -> None:
    bank = Bank(window, tmp_path / "course", small(OLD.model_copy(update={"stem": ""})))
    data = QMimeData()
    data.setText("plain words")
    into_field(bank, say("field.question.stem"), data, paste_into)
    assert (bank.questions[0].stem, bank.questions[0].pictures) == ("plain words", ())
    lying, held = png(Qt.GlobalColor.red), png(Qt.GlobalColor.blue)
    file = tmp_path / "clip image001.png"
    file.write_bytes(lying)
    inside = f"data:image/png;base64,{base64.b64encode(held).decode()}"
    data = QMimeData()
    data.setHtml(
        f"<p> and a plan<img src='{file.as_uri()}' alt='a plan'><img src='{inside}'></p>"
        "<img src='https://example.org/root.png'>"
    )
    data.setText(" and a plan")
    data.setImageData(QImage.fromData(QByteArray(png(Qt.GlobalColor.green))))  # a drawing of the words
    into_field(bank, say("field.question.stem"), data, paste_into)
    [question] = bank.questions
    assert question.stem == "plain words and a plan"
    assert [(p.option, p.alt) for p in question.pictures] == [(None, "a plan"), (None, "")]
    assert [(tmp_path / "course" / p.file.path).read_bytes() for p in question.pictures] == [lying, held]
    told = [words.text() for words in window.findChildren(QLabel)]
    assert say("bank.pictures_lost", n=1) in told


def test_feedback_of_an_option_and_tags_are_written_and_undone_by_name(window: MainWindow, tmp_path: Path) -> None:
    bank = Bank(window, tmp_path / "course", small(OLD))
    unfold = bank.page.findChildren(Extras)[0].findChildren(QToolButton)[0]
    unfold.setFocus()
    QTest.keyClick(unfold, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert unfold.text() == say("bank.extras")
    write(named(bank.page, QPlainTextEdit, say("bank.option_feedback_of", letter="C")), "no fruit")
    write(named(bank.page, QPlainTextEdit, say("bank.tags")), "plants")
    question = bank.questions[0]
    assert (question.option_feedback, question.tags) == (("", "", "no fruit"), ("plants",))
    assert unfold.text() == f"{say('bank.extras')} (2)"
    assert bank.open.store.undo_label == say("undo.edit", field=say("bank.tags"))
    bank.open.store.undo()
    assert bank.open.store.undo_label == say("undo.edit", field=say("bank.option_feedback_of", letter="C"))
    bank.open.store.undo()
    QApplication.processEvents()
    assert bank.questions[0] == OLD
    assert named(bank.page, QPlainTextEdit, say("bank.option_feedback_of", letter="C")).toPlainText() == ""
    unfold.click()
    bank.page.reveal(f"test_bank/{OLD.id}/option_feedback/1")
    QApplication.processEvents()
    assert named(bank.page, QPlainTextEdit, say("bank.option_feedback_of", letter="B")).hasFocus()
