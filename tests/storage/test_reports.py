"""Recording reports on disk."""

from pathlib import Path

import pytest

from app.model.course import Course
from app.model.errors import ProjectFileError
from app.model.recording import Recording, RecordingEvent, RecordingReport, VideoFacts
from app.storage.reports import load_report, load_reports, report_path, save_report

REPORT = RecordingReport(
    fingerprint="1024-1700000000-9f3a",
    path="recordings/Дәріс 1.mp4",
    video=VideoFacts(codec="h264", width=1920, height=1080),
    events=(RecordingEvent(kind="black", from_s=1.5, to_s=3.0),),
    series={"level_dbfs": (-20.0, None, float("-inf"))},
)


def test_a_report_is_read_back(tmp_path: Path) -> None:
    save_report(tmp_path, REPORT)
    assert load_report(tmp_path, REPORT.fingerprint) == REPORT
    assert [path.name for path in (tmp_path / ".mooc" / "reports").iterdir()] == ["1024-1700000000-9f3a.json"]


def test_a_recording_without_a_report_has_none(tmp_path: Path) -> None:
    assert load_report(tmp_path, "unknown") is None


@pytest.mark.parametrize("fingerprint", ["../../course", "a/b", "C:\\x", "con.", "ABC", "ә" * 300, "\ud800", "."])
def test_any_fingerprint_has_a_plain_name_in_the_folder(tmp_path: Path, fingerprint: str) -> None:
    path = report_path(tmp_path, fingerprint)
    assert path.parent == tmp_path / ".mooc" / "reports"
    assert path.stem.isascii()
    assert path.stem == path.stem.lower()
    assert len(path.name) < 130


def test_a_report_without_a_fingerprint_has_no_place(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="fingerprint"):
        save_report(tmp_path, RecordingReport())


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"unknown": 1}', RecordingReport(fingerprint="x").model_dump_json().encode()]
)
def test_a_damaged_report_is_not_there_and_told(tmp_path: Path, content: bytes) -> None:
    save_report(tmp_path, REPORT)
    report_path(tmp_path, REPORT.fingerprint).write_bytes(content)
    good = REPORT.model_copy(update={"fingerprint": "good"})
    save_report(tmp_path, good)
    course = Course(
        recordings=(
            Recording(id="r1", fingerprint=REPORT.fingerprint),
            Recording(id="r2", fingerprint="good"),
            Recording(id="r3", fingerprint="never measured"),
            Recording(id="r4"),
        )
    )
    problems: list[ProjectFileError] = []
    assert load_reports(course, tmp_path, problems.append) == {"r2": good}
    assert [problem.code for problem in problems] == ["report_damaged"]


def test_by_default_a_damaged_report_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    save_report(tmp_path, REPORT)
    report_path(tmp_path, REPORT.fingerprint).write_bytes(b"{")
    load_reports(Course(recordings=(Recording(id="r1", fingerprint=REPORT.fingerprint),)), tmp_path)
    assert "report_damaged" in caplog.text


def test_a_vanished_folder_is_an_expected_error(tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError) as caught:
        save_report(tmp_path / "gone", REPORT)
    assert caught.value.code == "folder_gone"
    assert not (tmp_path / "gone").exists()
