"""What the editor asks about every question again and again, kept while the question stays the same value."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.formats.problems import ParsedQuestion, Problem
from app.formats.similar import repetition_problems
from app.model.regulation import Limit
from app.model.tasks import AnswerKind, Question
from app.session.bank_faults import faults_of

ANY = "*"
"""Of a filter: whatever has something of the kind."""
NONE = ""
"""Of a filter: whatever has nothing of the kind."""


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """Which questions are shown; what is None does not filter.

    Attributes:
        needle: a text in stem, options or accepted answers, whatever the case.
        lesson_ids: lessons that are asked about; None among them for questions that ask about none.
        outcome_id: the outcome that is checked, `NONE` for questions that check none.
        problem: code of a fault, `ANY` for all that have one, `NONE` for those without.
        kind: the kind of answer.
    """

    needle: str = ""
    lesson_ids: frozenset[str | None] | None = None
    outcome_id: str | None = None
    problem: str | None = None
    kind: AnswerKind | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether every question passes."""
        return self == QuestionFilter()


@dataclass(frozen=True, slots=True)
class Judged:
    """The faults of one question as it was when they were looked for."""

    question: Question
    faults: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The faults of a bank.

    Attributes:
        alone: of each question seen alone, by its id.
        repeated: of questions that repeat another, by id.
    """

    alone: Mapping[str, Judged] = field(default_factory=dict)
    repeated: Mapping[str, Problem] = field(default_factory=dict)

    def faults(self, question_id: str) -> tuple[Problem, ...]:
        """Return all faults of a question."""
        judged, repeated = self.alone.get(question_id), self.repeated.get(question_id)
        own = () if judged is None else judged.faults
        return own if repeated is None else (*own, repeated)

    def counts(self) -> Counter[str]:
        """Return how many questions have each fault, by code."""
        counts = Counter(problem.code for judged in self.alone.values() for problem in judged.faults)
        counts.update(problem.code for problem in self.repeated.values())
        return counts


def judge_bank(bank: Sequence[Question], known: Judgement, option_limit: Limit) -> Judgement:
    """Return the faults of a bank.

    Args:
        bank: the questions.
        known: an earlier judgement; of questions that did not change since it is taken over.
        option_limit: how many options a single-choice question has (F05.2).
    """
    alone: dict[str, Judged] = {}
    for number, question in enumerate(bank, start=1):
        old = known.alone.get(question.id)
        alone[question.id] = old if old and old.question is question else _judged(question, number, option_limit)
    parsed = [ParsedQuestion.of(question, number) for number, question in enumerate(bank, start=1)]
    repeated = {bank[problem.question - 1].id: problem for problem in repetition_problems(parsed)}
    return Judgement(alone, repeated)


def _judged(question: Question, number: int, option_limit: Limit) -> Judged:
    return Judged(question, faults_of(question, number, option_limit))


class QuestionIndex:
    """Filters a bank; the searched text of a question is made once as long as the question stays the same value."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[Question, str]] = {}

    def matching(
        self, bank: Sequence[Question], wanted: QuestionFilter, faults: Callable[[str], tuple[Problem, ...]]
    ) -> Iterator[int]:
        """Yield the places, from 0, of the questions that a filter lets pass."""
        if wanted.is_open:
            yield from range(len(bank))
            return
        needle = wanted.needle.casefold()
        for place, question in enumerate(bank):
            if (
                (wanted.kind is None or question.kind is wanted.kind)
                and (wanted.lesson_ids is None or question.lesson_id in wanted.lesson_ids)
                and (wanted.outcome_id is None or _checks(question, wanted.outcome_id))
                and (not needle or needle in self._text(question))
                and (wanted.problem is None or _has(faults(question.id), wanted.problem))
            ):
                yield place

    def _text(self, question: Question) -> str:
        kept = self._texts.get(question.id)
        if kept is None or kept[0] is not question:
            text = "\n".join((question.stem, *question.options, *question.answers)).casefold()
            self._texts[question.id] = kept = (question, text)
        return kept[1]


def _checks(question: Question, outcome_id: str) -> bool:
    return outcome_id in question.outcome_ids if outcome_id else not question.outcome_ids


def _has(faults: tuple[Problem, ...], code: str) -> bool:
    if code in (ANY, NONE):
        return bool(faults) == (code == ANY)
    return any(problem.code == code for problem in faults)
