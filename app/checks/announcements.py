"""Announcements of a course: information letter and posts of 12.6, news of 14.2.2.

Earlier is fine, later is a fault (decision 13, X20).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from app.checks.context import Context, Verdict, fail, rule
from app.checks.deadlines import day_text
from app.checks.wording import is_blank
from app.checks.working_days import count_working_days, latest_day, work_calendar
from app.model.teaching import Announcement, AnnouncementKind


@rule("12.6a")
def information_letter(context: Context) -> Iterable[Verdict]:
    """An information letter goes out two weeks before the start.

    What: days from the letter to the first day of the course, the day of sending before the planned one.
    Why: learners decide early whether they have time.
    Passes: 14 days or more; earlier is fine (decision 13).
    Fails: fewer days. No letter, no day, from the pre-launch check on (S17); not sent, from the announcement on (S18).
    Clause: 12.6a.
    """
    yield from _announced(context, "12.6a", AnnouncementKind.LETTER, _two_weeks_before)


@rule("12.6b")
def social_networks(context: Context) -> Iterable[Verdict]:
    """The course is announced on the social networks two weeks before the start.

    What: days from the post to the first day of the course, the day of posting before the planned one; its address.
    Why: most learners find a course there.
    Passes: 14 days or more; earlier is fine (decision 13).
    Fails: fewer days. No post, no day, from the pre-launch check on (S17); not published or no address, from the
        announcement on (S18).
    Clause: 12.6b.
    """
    yield from _announced(context, "12.6b", AnnouncementKind.SOCIAL, _two_weeks_before)


@rule("14.2.2")
def news_on_two_sites(context: Context) -> Iterable[Verdict]:
    """News of the course stand on the sites of the university and of the centre ten working days before the start.

    What: working days in Kazakhstan (`app.checks.working_days`) from each news item to the first day of the course,
        the day of publishing before the planned one; its address.
    Why: late information is one of the risks that the regulation names.
    Passes: 10 working days or more for both sites; earlier is fine (decision 13, X20).
    Fails: fewer. No news for one of the sites, no day, from the pre-launch check on (S17); not published or no
        address, from the announcement on (S18).
    Clause: 14.2.2.
    """
    yield from _announced(context, "14.2.2", AnnouncementKind.NEWS_UNIVERSITY, _ten_working_days_before, "university")
    yield from _announced(context, "14.2.2", AnnouncementKind.NEWS_CENTRE, _ten_working_days_before, "centre")


def _ten_working_days_before(context: Context, day: date, start: date, element: str) -> Iterator[Verdict]:
    limit, calendar = context.limit("news_working_days"), work_calendar(context.course, context.regulation)
    latest = latest_day(start, int(limit.min or 1), calendar)
    if day > latest:
        days = count_working_days(day, start, calendar)
        yield fail("late", element, measured=days, required=limit, day=day_text(day), latest=day_text(latest))


def _two_weeks_before(context: Context, day: date, start: date, element: str) -> Iterator[Verdict]:
    limit, days = context.limit("announcement_days"), (start - day).days
    if not limit.accepts(days):
        yield fail("late" if days >= 0 else "after", element, measured=days, required=limit, day=day_text(day))


InTime = Callable[[Context, date, date, str], Iterator[Verdict]]
"""(context, day of the announcement, first day of the course, element) -> a verdict where it is too late."""


def _announced(
    context: Context, rule_id: str, kind: AnnouncementKind, in_time: InTime, none: str = "none"
) -> Iterator[Verdict]:
    found = [announcement for announcement in context.course.announcements if announcement.kind is kind]
    if not found:
        yield context.missing(rule_id, "announcements", none)
    for announcement in found:
        yield from _announcement(context, rule_id, announcement, in_time)


def _announcement(context: Context, rule_id: str, one: Announcement, in_time: InTime) -> Iterator[Verdict]:
    element, start = f"announcements/{one.id}", context.course.schedule.start
    day, field = (one.done_on, "done_on") if one.done_on is not None else (one.planned_on, "planned_on")
    if day is None:
        yield context.missing(rule_id, f"{element}/planned_on", "no_day")
    elif start is not None:
        yield from in_time(context, day, start, f"{element}/{field}")
    announced = context.reached(context.regulation.rule_texts[rule_id].due)
    if announced and day is not None and one.done_on is None:
        yield fail("not_done", f"{element}/done_on")
    if announced and one.kind is not AnnouncementKind.LETTER and is_blank(one.url):
        yield fail("no_url", f"{element}/url")


RULES_OF_SECTION_12 = (information_letter, social_networks)
RULES_OF_SECTION_14 = (news_on_two_sites,)
