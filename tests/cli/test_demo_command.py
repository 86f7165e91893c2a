"""demo: the whole way in one folder, which it shares with nothing that is not its own."""

import hashlib
import io
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli import main
from app.model.course import Course
from app.model.recording import RecordingRole, Stage
from app.sample import sample_course
from app.sample.clips import CLEAN, FAULTY, ClipSpec
from app.sample.demo import CLIPS
from app.storage.course_folder import CourseFolder, read_course
from app.storage.reports import load_reports
from tests.cli.command_runs import Ran, Run

BRIEF = replace(FAULTY, duration_s=8.0, black=((1.0, 3.2),), silence=((3.6, 5.8),), clipping=((6.4, 7.4),))
SHORTER = {"clean": replace(CLEAN, duration_s=2.0), "faulty": BRIEF}
"""The demonstration's recordings, but shorter; `test_clips` measures both whole."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A folder that demo made, and what it said; tests only read it."""
    folder = tmp_path_factory.mktemp("demo") / "new" / "demo"
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr("app.sample.demo.CLIPS", SHORTER)
        status = main(["demo", str(folder), "--date", "2026-03-02", "--lang", "en"])
    return folder, Ran(status, out.getvalue(), err.getvalue())


def test_the_recordings_are_one_without_and_one_with_faults() -> None:
    assert CLIPS == {"clean": CLEAN, "faulty": FAULTY}


def test_demo(run: Run, demo: tuple[Path, Ran], tmp_path: Path) -> None:
    folder, ran = demo
    assert (ran.status, ran.err) == (0, "")
    course = read_course(folder / "course").course
    assert course.model_copy(update={"recordings": ()}) == sample_course()
    assert {path.name for path in (folder / "documents").iterdir()} >= {"form_01.pdf", "form_02.docx", "form_05.txt"}
    for path in (folder / "course", folder / "bundle.zip", folder / "documents" / "form_01.pdf"):
        assert str(path) in ran.out
    assert "The bundle is intact" in ran.out
    check_recordings(run, folder, ran.out)
    check_validation(run, folder, tmp_path / "plain")


def check_recordings(run: Run, folder: Path, out: str) -> None:
    """Two recordings without a role lie in the course; both are told, and their reports are kept and in the bundle."""
    course = read_course(folder / "course").course
    clean, faulty = course.recordings
    for recording in (clean, faulty):
        path = folder / "course" / recording.path
        assert (recording.role, recording.stage) == (RecordingRole.NONE, Stage.UPLOAD)
        assert recording.path.startswith("recordings/")
        assert recording.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert str(path) in out
    assert out.count("The recording meets the requirements") == 2  # black, silence and clipping only warn
    reports = load_reports(course, folder / "course")
    assert [event.kind for event in reports[clean.id].events] == []
    assert {event.kind for event in reports[faulty.id].events} == {"black", "silence", "clipping", "shot_change"}
    [black] = [event for event in reports[faulty.id].events if event.kind == "black"]
    [(from_s, to_s)] = BRIEF.black
    assert black.from_s == pytest.approx(from_s, abs=0.04)
    assert black.to_s == pytest.approx(to_s, abs=0.04)
    assert "Q.black: " in out
    verified = run("verify", folder / "bundle.zip", "--json")
    assert verified.status == 0
    assert {f"reports/{clean.id}.json", f"reports/{faulty.id}.json"} <= set(verified.json["documents"])
    assert not any(str(folder) in report.path for report in reports.values())


def check_validation(run: Run, folder: Path, plain: Path) -> None:
    """The course is judged as without recordings, and beyond that by what the recordings show."""

    def findings(path: Path) -> set[tuple[str, str, str]]:
        ran = run("validate", path, "--json", "--date", "2026-03-02")
        assert ran.status == 1
        return {(finding["rule"], finding["element"], finding["status"]) for finding in ran.json["findings"]}

    CourseFolder.create(plain, sample_course(), "atu-2025-02").close()
    before, after = findings(plain), findings(folder / "course")
    assert {entry for entry in before - after if entry[2] != "not_applicable"} == set()
    added = {entry for entry in after - before if entry[2] not in ("pass", "not_applicable")}
    faults = ("Q.loudness", "Q.true_peak", "Q.black", "Q.silence", "Q.clipping")
    assert added == {(rule, "recordings/faulty", "warning") for rule in faults}


def test_demo_again_replaces_its_own_and_nothing_else(
    run: Run, demo: tuple[Path, Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(demo[0], tmp_path, dirs_exist_ok=True)
    small = ClipSpec(duration_s=1.0, width=320, height=180, bitrate_bps=500_000)
    monkeypatch.setattr("app.sample.demo.CLIPS", {"clean": small, "faulty": small})
    monkeypatch.setattr("app.sample.demo.sample_course", lambda: Course(title="x"))
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
