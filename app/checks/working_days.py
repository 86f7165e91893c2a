"""Working days in Kazakhstan (14.2.2): Monday to Friday without public holidays, as the edition's settings list them.

The list reaches as far as the edition says; in later years only weekends are off. What the course says of a day goes
before the edition's word.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from app.model.course import Course
from app.model.regulation import Regulation, Settings
from app.model.teaching import Schedule

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Where the university's working days differ from Monday to Friday.

    Attributes:
        off: days that are not worked.
        worked: days that are worked whatever else is said of them.
    """

    off: frozenset[date]
    worked: frozenset[date]


def work_calendar(course: Course, regulation: Regulation) -> WorkCalendar:
    """Return the working days of a course: those of the edition with what the course adds to them."""
    return merged_calendar(course.schedule, regulation.settings)


def merged_calendar(schedule: Schedule, settings: Settings) -> WorkCalendar:
    """Return the one calendar of both; a day that the course has in both of its lists is worked."""
    worked = {one.day for one in schedule.working_days if one.day is not None}
    off = {one.day for one in schedule.days_off if one.day is not None} - worked
    official_worked = set(settings.moved_working_days) - off
    return WorkCalendar(
        frozenset(off.union(settings.holidays, settings.extra_holidays)), frozenset(worked | official_worked)
    )


def is_working_day(day: date, calendar: WorkCalendar) -> bool:
    """Tell whether the university works on a day."""
    return day in calendar.worked or (day.weekday() < SATURDAY and day not in calendar.off)


def working_days_before(start: date, calendar: WorkCalendar) -> Iterator[date]:
    """Yield the working days before a day, the nearest first, as far as the calendar reaches."""
    day = start
    while day > date.min:
        day -= ONE_DAY
        if is_working_day(day, calendar):
            yield day


def latest_day(start: date, count: int, calendar: WorkCalendar) -> date:
    """Return the last day that lies ``count`` (1 or more) working days before a day.

    With 10 days and no holidays that is 14 days earlier; `date.min` where the calendar does not reach so far.
    """
    return next(islice(working_days_before(start, calendar), count - 1, None), date.min)


def count_working_days(first: date, start: date, calendar: WorkCalendar) -> int:
    """Return how many working days lie from a day on (included) to another (not included); 0 where it is not before."""
    count = 0
    for day in working_days_before(start, calendar):
        if day < first:
            break
        count += 1
    return count
