"""The files of a course go into another folder with it: where its own cannot be written, or is somebody else's."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from app.storage.course_folder import MATERIALS, RECORDINGS
from app.storage.os_errors import write_error
from app.storage.reports import reports_folder


def copy_files(source: Path, target: Path) -> tuple[str, ...]:
    """Copy what lies beside the course file: materials, recordings kept there, and their reports.

    What the target has already under the same name stays as it is.

    Args:
        source: a course folder, which may be gone.
        target: where the copy will be; made where it is missing.

    Returns:
        Names of files that could not be read, relative to the course folder.

    Raises:
        ProjectFileError: the codes of `write_error`, for the target.
    """
    lost: list[str] = []
    for file in _files(source):
        inside = file.relative_to(source)
        copied = target / inside
        part = copied.with_name(f".{copied.name}.part")
        if copied.exists():
            continue
        try:
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, part)
            part.replace(copied)
        except OSError as error:
            part.unlink(missing_ok=True)
            if _is_readable(file):
                raise write_error(error, copied) from error
            lost.append(inside.as_posix())
    return tuple(lost)


def _files(source: Path) -> Iterator[Path]:
    for folder in (source / MATERIALS, source / RECORDINGS, reports_folder(source)):
        with suppress(OSError):  # a drive that is gone has no files; the course knows which it misses
            yield from sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".part"))


def _is_readable(file: Path) -> bool:
    try:
        with file.open("rb") as content:
            content.read(1)
    except OSError:
        return False
    return True
