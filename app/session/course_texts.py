"""Every text of a course that a person wrote, each with its element path, in the order of the course file."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum

from app.model.base import Model
from app.model.course import Course
from app.model.people import FileRef


class TextKind(StrEnum):
    """What a text is: words that are read, or an address or formula that must stay as it is to the letter."""

    PROSE = "prose"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class PlacedText:
    """One text and its place.

    Attributes:
        path: element path as `app.session.edit` takes it.
    """

    path: str
    text: str
    kind: TextKind


_RECORDS = frozenset({"audit_log", "attestations", "submissions"})
"""Lists that say what happened or what somebody gave their word for: rewriting them would falsify a record."""

_NO_TEXT = frozenset(
    {"id", "state", "rule_id", "element", "url_status", "path", "sound_path", "sha256", "fingerprint"}
    | {"data_fingerprint"}
)
_EXACT = frozenset(
    {"url", "course_url", "forum_url", "materials_folder_url", "email", "author_accounts", "formula", "unit", "name"}
)
"""``name`` is that of a variable; a name of an organisation is a proper name, which nobody mends either."""


def course_texts(course: Course) -> Iterator[PlacedText]:
    """Yield the texts that are not empty; ids, references between elements, files and records are none."""
    for name in Course.model_fields:
        if name not in _RECORDS:
            yield from _below(getattr(course, name), name, name)


def is_text_field(name: str) -> bool:
    """Tell whether a field of the model holds a person's text, where it holds text at all."""
    return name not in _NO_TEXT and not name.endswith(("_id", "_ids"))


def _below(value: object, path: str, field: str) -> Iterator[PlacedText]:
    if isinstance(value, str):
        if value and not isinstance(value, Enum) and is_text_field(field):
            yield PlacedText(path, value, TextKind.EXACT if field in _EXACT else TextKind.PROSE)
    elif isinstance(value, FileRef):
        return
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _below(getattr(value, name), f"{path}/{name}", name)
    elif isinstance(value, tuple):
        for place, element in enumerate(value):
            yield from _below(element, f"{path}/{getattr(element, 'id', place)}", field)
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key and "/" not in key:  # ids of the edition; a file made elsewhere may hold keys that no path leads to
                yield from _below(entry, f"{path}/{key}", field)
