"""What the test bank holds and what it still needs: counts by module, lesson, outcome and key, and the planner."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.formats.content import key_positions
from app.formats.problems import ParsedQuestion
from app.model.course import Course
from app.model.regulation import Limit, Regulation
from app.model.tasks import AnswerKind
from app.model.views import form_05_questions, module_questions


@dataclass(frozen=True, slots=True)
class ModuleCount:
    """The questions of one week.

    Attributes:
        number: of the module, from 1.
        questions: of every kind; 8.3d counts these.
        form_05: single-choice ones; F01.22b counts these.
        needed: fewest questions that 8.3d asks of a week: 11 where it says "more than 10".
        share: form-05 questions that the module owes the bank, so that all modules together fill it (DR5).
        by_lesson: questions of every kind by the lesson's id, in the order of the lessons.
    """

    module_id: str
    number: int
    questions: int
    form_05: int
    needed: int
    share: int
    by_lesson: Mapping[str, int]

    @property
    def missing(self) -> int:
        """Return how many questions the week still needs for 8.3d."""
        return max(0, self.needed - self.questions)


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many questions ask about an outcome."""

    outcome_id: str
    questions: int


@dataclass(frozen=True, slots=True)
class BankStatistics:
    """Counts of a test bank.

    Attributes:
        form_05: questions that form 05 can hold; they alone count to the 100 (X13).
        needed: fewest form-05 questions of a bank (F01.22b).
        by_kind: questions of every kind that occurs.
        modules: in their order.
        without_lesson: questions that no week counts.
        outcomes: of the course and its modules, in their order; 0 is a gap of 11.6b.
        without_outcome: questions that name no outcome.
        key_positions: how often each letter is the key of a form-05 question, A to E at least.
        without_key: form-05 questions with no key or several.
    """

    form_05: int
    needed: int
    by_kind: Mapping[AnswerKind, int]
    modules: tuple[ModuleCount, ...]
    without_lesson: int
    outcomes: tuple[OutcomeCount, ...]
    without_outcome: int
    key_positions: Mapping[str, int]
    without_key: int

    @property
    def missing(self) -> int:
        """Return how many form-05 questions the bank still needs."""
        return max(0, self.needed - self.form_05)


def bank_statistics(course: Course, regulation: Regulation) -> BankStatistics:
    """Count the bank of a course; 10,000 questions take some 20 ms."""
    limits = regulation.limits
    form_05 = form_05_questions(course)
    needed = _fewest(limits["test_bank_questions"])
    letters = int(limits["question_options"].max or limits["question_options"].min or 0)
    asked = Counter(outcome_id for question in course.test_bank for outcome_id in set(question.outcome_ids))
    lesson_ids = {lesson.id for module in course.modules for lesson in module.lessons}
    return BankStatistics(
        form_05=len(form_05),
        needed=needed,
        by_kind=Counter(question.kind for question in course.test_bank),
        modules=_modules(course, _fewest(limits["week_questions"]), needed),
        without_lesson=sum(question.lesson_id not in lesson_ids for question in course.test_bank),
        outcomes=tuple(OutcomeCount(outcome.id, asked[outcome.id]) for outcome in course.outcomes),
        without_outcome=sum(not question.outcome_ids for question in course.test_bank),
        key_positions=key_positions((ParsedQuestion.of(q, n) for n, q in enumerate(form_05, 1)), letters),
        without_key=sum(len(question.correct) != 1 for question in form_05),
    )


def _modules(course: Course, week_needed: int, bank_needed: int) -> tuple[ModuleCount, ...]:
    share = math.ceil(bank_needed / len(course.modules)) if course.modules else 0
    counts: list[ModuleCount] = []
    for number, module in enumerate(course.modules, start=1):
        questions = module_questions(course, module)
        by_lesson = Counter(question.lesson_id for question in questions)
        counts.append(
            ModuleCount(
                module.id,
                number,
                questions=len(questions),
                form_05=sum(question.kind is AnswerKind.CHOICE_SINGLE for question in questions),
                needed=week_needed,
                share=share,
                by_lesson={lesson.id: by_lesson[lesson.id] for lesson in module.lessons},
            )
        )
    return tuple(counts)


def _fewest(limit: Limit) -> int:
    """Return the least whole number that a limit accepts."""
    if limit.min is not None:
        return math.ceil(limit.min)
    return 0 if limit.min_exclusive is None else math.floor(limit.min_exclusive) + 1
