"""A program that edits every kind of data of a filled course without end, for `test_kill_every_kind.py` to kill.

Run as a script; what it reads and tells is that of `edit_stream`, the counter being the number of the edit. Which edits
it makes follows from the seed alone, so that whoever killed it can make them again and knows every state there was.
"""

import os
import random
import time
import types
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from app.model.base import Model
from app.model.course import Course
from app.model.people import FileRef
from app.model.recording import RecordingReport
from app.session.autosave import LIMIT_S, PAUSE_S, Autosaver
from app.session.edit import get_value, insert, move, remove, set_value
from app.session.store import CourseStore
from app.storage.course_folder import MATERIALS, CourseFolder
from app.storage.materials import attach
from app.storage.reports import save_report
from tests.e2e.edit_stream import LoopScheduler, serve, tell
from tests.e2e.filled_courses import filled_value

FIELDS = tuple(Course.model_fields)
_ROOTS = tuple(name for name in FIELDS if name in {"authors", "approval", "documents", "materials", "reviews"})
"""Some of the fields in which files are attached."""
_CHANGES = ("insert", "remove", "move")


class Edits:
    """The edits that follow from a seed, made one after the other in a store.

    Args:
        folder: the course folder, where files are attached and reports are kept; None where the edits are made again
            and the files are there already.
    """

    def __init__(self, seed: int, folder: Path | None) -> None:
        self._seed, self._folder = seed, folder
        self._chance = random.Random(seed)
        self._number = 0

    def make(self, store: CourseStore) -> str:
        """Make the next edit and return the field of the course in which it was, empty for undo and redo."""
        self._number += 1
        what = self._chance.random()
        if what < 0.08 and store.can_undo:
            store.undo()
            return ""
        if what < 0.12 and store.can_redo:
            store.redo()
            return ""
        if what < 0.2:
            return self._attach(store)
        if what < 0.24 and store.course.recordings:
            return self._measure(store)
        field = FIELDS[(17 * self._seed + self._number) % len(FIELDS)]
        self._change(store, field)
        return field

    def _attach(self, store: CourseStore) -> str:
        """Attach a file in the place of another, as a file field does."""
        root = self._chance.choice(_ROOTS)
        places = list(_files(getattr(store.course, root), root))
        if not places:
            return ""
        path = self._chance.choice(places)
        name, content = f"{self._seed}-{self._number}.bin", attached_bytes(f"{self._seed}-{self._number}.bin")
        file = FileRef(path=f"{MATERIALS}/{name}", size_bytes=len(content))
        if self._folder is not None:
            source = self._folder.parent / name
            source.write_bytes(content)
            assert attach(self._folder, source) == file
            source.unlink()
        store.apply("attach", lambda course: set_value(course, path, file))
        return path.split("/")[0]

    def _measure(self, store: CourseStore) -> str:
        """Keep the report of a recording and note it."""
        recording = self._chance.choice(store.course.recordings)
        fingerprint = f"fp{self._seed}-{self._number}"
        if self._folder is not None:
            save_report(self._folder, RecordingReport(fingerprint=fingerprint))
        path = f"recordings/{recording.id}/fingerprint"
        store.apply("measure", lambda course: set_value(course, path, fingerprint))
        return "recordings"

    def _change(self, store: CourseStore, field: str) -> None:
        path, annotation = self._place(store.course, field)
        value = get_value(store.course, path)
        if isinstance(value, tuple):
            (kind, *_) = get_args(_plain(annotation))
            change = self._chance.choice(_CHANGES)
            if change == "insert" or not value:
                element = filled_value(kind, self._text, 1000 * self._number)
                at = self._chance.randrange(len(value) + 1)
                store.apply(change, lambda course: insert(course, path, element, at))
                return
            one = self._chance.choice(value)
            inside = f"{path}/{one.id if hasattr(one, 'id') else value.index(one)}"
            if change == "remove":
                store.apply(change, lambda course: remove(course, inside))
            else:
                store.apply(change, lambda course: move(course, inside, 1))
            return
        if isinstance(value, dict):
            kind = get_args(_plain(annotation))[1]
            path, value, annotation = f"{path}/{next(iter(value), 'k')}", None, kind
        store.apply("change", lambda course: set_value(course, path, self._other(value, annotation)))

    def _place(self, course: Course, field: str) -> tuple[str, Any]:
        """Return a random place of the course inside one of its fields, and what may stand there."""
        path, annotation = field, Course.model_fields[field].annotation
        while True:
            value = get_value(course, path)
            if isinstance(value, Model):
                name = self._chance.choice([one for one in type(value).model_fields if one != "id"])
                path, annotation = f"{path}/{name}", type(value).model_fields[name].annotation
            elif isinstance(value, tuple) and value and isinstance(value[0], Model) and self._chance.random() < 0.6:
                one = self._chance.choice(value)
                path = f"{path}/{one.id if hasattr(one, 'id') else value.index(one)}"
                annotation = get_args(_plain(annotation))[0]
            else:
                return path, annotation

    def _other(self, value: Any, annotation: Any) -> Any:
        """Return another value of the same kind."""
        if value is None:
            return filled_value(_plain(annotation), self._text, 1000 * self._number)
        if _plain(annotation) is not annotation and self._chance.random() < 0.2:
            return None
        if isinstance(value, Enum):
            return self._chance.choice(list(type(value)))
        if isinstance(value, bool):
            return not value
        if isinstance(value, int | float):
            return value + 1
        if isinstance(value, date | datetime):
            return value + timedelta(days=self._number)
        return self._text() if type(value) is str else value

    def _text(self) -> str:
        return f"{self._number} " + "Тағам қауіпсіздігі " * self._chance.randrange(4)


def attached_bytes(name: str) -> bytes:
    """Return what a file holds that was attached under a name."""
    return name.encode() * 3000


def attached_files(course: Course) -> dict[str, FileRef]:
    """Return the files of the course by element path."""
    return {path: get_value(course, path) for path in _files(course, "")}


def _files(value: Any, path: str) -> Iterator[str]:
    """Yield the paths of all attached files of a course."""
    if isinstance(value, FileRef):
        yield path
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _files(getattr(value, name), f"{path}/{name}" if path else name)
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _files(one, f"{path}/{getattr(one, 'id', number)}")


def _plain(annotation: Any) -> Any:
    """Return what an optional field holds when it holds something."""
    if get_origin(annotation) in (Union, types.UnionType):
        return next(one for one in get_args(annotation) if one is not type(None))
    return annotation


def edit_every_kind(path: Path, seed: int, scale: float) -> None:
    """Open the course and edit it until somebody ends this process."""
    chance = random.Random(seed)
    opened = CourseFolder.open(path, holder=f"stream {seed}")
    assert not opened.read_only
    scheduler = LoopScheduler()
    store = CourseStore(opened.course, scheduler)
    number = 0

    def save(course: Course) -> None:
        tell("saving", number)
        opened.folder.save(course)
        tell("saved", number)

    autosaver = Autosaver(store, save, scheduler, pause_s=PAUSE_S * scale, limit_s=LIMIT_S * scale)
    assert autosaver.mark.error is None
    edits = Edits(seed, path)
    tell("started", os.getpid())
    while True:
        for _ in range(chance.randrange(1, 6)):
            edits.make(store)
            number += 1
            tell("applied", number)
        scheduler.run_until(time.monotonic() + chance.choice([0.001, 0.002, 0.005, 0.005, 0.03, 0.06]))


if __name__ == "__main__":
    serve(edit_every_kind)
