"""What a person calls a place of the course: «Модуль №2 › Дәріс 5 › Дәрістің тақырыбы» for an element path."""

import types
from collections.abc import Iterator, Sequence
from typing import Any, Union, get_args, get_origin

from app.model.base import Model
from app.model.course import Course
from app.model.texts import Lang, Texts, placeholders
from app.model.views import numbered_lessons
from app.session.edit import get_value

BETWEEN = " › "

_SINGULAR = {
    "authors": "author",
    "outcomes": "outcome",
    "modules": "module",
    "lessons": "lesson",
    "tasks": "task",
    "criteria": "criterion",
    "test_bank": "question",
    "progress_scale": "band",
    "references": "reference",
    "sessions": "session",
    "materials": "material",
    "documents": "document",
    "announcements": "announcement",
    "surveys": "survey",
}
"""The word for one element in the keys of the window's texts, where it differs from the list's name."""


def place_name(course: Course, path: str, texts: Texts, lang: Lang) -> str:
    """Return the name of a place; what has no name of its own goes by that of its owner.

    Args:
        course: a value of the course in which the path may be gone already.
        path: element path; the empty one is the course.
        texts: all texts of the program.
        lang: the user's language.
    """
    words = list(_words(course, path.split("/") if path else [], texts, lang))
    return BETWEEN.join(words) or texts.get("places.course", lang)


def _words(course: Course, parts: list[str], texts: Texts, lang: Lang) -> Iterator[str]:
    fields: list[str] = []
    is_field = _fields_among(parts)
    for place, part in enumerate(parts):
        if is_field[place]:
            fields.append(part)
            is_list = place + 1 < len(parts) and not is_field[place + 1]
            key = None if is_list else _field_key(fields, texts)
            if key is not None:
                yield texts.get(key, lang)
        else:
            yield _element_word(_number(course, "/".join(parts[:place]), part), fields, texts, lang)


def _element_word(number: int | None, fields: Sequence[str], texts: Texts, lang: Lang) -> str:
    shown = "" if number is None else str(number)
    for key in (f"places.item.{'.'.join(fields[-2:])}", f"places.item.{fields[-1]}"):
        if key in texts:
            return texts.get(key, lang, n=shown).strip()
    caption = _field_key(fields, texts)
    return f"{texts.get(caption, lang)} {shown}".strip() if caption is not None else shown


def _fields_among(parts: Sequence[str]) -> list[bool]:
    """Tell which parts of a path are fields of the model; the others name elements of a list or dict."""
    found = []
    kind: Any = Course
    for part in parts:
        is_model = isinstance(kind, type) and issubclass(kind, Model)
        found.append(is_model)
        if is_model:
            field = kind.model_fields.get(part)
            kind = None if field is None else _bare(field.annotation)
        else:
            inner = [argument for argument in get_args(kind) if argument is not Ellipsis]
            kind = _bare(inner[-1]) if inner else None
    return found


def _bare(annotation: Any) -> Any:  # noqa: ANN401 - any type of the model
    """Return what a type is beside None."""
    if get_origin(annotation) in (Union, types.UnionType):
        return next(argument for argument in get_args(annotation) if argument is not type(None))
    return annotation


def _number(course: Course, list_path: str, element: str) -> int | None:
    """Return the number of an element from 1, that of a lesson through the whole course; None where it is gone."""
    if list_path.endswith("/lessons"):
        return next((number for number, _, lesson in numbered_lessons(course) if lesson.id == element), None)
    try:
        elements = get_value(course, list_path)
    except KeyError:
        return None
    if not isinstance(elements, tuple):
        return None
    names = [str(getattr(one, "id", index)) for index, one in enumerate(elements)]
    return names.index(element) + 1 if element in names else None


def _field_key(fields: Sequence[str], texts: Texts) -> str | None:
    """Return the key of a field's caption: ours, else the one that its field has in the window."""
    last, owner = fields[-1], fields[-2] if len(fields) > 1 else ""
    one = _SINGULAR.get(owner, owner)
    candidates = [f"places.field.{'.'.join(fields)}"]
    if owner:
        candidates += [f"places.field.{owner}.{last}", f"ui.field.{one}.{last}"]
    candidates += [f"places.field.{last}", f"ui.field.{'.'.join(fields)}"]
    if not owner:
        candidates.append(f"ui.field.{last}")
    # A caption with a value in it, as «Модуль №{n} ашылуы», belongs to its own place in the window.
    return next((key for key in candidates if key in texts and not placeholders(texts.entry(key).en)), None)
