"""What is wrong with a question of the course's bank, seen alone, and the repair where one needs no guess."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from app.formats import aiken
from app.formats.aiken_lines import looks_empty
from app.formats.content import plain, question_problems, structure_problems
from app.formats.invisible import without_invisible
from app.formats.option_order import reordered
from app.formats.phrases import speaks_of_options
from app.formats.problems import ParsedQuestion, Problem
from app.model.regulation import Limit
from app.model.tasks import AnswerKind, Question

RULE_OF_CODE: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("missing_stem", "short_stem", "multi_line_stem", "stem_like_option", "stem_like_answer"), "F05.1")
    | dict.fromkeys(
        ("option_count", "too_few_options", "too_many_options", "empty_option", "multi_line_option"), "F05.2"
    )
    | dict.fromkeys(("no_right_answer", "not_single_choice"), "F05.4")
    | dict.fromkeys(("duplicate_options", "right_answer_repeated", "repeated_question", "repeated_stem"), "DR10")
)
"""The rule of the regulation that says the same of a question, so that nobody reads it twice."""
QUESTION_CODES = frozenset(
    {*RULE_OF_CODE, "long_stem", "near_duplicate_options", "missing_answers", "all_of_the_above", "length_giveaway"}
    | {"letters_lost", "invisible_characters", "mixed_letters", "language_mix", "near_repeated", "repeated_option_set"}
)
"""Codes of what can be wrong with a question of a bank."""
_SAME = {"short_stem": "missing_stem", "not_single_choice": "no_right_answer"}


def faults_of(question: Question, number: int, option_limit: Limit) -> tuple[Problem, ...]:
    """Return what is wrong with a question, each fault once, with whether `repaired` mends it.

    Args:
        question: the question.
        number: its place in the bank, from 1.
        option_limit: how many options a single-choice question has (F05.2).
    """
    parsed = ParsedQuestion.of(question, number)
    found: dict[str, Problem] = {}
    for problem in (*structure_problems(parsed), *question_problems(parsed, option_limit), *_in_aiken(question)):
        if _SAME.get(problem.code) not in found:
            found.setdefault(problem.code, problem)
    return tuple(
        Problem(problem.code, 0, number, repaired(question, problem.code, option_limit) is not None, problem.params)
        for problem in found.values()
    )


def _in_aiken(question: Question) -> Iterator[Problem]:
    """Yield what keeps form 05 from holding a question that is meant for it; a beginning is not blamed for that."""
    if question.kind is AnswerKind.CHOICE_SINGLE:
        yield from aiken.obstacles([question])


def repaired(question: Question, code: str, option_limit: Limit) -> Question | None:
    """Return a question without one of its faults; None where a person has to decide.

    Args:
        question: the question.
        code: the fault's code.
        option_limit: how many options a single-choice question has (F05.2); none is dropped where one too few remains.
    """
    if code == "invisible_characters":
        return _with_texts(question, without_invisible(question.stem), tuple(map(without_invisible, question.options)))
    if code == "multi_line_stem":
        return _with_texts(question, _one_line(question.stem), question.options)
    if code == "multi_line_option":
        return _with_texts(question, question.stem, tuple(map(_one_line, question.options)))
    if code == "stem_like_option":
        stem = aiken.repaired_stem(question.stem.strip())
        return None if stem is None else _with_texts(question, stem, question.options)
    if code == "not_single_choice":
        return question.model_copy(update={"kind": AnswerKind.CHOICE_MULTI})
    if code == "empty_option":
        return _without_options(question, _empty_places(question), option_limit)
    if code == "duplicate_options":
        return _without_options(question, _repeated_places(question), option_limit)
    return _referring_last(question) if code == "all_of_the_above" else None


def _with_texts(question: Question, stem: str, options: tuple[str, ...]) -> Question:
    return question.model_copy(update={"stem": stem, "options": options})


def _one_line(text: str) -> str:
    return " ".join(part.strip() for part in text.splitlines() if part.strip())


def _empty_places(question: Question) -> set[int]:
    return {place for place, option in enumerate(question.options) if looks_empty(option)}


def _repeated_places(question: Question) -> set[int]:
    """Return places of options that stand there already; the right one stays."""
    order = sorted(range(len(question.options)), key=lambda place: (place not in question.correct, place))
    seen: set[str] = set()
    repeated: set[int] = set()
    for place in order:
        text = plain(question.options[place])
        if text and text in seen:
            repeated.add(place)
        seen.add(text)
    return repeated


def _without_options(question: Question, places: set[int], option_limit: Limit) -> Question | None:
    kept = [place for place in range(len(question.options)) if place not in places]
    if places & set(question.correct) or not option_limit.accepts(len(kept)):
        return None
    return reordered(question, kept)


def _referring_last(question: Question) -> Question | None:
    """Return the question with "all of the above" behind the others; None where it stands there."""
    places = range(len(question.options))
    order = sorted(places, key=lambda place: speaks_of_options(question.options[place]))
    return None if order == list(places) else reordered(question, order)
