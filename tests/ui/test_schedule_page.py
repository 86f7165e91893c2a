"""Days off on the schedule page, and conflicts of dates, with the real widgets."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDateEdit,
    QDateTimeEdit,
    QLabel,
    QLineEdit,
    QListWidget,
    QToolButton,
    QWidget,
)

from app.model.course import Course
from app.model.papers import DeanTerms
from app.model.structure import Module
from app.model.teaching import AnnouncementKind, CalendarDay, Schedule
from app.model.texts import Lang
from app.session.edit import get_value, set_value
from app.session.schedule_plan import apply_dates, plan_dates
from app.session.wizard import Step
from app.storage.course_file import read
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts
from app.ui.author_tools.schedule_dialog import ScheduleDialog
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from app.ui.pages.base import Page
from app.ui.pages.days_off import DaysOff
from app.ui.timeline import Timeline
from tests.ui.conftest import Until
from tests.ui.hands import named, press, say
from tests.ui.test_author_tools import opened, rows, tool

COURSE = Course(title="Тағам", modules=(Module(id="m", title="Тағам"),))
START = date(2027, 2, 1)
"""A Monday; the ten working days before it begin on 18 January."""


def planned(course: Course = COURSE) -> Course:
    return apply_dates(course, plan_dates(course, load_regulation(), START))


def schedule_page(screen: CourseScreen) -> Page:
    screen.go_to(Step.SCHEDULE)
    QApplication.processEvents()
    return screen.page(Step.SCHEDULE)


def news_day(course: Course) -> date | None:
    return next(one.planned_on for one in course.announcements if one.kind is AnnouncementKind.NEWS_UNIVERSITY)


def add_day(page: QWidget, name: str, day: QDate) -> None:
    press(page, say("list.add", what=say(f"field.schedule.{name}")))
    edit = QApplication.focusWidget()
    assert isinstance(edit, QDateEdit)  # one can go on typing
    assert edit.accessibleName() == say(f"field.{name}.day")
    edit.setDate(day)
    QApplication.processEvents()


def conflicts(page: QWidget) -> list[str]:
    found = page.findChildren(QListWidget)
    (view,) = [one for one in found if one.accessibleName() == say("tools.schedule.conflicts")]
    return [view.item(row).text() for row in range(view.count())] if not view.isHidden() else []


def test_a_day_off_moves_the_dates_and_undo_moves_them_back(window: MainWindow, tmp_path: Path, until: Until) -> None:
    start = planned()
    screen, course = opened(window, tmp_path / "c", start)
    assert news_day(start) == date(2027, 1, 18)
    page = schedule_page(screen)
    add_day(page, "days_off", QDate(2027, 1, 22))
    assert course.store.undo_label == say("undo.edit", field=say("field.days_off.day"))
    title = named(page, QLineEdit, say("field.days_off.title"))
    QTest.keyClicks(title, "Open day")
    (own,) = course.course.schedule.days_off
    assert (own.day, own.title) == (date(2027, 1, 22), "Open day")
    until(lambda: any(line.startswith("14.2.2") and "15.01.2027" in line for line in conflicts(page)))  # too late now
    spoken = page.findChildren(Timeline)[0].spoken()
    name = load_texts().get("calendar.event.day_off", Lang.KK, title="Open day")
    assert f"22.01.2027 – {name}" in spoken

    dialog = tool(screen, "schedule")
    news = [line for line in rows(dialog) if "| 14.2.2 |" in line]
    assert [line.endswith("18.01.2027 | 15.01.2027") for line in news] == [True, True]
    press(dialog, say("tools.schedule.set"))
    assert news_day(course.course) == date(2027, 1, 15)
    until(lambda: not any(line.startswith("14.2.2") for line in conflicts(page)))
    assert course.save_now()
    assert read(tmp_path / "c" / "course.mooc").course == course.course
    for _ in range(4):  # the dates, the title, the day, the entry
        course.store.undo()
    assert course.course == start
    for _ in range(4):
        course.store.redo()
    assert news_day(course.course) == date(2027, 1, 15)


def test_a_worked_saturday_is_added_and_removed(window: MainWindow, tmp_path: Path) -> None:
    start = planned()
    screen, course = opened(window, tmp_path / "c", start)
    page = schedule_page(screen)
    add_day(page, "working_days", QDate(2027, 1, 30))
    dialog = tool(screen, "schedule")
    assert sum(line.endswith("18.01.2027 | 19.01.2027") for line in rows(dialog)) == 2
    dialog.close()
    caption = say("field.schedule.working_days")
    QTest.mouseClick(named(page, QToolButton, f"{say('list.remove')}: {caption}"), Qt.MouseButton.LeftButton)
    assert course.course == start
    assert course.store.undo_label == say("undo.remove", what=caption)
    course.store.undo()
    assert [one.day for one in course.course.schedule.working_days] == [date(2027, 1, 30)]


@pytest.mark.parametrize(
    ("name", "day", "key"),
    [
        ("days_off", date(2027, 1, 30), "weekend"),
        ("days_off", date(2027, 1, 7), "holiday"),
        ("working_days", date(2027, 1, 29), "worked"),
        ("days_off", date(2027, 1, 26), "twice"),
        ("days_off", date(2028, 1, 28), "outside"),
    ],
)
def test_a_day_that_changes_nothing_says_so(window: MainWindow, tmp_path: Path, name: str, day: date, key: str) -> None:
    start = set_value(planned(), "schedule/days_off", (CalendarDay(id="d", day=date(2027, 1, 26)),))
    screen, course = opened(window, tmp_path / "c", start)
    page = schedule_page(screen)
    add_day(page, name, QDate(day.year, day.month, day.day))
    # From the news, ten working days without the 26th before 1 February, to the end of registration, three weeks after.
    span = {"first": "15.01.2027", "last": "22.02.2027"} if key == "outside" else {}
    text = load_texts().get(f"ui.days_off.remark.{key}", Lang.KK, **span)
    shown = [one.text() for one in page.findChildren(QLabel) if one.isVisible() and one.text() == text]
    assert shown == [text]
    own = get_value(course.course, f"schedule/{name}")[-1]
    assert own.day == day  # nothing that was entered is lost


def test_the_official_days_follow_the_dates(window: MainWindow, tmp_path: Path) -> None:
    screen, course = opened(window, tmp_path / "c", COURSE)
    page = schedule_page(screen)
    official = page.findChildren(DaysOff)[0].official_label()
    assert official.text() == say("days_off.no_dates")
    course.apply("x", lambda c: set_value(c, "schedule/start", START))
    assert official.text() == say("days_off.none")
    course.apply("x", lambda c: set_value(c, "schedule/start", date(2027, 3, 1)))
    texts = load_texts()
    women, weekday = texts.get("calendar.holiday.womens_day", Lang.KK), texts.get("forms.weekday.1", Lang.KK)
    assert official.text().splitlines()[0] == f"08.03.2027, {weekday} – {women}"
    add_day(page, "working_days", QDate(2027, 3, 8))
    assert official.text().splitlines()[0].endswith(f"({say('days_off.overruled')})")


def test_conflicts_name_their_clause_and_lead_to_their_field(window: MainWindow, tmp_path: Path, until: Until) -> None:
    course = planned()
    late = {
        "deadlines": DeanTerms(submission=date(2027, 3, 8)),  # Women's Day, and after the first day
        "schedule": course.schedule.model_copy(update={"enrol_open": date(2027, 1, 25)}),
    }
    screen, _ = opened(window, tmp_path / "c", course.model_copy(update=late))
    page = schedule_page(screen)
    until(lambda: any(line.startswith("12.1a") for line in conflicts(page)))
    view = named(page, QListWidget, say("tools.schedule.conflicts"))
    for beginning, caption in (
        ("12.1a  ", say("field.schedule.enrol_open")),
        ("13  08.03.2027", say("field.deadlines.submission")),
    ):
        (row,) = [row for row, line in enumerate(conflicts(page)) if line.startswith(beginning)][:1]
        item = view.item(row)
        view.scrollToItem(item)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualItemRect(item).center())
        QApplication.processEvents()
        focused = QApplication.focusWidget()
        assert focused is not None
        assert (focused.accessibleName(), focused.isVisible()) == (caption, True)


def test_dates_that_go_together_show_no_list(window: MainWindow, tmp_path: Path) -> None:
    screen, _ = opened(window, tmp_path / "c", Course(schedule=Schedule(start=START)))
    page = schedule_page(screen)
    assert conflicts(page) == []
    assert say("tools.schedule.no_conflicts") in [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def test_a_course_without_dates_is_not_said_to_have_good_ones(window: MainWindow, tmp_path: Path) -> None:
    window.create_course(tmp_path / "new", Course())
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    screen.go_to(Step.SCHEDULE)
    QApplication.processEvents()
    page = screen.page(Step.SCHEDULE)
    assert say("tools.schedule.no_conflicts") not in [
        one.text() for one in page.findChildren(QLabel) if one.isVisible()
    ]


def test_a_calendar_file_marks_the_course_once(window: MainWindow, tmp_path: Path) -> None:
    start = set_value(COURSE, "schedule/start", START)  # dates by hand, without a plan
    screen, course = opened(window, tmp_path / "c", start)
    dialog = tool(screen, "schedule")
    assert isinstance(dialog, ScheduleDialog)
    dialog.write_calendar(tmp_path / "1.ics")
    marked = course.course
    assert marked.schedule.calendar_id
    assert course.store.undo_label == say("tools.schedule.export_step")
    course.apply("x", lambda c: set_value(c, "modules", ()))
    dialog.write_calendar(tmp_path / "2.ics")
    assert course.course.schedule.calendar_id == marked.schedule.calendar_id
    uids = [re.findall(rb"UID:(\S+)", (tmp_path / name).read_bytes()) for name in ("1.ics", "2.ics")]
    assert set(uids[0]) & set(uids[1]) == set(uids[1])
    assert uids[1]
    for _ in range(2):
        course.store.undo()
    assert course.course == start


def test_a_day_is_typed_into_an_empty_field(window: MainWindow, tmp_path: Path) -> None:
    start = planned()
    screen, course = opened(window, tmp_path / "c", start)
    page = schedule_page(screen)
    press(page, say("list.add", what=say("field.schedule.days_off")))
    added = course.course
    edit = QApplication.focusWidget()
    assert isinstance(edit, QDateEdit)
    assert edit.text() == "—"
    QTest.keyClicks(edit, "22012027")
    assert course.course.schedule.days_off[0].day == date(2027, 1, 22)
    course.store.undo()
    assert course.course == added  # one step, however many keys
    QTest.keyClick(edit, Qt.Key.Key_Up)  # from no day to a day that is of use, not to the first one of the calendar
    assert edit.date() == QDate.currentDate()


def test_a_moment_is_typed_into_an_empty_field(window: MainWindow, tmp_path: Path) -> None:
    screen, course = opened(window, tmp_path / "c", COURSE)
    page = schedule_page(screen)
    press(page, say("list.add", what=say("field.sessions")))
    edit = named(page, QDateTimeEdit, say("field.session.starts_at"))
    edit.setFocus()
    QTest.keyClicks(edit, "220120271030")
    at = datetime(2027, 1, 22, 10, 30)  # noqa: DTZ001 - the studio's clock
    assert course.course.sessions[0].starts_at == at
