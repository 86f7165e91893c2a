"""Reading an edition of the regulation from TOML.

The edition file holds edition, settings and limits and names its ``parts`` (labels, texts of the rules), which lie in
the folder of the same name beside it. A file that says ``extends = "<id>"`` gives only what differs from that edition.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.model.errors import RegulationFileError
from app.model.regulation import Regulation
from app.paths import resources_dir

DEFAULT_EDITION = "atu-2025-02"
FILE_FORMAT = 1
_META = ("format", "parts", "extends")


def load_regulation(path: Path | None = None) -> Regulation:
    """Return the shipped edition, or the one in ``path``.

    Raises:
        RegulationFileError: ``regulation_unreadable`` (cannot be opened or is no TOML), ``regulation_invalid`` (a
            field is missing, unknown or of a wrong type; the place is named).
    """
    return _shipped() if path is None else _validated(path, _merged(path, ()))


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
        place = ".".join(str(part) for part in first["loc"])
        raise RegulationFileError("regulation_invalid", path=path, place=place, problem=first["msg"]) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RegulationFileError("regulation_unreadable", path=path, problem=error) from error


def _merged(path: Path, seen: tuple[Path, ...]) -> dict[str, Any]:
    resolved = path.resolve()
    if resolved in seen:
        raise RegulationFileError("regulation_invalid", path=path, place="extends", problem="circular")
    own = _read(path)
    if own.get("format", FILE_FORMAT) != FILE_FORMAT:
        raise RegulationFileError("regulation_invalid", path=path, place="format", problem=own["format"])
    base: dict[str, Any] = {}
    if "extends" in own:
        edition = str(own["extends"])
        if Path(edition).name != edition:
            raise RegulationFileError("regulation_invalid", path=path, place="extends", problem=edition)
        base = _merged(_edition_path(edition), (*seen, resolved))
    for pattern in own.get("parts", ()):
        for part in sorted((path.parent / path.stem).glob(pattern)):
            base = _overlay(base, _read(part))
    return {key: value for key, value in _overlay(base, own).items() if key not in _META}


def _overlay(base: Mapping[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``base`` with ``upper`` laid over it; tables are merged, everything else is replaced.

    A limit is replaced whole: an edition that gives only ``min`` means that there is no ``max``.
    """
    result = dict(base)
    for key, value in upper.items():
        below = result.get(key)
        if isinstance(value, dict) and isinstance(below, dict) and "clause" not in value:
            result[key] = _overlay(below, value)
        else:
            result[key] = value
    return result
