"""The atomic write: the old content or the new one, never a mixture, and a clear word about what went wrong."""

import errno
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from app.model.errors import ProjectFileError
from app.storage.atomic import REPLACE_PATIENCE_S, remove_leftovers, write_atomic
from app.storage.os_errors import write_error
from tests.storage.manual_clock import ManualClock

OLD, NEW = b"old content", b"new content, longer than the old one"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "course.mooc"
    path.write_bytes(OLD)
    return path


def failing(number: int, times: int = 10**9) -> Any:
    """Return a function that raises an OSError so many times, and how often it was called."""
    calls = []

    def fail(*_: object, **__: object) -> Any:
        calls.append(1)
        if len(calls) <= times:
            raise OSError(number, os.strerror(number))

    fail.calls = calls  # type: ignore[attr-defined]  # a function may carry attributes
    return fail


def refused(target: Path, **arguments: Any) -> ProjectFileError:
    with pytest.raises(ProjectFileError) as caught:
        write_atomic(target, NEW, **arguments)
    return caught.value


def test_the_new_content_takes_the_place_and_nothing_else_is_left(target: Path) -> None:
    write_atomic(target, NEW)
    assert target.read_bytes() == NEW
    assert list(target.parent.iterdir()) == [target]


def test_the_content_is_on_the_disk_before_it_takes_the_place(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = []
    real_sync, real_replace = os.fsync, os.replace

    def sync(descriptor: int) -> None:
        order.append("sync folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "sync file")
        real_sync(descriptor)

    def replace(*arguments: Any) -> None:
        order.append("replace")
        real_replace(*arguments)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", replace)
    write_atomic(target, NEW)
    assert order == ["sync file", "replace", "sync folder"][: 3 if os.name == "posix" else 2]


def test_a_short_write_is_continued(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real_write(descriptor, bytes(data[:3])))
    write_atomic(target, NEW)
    assert target.read_bytes() == NEW


@pytest.mark.parametrize("function", ["write", "fsync"])
@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EIO, "file_not_written"), (errno.EROFS, "folder_read_only")],
)
def test_a_failed_write_leaves_the_old_file_alone(
    target: Path, monkeypatch: pytest.MonkeyPatch, function: str, number: int, code: str
) -> None:
    monkeypatch.setattr(os, function, failing(number))
    assert refused(target).code == code
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_without_write_permission_says_so(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", failing(errno.EACCES))
    error = refused(target)
    assert (error.code, error.params["path"]) == ("folder_read_only", target.parent)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere, Windows has other rights")
def test_a_real_folder_without_write_permission_says_so(target: Path) -> None:
    target.parent.chmod(0o500)
    try:
        assert refused(target).code == "folder_read_only"
    finally:
        target.parent.chmod(0o700)
    assert target.read_bytes() == OLD


def test_a_folder_that_vanished_is_not_made_anew(tmp_path: Path) -> None:
    gone = tmp_path / "usb" / "course"
    assert refused(gone / "course.mooc").code == "folder_gone"
    assert not gone.parent.exists()


def test_a_refused_replace_is_tried_again_until_it_works(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    time, real_replace = ManualClock(), os.replace
    refuse = failing(errno.EACCES, times=4)

    def replace(*arguments: Any) -> None:
        refuse()
        real_replace(*arguments)

    monkeypatch.setattr(os, "replace", replace)
    write_atomic(target, NEW, clock=time.clock)
    assert target.read_bytes() == NEW
    assert len(time.sleeps_s) == 4


def test_a_replace_that_stays_refused_ends_beside_after_two_seconds(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    time, real_replace, beside = ManualClock(), os.replace, target.with_name("beside.mooc")

    def replace(source: Path, destination: Path) -> None:
        if Path(destination) == target:
            raise PermissionError(errno.EACCES, "held")
        real_replace(source, destination)

    monkeypatch.setattr(os, "replace", replace)
    error = refused(target, beside=beside, clock=time.clock)
    assert (error.code, error.params["saved_as"]) == ("course_saved_beside", "beside.mooc")
    assert (target.read_bytes(), beside.read_bytes()) == (OLD, NEW)
    assert sorted(target.parent.iterdir()) == [beside, target]
    assert sum(time.sleeps_s) == pytest.approx(REPLACE_PATIENCE_S)


def test_without_a_place_beside_a_held_file_is_an_error(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", failing(errno.EBUSY))
    assert refused(target, clock=ManualClock().clock).code == "file_held"
    assert list(target.parent.iterdir()) == [target]


def test_a_replace_that_fails_otherwise_is_not_tried_again(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail = failing(errno.EIO)
    monkeypatch.setattr(os, "replace", fail)
    time = ManualClock()
    assert refused(target, clock=time.clock).code == "file_not_written"
    assert (len(fail.calls), time.sleeps_s) == (1, [])


@pytest.mark.skipif(os.name != "posix", reason="only POSIX syncs folders")
def test_a_file_system_that_cannot_sync_a_folder_is_good_enough(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_sync = os.fsync

    def sync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "no such thing here")
        real_sync(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    write_atomic(target, NEW)
    assert target.read_bytes() == NEW


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_private_file_stays_private(target: Path) -> None:
    target.chmod(0o600)
    write_atomic(target, NEW)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights on Windows")
def test_a_symbolic_link_stays_one_and_its_file_is_written(target: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = elsewhere / "course.mooc"
    link.symlink_to(target)
    write_atomic(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


def test_leftovers_of_a_killed_program_are_cleared_and_nothing_else(target: Path) -> None:
    leftover = target.with_name(".course.mooc.0a1b2c3d.tmp")
    others = [target.with_name(name) for name in (".other.mooc.0a1b2c3d.tmp", ".course.mooc.tmp", "notes.tmp")]
    for path in (leftover, *others):
        path.write_bytes(b"half")
    remove_leftovers(target)
    assert sorted(target.parent.iterdir()) == sorted([target, *others])


@pytest.mark.parametrize(
    ("windows_code", "code"), [(112, "disk_full"), (39, "disk_full"), (21, "folder_gone"), (53, "folder_gone")]
)
def test_what_windows_says_counts_more_than_its_errno(tmp_path: Path, windows_code: int, code: str) -> None:
    error = OSError(errno.EACCES, "said by Windows")
    error.winerror = windows_code  # type: ignore[attr-defined,unused-ignore]  # only Windows has it of itself
    assert write_error(error, tmp_path / "course.mooc").code == code
