"""Moving, splitting and merging keep every word and every reference."""

from pathlib import Path

import pytest

from app.model.course import Course
from app.model.papers import Attestation, Deviation
from app.model.people import FileRef
from app.model.recording import Recording
from app.model.structure import Block, BlockKind, Lesson, Module
from app.sample import sample_course
from app.session.edit import get_value, set_value
from app.session.restructure import Place, can_merge, merge, moved, neighbour, place_of_drop, split_lesson, split_module
from app.storage.course_file import decode, encode

EDITION = "atu-2025-02"


def lesson_ids(course: Course) -> list[list[str]]:
    return [[lesson.id for lesson in module.lessons] for module in course.modules]


def outcomes_of(course: Course, module_id: str) -> set[str]:
    return {outcome.id for outcome in course.outcomes if outcome.module_id == module_id}


def can_be_saved(course: Course) -> bool:
    """The course file refuses a repeated id in any list."""
    return decode(encode(course, EDITION), Path("course.mooc")).course == course


def papers_on(course: Course, element: str) -> Course:
    return course.model_copy(
        update={
            "deviations": (Deviation(id="dv1", rule_id="8.3b", element=element, reason="two groups"),),
            "attestations": (Attestation(id="at1", rule_id="F01.20c", element=f"{element}/video", value=True),),
            "recordings": (Recording(id="rec1", title="one", lesson_id=element.rpartition("/")[2]),),
        }
    )


@pytest.mark.parametrize(
    ("path", "delta", "place"),
    [
        ("modules/m1", -1, None),
        ("modules/m1", 1, Place("modules", 1)),
        ("modules/m1/lessons/l1", -1, None),
        ("modules/m1/lessons/l3", 1, Place("modules/m2/lessons", 0)),
        ("modules/m2/lessons/l4", -1, Place("modules/m1/lessons", 3)),
        ("modules/m5/lessons/l15", 1, None),
        ("modules/m1/lessons/l1/blocks/l1-video", 1, Place("modules/m1/lessons/l1/blocks", 1)),
        ("modules/m1/lessons/l1/blocks/l1-video", -1, None),
    ],
)
def test_an_element_moves_past_its_neighbour_and_a_lesson_past_its_module(
    path: str, delta: int, place: Place | None
) -> None:
    assert neighbour(sample_course(), path, delta) == place


@pytest.mark.parametrize(
    ("path", "target", "where", "place"),
    [
        ("modules/m1", "modules/m3", 0.1, Place("modules", 1)),  # between m2 and m3, m1 itself not counted
        ("modules/m1", "modules/m3/lessons/l8", 0.1, Place("modules", 2)),
        ("modules/m3", "modules/m1", 0.1, Place("modules", 0)),
        ("modules/m1", "modules/m1/lessons/l2", 0.9, None),
        ("modules/m1", "", 0.9, None),
        ("modules/m1/lessons/l1", "modules/m1/lessons/l3", 0.9, Place("modules/m1/lessons", 2)),
        ("modules/m1/lessons/l1", "modules/m2/lessons/l5", 0.1, Place("modules/m2/lessons", 1)),
        ("modules/m1/lessons/l1", "modules/m3", 0.9, Place("modules/m3/lessons", 0)),
        ("modules/m1/lessons/l1", "modules/m3", 0.1, Place("modules/m2/lessons", 3)),
        ("modules/m2/lessons/l4", "modules/m1", 0.1, Place("modules/m1/lessons", 0)),
        (
            "modules/m1/lessons/l1/blocks/l1-assessment",
            "modules/m1/lessons/l1/blocks/l1-video",
            0.2,
            Place("modules/m1/lessons/l1/blocks", 0),
        ),
        ("modules/m1/lessons/l1/blocks/l1-video", "modules/m1/lessons/l2/blocks/l2-video", 0.2, None),
        ("modules/m1/lessons/l1/blocks/l1-video", "modules/m1/lessons/l2", 0.2, None),
    ],
)
def test_a_drop_finds_its_place(path: str, target: str, where: float, place: Place | None) -> None:
    assert place_of_drop(sample_course(), path, target, where) == place


def test_a_lesson_takes_the_outcomes_along_that_it_alone_teaches() -> None:
    before = papers_on(sample_course(), "modules/m1/lessons/l3")
    # o1-3 is taught by two lessons, o1-4 by the third alone.
    before = set_value(before, "modules/m1/lessons/l3/outcome_ids", ("o1-3", "o1-4"))
    course = moved(before, "modules/m1/lessons/l3", Place("modules/m2/lessons", 1))
    assert lesson_ids(course)[:2] == [["l1", "l2"], ["l4", "l3", "l5", "l6"]]
    assert get_value(course, "modules/m2/lessons/l3/outcome_ids") == ("o1-4",)
    assert outcomes_of(course, "m1") == {"o1-1", "o1-2", "o1-3"}
    assert outcomes_of(course, "m2") == {"o2-1", "o2-2", "o2-3", "o2-4", "o1-4"}
    assert course.deviations[0].element == "modules/m2/lessons/l3"
    assert course.attestations[0].element == "modules/m2/lessons/l3/video"
    assert course.recordings[0].lesson_id == "l3"


def test_a_module_is_split_before_a_lesson() -> None:
    before = sample_course()
    course = split_module(before, "modules/m1/lessons/l2")
    fresh = course.modules[1].id
    assert lesson_ids(course)[:3] == [["l1"], ["l2", "l3"], ["l4", "l5", "l6"]]
    assert outcomes_of(course, "m1") == {"o1-1"}
    assert outcomes_of(course, fresh) == {"o1-2", "o1-3", "o1-4"}
    assert course.modules[0].effort == before.modules[0].effort
    assert can_be_saved(course)


def test_splitting_and_merging_a_module_again_gives_the_same_lessons_and_outcomes() -> None:
    before = sample_course()
    course = merge(split_module(before, "modules/m1/lessons/l2"), "modules/m1")
    assert course.modules == before.modules
    assert set(course.outcomes) == set(before.outcomes)


def test_merged_modules_keep_every_text_file_and_task() -> None:
    before = papers_on(sample_course(), "modules/m2/lessons/l5")
    before = set_value(before, "modules/m1/task_sheet", FileRef(path="materials/1.pdf"))
    before = set_value(before, "modules/m2/task_sheet", FileRef(path="materials/2.pdf"))
    one, two = before.modules[:2]
    course = merge(before, "modules/m1")
    module = course.modules[0]
    assert lesson_ids(course)[0] == ["l1", "l2", "l3", "l4", "l5", "l6"]
    assert one.title in module.title
    assert two.title in module.title
    assert one.weekly_message.text in module.weekly_message.text
    assert two.weekly_message.text in module.weekly_message.text
    assert module.effort.reading_min == one.effort.reading_min + two.effort.reading_min
    assert len(module.forum) == len(one.forum) + len(two.forum)
    assert outcomes_of(course, "m1") == {f"o{m}-{n}" for m in (1, 2) for n in range(1, 5)}
    assert "m2" not in {task.target_id for task in course.tasks}
    assert len(course.tasks) == len(before.tasks)
    assert all(reference.target_id != "m2" for reference in course.references)
    assert course.deviations[0].element == "modules/m1/lessons/l5"
    files = encode(course, EDITION).decode()
    assert "materials/1.pdf" in files
    assert "materials/2.pdf" in files
    assert can_be_saved(course)


def test_merged_lessons_keep_every_text_file_and_question() -> None:
    before = papers_on(sample_course(), "modules/m1/lessons/l2")
    for lesson_id in ("l1", "l2"):
        path = f"modules/m1/lessons/{lesson_id}"
        before = set_value(before, f"{path}/presentation", FileRef(path=f"materials/{lesson_id}.pptx"))
        before = set_value(before, f"{path}/script", f"script of {lesson_id}")
    course = merge(before, "modules/m1/lessons/l1")
    (one, two), both = before.modules[0].lessons[:2], course.modules[0].lessons[0]
    assert lesson_ids(course)[0] == ["l1", "l3"]
    assert both.outcome_ids == (*one.outcome_ids, *two.outcome_ids)
    assert both.video.planned_min == 36
    assert both.questions == (*one.questions, *two.questions)
    assert both.script == "script of l1\n\nscript of l2"
    asked = [q.id for q in before.test_bank if q.lesson_id in ("l1", "l2")]
    assert [q.id for q in course.test_bank if q.lesson_id == "l1"] == asked
    assert [t.target_id for t in course.tasks if t.id in ("t-l1", "t-l2")] == ["l1", "l1"]
    assert course.recordings[0].lesson_id == "l1"
    assert course.deviations[0].element == "modules/m1/lessons/l1"
    files = encode(course, EDITION).decode()
    assert "materials/l1.pptx" in files
    assert "materials/l2.pptx" in files
    assert can_be_saved(course)


def test_merged_lessons_keep_the_titles_of_all_blocks() -> None:
    one = (Block(id="b1", kind=BlockKind.VIDEO, title="Film"), Block(id="b2", kind=BlockKind.READING))
    two = (
        Block(id="b3", kind=BlockKind.VIDEO, title="Second film"),
        Block(id="b4", kind=BlockKind.READING, title="Book"),
        Block(id="b5", kind=BlockKind.ASSESSMENT, title="Test"),
    )
    lessons = (Lesson(id="l1", title="Food", blocks=one), Lesson(id="l2", title="Food", blocks=two))
    course = merge(Course(modules=(Module(id="m", lessons=lessons),)), "modules/m/lessons/l1")
    (lesson,) = course.modules[0].lessons
    assert lesson.title == "Food"
    assert [(block.kind, block.title) for block in lesson.blocks] == [
        (BlockKind.VIDEO, "Film. Second film"),
        (BlockKind.READING, "Book"),
        (BlockKind.ASSESSMENT, "Test"),
    ]


@pytest.mark.parametrize(("first", "second"), [(1, 0), (0, 1), (0, 0), (1, 1)])
def test_both_task_sheets_stay_whatever_lessons_there_are(first: int, second: int) -> None:
    one = Module(
        id="m1",
        task_sheet=FileRef(path="materials/1.pdf"),
        lessons=tuple(Lesson(id=f"a{n}") for n in range(first)),
    )
    two = Module(
        id="m2",
        title="Second",
        task_sheet=FileRef(path="materials/2.pdf"),
        lessons=tuple(Lesson(id=f"b{n}") for n in range(second)),
    )
    (module,) = merge(Course(modules=(one, two)), "modules/m1").modules
    assert module.task_sheet == one.task_sheet
    kept = [(item.title, item.file) for lesson in module.lessons for item in lesson.self_study]
    assert kept == [("Second", two.task_sheet)]
    assert len(module.lessons) == max(first + second, 1)


def test_nothing_is_merged_with_nothing() -> None:
    course = sample_course()
    assert not can_merge(course, "")
    assert not can_merge(course, "modules/m5")
    assert not can_merge(course, "modules/m1/lessons/l3")
    with pytest.raises(ValueError, match="nothing to merge"):
        merge(course, "modules/m5")


def test_a_split_lesson_shares_outcomes_questions_script_and_video() -> None:
    before = set_value(sample_course(), "modules/m1/lessons/l2/script", "one\n\ntwo\n\nthree")
    lesson = before.modules[0].lessons[1]
    course = split_lesson(before, "modules/m1/lessons/l2")
    _, first, second, _ = course.modules[0].lessons
    assert (first.outcome_ids, second.outcome_ids) == (("o1-2",), ("o1-3",))
    assert (*first.questions, *second.questions) == lesson.questions
    assert (first.script, second.script) == ("one\n\ntwo", "three")
    assert (first.video.planned_min, second.video.planned_min) == (9, 9)
    assert first.self_study == lesson.self_study
    assert [block.kind for block in second.blocks] == [block.kind for block in lesson.blocks]
    assert can_be_saved(course)
