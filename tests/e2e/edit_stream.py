"""A program that edits a course without end, for `test_kill.py` to kill.

Run as a script. Each line of its input is a seed, a factor for the autosaver's times and a folder. It forks a child
that opens the course in that folder and edits it through `CourseStore`, `Autosaver` and `CourseFolder`, and answers
``ended <pid>`` once it was killed; the parent keeps the imports, so that a child lives within milliseconds. Where
there is no fork, it edits by itself, once.

What a child does it tells on its output, one line each, with `time.monotonic`:
``started <pid> 0``, ``applied <counter> <time>``, ``saving <counter> <time>``, ``saved <counter> <time>``.
"""

import heapq
import os
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.model.base import TextItem
from app.model.course import Course
from app.session.autosave import LIMIT_S, PAUSE_S, Autosaver
from app.session.edit import set_value
from app.session.scheduler import Handle
from app.session.store import CourseStore
from app.storage.course_folder import CourseFolder


class _LaterCall:
    def __init__(self, callback: Callable[[], None]) -> None:
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        self.callback = None


class LoopScheduler:
    """A scheduler of real time for a program with one loop."""

    def __init__(self) -> None:
        self._calls: list[tuple[float, int, _LaterCall]] = []
        self._count = 0

    def now_s(self) -> float:
        return time.monotonic()

    def call_later(self, delay_s: float, callback: Callable[[], None]) -> Handle:
        call = _LaterCall(callback)
        self._count += 1
        heapq.heappush(self._calls, (self.now_s() + delay_s, self._count, call))
        return call

    def run_until(self, end_s: float) -> None:
        """Make the calls that fall due until a moment, sleeping in between."""
        while True:
            next_s = min(self._calls[0][0], end_s) if self._calls else end_s
            if (wait_s := next_s - self.now_s()) > 0:
                time.sleep(wait_s)
            if next_s >= end_s:
                return
            call = heapq.heappop(self._calls)[2]
            if call.callback is not None:
                call.callback()


def tell(kind: str, number: int) -> None:
    """Write one line in one piece: what was told before the kill arrives."""
    os.write(1, f"{kind} {number} {time.monotonic()!r}\n".encode())


def counter_of(course: Course) -> int:
    """Return the counter that a course holds; both places must agree."""
    assert course.title == course.objectives[0].text
    return int(course.title)


def with_counter(course: Course, counter: int) -> Course:
    """Return the course with the counter in two places."""
    changed = set_value(course, "title", str(counter))
    return set_value(changed, "objectives/ob1/text", str(counter))


def first_course(texts: int) -> Course:
    """Return a course with counter 0 and so many objectives, which make its file larger."""
    rest = tuple(TextItem(id=f"ob{number}", text="Мақсат " * 20) for number in range(2, texts))
    return Course(title="0", objectives=(TextItem(id="ob1", text="0"), *rest))


def edit_without_end(path: Path, seed: int, scale: float) -> None:
    """Open the course and edit it until somebody ends this process."""
    chance = random.Random(seed)
    opened = CourseFolder.open(path, holder=f"stream {seed}")
    assert not opened.read_only
    scheduler = LoopScheduler()
    store = CourseStore(opened.course, scheduler)

    def save(course: Course) -> None:
        tell("saving", counter_of(course))
        opened.folder.save(course)
        tell("saved", counter_of(course))

    autosaver = Autosaver(store, save, scheduler, pause_s=PAUSE_S * scale, limit_s=LIMIT_S * scale)
    assert autosaver.mark.error is None
    counter = counter_of(opened.course)
    tell("started", os.getpid())
    while True:
        counter += 1
        store.apply("count", partial(with_counter, counter=counter), "count")
        tell("applied", counter)
        # Mostly quick typing, now and then a pause in which the course is saved.
        pause_s = chance.choice([0.001, 0.002, 0.005, 0.005, 0.03, 0.06])
        scheduler.run_until(time.monotonic() + pause_s)


def serve(edit: Callable[[Path, int, float], None]) -> None:
    """Fork a child that edits for each line of input, or be that child."""
    for line in sys.stdin:
        seed, scale, folder = line.rstrip("\n").split(" ", 2)
        pid = os.fork() if hasattr(os, "fork") else 0
        if pid == 0:
            edit(Path(folder), int(seed), float(scale))
        os.waitpid(pid, 0)
        tell("ended", pid)


if __name__ == "__main__":
    serve(edit_without_end)
