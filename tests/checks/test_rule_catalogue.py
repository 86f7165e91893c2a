"""Every rule documents itself, has texts and cases, and survives every course that a file could hold."""

import math
import random
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.checks import run
from app.checks.context import Rule
from app.checks.registry import all_rules
from app.model.course import Course
from app.model.finding import Finding, Status
from app.model.recording import RecordingReport
from app.model.texts import Lang
from app.sample import sample_course
from app.storage.regulation_file import load_regulation
from tests.checks.case_changes import Draft, apply_changes
from tests.checks.case_files import COURSE_RULES, OF_RECORDINGS, TODAY, Case, load_cases

PARTS = ("What", "Why", "Passes", "Fails", "Clause")
FAULTS = (Status.FAIL, Status.WARNING, Status.NOT_MEASURED, Status.ATTEST)


@cache
def cases_of(rule_id: str) -> tuple[Case, ...]:
    return tuple(case for case in load_cases() if case.rule == rule_id)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_docstring_has_its_parts_in_order(rule: Rule) -> None:
    lines = (rule.check.__doc__ or "").splitlines()
    assert lines[0].strip()
    named = [match[1] for line in lines[1:] if (match := re.match(r"    ([A-Z][a-z]+): \S", line))]
    assert tuple(named) == PARTS


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in all_rules()]
    assert len(ids) == len(set(ids))


def test_rules_and_texts_belong_together() -> None:
    assert set(load_regulation().rule_texts) == {rule.id for rule in all_rules()} | OF_RECORDINGS


def test_every_case_file_belongs_to_a_rule() -> None:
    assert {case.rule for case in load_cases()} <= {rule.id for rule in all_rules()}


@pytest.mark.parametrize("rule", COURSE_RULES, ids=lambda rule: rule.id)
def test_rule_has_a_case_that_fails_and_one_that_passes(rule: Rule) -> None:
    own = [[entry for entry in case.adds if entry["rule"] == rule.id] for case in cases_of(rule.id)]
    failing = [entry for entries in own for entry in entries if entry["status"] in FAULTS]
    assert failing
    assert not all(own)
    assert any(entry.get("text", {}).keys() == {"kk", "ru", "en"} for entry in failing)


def render_all(findings: tuple[Finding, ...]) -> None:
    """Say every finding in every language; an unfilled placeholder raises."""
    regulation = load_regulation()
    for finding in findings:
        for lang in Lang:
            assert regulation.text(finding, lang).strip()


@pytest.mark.parametrize("course", [Course(), sample_course()], ids=["empty", "sample"])
def test_course_can_be_judged_and_every_finding_said(course: Course) -> None:
    findings = run(course, {}, {}, load_regulation(), TODAY)
    assert {finding.rule for finding in findings} == {rule.id for rule in all_rules()}
    render_all(findings)


def test_titles_and_hints_can_be_said() -> None:
    regulation = load_regulation()
    for texts in regulation.rule_texts.values():
        for lang in Lang:
            for text in (texts.title, texts.hint):
                assert "{" not in regulation.fill_constants(text.pick(lang), lang)


def test_empty_course_is_not_flooded() -> None:
    """What is said of an empty course stands in the course itself: nothing of modules, lessons or questions."""
    findings = run(Course(), {}, {}, load_regulation(), TODAY)
    said = [finding for finding in findings if finding.status in FAULTS]
    assert len({(finding.rule, finding.element) for finding in said}) == len(said)
    assert not [finding for finding in said if finding.element.startswith(("modules/", "test_bank/", "tasks/"))]


ODD: dict[type, list[Any]] = {
    str: ["", "  \n", "x" * 500, "Ә{measured}}{", "\u0438\u0306\u200b"],
    int: [-1, 0, 10**12],
    float: [-1.0, 0.0, 1e300, math.inf, -math.inf, math.nan],
    bool: [True, False],
}


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [path, *(place for key, child in children for place in _places(child, (*path, key)))]


def _spoil(course: dict[str, Any], chance: random.Random) -> None:
    """Delete, duplicate or replace one value somewhere in the course."""
    *steps, last = chance.choice(_places(course)[1:])
    container: Any = course
    for step in steps:
        container = container[step]
    kind = type(container[last])
    operation = chance.choice(["delete", "duplicate", "odd"])
    if operation == "duplicate" and isinstance(container, list):
        container.append(container[last])
    elif operation == "odd" and kind in ODD:
        container[last] = chance.choice(ODD[kind])
    else:
        del container[last]


EVERYTHING_ATTACHED: list[dict[str, Any]] = [
    {"op": "record_all", "duration_s": 1080},
    {"op": "set", "path": "modules/m3/lessons/l7/presentation", "value": {"path": "materials/l7.pptx"}},
    {"op": "attach", "path": "materials/l7.pptx"},
    {"op": "set", "path": "authors/a1/contract/file", "value": {"path": "materials/contract.pdf"}},
    {"op": "append", "path": "deviations", "value": {"id": "d1", "rule_id": "8.3b", "reason": "x"}},
    {
        "op": "append",
        "path": "documents",
        "value": {"id": "s1", "kind": "form_02", "file": {"path": "materials/2.pdf"}},
    },
    {"op": "attach", "path": "materials/2.pdf"},
]
"""Something for every rule to look at: recordings, a presentation, a contract, a deviation, a signed copy."""


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 8))
def test_no_spoiled_course_makes_a_rule_raise(chance: random.Random, spoilings: int) -> None:
    draft = apply_changes(Draft.of_sample(), EVERYTHING_ATTACHED)
    course = draft.validated()
    for _ in range(spoilings):
        _spoil(draft.course, chance)
        try:
            course = draft.validated()
        except ValidationError:
            draft.course = course.model_dump(mode="python")
    reports = {
        recording_id: _odd_duration(report, chance) if chance.random() < 0.5 else report
        for recording_id, report in draft.reports.items()
    }
    render_all(run(course, reports, draft.attachments, load_regulation(), TODAY))


def _odd_duration(report: RecordingReport, chance: random.Random) -> RecordingReport:
    container = report.container.model_copy(update={"duration_s": chance.choice([None, *ODD[float]])})
    return report.model_copy(update={"container": container})
