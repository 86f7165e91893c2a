"""Numbers are typed and read with the decimal sign of the user's language; the other sign is taken as well."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLineEdit

from app.model.regulation import Limit, number_text
from app.model.texts import Lang
from app.sample import sample_course
from app.session.wizard import Step
from app.storage.regulation_file import load_regulation
from app.ui.course_screen import CourseScreen
from app.ui.decimal_spin import DecimalSpin
from app.ui.fields import Field
from app.ui.main_window import MainWindow
from app.ui.pages.bank.number_edit import NumberEdit

SIGNS = [(Lang.KK, ","), (Lang.RU, ","), (Lang.EN, ".")]


@pytest.mark.parametrize(("lang", "sign"), SIGNS)
@pytest.mark.parametrize("typed", ["2.5", "2,5"])
def test_a_number_is_typed_with_either_sign_and_shown_with_its_own(
    application: QApplication, lang: Lang, sign: str, typed: str
) -> None:
    spin = DecimalSpin(lang)
    spin.setSuffix(" %")
    spin.setDecimals(1)
    spin.show()
    spin.selectAll()
    QTest.keyClicks(spin, typed)
    assert spin.value() == 2.5
    assert spin.text() == f"2{sign}5 %"

    edit = NumberEdit("a", lang, read_only=False)
    told: list[float] = []
    edit.typed.connect(told.append)
    QTest.keyClicks(edit, typed)
    assert told[-1] == 2.5
    edit.show_value(0.25)
    assert edit.text() == f"0{sign}25"


@pytest.mark.parametrize(("lang", "sign"), SIGNS)
def test_a_number_is_shown_without_empty_decimals(application: QApplication, lang: Lang, sign: str) -> None:
    spin = DecimalSpin(lang)
    spin.setDecimals(6)
    spin.setMaximum(1e9)
    for value, text in (
        (0.01, f"0{sign}01"),
        (100.0, "100"),
        (0.0, "0"),
        (2.5, f"2{sign}5"),
        (0.000001, f"0{sign}000001"),
    ):
        spin.setValue(value)
        assert spin.text() == text
        spin.interpretText()
        assert spin.value() == value


@pytest.mark.parametrize(("lang", "sign"), SIGNS)
def test_a_finding_writes_measured_and_required_with_the_sign_of_the_language(lang: Lang, sign: str) -> None:
    regulation = load_regulation()
    assert number_text(12.5, lang) == f"12{sign}5"
    assert regulation.with_unit(0.35, "count", lang) == f"0{sign}35"
    assert regulation.with_unit(">= 1.5", "count", lang) == f"≥ 1{sign}5"
    assert regulation.with_unit("-21.5..-15", "count", lang) == f"-21{sign}5 … -15"
    assert regulation.with_unit("4..6.5", "count", lang) == f"4–6{sign}5"
    assert regulation.with_unit("12.10.2026", "count", lang) == "12.10.2026"  # a date is no number
    assert regulation.with_unit("1920x1080", "count", lang) == "1920x1080"


def test_what_a_machine_reads_keeps_the_point() -> None:
    assert str(Limit(min=1.5, max=2.5, unit="h", clause="8.1")) == "1.5..2.5"


@pytest.mark.parametrize(("lang", "sign"), SIGNS)
def test_the_pages_follow_the_language(window: MainWindow, tmp_path: Path, lang: Lang, sign: str) -> None:
    window.set_language(lang)
    task = sample_course().tasks[0].model_copy(update={"weight_pct": 12.5})
    window.create_course(tmp_path / "c", sample_course().model_copy(update={"tasks": (task,)}))
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    screen.go_to(Step.ASSESSMENT)
    page = screen.page(Step.ASSESSMENT)
    page.reveal(f"tasks/{task.id}/weight_pct")
    QApplication.processEvents()
    (field,) = [one for one in page.findChildren(Field) if one.path == f"tasks/{task.id}/weight_pct"]
    spin = field.findChildren(QDoubleSpinBox)[0]
    assert f"12{sign}5" in spin.text()
    line = spin.findChildren(QLineEdit)[0]
    line.selectAll()
    QTest.keyClicks(spin, "7.5" if sign == "," else "7,5")
    assert window.open_course is not None
    assert window.open_course.course.tasks[0].weight_pct == 7.5
