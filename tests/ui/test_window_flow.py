"""The window as a lecturer uses it, through its real widgets."""

import multiprocessing
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QPlainTextEdit, QWidget

from app.exporters.packages.verify import verify_bundle
from app.model.course import Course
from app.model.texts import Lang
from app.sample import sample_course
from app.sample.clips import ClipSpec, make_clip
from app.session.analysis_queue import ItemState
from app.session.wizard import STEPS, Step, step_of
from app.storage.course_folder import read_course
from app.storage.regulation_file import load_regulation
from app.ui.course_screen import CourseScreen
from app.ui.drop_zone import DropZone
from app.ui.findings_panel import FindingsPanel
from app.ui.main_window import MainWindow
from app.ui.open_course import OpenCourse
from app.ui.pages.submission import SubmissionPage
from app.ui.start_screen import StartScreen
from app.ui.theme import Theme, ThemeChoice, install
from tests.ui.hands import button, drop, named, press, say, write

Until = Callable[[Callable[[], bool]], None]
SMALL = ClipSpec(width=320, height=180, bitrate_bps=500_000)


def opened(window: MainWindow, folder: Path, course: Course) -> tuple[CourseScreen, OpenCourse]:
    window.create_course(folder, course)
    QApplication.processEvents()
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    assert window.open_course is not None
    return screen, window.open_course


def test_a_course_is_begun_edited_judged_bundled_and_found_again(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    folder = tmp_path / "Жаңа курс"
    screen, course = opened(window, folder, Course())

    title = named(screen, QLineEdit, say("field.title"))
    write(title, "Food safety")
    assert course.course.title == "Food safety"
    QTest.keyClick(title, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert course.course.title == ""
    assert title.text() == ""
    QTest.keyClick(title, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert title.text() == "Food safety"

    press(screen, say("course.next"))
    assert current(window).step is Step.PROGRAMME
    page = screen.page(Step.PROGRAMME)
    press(page, say("programme.add_module"))
    write(focused(QLineEdit), "Module one")
    press(page, say("programme.add_lesson"))
    write(focused(QLineEdit), "Lecture one")
    (module,) = course.course.modules
    assert (module.title, module.lessons[0].title) == ("Module one", "Lecture one")

    press(screen, say("course.next"))
    bank = screen.page(Step.TEST_BANK)
    press(bank, say("bank.add"))
    write(focused(QPlainTextEdit), "What is HACCP?")
    QTest.keyClick(focused(QPlainTextEdit), Qt.Key.Key_Tab)
    (question,) = course.course.test_bank
    assert question.stem == "What is HACCP?"
    option = named(bank, QPlainTextEdit, say("bank.option", letter="A"))
    write(option, "A plan")
    QTest.keyClick(option, Qt.Key.Key_Return)
    write(focused(QPlainTextEdit), "A food")
    QTest.keyClick(focused(QPlainTextEdit), Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    (question,) = course.course.test_bank
    assert (question.options, question.correct) == (("A plan", "A food"), (0,))

    press(screen, say("course.next"))
    assert current(window).step is Step.MATERIALS
    press(screen, say("course.next"))
    clip = tmp_path / "1-дәріс.mp4"
    make_clip(clip, replace(SMALL, duration_s=3.0))
    drop(screen.page(Step.RECORDINGS).findChildren(DropZone)[0], [clip])
    queue = window.recordings.queue
    until(lambda: bool(queue.items) and queue.items[-1].state is ItemState.DONE)
    (recording,) = course.course.recordings
    assert recording.size_bytes == clip.stat().st_size
    until(lambda: any(f.rule == "8.4c" or f.element == f"recordings/{recording.id}" for f in course.findings))
    assert queue.items[-1].verdict == "fail"  # three seconds are no lecture

    window.set_language(Lang.RU)
    QApplication.processEvents()
    screen = current(window)
    assert screen.step is Step.RECORDINGS
    button(screen, say("course.next", Lang.RU))
    window.set_language(Lang.KK)
    QApplication.processEvents()
    screen = current(window)

    until(lambda: any(f.element == "title" or f.rule == "F01.2" for f in course.findings))
    finding = next(f for f in course.findings if f.rule == "F01.2")
    panel = screen.findChildren(FindingsPanel)[0]
    view = panel.findChildren(QListView)[-1]
    model = view.model()
    row = next(r for r in range(model.rowCount()) if str(model.index(r, 0).data()).startswith(f"{finding.rule} "))
    view.scrollTo(model.index(row, 0))
    QApplication.processEvents()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(model.index(row, 0)).center())
    assert current(window).step is Step.DESCRIPTION
    assert focused(QLineEdit).accessibleName() == say("field.university")

    screen.go_to(Step.SUBMISSION)
    submission = screen.page(Step.SUBMISSION)
    assert isinstance(submission, SubmissionPage)
    bundle = tmp_path / "bundle.zip"
    submission.make_bundle(bundle, draft=True)
    until(bundle.exists)
    until(lambda: button(submission, say("submission.draft")).isEnabled())
    expected = course.course
    window.close()
    result = verify_bundle(bundle, today=load_regulation().edition.effective_date, regulation=load_regulation())
    assert result.valid
    assert result.course == expected
    assert read_course(folder).course == expected


def focused(kind: type[QWidget]) -> QWidget:
    widget = QApplication.focusWidget()
    assert isinstance(widget, kind), f"{widget} has the focus"
    return widget


def current(window: MainWindow) -> CourseScreen:
    assert isinstance(window.screen_shown, CourseScreen)
    return window.screen_shown


def test_every_open_finding_leads_to_a_visible_place(window: MainWindow, tmp_path: Path, until: Until) -> None:
    spoiled = sample_course().model_copy(
        update={"title": "", "faculty": "", "authors": (), "glossary": (), "annotation": "a. b. " * 40}
    )
    modules = spoiled.modules
    broken = modules[2].model_copy(update={"title": "", "lessons": modules[2].lessons[:1]})
    question = spoiled.test_bank[5].model_copy(update={"stem": "", "options": ("1",)})
    spoiled = spoiled.model_copy(
        update={
            "modules": (*modules[:2], broken, *modules[3:]),
            "test_bank": (*spoiled.test_bank[:5], question, *spoiled.test_bank[6:]),
        }
    )
    screen, course = opened(window, tmp_path / "course", spoiled)
    until(lambda: bool(course.findings))
    open_ones = [f for f in course.findings if f.status.value not in ("pass", "not_applicable")]
    assert len(open_ones) > 30
    for finding in open_ones:
        screen.reveal(finding)
        QApplication.processEvents()
        assert screen.step is step_of(finding), finding
        focus = QApplication.focusWidget()
        assert focus is not None, finding
        assert focus.isVisible(), finding


class ShownWindows(QObject):
    """Notes every window that is shown: a widget shown before it has a parent flashes as one."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("lang", list(Lang))
def test_every_page_opens_in_every_language_and_no_window_flashes(
    application: QApplication, window: MainWindow, tmp_path: Path, until: Until, lang: Lang
) -> None:
    shown = ShownWindows()
    application.installEventFilter(shown)
    window.set_language(lang)
    screen, course = opened(window, tmp_path / "course", sample_course())
    until(lambda: bool(course.findings))
    for step in STEPS:
        screen.go_to(step)
        QApplication.processEvents()
        assert screen.page(step).isVisible()
    window.show_start()
    QApplication.processEvents()
    application.removeEventFilter(shown)
    assert shown.names == []


def test_nothing_is_left_running_after_closing(
    application: QApplication, window: MainWindow, tmp_path: Path, until: Until
) -> None:
    clip = tmp_path / "clip.mp4"
    make_clip(clip, replace(SMALL, duration_s=12.0))
    window.show_studio()
    drop(window.screen_shown.findChildren(DropZone)[0], [clip])
    until(lambda: bool(multiprocessing.active_children()))
    window.close()
    application.processEvents()
    assert multiprocessing.active_children() == []
    assert [thread for thread in threading.enumerate() if not thread.daemon] == [threading.main_thread()]


def test_a_damaged_recording_is_told_and_the_queue_goes_on(window: MainWindow, tmp_path: Path, until: Until) -> None:
    text = tmp_path / "text.mp4"
    text.write_text("no recording", encoding="utf-8")
    empty = tmp_path / "empty.mov"
    empty.touch()
    good = tmp_path / "good.mp4"
    make_clip(good, ClipSpec(duration_s=1.0))
    window.show_studio()
    drop(window.screen_shown.findChildren(DropZone)[0], [text, empty, good])
    queue = window.recordings.queue
    until(lambda: len(queue.items) == 3 and queue.items[2].state is ItemState.DONE)
    assert [item.verdict for item in queue.items] == ["error", "error", "pass"]
    assert all(item.error is not None for item in queue.items[:2])


def test_a_second_window_on_the_same_course_may_only_look(window: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    screen, course = opened(window, folder, sample_course())
    # This process holds the lock; another opener meets it as a stranger would.
    from app.storage.course_folder import CourseFolder

    second = CourseFolder.open(folder, holder="somebody else")
    assert second.read_only
    assert second.lock_holder is not None
    second.folder.close()
    assert not course.read_only
    assert screen.isVisible()


def test_the_first_steps_are_told_until_a_course_was_opened(window: MainWindow, tmp_path: Path) -> None:
    def said() -> list[str]:
        return [words.text() for words in window.screen_shown.findChildren(QLabel) if words.isVisible()]

    assert say("start.steps.title") in said()
    assert say("start.steps.create") in said()
    window.create_course(tmp_path / "course", Course())
    assert window.leave_course()
    window.show_start()
    assert say("start.steps.title") not in said()
    assert say("start.no_recent") not in said()


def test_language_and_theme_change_without_dressing_what_goes_away(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.create_course(tmp_path / "course", Course())
    screen, course = window.screen_shown, window.open_course
    assert isinstance(screen, CourseScreen)
    assert course is not None
    title = screen.page(Step.DESCRIPTION).findChildren(QLineEdit)[0]
    title.setFocus()
    QApplication.processEvents()
    write(title, "Food")
    dressed: list[int] = []

    def note(app: QApplication, theme: Theme) -> None:
        dressed.append(len(window.findChildren(QLineEdit)))
        install(app, theme)

    monkeypatch.setattr("app.ui.main_window.install", note)
    window.set_language(Lang.EN)
    assert dressed == []  # the theme is the same: nothing to do
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.set_theme(ThemeChoice.DARK)
    assert dressed == [0]
    assert course.course.title == "Food"
    assert current(window).page(Step.DESCRIPTION).findChildren(QLineEdit)[0].text() == "Food"


def test_a_file_that_is_no_course_is_told_on_the_start_screen(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "course.mooc").write_text("{ this is no JSON", encoding="utf-8")
    window.open_folder(tmp_path / "broken")
    assert isinstance(window.screen_shown, StartScreen)
    (text,) = window.screen_shown.messages.texts()
    assert "course.mooc" in text
