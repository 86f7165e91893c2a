"""Telling what an error of the operating system means for a lecturer's course folder."""

import errno
from pathlib import Path

from app.model.errors import ProjectFileError


def _numbers(*names: str) -> frozenset[int]:
    """Return the error numbers that this system knows."""
    return frozenset(getattr(errno, name) for name in names if hasattr(errno, name))


_NO_SPACE = _numbers("ENOSPC", "EDQUOT", "EFBIG")
_NOT_ALLOWED = _numbers("EACCES", "EPERM", "EROFS")
_GONE = _numbers("ENOENT", "ENOTDIR", "ENODEV", "ENXIO", "ESTALE", "EHOSTDOWN", "ENOTCONN", "ESHUTDOWN")
# Windows says more in `winerror` than the errno that Python derives: a drive that is not ready comes as EACCES.
_WINDOWS_NO_SPACE = frozenset({39, 112})
_WINDOWS_GONE = frozenset({3, 15, 20, 21, 53, 55, 59, 64, 67})


def write_error(error: OSError, path: Path) -> ProjectFileError:
    """Return the expected error for a file that could not be written.

    Args:
        error: what the operating system said.
        path: the file that was to be written; its folder tells a vanished drive from a missing permission.

    Returns:
        ``disk_full``, ``folder_gone``, ``folder_read_only`` or, for everything else, ``file_not_written``.
    """
    windows_code, folder = getattr(error, "winerror", None), _refusing_folder(error, path)
    if error.errno in _NO_SPACE or windows_code in _WINDOWS_NO_SPACE:
        return ProjectFileError("disk_full", path=path)
    if error.errno in _GONE or windows_code in _WINDOWS_GONE or _is_gone(folder):
        return ProjectFileError("folder_gone", path=folder)
    if error.errno in _NOT_ALLOWED:
        return ProjectFileError("folder_read_only", path=folder)
    return ProjectFileError("file_not_written", path=path, problem=error.strerror or error)


def _refusing_folder(error: OSError, path: Path) -> Path:
    """Return the folder in which the system refused: the file's, or the one above it that was to hold its folder."""
    if isinstance(error.filename, str) and _is_gone(path.parent) and not _is_gone(Path(error.filename).parent):
        return Path(error.filename).parent
    return path.parent


def _is_gone(folder: Path) -> bool:
    try:
        return not folder.is_dir()
    except OSError:  # not even asking is allowed: it is there
        return False
