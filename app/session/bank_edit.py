"""Changes to many questions at once, each one undo step for `CourseStore.apply`."""

from collections.abc import Callable, Collection, Mapping, Sequence

from app.model.base import new_id
from app.model.course import Course
from app.model.tasks import Question
from app.session.edit import set_value


def replace_questions(course: Course, changed: Mapping[str, Question]) -> Course:
    """Put questions in the place of those with the same ids; ids that the bank does not have are passed over."""
    bank = tuple(changed.get(question.id, question) for question in course.test_bank)
    return course if bank == course.test_bank else set_value(course, "test_bank", bank)


def change_questions(course: Course, ids: Collection[str], change: Callable[[Question], Question]) -> Course:
    """Change the questions with the given ids."""
    return replace_questions(course, {q.id: change(q) for q in course.test_bank if q.id in ids})


def remove_questions(course: Course, ids: Collection[str]) -> Course:
    """Take questions out of the bank."""
    return set_value(course, "test_bank", tuple(q for q in course.test_bank if q.id not in ids))


def add_questions(course: Course, questions: Sequence[Question], place: int | None = None) -> Course:
    """Put questions into the bank.

    Args:
        course: the course.
        questions: with ids that the bank does not have.
        place: place of the first of them, from 0; None is the end.
    """
    bank = course.test_bank
    at = len(bank) if place is None else place
    return set_value(course, "test_bank", (*bank[:at], *questions, *bank[at:]))


def copy_questions(course: Course, copies: Mapping[str, Question]) -> Course:
    """Put each question behind the one whose id is its key."""
    bank: list[Question] = []
    for question in course.test_bank:
        bank.append(question)
        if question.id in copies:
            bank.append(copies[question.id])
    return set_value(course, "test_bank", tuple(bank))


def copies_of(course: Course, ids: Collection[str]) -> dict[str, Question]:
    """Return copies with ids of their own of the questions with the given ids, by the ids of the originals."""
    return {q.id: q.model_copy(update={"id": new_id("q")}) for q in course.test_bank if q.id in ids}


def assign_lesson(course: Course, ids: Collection[str], lesson_id: str | None) -> Course:
    """Say which lecture questions ask about, None for none."""
    return change_questions(course, ids, lambda question: question.model_copy(update={"lesson_id": lesson_id}))


def assign_outcome(course: Course, ids: Collection[str], outcome_id: str, *, present: bool) -> Course:
    """Say that questions check an outcome, or that they do not."""
    return change_questions(course, ids, lambda question: _with_member(question, "outcome_ids", outcome_id, present))


def assign_task(course: Course, ids: Collection[str], task_id: str, *, present: bool) -> Course:
    """Put questions into a test of the course, or take them out."""
    return change_questions(course, ids, lambda question: _with_member(question, "task_ids", task_id, present))


def _with_member(question: Question, field: str, member: str, present: bool) -> Question:
    members: tuple[str, ...] = getattr(question, field)
    if (member in members) == present:
        return question
    fresh = (*members, member) if present else tuple(other for other in members if other != member)
    return question.model_copy(update={field: fresh})
