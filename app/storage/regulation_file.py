"""Reading an edition of the regulation from TOML.

The edition file holds edition, settings and limits and names its ``parts`` (labels, texts of the rules), which lie in
the folder of the same name beside it. A file that says ``extends = "<id>"`` gives only what differs from that edition.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from pydantic import ValidationError

from app.model.errors import RegulationFileError
from app.model.regulation import Regulation
from app.paths import resources_dir
from app.storage.edition_check import first_fault

DEFAULT_EDITION = "atu-2025-02"
FILE_FORMAT = 1
_META = ("format", "parts", "extends")
_EDITION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def load_regulation(path: Path | None = None) -> Regulation:
    """Return the shipped edition, or the one in ``path``.

    Raises:
        RegulationFileError: ``regulation_unreadable`` (cannot be opened or is no TOML), ``regulation_invalid`` (a
            field is missing, unknown or of a wrong type, a limit contradicts itself, a text needs a bound that is
            not there; the place is named).
    """
    if path is None:
        return _shipped()
    edition = _validated(path, _merged(path, ()))
    if fault := first_fault(edition, _shipped()):
        raise _invalid(path, *fault)
    return edition


@cache
def _shipped() -> Regulation:
    path = _edition_path(DEFAULT_EDITION)
    return _validated(path, _merged(path, ()))


def _edition_path(edition_id: str) -> Path:
    return resources_dir() / "regulation" / f"{edition_id}.toml"


def _validated(path: Path, data: Mapping[str, Any]) -> Regulation:
    try:
        return Regulation.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _invalid(path, _place(first["loc"], data), first["msg"]) from error


def _place(location: tuple[int | str, ...], data: object) -> str:
    """Return a location in the file; what lies below a value there is pydantic's name of a type."""
    parts: list[str] = []
    for step in location:
        if not isinstance(data, dict | list):
            break
        parts.append(str(step))
        data = data.get(step) if isinstance(data, dict) else data[int(step)]
    return ".".join(parts)


def _invalid(path: Path, place: str, problem: object) -> RegulationFileError:
    return RegulationFileError("regulation_invalid", path=path, place=place, problem=problem)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:  # ValueError: no UTF-8, no TOML, a number without end
        problem = getattr(error, "strerror", None) or error
        raise RegulationFileError("regulation_unreadable", path=path, problem=problem) from error


def _merged(path: Path, seen: tuple[Path, ...]) -> dict[str, Any]:
    resolved = path.resolve()
    if resolved in seen:
        raise _invalid(path, "extends", "circular")
    own = _read(path)
    if own.get("format", FILE_FORMAT) != FILE_FORMAT:
        raise _invalid(path, "format", own["format"])
    base: dict[str, Any] = {}
    if "extends" in own:
        edition = own["extends"]
        if not isinstance(edition, str) or not _EDITION_ID.fullmatch(edition) or not _edition_path(edition).is_file():
            raise _invalid(path, "extends", repr(edition))
        base = _merged(_edition_path(edition), (*seen, resolved))
    for pattern in _parts(path, own):
        for part in sorted((path.parent / path.stem).glob(pattern)):
            base = _overlay(base, _read(part))
    return {key: value for key, value in _overlay(base, own).items() if key not in _META}


def _parts(path: Path, own: Mapping[str, Any]) -> list[str]:
    """Return the patterns of the files that belong to an edition, all of them below its own folder."""
    patterns = own.get("parts", [])
    if not isinstance(patterns, list):
        raise _invalid(path, "parts", repr(patterns))
    for pattern in patterns:
        inside = isinstance(pattern, str) and bool(pattern) and not PurePath(pattern).is_absolute()
        if not inside or ".." in PurePath(pattern).parts or "\0" in pattern:
            raise _invalid(path, "parts", repr(pattern))
    return patterns


def _overlay(base: Mapping[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``base`` with ``upper`` laid over it; tables are merged, everything else is replaced.

    A limit that is given with its clause is replaced whole: with ``min`` alone it has no ``max``. Without the clause
    the bounds that are given change and the others stay.
    """
    result = dict(base)
    for key, value in upper.items():
        below = result.get(key)
        if isinstance(value, dict) and isinstance(below, dict) and "clause" not in value:
            result[key] = _overlay(below, value)
        else:
            result[key] = value
    return result
