"""Cyclic garbage with Qt's objects in it is collected in the window's thread alone."""

import gc
import threading
import weakref
from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from app.ui.garbage import collect_what_is_due

Until = Callable[[Callable[[], bool]], None]


class _Cycle(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def test_a_worker_that_allocates_destroys_no_widget(application: QApplication, until: Until) -> None:
    gone_in: list[threading.Thread] = []
    weakref.finalize(_Cycle(), lambda: gone_in.append(threading.current_thread()))

    def allocate() -> None:
        kept = [[number] for number in range(50 * gc.get_threshold()[0])]
        assert kept

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert gone_in == []
    gc.collect()
    assert gone_in == [threading.main_thread()]


def test_garbage_does_not_pile_up(application: QApplication, until: Until) -> None:
    gone: list[int] = []
    for number in range(3):
        weakref.finalize(_Cycle(), gone.append, number)
    kept = [[number] for number in range(2 * gc.get_threshold()[0])]
    until(lambda: len(gone) == 3)
    assert kept


def test_nothing_is_collected_before_it_is_due() -> None:
    gc.collect()
    gone: list[int] = []
    weakref.finalize(_Cycle(), gone.append, 1)
    collect_what_is_due()
    assert gone == []
    gc.collect()
