"""Paths that a course file names must stay in the course folder."""

import os
import re
from pathlib import Path, PurePosixPath

from app.model.errors import ProjectFileError

_DRIVE = re.compile(r"^[A-Za-z]:")


def resolve_inside(folder: Path, relative: str) -> Path:
    """Return the file that a course names by a path relative to its folder (`FileRef.path`).

    Args:
        folder: the course folder.
        relative: path with ``/`` between its parts.

    Returns:
        The absolute path with symbolic links followed; the file need not be there.

    Raises:
        ProjectFileError: ``path_outside_folder``: empty, absolute, with a drive, ``..`` or a backslash, or a symbolic
            link leads out of the folder.
    """
    refused = ProjectFileError("path_outside_folder", path=relative)
    parts = PurePosixPath(relative).parts
    # On Windows a backslash separates and a colon names a drive or a stream; the first is refused everywhere, so that
    # a course means the same files on all systems.
    if not parts or ".." in parts or relative.startswith("/") or "\\" in relative or "\0" in relative:
        raise refused
    if _DRIVE.match(relative) or (os.name == "nt" and ":" in relative):
        raise refused
    try:
        root = folder.resolve()
        path = root.joinpath(*parts).resolve()
    except (OSError, RuntimeError) as error:  # RuntimeError: symbolic links in a circle, up to Python 3.12
        raise refused from error
    if path == root or not path.is_relative_to(root):
        raise refused
    return path
