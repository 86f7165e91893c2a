"""Form 05: the questions of the test bank that it can hold, single-choice ones with five options (X13).

How many there must be, F01.22b says; duplicates among them are DR10's.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from app.checks.context import Context, Verdict, fail, rule
from app.checks.wording import is_blank
from app.model.tasks import Question
from app.model.views import form_05_questions

_LIKE_OPTION = re.compile(r"[A-Z][.)]")
_LIKE_KEY = "ANSWER:"
_LETTERS = 26
_FEWEST_BYTES = 2
"""Importers of the layout skip shorter lines."""


@rule("F05.1")
def stem(context: Context) -> Iterable[Verdict]:
    """The text of a question is one line that cannot be taken for an option or a key.

    What: the stem of each single-choice question.
    Why: in the text file of form 05 the first line is the question; a second line, or one that begins like "A." or
        "ANSWER:", makes importers lose the question.
    Passes: one line of at least two characters.
    Fails: no text, several lines, a Latin capital with "." or ")" or the word ANSWER: at the beginning.
    Clause: F05.1, F01.22a, 11.3a, 7.4.
    """
    for number, question in _numbered(context):
        text = question.stem.strip()
        message = _stem_fault(text)
        if message:
            yield fail(message, f"test_bank/{question.id}/stem", number=number)


def _stem_fault(text: str) -> str:
    if len(text.encode()) < _FEWEST_BYTES:
        return "empty"
    if _has_break(text):
        return "lines"
    return "like_option" if _LIKE_OPTION.match(text) else "like_key" if text.startswith(_LIKE_KEY) else ""


@rule("F05.2")
def options(context: Context) -> Iterable[Verdict]:
    """A question has five options, each with a text of one line.

    What: number of options of each single-choice question (count) and their texts.
    Why: form 05 prints A to E; importers drop an empty option and so shift the key.
    Passes: exactly five options, each one line of text.
    Fails: fewer or more, an empty option, an option of several lines.
    Clause: F05.2, F01.22a, 11.3a, 7.4.
    """
    limit = context.limit("question_options")
    for number, question in _numbered(context):
        element, texts = f"test_bank/{question.id}/options", question.options
        if not limit.accepts(len(texts)):
            yield fail("count", element, measured=len(texts), required=limit, number=number)
        empty, broken = _unprintable(texts)
        if empty:
            yield fail("empty", element, number=number, letters=empty)
        if broken:
            yield fail("lines", element, number=number, letters=broken)


@lru_cache(maxsize=2048)  # most questions stay as they are between two changes of a course
def _unprintable(options: tuple[str, ...]) -> tuple[str, str]:
    """Return the letters of the options without a text, and of those of several lines."""
    empty = _letters(index for index, text in enumerate(options) if is_blank(text))
    return empty, _letters(index for index, text in enumerate(options) if _has_break(text.strip()))


@rule("F05.3")
def key_in_range(context: Context) -> Iterable[Verdict]:
    """The key of a question is the letter of one of its options.

    What: the positions of the right options of each single-choice question.
    Why: importers accept a letter without an option silently and store a question that nobody can answer.
    Passes: the letter belongs to an option. A question without options or without a key is F05.2's or F05.4's.
    Fails: a letter beyond the options.
    Clause: F05.3, F01.22a, 11.3a, 7.4.
    """
    for number, question in _numbered(context):
        last = len(question.options) - 1
        outside = sorted({index for index in question.correct if not 0 <= index <= last})
        if outside and question.options:
            element, required = f"test_bank/{question.id}/correct", f"A..{_letter(last)}"
            yield fail("outside", element, measured=_letters(outside), required=required, number=number)


@rule("F05.4")
def one_key(context: Context) -> Iterable[Verdict]:
    """A question has exactly one right answer.

    What: number of right options of each single-choice question (count).
    Why: form 05 has room for one letter; questions with several right answers belong to another kind (X13).
    Passes: one.
    Fails: none, or two and more.
    Clause: F05.4, F01.22a, 11.3a, 7.4.
    """
    limit = context.limit("question_keys")
    for number, question in _numbered(context):
        keys = len(set(question.correct))
        if not limit.accepts(keys):
            element, message = f"test_bank/{question.id}/correct", "several" if keys else "none"
            yield fail(message, element, measured=keys, required=limit, number=number)


def _numbered(context: Context) -> Iterator[tuple[int, Question]]:
    """Yield the questions of form 05 with their numbers in it, from 1."""
    return enumerate(form_05_questions(context.course), 1)


def _has_break(text: str) -> bool:
    return len(text.splitlines()) > 1


def _letter(index: int) -> str:
    """Return the letter of an option; a position without a letter as a number from 1."""
    return chr(ord("A") + index) if 0 <= index < _LETTERS else str(index + 1)


def _letters(indices: Iterable[int]) -> str:
    return ", ".join(map(_letter, indices))


RULES = (stem, options, key_in_range, one_key)
