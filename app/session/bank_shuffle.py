"""Shuffling the options of form-05 questions so that the keys spread over the letters, always with the same result.

The new order depends on the bank alone: on the order of its questions, their ids and the texts of their options, never
on the order in which the options stood. So a second shuffle changes nothing, and questions that are added at the end
do not move those before them. A bank whose keys are as even as a shuffle would make them is left as its author has it.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.formats.option_order import last_places, may_move, reordered
from app.model.course import Course
from app.model.tasks import AnswerKind, Question


@dataclass(frozen=True, slots=True)
class Shuffle:
    """What a shuffle would do.

    Attributes:
        questions: the whole bank, the chosen questions with their options in the new order.
        changed: how many questions have another order.
        left_alone: ids of chosen questions that must not move: an option names others by their letters, or there is
            no single key.
    """

    questions: tuple[Question, ...]
    changed: int
    left_alone: tuple[str, ...]

    def applied(self, course: Course) -> Course:
        """Return the course with the shuffled bank; for one call of `CourseStore.apply`."""
        return course.model_copy(update={"test_bank": self.questions}) if self.changed else course


def shuffle(bank: Sequence[Question], ids: Collection[str] | None = None) -> Shuffle:
    """Shuffle options so that over the chosen questions each letter is the key as often as the others.

    "All of the above" and "both" stay last. Key, feedback and pictures move with their options.

    Args:
        bank: the test bank.
        ids: the questions to shuffle; None for all.
    """
    before: Counter[int] = Counter()
    keys: Counter[int] = Counter()
    result: list[Question] = []
    left_alone: list[str] = []
    for question in bank:
        chosen = ids is None or question.id in ids
        if not chosen or question.kind is not AnswerKind.CHOICE_SINGLE:
            result.append(question)
            continue
        before.update(question.correct[:1])
        if not may_move(question):
            left_alone.append(question.id)
            keys.update(question.correct[:1])
            result.append(question)
        else:
            shuffled = reordered(question, _order(question, keys))
            keys.update(shuffled.correct)
            result.append(shuffled)
    if _unevenness(before) <= _unevenness(keys):
        return Shuffle(tuple(bank), 0, tuple(left_alone))
    changed = sum(old is not new for old, new in zip(bank, result, strict=True))
    return Shuffle(tuple(result), changed, tuple(left_alone))


def _unevenness(keys: Counter[int]) -> int:
    """Return what is the smaller the more evenly so many keys spread, and least where no letter can be spared one."""
    return sum(count * count for count in keys.values())


def _order(question: Question, keys: Counter[int]) -> list[int]:
    """Return the old places in their new order; the key takes the letter that was the key least often so far."""
    key = question.correct[0]
    last = last_places(question)
    free = [place for place in range(len(question.options)) if place not in last]
    if key in last:
        return [*sorted(free, key=lambda place: _draw(question, question.options[place])), *last]
    target = min(range(len(free)), key=lambda place: (keys[place], _draw(question, str(place))))
    wrong = sorted(
        (place for place in free if place != key), key=lambda place: _draw(question, f"={question.options[place]}")
    )
    return [*wrong[:target], key, *wrong[target:], *last]


def _draw(question: Question, text: str) -> bytes:
    """Return what sorts like chance and is the same on every machine."""
    return hashlib.sha256(f"{question.id}\n{text}".encode(errors="replace")).digest()
