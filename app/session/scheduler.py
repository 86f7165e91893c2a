"""All that `app.session` knows of time. The window implements it with QTimer, tests by hand."""

from collections.abc import Callable
from typing import Protocol


class Handle(Protocol):
    """A call that is still to come."""

    def cancel(self) -> None:
        """Take the call back; nothing happens if it was made already."""


class Scheduler(Protocol):
    """Calls back later, on the thread on which it was asked."""

    def call_later(self, delay_s: float, callback: Callable[[], None]) -> Handle:
        """Call ``callback`` once, ``delay_s`` seconds from now, and not before this call has returned."""

    def now_s(self) -> float:
        """Return seconds that never run backwards."""
