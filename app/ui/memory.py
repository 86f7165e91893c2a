"""What the user arranged inside the screens, remembered for the next time: sizes of panes, the tab in front."""

from PySide6.QtWidgets import QSplitter, QTabBar, QTabWidget

from app.ui.preferences import Preferences

Arranged = QSplitter | QTabWidget | QTabBar


class Memory:
    """Keeps arrangements among the preferences, each under a name of its own."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def keep(self, widget: Arranged, name: str) -> None:
        """Arrange a widget as it was left, and remember whatever is changed from now on.

        Args:
            widget: panes or tabs, with everything in them.
            name: what is remembered by; widgets of one name take turns.
        """
        key = f"arranged/{name}"
        if isinstance(widget, QSplitter):
            state = self._preferences.bytes_of(key)
            if state is not None:
                widget.restoreState(state)
            widget.splitterMoved.connect(lambda *_: self._preferences.store_bytes(key, widget.saveState()))
            return
        index = self._preferences.number_of(key)
        if index is not None and 0 <= index < widget.count():
            widget.setCurrentIndex(index)
        widget.currentChanged.connect(lambda index: self._preferences.store_number(key, index))
