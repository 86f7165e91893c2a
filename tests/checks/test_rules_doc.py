"""The catalogue of rules is generated, complete and told apart from an old one."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.checks.registry import all_rules
from app.storage.regulation_file import load_regulation
from scripts.build_rules_doc import main, render


def test_every_rule_has_its_page_with_all_messages() -> None:
    regulation = load_regulation()
    pages = dict(page.split("\n", 1) for page in render(regulation).split("\n## ")[1:])
    assert list(pages)[: len(all_rules())] == [rule.id for rule in all_rules()]
    for rule_id, page in pages.items():
        texts = regulation.rule_texts[rule_id]
        assert f"severity {texts.severity.value}; due {texts.due}" in page
        assert all(f"| `{key}` |" in page for key in texts.messages)
        assert all(f"- **{part}:** " in page for part in ("What", "Why", "Passes", "Fails", "Clause"))


def test_limits_are_printed_and_figures_of_findings_stay_open() -> None:
    page = render(load_regulation()).split("\n## 8.2a\n")[1].split("\n## ")[0]
    assert "at least 4 learning outcomes" in page
    assert "number of learning outcomes {measured}, at least 4 required" in page


def test_check_tells_a_current_file_from_an_old_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rules.md"
    assert main(["--check", "--out", str(path)]) == 1
    assert not path.exists()
    assert main(["--out", str(path)]) == 0
    assert main(["--check", "--out", str(path)]) == 0
    assert capsys.readouterr().err.count("out of date") == 1
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert main(["--check", "--out", str(path)]) == 1
