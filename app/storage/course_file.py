"""`course.mooc`: a course as a text file that a person can read.

UTF-8 JSON: ``{"format": "mooc-studio-course", "schema": 1, "regulation": "atu-2025-02", "course": {…}}``. Fields that
equal their defaults are not written. Reading is strict: an unknown field, a text where a number belongs, two elements
with one id are refused with the place named, so that nothing is lost or misread in silence.
"""

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError, to_json

from app.model.course import Course
from app.model.errors import ProjectFileError
from app.storage.migrations import STEPS, Document, Step, migrate, newest_schema

FILE_NAME = "course.mooc"
FORMAT = "mooc-studio-course"
MAX_BYTES = 100 * 2**20
"""A course of 500 questions has 0.4 MB; what is larger than this is no course and would only fill the memory."""

_KEYS = ("format", "schema", "regulation", "course")
_REGULATION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class CourseFile:
    """What a course file says.

    Attributes:
        regulation_id: the edition of the regulation that the course follows.
        schema: the schema in which the file was written; lower than the newest one if it was migrated.
    """

    course: Course
    regulation_id: str
    schema: int


class _RepeatedFieldError(ValueError):
    """A JSON object names a field twice; Python would keep the last and drop the other."""


def encode(course: Course, regulation_id: str) -> bytes:
    """Return the file's content.

    Half a character (a lone surrogate, as a broken clipboard can leave) has no place in UTF-8 and is written as U+FFFD.
    """
    document = {
        "format": FORMAT,
        "schema": newest_schema(),
        "regulation": regulation_id,
        "course": course.model_dump(mode="json", exclude_defaults=True),
    }
    try:
        return to_json(document, indent=2, inf_nan_mode="constants") + b"\n"
    except PydanticSerializationError:
        return whole_characters(json.dumps(document, indent=2, ensure_ascii=False)).encode() + b"\n"


def whole_characters(text: str) -> str:
    """Return the text with surrogate pairs joined and every half of one replaced by U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read(path: Path, steps: Sequence[Step] = STEPS) -> CourseFile:
    """Read a course file; see `decode` for what is refused.

    Raises:
        ProjectFileError: also ``course_missing``, ``course_unreadable``, ``course_too_large``.
    """
    return decode(read_bytes(path), path, steps)


def read_bytes(path: Path) -> bytes:
    """Return the content of a course file.

    Raises:
        ProjectFileError: ``course_missing``, ``course_unreadable``, ``course_too_large``.
    """
    size_bytes = status_of(path).st_size
    if size_bytes > MAX_BYTES:
        raise ProjectFileError("course_too_large", path=path, size_mb=size_bytes // 2**20, limit_mb=MAX_BYTES // 2**20)
    try:
        return path.read_bytes()
    except OSError as error:
        raise _read_error(error, path) from error


def status_of(path: Path) -> os.stat_result:
    """Return size and time of a course file.

    Raises:
        ProjectFileError: ``course_missing``, ``course_unreadable``.
    """
    try:
        return path.stat()
    except OSError as error:
        raise _read_error(error, path) from error


def _read_error(error: OSError, path: Path) -> ProjectFileError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return ProjectFileError("course_missing", path=path)
    return ProjectFileError("course_unreadable", path=path, problem=error.strerror or error)


def decode(data: bytes, path: Path, steps: Sequence[Step] = STEPS) -> CourseFile:
    """Return what a course file says.

    Args:
        data: its content.
        path: where it lies, for the messages.
        steps: the migrations in force.

    Raises:
        ProjectFileError: ``course_empty``, ``course_not_utf8``, ``course_not_json``, ``course_repeated_field``,
            ``course_wrong_format``, ``course_newer``, ``course_migration_failed``, and with the element path as
            ``place`` ``course_missing_field``, ``course_unknown_field``, ``course_wrong_value``,
            ``course_repeated_id``.
    """
    document = _parsed(data, path)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ProjectFileError("course_wrong_format", path=path)
    schema = _schema(document, path, newest_schema(steps))
    try:
        document = migrate(document, schema, steps)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise ProjectFileError("course_migration_failed", path=path, schema=schema, problem=error) from error
    _check_envelope(document, path)
    course = _validated(document["course"], path)
    if place := _repeated_id_place(document["course"]):
        raise ProjectFileError("course_repeated_id", path=path, place=place)
    return CourseFile(course, document["regulation"], schema)


def repeated_id(elements: Iterable[object]) -> str | None:
    """Return an id that two elements of one list share, None where all differ or they have none."""
    ids = [getattr(element, "id", None) for element in elements]
    return None if len(set(ids)) == len(ids) else _first_repeated(ids)


def _first_repeated(ids: Iterable[object]) -> str | None:
    seen = set()
    for element_id in ids:
        if element_id is not None and element_id in seen:
            return str(element_id)
        seen.add(element_id)
    return None


def _parsed(data: bytes, path: Path) -> object:
    # After a power cut some file systems keep the length and lose the content: nothing but zero bytes.
    if not data.strip(b"\0 \t\r\n"):
        raise ProjectFileError("course_empty", path=path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProjectFileError("course_not_utf8", path=path, byte=error.start) from error
    try:
        return json.loads(text, object_pairs_hook=_without_repeats)
    except _RepeatedFieldError as error:
        raise ProjectFileError("course_repeated_field", path=path, place=str(error)) from error
    except (ValueError, RecursionError) as error:
        raise ProjectFileError("course_not_json", path=path, problem=error) from error


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        raise _RepeatedFieldError(next(name for name in names if names.count(name) > 1))
    return result


def _schema(document: Document, path: Path, newest: int) -> int:
    if "schema" not in document:
        raise ProjectFileError("course_missing_field", path=path, place="schema")
    schema = document["schema"]
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise ProjectFileError("course_wrong_value", path=path, place="schema", problem=repr(schema))
    if schema > newest:
        raise ProjectFileError("course_newer", path=path, found=schema, supported=newest)
    return schema


def _check_envelope(document: Document, path: Path) -> None:
    for key in _KEYS:
        if key not in document:
            raise ProjectFileError("course_missing_field", path=path, place=key)
    for key in document:
        if key not in _KEYS:
            raise ProjectFileError("course_unknown_field", path=path, place=key)
    regulation_id = document["regulation"]
    if not isinstance(regulation_id, str) or not _REGULATION_ID.fullmatch(regulation_id):
        raise ProjectFileError("course_wrong_value", path=path, place="regulation", problem=repr(regulation_id))


def _validated(content: object, path: Path) -> Course:
    """Validate as JSON, not as Python values: only so dates and kinds are strict and still given as texts."""
    try:
        return Course.model_validate_json(json.dumps(content), strict=True)
    except RecursionError as error:
        raise ProjectFileError("course_not_json", path=path, problem=error) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = _place(first["loc"], content)
        if first["type"] == "json_invalid":
            raise ProjectFileError("course_not_json", path=path, problem=first["msg"]) from error
        if first["type"] == "extra_forbidden":
            raise ProjectFileError("course_unknown_field", path=path, place=place) from error
        if first["type"] == "missing":
            raise ProjectFileError("course_missing_field", path=path, place=place) from error
        problem = first["msg"]
        raise ProjectFileError("course_wrong_value", path=path, place=place or "course", problem=problem) from error


def _place(location: tuple[int | str, ...], content: object) -> str:
    """Return a location in the file as an element path: positions in lists become the ids that stand there."""
    parts: list[str] = []
    node = content
    for key in location:
        child: object = None
        name = str(key)
        if isinstance(node, dict):
            child = node.get(key)
        elif isinstance(node, list) and isinstance(key, int):
            child = node[key]
            if isinstance(child, dict) and isinstance(child.get("id"), str):
                name = child["id"]
        parts.append(name)
        node = child
    return "/".join(parts)


def _repeated_id_place(node: Document) -> str | None:
    """Return the element path of an id that stands twice in a list; the document is a valid course."""
    for name, value in node.items():
        if isinstance(value, dict):
            if (inner := _repeated_id_place(value)) is not None:
                return f"{name}/{inner}"
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            ids = [element.get("id") for element in value]
            if len(set(ids)) < len(ids) and (shared := _first_repeated(ids)) is not None:
                return f"{name}/{shared}"
            for element, own_id in zip(value, ids, strict=True):
                if (inner := _repeated_id_place(element)) is not None:
                    return f"{name}/{own_id or ''}".rstrip("/") + f"/{inner}"
    return None
