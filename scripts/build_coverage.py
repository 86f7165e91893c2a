"""Write docs/coverage.md: what carries each row, reading, deliverable, state and decision of the contract.

Usage: ``python scripts/build_coverage.py [--check]``. With ``--check`` nothing is written; the exit status is 1 when
the file on disk differs or when the contract has a gap.
"""

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.checks.registry import all_rules
from app.exporters.forms import EXPORTED
from app.model.base import Model
from app.model.course import Course
from app.model.regulation import Regulation
from app.paths import resources_dir
from app.storage.regulation_file import DEFAULT_EDITION, load_regulation

CONTRACT_PATH = resources_dir() / "regulation" / DEFAULT_EDITION / "contract.toml"
COVERAGE_PATH = Path(__file__).resolve().parent.parent / "docs" / "coverage.md"
MAX_TITLE = 80
SEVERITIES = ("must", "must_d", "rec", "rec_d", "may", "info")
ROLES = frozenset({"AU", "OP", "HD", "DN", "EX", "CDB", "DIR", "KO", "FVR", "RC", "ALL"})
COMMANDS = ("bundle", "verify", "validate", "export")
DOCUMENTS = tuple(f"form_{form}" if form.isdigit() else form for form in EXPORTED)
ISSUES = ("3", "4", "5", "6", "7", "8")
CHECK = re.compile(r"-|[CMFP](>P)?(,[CMFP](>P)?)*")
COLUMNS: dict[str, tuple[str, ...]] = {
    "rows": ("title", "check", "severity", "who"),
    "readings": ("title",),
    "deliverables": ("title", "form", "format", "due"),
    "states": ("title", "name_kk", "actor", "guard"),
    "decisions": ("title",),
}
TABLES = tuple(COLUMNS)
HEADS = {"title": "what it asks", "name_kk": "name (kk)", "guard": "must be true"}

Contract = Mapping[str, Any]
"""contract.toml as read: the five `TABLES`, each id -> fields, and ``sections``, id -> heading."""


class CoverageRow(NamedTuple):
    """One line of the map.

    Attributes:
        table: one of `TABLES`.
        heading: heading under which it is printed.
        key: id of the contract, e.g. ``8.4c`` or ``X12``.
        cells: the columns of `COLUMNS` for this table.
        kind: what carries it in one word (``rule``, ``later``, ``gap``, …), for the summary.
        carried_by: the same for people, e.g. ``rule 8.4c``.
    """

    table: str
    heading: str
    key: str
    cells: tuple[str, ...]
    kind: str
    carried_by: str


def load_contract(path: Path = CONTRACT_PATH) -> Contract:
    """Return contract.toml as nested tables."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def registered_rules(regulation: Regulation) -> dict[str, tuple[str, ...]]:
    """Return the other ids (`also`) that each registered rule answers for, by the rule's id."""
    texts = regulation.rule_texts
    return {rule.id: texts[rule.id].also if rule.id in texts else () for rule in all_rules()}


def carriers(rules_with_also: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the rules that carry each id, the rule of that very id first."""
    found = {rule_id: [rule_id] for rule_id in rules_with_also}
    for rule_id, also in rules_with_also.items():
        for other in also:
            found.setdefault(other, []).append(rule_id)
    return found


def coverage_rows(contract: Contract, rules_with_also: Mapping[str, Sequence[str]]) -> list[CoverageRow]:
    """Return the whole map in the order of the contract."""
    by_id = carriers(rules_with_also)
    rows = []
    for table in TABLES:
        for key, entry in contract.get(table, {}).items():
            heading = contract["sections"].get(entry.get("section"), table.capitalize())
            cells = tuple(str(entry.get(column, "")) for column in COLUMNS[table])
            kind, text = _carried(key, str(entry.get("carried_by", "")), by_id)
            rows.append(CoverageRow(table, heading, key, cells, kind, text))
    return rows


def _carried(key: str, carried_by: str, by_id: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """Return kind and printed text; rules found are named even where the contract promises something else as well."""
    kind, _, value = carried_by.partition(":")
    rules = [f"rule {rule_id}" for rule_id in by_id.get(value if kind == "rule" and value else key, ())]
    if kind == "rule":
        return ("rule", ", ".join(rules)) if rules else ("gap", "**nothing yet**")
    text = {
        "info": "information",
        "label": f"label of {value.replace('_', ' ')}",
        "document": f"document {value.replace('_', ' ')}",
        "field": f"field `{value}`",
        "setting": f"setting `{value}`",
        "command": f"command `{value}`",
        "store": "course folder",
        "later": f"later (issue {value})",
    }.get(kind)
    return (kind, ", ".join([*rules, text])) if text else ("gap", "**nothing yet**")


def field_paths(model: type[Model]) -> frozenset[str]:
    """Return the names of all fields of a model and of the models in it, e.g. ``modules.lessons.self_study``."""
    paths = set(model.model_fields)
    for name, field in model.model_fields.items():
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, Model):
                paths |= {f"{name}.{path}" for path in field_paths(inner)}
    return frozenset(paths)


def gaps(
    contract: Contract,
    rules_with_also: Mapping[str, Sequence[str]],
    regulation: Regulation,
) -> list[str]:
    """Return everything that is wrong with the map, one sentence each; empty = nothing is forgotten."""
    known: dict[str, Collection[str]] = {
        "setting": {*regulation.limits, *type(regulation.settings).model_fields},
        "field": field_paths(Course),
        "label": regulation.forms,
        "document": DOCUMENTS,
        "command": COMMANDS,
        "later": ISSUES,
    }
    found = [*_sequence_gaps(contract), *_column_gaps(contract)]
    for row in coverage_rows(contract, rules_with_also):
        found += _entry_gaps(row, contract[row.table][row.key], known)
    for rule_id, also in rules_with_also.items():
        strangers = [key for key in (rule_id, *also) if key not in contract["rows"]]
        found += [f"rule {rule_id}: {key} is no row of the contract" for key in strangers]
    for rule_id, texts in regulation.rule_texts.items():
        if texts.due not in contract["states"]:
            found.append(f"rule {rule_id}: due at {texts.due}, which is no state")
    return found


def _entry_gaps(row: CoverageRow, entry: Mapping[str, Any], known: Mapping[str, Collection[str]]) -> Iterable[str]:
    """Yield faults in the title and in what carries one entry."""
    title, carried_by = entry.get("title", ""), str(entry.get("carried_by", ""))
    kind, _, name = carried_by.partition(":")
    if not 0 < len(title) <= MAX_TITLE:
        yield f"{row.key}: title of {len(title)} characters, 1 to {MAX_TITLE} are asked"
    if row.kind == "gap":
        yield f"{row.key}: carried by {carried_by!r}, but nothing of that kind is there"
    elif kind == "rule" and name and row.table == "rows":
        yield f"{row.key}: a row names no rule, the rule's own `also` does"
    elif kind in known and name not in known[kind]:
        yield f"{row.key}: no {kind} {name!r}"


def _column_gaps(contract: Contract) -> Iterable[str]:
    """Yield faults in the columns of rows and in the states that deliverables name."""
    for key, entry in contract["rows"].items():
        if entry.get("section") not in contract["sections"]:
            yield f"{key}: no section {entry.get('section')!r}"
        if not CHECK.fullmatch(entry.get("check", "")):
            yield f"{key}: check {entry.get('check')!r}"
        if entry.get("severity") not in SEVERITIES:
            yield f"{key}: severity {entry.get('severity')!r}"
        if not set(entry.get("who", "").split(",")) <= ROLES:
            yield f"{key}: who {entry.get('who')!r}"
    for key, entry in contract["deliverables"].items():
        if entry.get("due") and entry["due"] not in contract["states"]:
            yield f"{key}: due at {entry['due']}, which is no state"


def _sequence_gaps(contract: Contract) -> Iterable[str]:
    """Yield ids that the contract's own numbering demands and that are missing, and ids outside it."""
    whole = {
        "readings": [f"X{n:02}" for n in range(1, 71)],
        "deliverables": [f"D{n}" for n in range(1, 42)],
        "states": [*(f"S{n:02}" for n in range(11)), "S11a", "S11b", "S11c", *(f"S{n}" for n in range(12, 28))],
        "decisions": [str(n) for n in range(1, 18)],
    }
    for table, expected in whole.items():
        yield from (f"{table}: {key} is missing" for key in expected if key not in contract[table])
        yield from (f"{table}: {key} is not of the contract" for key in contract[table] if key not in expected)
    runs = {"DR": 17, "3.": 6, "4.": 28, "F02.": 25, "F05.": 6, "F06.": 5, "F10.": 13, "F11.T": 8}
    for key in (f"{prefix}{n}" for prefix, last in runs.items() for n in range(1, last + 1)):
        if key not in contract["rows"]:
            yield f"rows: {key} is missing"


def render(rows: Sequence[CoverageRow]) -> str:
    """Return docs/coverage.md."""
    kinds = [kind for kind, _ in Counter(row.kind for row in rows).most_common()]
    lines = [
        "# Coverage of the regulation",
        "",
        "Generated by `scripts/build_coverage.py` from `contract.toml` and the registered rules; do not edit.",
        "Check: C course data, M recording, F attached file, P a person, M→P measured and then decided by a person.",
        "Severity: must, must_d (normative without a modal verb), rec, rec_d (ambiguous verb, X16), may, info.",
        "",
        *_table(("", *kinds, "total"), _summary(rows, kinds)),
    ]
    for heading in dict.fromkeys(row.heading for row in rows):
        members = [row for row in rows if row.heading == heading]
        columns = [HEADS.get(column, column) for column in COLUMNS[members[0].table]]
        body = [(row.key, *row.cells, row.carried_by) for row in members]
        lines += ["", f"## {heading}", "", *_table(("id", *columns, "carried by"), body)]
    return "\n".join(lines) + "\n"


def _summary(rows: Sequence[CoverageRow], kinds: Sequence[str]) -> list[tuple[str, ...]]:
    lines = []
    for table in (*TABLES, "all"):
        count = Counter(row.kind for row in rows if table in (row.table, "all"))
        lines.append((table, *(str(count[kind]) for kind in kinds), str(count.total())))
    return lines


def _table(head: Sequence[str], body: Iterable[Sequence[str]]) -> list[str]:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace(">P", "→P") for cell in cells) + " |"

    return [line(head), line("---" for _ in head), *map(line, body)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the map, or compare it with the one on disk; return the exit status."""
    parser = argparse.ArgumentParser(description="Write docs/coverage.md.")
    parser.add_argument("--check", action="store_true", help="write nothing, fail when the file on disk differs")
    parser.add_argument("--out", type=Path, default=COVERAGE_PATH, help="file to write or to compare with")
    options = parser.parse_args(arguments)
    contract, regulation = load_contract(), load_regulation()
    rules = registered_rules(regulation)
    text = render(coverage_rows(contract, rules))
    if not options.check:
        options.out.write_text(text, encoding="utf-8", newline="\n")
        return 0
    faults = gaps(contract, rules, regulation)
    if not options.out.is_file() or options.out.read_text(encoding="utf-8") != text:
        faults.append(f"{options.out.name} is out of date: run scripts/build_coverage.py")
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
