"""One course, one writer: who comes second waits, who has ended holds nothing."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.model.errors import ProjectFileError
from app.storage import lock as lock_module
from app.storage import processes
from app.storage.lock import BEAT_EVERY_S, STALE_AFTER, CourseLock, LockInfo, acquire, lock_path
from tests.storage.manual_clock import ManualClock

STALE_S = STALE_AFTER.total_seconds()


def taken(folder: Path, holder: str = "Айгүл", time: ManualClock | None = None) -> CourseLock:
    lock = acquire(folder, holder, (time or ManualClock()).clock)
    assert isinstance(lock, CourseLock)
    return lock


def put(folder: Path, **changes: object) -> LockInfo:
    """Write a lock as another process would."""
    now = ManualClock().now()
    values = {"holder": "Болат", "host": "elsewhere", "pid": 4711, "token": "t", "taken_at": now, "beat_at": now}
    info = LockInfo.model_validate(values | changes)
    lock_path(folder).parent.mkdir(exist_ok=True)
    lock_path(folder).write_text(info.model_dump_json(), encoding="utf-8")
    return info


def ended_pid() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_the_second_is_told_who_holds_the_course(tmp_path: Path) -> None:
    taken(tmp_path, "Айгүл")
    holder = acquire(tmp_path, "Болат", ManualClock().clock)
    assert isinstance(holder, LockInfo)
    assert (holder.holder, holder.pid, holder.host) == ("Айгүл", os.getpid(), processes.host_name())


def test_a_lock_given_back_is_free(tmp_path: Path) -> None:
    taken(tmp_path).release()
    assert not lock_path(tmp_path).exists()
    assert taken(tmp_path).taken_from is None


def test_only_the_lock_is_left_in_the_folder(tmp_path: Path) -> None:
    taken(tmp_path)
    acquire(tmp_path, "x", ManualClock().clock)
    assert list((tmp_path / ".mooc").iterdir()) == [lock_path(tmp_path)]


def test_a_process_of_this_computer_that_ended_holds_nothing(tmp_path: Path) -> None:
    put(tmp_path, host=processes.host_name(), pid=ended_pid())
    lock = taken(tmp_path)
    assert lock.taken_from is not None
    assert lock.taken_from.holder == "Болат"


def test_a_process_number_given_to_another_process_holds_nothing(tmp_path: Path) -> None:
    put(tmp_path, host=processes.host_name(), pid=os.getpid(), process_started="another start")
    if processes.start_mark(os.getpid()):
        taken(tmp_path)
    else:  # this system does not tell when a process started
        assert isinstance(acquire(tmp_path, "x", ManualClock().clock), LockInfo)


@pytest.mark.parametrize(("age_s", "free"), [(0, False), (STALE_S - 1, False), (STALE_S + 1, True), (-3600, False)])
def test_another_computer_holds_the_course_while_its_heart_beats(tmp_path: Path, age_s: float, free: bool) -> None:
    put(tmp_path)
    time = ManualClock()
    time.advance(age_s)
    assert isinstance(acquire(tmp_path, "x", time.clock), CourseLock) is free


def test_a_running_process_keeps_its_lock_however_long_it_sleeps(tmp_path: Path) -> None:
    taken(tmp_path)
    time = ManualClock()
    time.advance(STALE_S * 10)
    kept = isinstance(acquire(tmp_path, "x", time.clock), LockInfo)
    assert kept is bool(processes.start_mark(os.getpid()))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"token": 5}', b"\xff"])
def test_a_damaged_lock_holds_nothing(tmp_path: Path, content: bytes) -> None:
    lock_path(tmp_path).parent.mkdir()
    lock_path(tmp_path).write_bytes(content)
    taken(tmp_path).confirm()


def test_the_heart_beats_when_it_is_due(tmp_path: Path) -> None:
    time = ManualClock()
    lock = taken(tmp_path, time=time)
    before = lock_path(tmp_path).read_bytes()
    lock.confirm()
    assert lock_path(tmp_path).read_bytes() == before
    time.advance(BEAT_EVERY_S)
    lock.confirm()
    info = LockInfo.model_validate_json(lock_path(tmp_path).read_bytes())
    assert (info.taken_at, info.beat_at) == (time.start, time.now())


def test_a_lock_that_someone_else_took_is_lost_and_stays_theirs(tmp_path: Path) -> None:
    lock = taken(tmp_path)
    put(tmp_path, holder="Болат", host="elsewhere")
    with pytest.raises(ProjectFileError) as caught:
        lock.confirm()
    assert (caught.value.code, caught.value.params["holder"]) == ("lock_lost", "Болат")
    lock.release()
    assert lock_path(tmp_path).exists()


def test_a_lock_that_was_swept_away_is_written_again(tmp_path: Path) -> None:
    lock = taken(tmp_path)
    lock_path(tmp_path).unlink()
    lock.confirm()
    assert isinstance(acquire(tmp_path, "x", ManualClock().clock), LockInfo)


def test_where_there_are_no_hard_links_the_lock_is_exclusive_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(os, "link", refuse)
    taken(tmp_path)
    assert isinstance(acquire(tmp_path, "x", ManualClock().clock), LockInfo)


def test_a_folder_that_cannot_be_written_is_an_expected_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(ProjectFileError) as caught:
        acquire(tmp_path, "x", ManualClock().clock)
    assert caught.value.code == "folder_read_only"


def test_who_takes_a_fresh_lock_for_a_stale_one_puts_it_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two find the same stale lock; the other is quicker by the moment between reading and taking away."""
    put(tmp_path, token="stale", beat_at=ManualClock().now() - 2 * STALE_AFTER)
    real_clear = lock_module._clear

    def clear_late(path: Path, stale: LockInfo | None) -> LockInfo | None:
        put(tmp_path, holder="Quick", token="fresh")
        return real_clear(path, stale)

    monkeypatch.setattr(lock_module, "_clear", clear_late)
    holder = acquire(tmp_path, "Slow", ManualClock().clock)
    assert isinstance(holder, LockInfo)
    assert holder.holder == "Quick"
    assert LockInfo.model_validate_json(lock_path(tmp_path).read_bytes()).token == "fresh"


def test_of_many_who_come_at_once_one_gets_the_course(tmp_path: Path) -> None:
    put(tmp_path, host=processes.host_name(), pid=ended_pid())
    results: list[CourseLock | LockInfo] = []
    start = threading.Barrier(8)

    def come() -> None:
        start.wait()
        results.append(acquire(tmp_path, "x"))

    threads = [threading.Thread(target=come) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    owners = []
    for lock in results:
        if isinstance(lock, CourseLock):
            try:
                lock.confirm()
            except ProjectFileError:
                continue
            owners.append(lock)
    assert len(results) == 8
    assert len(owners) == 1


def test_processes_are_told_alive_from_ended() -> None:
    assert processes.start_mark(os.getpid()) is not None
    assert processes.start_mark(os.getpid()) == processes.start_mark(os.getpid())
    assert processes.start_mark(ended_pid()) is None
    for impossible in (0, -1, 2**31, 2**70):
        assert processes.start_mark(impossible) is None


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="zombies are told by /proc")
def test_a_zombie_has_ended() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.read()  # returns when the process ends, without reaping it
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert processes.start_mark(child.pid) is None
    child.wait()
    child.stdout.close()


def test_a_system_without_proc_still_tells_the_living(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(processes, "_PROC", tmp_path)
    if os.name == "posix":
        assert processes.start_mark(os.getpid()) == ""
