"""Attaching a recording that was checked outside any course to a lesson of a course that is not open."""

from pathlib import Path

from app.model.base import new_id
from app.model.recording import Recording, RecordingReport, Stage
from app.session.edit import insert
from app.session.recordings import attach_to_lesson, recording_path, with_measured_file
from app.storage.course_folder import CourseFolder
from app.storage.reports import save_report


def attach_to_course(
    folder: Path, lesson_id: str, path: Path, stage: Stage, report: RecordingReport, *, holder: str
) -> None:
    """Note a measured recording in a course as the lecture video of a lesson, with its report.

    A recording that the course knows already is not noted twice: it goes to the lesson.

    Args:
        folder: the course folder.
        lesson_id: id of the lesson.
        path: the recording, which stays where it is.
        stage: source or upload.
        report: what was measured.
        holder: who holds the course meanwhile.

    Raises:
        ProjectFileError: the codes of `CourseFolder.open` and `save`; ``course_read_only`` where somebody has it open.
    """
    opened = CourseFolder.open(folder, holder=holder)
    with opened.folder as open_folder:
        course = opened.course
        name = recording_path(open_folder.path, path)
        known = next((recording for recording in course.recordings if recording.path == name), None)
        if known is None:
            known = Recording(id=new_id("rec"), title=path.stem, path=name, stage=stage)
            course = insert(course, "recordings", known, len(course.recordings))
        course = attach_to_lesson(with_measured_file(course, known.id, report, path), known.id, lesson_id)
        open_folder.save(course)
        if report.fingerprint:
            save_report(open_folder.path, report)
