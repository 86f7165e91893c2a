"""A course on the disk, and a way to run one command."""

from pathlib import Path

import pytest

from app.cli import main
from app.sample import sample_course
from app.storage.course_folder import CourseFolder
from tests.cli.command_runs import Ran, Run


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in English and return what it did."""

    def command(*arguments: str | Path, lang: str = "en") -> Ran:
        status = main([*map(str, arguments), "--lang", lang])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Ran(status, captured.out, captured.err)

    return command


@pytest.fixture(scope="session")
def course_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample course as a course folder; tests only read it."""
    folder = tmp_path_factory.mktemp("cli") / "course"
    CourseFolder.create(folder, sample_course(), "atu-2025-02").close()
    return folder


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory, course_folder: Path) -> Path:
    """A draft bundle of the sample course; tests only read it."""
    path = tmp_path_factory.mktemp("bundle") / "draft.zip"
    assert main(["bundle", str(course_folder), "--out", str(path), "--draft", "--date", "2026-03-02"]) == 0
    return path


@pytest.fixture
def lenient(tmp_path: Path) -> Path:
    """An edition by which nothing is due yet, so that the sample course is ready."""
    path = tmp_path / "lenient.toml"
    path.write_text('extends = "atu-2025-02"\nid = "lenient"\n[settings]\nsubmission_state = "S00"\n', encoding="utf-8")
    return path
