"""The frame around the pages: groups and filters of findings, the clause tab, keys, the field that is being typed."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QListView, QPlainTextEdit, QTabBar, QWidget

from app.model.course import Course
from app.model.finding import Finding, Status
from app.sample import sample_course
from app.session.edit import set_value
from app.session.wizard import STEPS, Step, step_of
from app.storage.course_folder import read_course
from app.ui.clause_panel import ClausePanel
from app.ui.course_screen import CourseScreen
from app.ui.fields import Field, LineField
from app.ui.findings_panel import FindingsPanel, group_of
from app.ui.main_window import MainWindow
from app.ui.open_course import OpenCourse
from app.ui.pages.submission import SubmissionPage
from app.ui.preview_panel import PreviewPanel
from app.ui.rail import Rail
from tests.ui.conftest import Until
from tests.ui.hands import button, named, press, say, write


def opened(window: MainWindow, folder: Path, course: Course, until: Until) -> tuple[CourseScreen, OpenCourse]:
    window.create_course(folder, course)
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    assert window.open_course is not None
    until(lambda: window.open_course is not None and bool(window.open_course.findings))
    return screen, window.open_course


def screen_of(window: MainWindow) -> CourseScreen:
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    return screen


def shown(screen: CourseScreen) -> list[str]:
    view = screen.findChildren(FindingsPanel)[0].findChildren(QListView)[-1]
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def texts_of(panel: ClausePanel) -> list[str]:
    return [words.text() for words in panel.findChildren(QLabel) if words.isVisible()]


def of_rule(course: OpenCourse, rule: str) -> Finding:
    return next(f for f in course.findings if f.rule == rule and f.status is not Status.PASS)


def test_nothing_is_said_to_be_well_before_the_rules_have_spoken(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    window.create_course(tmp_path / "course", Course(title="Food"))
    screen, course = screen_of(window), window.open_course
    assert course is not None
    assert not course.judged
    panel, rail = screen.findChildren(FindingsPanel)[0], screen.findChildren(Rail)[0]

    def said() -> list[str]:
        return [words.text() for words in panel.findChildren(QLabel) if words.isVisibleTo(panel)]

    for step in (Step.SCHEDULE, Step.DESCRIPTION):
        screen.go_to(step)
        assert said() == ["Курс тексеріліп жатыр…"]
    assert not any("✓" in rail.item(row).text() for row in range(rail.count()))
    until(lambda: course.judged)
    assert said() == []
    assert any("●" in rail.item(row).text() for row in range(rail.count()))


def test_an_outcome_that_is_named_comes_into_sight_at_200_percent(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    window.resize(683, 364)
    screen, course = opened(window, tmp_path / "course", sample_course(), until)
    for step in (Step.MATERIALS, Step.ASSESSMENT, Step.DESCRIPTION):
        screen.go_to(step)
        QApplication.processEvents()
    for outcome in (course.course.outcomes[5], course.course.outcomes[0]):
        screen.reveal_element(f"outcomes/{outcome.id}/text")
        for _ in range(12):
            QApplication.processEvents()
        field = QApplication.focusWidget()
        assert isinstance(field, QPlainTextEdit)
        assert field.toPlainText() == outcome.text
        assert field.visibleRegion().boundingRect() == field.rect()


def test_findings_stand_in_groups_with_their_numbers(window: MainWindow, tmp_path: Path, until: Until) -> None:
    screen, course = opened(window, tmp_path / "course", Course(title="Food"), until)
    open_ones = [f for f in course.findings if f.status not in (Status.PASS, Status.NOT_APPLICABLE)]
    counts = {group: sum(group_of(f) == group for f in open_ones) for group in ("must", "attest", "advice")}
    headings = [row for row in shown(screen) if "\n" not in row]
    assert headings == [f"{say(f'findings.filter.{group}')} ({count})" for group, count in counts.items() if count]
    assert len(shown(screen)) == len(open_ones) + len(headings)


def test_findings_are_filtered_by_step_and_text(window: MainWindow, tmp_path: Path, until: Until) -> None:
    screen, course = opened(window, tmp_path / "course", Course(title="Food"), until)
    scope = named(screen, QComboBox, say("findings.scope"))
    scope.setCurrentIndex(1)
    for step in (Step.DESCRIPTION, Step.TEST_BANK):
        screen.go_to(step)
        rules = {row.partition(" ")[0] for row in shown(screen) if "\n" in row}
        open_ones = [f for f in course.findings if f.status not in (Status.PASS, Status.NOT_APPLICABLE)]
        assert rules == {f.rule for f in open_ones if step_of(f) is step}
    scope.setCurrentIndex(0)
    write(named(screen, QLineEdit, say("findings.text")), "f01.2")
    assert all("f01.2" in row.casefold() for row in shown(screen) if "\n" in row)
    assert any(row.startswith("F01.2 ") for row in shown(screen))
    write(named(screen, QLineEdit, say("findings.text")), "no such word")
    assert shown(screen) == []


def test_the_clause_tab_explains_the_field_in_hand(window: MainWindow, tmp_path: Path, until: Until) -> None:
    screen, course = opened(window, tmp_path / "course", sample_course(), until)
    screen.show_clause()
    panel = screen.findChildren(ClausePanel)[0]
    screen.page(Step.DESCRIPTION).reveal("annotation")
    QApplication.processEvents()
    words = texts_of(panel)
    assert words[0] == say("field.annotation")
    assert any("F01.10" in text for text in words)
    assert any("100" in text for text in words)  # the limit is filled in
    assert not any("{" in text for text in words)
    assert say("clause.kept") in words
    course.apply("spoil", lambda c: set_value(c, "annotation", "Too long. " * 30))
    until(lambda: any(f.rule == "F01.10" and f.status is Status.FAIL for f in course.findings))
    QApplication.processEvents()
    assert say("clause.kept") not in texts_of(panel)


def test_a_persons_word_is_recorded_with_name_day_and_note(window: MainWindow, tmp_path: Path, until: Until) -> None:
    screen, course = opened(window, tmp_path / "course", sample_course(), until)
    finding = next(f for f in course.findings if f.status is Status.ATTEST)
    screen.reveal(finding)
    QApplication.processEvents()
    panel = screen.findChildren(ClausePanel)[0]
    assert panel.isVisible()  # a finding that waits for a word opens the tab where it is given
    write(named(panel, QLineEdit, say("clause.note")), "seen")
    press(panel, say("findings.confirm"))
    (word,) = course.course.attestations
    assert (word.rule_id, word.element, word.value, word.note) == (finding.rule, finding.element, True, "seen")
    assert word.person
    assert word.made_on is not None


def test_a_deviation_needs_a_reason_and_turns_the_failure_into_advice(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    lessons = sample_course().modules[1].lessons[:1]
    spoiled = set_value(sample_course(), "modules/m2/lessons", lessons)
    screen, course = opened(window, tmp_path / "course", spoiled, until)
    screen.reveal(of_rule(course, "8.3b"))
    screen.show_clause()
    QApplication.processEvents()
    panel = screen.findChildren(ClausePanel)[0]
    record = button(panel, say("clause.record"))
    assert not record.isEnabled()
    write(named(panel, QLineEdit, say("clause.reason")), "one laboratory week")
    press(panel, say("clause.record"))
    until(lambda: of_rule(course, "8.3b").status is Status.WARNING)
    assert of_rule(course, "8.3b").reason == "one laboratory week"


def test_the_steps_and_panes_are_reached_by_keys(window: MainWindow, tmp_path: Path, until: Until) -> None:
    screen, course = opened(window, tmp_path / "course", sample_course(), until)
    for place, step in enumerate(STEPS):
        QTest.keyClick(screen, Qt.Key(Qt.Key.Key_1.value + place), Qt.KeyboardModifier.ControlModifier)
        assert screen.step is step
    screen.go_to(Step.DESCRIPTION)
    screen.page(Step.DESCRIPTION).reveal("title")
    panes = []
    for _ in range(3):
        QTest.keyClick(focused(), Qt.Key.Key_F6)
        panes.append(focused())
    assert isinstance(panes[0], QTabBar)  # arrows choose findings, form or clause, Tab goes into it
    assert panes[1].accessibleName() == say("rail.name")
    assert screen.page(Step.DESCRIPTION).isAncestorOf(panes[2])
    QTest.keyClick(focused(), Qt.Key.Key_F8)
    first = next(f for f in course.findings if group_of(f) == "must" and f.status is Status.FAIL)
    assert screen.step is step_of(first)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


class WritesOnLeaving(LineField):
    """A field that writes what was typed when the focus leaves it."""

    def put_in(self, screen: CourseScreen) -> QLineEdit:
        layout = screen.page(Step.SUBMISSION).layout()
        assert layout is not None
        layout.addWidget(self)
        self._edit.textEdited.disconnect()
        self._edit.editingFinished.connect(lambda: self.commit(self._edit.text(), merge=False))
        return self._edit


@pytest.mark.parametrize("way", ["save", "bundle", "close"])
def test_the_field_in_hand_is_written_before_saving_exporting_and_closing(
    window: MainWindow, tmp_path: Path, until: Until, way: str
) -> None:
    folder = tmp_path / "course"
    screen, course = opened(window, folder, sample_course(), until)
    screen.go_to(Step.SUBMISSION)
    edit = WritesOnLeaving(screen._ui, course, "dean", "Dean").put_in(screen)
    edit.clear()
    write(edit, "A. Dean")
    assert course.course.dean != "A. Dean"
    bundle = tmp_path / "bundle.zip"
    if way == "save":
        QTest.keyClick(edit, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.focusWidget() is edit  # saving does not take the focus away
    elif way == "bundle":
        page = screen.page(Step.SUBMISSION)
        assert isinstance(page, SubmissionPage)
        page.make_bundle(bundle, draft=True)
    else:
        window.close()
        assert read_course(folder).course.dean == "A. Dean"
        return
    assert course.course.dean == "A. Dean"
    if way == "save":
        assert read_course(folder).course.dean == "A. Dean"
    else:
        until(bundle.exists)
        until(lambda: button(screen, say("submission.draft")).isEnabled())


def test_the_preview_keeps_its_place_when_it_is_redrawn(
    window: MainWindow, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen, course = opened(window, tmp_path / "course", sample_course(), until)
    screen.show_preview()
    preview = screen.findChildren(PreviewPanel)[0]
    until(lambda: preview.page_count > 1)
    QApplication.processEvents()
    bar = preview.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place, pages = bar.value(), preview.page_count
    assert place > 0
    drawn: list[int] = []
    show = preview.show_pages

    def note(images: Sequence[QImage]) -> None:
        show(images)
        drawn.append(len(images))

    monkeypatch.setattr(preview, "show_pages", note)
    course.apply("edit", lambda c: set_value(c, "goal", f"{c.goal} And more."))
    until(lambda: bool(drawn))
    QApplication.processEvents()
    assert drawn == [pages]
    assert bar.value() == place


def test_what_is_far_down_comes_by_itself_marked_and_in_order_or_at_once_where_it_is_wanted(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    window.create_course(tmp_path / "course", Course())
    screen = screen_of(window)

    def paths() -> list[str]:
        return [field.path for field in screen.findChildren(Field)]

    assert "title" in paths()
    assert "assessment/scales" not in paths(), "the page is drawn before what nobody sees is made"
    until(lambda: "assessment/scales" in paths())
    by_itself = paths()
    goal = next(field for field in screen.findChildren(Field) if field.path == "goal")
    until(lambda: any(words.text().startswith("F01.11") for words in goal.findChildren(QLabel)))

    window.leave_course()
    window.open_folder(tmp_path / "course")
    screen = screen_of(window)
    assert "assessment/scales" not in paths()
    screen.reveal_element("assessment/scales")
    far = next(field for field in screen.findChildren(Field) if field.path == "assessment/scales")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert far.isAncestorOf(focused)
    assert paths() == by_itself
