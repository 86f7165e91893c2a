"""Days off of a course: what is official among its dates, and what a day of its own changes."""

from datetime import date
from pathlib import Path

import pytest

from app.exporters.course_events import course_events
from app.model.course import Course
from app.model.regulation import Regulation
from app.model.teaching import Announcement, AnnouncementKind, CalendarDay, Schedule
from app.session.days_off import DayNote, OfficialDay, course_span, day_note, official_days
from app.session.edit import set_value
from app.session.schedule_plan import apply_dates, date_conflicts, plan_dates
from app.session.timeline import lanes
from app.storage.course_file import decode, encode
from app.storage.regulation_file import load_regulation

REGULATION = load_regulation()
START = date(2027, 2, 1)
"""A Monday; no holiday in the three weeks before."""
NEWS = AnnouncementKind.NEWS_UNIVERSITY


def course_of(off: tuple[date, ...] = (), worked: tuple[date, ...] = (), start: date | None = START) -> Course:
    plan = Schedule(
        start=start,
        days_off=tuple(CalendarDay(id=f"o{number}", day=day) for number, day in enumerate(off)),
        working_days=tuple(CalendarDay(id=f"w{number}", day=day) for number, day in enumerate(worked)),
    )
    return Course(schedule=plan)


def planned(course: Course) -> dict[str, date]:
    return {one.path: one.day for one in plan_dates(course, REGULATION, START)}


def official_of(course: Course, regulation: Regulation) -> tuple[OfficialDay, ...]:
    return official_days(course, regulation, course_span(course, regulation))


def note_of(course: Course, element: str) -> DayNote | None:
    return day_note(course, REGULATION, course_span(course, REGULATION), element)


def test_the_plan_follows_the_days_of_the_course() -> None:
    news, letter = f"announcements/{NEWS}", f"announcements/{AnnouncementKind.LETTER}"
    assert planned(course_of())[news] == date(2027, 1, 18)
    assert planned(course_of())[letter] == date(2027, 1, 18)  # two weeks, a Monday
    free = planned(course_of(off=(date(2027, 1, 18),)))
    assert (free[news], free[letter]) == (date(2027, 1, 15), date(2027, 1, 15))
    assert planned(course_of(worked=(date(2027, 1, 30),)))[news] == date(2027, 1, 19)


def test_an_office_duty_on_a_day_off_of_the_course_is_a_conflict() -> None:
    letter = Announcement(id="a", kind=AnnouncementKind.LETTER, planned_on=date(2027, 1, 15))
    course = course_of().model_copy(update={"announcements": (letter,)})
    assert date_conflicts(course, REGULATION) == ()
    free = set_value(course, "schedule/days_off", (CalendarDay(id="d", day=date(2027, 1, 15)),))
    assert [(one.code, one.event.element) for one in date_conflicts(free, REGULATION)] == [
        ("day_off", "announcements/a/planned_on")
    ]
    sunday = set_value(course, "announcements/a/planned_on", date(2027, 1, 17))
    assert len(date_conflicts(sunday, REGULATION)) == 1
    worked = set_value(sunday, "schedule/working_days", (CalendarDay(id="d", day=date(2027, 1, 17)),))
    assert date_conflicts(worked, REGULATION) == ()


def test_the_official_days_are_those_among_the_dates_of_the_course() -> None:
    # A course of one module from 1 March 2027: two weeks before are 15 February, three weeks after 22 March.
    found = official_of(course_of(start=date(2027, 3, 1)), REGULATION)
    assert [(one.day, one.name, one.worked) for one in found] == [
        (date(2027, 3, 8), "womens_day", False),
        (date(2027, 3, 15), "constitution_day", False),
        (date(2027, 3, 22), "nauryz", False),
    ]
    worked = official_of(course_of(worked=(date(2027, 3, 8),), start=date(2027, 3, 1)), REGULATION)
    assert [one.overruled for one in worked] == [True, False, False]


def test_without_a_date_there_is_nothing_to_show() -> None:
    assert official_of(Course(), REGULATION) == ()
    assert course_span(Course(), REGULATION) is None


def test_days_that_the_edition_moves_are_official_too() -> None:
    moved = {"moved_working_days": (date(2027, 1, 30),), "extra_holidays": (date(2027, 1, 25),)}
    edition = REGULATION.model_copy(update={"settings": REGULATION.settings.model_copy(update=moved)})
    assert [(one.day, one.name, one.worked) for one in official_of(course_of(), edition)] == [
        (date(2027, 1, 25), "", False),
        (date(2027, 1, 30), "", True),
    ]


@pytest.mark.parametrize(
    ("off", "worked", "element", "note"),
    [
        ((date(2027, 1, 29),), (), "days_off/o0", None),
        ((), (date(2027, 1, 30),), "working_days/w0", None),
        ((date(2027, 1, 30),), (), "days_off/o0", DayNote.WEEKEND),
        ((date(2027, 1, 7),), (), "days_off/o0", DayNote.HOLIDAY),
        ((), (date(2027, 1, 29),), "working_days/w0", DayNote.WORKED),
        ((date(2027, 1, 29), date(2027, 1, 29)), (), "days_off/o0", None),
        ((date(2027, 1, 29), date(2027, 1, 29)), (), "days_off/o1", DayNote.TWICE),
        ((), (date(2027, 1, 30), date(2027, 1, 30)), "working_days/w1", DayNote.TWICE),
        ((date(2027, 1, 30),), (date(2027, 1, 30),), "days_off/o0", DayNote.WORKED_TOO),
        ((date(2028, 1, 28),), (), "days_off/o0", DayNote.OUTSIDE),
    ],
)
def test_what_changes_nothing_is_told(
    off: tuple[date, ...], worked: tuple[date, ...], element: str, note: DayNote | None
) -> None:
    assert note_of(course_of(off, worked), f"schedule/{element}") is note


def test_a_day_that_is_not_chosen_yet_needs_no_word() -> None:
    course = Course(schedule=Schedule(days_off=(CalendarDay(id="d"),)))
    assert note_of(course, "schedule/days_off/d") is None


def test_days_of_the_course_are_in_the_picture_and_among_the_events() -> None:
    course = course_of(off=(date(2027, 1, 22), date(2030, 1, 2)), worked=(date(2027, 1, 23),))
    course = apply_dates(course, plan_dates(course, REGULATION, START))
    own = [
        (e.kind, e.first, e.element) for e in course_events(course, REGULATION) if e.kind in ("day_off", "working_day")
    ]
    assert own == [
        ("day_off", date(2027, 1, 22), "schedule/days_off/o0/day"),
        ("working_day", date(2027, 1, 23), "schedule/working_days/w0/day"),
    ]
    (lane,) = [lane for lane in lanes(course, REGULATION) if lane.name == "days_off"]
    assert len(lane.events) == 2


def test_days_of_the_course_are_kept_in_its_file_and_a_file_without_them_loads() -> None:
    course = course_of(off=(date(2027, 1, 22),), worked=(date(2027, 1, 23),))
    data = encode(course, "atu-2025-02")
    assert decode(data, Path("course.json")).course == course
    assert b"working_days" not in encode(course_of(), "atu-2025-02")  # an older program can open it
