"""Files of the pictures that stand in questions of a course."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from app.model.errors import ProjectFileError
from app.model.tasks import Question
from app.storage.atomic import write_atomic
from app.storage.inside import resolve_inside
from app.storage.os_errors import write_error

_MAX_BYTES = 32 * 2**20


def store_pictures(folder: Path, pictures: Mapping[str, bytes]) -> None:
    """Write pictures into a course folder, before questions that name them come into the course.

    A picture that is there stays: its name is made of its content.

    Args:
        folder: the course folder.
        pictures: contents by their path in the folder (`FileRef.path`).

    Raises:
        ProjectFileError: ``path_outside_folder``; the codes of `write_error`.
    """
    for relative, data in pictures.items():
        path = resolve_inside(folder, relative)
        if path.is_file() and path.stat().st_size == len(data):
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise write_error(error, path) from error
        write_atomic(path, data)


def load_pictures(folder: Path, questions: Iterable[Question]) -> dict[str, bytes]:
    """Return the contents of the questions' pictures by their path; one that cannot be read is missing."""
    found: dict[str, bytes] = {}
    for relative in {picture.file.path for question in questions for picture in question.pictures}:
        data = _content(folder, relative)
        if data:
            found[relative] = data
    return found


def _content(folder: Path, relative: str) -> bytes | None:
    try:
        path = resolve_inside(folder, relative)
        return path.read_bytes() if path.stat().st_size <= _MAX_BYTES else None
    except (OSError, ProjectFileError):
        return None
