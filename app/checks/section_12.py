"""Section 12: dates of registration and sections, submission, access.

Announcements (12.6) have their own module; support, questionnaires and analysis stand in `section_12_after`.

A date that is there is judged at once; one that is missing is a fault only from the state before its own on
(decision 1, `Context.expected`).
"""

from collections.abc import Iterable, Iterator

from app.checks import announcements, section_12_after
from app.checks.context import Context, Verdict, fail, not_applicable, rule, warn
from app.checks.deadlines import day_after, day_text
from app.model.finding import Status
from app.model.structure import Module

DAYS_PER_WEEK = 7


@rule("12.1a")
def registration_opens(context: Context) -> Iterable[Verdict]:
    """Registration opens two weeks before the start.

    What: days from the opening of registration to the first day of the course.
    Why: learners need time to find the course and to plan for it.
    Passes: 14 days.
    Fails: another number of days; no date, from the announcement on (S18).
    Clause: 12.1a.
    """
    plan = context.course.schedule
    if plan.enrol_open is None:
        yield context.missing("12.1a", "schedule/enrol_open")
    elif plan.start is not None:
        limit, days = context.limit("enrol_open_days"), (plan.start - plan.enrol_open).days
        if not limit.accepts(days):
            planned = day_text(day_after(plan.start, -int(limit.max or 0)) or plan.start)
            message, element = "day" if days >= 0 else "after", "schedule/enrol_open"
            yield fail(message, element, measured=days, required=limit, planned=planned, days=abs(days))


@rule("12.1b")
def registration_closes(context: Context) -> Iterable[Verdict]:
    """Registration closes two weeks after the start.

    What: days from the first day of the course to the close of registration (X18).
    Why: who joins later has missed half of the course.
    Passes: 14 days.
    Fails: fewer; more than 21, the last day of 12.5b; no date, from the announcement on (S18). From 15 to 21 it warns.
    Clause: 12.1b.
    """
    plan = context.course.schedule
    if plan.enrol_close is None:
        yield context.missing("12.1b", "schedule/enrol_close")
    elif plan.start is not None:
        limit, days = context.limit("enrol_close_days"), (plan.enrol_close - plan.start).days
        if limit.accepts(days):
            return
        last = context.limit("enrol_hard_close_days").max or 0
        prolonged = (limit.max or 0) < days <= last
        judge, message = (warn, "prolonged") if prolonged else (fail, "day" if days >= 0 else "before")
        yield judge(message, "schedule/enrol_close", measured=days, required=limit, days=abs(days))


@rule("12.5b")
def registration_is_closed(context: Context) -> Iterable[Verdict]:
    """Registration is closed when three weeks have passed since the start.

    What: days from the first day of the course to the last day on which somebody may still be registered; where none
        is set, the day of 12.1b is the last one.
    Why: the office may prolong registration, but not without end.
    Passes: 21 days or fewer, not before the close of 12.1b.
    Fails: more than 21 days; a day before the close of registration.
    Clause: 12.5b.
    """
    plan, limit = context.course.schedule, context.limit("enrol_hard_close_days")
    hard, element = plan.enrol_hard_close, "schedule/enrol_hard_close"
    if hard is None or plan.start is None:
        yield not_applicable()
        return
    days = (hard - plan.start).days
    if limit.max is not None and days > limit.max:
        yield fail("late", element, measured=days, required=f"<= {limit.max}")
    if plan.enrol_close is not None and hard < plan.enrol_close:
        yield fail("before", element, measured=day_text(hard), required=f">= {day_text(plan.enrol_close)}")


@rule("12.2")
def sections_in_turn(context: Context) -> Iterable[Verdict]:
    """Sections open in turn, at most two weeks apart.

    What: days from the opening of one section to that of the next (X19); with the setting ``window`` the days for
        which each section is open.
    Why: learners who see everything at once lose the thread, who wait too long leave.
    Passes: each opens after the one before it, within 14 days, and stays open to the end of the course; with
        ``window`` each is open for 14 days at most.
    Fails: an order that differs, a longer step or window. The clause recommends, so this warns; with ``window`` also
        where learners who register late find a section closed.
    Clause: 12.2.
    """
    modules = [(number, module) for number, module in enumerate(context.course.modules, 1) if module.opens_on]
    yield from _steps(context, modules)
    judge = _stays_open if context.regulation.settings.section_mode == "step" else _window
    for number, module in modules:
        yield from judge(context, number, module)


def _steps(context: Context, modules: list[tuple[int, Module]]) -> Iterator[Verdict]:
    limit, previous = context.limit("section_step_days"), None
    for number, module in modules:
        opens = module.opens_on
        if opens is not None and previous is not None:
            days, element = (opens - previous).days, f"modules/{module.id}/opens_on"
            if days <= 0:
                yield fail(
                    "order", element, measured=day_text(opens), required=f"> {day_text(previous)}", module=number
                )
            elif not limit.accepts(days):
                yield fail("step", element, measured=days, required=limit, module=number)
        previous = opens


def _stays_open(context: Context, number: int, module: Module) -> Iterator[Verdict]:
    end, closes = context.course.schedule.end, module.closes_on
    if end is not None and closes is not None and closes < end:
        element = f"modules/{module.id}/closes_on"
        yield warn("closes", element, measured=day_text(closes), required=f">= {day_text(end)}", module=number)


def _window(context: Context, number: int, module: Module) -> Iterator[Verdict]:
    opens, closes, element = module.opens_on, module.closes_on, f"modules/{module.id}/closes_on"
    if opens is None or closes is None:
        return
    days = (closes - opens).days + 1
    if not context.limit("section_step_days").accepts(days):
        yield fail("window", element, measured=days, required=context.limit("section_step_days"), module=number)
    last = context.course.schedule.enrol_hard_close or context.course.schedule.enrol_close
    if last is not None and closes < last:
        yield warn("late_learners", element, measured=day_text(closes), required=f">= {day_text(last)}", module=number)


@rule("12.3")
def sent_to_the_office(context: Context) -> Iterable[Verdict]:
    """The description on form 01 is sent to the mailbox of the MOOC office, with the bundle that holds it.

    What: address and day of each submission that was noted.
    Why: the office places what reaches its mailbox.
    Passes: one submission to the mailbox with its day, or the course is not ready for it yet.
    Fails: nothing sent once the documents count as submitted (S13); another address; no day.
    Clause: 12.3.
    """
    mailbox, submissions = context.regulation.edition.mailbox, context.course.submissions
    if not submissions:
        yield context.missing("12.3", "submissions")
    for submission in submissions:
        element = f"submissions/{submission.id}"
        if submission.to.strip().casefold() != mailbox.casefold():
            yield fail("address", f"{element}/to", measured=submission.to.strip(), required=mailbox)
        if submission.sent_on is None:
            yield context.missing("12.3", f"{element}/sent_on", "not_sent")


@rule("12.4a")
def times_are_set(context: Context) -> Iterable[Verdict]:
    """First and last day of the course and the opening of each section are set.

    What: the dates of the schedule and of every section. Deadlines of tasks are F08.4c's and F08.7's.
    Why: learners plan their weeks by them, all other dates follow from them.
    Passes: all are there, sections open between the first and the last day.
    Fails: a date is missing from the acceptance of the documents on (S14); the course ends before it begins; a section
        opens outside the course.
    Clause: 12.4a.
    """
    plan = context.course.schedule
    expected = context.expected("12.4a")
    if expected:
        yield from (fail(name, f"schedule/{name}") for name in ("start", "end") if getattr(plan, name) is None)
    if plan.start is not None and plan.end is not None and plan.end < plan.start:
        yield fail("order", "schedule/end", measured=day_text(plan.end), required=f">= {day_text(plan.start)}")
        return
    for number, module in enumerate(context.course.modules, start=1):
        element = f"modules/{module.id}/opens_on"
        if module.opens_on is None:
            if expected:
                yield fail("section", element, module=number)
        elif plan.start is not None and module.opens_on < plan.start:
            yield fail(
                "before",
                element,
                measured=day_text(module.opens_on),
                required=f">= {day_text(plan.start)}",
                module=number,
            )
        elif plan.end is not None and module.opens_on > plan.end:
            yield fail(
                "after", element, measured=day_text(module.opens_on), required=f"<= {day_text(plan.end)}", module=number
            )


@rule("12.4b")
def access_opened(context: Context) -> Iterable[Verdict]:
    """The office opens access for learners and authors by the first day.

    What: the day on which access was opened.
    Why: a course that cannot be entered has not begun.
    Passes: the first day of the course or earlier, or the course is not near its start yet.
    Fails: later; no day, from the opening of registration on (S19).
    Clause: 12.4b.
    """
    opened, start, element = (
        context.course.platform.access_opened_on,
        context.course.schedule.start,
        "platform/access_opened_on",
    )
    if opened is None:
        yield context.missing("12.4b", element)
    elif start is not None and opened > start:
        yield fail("late", element, measured=day_text(opened), required=f"<= {day_text(start)}")


@rule("12.5a")
def course_is_active(context: Context) -> Iterable[Verdict]:
    """An announced course starts soon or has just started.

    What: weeks between today and the first day, while the course is announced and open for registration (X21).
    Why: learners who find an announcement want to begin.
    Passes: three weeks before or after the first day, or less; before the announcement (S18) and once
        registration has closed (S21) nothing is asked.
    Fails: further away. It is a hint on the state of the course.
    Clause: 12.5a.
    """
    start, weeks = context.course.schedule.start, context.limit("start_window_weeks").max
    if start is None or weeks is None or not context.reached("S18") or context.reached("S21"):
        yield not_applicable()
        return
    days = abs((start - context.today).days)
    if days > weeks * DAYS_PER_WEEK:
        message, params = "far" if start > context.today else "past", {"day": day_text(start)}
        distance = round(days / DAYS_PER_WEEK, 2)
        yield Verdict(Status.FAIL, "schedule/start", message, distance, f"<= {weeks}", params, "week")


RULES = (
    registration_opens,
    registration_closes,
    sections_in_turn,
    sent_to_the_office,
    times_are_set,
    access_opened,
    course_is_active,
    registration_is_closed,
    *announcements.RULES_OF_SECTION_12,
    *section_12_after.RULES,
)
