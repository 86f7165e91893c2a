"""Noting a measured file in a course, and attaching it to a lesson."""

from pathlib import Path

from app.model.course import Course
from app.model.recording import ContainerFacts, Recording, RecordingReport, RecordingRole
from app.session.recordings import attach_to_lesson, recording_path, with_measured_file

COURSE = Course(recordings=(Recording(id="rec1", role=RecordingRole.NONE, path="recordings/1.mp4"),))


def test_a_file_inside_the_course_is_named_relative_and_one_outside_absolute(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    (folder / "recordings").mkdir(parents=True)
    inside, outside = folder / "recordings" / "дәріс 1.mp4", tmp_path / "2.mp4"
    assert recording_path(folder, inside) == "recordings/дәріс 1.mp4"
    assert recording_path(folder, outside) == str(outside.resolve())
    assert recording_path(folder, folder / ".." / "2.mp4") == str(outside.resolve())


def test_a_measured_file_is_noted_with_size_time_and_checksum(tmp_path: Path) -> None:
    path = tmp_path / "1.mp4"
    path.write_bytes(b"12345")
    report = RecordingReport(fingerprint="fp", sha256="ab" * 32, container=ContainerFacts(size_bytes=5))
    (noted,) = with_measured_file(COURSE, "rec1", report, path).recordings
    assert (noted.size_bytes, noted.sha256, noted.fingerprint) == (5, "ab" * 32, "fp")
    assert noted.modified_ns == path.stat().st_mtime_ns
    path.unlink()
    (vanished,) = with_measured_file(COURSE, "rec1", report, path).recordings
    assert vanished.modified_ns is None


def test_what_belongs_to_a_lesson_is_a_lecture() -> None:
    (attached,) = attach_to_lesson(COURSE, "rec1", "l3").recordings
    assert (attached.lesson_id, attached.role) == ("l3", RecordingRole.LECTURE)
    (taken_off,) = attach_to_lesson(Course(recordings=(attached,)), "rec1", None).recordings
    assert taken_off.lesson_id is None
