"""The course's dates as an iCalendar file (RFC 5545), which calendars and learning platforms import."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from hashlib import sha256
from typing import TYPE_CHECKING

from app.exporters.course_events import CourseEvent, course_events
from app.exporters.sanitise import sanitise_text
from app.model.course import Course
from app.model.regulation import Regulation
from app.model.texts import Lang, Texts

if TYPE_CHECKING:
    from icalendar import Event

ALMATY = timezone(timedelta(hours=5))
"""The one time of Kazakhstan since 1 March 2024, without summer time."""
SESSION_MIN = 120
"""Shown length of a studio session, minutes; the course knows only when it begins."""


def calendar_ics(course: Course, regulation: Regulation, texts: Texts, lang: Lang, *, generated_on: date) -> bytes:
    """Return the calendar; the same course on the same day gives the same bytes.

    Args:
        course: the course.
        regulation: the edition, for the terms that are counted from other dates.
        texts: all texts of the program.
        lang: language of the events' names.
        generated_on: the day of making, their time stamp.

    An event keeps its UID while its element lives, so that importing a later file moves it and doubles nothing; that
    holds through changes of modules and authors once `Schedule.calendar_id` is set.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Almaty Technological University//MOOC Studio//KK")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(course.title) or texts.get("calendar.untitled", lang))
    for event in course_events(course, regulation):
        calendar.add_component(_component(event, course, regulation, texts, lang, generated_on))
    return bytes(calendar.to_ical())


def event_text(event: CourseEvent, texts: Texts, lang: Lang) -> str:
    """Return what an event is called."""
    return _line(texts.get(f"calendar.event.{event.kind}", lang, **event.params)).rstrip(" :,")


def _component(
    event: CourseEvent, course: Course, regulation: Regulation, texts: Texts, lang: Lang, generated_on: date
) -> "Event":
    from icalendar import Event as CalendarEvent

    made = CalendarEvent()
    made.add("uid", f"{_key(event, course)}@mooc-studio")
    made.add("dtstamp", datetime.combine(generated_on, time(), UTC))
    made.add("summary", event_text(event, texts, lang))
    if event.starts_at is None:
        made.add("dtstart", event.first)
        made.add("dtend", min(event.last, date.max - timedelta(days=1)) + timedelta(days=1))
        made.add("transp", "TRANSPARENT")
    else:
        starts_at = event.starts_at
        starts_at = (starts_at if starts_at.tzinfo else starts_at.replace(tzinfo=ALMATY)).astimezone(UTC)
        made.add("dtstart", starts_at)
        made.add("dtend", starts_at + timedelta(minutes=SESSION_MIN))
    words = [_line(course.title)]
    if event.clause:
        words.append(texts.get("calendar.clause", lang, clause=event.clause, code=regulation.edition.code))
    made.add("description", "\n".join(word for word in words if word))
    return made


def calendar_mark(course: Course) -> str:
    """Return what tells the events of a course from those of another one; empty where it has nothing of its own yet.

    Without a mark that is kept it follows from the first ids of the course.
    """
    ids = [*(module.id for module in course.modules), *(author.id for author in course.authors)][:3]
    derived = sha256("/".join(ids).encode()).hexdigest()[:16] if ids else ""
    return course.schedule.calendar_id or derived


def _key(event: CourseEvent, course: Course) -> str:
    """Return what tells an event from all others: whose it is, and its element."""
    return sha256(f"{calendar_mark(course)}|{event.element}|{event.kind}".encode()).hexdigest()[:32]


def _line(text: str) -> str:
    return " ".join(sanitise_text(text)[0].split())
