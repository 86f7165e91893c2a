"""Deeds on many questions: each gives one new course, and touches nothing but what it is about."""

from collections.abc import Callable

import pytest

from app.model.course import Course
from app.model.tasks import Question
from app.sample import sample_course
from app.session.bank_edit import (
    add_questions,
    assign_lesson,
    assign_outcome,
    assign_task,
    copies_of,
    copy_questions,
    remove_questions,
    replace_questions,
)

COURSE = sample_course()
IDS = frozenset(question.id for question in COURSE.test_bank[3:8])


def touched(after: Course) -> set[str]:
    return {q.id for q, old in zip(after.test_bank, COURSE.test_bank, strict=True) if q is not old}


def test_a_lesson_is_assigned_to_the_chosen_questions_alone() -> None:
    lesson = COURSE.modules[-1].lessons[-1]
    after = assign_lesson(COURSE, IDS, lesson.id)
    assert touched(after) == IDS
    assert {q.lesson_id for q in after.test_bank if q.id in IDS} == {lesson.id}
    assert {q.lesson_id for q in assign_lesson(after, IDS, None).test_bank if q.id in IDS} == {None}


@pytest.mark.parametrize(("change", "field"), [(assign_outcome, "outcome_ids"), (assign_task, "task_ids")])
def test_a_membership_is_given_once_and_taken_away(change: Callable[..., Course], field: str) -> None:
    given = change(COURSE, IDS, "new", present=True)
    assert touched(given) == IDS
    assert change(given, IDS, "new", present=True) is given
    assert all(getattr(q, field)[-1] == "new" for q in given.test_bank if q.id in IDS)
    assert change(given, IDS, "new", present=False).test_bank == COURSE.test_bank


def test_removing_keeps_the_order_of_the_rest() -> None:
    after = remove_questions(COURSE, IDS)
    assert [q.id for q in after.test_bank] == [q.id for q in COURSE.test_bank if q.id not in IDS]


def test_copies_stand_behind_their_originals_with_ids_of_their_own() -> None:
    copies = copies_of(COURSE, IDS)
    after = copy_questions(COURSE, copies)
    assert len(after.test_bank) == len(COURSE.test_bank) + len(IDS)
    assert len({q.id for q in after.test_bank}) == len(after.test_bank)
    for place, question in enumerate(after.test_bank[:-1]):
        if question.id in IDS:
            assert after.test_bank[place + 1].stem == question.stem


def test_questions_are_added_where_they_shall_stand() -> None:
    fresh = [Question(id="n1"), Question(id="n2")]
    assert [q.id for q in add_questions(COURSE, fresh, 1).test_bank][:4] == [
        COURSE.test_bank[0].id,
        "n1",
        "n2",
        COURSE.test_bank[1].id,
    ]
    assert [q.id for q in add_questions(COURSE, fresh).test_bank][-2:] == ["n1", "n2"]


def test_replacing_by_the_same_changes_nothing() -> None:
    assert replace_questions(COURSE, {q.id: q for q in COURSE.test_bank}) is COURSE
