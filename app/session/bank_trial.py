"""A trial run: some questions of the bank are asked, and the answers are marked as the platform would mark them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.formats.calculated import filled, tolerance_at, variants
from app.formats.numbers import parse_number
from app.model.course import Course
from app.model.tasks import AnswerKind, Question

_ASKED = frozenset(AnswerKind) - {AnswerKind.FREE_FORM}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a learner answered.

    Attributes:
        chosen: positions of the ticked options; of a true/false question without options 0 for true, 1 for false.
        text: what was typed.
        pairs: of a matching question, the partner chosen for each item; empty for none.
    """

    chosen: frozenset[int] = frozenset()
    text: str = ""
    pairs: tuple[str, ...] = ()


NO_ANSWER = Answer()


@dataclass(frozen=True, slots=True)
class Score:
    """How a trial run ended.

    Attributes:
        right: for each question, in the order that it was asked, whether the answer was right.
    """

    right: tuple[bool, ...] = field(default=())

    @property
    def points(self) -> int:
        """Return how many answers were right."""
        return sum(self.right)

    @property
    def percent(self) -> int:
        """Return the share of right answers in whole percent; 0 of none."""
        return round(100 * self.points / len(self.right)) if self.right else 0


def candidates(course: Course, module_id: str | None) -> tuple[Question, ...]:
    """Return the questions that can be asked: of a module, or of all; without an answer to compare there is none."""
    lesson_ids = {lesson.id for module in course.modules if module_id in (None, module.id) for lesson in module.lessons}
    return tuple(
        question
        for question in course.test_bank
        if question.kind in _ASKED and _has_key(question) and (module_id is None or question.lesson_id in lesson_ids)
    )


def drawn(questions: Sequence[Question], count: int, seed: int) -> tuple[Question, ...]:
    """Return so many of the questions, in an order that a seed decides."""
    order = sorted(questions, key=lambda question: hashlib.sha256(f"{seed}:{question.id}".encode()).digest())
    return tuple(order[:count])


def marked(questions: Sequence[Question], answers: Mapping[str, Answer]) -> Score:
    """Return the score; a question without an answer is wrong."""
    return Score(tuple(is_right(question, answers.get(question.id, NO_ANSWER)) for question in questions))


def is_right(question: Question, answer: Answer) -> bool:
    """Tell whether an answer earns the full mark."""
    match question.kind:
        case AnswerKind.SHORT_TEXT:
            return _plain(answer.text) in {_plain(accepted) for accepted in question.answers}
        case AnswerKind.NUMBER:
            return any(_agrees(answer.text, accepted) for accepted in question.answers)
        case AnswerKind.MATCHING:
            return answer.pairs == question.answers[: len(question.options)]
        case _:
            return bool(answer.chosen) and answer.chosen == frozenset(question.correct)


def _agrees(text: str, accepted: str) -> bool:
    """Tell whether a typed number is the accepted one, or off by no more than it allows."""
    given, wanted = parse_number(text), parse_number(accepted)
    if given is None or wanted is None:
        return False
    return abs(Decimal(given.value) - Decimal(wanted.value)) <= abs(Decimal(wanted.tolerance or 0))


def _plain(text: str) -> str:
    """Return a typed answer as the platform compares it: whatever its case and the blanks around it."""
    return " ".join(text.split()).casefold()


def _can_be_drawn(question: Question) -> bool:
    return question.calculation is not None and bool(variants(question.calculation, 1))


def _has_key(question: Question) -> bool:
    if question.kind in (AnswerKind.SHORT_TEXT, AnswerKind.NUMBER):
        return any(question.answers) or _can_be_drawn(question)
    if question.kind is AnswerKind.MATCHING:
        return 2 <= len(question.options) <= len(question.answers)
    if question.kind is AnswerKind.BINARY and not question.options:
        return question.correct in ((0,), (1,))
    return bool(question.correct) and all(0 <= place < len(question.options) for place in question.correct)


def asked(questions: Sequence[Question], seed: int) -> tuple[Question, ...]:
    """Return the questions as one learner gets them: of a parameterised one a variant with values of its own."""
    return tuple(variant_of(question, seed + place) for place, question in enumerate(questions))


def variant_of(question: Question, seed: int) -> Question:
    """Return a question as a learner gets it: a parameterised one with values of a seed, any other as it is."""
    calculation = question.calculation
    found = variants(calculation, 1, seed) if calculation is not None else ()
    if calculation is None or not found:
        return question
    answer = f"{found[0].answer_text}±{tolerance_at(calculation, found[0].answer)}"
    stem = filled(question.stem, found[0].values)
    return question.model_copy(update={"stem": stem, "answers": (answer,)})
