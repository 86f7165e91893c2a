"""Everything of a course that has a day, as one list: for calendar file, timeline, and the look for conflicts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.checks.deadlines import day_after, due_day
from app.model.course import Course
from app.model.regulation import Regulation
from app.model.teaching import AnnouncementKind

_CLAUSE_OF_ANNOUNCEMENT = {
    AnnouncementKind.LETTER: "12.6",
    AnnouncementKind.SOCIAL: "12.6",
    AnnouncementKind.NEWS_UNIVERSITY: "14.2.2",
    AnnouncementKind.NEWS_CENTRE: "14.2.2",
}


@dataclass(frozen=True, slots=True)
class CourseEvent:
    """One event.

    Attributes:
        kind: its text is ``calendar.event.<kind>``.
        first: its first day.
        last: its last day, the same for what happens on one day.
        element: path of the date that says so.
        clause: the clause that asks for it, empty where none does.
        params: values for the text.
        starts_at: the hour, on the university's clock, of what has one.
        office: somebody at the university has to do something on that day, so that it should be a working one.
    """

    kind: str
    first: date
    last: date
    element: str
    clause: str = ""
    params: dict[str, object] = field(default_factory=dict)
    starts_at: datetime | None = None
    office: bool = False


def course_events(course: Course, regulation: Regulation) -> tuple[CourseEvent, ...]:
    """Return all events whose day is known, by day and then in the order of the course; what was done is none."""
    found = [*_course_days(course, regulation), *_modules(course), *_tasks(course), *_announcements(course)]
    found += [*_surveys(course), *_terms(course), *_sessions(course), *_pilot(course)]
    found += list(_own_days(course, found))
    return tuple(sorted(found, key=lambda event: (event.first, event.last)))


def _own_days(course: Course, others: Sequence[CourseEvent]) -> Iterator[CourseEvent]:
    """Yield the days off and worked days that the course names and that lie among its other events."""
    if not others:
        return
    first, last = min(event.first for event in others), max(event.last for event in others)
    plan = course.schedule
    for kind, name, days in (
        ("day_off", "days_off", plan.days_off),
        ("working_day", "working_days", plan.working_days),
    ):
        for one in days:
            if one.day is not None and first <= one.day <= last:
                params: dict[str, object] = {"title": one.title}
                yield CourseEvent(kind, one.day, one.day, f"schedule/{name}/{one.id}/day", "14.2.2", params)


def _one(kind: str, day: date | None, element: str, clause: str = "", *, office: bool = False) -> Iterator[CourseEvent]:
    if day is not None:
        yield CourseEvent(kind, day, day, element, clause, office=office)


def _course_days(course: Course, regulation: Regulation) -> Iterator[CourseEvent]:
    plan = course.schedule
    yield from _one("enrol_open", plan.enrol_open, "schedule/enrol_open", "12.1")
    yield from _one("enrol_close", plan.enrol_close, "schedule/enrol_close", "12.1")
    yield from _one("enrol_hard_close", plan.enrol_hard_close, "schedule/enrol_hard_close", "12.5")
    yield from _one("start", plan.start, "schedule/start")
    yield from _one("end", plan.end, "schedule/end")
    if plan.end is not None and course.analysis_report.submitted_on is None:
        due = day_after(plan.end, int(regulation.limits["analysis_days"].max or 0))
        yield from _one("analysis_due", due, "analysis_report/submitted_on", "12.10.2")


def _modules(course: Course) -> Iterator[CourseEvent]:
    for number, module in enumerate(course.modules, start=1):
        params: dict[str, object] = {"n": number, "title": module.title}
        path = f"modules/{module.id}"
        if module.opens_on is not None:
            yield CourseEvent("module_opens", module.opens_on, module.opens_on, f"{path}/opens_on", "12.2", params)
        if module.closes_on is not None and module.closes_on != course.schedule.end:
            yield CourseEvent("module_closes", module.closes_on, module.closes_on, f"{path}/closes_on", "12.2", params)
        sent = module.weekly_message.send_on
        if sent is not None:
            yield CourseEvent("weekly_message", sent, sent, f"{path}/weekly_message/send_on", "11.2", params)


def _tasks(course: Course) -> Iterator[CourseEvent]:
    for task in course.tasks:
        day = due_day(course, task)
        if day is not None:
            name = "deadline" if task.deadline is not None else "deadline_days"
            yield CourseEvent("task_due", day, day, f"tasks/{task.id}/{name}", "12.4", {"title": task.title})


def _announcements(course: Course) -> Iterator[CourseEvent]:
    for one in course.announcements:
        if one.planned_on is not None and one.done_on is None:
            clause = _CLAUSE_OF_ANNOUNCEMENT[one.kind]
            yield from _one(one.kind.value, one.planned_on, f"announcements/{one.id}/planned_on", clause, office=True)


def _surveys(course: Course) -> Iterator[CourseEvent]:
    for survey in course.surveys:
        element = f"surveys/{survey.id}/ready_on"
        yield from _one(f"survey_{survey.when.value}", survey.ready_on, element, "12.10.1", office=True)


def _terms(course: Course) -> Iterator[CourseEvent]:
    for name in ("work_programme", "materials", "recording", "submission"):
        yield from _one(f"term_{name}", getattr(course.deadlines, name), f"deadlines/{name}", "13", office=True)


def _sessions(course: Course) -> Iterator[CourseEvent]:
    promo = course.promo.booking
    booked = [("session", each.starts_at, f"sessions/{each.id}/starts_at", each.room) for each in course.sessions]
    booked.append(("promo_session", promo.starts_at, "promo/booking/starts_at", promo.room))
    for kind, starts_at, element, room in booked:
        if starts_at is not None:
            day = starts_at.date()
            yield CourseEvent(kind, day, day, element, "9.5", {"room": room}, starts_at, office=True)


def _pilot(course: Course) -> Iterator[CourseEvent]:
    first, last = course.pilot.from_on, course.pilot.to_on
    if first is not None and last is not None and first <= last:
        yield CourseEvent("pilot", first, last, "pilot/from_on", "11.8")
