"""Pictures that the course attaches, for documents that show them."""

import io
from collections.abc import Callable
from pathlib import Path

from app.model.errors import ProjectFileError
from app.model.people import FileRef
from app.storage.inside import resolve_inside

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 50_000_000
_FORMATS = ("PNG", "JPEG")


def photo_reader(course_folder: Path | None) -> Callable[[FileRef], bytes | None]:
    """Return a reader of pictures in the course folder.

    It gives None for what is not there, lies outside the folder, is larger than `MAX_BYTES` or `MAX_PIXELS`, or is no
    PNG or JPEG: a document then leaves the place empty, and the rules on attached files tell the author why.
    """

    def read(file: FileRef) -> bytes | None:
        if course_folder is None:
            return None
        try:
            path = resolve_inside(course_folder, file.path)
            if path.stat().st_size > MAX_BYTES:
                return None
            data = path.read_bytes()
        except (OSError, ValueError, ProjectFileError):  # ValueError: no name of a file at all
            return None
        return data if is_picture(data) else None

    return read


def is_picture(data: bytes) -> bool:
    """Tell whether the bytes are a PNG or JPEG that can be drawn, of a size that a document can carry."""
    from PIL import Image  # needed by few commands

    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                return False
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
