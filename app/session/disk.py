"""Where a save runs: at once, or beside the thread on which the course is changed."""

from collections.abc import Callable
from typing import Protocol

Done = Callable[[BaseException | None], None]
"""Called with what the job raised, None if nothing."""


class Disk(Protocol):
    """Runs jobs one after the other; ``done`` is called on the thread that asked."""

    def run(self, job: Callable[[], None], done: Done) -> None:
        """Run a job and tell its end."""

    def wait(self) -> None:
        """Return when the job under way, if there is one, has ended and told so."""


class AtOnce:
    """Runs a job before `run` returns."""

    def run(self, job: Callable[[], None], done: Done) -> None:
        """Run the job and tell its end."""
        try:
            job()
        except BaseException as error:  # noqa: BLE001 - told, and raised by whoever is told what it cannot expect
            done(error)
        else:
            done(None)

    def wait(self) -> None:
        """Return: nothing is ever under way."""
