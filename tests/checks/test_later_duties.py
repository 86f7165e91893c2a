"""Later duties: coming, not failing, until the state before their own (decision 1). Windows of sections, links."""

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.checks import run
from app.checks.context import Context, state_order
from app.checks.deadlines import day_after, day_text
from app.checks.links import is_link
from app.checks.section_12 import sections_in_turn
from app.model.course import Course
from app.model.finding import Finding, Status
from app.model.regulation import Regulation
from app.model.texts import Lang
from app.sample import sample_course
from app.storage.regulation_file import load_regulation
from tests.checks.case_changes import Draft, apply_changes
from tests.checks.case_files import TODAY

OPEN = (Status.FAIL, Status.NOT_MEASURED, Status.ATTEST)


def findings(course: Course, regulation: Regulation | None = None) -> tuple[Finding, ...]:
    return run(course, {}, {}, regulation or load_regulation(), TODAY)


def changed(*changes: dict[str, Any]) -> Course:
    return apply_changes(Draft.of_sample(), changes).validated()


@pytest.mark.parametrize("course", [Course(), sample_course()], ids=["empty", "sample"])
def test_at_the_beginning_nothing_is_asked_that_is_due_after_the_submission(course: Course) -> None:
    later = [one for one in findings(course) if one.status in OPEN and state_order(one.due) > state_order("S13")]
    assert later == []


def test_at_the_end_everything_missing_is_named() -> None:
    """An empty course of the last state: each later duty that no data fulfils speaks, nothing keeps still."""
    named = {one.rule for one in findings(Course(state="S27")) if one.status in OPEN}
    duties = {"10.4a", "11.8", "12.1a", "12.1b", "12.3", "12.4a", "12.4b", "12.6a", "12.6b", "12.7a", "12.7b", "12.8"}
    duties |= {"12.10.1a", "12.10.2a", "12.10.2b", "12.10.3", "14.2.2", "F08.0a"}
    assert named >= duties


def test_what_is_due_by_the_submission_is_always_expected() -> None:
    context = Context(Course(), load_regulation(), {}, {}, TODAY)
    assert context.expected("10.1b")
    assert not context.expected("12.3")


@pytest.mark.parametrize(("state", "expected"), [("S00", False), ("S15", False), ("S16", True), ("S20", True)])
def test_a_later_duty_is_expected_from_the_state_before_its_own(state: str, *, expected: bool) -> None:
    assert load_regulation().rule_texts["11.8"].due == "S17"
    assert Context(Course(state=state), load_regulation(), {}, {}, TODAY).expected("11.8") is expected


def as_windows() -> Regulation:
    regulation = load_regulation()
    return regulation.model_copy(update={"settings": regulation.settings.model_copy(update={"section_mode": "window"})})


def said_of_sections(closes: dict[str, str]) -> list[tuple[str, Status, str, object]]:
    course = changed(*({"op": "set", "path": f"modules/{m}/closes_on", "value": day} for m, day in closes.items()))
    found = [one for one in findings(course, as_windows()) if one.rule == sections_in_turn.id]
    for one in found:
        assert all(as_windows().text(one, lang) for lang in Lang)
    return [(one.element, one.status, one.message, one.measured) for one in found if one.status is not Status.PASS]


WINDOWS = {"m1": "2027-02-22", "m2": "2027-02-22", "m3": "2027-02-28", "m4": "2027-03-07", "m5": "2027-03-07"}
"""Two weeks at most for each section, and open on 2027-02-22, the last day of registration; m1 opens on 2027-02-01."""


def test_a_window_of_more_than_two_weeks_warns() -> None:
    # 1 to 22 February are 22 days, 8 to 22 February 15 days, 15 to 28 February 14 days.
    assert said_of_sections(WINDOWS) == [
        ("modules/m1/closes_on", Status.WARNING, "window", 22),
        ("modules/m2/closes_on", Status.WARNING, "window", 15),
    ]


def test_a_window_that_closes_before_the_last_learner_registers_warns() -> None:
    said = said_of_sections(WINDOWS | {"m1": "2027-02-14", "m2": "2027-02-21"})
    assert said == [
        ("modules/m1/closes_on", Status.WARNING, "late_learners", "14.02.2027"),
        ("modules/m2/closes_on", Status.WARNING, "late_learners", "21.02.2027"),
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://a.b/c?d=e#f",
        " https://example.org ",
        "https://мысал.қаз/курс",
        "https://1.2.3.4:80/",
    ],
)
def test_links(url: str) -> None:
    assert is_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "www.example.org",
        "ftp://a.b",
        "https://",
        "https://localhost",
        "https://a b.c",
        "https://[::1",
        "https://a..b",
        "https://a.b:99999",
        "mailto:a@b.c",
        "https://a.b/\x00",
    ],
)
def test_no_links(url: str) -> None:
    assert not is_link(url)


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    assert is_link(text) in (True, False)


@given(st.one_of(st.none(), st.dates()), st.integers(-(10**15), 10**15))
def test_a_day_moves_inside_the_calendar_or_is_none(day: date | None, days: int) -> None:
    moved = day_after(day, days)
    assert moved is None or (day is not None and (moved - day).days == days)


def test_days_read_as_in_kazakhstan() -> None:
    assert day_text(date(2027, 2, 1)) == "01.02.2027"


def statuses(found: Iterable[Finding], rule_id: str) -> set[Status]:
    return {one.status for one in found if one.rule == rule_id}


def test_recommendations_of_form_07_never_fail() -> None:
    regulation = load_regulation()
    points = {f"F07.{point}": False for point in ("1", "2.2", "3.5", "3.6", "3.7", "4.1b", "4.2", "4.3", "4.4", "4.5")}
    course = changed({"op": "set", "path": "sessions", "value": [{"id": "ss1", "checklist": points}]})
    for rule_id in ("F07.1", "F07.2.2", "F07.3.5", "F07.3.6", "F07.4.1b"):
        assert statuses(findings(course, regulation), rule_id) == {Status.WARNING}
