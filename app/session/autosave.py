"""Saving by itself (principle 9): every change is on disk within a second of a pause, two at most."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.model.course import Course
from app.model.errors import StudioError
from app.session.disk import AtOnce, Disk
from app.session.scheduler import Handle, Scheduler
from app.session.store import CourseStore

PAUSE_S = 0.8
LIMIT_S = 1.7
"""From a change to the start of its save; the rest of the second, or of the two, is left to the disk."""

FIRST_RETRY_S = 5.0
LONGEST_RETRY_S = 60.0


class SaveState(StrEnum):
    """What the saved mark shows."""

    SAVED = "saved"
    PENDING = "pending"
    SAVING = "saving"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SaveMark:
    """State and, after a failure, why; the error is None where the failure was no expected one."""

    state: SaveState
    error: StudioError | None = None


class Autosaver:
    """Saves the course ``pause_s`` after the last change, ``limit_s`` after the first unsaved one at the latest.

    A failed save is tried again after 5 s, then 10 s, and so on up to a minute, until it succeeds; meanwhile the
    course is safe in memory and the mark says why.
    """

    def __init__(
        self,
        store: CourseStore,
        save: Callable[[Course], None],
        scheduler: Scheduler,
        *,
        pause_s: float = PAUSE_S,
        limit_s: float = LIMIT_S,
        saved: bool = True,
        disk: Disk | None = None,
    ) -> None:
        """Start watching a store.

        Args:
            store: holds the course.
            save: puts a course on the disk, whole or not at all; raises a `StudioError` where it cannot.
            scheduler: time.
            pause_s: seconds from the last change to its save.
            limit_s: seconds from the first unsaved change to its save.
            saved: whether the store's course is on the disk already.
            disk: where ``save`` runs, so that typing need not wait for it; at once by default.
        """
        self._disk = disk or AtOnce()
        self._store = store
        self._save = save
        self._scheduler = scheduler
        self._pause_s = pause_s
        self._limit_s = limit_s
        self._on_disk: Course | None = store.course if saved else None
        self._mark = SaveMark(SaveState.SAVED)
        self._unsaved_since_s: float | None = None
        self._retry_s = FIRST_RETRY_S
        self._timer: Handle | None = None
        self._listeners: dict[object, Callable[[SaveMark], None]] = {}
        self._unsubscribe = store.subscribe(self._changed)
        if not saved:
            self._changed(store.course, store.course)

    @property
    def mark(self) -> SaveMark:
        """What the saved mark shows now."""
        return self._mark

    def subscribe(self, listener: Callable[[SaveMark], None]) -> Callable[[], None]:
        """Have a listener called whenever the mark changes; the function returned ends that."""
        key = object()
        self._listeners[key] = listener

        def unsubscribe() -> None:
            self._listeners.pop(key, None)

        return unsubscribe

    def flush(self) -> None:
        """Save now what is unsaved, e.g. before closing or when the user asks to try again.

        Raises:
            StudioError: it could not be saved; it stays unsaved and is tried again.
        """
        self._disk.wait()
        if self._mark.state is SaveState.SAVED:
            return
        self._save_now()
        self._disk.wait()
        if self._mark.error is not None:
            raise self._mark.error

    def close(self) -> None:
        """Stop watching; whatever is unsaved stays so, call `flush` before."""
        self._unsubscribe()
        self._cancel()

    def _changed(self, _before: Course, after: Course) -> None:
        if self._on_disk is not None and after == self._on_disk and self._mark.state is not SaveState.SAVING:
            self._settle()
            return
        now_s = self._scheduler.now_s()
        if self._unsaved_since_s is None:
            self._unsaved_since_s = now_s
        if self._mark.state is SaveState.FAILED:
            return  # the next try is on its way and takes the newest course
        if self._mark.state is SaveState.SAVING:
            return  # looked at again when that save has ended
        self._plan(min(self._pause_s, max(self._unsaved_since_s + self._limit_s - now_s, 0.0)))
        self._show(SaveMark(SaveState.PENDING))

    def _save_now(self) -> None:
        self._cancel()
        course = self._store.course
        self._show(SaveMark(SaveState.SAVING))
        # Whatever goes wrong on the way, what the disk holds is not certain until a save has succeeded.
        self._on_disk = None
        self._disk.run(lambda: self._save(course), lambda error: self._ended(course, error))

    def _ended(self, course: Course, error: BaseException | None) -> None:
        if error is None:
            self._on_disk = course
            self._settle()
            # The course may have been changed while it was being saved.
            self._changed(course, self._store.course)
            return
        self._fail(error if isinstance(error, StudioError) else None)
        if not isinstance(error, StudioError):
            raise error

    def _settle(self) -> None:
        self._cancel()
        self._unsaved_since_s = None
        self._retry_s = FIRST_RETRY_S
        self._show(SaveMark(SaveState.SAVED))

    def _fail(self, error: StudioError | None) -> None:
        self._plan(self._retry_s)
        self._retry_s = min(self._retry_s * 2, LONGEST_RETRY_S)
        self._show(SaveMark(SaveState.FAILED, error))

    def _plan(self, delay_s: float) -> None:
        self._cancel()
        self._timer = self._scheduler.call_later(delay_s, self._save_now)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _show(self, mark: SaveMark) -> None:
        if mark == self._mark:
            return
        self._mark = mark
        for listener in tuple(self._listeners.values()):
            listener(mark)
