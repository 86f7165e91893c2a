"""Cyclic garbage is collected in the window's thread alone.

Python collects in whatever thread happens to allocate. A widget that only a cycle keeps would then be destroyed by a
worker, which waits for Python's lock while it holds one of Qt's; the window's thread waits the other way round, and the
program stands still. Known of every binding of Qt; seen here while a bundle was written.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 100


class WindowThreadCollector(QObject):
    """Collects by Python's own thresholds, from a timer of the thread that made it, until it is closed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start()

    def close(self) -> None:
        """Leave collecting to Python again; no other thread may hold Qt's objects then."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()


def collect_what_is_due() -> None:
    """Collect the oldest generation whose count has passed its threshold, and with it all younger ones."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
