"""Changes of the course's recordings."""

from pathlib import Path

from app.model.course import Course
from app.model.recording import RecordingReport, RecordingRole
from app.session.edit import set_value


def recording_path(folder: Path, path: Path) -> str:
    """Return how a course names a recording: relative inside its folder, absolute where the file stays elsewhere."""
    resolved, root = path.resolve(), folder.resolve()
    return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else str(resolved)


def with_measured_file(course: Course, recording_id: str, report: RecordingReport, path: Path) -> Course:
    """Note in a recording which file was measured: size, time, checksum and the key of its report."""
    try:
        modified_ns: int | None = path.stat().st_mtime_ns
    except OSError:
        modified_ns = None  # the drive went away after the measurement; the report stands
    base = f"recordings/{recording_id}"
    for field, value in (
        ("size_bytes", report.container.size_bytes),
        ("modified_ns", modified_ns),
        ("sha256", report.sha256),
        ("fingerprint", report.fingerprint or None),
    ):
        course = set_value(course, f"{base}/{field}", value)
    return course


def attach_to_lesson(course: Course, recording_id: str, lesson_id: str | None) -> Course:
    """Make a recording the lecture video of a lesson, or take it off."""
    course = set_value(course, f"recordings/{recording_id}/lesson_id", lesson_id)
    if lesson_id is not None:
        course = set_value(course, f"recordings/{recording_id}/role", RecordingRole.LECTURE)
    return course
