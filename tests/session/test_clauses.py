"""Every field that a rule can speak of finds its clauses, by the contract's own numbers."""

import pytest

from app.session.clauses import Clauses, pattern_of
from app.storage.regulation_file import load_regulation

CLAUSES = Clauses(load_regulation())


@pytest.mark.parametrize(
    ("element", "pattern"),
    [
        ("title", "title"),
        ("modules/m3/lessons/l7/video/planned_min", "modules/*/lessons/*/video/planned_min"),
        ("test_bank/q1/options/2", "test_bank/*/options/*"),
        ("sessions/title/checklist/F07.1.2", "sessions/*/checklist/*"),
        ("assessment/description", "assessment/description"),
        ("modules/lessons/title", "modules/*/title"),  # an id may look like a field
    ],
)
def test_ids_become_stars(element: str, pattern: str) -> None:
    assert pattern_of(element) == pattern


@pytest.mark.parametrize(
    ("element", "rule"),
    [
        ("title", "F01.1"),
        ("university", "F01.2"),
        ("annotation", "F01.10"),
        ("goal", "F01.11"),
        ("modules", "8.1"),
        ("modules/m1/title", "F02.17"),
        ("modules/m1/lessons/l1/title", "F02.19"),
        ("modules/m1/lessons/l1/outcome_ids", "8.3c"),
        ("modules/m1/weekly_message/text", "11.2"),
        ("modules/m1/lessons", "8.3b"),
        ("glossary", "F01.17"),
        ("test_bank/q7/options", "F05.2"),
        ("outcomes/o1/competence", "8.2b"),
    ],
)
def test_a_field_finds_its_clause(element: str, rule: str) -> None:
    assert rule in CLAUSES.of(element)


def test_a_field_of_which_no_rule_speaks_has_none() -> None:
    assert CLAUSES.of("modules/m1/lessons/l1/script") == ()
    assert CLAUSES.of("no such field") == ()
