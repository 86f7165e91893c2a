"""Removing and copying a module or lesson leaves no reference in the air and no id twice."""

from pathlib import Path

import pytest

from app.model.course import Course
from app.sample import sample_course
from app.session.structure import duplicate_element, remove_with_tasks, renumbered_neighbour
from app.storage.course_file import decode, encode

PATHS = ["modules/m2", "modules/m3/lessons/l7"]


def structure_ids(course: Course) -> set[str]:
    return {m.id for m in course.modules} | {lesson.id for m in course.modules for lesson in m.lessons}


@pytest.mark.parametrize("path", PATHS)
def test_removing_takes_its_tasks_along_and_frees_its_questions(path: str) -> None:
    sample = sample_course()
    course = remove_with_tasks(sample, path)
    left, tasks = structure_ids(course), {task.id for task in course.tasks}
    assert path.rpartition("/")[2] not in left
    assert all(task.target_id is None or task.target_id in left for task in course.tasks)
    assert len(course.test_bank) == len(sample.test_bank)
    assert all(question.lesson_id is None or question.lesson_id in left for question in course.test_bank)
    assert all(tasks.issuperset(question.task_ids) for question in course.test_bank)
    assert all(outcome.module_id is None or outcome.module_id in left for outcome in course.outcomes)


def test_removing_one_lesson_removes_just_its_own_test() -> None:
    course = remove_with_tasks(sample_course(), "modules/m3/lessons/l7")
    assert {task.id for task in sample_course().tasks} - {task.id for task in course.tasks} == {"t-l7"}


@pytest.mark.parametrize("path", PATHS)
def test_a_copy_stands_behind_its_original_with_ids_of_its_own(path: str) -> None:
    sample = sample_course()
    course = duplicate_element(sample, path)
    fresh = structure_ids(course) - structure_ids(sample)
    assert len(fresh) == (4 if path == "modules/m2" else 1)
    copied_tasks = [task for task in course.tasks if task.target_id in fresh]
    originals = [task for task in sample.tasks if task.target_id == path.rpartition("/")[2]]
    assert len(copied_tasks) >= len(originals) > 0
    # The course file refuses a repeated id in any list.
    assert decode(encode(course, "atu-2025-02"), Path("course.mooc")).course == course


def test_nothing_moves_past_the_ends() -> None:
    sample = sample_course()
    assert renumbered_neighbour(sample, "modules/m1", -1) is None
    assert renumbered_neighbour(sample, "modules/m1", 1) == 1
    assert renumbered_neighbour(sample, "modules/m5", 1) is None
    assert renumbered_neighbour(sample, "modules/m3/lessons/l7", -1) is None
