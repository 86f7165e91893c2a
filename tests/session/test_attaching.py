"""A recording that was checked in the studio goes to a lecture of a course that nobody has open."""

from pathlib import Path

import pytest

from app.model.errors import ProjectFileError
from app.model.recording import ContainerFacts, RecordingReport, RecordingRole, Stage
from app.sample import sample_course
from app.session.attaching import attach_to_course
from app.storage.course_folder import CourseFolder, read_course
from app.storage.reports import load_report

REPORT = RecordingReport(fingerprint="fp", sha256="ab" * 32, container=ContainerFacts(size_bytes=5))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "курс"
    CourseFolder.create(made, sample_course(), "edition").close()
    return made


def test_the_recording_is_noted_once_and_moves_with_a_second_wish(folder: Path, tmp_path: Path) -> None:
    film = tmp_path / "2-дәріс.mp4"
    film.write_bytes(b"12345")
    attach_to_course(folder, "l1", film, Stage.SOURCE, REPORT, holder="operator")
    attach_to_course(folder, "l2", film, Stage.SOURCE, REPORT, holder="operator")
    course = read_course(folder).course
    (noted,) = course.recordings
    assert (noted.title, noted.stage, noted.role) == ("2-дәріс", Stage.SOURCE, RecordingRole.LECTURE)
    assert (noted.lesson_id, noted.path, noted.fingerprint) == ("l2", str(film.resolve()), "fp")
    assert load_report(folder, "fp") == REPORT
    assert course.model_copy(update={"recordings": ()}) == sample_course()


def test_a_course_that_somebody_has_open_is_not_touched(folder: Path, tmp_path: Path) -> None:
    with CourseFolder.open(folder, holder="author").folder, pytest.raises(ProjectFileError) as refused:
        attach_to_course(folder, "l1", tmp_path / "1.mp4", Stage.UPLOAD, REPORT, holder="operator")
    assert refused.value.code == "course_read_only"
    assert read_course(folder).course == sample_course()
