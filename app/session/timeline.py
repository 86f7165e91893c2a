"""The course's events in lanes, for the picture of the schedule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.exporters.course_events import CourseEvent, course_events
from app.model.course import Course
from app.model.regulation import Regulation
from app.model.teaching import AnnouncementKind


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days, both ends included.

    Attributes:
        element: path of the date at its start.
    """

    first: date
    last: date
    element: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the picture; its caption is ``calendar.lane.<name>``.

    Attributes:
        number: of the module, 0 for other lanes.
    """

    name: str
    number: int
    bars: tuple[Bar, ...]
    events: tuple[CourseEvent, ...]


_ANNOUNCEMENTS = frozenset(kind.value for kind in AnnouncementKind)
_KINDS = {
    "registration": frozenset({"enrol_open", "enrol_close", "enrol_hard_close"}),
    "course": frozenset({"start", "end"}),
    "announcements": _ANNOUNCEMENTS,
    "messages": frozenset({"weekly_message"}),
    "tasks": frozenset({"task_due"}),
    "surveys": frozenset({"survey_entry", "survey_exit", "analysis_due"}),
    "terms": frozenset({"term_work_programme", "term_materials", "term_recording", "term_submission"}),
    "days_off": frozenset({"day_off", "working_day"}),
    "sessions": frozenset({"session", "promo_session", "pilot"}),
}


def lanes(course: Course, regulation: Regulation) -> tuple[Lane, ...]:
    """Return the lanes that have something to show, in the order in which they are drawn."""
    events = course_events(course, regulation)
    plan = course.schedule
    found = [
        _lane("terms", events),
        _lane("sessions", events),
        _lane("registration", events, _bar(plan.enrol_open, plan.enrol_close, "schedule/enrol_open")),
        _lane("announcements", events),
        _lane("course", events, _bar(plan.start, plan.end, "schedule/start")),
    ]
    for number, module in enumerate(course.modules, start=1):
        path = f"modules/{module.id}/"
        own = tuple(event for event in events if event.element.startswith(path) and event.kind != "weekly_message")
        last = module.closes_on or plan.end
        found.append(Lane("module", number, _bar(module.opens_on, last, f"{path}opens_on"), own))
    found += [_lane(name, events) for name in ("messages", "tasks", "surveys", "days_off")]
    return tuple(lane for lane in found if lane.bars or lane.events)


def span(shown: Iterable[Lane]) -> tuple[date, date] | None:
    """Return the first and the last day that the lanes show, None where they show nothing."""
    days = [day for lane in shown for bar in lane.bars for day in (bar.first, bar.last)]
    days += [day for lane in shown for event in lane.events for day in (event.first, event.last)]
    return (min(days), max(days)) if days else None


def month_starts(first: date, last: date) -> list[date]:
    """Return the first days of the months between two days, both ends included."""
    found = []
    day = first
    while day <= last:
        if day.day == 1:
            found.append(day)
        if day == date.max:
            break
        day = _next_month(day)
    return found


def _next_month(day: date) -> date:
    if (day.year, day.month) == (date.max.year, 12):
        return date.max
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _bar(first: date | None, last: date | None, element: str) -> tuple[Bar, ...]:
    return (Bar(first, last, element),) if first is not None and last is not None and first <= last else ()


def _lane(name: str, events: Sequence[CourseEvent], bars: tuple[Bar, ...] = ()) -> Lane:
    own = tuple(event for event in events if event.kind in _KINDS[name])
    spans = tuple(Bar(event.first, event.last, event.element) for event in own if event.first < event.last)
    return Lane(name, 0, bars + spans, own)
