"""What is wrong with a question as a question, whatever file it stands in."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from app.formats.aiken_lines import looks_empty
from app.formats.calculated import check
from app.formats.carrying import CHOICES
from app.formats.invisible import without_invisible
from app.formats.languages import Language, language_of, mixes_letters
from app.formats.phrases import speaks_of_options
from app.formats.problems import ParsedQuestion, Problem
from app.model.regulation import Limit
from app.model.tasks import AnswerKind

UNEVEN_SHARE = 0.6
"""From this share on one letter learners guess it; real banks have 60–100 %."""
UNEVEN_FROM = 10
LONGEST_SHARE = 0.6
"""Of five options each is the longest in a fifth of the questions by chance."""
MAX_NAME_CHARS = 255
"""The platform's question list holds no longer name, and makes the name from the stem."""
_GIVEAWAY_FACTOR = 1.8
_GIVEAWAY_MIN_CHARS = 20
_UNIT_CHARS = 4
"""A word of so few letters may differ from another in case alone: mW and MW, Pa and pa."""
_LOST_LETTERS = re.compile(r"\?(?<=[\u0400-\u052f]\?)[\u0400-\u052f]")
"""A question mark inside a word; the mark first, as a search for one letter is quick."""
_EDGE_MARKS = " .,;:!?…\"'«»“”„‘’`"


def plain(text: str) -> str:
    """Return a text for comparing: one kind of spaces, composed letters; case is kept (mW is not MW)."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def structure_problems(question: ParsedQuestion) -> Iterator[Problem]:
    """Name what a question lacks; the reader of Aiken says it in the words of its own lines."""
    for code in _lacking(question):
        yield Problem(code, question.line, question.number)


def _lacking(question: ParsedQuestion) -> Iterator[str]:
    if looks_empty(question.stem) and not question.has_picture(None):
        yield "missing_stem"
    if question.calculation is not None:
        return
    if question.kind in CHOICES:
        if len(question.options) < 2:
            yield "too_few_options"
        if any(looks_empty(text) and not question.has_picture(place) for place, text in enumerate(question.options)):
            yield "empty_option"
        if not question.correct:
            yield "no_right_answer"
    elif question.kind is AnswerKind.BINARY and not question.correct:
        yield "no_right_answer"
    elif question.kind is AnswerKind.MATCHING and len(question.options) < 2:
        yield "too_few_options"
    elif question.kind in (AnswerKind.SHORT_TEXT, AnswerKind.NUMBER) and not any(question.answers):
        yield "missing_answers"


def question_problems(question: ParsedQuestion, option_limit: Limit) -> Iterator[Problem]:
    """Name what is wrong with one question's content.

    Args:
        question: the question.
        option_limit: how many options a single-choice question has (form 05, F05.2).
    """
    for code, params in _content(question, option_limit):
        yield Problem(code, question.line, question.number, code == "invisible_characters", params)
    if question.calculation is not None:
        for problem in check(question.stem, question.calculation).problems:
            yield replace(problem, line=question.line, question=question.number)


def _content(question: ParsedQuestion, option_limit: Limit) -> Iterator[tuple[str, dict[str, object]]]:
    count = len(question.options)
    if question.kind in CHOICES and count >= 2 and not option_limit.accepts(count):  # fewer is a fault of its own
        yield "option_count", {"count": count, "required": str(option_limit)}
    yield from _equal_options(question)
    whole = "\n".join((question.stem, *question.options))
    if _LOST_LETTERS.search(whole):
        yield "letters_lost", {}
    if without_invisible(whole) != whole:
        yield "invisible_characters", {}
    mixed = mixes_letters(whole)
    if mixed:
        yield "mixed_letters", {"word": _short(mixed)}
    if len(question.stem) > MAX_NAME_CHARS:
        yield "long_stem", {"count": len(question.stem), "limit": MAX_NAME_CHARS}
    for option in question.options:
        if speaks_of_options(option):
            yield "all_of_the_above", {"text": _short(option)}
            break
    if _gives_away(question):
        yield "length_giveaway", {}
    stem, options = language_of(question.stem), language_of(" ".join(question.options))
    if {stem, options} == {Language.KAZAKH, Language.RUSSIAN}:
        yield "language_mix", {}


def _equal_options(question: ParsedQuestion) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield one problem for options that say the same: the key among them, to the letter, or nearly."""
    first: dict[str, int] = {}
    plains = [plain(option) for option in question.options]
    for place, option in enumerate(plains):
        twin = first.setdefault(option, place) if option else place
        if twin != place:
            with_key = (twin in question.correct) != (place in question.correct)
            yield "right_answer_repeated" if with_key else "duplicate_options", {"text": _short(option)}
            return
    near: set[str] = set()
    for option in plains:
        key = _near_key(option)
        if key and key in near:
            yield "near_duplicate_options", {"text": _short(option)}
            return
        near.add(key)


def _near_key(option: str) -> str:
    text = option.strip(_EDGE_MARKS)
    lower = text.lower()
    return text if len(text) <= _UNIT_CHARS or lower[1:] != text[1:] else lower


def _gives_away(question: ParsedQuestion) -> bool:
    if len(question.correct) != 1 or len(question.options) < 3:
        return False
    right = len(question.options[question.correct[0]])
    others = max(len(option) for place, option in enumerate(question.options) if place != question.correct[0])
    return right >= others * _GIVEAWAY_FACTOR and right - others >= _GIVEAWAY_MIN_CHARS


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def key_positions(questions: Iterable[ParsedQuestion], letters: int) -> dict[str, int]:
    """Return how often each letter is the only key; at least ``letters`` letters from A, all that occur."""
    counts = Counter(question.correct[0] for question in questions if question.options and len(question.correct) == 1)
    width = max([letters, *(position + 1 for position in counts)])
    return {letter_of(position): counts[position] for position in range(width)}


def letter_of(position: int) -> str:
    """Return the label of an option: A … Z, then AA, AB …."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def bank_problems(questions: Sequence[ParsedQuestion]) -> Iterator[Problem]:
    """Name what only the whole file shows."""
    if not questions:
        yield Problem("no_questions", 1)
    keys = key_positions(questions, 0)
    total = sum(keys.values())
    if total >= UNEVEN_FROM:
        letter, count = max(keys.items(), key=lambda item: item[1])
        if count / total >= UNEVEN_SHARE:
            yield Problem("keys_on_one_letter", 1, params={"letter": letter, "count": count, "total": total})
    longest, compared = _longest_right(questions)
    if compared >= UNEVEN_FROM and longest / compared >= LONGEST_SHARE:
        yield Problem("longest_is_right", 1, params={"count": longest, "total": compared})
    yield from _other_languages(questions)


def _longest_right(questions: Iterable[ParsedQuestion]) -> tuple[int, int]:
    """Return in how many questions the right option is longer than every other, and how many have a longest one."""
    longest = compared = 0
    for question in questions:
        if len(question.correct) != 1 or len(question.options) < 3:
            continue
        lengths = [len(option) for option in question.options]
        most = max(lengths)
        if lengths.count(most) == 1:
            compared += 1
            longest += lengths[question.correct[0]] == most
    return longest, compared


def _other_languages(questions: Sequence[ParsedQuestion]) -> Iterator[Problem]:
    known = [(question, language) for question in questions if (language := language_of(question.stem))]
    if len(known) < UNEVEN_FROM:
        return
    main, count = Counter(language for _, language in known).most_common(1)[0]
    if count / len(known) < 0.8:
        return  # a bank in two languages, not a slip
    for question, language in known:
        if language is not main:
            yield Problem("other_language", question.line, question.number)
