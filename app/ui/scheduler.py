"""Time for the session, by Qt's timers."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class TimerHandle:
    """A call that is planned and may be cancelled."""

    def __init__(self, timer: QTimer) -> None:
        self._timer = timer

    def cancel(self) -> None:
        """Drop the call; nothing happens when it has run already."""
        self._timer.stop()
        self._timer.deleteLater()


class QtScheduler(QObject):
    """The session's `Scheduler` on the window's thread."""

    def call_later(self, delay_s: float, callback: Callable[[], None]) -> TimerHandle:
        """Call back once after a delay in seconds."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(callback)
        timer.start(round(delay_s * 1000))
        return TimerHandle(timer)

    def now_s(self) -> float:
        """Return a clock that only goes forward, in seconds."""
        return time.monotonic()
