"""Asking the dictionaries beside the window's thread; what the fields make of it is in `app.ui.spelling_hints`."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.model.course import Course
from app.session.spelling import Misspelling, OwnWords, PersonalDictionary, own_words
from app.session.spelling_process import SpellingProcess, SpellingUnavailableError
from app.ui.background import Background

_OWN_AFTER_MS = 1000
_MOST_KEPT = 5000


class Dictionaries(Protocol):
    """What answers questions, in whatever process."""

    def misspellings(self, text: str, own: OwnWords) -> tuple[Misspelling, ...]:
        """Return the words of a text that nobody knows."""
        ...

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return what may have been meant."""
        ...

    def close(self) -> None:
        """End it."""
        ...


class SpellingService(QObject):
    """Asks the dictionaries beside the window's thread and keeps their answers.

    Args:
        personal_path: file of the personal dictionary.
        enabled: whether hints are wanted.
        make: starts the dictionaries, when a text is first to be looked at.

    Signals:
        checked: a paragraph has been looked at: its text.
        own_changed: other words are the author's own: everything is to be looked at again.
        state_changed: hints went on, off, or turned out not to be there.
    """

    checked = Signal(str)
    own_changed = Signal()
    state_changed = Signal()

    def __init__(
        self, personal_path: Path, *, enabled: bool = True, make: Callable[[], Dictionaries] = SpellingProcess
    ) -> None:
        super().__init__()
        self._personal = PersonalDictionary(personal_path)
        self._make = make
        self._dictionaries: Dictionaries | None = None
        self._thread: Background | None = None
        self._enabled = enabled
        self._problem = ""
        self._kept: dict[str, tuple[Misspelling, ...]] = {}
        self._asked: set[str] = set()
        self._course: Course | None = None
        self._own = OwnWords(personal=self._personal.words)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_OWN_AFTER_MS)
        self._timer.timeout.connect(self._refresh_own)

    @property
    def enabled(self) -> bool:
        """Whether hints are shown."""
        return self._enabled and not self._problem

    @property
    def problem(self) -> str:
        """Why there are no hints; empty where there are, or nobody has asked yet."""
        return self._problem

    def set_enabled(self, *, enabled: bool) -> None:
        """Show hints or not."""
        self._enabled = enabled
        self.state_changed.emit()

    def set_course(self, course: Course | None) -> None:
        """Know the words of another course, after a pause in typing."""
        self._course = course
        self._timer.start()

    def misspellings(self, text: str) -> tuple[Misspelling, ...]:
        """Return what is known of a paragraph by now; what is not comes with `checked`."""
        if not self.enabled or not text.strip():
            return ()
        if text in self._kept:
            return self._kept[text]
        if text not in self._asked:
            self._asked.add(text)
            own, dictionaries, thread = self._own, self._started(), self._thread
            if thread is not None:
                thread.submit(
                    f"check {text}",
                    lambda: (text, own, dictionaries.misspellings(text, own)),
                    self._on_checked,
                    self._on_error,
                )
        return ()

    def suggest(self, word: str, on_done: Callable[[tuple[str, ...]], None]) -> None:
        """Look for what may have been meant."""
        dictionaries = self._started()
        if self._thread is not None:
            self._thread.submit("suggest", lambda: dictionaries.suggestions(word), on_done, self._on_error)

    def learn(self, word: str) -> None:
        """Put a word into the personal dictionary."""
        self._personal.add(word)
        self._refresh_own()

    def close(self) -> None:
        """End the dictionaries and the thread that asks them."""
        self._timer.stop()
        if self._dictionaries is not None:
            self._dictionaries.close()
        if self._thread is not None:
            self._thread.close()

    def _started(self) -> Dictionaries:
        if self._dictionaries is None:
            self._dictionaries = self._make()
            self._thread = Background(self)
        return self._dictionaries

    def _refresh_own(self) -> None:
        course = self._course
        personal = self._personal.words
        fresh = OwnWords(personal=personal) if course is None else own_words(course, personal)
        if fresh != self._own:
            self._own = fresh
            self._kept.clear()
            self._asked.clear()
            self.own_changed.emit()

    def _on_checked(self, answer: tuple[str, OwnWords, tuple[Misspelling, ...]]) -> None:
        text, own, found = answer
        if own != self._own:
            return  # asked before the words changed; it is asked again
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
            self._asked.clear()
        self._kept[text] = found
        self.checked.emit(text)

    def _on_error(self, error: Exception) -> None:
        if not isinstance(error, SpellingUnavailableError):
            raise error
        if not self._problem:
            self._problem = str(error)
            self.state_changed.emit()
