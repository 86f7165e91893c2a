"""An open course folder: `course.mooc`, `materials/`, `recordings/` and, for the program itself, `.mooc/`."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Self

from app.model.course import Course
from app.model.errors import ProjectFileError
from app.storage.atomic import (
    SYSTEM_CLOCK,
    Clock,
    remove_half_copies,
    remove_leftovers,
    remove_old_drafts,
    write_atomic,
)
from app.storage.backups import back_up, backups_folder, keep_aside
from app.storage.course_file import FILE_NAME, CourseFile, decode, encode, read_bytes, status_of
from app.storage.lock import CourseLock, LockInfo, acquire, lock_path
from app.storage.migrations import newest_schema
from app.storage.os_errors import write_error
from app.storage.recovery import copies_beside
from app.storage.reports import reports_folder

MATERIALS = "materials"
RECORDINGS = "recordings"

Stamp = tuple[int, int]
"""Modification time in ns and size in bytes: what changes when a file is written."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know though all went well; the text is ``notices.<code>``."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenedCourse:
    """A course that was opened.

    Attributes:
        folder: where it is saved; to be closed.
        read_only: it can be read, exported and bundled, but not changed.
        lock_holder: who holds the course, where that is why it is read-only.
        notices: what happened on the way.
    """

    folder: "CourseFolder"
    course: Course
    regulation_id: str
    read_only: bool
    lock_holder: LockInfo | None
    notices: tuple[Notice, ...]


def folder_of(path: Path) -> Path:
    """Return the course folder that a COURSE argument means: the folder itself or a course file in it."""
    try:
        if path.is_dir():
            return path
        return path.parent if path.name == FILE_NAME or path.is_file() else path
    except OSError:
        return path  # reading it will say why


def read_course(path: Path) -> CourseFile:
    """Read a course without opening it: no lock is taken, nothing is written.

    Args:
        path: the course folder or its ``course.mooc``.

    Raises:
        ProjectFileError: the codes of `course_file.read`.
    """
    course_path = folder_of(path) / FILE_NAME
    return decode(read_bytes(course_path), course_path)


class CourseFolder:
    """A course folder that this process has open; made by `create` or `open`.

    Attributes:
        path: the folder.
        regulation_id: the edition of the regulation that the course follows.
    """

    def __init__(
        self, path: Path, regulation_id: str, lock: CourseLock | None, lock_holder: LockInfo | None, clock: Clock
    ) -> None:
        self.path = path
        self.regulation_id = regulation_id
        self._lock = lock
        self._lock_holder = lock_holder
        self._clock = clock
        self._notices: list[Notice] = []
        self._beside: Path | None = None
        self._keep_next = False
        self._backup_failure_told = False
        self._saved_at = clock.now()
        self._stamp: Stamp | None = None
        self._digest = b""

    @classmethod
    def create(
        cls, path: Path, course: Course, regulation_id: str, *, holder: str = "", clock: Clock = SYSTEM_CLOCK
    ) -> Self:
        """Make a course folder with a first course file; the folder itself may be there already.

        Raises:
            ProjectFileError: ``course_exists``, ``not_a_folder``; the codes of `write_atomic`.
        """
        course_path = path / FILE_NAME
        try:
            if path.exists() and not path.is_dir():
                raise ProjectFileError("not_a_folder", path=path)
            if course_path.exists():
                raise ProjectFileError("course_exists", path=path)
            for part in (path, path / MATERIALS, path / RECORDINGS):
                part.mkdir(parents=part == path, exist_ok=True)
        except OSError as error:
            raise write_error(error, course_path) from error
        lock = acquire(path, holder, clock)
        if isinstance(lock, LockInfo):
            raise ProjectFileError("course_exists", path=path)
        folder = cls(path, regulation_id, lock, None, clock)
        try:
            folder._write(course)
        except ProjectFileError:
            folder.close()
            raise
        return folder

    @classmethod
    def open(cls, path: Path, *, holder: str, clock: Clock = SYSTEM_CLOCK) -> OpenedCourse:
        """Open a course for work, or read-only where someone else has it open or the folder cannot be written.

        Args:
            path: the course folder or its ``course.mooc``.
            holder: the person's name, shown to whoever opens the course meanwhile.
            clock: time and sleep.

        Raises:
            ProjectFileError: the codes of `course_file.read`; `recovery.recoverable_backups` may help then.
        """
        root = folder_of(path)
        course_path = root / FILE_NAME
        status_of(course_path)  # no lock where no course is
        notices: list[Notice] = []
        lock, lock_holder = _lock_or_notice(root, holder, clock, notices)
        try:
            # Taken before the content: a change in between is then noticed by the first save.
            status = status_of(course_path)
            content = read_bytes(course_path)
            file = decode(content, course_path)
        except ProjectFileError:
            if lock is not None:
                lock.release()
            raise
        folder = cls(root, file.regulation_id, lock, lock_holder, clock)
        folder._remember(content, datetime.fromtimestamp(status.st_mtime, UTC), _stamp_of(status))
        if file.schema < newest_schema():
            folder._keep_next = True
            notices.append(Notice("course_migrated", {"found": file.schema, "schema": newest_schema()}))
        notices.extend(_newer_copies(root, status.st_mtime_ns))
        if lock is not None:
            remove_leftovers(course_path)
            remove_half_copies(root / MATERIALS)
            for own in (lock_path(root).parent, backups_folder(root), reports_folder(root)):
                remove_old_drafts(own, clock.now())
        return OpenedCourse(folder, file.course, file.regulation_id, lock is None, lock_holder, tuple(notices))

    @property
    def read_only(self) -> bool:
        """Whether `save` is refused."""
        return self._lock is None

    def save(self, course: Course, *, regulation_id: str | None = None) -> None:
        """Put the course on the disk.

        Args:
            course: the course.
            regulation_id: another edition that it follows from now on.

        Raises:
            ProjectFileError: ``course_read_only``; ``course_saved_beside`` or ``lock_lost_saved_beside``: the content
                is in the file ``saved_as`` beside the course file; ``disk_full``, ``folder_gone``,
                ``folder_read_only``, ``file_not_written``: the disk holds what it held before.
        """
        if self._lock is None:
            raise self._refusal()
        self.regulation_id = regulation_id or self.regulation_id
        if _stamp(self._course_path) is None and _stamp(lock_path(self.path)) is None:
            # What is left where a drive was mounted is an empty folder: nothing may be written there.
            raise ProjectFileError("folder_gone", path=self.path)
        try:
            self._lock.confirm()
        except ProjectFileError as error:
            if error.code == "lock_lost":
                self._save_copy(course, error)
            raise
        self._back_up()
        self._write(course)

    def keep_next(self) -> None:
        """Have the next save keep for good what it overwrites: a large step may be about to replace it."""
        self._keep_next = True

    def beat(self) -> None:
        """Renew the lock; to be called every `lock.BEAT_EVERY_S` seconds.

        Raises:
            ProjectFileError: ``lock_lost`` or the codes of `write_atomic`.
        """
        if self._lock is not None:
            self._lock.confirm()

    def take_notices(self) -> tuple[Notice, ...]:
        """Return what saves had to say since the last call."""
        notices = tuple(self._notices)
        self._notices.clear()
        return notices

    def close(self) -> None:
        """Give the lock back; calling it again does nothing."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _course_path(self) -> Path:
        return self.path / FILE_NAME

    def _refusal(self) -> ProjectFileError:
        """Return why nothing is saved without a lock."""
        if self._lock_holder is None:
            return ProjectFileError("folder_read_only", path=self.path)
        return ProjectFileError("course_read_only", path=self.path, holder=self._lock_holder.holder)

    def _write(self, course: Course) -> None:
        beside = self._beside or self._free_name_beside()
        content = encode(course, self.regulation_id)
        try:
            write_atomic(self._course_path, content, beside=beside, clock=self._clock)
        except ProjectFileError as error:
            if error.code == "course_saved_beside":
                self._beside = beside
            raise
        self._remember(content, self._clock.now(), _stamp(self._course_path))
        if self._beside is not None:
            # The course file has it all again; a stale copy would only make the author wonder which one counts.
            with suppress(OSError):
                self._beside.unlink(missing_ok=True)
            self._beside = None

    def _save_copy(self, course: Course, lost: ProjectFileError) -> None:
        """Save beside the course file, which belongs to someone else now, and say so in the error."""
        self._beside = self._beside or self._free_name_beside()
        write_atomic(self._beside, encode(course, self.regulation_id), clock=self._clock)
        raise ProjectFileError("lock_lost_saved_beside", **lost.params, saved_as=self._beside.name) from lost

    def _free_name_beside(self) -> Path:
        stem = f"course (saved {self._clock.now().astimezone():%Y-%m-%d %H-%M-%S})"
        path, number = self.path / f"{stem}.mooc", 1
        while path.exists():
            number += 1
            path = self.path / f"{stem} {number}.mooc"
        return path

    def _remember(self, content: bytes, saved_at: datetime, stamp: Stamp | None) -> None:
        self._digest = sha256(content).digest()
        self._saved_at = saved_at
        self._stamp = stamp

    def _back_up(self) -> None:
        """Keep what the save overwrites. A backup that cannot be made is told once and does not stop the save."""
        stamp = _stamp(self._course_path)
        if stamp is None:
            return
        try:
            if stamp != self._stamp and sha256(self._course_path.read_bytes()).digest() != self._digest:
                kept = keep_aside(self._course_path, self._clock.now())
                self._notices.append(Notice("course_changed_outside", {"kept_as": kept.name}))
            elif self._keep_next:
                keep_aside(self._course_path, self._clock.now())
            else:
                back_up(self._course_path, self._saved_at, self._clock.now())
            self._keep_next = False
            self._stamp = stamp  # what is kept need not be kept again when the save fails and is tried once more
        except OSError as error:
            if not self._backup_failure_told:
                self._notices.append(Notice("backup_failed", {"problem": error.strerror or error}))
                self._backup_failure_told = True


def _lock_or_notice(
    root: Path, holder: str, clock: Clock, notices: list[Notice]
) -> tuple[CourseLock | None, LockInfo | None]:
    try:
        lock = acquire(root, holder, clock)
    except ProjectFileError as error:
        full = error.code == "disk_full"
        notices.append(Notice("opened_read_only_disk_full" if full else "opened_read_only_folder", {"path": root}))
        return None, None
    if isinstance(lock, LockInfo):
        since = f"{lock.taken_at.astimezone():%d.%m.%Y %H:%M}"
        notices.append(Notice("opened_read_only_held", {"holder": lock.holder, "host": lock.host, "since": since}))
        return None, lock
    if (before := lock.taken_from) is not None:
        notices.append(Notice("lock_taken_over", {"holder": before.holder, "host": before.host}))
    return lock, None


def _newer_copies(root: Path, course_ns: int) -> list[Notice]:
    """Tell of copies that were saved beside the course file and are newer than it."""
    stamped = ((path, _stamp(path)) for path in copies_beside(root))
    return [
        Notice("newer_copy_beside", {"name": path.name}) for path, stamp in stamped if stamp and stamp[0] > course_ns
    ]


def _stamp_of(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_size


def _stamp(path: Path) -> Stamp | None:
    """Return the stamp of a file, None if it is not there."""
    try:
        return _stamp_of(path.stat())
    except OSError:
        return None
