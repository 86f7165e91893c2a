"""Working days in Kazakhstan (14.2.2): Monday to Friday without public holidays, as the edition's settings list them.

The list reaches as far as the edition says; in later years only weekends are off.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from app.model.regulation import Settings

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date, settings: Settings) -> bool:
    """Tell whether the university works on a day."""
    if day in settings.moved_working_days:
        return True
    return day.weekday() < SATURDAY and day not in settings.holidays and day not in settings.extra_holidays


def working_days_before(start: date, settings: Settings) -> Iterator[date]:
    """Yield the working days before a day, the nearest first, as far as the calendar reaches."""
    day = start
    while day > date.min:
        day -= ONE_DAY
        if is_working_day(day, settings):
            yield day


def latest_day(start: date, count: int, settings: Settings) -> date:
    """Return the last day that lies ``count`` (1 or more) working days before a day.

    With 10 days and no holidays that is 14 days earlier; `date.min` where the calendar does not reach so far.
    """
    return next(islice(working_days_before(start, settings), count - 1, None), date.min)


def count_working_days(first: date, start: date, settings: Settings) -> int:
    """Return how many working days lie from a day on (included) to another (not included); 0 where it is not before."""
    count = 0
    for day in working_days_before(start, settings):
        if day < first:
            break
        count += 1
    return count
