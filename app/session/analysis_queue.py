"""The queue of recordings to be measured: what is known of each, without threads and without widgets.

Whoever runs the measurements takes `next_waiting`, reports progress and result, and redraws from `items`. A verdict is
computed from the report and the regulation each time that something it depends on changes, never stored.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from app.checks.judge import judge_recording, verdict
from app.model.errors import MediaError, StudioError
from app.model.finding import Finding
from app.model.recording import RecordingReport, RecordingRole, Stage
from app.model.regulation import Regulation

RECORDING_SUFFIXES = frozenset(
    {".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mxf", ".mpg", ".mpeg", ".ts", ".m2ts", ".mts", ".wmv"}
    | {".wav", ".flac", ".aif", ".aiff", ".mp3", ".m4a", ".aac", ".ogg"}
)
"""Endings by which recordings are picked out of a dropped folder; a file dropped by itself is taken in any case."""


class ItemState(StrEnum):
    """Where a recording is in the queue."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One recording in the queue.

    Attributes:
        done_s: how much of it is measured, seconds of its own time line.
        total_s: its length, None while unknown.
        eta_s: seconds until the result, None while unknown.
        error: why there is no report, or why it does not reach the recording's end.
    """

    id: int
    path: Path
    stage: Stage
    role: RecordingRole
    recording_id: str | None = None
    state: ItemState = ItemState.WAITING
    done_s: float = 0.0
    total_s: float | None = None
    eta_s: float | None = None
    report: RecordingReport | None = None
    findings: tuple[Finding, ...] = ()
    error: StudioError | None = None

    @property
    def verdict(self) -> str:
        """``pass``, ``fail``, ``error``, or empty while there is none."""
        if self.error is not None:
            return "error"
        return verdict(self.findings) if self.state is ItemState.DONE else ""


class AnalysisQueue:
    """Recordings in the order in which they came."""

    def __init__(self, regulation: Regulation) -> None:
        self._regulation = regulation
        self._items: dict[int, QueueItem] = {}
        self._next_id = 1

    @property
    def items(self) -> tuple[QueueItem, ...]:
        """All items in order."""
        return tuple(self._items.values())

    def item(self, item_id: int) -> QueueItem | None:
        """Return an item, None when it was taken off."""
        return self._items.get(item_id)

    def add(self, path: Path, *, stage: Stage, role: RecordingRole, recording_id: str | None = None) -> QueueItem:
        """Put a recording at the end; a path that is waiting or running already is not doubled."""
        for item in self._items.values():
            if item.path == path and item.state in (ItemState.WAITING, ItemState.RUNNING):
                return item
        item = QueueItem(self._next_id, path, stage, role, recording_id)
        self._items[item.id] = item
        self._next_id += 1
        return item

    def add_kept(
        self,
        path: Path,
        *,
        stage: Stage,
        role: RecordingRole,
        recording_id: str,
        report: RecordingReport | None,
    ) -> QueueItem:
        """Put a recording of a course on the list with the report kept of it; without one it counts as not begun."""
        state = ItemState.DONE if report is not None else ItemState.CANCELLED
        item = self._judged(QueueItem(self._next_id, path, stage, role, recording_id, state, report=report))
        self._items[item.id] = item
        self._next_id += 1
        return item

    def next_waiting(self) -> QueueItem | None:
        """Return the first item that nobody has begun."""
        return next((item for item in self._items.values() if item.state is ItemState.WAITING), None)

    def started(self, item_id: int) -> None:
        """An item is being measured."""
        self._change(item_id, lambda item: replace(item, state=ItemState.RUNNING, error=None))

    def progressed(self, item_id: int, done_s: float, total_s: float | None, eta_s: float | None) -> None:
        """An item got further."""
        self._change(item_id, lambda item: replace(item, done_s=done_s, total_s=total_s, eta_s=eta_s))

    def finished(self, item_id: int, report: RecordingReport) -> None:
        """An item has its report."""

        def change(item: QueueItem) -> QueueItem:
            error = MediaError(report.error, name=item.path.name) if report.error else None
            return self._judged(replace(item, state=ItemState.DONE, report=report, error=error))

        self._change(item_id, change)

    def failed(self, item_id: int, error: StudioError) -> None:
        """An item could not be measured; the queue goes on."""
        self._change(item_id, lambda item: replace(item, state=ItemState.FAILED, error=error))

    def cancelled(self, item_id: int) -> None:
        """The user does not want it any more."""
        self._change(item_id, lambda item: replace(item, state=ItemState.CANCELLED))

    def again(self, item_id: int) -> None:
        """Put an ended item back to the waiting ones."""
        self._change(
            item_id,
            lambda item: replace(
                item, state=ItemState.WAITING, done_s=0.0, eta_s=None, report=None, findings=(), error=None
            ),
        )

    def remove(self, item_id: int) -> None:
        """Take an item off the list."""
        self._items.pop(item_id, None)

    def set_profile(self, item_id: int, stage: Stage, role: RecordingRole) -> None:
        """Judge an item as another stage or role; nothing is decoded again."""
        self._change(item_id, lambda item: self._judged(replace(item, stage=stage, role=role)))

    def _judged(self, item: QueueItem) -> QueueItem:
        if item.report is None:
            return item
        return replace(item, findings=judge_recording(item.report, item.stage, item.role, self._regulation))

    def _change(self, item_id: int, change: Callable[[QueueItem], QueueItem]) -> None:
        if item_id in self._items:
            self._items[item_id] = change(self._items[item_id])


def recordings_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return dropped files as they are and, of dropped folders, the recordings inside, in order of their names."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.suffix.lower() in RECORDING_SUFFIXES)
            found += sorted(file for file in inside if file.is_file() and not file.name.startswith("."))
        else:
            found.append(path)
    return tuple(dict.fromkeys(found))
