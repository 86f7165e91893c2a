"""One course, one writer: `.mooc/lock.json`.

The file names who holds the course. On the holder's own computer it counts as long as that process runs, elsewhere as
long as its time is not older than `STALE_AFTER`; the holder renews it every `BEAT_EVERY_S` seconds and with its saves.
No lock on a shared drive is beyond doubt, therefore every save first looks whether the lock is still ours
(`CourseLock.confirm`): a holder whose computer slept and whose lock was taken meanwhile overwrites nothing.
"""

import os
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from app.model.base import Model
from app.model.errors import ProjectFileError
from app.storage.atomic import SYSTEM_CLOCK, Clock, write_atomic
from app.storage.course_file import whole_characters
from app.storage.os_errors import write_error
from app.storage.processes import host_name, start_mark

BEAT_EVERY_S = 60.0
STALE_AFTER = timedelta(minutes=10)
_ATTEMPTS = 5


class LockInfo(Model):
    """Who holds a course.

    Attributes:
        holder: the person's name as the program knows it.
        process_started: see `processes.start_mark`.
        token: says which lock it is; two locks never share one.
        beat_at: when the holder last showed itself.
    """

    holder: str = ""
    host: str = ""
    pid: int = 0
    process_started: str = ""
    token: str
    taken_at: datetime
    beat_at: datetime


class CourseLock:
    """A lock that this process holds.

    Attributes:
        taken_from: the holder that had ended without giving the lock back, None if there was none.
    """

    def __init__(self, path: Path, info: LockInfo, taken_from: LockInfo | None, clock: Clock) -> None:
        self._path = path
        self._info = info
        self._clock = clock
        self.taken_from = taken_from

    def confirm(self) -> None:
        """Make sure that the lock is still ours and renew it where that is due.

        Raises:
            ProjectFileError: ``lock_lost`` (someone else holds the course now); the codes of `write_atomic`.
        """
        try:
            found = _read(self._path)
        except OSError as error:
            raise write_error(error, self._path) from error
        if found is not None and found.token != self._info.token:
            raise ProjectFileError("lock_lost", path=self._path.parent.parent, holder=found.holder, host=found.host)
        age_s = (self._clock.now() - self._info.beat_at).total_seconds()
        if found is None or not 0 <= age_s < BEAT_EVERY_S / 2:
            self._info = self._info.model_copy(update={"beat_at": self._clock.now()})
            write_atomic(self._path, _encoded(self._info), durable=False, clock=self._clock)

    def release(self) -> None:
        """Give the lock back, if it is still ours. A drive that vanished keeps its lock, which grows stale."""
        with suppress(OSError):
            found = _read(self._path)
            if found is not None and found.token == self._info.token:
                self._path.unlink()


def lock_path(folder: Path) -> Path:
    """Return the lock file of a course folder."""
    return folder / ".mooc" / "lock.json"


def acquire(folder: Path, holder: str, clock: Clock = SYSTEM_CLOCK) -> CourseLock | LockInfo:
    """Take the lock of a course folder.

    Args:
        folder: the course folder; its ``.mooc`` is made if need be.
        holder: the person's name, shown to whoever comes second.
        clock: time.

    Returns:
        The lock, or who holds it.

    Raises:
        ProjectFileError: the lock cannot be written: ``folder_read_only``, ``disk_full``, ``folder_gone``,
            ``file_not_written``.
    """
    path = lock_path(folder)
    now = clock.now()
    own = LockInfo(
        holder=whole_characters(holder),
        host=host_name(),
        pid=os.getpid(),
        process_started=start_mark(os.getpid()) or "",
        token=secrets.token_hex(8),
        taken_at=now,
        beat_at=now,
    )
    taken_from: LockInfo | None = None
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise write_error(error, path.parent) from error
    try:
        for _ in range(_ATTEMPTS):
            if _create(path, own):
                return CourseLock(path, own, taken_from, clock)
            found = _read(path)
            if found is not None and not _is_stale(found, now):
                return found
            taken_from = found
            if (newcomer := _clear(path, found)) is not None:
                return newcomer
    except OSError as error:
        raise write_error(error, path) from error
    raise ProjectFileError("file_held", path=path)


def _encoded(info: LockInfo) -> bytes:
    return info.model_dump_json(indent=2).encode() + b"\n"


def _read(path: Path) -> LockInfo | None:
    """Return what the lock says; None if there is none or it is damaged, which `_create` never leaves."""
    try:
        return LockInfo.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _create(path: Path, info: LockInfo) -> bool:
    """Create the lock with its content in one step; False if there is one."""
    draft = path.with_name(f"lock.{info.token}.tmp")
    draft.write_bytes(_encoded(info))
    try:
        if os.name == "nt":
            draft.rename(path)  # refused by Windows where the name is taken
            return True
        try:
            os.link(draft, path)
        except FileExistsError:
            return False
        except OSError:  # no hard links here (FAT, some network drives): exclusive all the same, but not in one step
            with path.open("xb") as stream:
                stream.write(_encoded(info))
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    return True


def _is_stale(info: LockInfo, now: datetime) -> bool:
    if info.host == host_name():
        started = start_mark(info.pid)
        if started is None:
            return True
        if started and info.process_started:
            return started != info.process_started  # the number was given to another process
    return now - info.beat_at > STALE_AFTER


def _clear(path: Path, stale: LockInfo | None) -> LockInfo | None:
    """Take a stale lock away. Two may try at once: who finds that it took a fresh one puts that back.

    Returns:
        None if the way is free, else who was quicker.
    """
    aside = path.with_name(f"lock.{secrets.token_hex(8)}.tmp")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return None
    taken = _read(aside)
    if taken is not None and (stale is None or taken.token != stale.token):
        with suppress(FileExistsError):
            _create(path, taken)
        aside.unlink(missing_ok=True)
        return taken
    aside.unlink(missing_ok=True)
    return None
