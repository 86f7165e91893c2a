"""The one door for change (principle 2)."""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack

from app.model.course import Course
from app.session.fields import check_change
from app.session.history import MAX_STEPS, MERGE_WINDOW_S, History, Step
from app.session.scheduler import Scheduler

Listener = Callable[[Course, Course], None]
"""Called with the course before and after a change."""


class CourseStore:
    """The current value of the open course.

    It belongs to the thread that made it; a call from another one is a fault of the program. Listeners hear of every
    change in order, also of those that another listener makes.
    """

    def __init__(
        self,
        course: Course,
        scheduler: Scheduler,
        *,
        max_steps: int = MAX_STEPS,
        merge_window_s: float = MERGE_WINDOW_S,
    ) -> None:
        self._course = course
        self._scheduler = scheduler
        self._history = History(max_steps, merge_window_s)
        self._listeners: dict[object, Listener] = {}
        self._news: deque[tuple[Course, Course]] = deque()
        self._changing = False
        self._telling = False
        self._thread_id = threading.get_ident()

    @property
    def course(self) -> Course:
        """The course as it is now."""
        return self._course

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return self._history.next_undo is not None

    @property
    def can_redo(self) -> bool:
        """Whether there is something to redo."""
        return self._history.next_redo is not None

    @property
    def undo_label(self) -> str | None:
        """What `undo` takes back, None if nothing."""
        step = self._history.next_undo
        return None if step is None else step.label

    @property
    def redo_label(self) -> str | None:
        """What `redo` makes again, None if nothing."""
        step = self._history.next_redo
        return None if step is None else step.label

    def apply(self, label: str, change: Callable[[Course], Course], merge_key: str | None = None) -> bool:
        """Change the course.

        Args:
            label: what the change is, for the undo menu.
            change: makes the new course from the current one and has no other effect; see `app.session.edit`.
            merge_key: changes with one key that follow each other within 1.5 s are undone together.

        Returns:
            Whether anything changed.

        Raises:
            ValueError: the step has no name, or the new course holds something of a wrong type. The course stays as
                it was then, as it does when ``change`` raises.
            RuntimeError: called from another thread, or by ``change``.
        """
        self._guard()
        if not label.strip():
            raise ValueError("a step needs a name by which a person undoes it")
        before = self._course
        self._changing = True
        try:
            after = change(before)
            check_change(before, after)
        finally:
            self._changing = False
        if after is before or after == before:
            return False
        self._history.add(Step(label, before, after, merge_key, self._scheduler.now_s()))
        self._put(after)
        return True

    def undo(self) -> str | None:
        """Take the last step back and return its label, None if there is none."""
        self._guard()
        step = self._history.undo()
        if step is None:
            return None
        self._put(step.before)
        return step.label

    def redo(self) -> str | None:
        """Make the step that was undone last again and return its label, None if there is none."""
        self._guard()
        step = self._history.redo()
        if step is None:
            return None
        self._put(step.after)
        return step.label

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have a listener called after each change; the function returned ends that."""
        self._guard()
        key = object()
        self._listeners[key] = listener
        return lambda: self._unsubscribe(key)

    def _unsubscribe(self, key: object) -> None:
        self._listeners.pop(key, None)

    def _guard(self) -> None:
        if threading.get_ident() != self._thread_id:
            raise RuntimeError("the course is changed by one thread only")
        if self._changing:
            raise RuntimeError("a change must not change the course itself")

    def _put(self, course: Course) -> None:
        self._news.append((self._course, course))
        self._course = course
        if self._telling:
            return  # the round under way will tell of this change too
        self._tell_all()

    def _tell_all(self) -> None:
        self._telling = True
        try:
            while self._news:
                self._tell(*self._news.popleft())
        finally:
            self._telling = False
            if self._news:  # a listener raised; what others changed in that round is told all the same
                self._tell_all()

    def _tell(self, before: Course, after: Course) -> None:
        """Call all listeners, also when one raises: that one's error leaves after the others have heard."""
        with ExitStack() as calls:
            for key in reversed(tuple(self._listeners)):
                calls.callback(self._call, key, before, after)

    def _call(self, key: object, before: Course, after: Course) -> None:
        listener = self._listeners.get(key)
        if listener is not None:  # it may have been unsubscribed by one that was called before it
            listener(before, after)
