"""A scheduler whose time runs only when a test says so."""

from collections.abc import Callable


class ManualHandle:
    def __init__(self, at_s: float, callback: Callable[[], None]) -> None:
        self.at_s = at_s
        self.callback = callback
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class ManualScheduler:
    def __init__(self) -> None:
        self._now_s = 100.0
        self._handles: list[ManualHandle] = []

    def now_s(self) -> float:
        return self._now_s

    def call_later(self, delay_s: float, callback: Callable[[], None]) -> ManualHandle:
        assert delay_s >= 0
        handle = ManualHandle(self._now_s + delay_s, callback)
        self._handles.append(handle)
        return handle

    @property
    def waiting(self) -> int:
        """How many calls are still to come."""
        return sum(not handle.cancelled for handle in self._handles)

    def advance(self, seconds: float) -> None:
        """Let time pass and make the calls that fall due, in order, each at its own moment."""
        end_s = self._now_s + seconds
        while True:
            self._handles = [handle for handle in self._handles if not handle.cancelled]
            due = min((handle for handle in self._handles if handle.at_s <= end_s), key=lambda h: h.at_s, default=None)
            if due is None:
                break
            self._handles.remove(due)
            self._now_s = max(self._now_s, due.at_s)
            due.callback()
        self._now_s = end_s
