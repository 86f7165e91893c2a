"""Working days of Kazakhstan, and that the shipped list of holidays is the one of the library."""

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.checks.working_days import count_working_days, is_working_day, latest_day
from app.model.regulation import Settings
from app.storage.regulation_file import load_regulation
from scripts.build_holidays import main

SETTINGS = load_regulation().settings
DAYS = st.dates(date(2025, 1, 15), date(2040, 12, 31))


def test_shipped_list_is_the_one_of_the_library() -> None:
    assert main(["--check"]) == 0


def test_an_old_list_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "holidays.toml"
    assert main(["--check", "--out", str(path)]) == 1
    assert main(["--out", str(path)]) == 0
    assert main(["--check", "--out", str(path)]) == 0
    assert capsys.readouterr().err.count("out of date") == 1


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 12, 16), False),  # Independence Day, a Wednesday
        (date(2027, 1, 7), False),  # Christmas, a Thursday
        (date(2027, 1, 8), True),
        (date(2026, 3, 9), False),  # Monday, moved from Sunday, 8 March
        (date(2027, 3, 22), False),  # Nauryz, a Monday
        (date(2027, 1, 30), False),  # Saturday
        (date(2027, 1, 31), False),  # Sunday
        (date(2027, 2, 1), True),
    ],
)
def test_days_off(day: date, *, works: bool) -> None:
    assert is_working_day(day, SETTINGS) is works


def test_without_holidays_ten_working_days_are_two_weeks() -> None:
    assert latest_day(date(2027, 2, 1), 10, SETTINGS) == date(2027, 1, 18)


def test_holidays_move_the_last_day_forward() -> None:
    # 8, 6, 5 January and 31, 30, 29, 28, 25, 24, 23 December are worked; 7, 4, 1 January are not.
    assert latest_day(date(2027, 1, 11), 10, SETTINGS) == date(2026, 12, 23)


def test_the_office_adds_days_off_and_working_days() -> None:
    free = SETTINGS.model_copy(update={"extra_holidays": (date(2027, 1, 29),)})
    assert latest_day(date(2027, 2, 1), 10, free) == date(2027, 1, 15)
    worked = SETTINGS.model_copy(update={"moved_working_days": (date(2027, 1, 30), date(2027, 1, 7))})
    assert latest_day(date(2027, 2, 1), 10, worked) == date(2027, 1, 19)
    assert is_working_day(date(2027, 1, 7), worked)


@given(DAYS, st.integers(1, 30))
def test_the_last_day_is_a_working_day_with_exactly_so_many_before_the_start(start: date, count: int) -> None:
    last = latest_day(start, count, SETTINGS)
    assert is_working_day(last, SETTINGS)
    assert count_working_days(last, start, SETTINGS) == count
    assert count_working_days(last + timedelta(days=1), start, SETTINGS) == count - 1


def test_the_calendar_ends_somewhere() -> None:
    assert latest_day(date(1, 1, 3), 10, SETTINGS) == date.min
    assert count_working_days(date.max, date(2027, 1, 1), SETTINGS) == 0


def test_settings_take_dates_from_a_list() -> None:
    data = SETTINGS.model_dump() | {"extra_holidays": [date(2027, 3, 19)]}
    assert Settings.model_validate(data).extra_holidays == (date(2027, 3, 19),)
