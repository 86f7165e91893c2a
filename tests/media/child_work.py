"""What the children of `test_child` do and how their word is waited for.

In a module of its own: a spawned child imports it, and the decoder's libraries would cost each of them a second.
"""

import os
import signal
import time
from collections.abc import Callable

from app.media.child import AnalysisJob, Message, Request
from app.media.progress import Progress
from app.model.errors import MediaError
from app.model.recording import RecordingReport

Tell = Callable[[Progress], None]
PATIENCE_S = 30.0
"""How long a test waits for a child on a busy machine before it gives up."""


def work(request: Request, tell: Tell) -> RecordingReport:
    tell(Progress(1.0, 2.0, 25, 1.0))
    return RecordingReport(path=str(request.path))


def refuse(request: Request, tell: Tell) -> RecordingReport:
    raise MediaError("media_empty", name=request.path.name)


def crash(request: Request, tell: Tell) -> RecordingReport:
    tell(Progress(1.0, 2.0, 25, 1.0))
    os._exit(42)


def break_down(request: Request, tell: Tell) -> RecordingReport:
    raise ZeroDivisionError("a fault of the program")


def hang(request: Request, tell: Tell) -> RecordingReport:
    tell(Progress(1.0, 2.0, 25, 1.0))
    time.sleep(600)
    raise AssertionError("the watchdog is asleep, too")


def hang_and_ignore_the_signal(request: Request, tell: Tell) -> RecordingReport:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    return hang(request, tell)


def crash_on_bad_names(request: Request, tell: Tell) -> RecordingReport:
    return crash(request, tell) if "bad" in request.path.name else work(request, tell)


def messages_until(job: AnalysisJob, kind: type[Message]) -> list[Message]:
    """Return the messages up to the first of a kind."""
    messages: list[Message] = []
    deadline_s = time.monotonic() + PATIENCE_S
    while not any(isinstance(message, kind) for message in messages):
        assert time.monotonic() < deadline_s, "the child says nothing"
        job.wait(0.5)
        messages += job.poll()
    return messages
