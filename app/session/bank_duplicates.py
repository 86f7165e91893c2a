"""Questions of the bank that say the same: groups for the finder that shows them side by side."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.formats.problems import ParsedQuestion
from app.formats.similar import Repetition, repetitions
from app.model.tasks import Question


class Likeness(StrEnum):
    """How two questions repeat each other, the nearest first; values are codes of ``questions.problem``."""

    QUESTION = "repeated_question"
    STEM = "repeated_stem"
    NEAR_STEM = "near_repeated"
    OPTIONS = "repeated_option_set"


@dataclass(frozen=True, slots=True)
class Twin:
    """A question and the earlier one that it repeats, by their ids."""

    question_id: str
    earlier_id: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Questions that hang together by repeating each other.

    Attributes:
        likeness: the nearest one in the group.
        ids: the questions in the order of the bank; the first is the one to keep, if any.
        twins: who repeats whom, one for each question but the first.
    """

    likeness: Likeness
    ids: tuple[str, ...]
    twins: tuple[Twin, ...]


def duplicate_groups(bank: Sequence[Question]) -> tuple[DuplicateGroup, ...]:
    """Return the groups, those with the nearest likeness first, then in the order of the bank.

    Stems are compared without case, kinds of spaces and Unicode form; nearly the same are stems with 90 % of their
    letters in common and the same figures. Option sets are compared with their right answer, whatever their order.
    """
    found = list(repetitions([ParsedQuestion.of(question, number) for number, question in enumerate(bank, 1)]))
    members: defaultdict[int, list[Repetition]] = defaultdict(list)
    group_of: dict[int, int] = {}
    for repetition in sorted(found, key=lambda item: item.place):
        root = group_of.setdefault(repetition.first, repetition.first)
        group_of[repetition.place] = root
        members[root].append(repetition)
    groups = [_group(bank, root, entries) for root, entries in members.items()]
    order = list(Likeness)
    return tuple(sorted(groups, key=lambda group: order.index(group.likeness)))


def _group(bank: Sequence[Question], root: int, entries: Sequence[Repetition]) -> DuplicateGroup:
    twins = tuple(Twin(bank[e.place].id, bank[e.first].id, Likeness(e.code)) for e in entries)
    nearest = min((twin.likeness for twin in twins), key=list(Likeness).index)
    return DuplicateGroup(nearest, (bank[root].id, *(twin.question_id for twin in twins)), twins)
