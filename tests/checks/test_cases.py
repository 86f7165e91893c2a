"""Every rule against its cases: `tests/cases/<rule>.toml`.

A case names exactly the findings that come and go when the sample course is changed, of all rules and not only of its
own: one fault, one finding (decision 3). How a file is written, `tests/checks/case_files.py` says.
"""

import sys
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.checks.context import Rule
from app.model.finding import Finding
from app.model.texts import Lang
from app.storage.regulation_file import load_regulation
from tests.checks.case_files import COURSE_RULES, FINDING_KEYS, Case, expected, load_cases

SHARED_WITH_RECORDINGS = {"8.4c": {"unmeasured"}, "8.5a": {"unmeasured", "video_long", "video_tight"}}
"""Messages of course rules that only the check of a single recording uses."""
UNDER_OTHER_SETTINGS = {"12.2": {"window", "late_learners"}}
"""Messages that only another setting of the edition brings, see `test_later_duties`."""


@pytest.mark.parametrize("case", load_cases(), ids=str)
def test_case(case: Case) -> None:
    findings, added, removed = case.added_and_removed()
    assert added == expected(case.adds)
    assert removed == expected(case.removes)
    for entry in case.adds:
        assert entry.keys() <= FINDING_KEYS
        candidates = findings[entry["rule"], entry["status"], entry.get("element", "")]
        shown = [_shown(finding, entry) for finding in candidates]
        assert {name: value for name, value in entry.items() if name in shown[0]} in shown


def _shown(finding: Finding, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a finding shows of the things that a case names."""
    regulation = load_regulation()
    shown = {
        "measured": finding.measured,
        "required": finding.required,
        "unit": finding.unit,
        "reason": finding.reason,
        "text": {lang.value: regulation.text(finding, lang) for lang in Lang},
    }
    return {name: value for name, value in shown.items() if name in entry}


@cache
def findings_of_cases() -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for case in load_cases():
        for finding in case.findings:
            if finding.rule == case.rule:
                found[finding.rule].append(finding)
    return found


@pytest.mark.parametrize("rule", COURSE_RULES, ids=lambda rule: rule.id)
def test_every_message_is_reached_by_a_case(rule: Rule) -> None:
    reached = {finding.message for finding in findings_of_cases()[rule.id]} - {""}
    expected = set(load_regulation().rule_texts[rule.id].messages) - SHARED_WITH_RECORDINGS.get(rule.id, set())
    expected -= UNDER_OTHER_SETTINGS.get(rule.id, set())
    assert reached == expected
