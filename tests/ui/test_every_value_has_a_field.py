"""What the model can hold, a person can enter: lists inside lists, and sources with their lecture."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox

from app.model.papers import Expert, Remark, Review
from app.model.teaching import Reference, ReferenceScope
from app.sample import sample_course
from app.session.wizard import Step
from app.ui.course_screen import CourseScreen
from app.ui.fields import Field
from app.ui.main_window import MainWindow
from app.ui.pages.review import SheetRemarks
from tests.ui.hands import press, say, write


def screen_of(window: MainWindow) -> CourseScreen:
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    return screen


def test_a_source_is_given_to_a_lecture_in_one_step(window: MainWindow, tmp_path: Path) -> None:
    source = Reference(id="r1", citation="A", scope=ReferenceScope.LESSON, target_id="gone")
    sample = sample_course().model_copy(update={"references": (source,), "materials": ()})
    window.create_course(tmp_path / "course", sample)
    course = window.open_course
    assert course is not None
    screen_of(window).reveal_element("references/r1/target_id")  # where the finding of F08.3.1 leads
    QApplication.processEvents()
    box = QApplication.focusWidget()
    assert isinstance(box, QComboBox)
    assert not box.visibleRegion().isEmpty()
    assert box.currentIndex() == -1  # its lecture is gone
    module, lesson = sample.modules[0], sample.modules[1].lessons[0]
    before = len(sample.modules[0].lessons)
    names = [box.itemText(n) for n in range(box.count())]
    assert len(names) == 1 + len(sample.modules) + sum(len(m.lessons) for m in sample.modules)
    for row, scope, target in (
        (1 + len(sample.modules) + before, ReferenceScope.LESSON, lesson.id),
        (1, ReferenceScope.MODULE, module.id),
        (0, ReferenceScope.COURSE, None),
    ):
        box.setCurrentIndex(row)
        box.activated.emit(row)
        now = course.course.references[0]
        assert (now.scope, now.target_id) == (scope, target)
    for _ in range(3):
        course.store.undo()
    assert course.course.references == (source,)


def test_remarks_of_a_score_sheet_are_entered_beside_it(window: MainWindow, tmp_path: Path) -> None:
    expert = Expert(id="e1", full_name="Асанова А.")
    sample = sample_course().model_copy(
        update={"experts": (expert,), "reviews": (Review(id="v1", expert_id="e1"),), "remarks": ()}
    )
    window.create_course(tmp_path / "course", sample)
    course = window.open_course
    assert course is not None
    screen_of(window).go_to(Step.REVIEW)
    QApplication.processEvents()
    page = screen_of(window).page(Step.REVIEW)
    press(page, say("list.add", what=say("field.review.remarks", expert="Асанова А.")))
    focused = QApplication.focusWidget()
    assert focused is not None
    write(focused, "hum")
    remarks = course.course.reviews[0].remarks
    assert [remark.text for remark in remarks] == ["hum"]
    screen_of(window).reveal_element(f"reviews/v1/remarks/{remarks[0].id}/technical")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)
    course.apply("x", lambda c: c.model_copy(update={"reviews": ()}))
    assert page.findChildren(SheetRemarks)[0].lists() == []


def test_questions_of_learners_links_of_papers_and_remarks_of_the_office_have_fields(
    window: MainWindow, tmp_path: Path
) -> None:
    sample = sample_course()
    checked = sample.intake_check.model_copy(update={"remarks": (Remark(id="rm9", text="x"),)})
    window.create_course(tmp_path / "course", sample.model_copy(update={"intake_check": checked}))
    screen = screen_of(window)
    for step, path in (
        (Step.SCHEDULE, "support/question_list"),
        (Step.SUBMISSION, "intake_check/remarks/rm9/text"),
    ):
        assert path in {field.path for field in screen.page(step).findChildren(Field)}
    press_add = say("list.add", what=say("field.documents"))
    screen.go_to(Step.SUBMISSION)
    QApplication.processEvents()
    page = screen.page(Step.SUBMISSION)
    press(page, press_add)
    course = window.open_course
    assert course is not None
    document = course.course.documents[-1]
    assert f"documents/{document.id}/url" in {field.path for field in page.findChildren(Field)}


def test_a_question_names_the_source_that_it_draws_on(window: MainWindow, tmp_path: Path) -> None:
    sample = sample_course()
    question = sample.test_bank[0]
    window.create_course(tmp_path / "course", sample)
    course = window.open_course
    assert course is not None
    screen_of(window).reveal_element(f"test_bank/{question.id}/reference_id")
    QApplication.processEvents()
    box = QApplication.focusWidget()
    assert isinstance(box, QComboBox)
    assert box.count() == 1 + len(sample.references)
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert course.course.test_bank[0].reference_id == sample.references[1].id
    course.store.undo()
    assert course.course.test_bank[0] == question
