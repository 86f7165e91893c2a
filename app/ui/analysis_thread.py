"""The thread that watches the measuring child, and the queue as the window sees it."""

import base64
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from app.media.child import AnalysisJob, Failed, Finished, Request
from app.media.progress import Progress
from app.model.recording import RecordingReport, RecordingRole, Stage
from app.model.regulation import Regulation
from app.session.analysis_queue import AnalysisQueue, QueueItem
from app.ui.background import Background

_POLL_S = 0.1


class AnalysisThread(QThread):
    """Measures one recording after the other in a child process each.

    Signals:
        progressed: item id and `Progress`.
        ended: item id and `Finished` or `Failed`.
    """

    progressed = Signal(int, object)
    ended = Signal(int, object)

    def __init__(self, make_job: Callable[[Request], AnalysisJob] = AnalysisJob) -> None:
        super().__init__()
        self._make_job = make_job
        self._wake = threading.Condition()
        self._next: tuple[int, Request] | None = None
        self._cancel_current = False
        self._stopping = False

    def measure(self, item_id: int, request: Request) -> None:
        """Begin with a recording; the one before has ended."""
        with self._wake:
            self._next = (item_id, request)
            self._cancel_current = False
            self._wake.notify()

    def cancel(self) -> None:
        """End the running child."""
        self._cancel_current = True

    def stop(self) -> None:
        """End the child and the thread."""
        with self._wake:
            self._stopping = True
            self._cancel_current = True
            self._wake.notify()

    def run(self) -> None:
        """Wait for recordings and watch their children until stopped."""
        while True:
            with self._wake:
                while self._next is None and not self._stopping:
                    self._wake.wait()
                if self._stopping or self._next is None:
                    return
                item_id, request = self._next
                self._next = None
            self._watch(item_id, self._make_job(request))

    def _watch(self, item_id: int, job: AnalysisJob) -> None:
        with job:
            while True:
                for message in job.poll():
                    if isinstance(message, Progress):
                        self.progressed.emit(item_id, message)
                    else:
                        self.ended.emit(item_id, message)
                        return
                if self._cancel_current:
                    job.cancel()
                else:
                    job.wait(_POLL_S)


class Stills(QObject):
    """Pictures of single moments, each decoded in a child; of several wishes only the latest counts.

    Signals:
        ready: path, the time that was asked for in seconds, the JPEG.
        failed: path and error.
    """

    ready = Signal(object, float, bytes)
    failed = Signal(object, object)

    def __init__(self, thread: AnalysisThread | None = None) -> None:
        super().__init__()
        self._thread = thread
        self._wish = 0
        self._request = Request(Path())

    def want(self, path: Path, time_s: float) -> None:
        """Ask for the frame at a time; the answer comes as a signal."""
        if self._wish == 0:  # the thread starts with the first wish: most windows never have one
            self._thread = self._thread or AnalysisThread()
            self._thread.ended.connect(self._on_ended)
            self._thread.start()
        self._wish += 1
        self._request = Request(path, still_at_s=time_s)
        assert self._thread is not None
        self._thread.measure(self._wish, self._request)

    def close(self) -> None:
        """End child and thread."""
        if self._thread is not None and self._wish:
            self._thread.stop()
            self._thread.wait()

    def _on_ended(self, wish: int, word: Finished | Failed) -> None:
        if wish != self._wish:
            return
        if isinstance(word, Finished):
            jpeg = base64.b64decode(word.report.thumbnails[0].jpeg)
            self.ready.emit(self._request.path, self._request.still_at_s, jpeg)
        else:
            self.failed.emit(self._request.path, word.error)


class RecordingService(QObject):
    """The queue of recordings of the whole program: the start screen and an open course share it.

    Signals:
        changed: an item came, went, or got further.
        reported: an item has its report.
    """

    changed = Signal()
    reported = Signal(object)

    def __init__(self, regulation: Regulation, thread: AnalysisThread | None = None) -> None:
        super().__init__()
        self.queue = AnalysisQueue(regulation)
        self._current: int | None = None
        self.stills = Stills()
        self.background = Background(self)
        self._thread = thread or AnalysisThread()
        self._thread.progressed.connect(self._on_progress)
        self._thread.ended.connect(self._on_ended)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a recording is being measured."""
        return self._current is not None

    def add(self, path: Path, *, stage: Stage, role: RecordingRole, recording_id: str | None = None) -> QueueItem:
        """Put a recording into the queue."""
        item = self.queue.add(path, stage=stage, role=role, recording_id=recording_id)
        self._go_on()
        return item

    def add_kept(
        self,
        path: Path,
        *,
        stage: Stage,
        role: RecordingRole,
        recording_id: str,
        report: RecordingReport | None,
    ) -> None:
        """Show a recording of a course with the report kept of it."""
        self.queue.add_kept(path, stage=stage, role=role, recording_id=recording_id, report=report)
        self.changed.emit()

    def cancel(self, item_id: int) -> None:
        """Stop measuring an item, or do not begin with it."""
        if item_id == self._current:
            self._thread.cancel()
        else:
            self.queue.cancelled(item_id)
            self.changed.emit()

    def again(self, item_id: int) -> None:
        """Measure an item once more."""
        self.queue.again(item_id)
        self._go_on()

    def remove(self, item_id: int) -> None:
        """Take an item off the list."""
        if item_id == self._current:
            self._thread.cancel()
        self.queue.remove(item_id)
        self.changed.emit()

    def set_profile(self, item_id: int, stage: Stage, role: RecordingRole) -> None:
        """Judge an item as another stage or role."""
        self.queue.set_profile(item_id, stage, role)
        self.changed.emit()

    def close(self) -> None:
        """End children and threads."""
        self._thread.stop()
        self._thread.wait()
        self.stills.close()
        self.background.close()

    def _go_on(self) -> None:
        if self._current is None:
            item = self.queue.next_waiting()
            if item is not None:
                self._current = item.id
                self.queue.started(item.id)
                self._thread.measure(item.id, Request(item.path))
        self.changed.emit()

    def _on_progress(self, item_id: int, progress: Progress) -> None:
        self.queue.progressed(item_id, progress.done_s, progress.total_s, progress.eta_s)
        self.changed.emit()

    def _on_ended(self, item_id: int, word: Finished | Failed) -> None:
        if isinstance(word, Finished):
            self._take_report(item_id, word.report)
        elif word.code == "media_cancelled":
            self.queue.cancelled(item_id)
        else:
            self.queue.failed(item_id, word.error)
        self._current = None
        self._go_on()

    def _take_report(self, item_id: int, report: RecordingReport) -> None:
        self.queue.finished(item_id, report)
        item = self.queue.item(item_id)
        if item is not None:
            self.reported.emit(item)
