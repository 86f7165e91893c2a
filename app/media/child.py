"""The analysis in a child process: a damaged file can kill the child, never the program (principle 8).

The child is always spawned. It sends progress and its result through a pipe; it holds the end of a second pipe, the
leash, and ends by itself as soon as the parent lets go of it, also when the parent dies. The entry of a frozen program
must call `multiprocessing.freeze_support()` first.
"""

import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from app.media.progress import Progress
from app.model.errors import MediaError
from app.model.recording import RecordingReport

STALL_S: Final = 60.0
"""A child that shows no progress for so long is ended."""
_KIND_END_S: Final = 0.3
_LAST_END_S: Final = 5.0
_LOOK_S: Final = 0.2


@dataclass(frozen=True)
class Request:
    """What is to be measured; see `analyse`.

    Attributes:
        still_at_s: nothing is measured, the frame at this time is wanted; see `still_report`.
    """

    path: Path
    sound_path: Path | None = None
    quick: bool = False
    still_at_s: float | None = None


@dataclass(frozen=True)
class Finished:
    """The child's last word: the report."""

    report: RecordingReport


@dataclass(frozen=True)
class Failed:
    """The last word of or about a child that gives no report.

    Attributes:
        code: code of the `MediaError`.
        params: its parameters.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def error(self) -> MediaError:
        """Return it as an error to raise."""
        return MediaError(self.code, **self.params)


Message = Progress | Finished | Failed
Worker = Callable[[Request, Callable[[Progress], None]], RecordingReport]


def measure(request: Request, tell: Callable[[Progress], None]) -> RecordingReport:
    """Do the work of a child: the worker of every job outside the tests."""
    # Imported here: the decoder's libraries cost the window half a second of its start, and only the child needs them.
    if request.still_at_s is not None:
        from app.media.still import still_report

        return still_report(request.path, request.still_at_s)
    from app.media.analyse import analyse

    return analyse(request.path, sound_path=request.sound_path, quick=request.quick, progress=tell)


class AnalysisJob:
    """One recording measured in one child.

    All methods return at once but `wait` and, for up to a second, `cancel` and `close`. Use it from one thread.

    Args:
        request: what to measure.
        stall_s: the child is ended after so many seconds without progress.
        worker: what the child does; a function of a module, so that the child can import it.
        clock: seconds, rising.
    """

    def __init__(
        self,
        request: Request,
        *,
        stall_s: float = STALL_S,
        worker: Worker = measure,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.request = request
        self._stall_s, self._worker, self._clock = stall_s, worker, clock
        self._process: SpawnProcess | None = None
        self._results: Connection | None = None
        self._leash: Connection | None = None
        self._sign_of_life_s = 0.0
        self._last_word: Finished | Failed | None = None
        self._untold: list[Message] = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def finished(self) -> bool:
        """Tell whether the last word was said; `poll` may still have to hand it over."""
        return self._last_word is not None

    @property
    def pid(self) -> int | None:
        """Return the child's process id, None before `start` and after the end."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Start the child. A job is started once."""
        assert self._process is None, "a job is started once"
        context = multiprocessing.get_context("spawn")
        self._results, child_results = context.Pipe(duplex=False)
        child_leash, self._leash = context.Pipe(duplex=False)
        process = context.Process(
            target=_serve, args=(self._worker, self.request, child_results, child_leash), daemon=True
        )
        with _interrupt_held():
            process.start()
            self._process = process
        child_results.close()
        child_leash.close()
        self._sign_of_life_s = self._clock()

    def poll(self) -> list[Message]:
        """Return what has happened since the last call; the last message of a job is `Finished` or `Failed`."""
        if self._last_word is None and self._process is not None:
            ended = not self._process.is_alive()  # asked before the pipe is emptied: nothing can follow
            self._drain()
            silent_s = self._clock() - self._sign_of_life_s
            if not self.finished and ended:
                self._end(self._failed("media_child_crashed", exit_code=self._process.exitcode))
            elif not self.finished and silent_s > self._stall_s:
                self._end(self._failed("media_stalled", seconds=round(self._stall_s)))
        messages, self._untold = self._untold, []
        return messages

    def wait(self, timeout_s: float) -> None:
        """Wait until `poll` may have something to tell, at most the given time."""
        if self._results is not None:
            wait([self._results], timeout_s)

    def cancel(self) -> None:
        """End the child at once; the last word is ``media_cancelled`` unless it was said already."""
        if self._last_word is None:
            self._end(self._failed("media_cancelled"))

    def close(self) -> None:
        """End the child if it still runs and give back all it held; no process and no pipe is left."""
        if self._process is not None:
            if self._last_word is None:
                self._process.terminate()
            self._process.join(_KIND_END_S)
            if self._process.is_alive():
                self._process.kill()
                self._process.join(_LAST_END_S)
            self._process.close()
            self._process = None
        for pipe in (self._results, self._leash):
            if pipe is not None:
                pipe.close()
        self._results = self._leash = None

    def _drain(self) -> None:
        try:
            while self._last_word is None and self._results is not None and self._results.poll():
                message: Message = self._results.recv()
                self._sign_of_life_s = self._clock()
                if isinstance(message, Progress):
                    self._untold.append(message)
                else:
                    self._end(message)
        except (EOFError, OSError):
            return  # the child is gone; its exit tells the rest

    def _end(self, word: Finished | Failed) -> None:
        self._last_word = word
        self._untold.append(word)
        if isinstance(word, Failed) and self._process is not None:
            self._process.terminate()
        self.close()

    def _failed(self, code: str, **params: object) -> Failed:
        return Failed(code, {"name": self.request.path.name, **params})


def analyse_in_child(
    request: Request,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    stall_s: float = STALL_S,
    worker: Worker = measure,
) -> RecordingReport:
    """Measure a recording in a child and wait for it.

    Raises:
        MediaError: of `analyse`, or ``media_child_crashed``, ``media_stalled``.
    """
    for _, outcome in analyse_many(
        [request],
        on_progress=None if on_progress is None else lambda _, progress: on_progress(progress),
        stall_s=stall_s,
        worker=worker,
    ):
        if isinstance(outcome, MediaError):
            raise outcome
        return outcome
    raise AssertionError("one request has one outcome")


def analyse_many(
    requests: Iterable[Request],
    *,
    jobs: int = 1,
    on_progress: Callable[[Request, Progress], None] | None = None,
    stall_s: float = STALL_S,
    worker: Worker = measure,
) -> Generator[tuple[Request, RecordingReport | MediaError]]:
    """Measure recordings in children, several at a time; one that fails does not stop the others.

    Args:
        requests: what to measure.
        jobs: children at a time.
        on_progress: called for every progress of every child.
        stall_s: see `AnalysisJob`.
        worker: see `AnalysisJob`.

    Yields:
        Request and outcome, in the order of the requests.
    """
    waiting = list(requests)
    running: list[tuple[AnalysisJob, list[RecordingReport | MediaError]]] = []
    try:
        while waiting or running:
            while waiting and sum(not job.finished for job, _ in running) < max(jobs, 1):
                job = AnalysisJob(waiting.pop(0), stall_s=stall_s, worker=worker)
                running.append((job, []))
                job.start()
            _wait_for_any([job for job, _ in running if not job.finished])
            for job, outcome in running:
                _take(job, outcome, on_progress)
            while running and running[0][1]:
                job, outcome = running.pop(0)
                yield job.request, outcome[0]
    finally:
        for job, _ in running:
            job.close()


def _wait_for_any(jobs: list[AnalysisJob]) -> None:
    pipes = [job._results for job in jobs if job._results is not None]  # noqa: SLF001 - same module
    if pipes:
        wait(pipes, _LOOK_S)


def _take(
    job: AnalysisJob,
    outcome: list[RecordingReport | MediaError],
    on_progress: Callable[[Request, Progress], None] | None,
) -> None:
    for message in job.poll():
        if isinstance(message, Finished):
            outcome.append(message.report)
        elif isinstance(message, Failed):
            outcome.append(message.error)
        elif on_progress is not None:
            on_progress(job.request, message)


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Hold Ctrl+C back while a child starts: half started it could be neither ended nor asked."""
    mask = getattr(signal, "pthread_sigmask", None)
    if mask is None:  # Windows sends Ctrl+C in another way, to each process by itself
        yield
        return
    resource_tracker.ensure_running()  # started by the first child otherwise, and would keep the signal blocked
    old = mask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, old)


def _serve(worker: Worker, request: Request, results: "Connection[Any, Any]", leash: "Connection[Any, Any]") -> None:
    """Run in the child: work, tell, end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which lets go of the leash
    threading.Thread(target=_end_with_parent, args=(leash,), daemon=True).start()
    last_word: Finished | Failed
    try:
        last_word = Finished(worker(request, results.send))
    except MediaError as error:
        last_word = Failed(error.code, error.params)
    except Exception:  # noqa: BLE001 - the parent gets it with its traceback as the child's last word
        details = traceback.format_exc()
        last_word = Failed("media_child_crashed", {"name": request.path.name, "details": details})
    try:
        results.send(last_word)
    except OSError:
        os._exit(1)  # nobody listens any more


def _end_with_parent(leash: "Connection[Any, Any]") -> None:
    """Wait until the parent lets go, by closing its end or by dying; then end at once, whatever C code is doing."""
    wait([leash])
    os._exit(1)
