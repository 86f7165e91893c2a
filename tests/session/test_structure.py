"""Removing and copying a module or lesson leaves no reference in the air and no id twice."""

from pathlib import Path

import pytest

from app.model.course import Course
from app.model.papers import Deviation, Material
from app.model.recording import Recording
from app.model.teaching import Reference, ReferenceScope
from app.sample import sample_course
from app.session.structure import duplicate_element, remove_outcome, remove_with_tasks, renumbered_neighbour
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


def test_removing_frees_recordings_materials_sources_and_outcomes() -> None:
    sample = sample_course()
    outcomes = {outcome.id for outcome in sample.outcomes if outcome.module_id == "m2"}
    course = remove_with_tasks(
        sample.model_copy(
            update={
                "recordings": (Recording(id="rec1", title="four", lesson_id="l4"),),
                "materials": (Material(id="mt1", lesson_id="l5"),),
                "references": (Reference(id="r1", scope=ReferenceScope.MODULE, target_id="m2"),),
                "deviations": (
                    Deviation(id="d1", rule_id="8.3b", element="modules/m2/lessons", reason="x"),
                    Deviation(id="d2", rule_id="8.3b", element="modules/m3/lessons", reason="x"),
                ),
            }
        ),
        "modules/m2",
    )
    assert course.recordings[0].lesson_id is None
    assert course.materials[0].lesson_id is None
    assert (course.references[0].scope, course.references[0].target_id) == (ReferenceScope.COURSE, None)
    assert [deviation.id for deviation in course.deviations] == ["d2"]
    assert not outcomes & {i for task in course.tasks for i in task.outcome_ids}
    assert not outcomes & {i for question in course.test_bank for i in question.outcome_ids}


def test_a_copied_module_teaches_outcomes_of_its_own() -> None:
    course = duplicate_element(sample_course(), "modules/m2")
    original, copy = course.modules[1:3]
    texts = [[o.text for o in course.outcomes if o.module_id == module.id] for module in (original, copy)]
    assert texts[0] == texts[1]
    own = {outcome.id for outcome in course.outcomes if outcome.module_id == copy.id}
    assert {i for lesson in copy.lessons for i in lesson.outcome_ids} == own


def test_removing_an_outcome_takes_it_off_everything_that_names_it() -> None:
    course = remove_outcome(remove_outcome(sample_course(), "outcomes/o1-1"), "outcomes/oc2")
    text = encode(course, "atu-2025-02").decode()
    assert '"o1-1"' not in text
    assert '"oc2"' not in text


def test_a_block_is_copied_and_removed_by_itself() -> None:
    path = "modules/m1/lessons/l1/blocks/l1-video"
    course = duplicate_element(sample_course(), path)
    kinds = [block.kind.value for block in course.modules[0].lessons[0].blocks]
    assert kinds == ["video", "video", "reading", "assessment"]
    assert len(remove_with_tasks(course, path).modules[0].lessons[0].blocks) == 3
