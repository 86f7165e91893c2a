"""The contract map: nothing of the regulation is forgotten, nothing is carried by what does not exist."""

import copy
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.model.regulation import Regulation
from app.storage.regulation_file import load_regulation
from scripts.build_coverage import (
    carriers,
    coverage_rows,
    gaps,
    load_contract,
    main,
    registered_rules,
)


@pytest.fixture(scope="module")
def regulation() -> Regulation:
    return load_regulation()


@pytest.fixture
def contract() -> dict[str, Any]:
    return copy.deepcopy(dict(load_contract()))


@pytest.fixture
def rules(contract: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """One rule for each row that asks for one, so that the tests below see only the fault that they make."""
    return {key: () for key, entry in contract["rows"].items() if entry["carried_by"] == "rule"}


def test_nothing_is_forgotten(contract: dict[str, Any], regulation: Regulation) -> None:
    assert gaps(contract, registered_rules(regulation), regulation) == []


def test_contract_itself_is_sound(
    contract: dict[str, Any], rules: dict[str, tuple[str, ...]], regulation: Regulation
) -> None:
    assert gaps(contract, rules, regulation) == []


def test_row_carried_through_also(contract: dict[str, Any], rules: dict[str, tuple[str, ...]]) -> None:
    del rules["8.5b"]
    del rules["9.4"]
    rules["8.4c"] = ("8.5b", "9.4")
    contract["rows"]["9.4"]["carried_by"] = "later:5"
    printed = {row.key: row.carried_by for row in coverage_rows(contract, rules) if row.table == "rows"}
    assert printed["8.5b"] == "rule 8.4c"
    assert printed["8.4c"] == "rule 8.4c"
    assert printed["9.4"] == "rule 8.4c, later (issue 5)"


def test_own_rule_stands_first() -> None:
    assert carriers({"8.1": ("8.2a",), "8.2a": ()})["8.2a"] == ["8.2a", "8.1"]


@pytest.mark.parametrize(
    ("table", "key", "field", "value", "fault"),
    [
        ("rows", "8.1", "title", "", "8.1: title"),
        ("rows", "8.1", "title", "x" * 81, "8.1: title"),
        ("rows", "8.1", "carried_by", "setting:no_such", "8.1: no setting"),
        ("rows", "8.1", "carried_by", "field:no_such.part", "8.1: no field"),
        ("rows", "8.1", "carried_by", "field:modules.lessons.no_such", "8.1: no field"),
        ("rows", "8.1", "carried_by", "document:form_99", "8.1: no document"),
        ("rows", "8.1", "carried_by", "label:form_12", "8.1: no label"),
        ("rows", "8.1", "carried_by", "document:form_12", "8.1: no document"),
        ("rows", "8.1", "carried_by", "command:fly", "8.1: no command"),
        ("rows", "8.1", "carried_by", "later:99", "8.1: no later"),
        ("rows", "8.1", "carried_by", "hope", "8.1: carried by 'hope'"),
        ("rows", "8.1", "carried_by", "", "8.1: carried by ''"),
        ("rows", "8.1", "carried_by", "rule:8.2a", "8.1: a row names no rule"),
        ("rows", "FM.2", "carried_by", "rule", "FM.2: carried by 'rule'"),
        ("rows", "8.1", "section", "21", "8.1: no section"),
        ("rows", "8.1", "check", "X", "8.1: check"),
        ("rows", "8.1", "severity", "error", "8.1: severity"),
        ("rows", "8.1", "who", "ME", "8.1: who"),
        ("readings", "X12", "carried_by", "rule:99.9", "X12: carried by"),
        ("deliverables", "D1", "due", "S99", "D1: due"),
    ],
)
def test_fault_in_an_entry_is_found(
    contract: dict[str, Any],
    rules: dict[str, tuple[str, ...]],
    regulation: Regulation,
    table: str,
    key: str,
    field: str,
    value: str,
    fault: str,
) -> None:
    contract[table][key][field] = value
    found = [line for line in gaps(contract, rules, regulation) if line.startswith(f"{key}:")]
    assert len(found) == 1
    assert found[0].startswith(fault)


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("rows", "DR17"),
        ("rows", "4.28"),
        ("readings", "X70"),
        ("deliverables", "D41"),
        ("states", "S11b"),
        ("decisions", "17"),
    ],
)
def test_missing_id_is_found(
    contract: dict[str, Any], rules: dict[str, tuple[str, ...]], regulation: Regulation, table: str, key: str
) -> None:
    del contract[table][key]
    assert f"{table}: {key} is missing" in gaps(contract, rules, regulation)


def test_invented_id_is_found(
    contract: dict[str, Any], rules: dict[str, tuple[str, ...]], regulation: Regulation
) -> None:
    contract["readings"]["X71"] = contract["readings"]["X70"]
    assert gaps(contract, rules, regulation) == ["readings: X71 is not of the contract"]


def test_rule_outside_the_contract_is_found(
    contract: dict[str, Any], rules: dict[str, tuple[str, ...]], regulation: Regulation
) -> None:
    rules["99.9"] = ("8.1", "99.8")
    assert gaps(contract, rules, regulation) == [
        "rule 99.9: 99.9 is no row of the contract",
        "rule 99.9: 99.8 is no row of the contract",
    ]


def test_check_tells_a_stale_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "coverage.md"
    assert main(["--out", str(out)]) == 0
    before = out.read_text(encoding="utf-8")
    assert "| 8.1 | Four to six modules, one a week | C | must_d | AU | rule 8.1 |" in before
    out.write_text(before + "more\n", encoding="utf-8")
    assert main(["--check", "--out", str(out)]) == 1
    assert "coverage.md is out of date" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == before + "more\n"


def test_titles_are_distinct_within_a_form(contract: dict[str, Any]) -> None:
    seen = [(entry["section"], entry["title"]) for entry in contract["rows"].values()]
    assert len(seen) == len(set(seen))


SEVERITY_OF_RULES = {"must": "must", "must_d": "must", "rec": "rec", "rec_d": "must", "may": "hint", "info": "hint"}
"""How the contract's verbs are enforced (its head); where the verb is ambiguous, as a must (X16)."""
ONLY_HINTS = {"12.5a"}
"""Rows that a reading makes a hint: X21."""


def test_rules_are_as_strict_as_the_contract_says(contract: dict[str, Any], regulation: Regulation) -> None:
    rows, texts = contract["rows"], regulation.rule_texts
    asked = {key: SEVERITY_OF_RULES[rows[key]["severity"]] for key in texts if key in rows and not key.startswith("Q.")}
    asked |= dict.fromkeys(ONLY_HINTS, "hint")
    assert {key: texts[key].severity.value for key in asked} == asked
