"""Attaching a file: a copy of it goes into the course folder, under a name that is still free."""

import shutil
from pathlib import Path

from app.model.errors import ProjectFileError
from app.model.people import FileRef
from app.storage.course_folder import MATERIALS
from app.storage.os_errors import write_error

_MOST_NAME_CHARS = 80


def attach(folder: Path, source: Path) -> FileRef:
    """Copy a file into the course's `materials/` and return what the course notes of it.

    A file that lies there already is taken as it is.

    Raises:
        ProjectFileError: ``attachment_unreadable``: the file is gone or cannot be read; the codes of `write_error`.
    """
    materials = folder / MATERIALS
    try:
        size_bytes = source.stat().st_size
        with source.open("rb"):
            pass
    except OSError as error:
        raise ProjectFileError("attachment_unreadable", path=source, problem=error.strerror or error) from error
    if source.resolve().is_relative_to(materials.resolve()):
        inside = source.resolve().relative_to(folder.resolve()).as_posix()
        return FileRef(path=inside, size_bytes=size_bytes)
    target = _free_name(materials, source)
    part = target.with_name(f".{target.name}.part")
    try:
        materials.mkdir(exist_ok=True)
        shutil.copyfile(source, part)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise write_error(error, target) from error
    return FileRef(path=f"{MATERIALS}/{target.name}", size_bytes=size_bytes)


def _free_name(materials: Path, source: Path) -> Path:
    stem = source.stem[:_MOST_NAME_CHARS].strip(" .") or "file"
    path, number = materials / f"{stem}{source.suffix}", 1
    while path.exists():
        number += 1
        path = materials / f"{stem} ({number}){source.suffix}"
    return path
