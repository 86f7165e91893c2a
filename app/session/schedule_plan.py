"""All dates of sections 12 and 14, counted from the first day of the course."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from app.checks.deadlines import day_after
from app.checks.working_days import is_working_day, latest_day, work_calendar
from app.exporters.course_events import CourseEvent, course_events
from app.exporters.packages.calendar import calendar_mark
from app.model.base import new_id
from app.model.course import Course
from app.model.regulation import Regulation
from app.model.teaching import Announcement, AnnouncementKind, SurveyWhen
from app.session.edit import get_value, insert, set_value

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """One date that the plan sets.

    Attributes:
        path: element path of the date; of an announcement that is not there yet, ``announcements/<kind>``.
        clause: the clause that it follows from, empty where it is arithmetic alone.
        before: the date that stands there now.
        day: the date that the plan gives it.
        new: the kind of an announcement that is made.
    """

    path: str
    clause: str
    before: date | None
    day: date
    new: AnnouncementKind | None = None


def plan_dates(
    course: Course, regulation: Regulation, start: date, step_days: int = WEEK_DAYS
) -> tuple[PlannedDate, ...]:
    """Return all dates that follow from the first day; what has that date already is in the list too.

    Args:
        course: its modules, announcements and questionnaires get dates.
        regulation: the edition: limits, holidays, whether sections stay open.
        start: first day of the course.
        step_days: days from the opening of one section to that of the next; a module is a week (8.1), more than the
            limit of 12.2 is not for this function to judge.

    Office duties fall on working days: what the regulation wants no later than a day goes to the working day before.
    Days that the calendar does not have are left out.
    """
    planner = _Planner(course, regulation, start, step_days)
    return tuple(date for date in planner.dates() if date is not None)


class _Planner:
    def __init__(self, course: Course, regulation: Regulation, start: date, step_days: int) -> None:
        self._course = course
        self._regulation = regulation
        self._start = start
        self._step_days = step_days
        self._calendar = work_calendar(course, regulation)
        count = max(1, len(course.modules))
        self._end = day_after(start, count * step_days - 1)

    def dates(self) -> Iterator[PlannedDate | None]:
        yield self._set("schedule/start", "", self._start)
        yield self._set("schedule/end", "", self._end)
        yield self._set("schedule/enrol_open", "12.1a", self._away("enrol_open_days", -1))
        yield self._set("schedule/enrol_close", "12.1b", self._away("enrol_close_days", 1))
        yield self._set("schedule/enrol_hard_close", "12.5b", self._away("enrol_hard_close_days", 1))
        yield from self._sections()
        yield from self._announcements()
        for survey in self._course.surveys:
            ends = self._start if survey.when is SurveyWhen.ENTRY else self._end
            yield self._set(f"surveys/{survey.id}/ready_on", "12.10.1a", self._working_day_before(ends, 1))

    def _sections(self) -> Iterator[PlannedDate | None]:
        window = self._regulation.settings.section_mode == "window"
        open_days = int(self._regulation.limits["section_step_days"].max or self._step_days)
        for place, module in enumerate(self._course.modules):
            path = f"modules/{module.id}"
            opens = day_after(self._start, place * self._step_days)
            yield self._set(f"{path}/opens_on", "12.2", opens)
            yield self._set(f"{path}/closes_on", "12.2", day_after(opens, open_days - 1) if window else self._end)
            yield self._set(f"{path}/weekly_message/send_on", "11.2", opens)

    def _announcements(self) -> Iterator[PlannedDate | None]:
        limits = self._regulation.limits
        two_weeks = self._away("announcement_days", -1)
        if two_weeks is not None and not is_working_day(two_weeks, self._calendar):
            two_weeks = self._working_day_before(two_weeks, 1)
        news = self._working_day_before(self._start, int(limits["news_working_days"].min or 1))
        for kind in AnnouncementKind:
            is_news = kind in (AnnouncementKind.NEWS_UNIVERSITY, AnnouncementKind.NEWS_CENTRE)
            day, clause = (news, "14.2.2") if is_news else (two_weeks, "12.6")
            own = [one for one in self._course.announcements if one.kind is kind]
            for one in own:
                yield self._set(f"announcements/{one.id}/planned_on", clause, day)
            if not own and day is not None:
                yield PlannedDate(f"announcements/{kind.value}", clause, None, day, kind)

    def _away(self, limit: str, sign: int) -> date | None:
        bounds = self._regulation.limits[limit]
        return day_after(self._start, sign * int(bounds.min or bounds.max or 0))

    def _working_day_before(self, day: date | None, count: int) -> date | None:
        found = None if day is None else latest_day(day, count, self._calendar)
        return None if found == date.min else found

    def _set(self, path: str, clause: str, day: date | None) -> PlannedDate | None:
        return None if day is None else PlannedDate(path, clause, get_value(self._course, path), day)


def apply_dates(course: Course, chosen: Collection[PlannedDate]) -> Course:
    """Set dates; an element that was removed meanwhile is left out, a missing announcement is made.

    From the first dates on calendars know the course by a mark that stays.
    """
    if chosen:
        course = with_calendar_mark(course)
    for one in chosen:
        if one.new is not None:
            made = Announcement(id=new_id("an"), kind=one.new, planned_on=one.day)
            course = insert(course, "announcements", made)
            continue
        try:
            course = set_value(course, one.path, one.day)
        except KeyError:
            continue
    return course


def with_calendar_mark(course: Course) -> Course:
    """Return the course with the mark by which calendars know its events; one that it has stays."""
    if course.schedule.calendar_id:
        return course
    return set_value(course, "schedule/calendar_id", calendar_mark(course) or new_id("ca"))


@dataclass(frozen=True, slots=True)
class DateConflict:
    """Something that does not go together in the calendar; the text is ``calendar.conflict.<code>``.

    Attributes:
        event: what has the conflict.
        other: the other event, for two at one time.
    """

    code: str
    event: CourseEvent
    other: CourseEvent | None = None


def date_conflicts(course: Course, regulation: Regulation) -> tuple[DateConflict, ...]:
    """Return what no rule of the regulation forbids but a person should know.

    Office duties on days off (``day_off``), studio sessions within two hours of each other (``same_time``), terms of
    the dean that end only when the course has begun (``after_start``), tasks that are due after it has ended
    (``after_end``).
    """
    events, calendar = course_events(course, regulation), work_calendar(course, regulation)
    found = [
        DateConflict("day_off", event)
        for event in events
        if event.office and event.first == event.last and not is_working_day(event.first, calendar)
    ]
    timed = [event for event in events if event.starts_at is not None]
    for place, event in enumerate(timed):
        found += [DateConflict("same_time", event, other) for other in timed[place + 1 :] if _overlap(event, other)]
    start, end = course.schedule.start, course.schedule.end
    found += [
        DateConflict("after_start", event)
        for event in events
        if start is not None and event.first >= start and event.element.startswith("deadlines/")
    ]
    found += [
        DateConflict("after_end", event)
        for event in events
        if end is not None and event.first > end and event.kind in ("task_due", "module_opens")
    ]
    return tuple(found)


def _overlap(one: CourseEvent, other: CourseEvent) -> bool:
    if one.starts_at is None or other.starts_at is None:
        return False
    first, second = one.starts_at.replace(tzinfo=None), other.starts_at.replace(tzinfo=None)
    return abs((second - first).total_seconds()) < SESSION_S


SESSION_S = 2 * 3600
"""Two sessions closer than this cannot both take place."""
