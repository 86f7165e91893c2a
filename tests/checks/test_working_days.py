"""Working days of Kazakhstan, and that the shipped list of holidays is the one of the library."""

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.checks.working_days import WorkCalendar, count_working_days, is_working_day, latest_day, merged_calendar
from app.model.regulation import Settings
from app.model.teaching import CalendarDay, Schedule
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts
from scripts.build_holidays import main

SETTINGS = load_regulation().settings
OFFICIAL = merged_calendar(Schedule(), SETTINGS)
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
    assert is_working_day(day, OFFICIAL) is works


def test_without_holidays_ten_working_days_are_two_weeks() -> None:
    assert latest_day(date(2027, 2, 1), 10, OFFICIAL) == date(2027, 1, 18)


def test_holidays_move_the_last_day_forward() -> None:
    # 8, 6, 5 January and 31, 30, 29, 28, 25, 24, 23 December are worked; 7, 4, 1 January are not.
    assert latest_day(date(2027, 1, 11), 10, OFFICIAL) == date(2026, 12, 23)


def of_office(**days: tuple[date, ...]) -> WorkCalendar:
    return merged_calendar(Schedule(), SETTINGS.model_copy(update=days))


def of_course(off: tuple[date, ...] = (), worked: tuple[date, ...] = ()) -> Schedule:
    return Schedule(
        days_off=tuple(CalendarDay(id=f"o{day}", day=day) for day in off),
        working_days=tuple(CalendarDay(id=f"w{day}", day=day) for day in worked),
    )


def test_the_office_adds_days_off_and_working_days() -> None:
    free = of_office(extra_holidays=(date(2027, 1, 29),))
    assert latest_day(date(2027, 2, 1), 10, free) == date(2027, 1, 15)
    worked = of_office(moved_working_days=(date(2027, 1, 30), date(2027, 1, 7)))
    assert latest_day(date(2027, 2, 1), 10, worked) == date(2027, 1, 19)
    assert is_working_day(date(2027, 1, 7), worked)


@pytest.mark.parametrize(
    ("off", "worked", "latest"),
    [
        ((), (), date(2027, 1, 18)),  # ten working days before Monday, 1 February
        ((date(2027, 1, 22),), (), date(2027, 1, 15)),  # a Friday less: the Friday before
        ((date(2027, 1, 22), date(2027, 1, 25)), (), date(2027, 1, 14)),
        ((), (date(2027, 1, 23),), date(2027, 1, 19)),  # a Saturday more: a day later
        ((date(2027, 1, 22),), (date(2027, 1, 23),), date(2027, 1, 18)),  # the Friday is worked on Saturday
        ((date(2027, 1, 23),), (), date(2027, 1, 18)),  # a Saturday is off anyway
        ((date(2027, 1, 22),), (date(2027, 1, 22),), date(2027, 1, 18)),  # in both lists: worked
    ],
)
def test_the_course_adds_days_off_and_working_days(
    off: tuple[date, ...], worked: tuple[date, ...], latest: date
) -> None:
    assert latest_day(date(2027, 2, 1), 10, merged_calendar(of_course(off, worked), SETTINGS)) == latest


def test_the_course_has_the_last_word() -> None:
    saturday, christmas = date(2027, 1, 30), date(2027, 1, 7)
    settings = SETTINGS.model_copy(update={"moved_working_days": (saturday, christmas)})
    calendar = merged_calendar(of_course(off=(saturday, christmas)), settings)
    assert not is_working_day(saturday, calendar)
    assert not is_working_day(christmas, calendar)
    assert is_working_day(date(2027, 3, 22), merged_calendar(of_course(worked=(date(2027, 3, 22),)), settings))


def test_a_day_that_is_not_chosen_yet_changes_nothing() -> None:
    empty = Schedule(days_off=(CalendarDay(id="a"),), working_days=(CalendarDay(id="b"),))
    assert merged_calendar(empty, SETTINGS) == OFFICIAL


def test_every_holiday_of_the_list_has_a_name_in_three_languages() -> None:
    texts = load_texts()
    assert SETTINGS.holiday_names.keys() == set(SETTINGS.holidays)
    names = set(SETTINGS.holiday_names.values())
    assert [name for name in names if f"calendar.holiday.{name}" not in texts] == []
    assert SETTINGS.holiday_names[date(2027, 3, 22)] == "nauryz"
    assert SETTINGS.holiday_names[date(2026, 12, 16)] == "independence_day"


@given(DAYS, st.integers(1, 30))
def test_the_last_day_is_a_working_day_with_exactly_so_many_before_the_start(start: date, count: int) -> None:
    last = latest_day(start, count, OFFICIAL)
    assert is_working_day(last, OFFICIAL)
    assert count_working_days(last, start, OFFICIAL) == count
    assert count_working_days(last + timedelta(days=1), start, OFFICIAL) == count - 1


def test_the_calendar_ends_somewhere() -> None:
    assert latest_day(date(1, 1, 3), 10, OFFICIAL) == date.min
    assert count_working_days(date.max, date(2027, 1, 1), OFFICIAL) == 0


def test_settings_take_dates_from_a_list() -> None:
    data = SETTINGS.model_dump() | {"extra_holidays": [date(2027, 3, 19)]}
    assert Settings.model_validate(data).extra_holidays == (date(2027, 3, 19),)
