"""The wizard's flow: every finding has a step, and a step's mark says the worst that is open."""

from datetime import date

import pytest

from app.checks import blocks, run
from app.checks.registry import all_rules
from app.model.course import Course
from app.model.finding import Finding, Severity, Status
from app.sample import sample_course
from app.session.wizard import STEPS, Step, progress, step_of, step_of_element, step_of_rule
from app.storage.regulation_file import load_regulation

REGULATION = load_regulation()
DAY = date(2026, 11, 23)


def finding(rule: str, status: Status, element: str = "", severity: Severity = Severity.MUST) -> Finding:
    return Finding(rule=rule, severity=severity, due="S02", status=status, element=element)


@pytest.mark.parametrize(
    ("element", "step"),
    [
        ("title", Step.DESCRIPTION),
        ("authors/a1/email", Step.DESCRIPTION),
        ("authors/a1/contract/number", Step.SUBMISSION),
        ("modules/m3/lessons/l7/title", Step.PROGRAMME),
        ("modules/m3/opens_on", Step.SCHEDULE),
        ("tasks/t1/weight_pct", Step.PROGRAMME),
        ("tasks/t1/instruction", Step.ASSESSMENT),
        ("test_bank/q017/options", Step.TEST_BANK),
        ("recordings/rec1", Step.RECORDINGS),
        ("promo/checklist/features", Step.DESCRIPTION),
        ("assessment/description", Step.DESCRIPTION),
        ("assessment/progress_scale", Step.ASSESSMENT),
        ("glossary", Step.MATERIALS),
        ("documents/d1", Step.SUBMISSION),
        ("reviews/r1/scores/0", Step.REVIEW),
        ("minutes/me1/file", Step.REVIEW),
        ("protocol/decision", Step.REVIEW),
        ("deviations/dv1/reason", Step.PROGRAMME),
        ("no such field", Step.DESCRIPTION),
    ],
)
def test_an_element_is_mended_on_the_page_that_shows_it(element: str, step: Step) -> None:
    assert step_of_element(element) is step


def test_a_finding_without_an_element_goes_where_its_rule_counts() -> None:
    assert step_of(finding("7.9", Status.ATTEST)) is Step.SUBMISSION
    assert step_of(finding("7.9", Status.ATTEST, "test_bank/q1")) is Step.TEST_BANK


def test_what_is_said_of_all_lessons_is_mended_where_the_rule_counts() -> None:
    assert step_of(finding("8.1", Status.FAIL, "modules")) is Step.PROGRAMME
    assert step_of(finding("8.3b", Status.FAIL, "modules/m1/lessons")) is Step.PROGRAMME
    assert step_of(finding("11.1.3", Status.FAIL, "modules")) is Step.MATERIALS
    assert step_of(finding("F01.19a", Status.FAIL, "modules/m1/lessons")) is Step.MATERIALS
    assert step_of(finding("8.4b", Status.NOT_MEASURED, "modules/m1/lessons")) is Step.RECORDINGS


def test_every_rule_that_concerns_the_course_counts_for_exactly_one_step() -> None:
    findings = run(sample_course(), {}, {}, REGULATION, DAY)
    counted = progress(findings, REGULATION)
    assert set(counted) == set(STEPS)
    assert {finding.rule for finding in findings} == {rule.id for rule in all_rules()}
    concerned = {finding.rule for finding in findings if finding.status is not Status.NOT_APPLICABLE}
    assert sum(state.total for state in counted.values()) == len(concerned)


def test_a_course_without_recordings_has_kept_no_rule_on_them() -> None:
    findings = [finding("9.1", Status.NOT_APPLICABLE), finding("9.2", Status.ATTEST)]
    state = progress(findings, REGULATION)[Step.RECORDINGS]
    assert (state.done, state.total, state.worst) == (0, 1, Status.ATTEST)


@pytest.mark.parametrize("course", [Course(), sample_course()])
def test_what_is_not_done_is_what_blocks(course: Course) -> None:
    findings = run(course, {}, {}, REGULATION, DAY)
    blocking = {f.rule for f in findings if blocks(f, REGULATION)}
    for step, state in progress(findings, REGULATION).items():
        assert state.total - state.done == sum(step_of_rule(rule) is step for rule in blocking)


def test_the_mark_is_the_worst_that_is_open() -> None:
    def mark(*statuses: Status) -> Status:
        return progress([finding("8.1", status) for status in statuses], REGULATION)[Step.PROGRAMME].worst

    assert mark(Status.PASS) is Status.PASS
    assert mark(Status.PASS, Status.WARNING) is Status.WARNING
    assert mark(Status.WARNING, Status.NOT_MEASURED) is Status.ATTEST
    assert mark(Status.ATTEST, Status.FAIL, Status.PASS) is Status.FAIL
