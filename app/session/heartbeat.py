"""Renewing the lock of an open course while nobody types."""

from collections.abc import Callable

from app.model.errors import StudioError
from app.session.scheduler import Handle, Scheduler
from app.storage.lock import BEAT_EVERY_S


class Heartbeat:
    """Calls ``beat`` every minute until closed; a beat that fails is told and the next one is tried all the same."""

    def __init__(
        self,
        beat: Callable[[], None],
        scheduler: Scheduler,
        *,
        on_failure: Callable[[StudioError], None],
        every_s: float = BEAT_EVERY_S,
    ) -> None:
        self._beat = beat
        self._scheduler = scheduler
        self._on_failure = on_failure
        self._every_s = every_s
        self._timer: Handle = scheduler.call_later(every_s, self._tick)

    def close(self) -> None:
        """Stop."""
        self._timer.cancel()

    def _tick(self) -> None:
        self._timer = self._scheduler.call_later(self._every_s, self._tick)
        try:
            self._beat()
        except StudioError as error:
            self._on_failure(error)
