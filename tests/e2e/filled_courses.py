"""A course in which every field of every model says something, and all texts are those that a test chooses."""

import types
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from enum import Enum
from itertools import count
from typing import Any, Literal, Union, get_args, get_origin

from app.model.base import Model
from app.model.course import Course

_PLAIN: dict[Any, object] = {
    bool: True,
    int: 1,
    float: 1.5,
    date: date(2026, 3, 2),
    datetime: datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
}


class _Filler:
    def __init__(self, text: Callable[[], str], elements: int, first_id: int = 1) -> None:
        self._text, self._elements = text, elements
        self._numbers = count(first_id)

    def model(self, kind: type[Model]) -> Model:
        return kind(**{name: self.value(name, field.annotation) for name, field in kind.model_fields.items()})

    def value(self, name: str, annotation: Any) -> object:
        if name == "id":
            return f"e{next(self._numbers)}"
        if annotation is str:
            return self._text()
        if annotation in _PLAIN:
            return _PLAIN[annotation]
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin in (Union, types.UnionType):
            return self.value(name, next(argument for argument in arguments if argument is not type(None)))
        if origin is Literal:
            return arguments[0]
        if origin is dict:
            return {self.value("", arguments[0]): self.value("", arguments[1])}
        if origin is tuple:
            kinds = arguments[:1] * self._elements if arguments[-1] is Ellipsis else arguments
            return tuple(self.value("", kind) for kind in kinds)
        if issubclass(annotation, Enum):
            return next(iter(annotation))
        assert issubclass(annotation, Model), annotation
        return self.model(annotation)


def filled_course(text: Callable[[], str], elements: int = 2) -> Course:
    """Return a course with every field filled.

    Args:
        text: asked once for every text, names and references of other elements included; only ids are no text.
        elements: how many elements each list has.
    """
    course = _Filler(text, elements).model(Course)
    assert isinstance(course, Course)
    return course


def filled_value(annotation: Any, text: Callable[[], str], first_id: int) -> Any:
    """Return a value of a field's type with everything in it filled; its ids count from ``first_id``."""
    return _Filler(text, 2, first_id).value("", annotation)


def with_texts(value: Any, change: Callable[[str], str], name: str = "") -> Any:
    """Return a model with every text changed; ids and references stay, so that rules find what belongs together."""
    if name in {"id", "rule_id", "state"} or name.endswith(("_id", "_ids")):
        return value
    if type(value) is str:
        return change(value)
    if isinstance(value, tuple):
        return tuple(with_texts(item, change, name) for item in value)
    if isinstance(value, dict):
        return {change(key): with_texts(item, change) for key, item in value.items()}
    if isinstance(value, Model):
        fields = type(value).model_fields
        return value.model_copy(update={field: with_texts(getattr(value, field), change, field) for field in fields})
    return value


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text of a model."""
    if type(value) is str:
        yield value
    elif isinstance(value, Model):
        for _, inner in value:
            yield from texts_in(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts_in(inner)
