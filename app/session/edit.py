"""Changes by element path, for `CourseStore.apply`.

A path names ids and fields from the course down, as findings do: ``modules/m3/lessons/l7/title``. Elements without an
id are counted from 0 (``test_bank/q001/options/2``), entries of a dict go by their key. Each function returns a new
course that shares all it can with the old one, or the old one itself where nothing changes.
"""

from collections.abc import Callable
from typing import Any

from app.model.base import Model
from app.model.course import Course
from app.session.fields import checked
from app.storage.course_file import whole_characters

Value = Any


def get_value(course: Course, path: str) -> Value:
    """Return what stands at a path; the empty path is the course.

    Raises:
        KeyError: there is no such place.
    """
    value: Value = course
    for part in path.split("/") if path else ():
        value = _child(value, part, path)
    return value


def set_value(course: Course, path: str, value: object) -> Course:
    """Put a value in the place of another, or a new key into a dict.

    Args:
        course: the course.
        path: a field, a whole element or an entry of a list or dict.
        value: of the field's own type; half characters (lone surrogates) in a text are replaced.

    Raises:
        KeyError: there is no such place.
        ValueError: the field cannot hold the value, or an element would change its id.
    """
    if isinstance(value, str) and type(value) is str and not value.isascii():
        value = whole_characters(value)
    above, last = _split(path)
    owner = get_value(course, above)
    if isinstance(owner, dict):
        if last in owner and owner[last] == value:
            return course
        return _changed(course, above, lambda entries: {**entries, last: value})

    def replace(old: Value) -> Value:
        if isinstance(old, Model) and getattr(old, "id", None) != getattr(value, "id", None):
            raise ValueError(f"{path}: an element keeps its id")
        return old if old == value and type(old) is type(value) else value

    if last == "id" and isinstance(owner, Model):
        raise ValueError(f"{path}: an element keeps its id")
    return _changed(course, path, replace)


def insert(course: Course, list_path: str, element: object, index: int | None = None) -> Course:
    """Put an element into a list.

    Args:
        course: the course.
        list_path: the list, e.g. ``modules/m3/lessons``.
        element: of the list's type, with an id that no other element of the list has.
        index: the place that it takes, from 0; None or beyond the end is the end.

    Raises:
        KeyError: there is no such list.
        ValueError: the list cannot hold the element, or ``index`` is negative.
    """
    if index is not None and index < 0:
        raise ValueError(f"{list_path}: {index} is no place in a list")

    def put(elements: Value) -> Value:
        if not isinstance(elements, tuple):
            raise ValueError(f"{list_path} is no list")
        place = len(elements) if index is None else index
        return (*elements[:place], element, *elements[place:])

    return _changed(course, list_path, put)


def remove(course: Course, path: str) -> Course:
    """Take an element out of a list or a key out of a dict.

    Raises:
        KeyError: there is no such element.
        ValueError: the path names a field; a field has no absence.
    """
    above, last = _split(path)
    owner = get_value(course, above)
    if isinstance(owner, dict) and last in owner:
        return _changed(course, above, lambda entries: {key: kept for key, kept in entries.items() if key != last})
    place = _place(course, path)
    return _changed(course, above, lambda elements: (*elements[:place], *elements[place + 1 :]))


def move_to(course: Course, path: str, index: int) -> Course:
    """Move an element to a place in its list, as dropping it does.

    Args:
        course: the course.
        path: the element.
        index: its new place, from 0, among all elements of the list; beyond either end it stays at that end.

    Raises:
        KeyError: there is no such element.
        ValueError: the path names no element of a list.
    """
    place = _place(course, path)

    def reorder(elements: Value) -> Value:
        target = min(max(index, 0), len(elements) - 1)
        if target == place:
            return elements
        others = (*elements[:place], *elements[place + 1 :])
        return (*others[:target], elements[place], *others[target:])

    return _changed(course, _split(path)[0], reorder)


def move(course: Course, path: str, delta: int) -> Course:
    """Move an element down its list by ``delta`` places, up where negative, not beyond its ends (Alt+Up, Alt+Down).

    Raises:
        KeyError: there is no such element.
        ValueError: the path names no element of a list.
    """
    return move_to(course, path, _place(course, path) + delta)


def _split(path: str) -> tuple[str, str]:
    above, _, last = path.rpartition("/")
    if not last:
        raise KeyError(path)
    return above, last


def _place(course: Course, path: str) -> int:
    """Return the place of an element in its list."""
    above, last = _split(path)
    elements = get_value(course, above)
    get_value(course, path)
    if not isinstance(elements, tuple):
        raise ValueError(f"{path} is no element of a list")
    return _index(elements, last, path)


def _child(value: Value, part: str, path: str) -> Value:
    if isinstance(value, Model):
        if part not in type(value).model_fields:
            raise KeyError(path)
        return getattr(value, part)
    if isinstance(value, tuple):
        return value[_index(value, part, path)]
    if isinstance(value, dict) and part in value:
        return value[part]
    raise KeyError(path)


def _index(elements: tuple[Value, ...], part: str, path: str) -> int:
    """Return the place of an element: by id where elements have ids, else by its number."""
    if elements and hasattr(elements[0], "id"):
        for place, element in enumerate(elements):
            if element.id == part:
                return place
    elif part.isdecimal() and part.isascii() and int(part) < len(elements):
        return int(part)
    raise KeyError(path)


def _changed(course: Course, path: str, change: Callable[[Value], Value]) -> Course:
    result = _rebuilt(course, path.split("/"), path, change)
    assert isinstance(result, Course)
    return result


def _rebuilt(value: Value, parts: list[str], path: str, change: Callable[[Value], Value]) -> Value:
    """Return ``value`` with the place that ``parts`` name changed; the same object where nothing did."""
    if not parts:
        return change(value)
    old = _child(value, parts[0], path)
    new = _rebuilt(old, parts[1:], path, change)
    if new is old:
        return value
    if isinstance(value, Model):
        return value.model_copy(update={parts[0]: checked(type(value), parts[0], new)})
    if isinstance(value, tuple):
        place = _index(value, parts[0], path)
        return (*value[:place], new, *value[place + 1 :])
    return {**value, parts[0]: new}
