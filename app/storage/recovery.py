"""The way back to an older state of a course, when its file is damaged or the author wants it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.model.errors import ProjectFileError
from app.storage.atomic import SYSTEM_CLOCK, Clock, write_atomic
from app.storage.backups import backups_folder, keep_aside
from app.storage.course_file import FILE_NAME, decode, read, read_bytes
from app.storage.lock import LockInfo, acquire
from app.storage.os_errors import write_error


@dataclass(frozen=True, slots=True)
class Backup:
    """An older state that can be opened.

    Attributes:
        folder: the course folder.
        path: where the state lies: a backup, or a copy that was saved beside the course file.
        saved_at: when it was saved, in UTC.
        title: the course's title in it.
        question_count: how many questions its test bank has.
        size_bytes: size of the file.
    """

    folder: Path
    path: Path
    saved_at: datetime
    title: str
    question_count: int
    size_bytes: int


def copies_beside(folder: Path) -> tuple[Path, ...]:
    """Return the files that were saved beside a course file that another program held, by name."""
    return tuple(sorted(folder.glob("course (saved *.mooc")))


def recoverable_backups(folder: Path) -> tuple[Backup, ...]:
    """Return the older states of a course that can be opened, newest first; damaged ones are left out."""
    found = []
    for path in (*backups_folder(folder).glob("*.mooc"), *copies_beside(folder)):
        try:
            course = read(path).course
            status = path.stat()
            saved_at = datetime.fromtimestamp(status.st_mtime, UTC)
        except (ProjectFileError, OSError):
            continue  # what cannot be read is no way back
        found.append(Backup(folder, path, saved_at, course.title, len(course.test_bank), status.st_size))
    return tuple(sorted(found, key=lambda backup: (backup.saved_at, backup.path.name), reverse=True))


def restore(backup: Backup, *, holder: str = "", clock: Clock = SYSTEM_CLOCK) -> None:
    """Make a backup the course file again; the file as it is now, damaged or not, is kept among the backups.

    Args:
        backup: one of `recoverable_backups`.
        holder: the person's name for the lock.
        clock: time.

    Raises:
        ProjectFileError: ``course_locked`` (someone else has the course open), the codes of `decode` (the backup can
            no longer be read) and of `write_atomic`.
    """
    data = read_bytes(backup.path)
    decode(data, backup.path)
    lock = acquire(backup.folder, holder, clock)
    if isinstance(lock, LockInfo):
        raise ProjectFileError("course_locked", path=backup.folder, holder=lock.holder, host=lock.host)
    course_path = backup.folder / FILE_NAME
    try:
        if course_path.exists():
            keep_aside(course_path, clock.now())
        write_atomic(course_path, data, clock=clock)
    except OSError as error:
        raise write_error(error, course_path) from error
    finally:
        lock.release()
