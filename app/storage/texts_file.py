"""Reading the texts in `resources/i18n`: every file is one area, every entry has kk, ru and en."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from app.model.texts import Texts, Trilingual
from app.paths import resources_dir


@cache
def load_texts() -> Texts:
    """Return all texts; the key of an entry is its dotted path, e.g. ``errors.course_not_json.cause``.

    Raises:
        ValueError: two files give the same key, or a translation is missing. Both are faults of the program.
    """
    entries: dict[str, Trilingual] = {}
    for path in sorted((resources_dir() / "i18n").glob("*.toml")):
        for key, value in _leaves(tomllib.loads(path.read_text(encoding="utf-8")), ()):
            if key in entries:
                raise ValueError(f"{path.name}: {key} stands in two files")
            entries[key] = Trilingual.model_validate(value)
    return Texts(entries)


def _leaves(table: Mapping[str, Any], prefix: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, value in table.items():
        if not isinstance(value, dict):
            raise ValueError(f"{'.'.join((*prefix, name))} is no table of kk, ru, en")
        if all(isinstance(text, str) for text in value.values()):
            yield ".".join((*prefix, name)), value
        else:
            yield from _leaves(value, (*prefix, name))
