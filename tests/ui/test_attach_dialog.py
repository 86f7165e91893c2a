"""From the studio a checked recording goes to a lecture: the course and the lecture are chosen, the rest is told."""

import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel

from app.model.recording import ContainerFacts, RecordingReport, RecordingRole, Stage
from app.sample import sample_course
from app.session.analysis_queue import ItemState, QueueItem
from app.storage.course_file import CourseFile
from app.storage.course_folder import CourseFolder, read_course
from app.ui.main_window import MainWindow
from app.ui.studio_screen import StudioScreen
from tests.ui.conftest import Until
from tests.ui.fitting import faults_of
from tests.ui.hands import button, named, press, say


def says(dialog: QDialog, text: str) -> bool:
    return any(words.isVisible() and words.text() == text for words in dialog.findChildren(QLabel))


def studio_of(window: MainWindow) -> StudioScreen:
    window.show_studio()
    studio = window.screen_shown
    assert isinstance(studio, StudioScreen)
    return studio


def test_a_checked_recording_goes_to_the_chosen_lecture(
    window: MainWindow, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, film = tmp_path / "Курс", tmp_path / "3-дәріс.mp4"
    film.write_bytes(b"12345")
    CourseFolder.create(folder, sample_course(), "edition").close()
    studio = studio_of(window)
    report = RecordingReport(fingerprint="fp", container=ContainerFacts(size_bytes=5))
    item = QueueItem(1, film, Stage.UPLOAD, RecordingRole.NONE, state=ItemState.DONE, report=report)
    dialog = studio.ask_to_attach(item)
    assert not button(dialog, say("attach.do")).isEnabled()  # no course is chosen yet
    reading = threading.Event()
    read_from: list[int] = []

    def slow_disk(path: Path) -> CourseFile:
        read_from.append(threading.get_ident())
        assert reading.wait(10)
        return read_course(path)

    monkeypatch.setattr("app.ui.attach_dialog.read_course", slow_disk)
    dialog.offer(folder)
    assert faults_of(dialog) == []
    lessons = named(dialog, QComboBox, say("attach.lesson"))
    assert says(dialog, say("attach.reading"))
    assert not lessons.count()
    assert not button(dialog, say("attach.do")).isEnabled()
    reading.set()
    until(lambda: lessons.count() > 0)
    assert read_from != []
    assert threading.get_ident() not in read_from
    assert not says(dialog, say("attach.reading"))
    lessons.setCurrentIndex(2)
    expected = sample_course().modules[0].lessons[2]
    assert expected.title in lessons.currentText()
    done = say("attach.done", name=film.name, course=folder.name, lesson=lessons.currentText())
    press(dialog, say("attach.do"))
    until(lambda: done in studio.messages.texts())
    (noted,) = read_course(folder).course.recordings
    assert noted.lesson_id == expected.id


def test_a_course_that_cannot_be_read_is_told_and_a_better_one_can_be_chosen(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    CourseFolder.create(good, sample_course(), "edition").close()
    bad.mkdir()
    (bad / "course.mooc").write_text("{", encoding="utf-8")
    item = QueueItem(1, tmp_path / "a.mp4", Stage.UPLOAD, RecordingRole.NONE, state=ItemState.DONE)
    dialog = studio_of(window).ask_to_attach(item)
    dialog.offer(bad)
    until(lambda: any(words.property("role") == "fail" and words.text() for words in dialog.findChildren(QLabel)))
    assert not button(dialog, say("attach.do")).isEnabled()
    dialog.offer(bad)
    dialog.offer(good)  # before the first is read: only what is chosen now counts
    lessons = named(dialog, QComboBox, say("attach.lesson"))
    until(lambda: button(dialog, say("attach.do")).isEnabled())
    assert lessons.count() == len(sample_course().modules[0].lessons) * len(sample_course().modules)
    dialog.reject()
