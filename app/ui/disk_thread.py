"""The thread that writes the course, so that typing never waits for a slow disk."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal

from app.session.disk import Done


class DiskThread(QObject):
    """The session's `Disk`: one thread, one job at a time, ends told on the window's thread."""

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="course-disk")
        self._running: dict[Future[None], Done] = {}
        self._ended.connect(self._tell)

    def run(self, job: Callable[[], None], done: Done) -> None:
        """Run a job after those that were asked before; tell its end on the window's thread."""
        future = self._executor.submit(job)
        self._running[future] = done
        future.add_done_callback(self._ended.emit)

    def wait(self) -> None:
        """Return when everything asked so far has ended and was told."""
        for future in tuple(self._running):
            future.exception()
            self._tell(future)

    def close(self) -> None:
        """Let what is under way end and join the thread."""
        self.wait()
        self._executor.shutdown()

    def _tell(self, future: Future[None]) -> None:
        done = self._running.pop(future, None)
        if done is not None:  # `wait` may have told it before the signal came round
            done(future.exception())
