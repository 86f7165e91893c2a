"""demo: the whole way in one folder, which it shares with nothing that is not its own."""

from pathlib import Path

import pytest

from app.sample import sample_course
from app.storage.course_folder import read_course
from tests.cli.command_runs import Run


def test_demo(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "demo"
    ran = run("demo", folder, "--date", "2026-03-02")
    assert (ran.status, ran.err) == (0, "")
    assert read_course(folder / "course").course == sample_course()
    assert {path.name for path in (folder / "documents").iterdir()} >= {"form_01.pdf", "form_02.docx", "form_05.txt"}
    for path in (folder / "course", folder / "bundle.zip", folder / "documents" / "form_01.pdf"):
        assert str(path) in ran.out
    assert "The bundle is intact" in ran.out
    assert run("verify", folder / "bundle.zip").status == 0
    assert run("validate", folder / "course").status == 1


def test_demo_again_replaces_its_own_and_nothing_else(run: Run, tmp_path: Path) -> None:
    assert run("demo", tmp_path).status == 0
    (tmp_path / "documents" / "old.pdf").write_text("old", encoding="utf-8")
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert run("demo", tmp_path).status == 0
    assert not (tmp_path / "documents" / "old.pdf").exists()
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["course", "thesis.docx"])
def test_demo_leaves_a_foreign_folder_alone(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("years of work", encoding="utf-8")
    ran = run("demo", tmp_path)
    assert (ran.status, ran.out) == (3, "")
    assert str(tmp_path) in ran.err
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_demo_into_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run("demo", tmp_path / "file").status == 3
