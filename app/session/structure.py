"""Changes of the course's structure that touch more than one list: each is one undo step."""

from app.model.base import new_id
from app.model.course import Course
from app.model.structure import Lesson, Module
from app.session.edit import get_value, insert, remove


def renumbered_neighbour(course: Course, path: str, delta: int) -> int | None:
    """Return the place that an element would move to, None where there is none."""
    list_path, _, item_id = path.rpartition("/")
    ids = [item.id for item in get_value(course, list_path)]
    target = ids.index(item_id) + delta
    return target if 0 <= target < len(ids) else None


def remove_with_tasks(course: Course, path: str) -> Course:
    """Remove a module or lesson and what would hang in the air: its tasks; questions stay, without their lesson."""
    gone = _ids_below(get_value(course, path))
    rest = remove(course, path)
    tasks = tuple(task for task in rest.tasks if task.target_id not in gone)
    kept = {task.id for task in tasks}
    bank = tuple(
        question.model_copy(
            update={
                "lesson_id": None if question.lesson_id in gone else question.lesson_id,
                "task_ids": tuple(task_id for task_id in question.task_ids if task_id in kept),
            }
        )
        if question.lesson_id in gone or not kept.issuperset(question.task_ids)
        else question
        for question in rest.test_bank
    )
    outcomes = tuple(outcome for outcome in rest.outcomes if outcome.module_id not in gone)
    return rest.model_copy(update={"tasks": tasks, "test_bank": bank, "outcomes": outcomes})


def duplicate_element(course: Course, path: str) -> Course:
    """Put a copy of a module or lesson, with its tasks, right behind it; every element of the copy has a new id."""
    list_path, _, item_id = path.rpartition("/")
    original = get_value(course, path)
    renamed: dict[str, str] = {old: new_id(_prefix(old)) for old in _ids_below(original)}
    place = [item.id for item in get_value(course, list_path)].index(item_id) + 1
    copied = insert(course, list_path, _with_new_ids(original, renamed), place)
    tasks = tuple(
        task.model_copy(update={"id": new_id("t"), "target_id": renamed[task.target_id]})
        for task in course.tasks
        if task.target_id in renamed
    )
    return copied.model_copy(update={"tasks": (*copied.tasks, *tasks)})


def _prefix(element_id: str) -> str:
    return "".join(letter for letter in element_id if letter.isalpha())[:4] or "x"


def _ids_below(element: Module | Lesson) -> set[str]:
    lessons = element.lessons if isinstance(element, Module) else (element,)
    return {element.id, *(lesson.id for lesson in lessons)}


def _with_new_ids(element: Module | Lesson, renamed: dict[str, str]) -> Module | Lesson:
    """Return a copy whose own id and whose lessons' ids are new; what lies inside a lesson gets fresh ids too."""
    if isinstance(element, Lesson):
        return _fresh_lesson(element, renamed)
    lessons = tuple(_fresh_lesson(lesson, renamed) for lesson in element.lessons)
    forum = tuple(topic.model_copy(update={"id": new_id("f")}) for topic in element.forum)
    return element.model_copy(update={"id": renamed[element.id], "lessons": lessons, "forum": forum})


def _fresh_lesson(lesson: Lesson, renamed: dict[str, str]) -> Lesson:
    return lesson.model_copy(
        update={
            "id": renamed[lesson.id],
            "self_study": tuple(item.model_copy(update={"id": new_id("s")}) for item in lesson.self_study),
            "questions": tuple(item.model_copy(update={"id": new_id("lq")}) for item in lesson.questions),
            "blocks": tuple(item.model_copy(update={"id": new_id("b")}) for item in lesson.blocks),
        }
    )
