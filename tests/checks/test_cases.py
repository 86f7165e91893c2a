"""Every rule against its cases: `tests/cases/<rule>.toml`.

A case names exactly the findings that come and go when the sample course is changed, of all rules and not only of its
own: one fault, one finding (decision 3). How a file is written, `tests/checks/case_files.py` says.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.model.finding import Finding
from app.model.texts import Lang
from app.storage.regulation_file import load_regulation
from tests.checks.case_files import FINDING_KEYS, Case, expected, load_cases


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
