"""What is shown can be read: contrast in both themes, states that stay seen, calendars in the user's language."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QDateEdit,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListView,
    QWidget,
)

from app.model.finding import Status
from app.model.texts import Lang
from app.sample import sample_course
from app.session.wizard import STEPS, Step, progress
from app.ui.course_screen import CourseScreen
from app.ui.fields import CheckField
from app.ui.main_window import MainWindow
from app.ui.rail import Rail
from app.ui.theme import DARK, LIGHT, Theme, ThemeChoice, install
from tests.ui.conftest import Until

LEAST_CONTRAST = 4.5
"""WCAG 2.1, 1.4.3 (AA), for text of usual size."""
GROUNDS = ("window", "surface", "raised", "accent_soft", "bad_soft", "warn_soft")


def luminance(colour: QColor) -> float:
    """Return the relative luminance of WCAG 2.1."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2.1, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_colour_can_be_read_on_every_ground(theme: Theme) -> None:
    pairs = [(ink, ground) for ink in ("text", "muted", "accent", "good", "warn", "bad") for ground in GROUNDS]
    pairs.append(("on_accent", "accent"))
    weak = {
        pair: round(found, 2)
        for pair in pairs
        if (found := contrast(QColor(getattr(theme, pair[0])), QColor(getattr(theme, pair[1])))) < LEAST_CONTRAST
    }
    assert weak == {}


def ground_of(image: QImage, place: QRect) -> QColor:
    """Return the commonest colour of a part of a picture: what the text stands on."""
    part = place.intersected(image.rect())
    pixels = Counter(
        image.pixel(x, y) for x in range(part.left(), part.right()) for y in range(part.top(), part.bottom())
    )
    return QColor(pixels.most_common(1)[0][0])


def text_of(widget: QWidget) -> str:
    match widget:
        case QLabel() | QAbstractButton() | QLineEdit():
            return widget.text()
        case QComboBox():
            return widget.currentText()
    return ""


def weak_texts(window: QWidget) -> set[str]:
    """Return the visible texts whose colour is too near to that of their ground."""
    image = window.grab().toImage()
    weak = set()
    for widget in window.findChildren(QWidget):
        seen = QRect(widget.mapTo(window, QPoint(0, 0)), widget.visibleRegion().boundingRect().size())
        if text_of(widget).strip() and widget.isVisible() and seen.width() > 4 and seen.height() > 4:
            ink = widget.palette().color(widget.foregroundRole())
            found = contrast(ink, ground_of(image, seen))
            if found < LEAST_CONTRAST:
                weak.add(f"{type(widget).__name__} {text_of(widget)[:40]!r}: {found:.2f}")
    return weak


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_every_visible_text_can_be_read(window: MainWindow, tmp_path: Path, until: Until, choice: ThemeChoice) -> None:
    window.set_theme(choice)
    weak: dict[str, set[str]] = {}
    for name, show in (("start", window.show_start), ("studio", window.show_studio), ("review", window.show_review)):
        show()
        QApplication.processEvents()
        weak[name] = weak_texts(window)
    window.create_course(tmp_path / "course", sample_course())
    until(lambda: window.open_course is not None and bool(window.open_course.findings))
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    for step in STEPS:
        screen.go_to(step)
        QApplication.processEvents()
        weak[step.value] = weak_texts(window)
    assert {place: found for place, found in weak.items() if found} == {}


def pixels_like(view: QListView, row: int, colour: QColor) -> int:
    """Return how many pixels of a row have just that colour."""
    image = view.viewport().grab().toImage()
    place = view.visualRect(view.model().index(row, 0)).intersected(image.rect())
    return sum(
        image.pixelColor(x, y) == colour
        for x in range(place.left(), place.right())
        for y in range(place.top(), place.bottom())
    )


@pytest.mark.parametrize(("choice", "theme"), [(ThemeChoice.LIGHT, LIGHT), (ThemeChoice.DARK, DARK)])
def test_the_step_that_is_open_keeps_the_colour_of_its_state(
    window: MainWindow, tmp_path: Path, until: Until, choice: ThemeChoice, theme: Theme
) -> None:
    window.set_theme(choice)
    window.create_course(tmp_path / "course", sample_course())
    until(lambda: window.open_course is not None and bool(window.open_course.findings))
    screen, course = window.screen_shown, window.open_course
    assert isinstance(screen, CourseScreen)
    assert course is not None
    states = progress(course.findings, course.regulation)
    failed = next(step for step in STEPS if step in states and states[step].worst is Status.FAIL)
    screen.go_to(failed)
    QApplication.processEvents()
    rail = screen.findChildren(Rail)[0]
    assert pixels_like(rail, STEPS.index(failed), QColor(theme.bad)) > 0
    assert pixels_like(rail, STEPS.index(failed), QColor(theme.accent_soft)) > 0  # and is seen to be the open one


@pytest.mark.parametrize("lang", list(Lang))
def test_a_calendar_speaks_the_language_of_the_window_and_begins_with_this_month(
    window: MainWindow, tmp_path: Path, lang: Lang
) -> None:
    window.set_language(lang)
    window.create_course(tmp_path / "course", sample_course())
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    screen.go_to(Step.SCHEDULE)
    QApplication.processEvents()
    dates = screen.page(Step.SCHEDULE).findChildren(QDateEdit)
    empty = next(edit for edit in dates if edit.date() == edit.minimumDate())
    corner = QPoint(empty.width() - 8, empty.height() // 2)
    QTest.mouseClick(empty, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner)
    QApplication.processEvents()
    calendar = empty.findChildren(QCalendarWidget)[0]
    assert calendar.locale().language() == QLocale(lang.value).language()
    assert calendar.firstDayOfWeek() is Qt.DayOfWeek.Monday
    assert calendar.yearShown() > empty.minimumDate().year()
    calendar.window().close()


def test_a_box_to_tick_breaks_its_words_into_lines(window: MainWindow, tmp_path: Path) -> None:
    window.create_course(tmp_path / "course", sample_course())
    course = window.open_course
    assert course is not None
    words = "Остальные участники группы подтверждают ответ"
    field = CheckField(window._ui, course, "tasks/t-p1/answers_confirmed", words)
    assert field.minimumSizeHint().width() < field.fontMetrics().horizontalAdvance(words) / 2


def test_a_group_and_the_list_in_it_are_not_named_twice(window: MainWindow, tmp_path: Path) -> None:
    window.create_course(tmp_path / "course", sample_course())
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    doubled = []
    for step in (Step.DESCRIPTION, Step.SCHEDULE, Step.REVIEW, Step.SUBMISSION):
        screen.go_to(step)
        for group in screen.page(step).findChildren(QGroupBox):
            labels = group.findChildren(QLabel)
            doubled += [one.text() for one in labels if one.text() == group.title() and not one.isHidden()]
    assert doubled == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_no_rule_of_the_style_sheet_stands_twice(application: QApplication, theme: Theme) -> None:
    install(application, theme)  # each rule costs time for every widget that is made
    rules = [" ".join(rule.split()) for rule in application.styleSheet().split("}") if rule.strip()]
    assert [rule for rule, count in Counter(rules).items() if count > 1] == []
