"""Writing a file so that at every moment either the old content or the new one is there, whole.

The content goes to a temporary file in the same folder, to the disk (fsync), and then takes the old file's place in one
step. A program that is killed leaves at most a temporary file, which `remove_leftovers` clears away.
"""

import errno
import glob
import os
import secrets
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.model.errors import ProjectFileError
from app.storage.os_errors import write_error

REPLACE_PATIENCE_S = 2.0
"""How long a refused replace is retried: antivirus and cloud sync hold a fresh file for about a second."""

_FIRST_WAIT_S = 0.02
_LONGEST_WAIT_S = 0.25
_DRAFT_LIFE_S = 3600.0
_HELD = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY})
# File systems that cannot sync a folder say one of these; the replace itself has been made by then.
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.ENOSYS})


@dataclass(frozen=True, slots=True)
class Clock:
    """The times that storage needs; tests put in their own and never wait.

    Attributes:
        now: the present moment, with time zone UTC.
        monotonic_s: seconds that never run backwards.
        sleep_s: waits for so many seconds.
    """

    now: Callable[[], datetime]
    monotonic_s: Callable[[], float]
    sleep_s: Callable[[float], None]


SYSTEM_CLOCK = Clock(now=lambda: datetime.now(UTC), monotonic_s=time.monotonic, sleep_s=time.sleep)


def write_atomic(
    target: Path, data: bytes, *, beside: Path | None = None, durable: bool = True, clock: Clock = SYSTEM_CLOCK
) -> None:
    """Put ``data`` in the place of ``target``.

    Args:
        target: the file; where it is a symbolic link, the file that it names.
        data: its whole new content.
        beside: where the content goes when the replace stays refused.
        durable: wait until the disk has it; off only for what may be lost in a power cut.
        clock: time and sleep.

    Raises:
        ProjectFileError: ``disk_full``, ``folder_gone``, ``folder_read_only``, ``file_not_written``: the old file is
            as it was and no temporary file is left. ``file_held``: another program keeps the old file.
            ``course_saved_beside``: the same, and the content is in ``beside``.
    """
    target = Path(os.path.realpath(target))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        _write_new(temporary, data, _mode_like(target), durable=durable)
        _replace_patiently(temporary, target, beside, clock)
        if durable:
            _sync_folder(target.parent)
    except OSError as error:
        raise write_error(error, target) from error
    finally:
        # After a success it is gone; after a failure the failure is what counts, whether this succeeds or not.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def remove_leftovers(target: Path) -> None:
    """Remove temporary files that a killed program left beside ``target``; call it only while holding the lock."""
    for path in target.parent.glob(f".{glob.escape(target.name)}.????????.tmp"):
        # One that cannot be removed does no harm and is tried again next time.
        with suppress(OSError):
            path.unlink()


def remove_half_copies(folder: Path) -> None:
    """Remove attachments that a killed program had not copied to their end; call it only while holding the lock."""
    for path in folder.glob(".*.part"):
        with suppress(OSError):
            path.unlink()


def remove_old_drafts(folder: Path, now: datetime) -> None:
    """Remove what a killed program left in a folder of its own, unless it is so fresh that someone may be at it."""
    for path in folder.glob("*.tmp"):
        with suppress(OSError):
            if now.timestamp() - path.stat().st_mtime > _DRAFT_LIFE_S:
                path.unlink()


def _mode_like(target: Path) -> int:
    """Return the old file's permissions, so that a private file does not become readable by others."""
    try:
        return stat.S_IMODE(target.stat().st_mode) & 0o666
    except FileNotFoundError:
        return 0o666


def _write_new(path: Path, data: bytes, mode: int, *, durable: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, mode | stat.S_IWUSR)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace_patiently(temporary: Path, target: Path, beside: Path | None, clock: Clock) -> None:
    give_up_at_s = clock.monotonic_s() + REPLACE_PATIENCE_S
    wait_s = _FIRST_WAIT_S
    while True:
        try:
            temporary.replace(target)
        except OSError as error:
            if error.errno not in _HELD:
                raise
            left_s = give_up_at_s - clock.monotonic_s()
            if left_s <= 0:
                _put_beside(temporary, target, beside, error)
            clock.sleep_s(min(wait_s, left_s))
            wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
        else:
            return


def _put_beside(temporary: Path, target: Path, beside: Path | None, refusal: OSError) -> None:
    """Raise what became of a content whose place stayed refused."""
    if beside is None:
        raise ProjectFileError("file_held", path=target) from refusal
    temporary.replace(beside)
    _sync_folder(beside.parent)
    raise ProjectFileError("course_saved_beside", path=target, saved_as=beside.name) from refusal


def _sync_folder(folder: Path) -> None:
    """Make the replace itself durable; Windows knows no such thing and does not need it."""
    if os.name != "posix":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
