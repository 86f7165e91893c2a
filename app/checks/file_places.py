"""Where in the course a file is attached."""

from collections.abc import Iterator

from app.model.base import Model
from app.model.course import Course
from app.model.people import FileRef


def file_element(course: Course, path: str) -> str:
    """Return the element to which a file is attached, of several the first; empty where the course does not name it.

    Args:
        course: the course.
        path: as in `FileRef.path`.
    """
    return next((element for element, file in _files(course, "") if file.path == path), "")


def _files(value: object, element: str) -> Iterator[tuple[str, FileRef]]:
    """Yield every attached file with its element, wherever it stands, so that a new field is not forgotten."""
    if isinstance(value, FileRef):
        yield element, value
    elif isinstance(value, Model):
        for name, inner in value:
            yield from _files(inner, f"{element}/{name}" if element else name)
    elif isinstance(value, tuple):
        for inner in value:
            name = getattr(inner, "id", "")
            yield from _files(inner, f"{element}/{name}" if name else element)
