"""A course on the disk, and a way to run one command in-process."""

from pathlib import Path

import pytest

from app.cli import main
from app.sample import sample_course
from app.storage.course_folder import CourseFolder
from tests.cli.command_runs import Ran, Run


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in a language, English unless said, and return what it did."""

    def command(*arguments: str | Path, lang: str = "en") -> Ran:
        capsys.readouterr()
        status = main([*map(str, arguments), "--lang", lang])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return command


@pytest.fixture(scope="session")
def course_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample course as a course folder; tests only read it."""
    folder = tmp_path_factory.mktemp("e2e") / "course"
    CourseFolder.create(folder, sample_course(), "atu-2025-02").close()
    return folder


@pytest.fixture(scope="session")
def draft_bundle(tmp_path_factory: pytest.TempPathFactory, course_folder: Path) -> Path:
    """A draft bundle of the sample course; tests only read it."""
    path = tmp_path_factory.mktemp("e2e-bundle") / "draft.zip"
    assert main(["bundle", str(course_folder), "--out", str(path), "--draft", "--date", "2026-03-02"]) == 0
    return path
