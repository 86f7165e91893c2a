"""Courses with anything in them that the model allows, nasty texts above all."""

import types
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st

from app.model.base import Model
from app.model.course import Course

NASTY = (
    "",
    " ",
    "Ә Ғ Қ Ң Ө Ұ Ү Һ І ә ғ қ ң ө ұ ү һ і",
    "\r\n\t\0\x1b\x7f",
    '"\\/{}[]: ,null',
    "\u2028\u2029\ufeff\u200f\ufffe",
    "e\u0301 \U0001f600 \U0010ffff",
    "# <b>&amp;</b> $x^2$ %s {0}",
)
_texts = st.sampled_from(NASTY) | st.text(max_size=20)
_zones: Any = st.sampled_from([None, UTC, timezone(timedelta(hours=5)), timezone(timedelta(hours=-3, minutes=-30))])
_plain: dict[Any, st.SearchStrategy[Any]] = {
    str: _texts,
    bool: st.booleans(),
    int: st.integers() | st.integers(-3, 300),
    float: st.floats(allow_nan=False),
    date: st.dates(),
    datetime: st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=_zones),  # noqa: DTZ001 - the zones are drawn
}


def models(kind: type[Model]) -> st.SearchStrategy[Any]:
    """Return instances with a few fields set and the others at their defaults."""
    required: dict[str, st.SearchStrategy[Any]] = {}
    free: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in kind.model_fields.items():
        strategy = _ids if name == "id" else of_type(field.annotation)
        (required if field.is_required() else free)[name] = strategy
    names = st.lists(st.sampled_from(sorted(free)), max_size=4, unique=True) if free else st.just([])

    def fill(chosen: list[str]) -> st.SearchStrategy[Any]:
        parts = required | {name: free[name] for name in chosen}
        return st.fixed_dictionaries(parts).map(lambda values: kind(**values))

    return names.flatmap(fill)


_ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True)


def of_type(annotation: Any) -> st.SearchStrategy[Any]:
    """Return values of a field's type."""
    if annotation in _plain:
        return _plain[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return st.one_of(*(of_type(argument) for argument in arguments))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return _tuples(arguments)
    if origin is dict:
        return st.dictionaries(of_type(arguments[0]), of_type(arguments[1]), max_size=3)
    if annotation is type(None):
        return st.none()
    if issubclass(annotation, Enum):
        return st.sampled_from(list(annotation))
    assert issubclass(annotation, Model), annotation
    return st.deferred(lambda: models(annotation))


def _tuples(arguments: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if arguments[-1] is not Ellipsis:
        return st.tuples(*(of_type(argument) for argument in arguments))
    element = arguments[0]
    with_ids = isinstance(element, type) and issubclass(element, Model) and "id" in element.model_fields
    unique_by = (lambda item: item.id) if with_ids else None
    return st.lists(of_type(element), max_size=3, unique_by=unique_by).map(tuple)


courses: st.SearchStrategy[Course] = models(Course)
