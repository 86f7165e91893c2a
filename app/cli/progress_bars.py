"""Progress bars: on stderr, and only where that is a terminal."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from app.cli.call import Call

if TYPE_CHECKING:
    from rich.progress import Progress

    from app.media.child import Request
    from app.media.progress import Progress as Measured


@contextmanager
def step_bar(call: Call, name: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar for work in counted steps.

    Args:
        call: the command.
        name: its text for the bar, without the leading ``cli.``.

    Yields:
        What to tell of each step: how many are done, how many there are.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with _bar(call) as bar:
        task = bar.add_task(call.text(name), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class RecordingsBar:
    """One bar for all recordings of a check, each weighing as much as its file; it shows the time that is left.

    Args:
        call: the command.
        sizes_bytes: sizes of the files by their place in the order of the requests.
    """

    def __init__(self, call: Call, sizes_bytes: Mapping["Request", int]) -> None:
        self._call, self._sizes_bytes = call, sizes_bytes
        self._shares = dict.fromkeys(sizes_bytes, 0.0)
        self._ended = 0
        self._bar = _bar(call) if sys.stderr.isatty() else None
        if self._bar is not None:
            self._task = self._bar.add_task("", total=sum(sizes_bytes.values()) or None)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def progressed(self, request: "Request", progress: "Measured") -> None:
        """Take what a child says of its recording."""
        share = min(progress.done_s / progress.total_s, 1.0) if progress.total_s else 0.0
        self._shares[request] = max(self._shares[request], share)
        self._show(request.path.name)

    def ended(self, request: "Request") -> None:
        """Take that a recording has its report or its error."""
        self._shares[request] = 1.0
        self._ended += 1
        self._show(request.path.name)

    @contextmanager
    def set_aside(self) -> Iterator[None]:
        """Take the bar off the screen while results are printed."""
        self.__exit__()
        yield
        self.__enter__()

    def _show(self, name: str) -> None:
        if self._bar is None:
            return
        done_bytes = sum(self._sizes_bytes[request] * share for request, share in self._shares.items())
        text = self._call.text("check.progress", done=self._ended, total=len(self._shares), file=shown_name(name))
        self._bar.update(self._task, description=text, completed=done_bytes)


def shown_name(name: str) -> str:
    """Return a file's name without the characters that would command the terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


def _bar(call: Call) -> "Progress":
    # rich takes 0.1 s to load, which a call whose output goes to a program should not wait for.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn(call.text("check.left"), markup=False),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr, highlight=False, emoji=False),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
