"""Every kind of finding of thoroughly spoiled courses leads by click to a visible, focused field of its own element."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QTableView, QWidget

from app.checks import run
from app.checks.registry import all_rules
from app.model.course import Course
from app.model.finding import Finding, Status
from app.model.papers import DocumentKind as Kind
from app.model.papers import (
    Expert,
    MinutesBody,
    MinutesExtract,
    PrelaunchItem,
    Remark,
    Review,
    SignedDocument,
    Submission,
)
from app.sample import sample_course
from app.session.clauses import blank_course, pattern_of
from app.session.edit import set_value
from app.session.wizard import Step, step_of, step_of_rule
from app.storage.regulation_file import load_regulation
from app.ui.course_screen import CourseScreen
from app.ui.fields import Field
from app.ui.item_list import ItemList
from app.ui.main_window import MainWindow
from app.ui.open_course import OpenCourse
from app.ui.pages.programme_tree import StructureTree
from tests.checks.case_changes import Draft, apply_changes
from tests.checks.case_files import load_cases

_LISTS = (StructureTree, QListWidget, QTableView, QPushButton)
_LIST_NAMES = ("modules", "lessons", "blocks", "outcomes")
"""Lists whose elements are rows of a tree, a list or the matrix, not cards among the fields."""
OPEN = (Status.FAIL, Status.WARNING, Status.ATTEST, Status.NOT_MEASURED)


def spoiled() -> Course:
    """Return the sample course with something wrong nearly everywhere."""
    course = sample_course()
    for path, value in (
        ("title", ""),
        ("authors/a1/email", "nobody"),
        ("annotation", "One. Two. " * 30),
        ("modules/m2/title", ""),
        ("modules/m2/lessons/l4/outcome_ids", ()),
        ("modules/m2/lessons/l5/video/planned_min", 3.0),
        ("modules/m2/lessons/l5/blocks", ()),
        ("modules/m2/weekly_message/text", "short"),
        ("modules/m3/effort/reading_min", 900),
        ("modules/m3/forum", ()),
        ("modules/m3/lessons", sample_course().modules[2].lessons[:1]),
        ("outcomes/o1-1/competence", ""),
        ("outcomes/o1-2/parent_id", None),
        ("assessment/progress_scale", ()),
        ("assessment/certificate_info", ""),
        ("surveys", ()),
        ("glossary", ()),
        ("references", ()),
        ("schedule/enrol_open", date(2020, 1, 1)),
        ("state", "S24"),
    ):
        course = set_value(course, path, value)
    papers = {
        "documents": (SignedDocument(id="d1", kind=Kind.FORM_02),),
        "minutes": tuple(MinutesExtract(id=body.value, body=body) for body in MinutesBody),
        "experts": (Expert(id="e1"),),
        "reviews": (Review(id="r1", expert_id="e1"),),
        "remarks": (Remark(id="rm1", text="noise"),),
        "submissions": (Submission(id="s1"),),
    }
    course = set_value(course, "prelaunch_check/items", (PrelaunchItem(id="p1"),))
    return course.model_copy(update=papers)


COURSES = {
    "empty": Course(),
    "launched blank": blank_course("").model_copy(update={"state": "S24"}),
    "full of words": blank_course("A. b. " * 200),
    "spoiled": spoiled(),
}


def kinds_of_findings() -> dict[str, list[Finding]]:
    """Return one finding of each kind that the courses show, by the course that shows it first."""
    seen: set[tuple[str, str, str]] = set()
    kinds: dict[str, list[Finding]] = {name: [] for name in COURSES}
    for name, course in COURSES.items():
        for finding in run(course, {}, {}, load_regulation(), date(2026, 11, 23)):
            kind = (finding.rule, finding.message, pattern_of(finding.element))
            if finding.status in OPEN and kind not in seen:
                seen.add(kind)
                kinds[name].append(finding)
    return kinds


KINDS = kinds_of_findings()


def owners(widget: QWidget | None) -> Iterator[str]:
    """Yield the element paths that a widget and those around it stand for."""
    while widget is not None:
        if isinstance(widget, Field | ItemList):
            yield widget.path
        widget = widget.parentWidget()


def related(path: str, element: str) -> bool:
    return path == element or element.startswith(f"{path}/") or path.startswith(f"{element}/")


def strayed(screen: CourseScreen, finding: Finding) -> str:
    """Go to a finding; return what is wrong with the place where one arrives, empty where it is right."""
    screen.reveal(finding)
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    if focused is None or not focused.isVisible() or screen.step is not step_of(finding):
        return f"{finding.rule} {finding.element}: nothing visible has the focus"
    if finding.element and screen.step not in (Step.TEST_BANK, Step.RECORDINGS):
        paths = list(owners(focused))
        is_list = isinstance(focused, _LISTS) and finding.element.endswith(_LIST_NAMES)
        if not is_list and not any(related(path, finding.element) for path in paths):
            return f"{finding.rule} {finding.element}: {paths} ({type(focused).__name__})"
    return ""


@pytest.mark.parametrize("name", list(COURSES))
def test_every_finding_leads_to_its_field(window: MainWindow, tmp_path: Path, name: str) -> None:
    window.create_course(tmp_path / "course", COURSES[name])
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    astray = list(filter(None, (strayed(screen, finding) for finding in KINDS[name])))
    assert not astray, "\n".join(astray)


def replace(course: OpenCourse, value: Course) -> None:
    course.apply("spoil", lambda _: value)


def test_what_only_a_rules_own_cases_show_leads_to_its_field_too(window: MainWindow, tmp_path: Path) -> None:
    shown = {finding.rule for findings in KINDS.values() for finding in findings}
    asked = {rule.id for rule in all_rules() if step_of_rule(rule.id) is not Step.RECORDINGS}
    window.create_course(tmp_path / "course", sample_course())
    screen, course = window.screen_shown, window.open_course
    assert isinstance(screen, CourseScreen)
    assert course is not None
    astray: list[str] = []
    reached: set[str] = set()
    for case in load_cases():
        if case.rule in shown | reached:
            continue
        found = [f for f in case.findings if f.rule == case.rule and f.status in OPEN]
        if not found:
            continue
        replace(course, apply_changes(Draft.of_sample(), (*case.given, *case.change)).validated())
        astray.append(strayed(screen, found[0]))
        reached.add(case.rule)
    assert not any(astray), "\n".join(filter(None, astray))
    assert asked - shown - reached == {"9.3.1", "F08.9a"}  # of a single recording: tests/cases_recordings
