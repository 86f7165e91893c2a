"""Moving, splitting and merging modules and lessons, with everything that names them.

Nothing that was written gets lost: texts are joined, files kept, and what names an element follows it to its new place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.model.base import new_id
from app.model.course import Course
from app.model.people import FileRef
from app.model.structure import Block, Effort, Lesson, Module, SelfStudyItem, SelfStudyKind, Video, VideoElements
from app.session.edit import get_value, insert, move_to, remove, set_value

MODULE, LESSON, BLOCK = 2, 4, 6
"""Numbers of parts in the path of a module, a lesson, a block."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list.

    Attributes:
        index: from 0, among the list's elements without the one that moves there.
    """

    list_path: str
    index: int


def neighbour(course: Course, path: str, delta: int) -> Place | None:
    """Return where Alt+Up (-1) or Alt+Down (+1) moves an element, None at the end of all.

    A lesson at its module's border goes over into the neighbouring module; modules and blocks stay in their list.
    """
    list_path, _, item_id = path.rpartition("/")
    ids = [item.id for item in get_value(course, list_path)]
    index = ids.index(item_id) + delta
    if 0 <= index < len(ids):
        return Place(list_path, index)
    if not _is_lesson(path):
        return None
    module_ids = [module.id for module in course.modules]
    other = module_ids.index(path.split("/")[1]) + delta
    if not 0 <= other < len(module_ids):
        return None
    return Place(f"modules/{module_ids[other]}/lessons", len(course.modules[other].lessons) if delta < 0 else 0)


def place_of_drop(course: Course, path: str, target: str, where: float) -> Place | None:
    """Return where an element goes that is dropped on a row of the tree, None where it has no place there.

    Args:
        course: the course.
        path: the element that is dragged.
        target: the path of the row on which it is dropped; empty for the course's own row.
        where: how far down the row, 0 at its upper edge, 1 at its lower edge.
    """
    parts, onto = path.split("/"), target.split("/")
    depth = len(parts)
    if not target or path == target or (depth == MODULE and onto[:MODULE] == parts):
        return None
    if depth == BLOCK and (len(onto) != BLOCK or onto[:LESSON] != parts[:LESSON]):
        return None
    if depth == LESSON and len(onto) == MODULE:
        return _beside_module(course, onto[1], above=where < 0.5)
    row = "/".join(onto[:depth])
    list_path, _, row_id = row.rpartition("/")
    ids = [item.id for item in get_value(course, list_path) if item.id != parts[-1]]
    if row_id not in ids:
        return None
    behind = len(onto) > depth or where >= 0.5
    return Place(list_path, ids.index(row_id) + behind)


def _beside_module(course: Course, module_id: str, *, above: bool) -> Place:
    """Return the end of the module before, or the beginning of this one."""
    ids = [module.id for module in course.modules]
    before = ids.index(module_id) - 1
    if above and before >= 0:
        return Place(f"modules/{ids[before]}/lessons", len(course.modules[before].lessons))
    return Place(f"modules/{module_id}/lessons", 0)


def moved(course: Course, path: str, place: Place) -> Course:
    """Move an element to a place, as dropping it there does.

    A lesson that changes its module takes along the outcomes that no other lesson of the old module teaches, and lets
    go of those that stay.

    Raises:
        KeyError: there is no such element or list.
    """
    list_path, _, item_id = path.rpartition("/")
    if list_path == place.list_path:
        return move_to(course, path, place.index)
    element = get_value(course, path)
    if isinstance(element, Lesson):
        old, new = path.split("/")[1], place.list_path.split("/")[1]
        course, element = _with_its_outcomes(course, element, old, new)
    rest = insert(remove(course, path), place.list_path, element, place.index)
    return _following(rest, {path: f"{place.list_path}/{item_id}"}, {})


def split_module(course: Course, lesson_path: str) -> Course:
    """Begin a new module with a lesson: it and the lessons after it move there, behind the old module.

    Outcomes that only these lessons teach go along. Planned effort, forum, message and the tasks at the module's end
    stay, because nobody can tell what of them belongs to which half.

    Raises:
        KeyError: there is no such lesson.
    """
    module_id, lesson_id = lesson_path.split("/")[1], lesson_path.rpartition("/")[2]
    module = get_value(course, f"modules/{module_id}")
    index = [lesson.id for lesson in module.lessons].index(lesson_id)
    fresh = Module(id=new_id("m"))
    place = course.modules.index(module) + 1
    course = insert(course, "modules", fresh, place)
    for number, lesson in enumerate(module.lessons[index:]):
        target = Place(f"modules/{fresh.id}/lessons", number)
        course = moved(course, f"modules/{module_id}/lessons/{lesson.id}", target)
    return course


def can_merge(course: Course, path: str) -> bool:
    """Tell whether a module or lesson has one behind it in its list with which it can be merged."""
    if not path or "/blocks/" in path:
        return False
    list_path, _, item_id = path.rpartition("/")
    ids = [item.id for item in get_value(course, list_path)]
    return ids.index(item_id) + 1 < len(ids)


def merge(course: Course, path: str) -> Course:
    """Merge a module or lesson with the one behind it.

    Raises:
        KeyError: there is no such element.
        ValueError: nothing stands behind it.
    """
    if not can_merge(course, path):
        raise ValueError(f"{path}: nothing to merge with")
    list_path, _, item_id = path.rpartition("/")
    items = get_value(course, list_path)
    place = [item.id for item in items].index(item_id)
    one, other = items[place], items[place + 1]
    both = _merged_modules(one, other) if isinstance(one, Module) else _merged_lessons(one, other)
    rest = set_value(remove(course, f"{list_path}/{other.id}"), path, both)
    return _following(rest, {f"{list_path}/{other.id}": path}, {other.id: one.id})


def split_lesson(course: Course, path: str) -> Course:
    """Divide a lesson in two: half of its outcomes, questions and script go to a new one behind it.

    Files, tasks and test questions stay with the first half; the planned video is halved.

    Raises:
        KeyError: there is no such lesson.
    """
    list_path, _, item_id = path.rpartition("/")
    lesson = get_value(course, path)
    place = [item.id for item in get_value(course, list_path)].index(item_id) + 1
    outcomes, questions = _half(len(lesson.outcome_ids)), _half(len(lesson.questions))
    paragraphs = lesson.script.split("\n\n")
    half_min = None if lesson.video.planned_min is None else lesson.video.planned_min / 2
    first = lesson.model_copy(
        update={
            "outcome_ids": lesson.outcome_ids[:outcomes],
            "questions": lesson.questions[:questions],
            "script": "\n\n".join(paragraphs[: _half(len(paragraphs))]),
            "video": lesson.video.model_copy(update={"planned_min": half_min}),
        }
    )
    second = Lesson(
        id=new_id("l"),
        title=lesson.title,
        outcome_ids=lesson.outcome_ids[outcomes:],
        planned_min=lesson.planned_min,
        questions=lesson.questions[questions:],
        script="\n\n".join(paragraphs[_half(len(paragraphs)) :]),
        video=Video(planned_min=half_min, format=lesson.video.format, camera_count=lesson.video.camera_count),
        blocks=tuple(block.model_copy(update={"id": new_id("b")}) for block in lesson.blocks),
    )
    return insert(set_value(course, path, first), list_path, second, place)


def _half(count: int) -> int:
    return (count + 1) // 2


def _is_lesson(path: str) -> bool:
    return len(path.split("/")) == LESSON


def _with_its_outcomes(course: Course, lesson: Lesson, old: str, new: str) -> tuple[Course, Lesson]:
    module = get_value(course, f"modules/{old}")
    others = {outcome_id for item in module.lessons if item.id != lesson.id for outcome_id in item.outcome_ids}
    own = {o.id for o in course.outcomes if o.module_id == old}
    along = (own & set(lesson.outcome_ids)) - others
    outcomes = tuple(o.model_copy(update={"module_id": new}) if o.id in along else o for o in course.outcomes)
    kept = tuple(i for i in lesson.outcome_ids if i not in own or i in along)
    return course.model_copy(update={"outcomes": outcomes}), lesson.model_copy(update={"outcome_ids": kept})


def _joined(one: str, other: str, between: str) -> str:
    if one.strip() == other.strip():
        return one
    return between.join(text for text in (one, other) if text.strip())


def _merged_modules(one: Module, other: Module) -> Module:
    efforts = {name: getattr(one.effort, name) + getattr(other.effort, name) for name in Effort.model_fields}
    message = one.weekly_message.model_copy(
        update={
            "text": _joined(one.weekly_message.text, other.weekly_message.text, "\n"),
            "send_on": one.weekly_message.send_on or other.weekly_message.send_on,
        }
    )
    lessons = (*one.lessons, *other.lessons)
    if one.task_sheet is not None and other.task_sheet is not None:
        # With the first lesson of the second module; where it has none, with the last of the first, or a new one.
        place = max(min(len(one.lessons), len(lessons) - 1), 0)
        holder = lessons[place] if lessons else Lesson(id=new_id("l"), title=other.title)
        holder = _with_file(holder, other.task_sheet, SelfStudyKind.STUDY_TASK, other.title)
        lessons = (*lessons[:place], holder, *lessons[place + 1 :])
    return one.model_copy(
        update={
            "title": _joined(one.title, other.title, ". "),
            "annotation": _joined(one.annotation, other.annotation, "\n"),
            "effort": Effort(**efforts),
            "lessons": lessons,
            "forum": (*one.forum, *other.forum),
            "weekly_message": message,
            "task_sheet": one.task_sheet or other.task_sheet,
            "opens_on": one.opens_on or other.opens_on,
            "closes_on": other.closes_on or one.closes_on,
        }
    )


def _merged_lessons(one: Lesson, other: Lesson) -> Lesson:
    if one.presentation is not None and other.presentation is not None:
        other = _with_file(other, other.presentation, SelfStudyKind.VISUAL, other.title)
    minutes = [video.planned_min for video in (one.video, other.video) if video.planned_min is not None]
    cameras = [video.camera_count for video in (one.video, other.video) if video.camera_count is not None]
    elements = {
        name: getattr(one.video.elements, name) or getattr(other.video.elements, name)
        for name in VideoElements.model_fields
    }
    video = one.video.model_copy(
        update={
            "planned_min": sum(minutes) if minutes else None,
            "camera_count": max(cameras, default=None),
            "annotation": _joined(one.video.annotation, other.video.annotation, "\n"),
            "elements": VideoElements(**elements),
        }
    )
    return one.model_copy(
        update={
            "title": _joined(one.title, other.title, ". "),
            "annotation": _joined(one.annotation, other.annotation, "\n"),
            "outcome_ids": tuple(dict.fromkeys((*one.outcome_ids, *other.outcome_ids))),
            "video": video,
            "presentation": one.presentation or other.presentation,
            "self_study": (*one.self_study, *other.self_study),
            "questions": (*one.questions, *other.questions),
            "script": _joined(one.script, other.script, "\n\n"),
            "blocks": _merged_blocks(one.blocks, other.blocks),
        }
    )


def _merged_blocks(one: tuple[Block, ...], other: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the first lesson's blocks, those of the same kind with both titles."""
    merged = list(one)
    for block in other:
        place = next((n for n, own in enumerate(merged) if own.kind is block.kind), None)
        if place is None:
            merged.append(block)
        else:
            title = _joined(merged[place].title, block.title, ". ")
            merged[place] = merged[place].model_copy(update={"title": title})
    return tuple(merged)


def _with_file(lesson: Lesson, file: FileRef, kind: SelfStudyKind, title: str) -> Lesson:
    item = SelfStudyItem(id=new_id("s"), kind=kind, title=title, file=file)
    return lesson.model_copy(update={"self_study": (*lesson.self_study, item)})


def _following(course: Course, paths: Mapping[str, str], ids: Mapping[str, str]) -> Course:
    """Have everything that names a moved path or a merged element name the new one."""

    def path(element: str) -> str:
        for old, new in paths.items():
            if element == old or element.startswith(f"{old}/"):
                return new + element[len(old) :]
        return element

    def target(target_id: str | None) -> str | None:
        return target_id if target_id is None else ids.get(target_id, target_id)

    changed = {
        "deviations": tuple(d.model_copy(update={"element": path(d.element)}) for d in course.deviations),
        "attestations": tuple(a.model_copy(update={"element": path(a.element)}) for a in course.attestations),
        "outcomes": tuple(o.model_copy(update={"module_id": target(o.module_id)}) for o in course.outcomes),
        "tasks": tuple(t.model_copy(update={"target_id": target(t.target_id)}) for t in course.tasks),
        "references": tuple(r.model_copy(update={"target_id": target(r.target_id)}) for r in course.references),
        "test_bank": tuple(q.model_copy(update={"lesson_id": target(q.lesson_id)}) for q in course.test_bank),
        "recordings": tuple(r.model_copy(update={"lesson_id": target(r.lesson_id)}) for r in course.recordings),
        "materials": tuple(m.model_copy(update={"lesson_id": target(m.lesson_id)}) for m in course.materials),
    }
    return course.model_copy(update={name: new for name, new in changed.items() if new != getattr(course, name)})
