"""Older states of a course in `.mooc/backups/`.

Before a save overwrites `course.mooc`, its content is kept there, at most once in `SPACING`, under the moment at which
it was saved: ``2025-11-23T06-20-11Z.mooc``. `to_keep` decides which of these remain. Files called ``kept …`` hold what
is never rotated away: a file that was changed from outside, one of an older schema, one that a backup replaced.
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

SPACING = timedelta(minutes=5)
NEWEST_COUNT = 20
DAYS = 30

_ROTATING = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.mooc")
_NAME_FORMAT = "%Y-%m-%dT%H-%M-%SZ"


def backups_folder(folder: Path) -> Path:
    """Return where a course folder keeps its backups."""
    return folder / ".mooc" / "backups"


def to_keep(moments: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Decide which rotating backups remain.

    Args:
        moments: when the content of each was saved, in UTC.
        now: the present moment, in UTC.

    Returns:
        The newest 20, and of each of the last 30 days (in UTC: the day ends at 5 in the morning in Almaty) the last.
    """
    newest_first = sorted(set(moments), reverse=True)
    kept = set(newest_first[:NEWEST_COUNT])
    first_day = (now - timedelta(days=DAYS - 1)).date()
    days = set()
    for moment in newest_first:
        if moment.date() >= first_day and moment.date() not in days:
            days.add(moment.date())
            kept.add(moment)
    return frozenset(kept)


def back_up(course_path: Path, saved_at: datetime, now: datetime) -> None:
    """Keep the content of a course file that is about to be overwritten, where a backup is due, and rotate.

    Args:
        course_path: the course file.
        saved_at: when its content was saved, in UTC.
        now: the present moment, in UTC.

    Raises:
        OSError: the backup could not be made.
    """
    folder = _folder(course_path)
    existing = _rotating(folder)
    if any(abs(saved_at - moment) < SPACING for moment in existing):
        return
    _duplicate(course_path, folder / f"{saved_at:{_NAME_FORMAT}}.mooc")
    existing = _rotating(folder)
    remaining = to_keep(existing, now)
    for moment, path in existing.items():
        if moment not in remaining:
            path.unlink(missing_ok=True)


def keep_aside(course_path: Path, now: datetime) -> Path:
    """Keep a course file's content for good and return where.

    Raises:
        OSError: it could not be kept.
    """
    folder = _folder(course_path)
    stem = f"kept {now:{_NAME_FORMAT}}"
    target, number = folder / f"{stem}.mooc", 1
    while target.exists():
        number += 1
        target = folder / f"{stem} {number}.mooc"
    _duplicate(course_path, target)
    return target


def _folder(course_path: Path) -> Path:
    folder = backups_folder(course_path.parent)
    # One level at a time: on a drive that vanished no folder may appear in its place.
    folder.parent.mkdir(exist_ok=True)
    folder.mkdir(exist_ok=True)
    return folder


def _rotating(folder: Path) -> dict[datetime, Path]:
    found = {}
    for path in folder.iterdir():
        if _ROTATING.fullmatch(path.name):
            found[datetime.strptime(path.stem, _NAME_FORMAT).replace(tzinfo=UTC)] = path
    return found


def _duplicate(source: Path, target: Path) -> None:
    """Give the content a second name, or copy it where the file system knows no hard links.

    A second name is safe: the course file is never written in place, its name goes to a new file a moment later.
    """
    try:
        os.link(os.path.realpath(source), target)
    except FileExistsError:
        return
    except OSError:
        draft = target.with_name(f"{secrets.token_hex(8)}.tmp")
        try:
            shutil.copyfile(source, draft)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
