"""The files in `tests/cases`: one per rule, each case spoils the sample course and says what the findings do."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from app.checks import run
from app.checks.judge import RECORDING_RULES
from app.checks.registry import all_rules
from app.model.finding import Finding, Status
from app.storage.regulation_file import load_regulation
from tests.checks.case_changes import Draft, apply_changes

FOLDER = Path(__file__).resolve().parents[1] / "cases"
TODAY = date(2026, 10, 1)
"""The day of every case that names no other; the sample course starts on 2027-02-01."""
OF_RECORDINGS = frozenset(rule.id for rule in RECORDING_RULES)
"""Rules on a single recording have their cases in `tests/cases_recordings`, see `test_recording_cases.py`."""
OF_BOTH = frozenset({"8.4c", "8.5a", "F01.14a"})
"""Clauses on which a course and a single recording are judged, each in its own way."""
COURSE_RULES = [rule for rule in all_rules() if rule.id not in OF_RECORDINGS - OF_BOTH]
FILE_KEYS = {"rule", "given", "today", "case"}
CASE_KEYS = {"name", "given", "today", "change", "adds", "removes"}
FINDING_KEYS = {"rule", "status", "element", "measured", "required", "unit", "text", "reason"}

Key = tuple[str, str, str]
"""What tells one finding from another: rule, status, element."""


@dataclass(frozen=True)
class Case:
    """One case: what is given, what is changed, and which findings come and go."""

    rule: str
    name: str
    today: date
    given: tuple[Mapping[str, Any], ...]
    change: tuple[Mapping[str, Any], ...]
    adds: tuple[Mapping[str, Any], ...]
    removes: tuple[Mapping[str, Any], ...]

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the changed course."""
        return _judged((*self.given, *self.change), self.today)

    def added_and_removed(self) -> tuple[dict[Key, list[Finding]], Counter[Key], Counter[Key]]:
        """Return the findings after the change by key, and how many of each key came and went."""
        before, after = self._baseline(), Counter(map(key, self.findings))
        by_key: dict[Key, list[Finding]] = {}
        for finding in self.findings:
            by_key.setdefault(key(finding), []).append(finding)
        return by_key, _spoken(after - before, self.adds), _spoken(before - after, self.removes)

    def _baseline(self) -> Counter[Key]:
        found = _BASELINES.get((repr(self.given), self.today))
        if found is None:
            found = _BASELINES[repr(self.given), self.today] = Counter(map(key, _judged(self.given, self.today)))
        return found


_BASELINES: dict[tuple[str, date], Counter[Key]] = {}
"""The keys of the findings before a change, by what is given and the day: many cases change the same course."""


def key(finding: Finding) -> Key:
    """Return what tells a finding from another."""
    return finding.rule, finding.status.value, finding.element


def expected(entries: Iterable[Mapping[str, Any]]) -> Counter[Key]:
    """Return the keys that a case names."""
    return Counter((entry["rule"], entry["status"], entry.get("element", "")) for entry in entries)


def _spoken(keys: Counter[Key], named: Iterable[Mapping[str, Any]]) -> Counter[Key]:
    """Leave out passes, and what does not apply unless the case names it."""
    quiet = {Status.PASS.value, Status.NOT_APPLICABLE.value}
    wanted = expected(named)
    return Counter({one: count for one, count in keys.items() if one[1] not in quiet or one in wanted})


def _judged(changes: Iterable[Mapping[str, Any]], today: date) -> tuple[Finding, ...]:
    draft = apply_changes(Draft.of_sample(), changes)
    return run(draft.validated(), draft.reports, draft.attachments, load_regulation(), today)


@cache
def load_cases() -> tuple[Case, ...]:
    """Return all cases; a file says ``rule``, perhaps ``given`` and ``today`` for all its cases, and ``case``."""
    return tuple(case for path in sorted(FOLDER.glob("*.toml")) for case in _load(path))


def _load(path: Path) -> Iterable[Case]:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    assert content["rule"] == path.stem, f"{path.name} speaks of rule {content['rule']}"
    assert content.keys() <= FILE_KEYS, f"{path.name}: {content.keys() - FILE_KEYS}"
    for case in content["case"]:
        assert case.keys() <= CASE_KEYS, f"{path.name}, {case['name']}: {case.keys() - CASE_KEYS}"
        yield Case(
            rule=content["rule"],
            name=case["name"],
            today=case.get("today", content.get("today", TODAY)),
            given=(*content.get("given", ()), *case.get("given", ())),
            change=tuple(case.get("change", ())),
            adds=tuple(case.get("adds", ())),
            removes=tuple(case.get("removes", ())),
        )
