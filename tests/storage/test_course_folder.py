"""A course folder from its making to its closing, and everything that can go wrong in between."""

import errno
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.model.course import Course
from app.model.errors import ProjectFileError
from app.storage import course_folder as module
from app.storage.backups import backups_folder
from app.storage.course_file import encode, read
from app.storage.course_folder import CourseFolder, OpenedCourse, folder_of, read_course
from app.storage.lock import STALE_AFTER, lock_path
from app.storage.recovery import recoverable_backups
from tests.storage.manual_clock import ManualClock

REGULATION = "atu-2025-02"
FIRST, SECOND, THIRD = (Course(title=title) for title in ("first", "second", "third"))


@pytest.fixture
def time() -> ManualClock:
    return ManualClock()


@pytest.fixture
def path(tmp_path: Path, time: ManualClock) -> Path:
    """A closed course folder with the first course in it."""
    folder = tmp_path / "Деректер қоры"
    CourseFolder.create(folder, FIRST, REGULATION, clock=time.clock).close()
    return folder


def opened(path: Path, time: ManualClock, holder: str = "Айгүл") -> OpenedCourse:
    return CourseFolder.open(path, holder=holder, clock=time.clock)


def refused(folder: CourseFolder, course: Course = SECOND) -> ProjectFileError:
    with pytest.raises(ProjectFileError) as caught:
        folder.save(course)
    return caught.value


def on_disk(path: Path) -> Course:
    return read(path / "course.mooc").course


def names_in(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())


def hold(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let another program hold the course file from now on."""
    real_replace = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == "course.mooc":
            raise PermissionError(errno.EACCES, "held")
        real_replace(source, target)

    monkeypatch.setattr(os, "replace", replace)


def test_a_new_folder_is_one_that_a_lecturer_understands(path: Path) -> None:
    assert names_in(path) == [".mooc", "course.mooc", "materials", "recordings"]
    assert on_disk(path) == FIRST


def test_a_folder_with_other_files_may_become_a_course(tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_bytes(b"x")
    CourseFolder.create(tmp_path, FIRST, REGULATION).close()
    assert on_disk(tmp_path) == FIRST


def test_a_course_is_never_created_over_another(path: Path) -> None:
    with pytest.raises(ProjectFileError) as caught:
        CourseFolder.create(path, SECOND, REGULATION)
    assert caught.value.code == "course_exists"
    assert on_disk(path) == FIRST


def test_a_file_is_no_place_for_a_course(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(ProjectFileError) as caught:
        CourseFolder.create(tmp_path / "file", FIRST, REGULATION)
    assert caught.value.code == "not_a_folder"


def test_a_created_course_is_held_by_its_maker(tmp_path: Path, time: ManualClock) -> None:
    with CourseFolder.create(tmp_path, FIRST, REGULATION, holder="Айгүл", clock=time.clock) as folder:
        second = opened(tmp_path, time, "Болат")
        assert second.read_only
        assert second.lock_holder is not None
        assert second.lock_holder.holder == "Айгүл"
        folder.save(SECOND)
    assert not opened(tmp_path, time).read_only


def test_a_course_that_cannot_be_written_when_created_leaves_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ProjectFileError) as caught:
        CourseFolder.create(tmp_path, FIRST, REGULATION)
    assert caught.value.code == "disk_full"
    assert not lock_path(tmp_path).exists()
    assert not (tmp_path / "course.mooc").exists()


@pytest.mark.parametrize("name", ["", "course.mooc", "course (saved x).mooc"])
def test_the_folder_and_a_file_in_it_mean_the_same_course(path: Path, time: ManualClock, name: str) -> None:
    (path / "course (saved x).mooc").write_bytes(b"")
    assert folder_of(path / name) == path
    assert opened(path / name, time).course == FIRST
    assert read_course(path / name).course == FIRST


def test_reading_takes_no_lock_and_writes_nothing(path: Path) -> None:
    before = sorted(path.rglob("*"))
    assert read_course(path).regulation_id == REGULATION
    assert sorted(path.rglob("*")) == before


@pytest.mark.parametrize("name", ["gone", "gone/course.mooc", "course.mooc"])
def test_where_no_course_is_none_is_opened_and_nothing_made(tmp_path: Path, time: ManualClock, name: str) -> None:
    with pytest.raises(ProjectFileError) as caught:
        opened(tmp_path / name, time)
    assert caught.value.code == "course_missing"
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_there_when_it_is_opened_again(path: Path, time: ManualClock) -> None:
    with opened(path, time).folder as folder:
        folder.save(SECOND, regulation_id="atu-2026-01")
        folder.save(THIRD)
    again = opened(path, time)
    assert (again.course, again.regulation_id, again.notices) == (THIRD, "atu-2026-01", ())


def test_the_second_opener_reads_and_cannot_save(path: Path, time: ManualClock) -> None:
    opened(path, time, "Айгүл")
    second = opened(path, time, "Болат")
    assert second.read_only
    assert second.course == FIRST
    assert [(notice.code, notice.params["holder"]) for notice in second.notices] == [("opened_read_only_held", "Айгүл")]
    error = refused(second.folder)
    assert (error.code, error.params["holder"]) == ("course_read_only", "Айгүл")
    second.folder.close()
    assert lock_path(path).exists()


def test_a_damaged_course_is_refused_without_keeping_the_lock(path: Path, time: ManualClock) -> None:
    (path / "course.mooc").write_bytes(b"damaged")
    with pytest.raises(ProjectFileError):
        opened(path, time)
    assert not lock_path(path).exists()


def test_a_folder_without_write_permission_is_opened_to_read(
    path: Path, time: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    course = opened(path, time)
    assert course.read_only
    assert [notice.code for notice in course.notices] == ["opened_read_only_folder"]
    assert refused(course.folder).code == "folder_read_only"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere, Windows has other rights")
def test_a_real_folder_without_write_permission_is_opened_to_read(path: Path, time: ManualClock) -> None:
    (path / ".mooc").chmod(0o500)
    path.chmod(0o500)
    try:
        assert opened(path, time).read_only
    finally:
        path.chmod(0o700)
        (path / ".mooc").chmod(0o700)


def test_a_folder_that_became_read_only_keeps_the_old_course(
    path: Path, time: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = opened(path, time).folder

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert refused(folder).code == "folder_read_only"
    monkeypatch.undo()
    assert on_disk(path) == FIRST
    folder.save(SECOND)
    assert on_disk(path) == SECOND


def test_a_full_disk_keeps_the_old_course(path: Path, time: ManualClock, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = opened(path, time).folder
    real_write = os.write
    calls = []

    def write(descriptor: int, data: Any) -> int:
        calls.append(1)
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real_write(descriptor, bytes(data[:20]))

    monkeypatch.setattr(os, "write", write)
    assert refused(folder).code == "disk_full"
    monkeypatch.undo()
    assert on_disk(path) == FIRST
    assert names_in(path) == [".mooc", "course.mooc", "materials", "recordings"]
    folder.save(SECOND)
    assert on_disk(path) == SECOND


@pytest.mark.parametrize("mount_point_stays", [False, True])
def test_on_a_vanished_drive_nothing_is_made_in_its_place(
    path: Path, time: ManualClock, mount_point_stays: bool
) -> None:
    folder = opened(path, time).folder
    shutil.rmtree(path)
    if mount_point_stays:
        path.mkdir()
    assert refused(folder).code == "folder_gone"
    assert not path.exists() or list(path.iterdir()) == []
    folder.close()


def test_a_held_file_is_saved_beside_once_and_again_in_place_when_it_is_free(
    path: Path, time: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = opened(path, time).folder
    hold(monkeypatch, path)
    error = refused(folder, SECOND)
    assert error.code == "course_saved_beside"
    beside = path / str(error.params["saved_as"])
    assert beside.name.startswith("course (saved 2026-03-0")
    time.advance(30)
    assert refused(folder, THIRD).params["saved_as"] == beside.name
    assert read(beside).course == THIRD
    assert on_disk(path) == FIRST
    monkeypatch.undo()
    folder.save(THIRD)
    assert on_disk(path) == THIRD
    assert not beside.exists()


def test_a_copy_beside_that_is_newer_is_told_and_can_be_restored(
    path: Path, time: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = opened(path, time).folder
    os.utime(path / "course.mooc", (1000, 1000))
    hold(monkeypatch, path)
    refused(folder, SECOND)
    folder.close()
    monkeypatch.undo()
    again = opened(path, time)
    assert [notice.code for notice in again.notices] == ["newer_copy_beside"]
    assert recoverable_backups(path)[0].title == "second"


def test_a_course_changed_from_outside_is_kept_before_it_is_overwritten(path: Path, time: ManualClock) -> None:
    folder = opened(path, time).folder
    (path / "course.mooc").write_bytes(encode(Course(title="from the cloud"), REGULATION))
    folder.save(SECOND)
    (notice,) = folder.take_notices()
    assert notice.code == "course_changed_outside"
    kept = backups_folder(path) / str(notice.params["kept_as"])
    assert read(kept).course.title == "from the cloud"
    folder.save(THIRD)
    assert folder.take_notices() == ()


def test_a_course_that_was_only_touched_is_not_called_changed(path: Path, time: ManualClock) -> None:
    folder = opened(path, time).folder
    os.utime(path / "course.mooc", (1000, 1000))
    folder.save(SECOND)
    assert folder.take_notices() == ()


def test_saves_leave_backups_behind(path: Path, time: ManualClock) -> None:
    folder = opened(path, time).folder
    for number in range(10):
        time.advance(60)
        folder.save(Course(title=str(number)))
    titles = [backup.title for backup in recoverable_backups(path)]
    # What was opened, and then one for each full five minutes: of the saves at minutes 1, 6 (0 and 5).
    assert sorted(titles) == ["0", "5", "first"]


def test_a_backup_that_cannot_be_made_does_not_stop_the_save(path: Path, time: ManualClock) -> None:
    backups_folder(path).write_bytes(b"in the way")
    folder = opened(path, time).folder
    folder.save(SECOND)
    folder.save(THIRD)
    assert on_disk(path) == THIRD
    assert [notice.code for notice in folder.take_notices()] == ["backup_failed"]


def test_an_old_file_is_kept_for_good_before_it_is_overwritten(
    path: Path, time: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "newest_schema", lambda: 2)
    course = opened(path, time)
    assert [(notice.code, dict(notice.params)) for notice in course.notices] == [
        ("course_migrated", {"found": 1, "schema": 2})
    ]
    course.folder.save(SECOND)
    course.folder.save(THIRD)
    (kept,) = backups_folder(path).glob("kept *.mooc")
    assert read(kept).course == FIRST


def test_a_lock_lost_to_someone_else_saves_beside_and_leaves_their_course(path: Path, time: ManualClock) -> None:
    sleeper = opened(path, time, "Айгүл").folder
    lock = json.loads(lock_path(path).read_bytes())
    lock_path(path).write_text(json.dumps(lock | {"host": "elsewhere"}), encoding="utf-8")
    time.advance(STALE_AFTER.total_seconds() + 1)
    quick = opened(path, time, "Болат")
    assert [notice.code for notice in quick.notices] == ["lock_taken_over"]
    quick.folder.save(SECOND)

    error = refused(sleeper, THIRD)
    assert (error.code, error.params["holder"]) == ("lock_lost_saved_beside", "Болат")
    assert read(path / str(error.params["saved_as"])).course == THIRD
    assert on_disk(path) == SECOND
    with pytest.raises(ProjectFileError) as caught:
        sleeper.beat()
    assert caught.value.code == "lock_lost"
    sleeper.close()
    quick.folder.save(SECOND)


@pytest.mark.parametrize("name", [".course.mooc.0a1b2c3d.tmp", "materials/.lecture.pdf.part"])
def test_leftovers_are_cleared_by_the_one_who_may_write(path: Path, time: ManualClock, name: str) -> None:
    leftover = path / name
    leftover.write_bytes(b"half")
    first = opened(path, time)
    assert not leftover.exists()
    leftover.write_bytes(b"half of what the first is saving just now")
    opened(path, time)
    assert leftover.exists()
    first.folder.close()


def test_old_drafts_of_the_program_itself_are_cleared_and_fresh_ones_left(path: Path) -> None:
    old, fresh = path / ".mooc" / "lock.0a1b.tmp", path / ".mooc" / ".lock.json.0a1b2c3d.tmp"
    for draft in (old, fresh):
        draft.write_bytes(b"half")
    os.utime(old, (1000, 1000))
    CourseFolder.open(path, holder="x").folder.close()
    assert (old.exists(), fresh.exists()) == (False, True)


def test_closing_twice_and_saving_after_is_safe(path: Path, time: ManualClock) -> None:
    folder = opened(path, time).folder
    folder.close()
    folder.close()
    folder.beat()
    assert refused(folder).code == "folder_read_only"


@pytest.mark.skipif(os.name != "posix", reason="symbolic links need rights on Windows")
def test_a_link_to_a_course_folder_is_the_same_course(path: Path, time: ManualClock, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(path)
    opened(path, time)
    assert opened(link, time).read_only
