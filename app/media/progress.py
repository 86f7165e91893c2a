"""How far an analysis has come, and whether it is still wanted."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.model.errors import MediaError

EVERY_S: Final = 0.2


@dataclass(frozen=True)
class Progress:
    """Where an analysis stands.

    Attributes:
        done_s: seconds of the recording that were measured.
        total_s: length of the recording, None where the header does not say.
        frames: frames measured.
        eta_s: seconds until the end at the speed so far, None while that cannot be told.
    """

    done_s: float
    total_s: float | None
    frames: int
    eta_s: float | None


class ProgressMeter:
    """Tells the caller five times a second how far it is, and stops when the caller has lost interest.

    Args:
        name: name of the file, for the message of the end.
        tell: called with the progress; None for nobody.
        cancelled: asked as often.
        clock: seconds, rising.
    """

    def __init__(
        self,
        name: str,
        tell: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._tell, self._cancelled, self._clock = tell, cancelled, clock
        self._began_s = clock()
        self._told_s = self._began_s - EVERY_S
        self.total_s: float | None = None

    @property
    def elapsed_s(self) -> float:
        """Return the seconds since the start."""
        return self._clock() - self._began_s

    def tick(self, done_s: float, frames: int) -> None:
        """Report where it is.

        Raises:
            MediaError: ``media_cancelled``.
        """
        now_s = self._clock()
        if now_s - self._told_s < EVERY_S:
            return
        self._told_s = now_s
        if self._cancelled():
            raise MediaError("media_cancelled", name=self._name)
        if self._tell is not None:
            self._tell(Progress(round(done_s, 3), self.total_s, frames, self._eta_s(done_s, now_s - self._began_s)))

    def _eta_s(self, done_s: float, spent_s: float) -> float | None:
        if self.total_s is None or done_s <= 0.0 or spent_s <= 0.0:
            return None
        return round(max(self.total_s - done_s, 0.0) * spent_s / done_s, 1)
