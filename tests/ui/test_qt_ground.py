"""The ground that the window stands on: signals, threads, the background job."""

import threading
from functools import partial

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QApplication

from app.ui.background import Background


class _Emitter(QObject):
    fired = Signal(int, bool, object)


def test_five_thousand_signals_leave_the_program_alive(application: QApplication) -> None:
    emitter = _Emitter()
    heard: list[int] = []
    emitter.fired.connect(lambda number, _flag, _none: heard.append(number))
    for number in range(5000):
        emitter.fired.emit(number, True, None)
    assert heard == list(range(5000))


def test_two_hundred_threads_come_and_go(application: QApplication) -> None:
    class Short(QThread):
        def run(self) -> None:
            self.setObjectName("ran")

    for _ in range(200):
        thread = Short()
        thread.start()
        assert thread.wait(10_000)
        assert thread.objectName() == "ran"


def test_only_the_latest_waiting_job_runs(application: QApplication) -> None:
    background = Background()
    release, started = threading.Event(), threading.Event()
    results: list[int] = []
    finished = threading.Event()

    def first() -> int:
        started.set()
        assert release.wait(20)
        return 0

    def fail(error: Exception) -> None:
        raise error

    def done(value: int) -> None:
        results.append(value)
        if value == 9:
            finished.set()

    background.submit("judge", first, done, fail)
    assert started.wait(20)
    for value in range(1, 10):
        background.submit("judge", partial(int, value), done, fail)
    release.set()
    while not finished.is_set():
        application.processEvents()
    background.close()
    assert results == [0, 9]


def test_a_failing_job_is_handed_to_its_owner(application: QApplication) -> None:
    background = Background()
    caught: list[Exception] = []

    def job() -> int:
        raise ValueError("on purpose")

    background.submit("judge", job, lambda _: None, caught.append)
    while not caught:
        application.processEvents()
    background.close()
    assert str(caught[0]) == "on purpose"
