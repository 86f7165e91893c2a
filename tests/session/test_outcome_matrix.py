"""The matrix ticks what the lessons, tasks and outcomes of the course name."""

import pytest

from app.model.course import Course
from app.sample import sample_course
from app.session.edit import get_value, set_value
from app.session.outcome_matrix import MatrixKind, outcome_matrix, with_tick


def row(course: Course, kind: MatrixKind, outcome_id: str) -> tuple[str, int]:
    matrix = outcome_matrix(course, kind)
    line = next(line for line in matrix.rows if line.id == outcome_id)
    return line.number, matrix.row_count(line)


def test_rows_and_columns_are_numbered_as_people_read_them() -> None:
    matrix = outcome_matrix(sample_course(), MatrixKind.LESSONS)
    assert [line.number for line in matrix.rows[:5]] == ["1.1", "1.2", "1.3", "1.4", "2.1"]
    assert [line.number for line in matrix.columns] == [str(n) for n in range(1, 16)]
    assert [line.number for line in outcome_matrix(sample_course(), MatrixKind.TASKS).columns[:6]] == [
        *("1.1", "1.2", "1.3", "1.4", "1.5"),
        "2.1",
    ]


def test_a_tick_is_what_the_lesson_names() -> None:
    course = sample_course()
    assert row(course, MatrixKind.LESSONS, "o1-4") == ("1.4", 1)
    course = with_tick(course, MatrixKind.LESSONS, "o1-4", "l3", ticked=False)
    assert get_value(course, "modules/m1/lessons/l3/outcome_ids") == ()
    matrix = outcome_matrix(course, MatrixKind.LESSONS)
    assert row(course, MatrixKind.LESSONS, "o1-4") == ("1.4", 0)
    assert [line.id for line in matrix.columns if not matrix.column_count(line)] == ["l3"]
    course = with_tick(course, MatrixKind.LESSONS, "o1-4", "l3", ticked=True)
    assert course == sample_course()


def test_a_lesson_keeps_its_outcomes_in_the_order_of_the_course() -> None:
    course = with_tick(sample_course(), MatrixKind.LESSONS, "o1-1", "l3", ticked=True)
    assert get_value(course, "modules/m1/lessons/l3/outcome_ids") == ("o1-1", "o1-4")


def test_a_lesson_teaches_outcomes_of_its_own_module() -> None:
    matrix = outcome_matrix(sample_course(), MatrixKind.LESSONS)
    one, foreign = matrix.rows[0], matrix.columns[3]
    assert matrix.is_open(one, matrix.columns[0])
    assert not matrix.is_open(one, foreign)
    tasks = outcome_matrix(sample_course(), MatrixKind.TASKS)
    assert all(tasks.is_open(tasks.rows[0], column) for column in tasks.columns)


def test_questions_count_as_tests_of_an_outcome() -> None:
    course = sample_course().model_copy(update={"tasks": ()})
    asked = sum("o1-1" in question.outcome_ids for question in course.test_bank)
    assert asked > 0
    assert row(course, MatrixKind.TASKS, "o1-1") == ("1.1", asked)


def test_a_module_outcome_serves_one_course_outcome() -> None:
    course = with_tick(sample_course(), MatrixKind.COURSE_OUTCOMES, "o1-1", "oc3", ticked=True)
    assert get_value(course, "outcomes/o1-1/parent_id") == "oc3"
    assert row(course, MatrixKind.COURSE_OUTCOMES, "o1-1") == ("1.1", 1)
    cleared = with_tick(course, MatrixKind.COURSE_OUTCOMES, "o1-1", "oc3", ticked=False)
    assert get_value(cleared, "outcomes/o1-1/parent_id") is None


def test_a_course_outcome_that_no_module_serves_is_a_row_of_its_own() -> None:
    course = sample_course()
    for outcome in course.outcomes:
        if outcome.parent_id == "oc1":
            course = set_value(course, f"outcomes/{outcome.id}/parent_id", "oc2")
    assert [line.id for line in outcome_matrix(course, MatrixKind.LESSONS).rows if line.module_id is None] == ["oc1"]


def test_what_is_not_there_cannot_be_ticked() -> None:
    with pytest.raises(KeyError):
        with_tick(sample_course(), MatrixKind.LESSONS, "o1-1", "no lesson", ticked=True)
