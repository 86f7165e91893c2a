"""The official days off among a course's dates, and what is odd about a day that the course itself names."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.checks.working_days import SATURDAY, is_working_day, merged_calendar
from app.exporters.course_events import course_events
from app.model.course import Course
from app.model.regulation import Regulation
from app.model.teaching import Schedule
from app.session.edit import get_value
from app.session.schedule_plan import plan_dates

Span = tuple[date, date]
"""First and last day, both included."""
DAYS_OFF = "schedule/days_off"
WORKING_DAYS = "schedule/working_days"


@dataclass(frozen=True, slots=True)
class OfficialDay:
    """A day that the edition sets apart from its weekday.

    Attributes:
        name: what it is called, as `Settings.holiday_names` has it; empty where it has no name.
        worked: a weekend day or a holiday that is worked.
        overruled: the course says otherwise.
    """

    day: date
    name: str
    worked: bool
    overruled: bool


class DayNote(StrEnum):
    """Why a day that the course names changes nothing, or not what one would think."""

    TWICE = "twice"
    WORKED_TOO = "worked_too"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    WORKED = "worked"
    OUTSIDE = "outside"


def course_span(course: Course, regulation: Regulation) -> Span | None:
    """Return the first and the last of all days that the course has or its first day asks for; None without any."""
    start = course.schedule.start
    days = [day for event in course_events(course, regulation) for day in (event.first, event.last)]
    days += [one.day for one in plan_dates(course, regulation, start)] if start is not None else []
    return (min(days), max(days)) if days else None


def official_days(course: Course, regulation: Regulation, span: Span | None) -> tuple[OfficialDay, ...]:
    """Return the official days off and worked weekend days within the course's dates (`course_span`), by day."""
    settings = regulation.settings
    if span is None:
        return ()
    official = merged_calendar(Schedule(), settings)
    own = merged_calendar(course.schedule, settings)
    listed = sorted({*settings.holidays, *settings.extra_holidays, *settings.moved_working_days})
    found = []
    for day in listed:
        worked = is_working_day(day, official)
        if span[0] <= day <= span[1] and worked is (day in settings.moved_working_days):
            overruled = is_working_day(day, own) is not worked
            found.append(OfficialDay(day, settings.holiday_names.get(day, ""), worked, overruled))
    return tuple(found)


def day_note(course: Course, regulation: Regulation, span: Span | None, element: str) -> DayNote | None:
    """Return what is odd about a day of the course, None where nothing is or no day is chosen yet.

    Args:
        course: the course.
        regulation: the edition, for its holidays.
        span: the course's dates (`course_span`).
        element: path of an element of one of the two lists.

    Raises:
        KeyError: there is no such element.
    """
    own, plan = get_value(course, element), course.schedule
    if own.day is None:
        return None
    off = element.startswith(DAYS_OFF)
    same = [one for one in (plan.days_off if off else plan.working_days) if one.day == own.day]
    if same[0].id != own.id:
        return DayNote.TWICE
    if off and any(one.day == own.day for one in plan.working_days):
        return DayNote.WORKED_TOO
    worked = is_working_day(own.day, merged_calendar(Schedule(), regulation.settings))
    if off and not worked:
        return DayNote.WEEKEND if own.day.weekday() >= SATURDAY else DayNote.HOLIDAY
    if not off and worked:
        return DayNote.WORKED
    if span is not None and not span[0] <= own.day <= span[1]:
        return DayNote.OUTSIDE
    return None
