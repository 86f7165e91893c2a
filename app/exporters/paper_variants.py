"""Question papers: which questions each variant has, in which order, with which values, and their keys.

Everything follows from the bank and a seed, so that a paper can be printed again.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.formats.calculated import PREVIEW_VARIANTS, Variant, filled, tolerance_at, tolerance_text, variants
from app.formats.content import letter_of
from app.formats.option_order import last_places, may_move, reordered
from app.model.tasks import AnswerKind, Calculation, Question

Say = Callable[[str], str]
"""Returns a text of ours by its key below ``forms.paper``."""


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """What shall be printed.

    Attributes:
        variants: how many.
        questions: how many questions of the bank each variant has, the same for all; None for all.
        seed: another seed gives another choice and other orders.
        shuffled: questions and options stand in another order in each variant.
        other_kinds: take also the questions that form 05 cannot hold.
    """

    variants: int = 1
    questions: int | None = None
    seed: int = 1
    shuffled: bool = True
    other_kinds: bool = False


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One question on a paper.

    Attributes:
        question: with its options in the order of the paper.
        stem: its text, the values of a parameterised one put in.
        partners: of a matching question the right side, in the order of the paper.
        key: what is right, as the key sheet prints it; empty where nobody has said it.
    """

    question: Question
    stem: str
    partners: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One variant, numbered from 1."""

    number: int
    items: tuple[PaperItem, ...]


def make_papers(bank: Sequence[Question], plan: PaperPlan, say: Say, decimal_mark: str = ",") -> tuple[Paper, ...]:
    """Return the variants of a paper.

    Args:
        bank: the test bank.
        plan: what shall be printed.
        say: texts of ours.
        decimal_mark: what stands before decimals in the language of the paper.
    """
    wanted = [question for question in bank if plan.other_kinds or question.kind is AnswerKind.CHOICE_SINGLE]
    if plan.questions is not None and plan.questions < len(wanted):
        drawn = sorted(wanted, key=lambda question: _draw(plan.seed, "bank", question.id))[: max(0, plan.questions)]
        chosen = {question.id for question in drawn}
        wanted = [question for question in wanted if question.id in chosen]
    values = {
        q.id: variants(q.calculation, max(PREVIEW_VARIANTS, plan.variants), plan.seed) for q in wanted if q.calculation
    }
    papers: list[Paper] = []
    for number in range(1, plan.variants + 1):
        order = sorted(wanted, key=lambda question: _draw(plan.seed, number, question.id)) if plan.shuffled else wanted
        items = (_item(question, plan, number, values.get(question.id, ()), say, decimal_mark) for question in order)
        papers.append(Paper(number, tuple(items)))
    return tuple(papers)


def _draw(*parts: object) -> bytes:
    return hashlib.sha256("\n".join(map(str, parts)).encode(errors="replace")).digest()


def _item(
    question: Question, plan: PaperPlan, number: int, values: Sequence[Variant], say: Say, decimal_mark: str
) -> PaperItem:
    shown = _with_order(question, plan, number)
    if question.calculation is not None:
        if not values:
            return PaperItem(shown, question.stem, (), "")
        variant = values[(number - 1) % len(values)]
        key = _calculated_key(question.calculation, variant, decimal_mark)
        return PaperItem(shown, filled(question.stem, variant.values, decimal_mark), (), key)
    partners = _partners(question, plan, number)
    return PaperItem(shown, question.stem, partners, key_of(shown, partners, say, decimal_mark))


def _with_order(question: Question, plan: PaperPlan, number: int) -> Question:
    movable = question.kind in (AnswerKind.CHOICE_SINGLE, AnswerKind.CHOICE_MULTI)
    one_key = question if question.kind is AnswerKind.CHOICE_SINGLE else question.model_copy(update={"correct": (0,)})
    if not plan.shuffled or not movable or not may_move(one_key):
        return question
    last = last_places(question)
    free = [place for place in range(len(question.options)) if place not in last]
    free.sort(key=lambda place: _draw(plan.seed, number, question.id, question.options[place]))
    return reordered(question, [*free, *last])


def _partners(question: Question, plan: PaperPlan, number: int) -> tuple[str, ...]:
    if question.kind is not AnswerKind.MATCHING:
        return ()
    variant = number if plan.shuffled else 0
    return tuple(sorted(set(question.answers), key=lambda answer: _draw(plan.seed, variant, question.id, answer)))


def key_of(question: Question, partners: Sequence[str], say: Say, decimal_mark: str) -> str:
    """Return what is right, for print: letters, words or numbers; empty where nobody has said it.

    Args:
        question: with its options in the order of the paper.
        partners: of a matching question the right side in the order of the paper.
        say: texts of ours.
        decimal_mark: what stands before decimals.
    """
    if question.kind is AnswerKind.FREE_FORM:
        return say("by_hand")
    if question.kind is AnswerKind.BINARY and not question.options:
        return "" if question.correct not in ((0,), (1,)) else say("yes" if question.correct == (0,) else "no")
    if question.kind is AnswerKind.MATCHING:
        pairs = zip(range(len(question.options)), question.answers, strict=False)
        return ", ".join(f"{letter_of(place)}–{partners.index(answer) + 1}" for place, answer in pairs)
    if question.kind is AnswerKind.NUMBER:
        return " / ".join(re.sub(r"\s*±\s*", " ± ", answer).replace(".", decimal_mark) for answer in question.answers)
    if question.kind is AnswerKind.SHORT_TEXT:
        return " / ".join(question.answers)
    return ", ".join(letter_of(place) for place in question.correct if 0 <= place < len(question.options))


def _calculated_key(calculation: Calculation, variant: Variant, decimal_mark: str) -> str:
    tolerance = tolerance_at(calculation, variant.answer)
    off = f" ± {tolerance_text(tolerance, 3)}" if tolerance else ""
    unit = f" {calculation.unit.strip()}" if calculation.unit.strip() else ""
    return f"{variant.answer_text}{off}".replace(".", decimal_mark) + unit
