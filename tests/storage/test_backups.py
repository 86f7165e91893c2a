"""Backups: what remains, when one is made, and the way back."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.course import Course
from app.model.errors import ProjectFileError
from app.storage.backups import DAYS, NEWEST_COUNT, SPACING, back_up, backups_folder, to_keep
from app.storage.course_file import encode, read
from app.storage.lock import acquire
from app.storage.recovery import recoverable_backups, restore
from tests.storage.manual_clock import START, ManualClock

_near = st.datetimes(datetime(2026, 1, 1), datetime(2026, 4, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is drawn
_moments = st.lists(_near, max_size=120)


@given(_moments, _near)
def test_what_remains_is_bounded_and_part_of_what_was_there(moments: list[datetime], now: datetime) -> None:
    kept = to_keep(moments, now)
    future_days = {moment.date() for moment in moments if moment.date() > now.date()}
    assert kept <= set(moments)
    assert len(kept) <= NEWEST_COUNT + DAYS + len(future_days)


@given(_moments, _near)
def test_the_newest_remain_and_each_day_of_the_month_has_its_last(moments: list[datetime], now: datetime) -> None:
    kept = to_keep(moments, now)
    assert set(sorted(moments)[-NEWEST_COUNT:]) <= kept
    for ago in range(DAYS):
        of_day = [moment for moment in moments if moment.date() == now.date() - timedelta(days=ago)]
        assert not of_day or max(of_day) in kept


@given(_moments, _near)
def test_rotating_twice_removes_nothing_more(moments: list[datetime], now: datetime) -> None:
    kept = to_keep(moments, now)
    assert to_keep(kept, now) == kept


@given(st.lists(st.integers(5, 3000), max_size=150))
def test_rotating_at_each_backup_keeps_what_rotating_at_the_end_would(gaps_min: list[int]) -> None:
    everything: list[datetime] = []
    kept: frozenset[datetime] = frozenset()
    now = START
    for gap_min in gaps_min:
        now += timedelta(minutes=gap_min)
        everything.append(now)
        kept = to_keep({*kept, now}, now)
    assert kept == to_keep(everything, now)


@pytest.fixture
def course_path(tmp_path: Path) -> Path:
    path = tmp_path / "course.mooc"
    path.write_bytes(b"content 0")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in backups_folder(folder).iterdir())


def test_a_backup_bears_the_moment_at_which_its_content_was_saved(course_path: Path) -> None:
    back_up(course_path, START, START + timedelta(hours=1))
    assert names(course_path.parent) == ["2026-03-02T09-00-00Z.mooc"]
    assert (backups_folder(course_path.parent) / "2026-03-02T09-00-00Z.mooc").read_bytes() == b"content 0"


def test_backups_keep_their_distance(course_path: Path) -> None:
    for minute in range(31):
        moment = START + timedelta(minutes=minute)
        back_up(course_path, moment, moment)
    assert len(names(course_path.parent)) == 1 + 30 // (SPACING // timedelta(minutes=1))


def test_a_backup_does_not_change_when_the_course_is_written_anew(
    course_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.storage.atomic import write_atomic

    back_up(course_path, START, START)
    write_atomic(course_path, b"content 1")
    backup = backups_folder(course_path.parent) / names(course_path.parent)[0]
    assert backup.read_bytes() == b"content 0"


def test_without_hard_links_a_backup_is_a_copy(course_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(os, "link", refuse)
    back_up(course_path, START, START)
    (backup,) = backups_folder(course_path.parent).iterdir()
    assert backup.read_bytes() == b"content 0"


def test_only_rotating_backups_are_rotated(course_path: Path) -> None:
    folder = backups_folder(course_path.parent)
    folder.mkdir(parents=True)
    (folder / "kept 2020-01-01T00-00-00Z.mooc").write_bytes(b"x")
    (folder / "notes.txt").write_bytes(b"x")
    for number in range(NEWEST_COUNT + 5):
        moment = START + number * SPACING
        back_up(course_path, moment, moment + timedelta(days=DAYS * 2))
    assert len(names(course_path.parent)) == NEWEST_COUNT + 2


def put(path: Path, title: str, saved_at: datetime) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(Course(title=title), "atu-2025-02"))
    os.utime(path, (saved_at.timestamp(), saved_at.timestamp()))


def test_the_way_back_lists_what_opens_newest_first(tmp_path: Path) -> None:
    put(backups_folder(tmp_path) / "2026-03-01T09-00-00Z.mooc", "older", START - timedelta(days=1))
    put(tmp_path / "course (saved 2026-03-02 14-00-00).mooc", "beside", START)
    put(backups_folder(tmp_path) / "kept 2026-02-01T09-00-00Z.mooc", "oldest", START - timedelta(days=30))
    (backups_folder(tmp_path) / "2026-03-02T10-00-00Z.mooc").write_bytes(b"damaged")
    found = recoverable_backups(tmp_path)
    assert [(backup.title, backup.saved_at) for backup in found] == [
        ("beside", START),
        ("older", START - timedelta(days=1)),
        ("oldest", START - timedelta(days=30)),
    ]


def test_a_folder_without_backups_has_no_way_back(tmp_path: Path) -> None:
    assert recoverable_backups(tmp_path) == ()


def test_restoring_keeps_the_damaged_file(course_path: Path) -> None:
    course_path.write_bytes(b"damaged")
    put(backups_folder(course_path.parent) / "2026-03-01T09-00-00Z.mooc", "good", START)
    (backup,) = recoverable_backups(course_path.parent)
    restore(backup, holder="x", clock=ManualClock().clock)
    assert read(course_path).course.title == "good"
    kept = backups_folder(course_path.parent) / "kept 2026-03-02T09-00-00Z.mooc"
    assert kept.read_bytes() == b"damaged"
    assert not (course_path.parent / ".mooc" / "lock.json").exists()


def test_a_missing_course_file_is_restored_too(course_path: Path) -> None:
    course_path.unlink()
    put(backups_folder(course_path.parent) / "2026-03-01T09-00-00Z.mooc", "good", START)
    restore(recoverable_backups(course_path.parent)[0], clock=ManualClock().clock)
    assert read(course_path).course.title == "good"


def test_a_course_that_is_open_is_not_restored_under_its_author(course_path: Path) -> None:
    put(backups_folder(course_path.parent) / "2026-03-01T09-00-00Z.mooc", "good", START)
    (backup,) = recoverable_backups(course_path.parent)
    acquire(course_path.parent, "Айгүл", ManualClock().clock)
    with pytest.raises(ProjectFileError) as caught:
        restore(backup, holder="Болат", clock=ManualClock().clock)
    assert (caught.value.code, caught.value.params["holder"]) == ("course_locked", "Айгүл")
    assert course_path.read_bytes() == b"content 0"


def test_a_backup_that_was_damaged_meanwhile_replaces_nothing(course_path: Path) -> None:
    put(backups_folder(course_path.parent) / "2026-03-01T09-00-00Z.mooc", "good", START)
    (backup,) = recoverable_backups(course_path.parent)
    backup.path.write_bytes(b"damaged")
    with pytest.raises(ProjectFileError):
        restore(backup, clock=ManualClock().clock)
    assert course_path.read_bytes() == b"content 0"
