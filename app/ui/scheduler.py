"""Time for the session, by Qt's timers."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class TimerHandle:
    """A call that is planned and may be cancelled."""

    def __init__(self, timer: QTimer, callback: Callable[[], None]) -> None:
        self._timer: QTimer | None = timer
        self._callback = callback
        timer.timeout.connect(self._fire)

    def cancel(self) -> None:
        """Drop the call; nothing happens when it was made already."""
        if self._timer is not None:
            self._timer.stop()
            self._timer.deleteLater()
            self._timer = None

    def _fire(self) -> None:
        self.cancel()
        self._callback()


class QtScheduler(QObject):
    """The session's `Scheduler` on the window's thread."""

    def call_later(self, delay_s: float, callback: Callable[[], None]) -> TimerHandle:
        """Call back once after a delay in seconds."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        handle = TimerHandle(timer, callback)
        timer.start(round(delay_s * 1000))
        return handle

    def now_s(self) -> float:
        """Return a clock that only goes forward, in seconds."""
        return time.monotonic()
