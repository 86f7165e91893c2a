"""One thread for work that typing must not wait for: judging by the rules, drawing the preview.

Only the latest request of a kind counts: what came before and was not begun is dropped.
"""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal


class _Worker(QThread):
    done = Signal(str, object)
    failed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[str, Callable[[], object]] = {}
        self._condition = threading.Condition()
        self._stopping = False

    def submit(self, kind: str, job: Callable[[], object]) -> None:
        with self._condition:
            self._waiting[kind] = job
            self._condition.notify()

    def stop(self) -> None:
        with self._condition:
            self._stopping = True
            self._waiting.clear()
            self._condition.notify()

    def run(self) -> None:
        while True:
            with self._condition:
                while not self._waiting and not self._stopping:
                    self._condition.wait()
                if self._stopping:
                    return
                kind = next(iter(self._waiting))
                job = self._waiting.pop(kind)
            try:
                result = job()
            except Exception as error:  # noqa: BLE001 - carried to the window's thread, which shows or raises it
                self.failed.emit(kind, error)
            else:
                self.done.emit(kind, result)


class Background(QObject):
    """Runs jobs one after the other in a thread of its own and hands results back to the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = _Worker()
        self._callbacks: dict[str, tuple[Callable[[Any], None], Callable[[Exception], None]]] = {}
        self._worker.done.connect(self._on_done)
        self._worker.failed.connect(self._on_failed)
        self._worker.start()

    def submit(
        self,
        kind: str,
        job: Callable[[], Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        """Run a job; a waiting one of the same kind is replaced. The callbacks run on the window's thread."""
        self._callbacks[kind] = (on_done, on_error)
        self._worker.submit(kind, job)

    def close(self) -> None:
        """Let the running job end, drop the others, join the thread."""
        self._callbacks.clear()
        self._worker.stop()
        self._worker.wait()

    def _on_done(self, kind: str, result: object) -> None:
        if kind in self._callbacks:
            self._callbacks[kind][0](result)

    def _on_failed(self, kind: str, error: Exception) -> None:
        if kind in self._callbacks:
            self._callbacks[kind][1](error)
