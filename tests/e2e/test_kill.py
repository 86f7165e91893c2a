"""Nothing is lost (principle 9): the program is killed 200 times at random moments, mostly in the middle of a save.

Each time the course must open, whole, and hold every change that was made more than two seconds before the kill. For
the 200 kills the autosaver's times are shortened by `SCALE`, and the two seconds with them; a few more run at the real
pace. What the log shows as a gap, a save that takes the disk long or a machine that lets the program wait, is allowed
on top of the time by which the save has to start, since nothing shortens that.
"""

import contextlib
import os
import queue
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from app.session.autosave import LIMIT_S
from app.storage.course_folder import CourseFolder, read_course
from tests.e2e.edit_stream import counter_of, first_course

ROOT = Path(__file__).resolve().parents[2]
KILLS = 200
WORKERS = 4
SCALE = 0.05
PROMISE_S = 2.0
PATIENCE_S = 30.0


@dataclass(frozen=True)
class Line:
    kind: str
    number: int
    at_s: float


class Victim:
    """The editing program: started anew for each kill where there is no fork, else told to fork a child."""

    def __init__(self, module: str = "tests.e2e.edit_stream") -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._reader = threading.Thread()
        self._lines: queue.Queue[Line] = queue.Queue()
        self.pid = 0

    def start(self, folder: Path, seed: int, scale: float = SCALE) -> None:
        if self._process is None or self._process.poll() is not None:
            self._launch()
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(f"{seed} {scale} {folder}\n".encode())
        self._process.stdin.flush()
        self.pid = self.wait_for("started").number

    def _launch(self) -> None:
        self.close()
        script = f"import runpy; runpy.run_module({self._module!r}, run_name='__main__')"
        self._process = subprocess.Popen(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._lines = queue.Queue()
        self._reader = threading.Thread(target=self._read, args=(self._process, self._lines), daemon=True)
        self._reader.start()

    @staticmethod
    def _read(process: "subprocess.Popen[bytes]", lines: "queue.Queue[Line]") -> None:
        assert process.stdout is not None
        with process.stdout:
            for raw in process.stdout:
                kind, number, at_s = raw.decode().split()
                lines.put(Line(kind, int(number), float(at_s)))
        lines.put(Line("ended", 0, time.monotonic()))

    def next_line(self, until_s: float) -> Line | None:
        """Return the next line, None if there is none until that moment."""
        try:
            return self._lines.get(timeout=max(until_s - time.monotonic(), 0.0))
        except queue.Empty:
            return None

    def wait_for(self, kind: str) -> Line:
        line = self.next_line(time.monotonic() + PATIENCE_S)
        while line is not None and line.kind != kind:
            line = self.next_line(time.monotonic() + PATIENCE_S)
        assert line is not None, f"the program never said {kind}"
        return line

    def kill(self) -> tuple[float, list[Line]]:
        """Kill it; return when, and what it had said that was not read yet."""
        killed_at_s = time.monotonic()
        if hasattr(os, "fork"):
            os.kill(self.pid, 9)
        else:
            assert self._process is not None
            self._process.kill()
            self._process.wait()
        rest = []
        line = self.next_line(time.monotonic() + PATIENCE_S)
        while line is not None and line.kind != "ended":
            rest.append(line)
            line = self.next_line(time.monotonic() + PATIENCE_S)
        assert line is not None, "the program was killed and did not end"
        return killed_at_s, rest

    def close(self) -> None:
        if self._process is None:
            return
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it may have been killed itself
            self._process.stdin.close()
        self._process.wait(PATIENCE_S)
        self._reader.join(PATIENCE_S)
        self._process = None


@contextlib.contextmanager
def victim(module: str = "tests.e2e.edit_stream") -> Iterator[Victim]:
    one = Victim(module)
    try:
        yield one
    finally:
        one.close()


def new_course(folder: Path) -> None:
    CourseFolder.create(folder, first_course(texts=400), "atu-2025-02").close()


def watch_and_kill(one: Victim, chance: random.Random) -> tuple[float, list[Line], bool]:
    """Let it run for a random while and kill it: three times of four a moment after a save has begun.

    Returns:
        When it was killed, what it said, and whether it was killed in the middle of a save.
    """
    started_s = time.monotonic()
    lines: list[Line] = []
    in_save = chance.random() < 0.75
    saves_left = chance.randint(1, 4)
    end_s = started_s + (PATIENCE_S if in_save else chance.uniform(0.02, 4 * PROMISE_S * SCALE))
    while (line := one.next_line(end_s)) is not None:
        lines.append(line)
        if in_save and line.kind == "saving":
            saves_left -= 1
            if saves_left == 0:
                time.sleep(chance.uniform(0, 0.006))
                break
    killed_at_s, rest = one.kill()
    lines += rest
    events = [line.kind for line in lines if line.kind in ("saving", "saved")]
    return killed_at_s, lines, bool(events) and events[-1] == "saving"


def must_be_there(lines: list[Line], killed_at_s: float, scale: float) -> int:
    """Return the newest counter that the disk has to hold."""
    moments = [line.at_s for line in lines if line.at_s <= killed_at_s]
    gaps_s = [later - earlier for earlier, later in pairwise([*moments, killed_at_s])]
    age_s = max(PROMISE_S * scale, LIMIT_S * scale + 2 * max(gaps_s, default=0.0))
    return max((line.number for line in lines if line.kind == "applied" and killed_at_s - line.at_s > age_s), default=0)


def kill_again_and_again(folder: Path, seed: int, kills: int) -> tuple[int, int, int]:
    """Return how often it was killed in the middle of a save, how often something had to be there, and the counter."""
    chance = random.Random(seed)
    new_course(folder)
    in_saves = demands = counter = 0
    with victim() as one:
        for kill in range(kills):
            one.start(folder, seed * 1000 + kill)
            killed_at_s, lines, in_save = watch_and_kill(one, chance)
            in_saves += in_save
            opened = CourseFolder.open(folder, holder="next")
            assert not opened.read_only, "the lock of a killed program is taken over"
            assert [notice.code for notice in opened.notices] == ["lock_taken_over"]
            found = counter_of(opened.course)
            wanted = must_be_there(lines, killed_at_s, SCALE)
            demands += wanted > counter
            saved = max((line.number for line in lines if line.kind == "saved"), default=counter)
            assert found >= max(wanted, saved, counter), f"kill {kill} of seed {seed}"
            assert found <= max((line.number for line in lines), default=counter)
            counter = found
            opened.folder.close()
            names = {path.name for path in folder.iterdir()}
            assert names == {".mooc", "course.mooc", "materials", "recordings"}, "nothing is left lying about"
    return in_saves, demands, counter


@pytest.mark.timeout(180)
def test_whenever_the_program_is_killed_the_course_opens_and_has_all_but_the_last_two_seconds(tmp_path: Path) -> None:
    with ThreadPoolExecutor(WORKERS) as pool:
        tasks = [
            pool.submit(kill_again_and_again, tmp_path / f"course {number}", number, KILLS // WORKERS)
            for number in range(WORKERS)
        ]
        results = [task.result() for task in tasks]
    assert all(counter > 0 for _, _, counter in results)
    # The test would prove little if it never hit a save, or if nothing ever had to be there.
    assert sum(in_saves for in_saves, _, _ in results) >= KILLS // 10
    assert sum(demands for _, demands, _ in results) >= KILLS // 10


def kill_once_at_the_real_pace(folder: Path, lives_s: float) -> tuple[int, int]:
    """Return the counter that had to be on the disk and the one that is."""
    new_course(folder)
    with victim() as one:
        one.start(folder, 1, scale=1.0)
        end_s = time.monotonic() + lives_s
        lines = []
        while (line := one.next_line(end_s)) is not None:
            lines.append(line)
        killed_at_s, rest = one.kill()
    with CourseFolder.open(folder, holder="next").folder as opened:
        return must_be_there([*lines, *rest], killed_at_s, 1.0), counter_of(read_course(opened.path).course)


def test_at_the_real_pace_no_more_than_two_seconds_are_lost(tmp_path: Path) -> None:
    chance = random.Random(2)
    lives_s = [chance.uniform(2.1, 3.4) for _ in range(4)]
    with ThreadPoolExecutor(len(lives_s)) as pool:
        folders = [tmp_path / f"course {number}" for number in range(len(lives_s))]
        results = list(pool.map(kill_once_at_the_real_pace, folders, lives_s))
    assert any(wanted > 0 for wanted, _ in results)
    for wanted, found in results:
        assert found >= wanted


def test_while_the_program_lives_its_lock_holds_and_once_killed_it_does_not(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    new_course(folder)
    with victim() as one:
        one.start(folder, 7)
        beside = CourseFolder.open(folder, holder="beside")
        assert beside.read_only
        assert beside.lock_holder is not None
        assert (beside.lock_holder.holder, beside.lock_holder.pid) == ("stream 7", one.pid)
        one.kill()
        after = CourseFolder.open(folder, holder="after")
        assert not after.read_only
        after.folder.close()
