"""From the studio a checked recording goes to a lecture: the course and the lecture are chosen, the rest is told."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox

from app.model.recording import ContainerFacts, RecordingReport, RecordingRole, Stage
from app.sample import sample_course
from app.session.analysis_queue import ItemState, QueueItem
from app.storage.course_folder import CourseFolder, read_course
from app.ui.main_window import MainWindow
from app.ui.studio_screen import StudioScreen
from tests.ui.conftest import Until
from tests.ui.fitting import faults_of
from tests.ui.hands import button, named, press, say


def test_a_checked_recording_goes_to_the_chosen_lecture(window: MainWindow, tmp_path: Path, until: Until) -> None:
    folder, film = tmp_path / "Курс", tmp_path / "3-дәріс.mp4"
    film.write_bytes(b"12345")
    CourseFolder.create(folder, sample_course(), "edition").close()
    window.show_studio()
    studio = window.screen_shown
    assert isinstance(studio, StudioScreen)
    report = RecordingReport(fingerprint="fp", container=ContainerFacts(size_bytes=5))
    item = QueueItem(1, film, Stage.UPLOAD, RecordingRole.NONE, state=ItemState.DONE, report=report)
    dialog = studio.ask_to_attach(item)
    assert not button(dialog, say("attach.do")).isEnabled()  # no course is chosen yet
    dialog.offer(folder)
    assert faults_of(dialog) == []
    lessons = named(dialog, QComboBox, say("attach.lesson"))
    lessons.setCurrentIndex(2)
    expected = sample_course().modules[0].lessons[2]
    assert expected.title in lessons.currentText()
    done = say("attach.done", name=film.name, course=folder.name, lesson=lessons.currentText())
    press(dialog, say("attach.do"))
    until(lambda: done in studio.messages.texts())
    (noted,) = read_course(folder).course.recordings
    assert noted.lesson_id == expected.id
