"""What was done and can be undone. Steps hold whole courses, which share whatever did not change between them."""

from collections import deque
from dataclasses import dataclass

from app.model.course import Course

MERGE_WINDOW_S = 1.5
MAX_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One undoable change.

    Attributes:
        merge_key: changes of one key that follow each other closely are one step; None never merges.
        at_s: when the last change in it was made, in the scheduler's seconds.
    """

    label: str
    before: Course
    after: Course
    merge_key: str | None
    at_s: float


class History:
    """Done and undone steps, bounded: beyond ``max_steps`` the oldest is forgotten."""

    def __init__(self, max_steps: int = MAX_STEPS, merge_window_s: float = MERGE_WINDOW_S) -> None:
        self._done: deque[Step] = deque(maxlen=max_steps)
        self._undone: list[Step] = []
        self._merge_window_s = merge_window_s
        self._may_merge = False

    @property
    def next_undo(self) -> Step | None:
        """The step that `undo` takes back."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Step | None:
        """The step that `redo` makes again."""
        return self._undone[-1] if self._undone else None

    def add(self, step: Step) -> None:
        """Add a step that was just made, merging it with the last one where they belong together."""
        self._undone.clear()
        last = self.next_undo
        if last is None or not self._belong_together(last, step):
            self._done.append(step)
        else:
            self._done.pop()
            # Typing a letter and deleting it again leaves nothing to undo.
            if last.before != step.after:
                self._done.append(Step(last.label, last.before, step.after, step.merge_key, step.at_s))
        self._may_merge = bool(self._done) and self._done[-1].after is step.after

    def undo(self) -> Step | None:
        """Take the last step back and return it."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        self._may_merge = False
        return step

    def redo(self) -> Step | None:
        """Make the step that was undone last again and return it."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        self._may_merge = False
        return step

    def _belong_together(self, last: Step, step: Step) -> bool:
        return (
            self._may_merge
            and step.merge_key is not None
            and step.merge_key == last.merge_key
            and step.at_s - last.at_s <= self._merge_window_s
        )
