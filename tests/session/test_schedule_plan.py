"""The plan keeps the rules that judge it, and the calendar file says what the course says."""

from datetime import date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks import run
from app.checks.working_days import is_working_day, work_calendar
from app.exporters.course_events import course_events
from app.exporters.packages.calendar import calendar_ics, event_text
from app.model.course import Course
from app.model.finding import Status
from app.model.papers import DeanTerms, RecordingSession
from app.model.structure import Module
from app.model.tasks import Placement, Task
from app.model.teaching import Announcement, AnnouncementKind, Schedule, Survey, SurveyQuestion, SurveyWhen
from app.model.texts import Lang
from app.sample import sample_course
from app.session.schedule_plan import apply_dates, date_conflicts, plan_dates
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts

REGULATION = load_regulation()
TEXTS = load_texts()
COURSE = Course(
    modules=tuple(Module(id=f"m{n}", title=f"M{n}") for n in range(1, 6)),
    surveys=tuple(
        Survey(id=when.value, when=when, questions=(SurveyQuestion(id="q", text="?"),)) for when in SurveyWhen
    ),
)
DATE_RULES = ("12.1a", "12.1b", "12.5b", "12.2", "12.6a", "12.6b", "14.2.2", "12.10.1a", "DR11")


def days(course: Course, start: date) -> dict[str, date]:
    return {one.path: one.day for one in plan_dates(course, REGULATION, start)}


def test_a_plan_by_hand() -> None:
    # 29 March 2027 is a Monday; 15 March of that year is a day off in Kazakhstan.
    planned = days(COURSE, date(2027, 3, 29))
    assert planned["schedule/enrol_open"] == date(2027, 3, 15)
    assert planned["schedule/enrol_close"] == date(2027, 4, 12)
    assert planned["schedule/enrol_hard_close"] == date(2027, 4, 19)
    assert planned["modules/m5/opens_on"] == date(2027, 4, 26)
    assert planned["schedule/end"] == date(2027, 5, 2)  # five weeks
    assert planned["modules/m1/closes_on"] == date(2027, 5, 2)  # sections stay open (X19)
    assert planned["announcements/letter"] == date(2027, 3, 12)  # 15 March is off, the working day before is a Friday


@given(st.dates(date(2026, 1, 1), date(2035, 12, 31)), st.integers(5, 14))
def test_the_rules_find_no_fault_with_a_plan(start: date, step_days: int) -> None:
    course = apply_dates(COURSE, plan_dates(COURSE, REGULATION, start, step_days))
    findings = run(course, {}, {}, REGULATION, start - timedelta(days=60))
    bad = [f for f in findings if f.rule in DATE_RULES and f.status in (Status.FAIL, Status.WARNING)]
    assert [(f.rule, f.element) for f in bad] == []


@given(st.dates())
def test_any_day_of_the_calendar_gives_a_plan(start: date) -> None:
    assert apply_dates(COURSE, plan_dates(COURSE, REGULATION, start)).schedule.start == start


@given(st.dates(date(2025, 1, 1), date(2035, 12, 31)))
def test_office_duties_fall_on_working_days(start: date) -> None:
    course = apply_dates(COURSE, plan_dates(COURSE, REGULATION, start))
    planned = [one.planned_on for one in course.announcements if one.planned_on]
    assert len(planned) == len(AnnouncementKind)
    assert all(is_working_day(day, work_calendar(course, REGULATION)) for day in planned)


def test_planning_again_changes_nothing() -> None:
    course = apply_dates(COURSE, plan_dates(COURSE, REGULATION, date(2027, 2, 1)))
    again = plan_dates(course, REGULATION, date(2027, 2, 1))
    assert all(one.before == one.day for one in again)
    assert apply_dates(course, again) == course


def test_days_off_and_sessions_at_one_time_are_told() -> None:
    course = Course(
        schedule=Schedule(end=date(2027, 3, 1)),
        announcements=(Announcement(id="a", kind=AnnouncementKind.LETTER, planned_on=date(2027, 3, 8)),),
        sessions=(
            RecordingSession(id="s1", starts_at=datetime(2027, 2, 1, 10, 0)),  # noqa: DTZ001 - the studio's clock
            RecordingSession(id="s2", starts_at=datetime(2027, 2, 1, 11, 59)),  # noqa: DTZ001
            RecordingSession(id="s3", starts_at=datetime(2027, 2, 1, 14, 0)),  # noqa: DTZ001
        ),
        tasks=(Task(id="t", placement=Placement.COURSE_END, deadline=date(2027, 3, 2)),),
    )
    found = [(one.code, one.event.element) for one in date_conflicts(course, REGULATION)]
    assert found == [
        ("day_off", "announcements/a/planned_on"),
        ("same_time", "sessions/s1/starts_at"),
        ("after_end", "tasks/t/deadline"),
    ]


@pytest.mark.parametrize(
    ("term", "told"),
    [(date(2027, 2, 1), True), (date(2027, 2, 2), True), (date(2027, 1, 29), False)],
)
def test_a_term_of_the_dean_that_ends_when_the_course_has_begun_is_told(term: date, *, told: bool) -> None:
    course = Course(schedule=Schedule(start=date(2027, 2, 1)), deadlines=DeanTerms(work_programme=term))
    found = [(one.code, one.event.element, one.event.clause) for one in date_conflicts(course, REGULATION)]
    assert found == ([("after_start", "deadlines/work_programme", "13")] if told else [])


def filled() -> Course:
    course = sample_course()
    return apply_dates(course, plan_dates(course, REGULATION, date(2027, 2, 1)))


@pytest.mark.parametrize("lang", Lang)
def test_the_calendar_file_holds_every_event_and_is_the_same_each_time(lang: Lang) -> None:
    course = filled()
    data = calendar_ics(course, REGULATION, TEXTS, lang, generated_on=date(2027, 1, 1))
    assert data == calendar_ics(course, REGULATION, TEXTS, lang, generated_on=date(2027, 1, 1))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))  # RFC 5545, 3.1: octets of a line
    read = icalendar.Calendar.from_ical(data)
    events = read.walk("VEVENT")
    expected = course_events(course, REGULATION)
    assert [str(one["summary"]) for one in events] == [event_text(event, TEXTS, lang) for event in expected]
    assert len({str(one["uid"]) for one in events}) == len(expected) > 20
    by_name = {str(one["summary"]): one for one in events}
    start = by_name[TEXTS.get("calendar.event.start", lang)]
    assert (start.decoded("dtstart"), start.decoded("dtend")) == (date(2027, 2, 1), date(2027, 2, 2))  # the end is open


def test_an_hour_is_the_universitys() -> None:
    at_ten = datetime(2027, 2, 1, 10, 0)  # noqa: DTZ001 - the studio's clock
    course = Course(sessions=(RecordingSession(id="s", room="204-2Б", starts_at=at_ten),))
    data = calendar_ics(course, REGULATION, TEXTS, Lang.KK, generated_on=date(2027, 1, 1)).decode()
    assert "DTSTART:20270201T050000Z" in data  # Almaty is five hours ahead of UTC


def test_an_event_keeps_its_uid_when_it_moves() -> None:
    def uids(course: Course) -> set[str]:
        data = calendar_ics(course, REGULATION, TEXTS, Lang.KK, generated_on=date(2027, 1, 1))
        return {str(one["uid"]) for one in icalendar.Calendar.from_ical(data).walk("VEVENT")}

    course = filled()
    assert uids(course) == uids(apply_dates(course, plan_dates(course, REGULATION, date(2027, 9, 6))))


def test_an_empty_course_gives_an_empty_calendar() -> None:
    data = calendar_ics(Course(), REGULATION, TEXTS, Lang.EN, generated_on=date(2027, 1, 1))
    assert icalendar.Calendar.from_ical(data).walk("VEVENT") == []
