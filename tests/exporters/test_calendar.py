"""The calendar file read by a second reader, made after RFC 5545 alone: texts, days, hours, lines, and what moves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters.course_events import course_events
from app.exporters.packages.calendar import calendar_ics, event_text
from app.model.course import Course
from app.model.papers import RecordingSession
from app.model.people import Author
from app.model.structure import Module
from app.model.tasks import Placement, Task
from app.model.teaching import CalendarDay, Schedule
from app.model.texts import Lang
from app.sample import sample_course
from app.session.edit import move, remove, set_value
from app.session.schedule_plan import apply_dates, plan_dates
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts

REGULATION = load_regulation()
TEXTS = load_texts()
MADE_ON = date(2027, 1, 1)
KAZAKH = "Ә Ғ Қ Ң Ө Ұ Ү Һ І ә ғ қ ң ө ұ ү һ і"
_UNESCAPED = {"n": "\n", "N": "\n"}


@dataclass(frozen=True)
class Property:
    """One property: ``NAME;PARAMETER=…:value`` (RFC 5545, 3.1)."""

    name: str
    parameters: str
    value: str


def ics(course: Course, lang: Lang = Lang.KK) -> bytes:
    return calendar_ics(course, REGULATION, TEXTS, lang, generated_on=MADE_ON)


def unfolded(data: bytes) -> list[str]:
    """Return the content lines: a line break and one blank after it are no part of them."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    return re.sub(rb"\r\n[ \t]", b"", data).decode("utf-8").split("\r\n")[:-1]


def properties(data: bytes) -> Iterator[Property]:
    for line in unfolded(data):
        head, _, value = line.partition(":")
        name, _, parameters = head.partition(";")
        yield Property(name, parameters, re.sub(r"\\(.)", lambda m: _UNESCAPED.get(m[1], m[1]), value))


def events(data: bytes) -> list[dict[str, Property]]:
    found: list[dict[str, Property]] = []
    inside = False
    for one in properties(data):
        if (one.name, one.value) == ("BEGIN", "VEVENT"):
            inside = True
            found.append({})
        elif (one.name, one.value) == ("END", "VEVENT"):
            inside = False
        elif inside:
            assert one.name not in found[-1], "once only"
            found[-1][one.name] = one
    return found


def planned(course: Course, start: date = date(2027, 2, 1)) -> Course:
    return apply_dates(course, plan_dates(course, REGULATION, start))


@pytest.mark.parametrize("lang", Lang)
def test_a_second_reader_finds_what_the_course_says(lang: Lang) -> None:
    course = planned(sample_course())
    data = ics(course, lang)
    expected = course_events(course, REGULATION)
    read = events(data)
    assert [one["SUMMARY"].value for one in read] == [event_text(event, TEXTS, lang) for event in expected]
    for one, event in zip(read, expected, strict=True):
        if event.starts_at is None:
            assert (one["DTSTART"].parameters, one["DTEND"].parameters) == ("VALUE=DATE", "VALUE=DATE")
            assert one["DTSTART"].value == f"{event.first:%Y%m%d}"
            assert one["DTEND"].value == f"{event.last + timedelta(days=1):%Y%m%d}"  # not included (3.6.1)
    required = {"UID", "DTSTAMP", "DTSTART", "SUMMARY"}
    assert all(required <= one.keys() for one in read)
    head = {one.name: one.value for one in properties(data) if one.name in ("VERSION", "METHOD", "PRODID")}
    assert (head["VERSION"], head["METHOD"]) == ("2.0", "PUBLISH")


@given(st.text(max_size=120) | st.sampled_from([KAZAKH, 'a,b;c:d\\n"e"', "Ә" * 200, "x\r\ny\tz", "\\", "😀" * 40]))
def test_any_text_comes_through_in_lines_of_75_octets(title: str) -> None:
    task = Task(id="t", title=title, placement=Placement.COURSE_END, deadline=date(2027, 3, 1))
    course = Course(title=title, tasks=(task,))
    data = ics(course)
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode("utf-8")  # no letter is torn apart
    (event,) = course_events(course, REGULATION)
    (read,) = events(data)
    assert read["SUMMARY"].value == event_text(event, TEXTS, Lang.KK)
    (other,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(other["summary"]) == read["SUMMARY"].value


def test_an_hour_is_told_in_universal_time_and_a_day_has_no_hour() -> None:
    at_half_past_two = datetime(2027, 1, 1, 2, 30)  # noqa: DTZ001 - the studio's clock
    session = RecordingSession(id="s", room="204-2Б", starts_at=at_half_past_two)
    (read,) = events(ics(Course(sessions=(session,))))
    # Almaty is five hours ahead: the evening of the year before.
    assert (read["DTSTART"].value, read["DTSTART"].parameters) == ("20261231T213000Z", "")
    assert read["DTEND"].value == "20261231T233000Z"
    assert "TZID" not in str(read)


def by_uid(course: Course) -> dict[str, tuple[str, str]]:
    return {one["UID"].value: (one["SUMMARY"].value, one["DTSTART"].value) for one in events(ics(course))}


def test_a_later_file_moves_the_events_of_an_earlier_one() -> None:
    first = planned(sample_course())
    moved = planned(first, date(2027, 9, 6))
    before, after = by_uid(first), by_uid(moved)
    assert before.keys() == after.keys()
    changed = {uid for uid in before if before[uid][1] != after[uid][1]}
    start = TEXTS.get("calendar.event.start", Lang.KK)
    assert {after[uid] for uid in changed} >= {(start, "20270906")}
    assert all(before[uid][0] == after[uid][0] for uid in before)  # none has become another


def test_uids_stay_when_modules_and_authors_change() -> None:
    course = planned(sample_course())
    uids = by_uid(course).keys()
    first, second = (module.id for module in course.modules[:2])
    swapped = move(course, f"modules/{first}", 1)
    assert by_uid(swapped).keys() == uids
    more = set_value(course, "authors", (Author(id="new"), *course.authors))
    assert by_uid(more).keys() == uids
    less = by_uid(remove(course, f"modules/{second}")).keys()
    assert less < uids  # what is gone is gone, nothing else has changed its name


def test_two_courses_do_not_share_their_uids() -> None:
    one, other = (planned(Course(modules=(Module(id=f"m{n}"),))) for n in range(2))
    assert not by_uid(one).keys() & by_uid(other).keys()
    blank = [planned(Course()) for _ in range(2)]  # nothing of their own but their dates
    assert not by_uid(blank[0]).keys() & by_uid(blank[1]).keys()


def test_days_that_the_course_moves_are_in_the_file() -> None:
    off = CalendarDay(id="o", day=date(2027, 1, 22), title="Ашық есік күні")
    worked = CalendarDay(id="w", day=date(2027, 1, 23))
    course = planned(Course(schedule=Schedule(days_off=(off,), working_days=(worked,))))
    read = {one["SUMMARY"].value: one["DTSTART"].value for one in events(ics(course))}
    assert read[TEXTS.get("calendar.event.day_off", Lang.KK, title="Ашық есік күні")] == "20270122"
    assert read[TEXTS.get("calendar.event.working_day", Lang.KK, title="").rstrip(": ")] == "20270123"
    # The Friday is worked on Saturday: the news stay on 18 January.
    assert read[TEXTS.get("calendar.event.news_university", Lang.KK)] == "20270118"
