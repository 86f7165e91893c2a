"""Forms of which a course needs several: one for each lecture, week, session or expert."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from app.exporters.transliteration import ascii_name
from app.model.errors import ExportError

_NAME_CHARS = 40

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class FormPart:
    """One of several documents of a form.

    Attributes:
        id: id of the lecture, module, session or review that it is about.
        name: how the file's name goes on behind the form's: ASCII, with number and title (decision 17).
    """

    id: str
    name: str


def numbered_name(number: int, title: str) -> str:
    """Return number and title as a piece of a file name; the number alone where no letter of the title is left."""
    words = ascii_name(title, max_chars=_NAME_CHARS)
    return f"{number:02}-{words}" if words else f"{number:02}"


def find_part(form: str, part: str, entries: Iterable[Entry], id_of: Callable[[Entry], str]) -> Entry:
    """Return the entry with the id ``part``.

    Raises:
        ExportError: ``export_part_unknown``.
    """
    for entry in entries:
        if id_of(entry) == part:
            return entry
    raise ExportError("export_part_unknown", form=form, part=part)
