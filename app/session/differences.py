"""What differs between two values of a course, place by place: for the preview of a backup and of an import."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.model.base import Model
from app.model.course import Course
from app.session.edit import get_value, insert, remove, set_value

_SHOWN = 60
"""Characters around a change that a preview shows."""


class ChangeKind(StrEnum):
    """What happened to a place."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Attributes:
        path: element path; of something removed, its path in the course before.
        before: the value before, None for something added.
        after: the value after, None for something removed.
    """

    path: str
    kind: ChangeKind
    before: object
    after: object


def differences(before: Course, after: Course) -> tuple[Difference, ...]:
    """Return what changed from one value to another, in the order of the course; none where they are equal."""
    return tuple(_models(before, after, ""))


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Return the parts of two texts in which they differ, with some words around, each in one line."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return _around(before, start, len(before) - end), _around(after, start, len(after) - end)


def _around(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _SHOWN // 2), min(len(text), max(end, start + _SHOWN) + _SHOWN // 2)
    if last - first > 4 * _SHOWN:
        last = first + 4 * _SHOWN
    words = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"


def _models(before: Model, after: Model, path: str) -> Iterator[Difference]:
    if before is after:
        return
    for name in type(after).model_fields:
        yield from _values(getattr(before, name), getattr(after, name), f"{path}/{name}" if path else name)


def _values(before: object, after: object, path: str) -> Iterator[Difference]:
    if before is after or before == after:
        return
    if isinstance(before, Model) and type(before) is type(after):
        assert isinstance(after, Model)
        yield from _models(before, after, path)
    elif isinstance(before, tuple) and isinstance(after, tuple):
        yield from _lists(before, after, path)
    else:
        yield Difference(path, ChangeKind.CHANGED, before, after)


def _lists(before: tuple[object, ...], after: tuple[object, ...], path: str) -> Iterator[Difference]:
    if not all(hasattr(one, "id") for one in (*before, *after)):
        yield Difference(path, ChangeKind.CHANGED, before, after)
        return
    old = {getattr(one, "id", ""): one for one in before}
    new = {getattr(one, "id", ""): one for one in after}
    for name, element in new.items():
        if name in old:
            yield from _values(old[name], element, f"{path}/{name}")
        else:
            yield Difference(f"{path}/{name}", ChangeKind.ADDED, None, element)
    for name, element in old.items():
        if name not in new:
            yield Difference(f"{path}/{name}", ChangeKind.REMOVED, element, None)
    if [name for name in old if name in new] != [name for name in new if name in old]:
        yield Difference(path, ChangeKind.MOVED, before, after)


def apply_differences(course: Course, chosen: Iterable[Difference], after: Course) -> Course:
    """Make some of the differences.

    Args:
        course: the value that they lead from, or a later one: a place that is gone meanwhile is left out.
        chosen: from `differences`, in their order.
        after: the value that they lead to, for the places of what is added and for an order.
    """
    for one in chosen:
        try:
            course = _applied(course, one, after)
        except KeyError:
            continue
    return course


def _applied(course: Course, one: Difference, after: Course) -> Course:
    if one.kind is ChangeKind.CHANGED:
        return set_value(course, one.path, one.after)
    if one.kind is ChangeKind.REMOVED:
        return remove(course, one.path)
    if one.kind is ChangeKind.ADDED:
        list_path, _, name = one.path.rpartition("/")
        ids = [element.id for element in get_value(after, list_path)]
        present = [element.id for element in get_value(course, list_path)]
        before = [known for known in ids[: ids.index(name)] if known in present]
        place = present.index(before[-1]) + 1 if before else 0
        return insert(course, list_path, one.after, place)
    order = [element.id for element in get_value(after, one.path)]
    elements = get_value(course, one.path)
    known = [element for element in elements if element.id in order]
    placed = iter(sorted(known, key=lambda element: order.index(element.id)))
    return set_value(course, one.path, tuple(next(placed) if element.id in order else element for element in elements))
