"""Find and replace over the whole course."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.model.course import Course
from app.session.course_texts import course_texts
from app.session.edit import get_value, set_value

_AROUND = 30
"""Characters of the text that a hit shows on each side."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        text: taken to the letter; a blank matches any run of blanks, so that a line break does not hide a phrase.
        match_case: capitals and small letters differ.
        whole_word: no letter, digit or underscore stands before or behind.
    """

    text: str
    match_case: bool = False
    whole_word: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where it stands.

    Attributes:
        path: element path of the text.
        start: place of the first character in the text, from 0.
        found: the characters found.
    """

    path: str
    start: int
    found: str
    before: str
    after: str


def find(course: Course, query: Query) -> tuple[Hit, ...]:
    """Return all hits in the order of the course; none for an empty query."""
    pattern = _pattern(query)
    if pattern is None:
        return ()
    hits = []
    for placed in course_texts(course):
        for match in pattern.finditer(placed.text):
            start, end = match.span()
            before = _one_line(placed.text[max(0, start - _AROUND) : start])
            after = _one_line(placed.text[end : end + _AROUND])
            hits.append(
                Hit(
                    placed.path,
                    start,
                    match[0],
                    f"…{before}" if start > _AROUND else before,
                    f"{after}…" if end + _AROUND < len(placed.text) else after,
                )
            )
    return tuple(hits)


def replace(course: Course, hits: Collection[Hit], replacement: str) -> Course:
    """Put a text in the place of hits; one that does not stand there any more is left alone.

    Args:
        course: the course.
        hits: from `find` on this course or an earlier value of it.
        replacement: taken to the letter.
    """
    ordered = sorted(hits, key=lambda hit: hit.path)
    for path, group in groupby(ordered, key=lambda hit: hit.path):
        course = _replace_in(course, path, tuple(group), replacement)
    return course


def _replace_in(course: Course, path: str, hits: Sequence[Hit], replacement: str) -> Course:
    try:
        text = get_value(course, path)
    except KeyError:
        return course  # the element was removed meanwhile
    if not isinstance(text, str):
        return course
    new = _replaced(text, hits, replacement)
    return course if new == text else set_value(course, path, new)


def _replaced(text: str, hits: Iterable[Hit], replacement: str) -> str:
    """Replace from the end, so that the places before stay where they are."""
    for hit in sorted(hits, key=lambda hit: hit.start, reverse=True):
        end = hit.start + len(hit.found)
        if text[hit.start : end] == hit.found:
            text = text[: hit.start] + replacement + text[end:]
    return text


def _pattern(query: Query) -> re.Pattern[str] | None:
    if not query.text:
        return None
    words = r"\s+".join(re.escape(word) for word in re.split(r"\s+", query.text))
    if query.whole_word:
        words = rf"(?<!\w){words}(?!\w)"
    return re.compile(words, 0 if query.match_case else re.IGNORECASE)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))
