"""A clock that runs only when it is told to, or when somebody sleeps by it."""

from datetime import UTC, datetime, timedelta

from app.storage.atomic import Clock

START = datetime(2026, 3, 2, 9, 0, 0, tzinfo=UTC)


class ManualClock:
    def __init__(self, start: datetime = START) -> None:
        self.start = start
        self.elapsed_s = 0.0
        self.sleeps_s: list[float] = []

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.elapsed_s)

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.sleeps_s.append(seconds)
        self.elapsed_s += seconds

    def advance(self, seconds: float) -> None:
        self.elapsed_s += seconds

    @property
    def clock(self) -> Clock:
        return Clock(now=self.now, monotonic_s=lambda: self.elapsed_s, sleep_s=self.sleep)
