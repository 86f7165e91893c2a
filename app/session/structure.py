"""Changes of the course's structure that touch more than one list: each is one undo step."""

from app.model.base import new_id
from app.model.course import Course
from app.model.structure import Lesson, Module, Outcome
from app.model.teaching import ReferenceScope
from app.session.edit import get_value, insert, remove


def renumbered_neighbour(course: Course, path: str, delta: int) -> int | None:
    """Return the place that an element would move to, None where there is none."""
    list_path, _, item_id = path.rpartition("/")
    ids = [item.id for item in get_value(course, list_path)]
    target = ids.index(item_id) + delta
    return target if 0 <= target < len(ids) else None


def remove_with_tasks(course: Course, path: str) -> Course:
    """Remove a module, lesson or block and what would hang in the air.

    The tasks and outcomes of a module or lesson go with it; questions, recordings, materials and sources stay, without
    their lesson or module.
    """
    gone = _ids_below(get_value(course, path))
    rest = remove(course, path)
    tasks = tuple(task for task in rest.tasks if task.target_id not in gone)
    outcomes = tuple(outcome for outcome in rest.outcomes if outcome.module_id not in gone)
    return _without_dangling(
        rest.model_copy(update={"tasks": tasks, "outcomes": outcomes}),
        gone | ({task.id for task in rest.tasks} - {task.id for task in tasks}),
        {outcome.id for outcome in rest.outcomes} - {outcome.id for outcome in outcomes},
        path,
    )


def duplicate_element(course: Course, path: str) -> Course:
    """Put a copy of a module, lesson or block right behind it; every element of the copy has a new id.

    Tasks are copied along, and the outcomes of a module, so that the copy's lessons teach outcomes of their own.
    """
    list_path, _, item_id = path.rpartition("/")
    original = get_value(course, path)
    place = [item.id for item in get_value(course, list_path)].index(item_id) + 1
    if not isinstance(original, Module | Lesson):
        return insert(course, list_path, original.model_copy(update={"id": new_id("b")}), place)
    renamed: dict[str, str] = {old: new_id(_prefix(old)) for old in _ids_below(original)}
    own = tuple(o for o in course.outcomes if isinstance(original, Module) and o.module_id == original.id)
    renamed |= {outcome.id: new_id("o") for outcome in own}
    copied = insert(course, list_path, _with_new_ids(original, renamed), place)
    tasks = tuple(
        task.model_copy(
            update={
                "id": new_id("t"),
                "target_id": renamed[task.target_id],
                "outcome_ids": _renamed(task.outcome_ids, renamed),
            }
        )
        for task in course.tasks
        if task.target_id in renamed
    )
    outcomes = tuple(
        outcome.model_copy(update={"id": renamed[outcome.id], "module_id": renamed[item_id]}) for outcome in own
    )
    return copied.model_copy(
        update={"tasks": (*copied.tasks, *tasks), "outcomes": _behind_their_originals(copied.outcomes, own, outcomes)}
    )


def _behind_their_originals(
    everything: tuple[Outcome, ...], originals: tuple[Outcome, ...], copies: tuple[Outcome, ...]
) -> tuple[Outcome, ...]:
    if not originals:
        return everything
    place = everything.index(originals[-1]) + 1
    return (*everything[:place], *copies, *everything[place:])


def _without_dangling(course: Course, gone: set[str], outcomes: set[str], path: str) -> Course:
    """Take what is gone off everything that names it."""

    def freed(target_id: str | None) -> str | None:
        return None if target_id in gone else target_id

    def kept(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(i for i in ids if i not in gone and i not in outcomes)

    changed = {
        "test_bank": tuple(
            q.model_copy(
                update={
                    "lesson_id": freed(q.lesson_id),
                    "task_ids": kept(q.task_ids),
                    "outcome_ids": kept(q.outcome_ids),
                }
            )
            for q in course.test_bank
        ),
        "tasks": tuple(t.model_copy(update={"outcome_ids": kept(t.outcome_ids)}) for t in course.tasks),
        "recordings": tuple(r.model_copy(update={"lesson_id": freed(r.lesson_id)}) for r in course.recordings),
        "materials": tuple(m.model_copy(update={"lesson_id": freed(m.lesson_id)}) for m in course.materials),
        "references": tuple(
            r.model_copy(update={"target_id": None, "scope": ReferenceScope.COURSE}) if r.target_id in gone else r
            for r in course.references
        ),
        "deviations": tuple(d for d in course.deviations if not _below(d.element, path)),
        "attestations": tuple(a for a in course.attestations if not _below(a.element, path)),
    }
    return course.model_copy(update={name: new for name, new in changed.items() if new != getattr(course, name)})


def _below(element: str, path: str) -> bool:
    return element == path or element.startswith(f"{path}/")


def _prefix(element_id: str) -> str:
    return "".join(letter for letter in element_id if letter.isalpha())[:4] or "x"


def _ids_below(element: object) -> set[str]:
    if isinstance(element, Module):
        return {element.id, *(lesson.id for lesson in element.lessons)}
    return {element.id} if isinstance(element, Lesson) else set()


def _renamed(ids: tuple[str, ...], renamed: dict[str, str]) -> tuple[str, ...]:
    return tuple(renamed.get(old, old) for old in ids)


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
            "outcome_ids": _renamed(lesson.outcome_ids, renamed),
            "self_study": tuple(item.model_copy(update={"id": new_id("s")}) for item in lesson.self_study),
            "questions": tuple(item.model_copy(update={"id": new_id("lq")}) for item in lesson.questions),
            "blocks": tuple(item.model_copy(update={"id": new_id("b")}) for item in lesson.blocks),
        }
    )


def remove_task(course: Course, path: str) -> Course:
    """Remove a task and take it off the questions that name it."""
    return _without_dangling(remove(course, path), {path.rpartition("/")[2]}, set(), path)


def remove_outcome(course: Course, path: str) -> Course:
    """Remove an outcome and take it off the lessons, tasks, questions and outcomes that name it."""
    outcome_id = path.rpartition("/")[2]
    rest = remove(course, path)
    modules = tuple(
        module.model_copy(update={"lessons": tuple(_without_outcome(lesson, outcome_id) for lesson in module.lessons)})
        for module in rest.modules
    )
    outcomes = tuple(
        o.model_copy(update={"parent_id": None}) if o.parent_id == outcome_id else o for o in rest.outcomes
    )
    freed = rest.model_copy(update={"modules": modules, "outcomes": outcomes})
    return _without_dangling(freed, set(), {outcome_id}, path)


def _without_outcome(lesson: Lesson, outcome_id: str) -> Lesson:
    if outcome_id not in lesson.outcome_ids:
        return lesson
    return lesson.model_copy(update={"outcome_ids": tuple(i for i in lesson.outcome_ids if i != outcome_id)})
