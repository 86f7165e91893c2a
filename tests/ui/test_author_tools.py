"""The author's tools through their real dialogs."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import QDate, QEvent, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QLabel, QLineEdit, QPlainTextEdit, QTabWidget, QWidget

from app.exporters.forms import form_02
from app.exporters.writers.docx import write_docx
from app.model.course import Course, CourseLanguage
from app.model.papers import Material
from app.model.structure import Lesson, Module
from app.model.teaching import Reference, ReferenceScope
from app.model.texts import Lang
from app.sample import sample_course
from app.session.schedule_plan import apply_dates, plan_dates
from app.session.wizard import Step
from app.storage.course_file import read
from app.storage.course_folder import CourseFolder
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts
from app.ui.author_tools.base import ToolDialog
from app.ui.author_tools.import_dialog import ImportDialog
from app.ui.author_tools.links_dialog import LinksDialog
from app.ui.author_tools.menu import TOOLS, AuthorTools
from app.ui.author_tools.review_list import ReviewList
from app.ui.author_tools.schedule_dialog import ScheduleDialog
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from app.ui.open_course import OpenCourse
from app.ui.timeline import Timeline
from tests.ui.hands import button, named, press, say

TEXTS = load_texts()
Until = Callable[[Callable[[], bool]], None]


def opened(window: MainWindow, folder: Path, course: Course) -> tuple[CourseScreen, OpenCourse]:
    window.create_course(folder, course)
    QApplication.processEvents()
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    assert window.open_course is not None
    return screen, window.open_course


def tool(screen: CourseScreen, name: str) -> ToolDialog:
    """Open a tool by its entry of the menu."""
    menu = screen.findChildren(AuthorTools)[0].menu()
    (action,) = [action for action in menu.actions() if action.text() == say(f"tools.{name}.menu")]
    action.trigger()
    QApplication.processEvents()
    return next(dialog for dialog in screen.findChildren(ToolDialog) if dialog.isVisible())


def put(widget: QWidget, text: str) -> None:
    """Give a text as an input method does: Cyrillic letters are on no key of the offscreen keyboard."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def rows(dialog: ToolDialog) -> list[str]:
    view = dialog.findChildren(ReviewList)[0]
    items = (view.topLevelItem(row) for row in range(view.topLevelItemCount()))
    return [" | ".join(item.text(column) for column in range(view.columnCount())) for item in items if item]


COURSE = Course(
    title="Тағам",
    language=CourseLanguage.KK,
    goal='"Тағам" - негіз',
    modules=(Module(id="m", title="тағам", lessons=(Lesson(id="l", title="Тағам тарихы"),)),),
)


def test_found_gone_to_replaced_and_undone_in_one_step(window: MainWindow, tmp_path: Path, until: Until) -> None:
    screen, course = opened(window, tmp_path / "c", COURSE)
    dialog = tool(screen, "find")
    put(named(dialog, QLineEdit, say("tools.find.needle")), "тағам")
    until(lambda: len(rows(dialog)) == 4)
    assert rows(dialog)[3] == "Модуль №1 › Дәріс 1 › Дәрістің тақырыбы | Тағам тарихы"

    view = dialog.findChildren(ReviewList)[0]
    view.itemActivated.emit(view.topLevelItem(3), 1)
    assert screen.step is Step.PROGRAMME
    field = named(screen, QLineEdit, say("field.lesson.title"))
    assert field.text() == "Тағам тарихы"

    first = view.topLevelItem(0)
    assert first is not None
    first.setCheckState(0, Qt.CheckState.Unchecked)
    put(named(dialog, QLineEdit, say("tools.find.replacement")), "азық")
    press(dialog, say("tools.find.replace_all"))
    assert course.course.title == "Тағам"
    assert (course.course.goal, course.course.modules[0].title) == ('"азық" - негіз', "азық")
    assert course.store.undo_label == say("tools.find.step", old="Тағам", new="азық")
    course.store.undo()
    assert course.course == COURSE


def test_quotes_and_dashes_are_one_step(window: MainWindow, tmp_path: Path) -> None:
    screen, course = opened(window, tmp_path / "c", COURSE)
    dialog = tool(screen, "typography")
    assert len(rows(dialog)) == 1
    press(dialog, say("tools.typography.do"))
    assert course.course.goal == "«Тағам» – негіз"
    assert not button(dialog, say("tools.typography.do")).isEnabled()
    course.store.undo()
    assert course.course == COURSE


def test_a_tool_opens_once_and_goes_with_its_screen(window: MainWindow, tmp_path: Path) -> None:
    screen, _ = opened(window, tmp_path / "c", COURSE)
    assert tool(screen, "find") is tool(screen, "find")
    window.set_theme(window._preferences.theme)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [d for d in QApplication.topLevelWidgets() if isinstance(d, ToolDialog) and d.isVisible()] == []


def test_a_backup_is_compared_restored_and_the_state_before_is_kept(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    folder = tmp_path / "c"
    CourseFolder.create(folder, COURSE, "atu-2025-02").close()
    with CourseFolder.open(folder, holder="me").folder as writer:
        writer.save(COURSE.model_copy(update={"title": "Азық", "goal": ""}))
    window.open_folder(folder)
    screen, course = window.screen_shown, window.open_course
    assert isinstance(screen, CourseScreen)
    assert course is not None
    dialog = tool(screen, "backups")
    until(lambda: len(rows(dialog)) == 2)
    assert [line.partition(" | ")[0] for line in rows(dialog)] == [say("field.title"), say("field.goal")]
    press(dialog, say("tools.backups.restore"))
    assert course.course == COURSE
    assert course.save_now()
    kept = list((folder / ".mooc" / "backups").glob("kept *.mooc"))
    assert [read(path).course.title for path in kept] == ["Азық"]
    course.store.undo()
    assert course.course.title == "Азық"


def test_dates_are_planned_shown_and_exported(window: MainWindow, tmp_path: Path) -> None:
    screen, course = opened(window, tmp_path / "c", COURSE)
    dialog = tool(screen, "schedule")
    assert isinstance(dialog, ScheduleDialog)
    named(dialog, QDateEdit, say("tools.schedule.start")).setDate(QDate(2027, 3, 29))
    press(dialog, say("tools.schedule.set"))
    assert course.course.schedule.enrol_open == date(2027, 3, 15)
    assert len(course.course.announcements) == 4
    assert not button(dialog, say("tools.schedule.set")).isEnabled()
    spoken = dialog.findChildren(Timeline)[0].spoken()
    assert f"15.03.2027 – {TEXTS.get('calendar.event.enrol_open', Lang.KK)}" in spoken

    path = tmp_path / "c.ics"
    dialog.write_calendar(path)
    assert b"DTSTART;VALUE=DATE:20270315" in path.read_bytes()
    dialog.write_calendar(tmp_path / "no folder" / "c.ics")
    assert path.exists()
    course.store.undo()
    assert course.course == COURSE


def test_a_day_in_the_picture_leads_to_its_field(window: MainWindow, tmp_path: Path) -> None:
    planned = apply_dates(COURSE, plan_dates(COURSE, load_regulation(), date(2027, 3, 29)))
    screen, _ = opened(window, tmp_path / "c", planned)
    screen.go_to(Step.SCHEDULE)
    timeline = screen.page(Step.SCHEDULE).findChildren(Timeline)[0]
    timeline.grab()
    area, _, _ = next(place for place in timeline._places if place[2] == "modules/m/opens_on")
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=area.center().toPoint())
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == say("field.module.opens_on", n=1)


def test_a_programme_is_read_back_looked_at_and_set_in_one_step(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    regulation = load_regulation()
    document = form_02.build(sample_course(), regulation, generated_on=date(2027, 1, 1), draft=False)
    path = tmp_path / "programme.docx"
    path.write_bytes(write_docx(document))
    screen, course = opened(window, tmp_path / "c", Course())
    dialog = tool(screen, "import")
    assert isinstance(dialog, ImportDialog)
    dialog.read_file(path)
    until(lambda: bool(rows(dialog)))
    press(dialog, say("tools.import.set"))
    assert course.course.title == sample_course().title
    assert len(course.course.modules) == len(sample_course().modules)
    course.store.undo()
    assert course.course == Course()

    path.write_bytes(b"no document")
    dialog.read_file(path)
    until(lambda: any(TEXTS.get("errors.form_broken.cause", Lang.KK) in w.text() for w in dialog.findChildren(QLabel)))


def test_links_are_checked_noted_and_led_to(window: MainWindow, tmp_path: Path, until: Until) -> None:
    materials = (Material(id="a", url="https://a.kz/gone"), Material(id="b", url="https://b.kz"))
    screen, course = opened(window, tmp_path / "c", Course(materials=materials))
    menu = screen.findChildren(AuthorTools)[0]

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404 if request.url.path == "/gone" else 200)

    dialog = LinksDialog(menu._tools, screen, httpx.MockTransport(answer))
    dialog.show()
    press(dialog, say("tools.links.start"))
    until(lambda: button(dialog, say("tools.links.start")).isEnabled())
    assert [material.url_status for material in course.course.materials] == ["dead", "reachable"]
    assert rows(dialog)[0].endswith(f"https://a.kz/gone | {say('tools.links.state.dead')} (404)")
    dialog.close()


def test_a_check_of_links_that_nobody_waits_for_ends_quietly(window: MainWindow, tmp_path: Path, until: Until) -> None:
    screen, course = opened(window, tmp_path / "c", Course(materials=(Material(id="a", url="https://a.kz"),)))
    asked, answered = threading.Event(), threading.Event()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.set()
        answered.wait(20)
        return httpx.Response(200)

    dialog = LinksDialog(screen.findChildren(AuthorTools)[0]._tools, screen, httpx.MockTransport(answer))
    dialog.show()
    press(dialog, say("tools.links.start"))
    until(asked.is_set)
    dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    answered.set()
    until(lambda: not [thread for thread in threading.enumerate() if thread.name == "link check"])
    QApplication.processEvents()
    assert course.course.materials[0].url_status == ""


def test_terms_are_suggested_pasted_and_added(window: MainWindow, tmp_path: Path, until: Until) -> None:
    script = "HACCP жоспары. HACCP тобы."
    lesson = Lesson(id="l", script=script)
    screen, course = opened(window, tmp_path / "c", Course(modules=(Module(id="m", lessons=(lesson,)),)))
    dialog = tool(screen, "glossary")
    found = named(dialog, ReviewList, say("tools.glossary.suggestions"))
    until(lambda: found.topLevelItemCount() == 1)
    found.tick_all(ticked=True)
    press(dialog, say("tools.glossary.add"))
    assert [entry.term for entry in course.course.glossary] == ["HACCP"]

    dialog.findChildren(QTabWidget)[0].setCurrentIndex(1)
    named(dialog, QPlainTextEdit, say("tools.glossary.paste")).setPlainText("Қауіп\tЗиян көзі\nHACCP\tжүйе")
    until(button(dialog, say("tools.glossary.add")).isEnabled)
    press(dialog, say("tools.glossary.add"))
    assert [(entry.term, entry.definition) for entry in course.course.glossary] == [
        ("HACCP", "жүйе"),
        ("Қауіп", "Зиян көзі"),
    ]
    said = say("tools.glossary.done", n=1)
    assert said in [words.text() for words in dialog.findChildren(QLabel)]
    assert not any(timer.isActive() for timer in dialog.findChildren(QTimer))  # nothing is about to say otherwise


def test_a_tool_that_is_closed_no_longer_follows_the_course(
    window: MainWindow, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *fault: faults.append(fault))
    screen, course = opened(window, tmp_path / "c", COURSE)
    menu = screen.findChildren(AuthorTools)[0]
    for name, make, _ in TOOLS:
        dialog = menu.show_tool(name, make)
        QApplication.processEvents()
        dialog.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    course.apply("title", lambda now: now.model_copy(update={"title": "Азық"}))
    course.judge()
    until(lambda: course.judged)
    assert faults == []


def test_a_source_is_entered_by_fields_for_a_lecture_and_the_list_put_in_order(
    window: MainWindow, tmp_path: Path
) -> None:
    references = (Reference(id="r", citation="Smith J. Food."),)
    screen, course = opened(window, tmp_path / "c", COURSE.model_copy(update={"references": references}))
    dialog = tool(screen, "literature")
    scope = named(dialog, QComboBox, say("tools.literature.scope"))
    scope.setCurrentIndex(scope.count() - 1)
    for name, text in (("authors", "Асанов Бақыт"), ("title", "Азық"), ("year", "2020"), ("pages", "100")):
        put(named(dialog, QLineEdit, say(f"tools.literature.field.{name}")), text)
    press(dialog, say("tools.literature.add"))
    added = course.course.references[-1]
    assert added.citation == "Асанов Б. Азық. – 2020. – 100 б."
    assert (added.scope, added.target_id, added.year) == (ReferenceScope.LESSON, "l", 2020)
    press(dialog, say("tools.literature.order"))
    assert [one.citation[:5] for one in course.course.references] == ["Асано", "Smith"]


def test_ready_texts_fill_what_is_empty_in_one_step(window: MainWindow, tmp_path: Path) -> None:
    screen, course = opened(window, tmp_path / "c", COURSE)
    dialog = tool(screen, "drafts")
    press(dialog, say("tools.drafts.set"))
    assert len(course.course.surveys) == 2
    assert course.course.modules[0].weekly_message.text
    course.store.undo()
    assert course.course == COURSE
