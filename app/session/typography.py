"""Quotes and dashes of one kind through the whole course, as a repair with a preview.

Kazakh and Russian print «…» and, inside them, „…“; English prints “…” and, inside them, ‘…’. A dash between words is an
en dash between blanks in all three. Nothing but these signs changes: no letter, no line break, and where the quotes of
a text do not pair up they are left as the author wrote them.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from app.model.course import Course, CourseLanguage
from app.session.course_texts import TextKind, course_texts
from app.session.edit import get_value, set_value

_DOUBLE = frozenset('"«»„“”‟〝〞')
_OPENS = frozenset("«„‟")
_CLOSES = frozenset("»”")
_STYLES = {True: ("«", "»", "„", "“"), False: ("“", "”", "‘", "’")}
"""Outer and inner quotes: of Cyrillic text, and of English."""

_DASH = re.compile(r"(?<=\S)([ \u00a0])(?:-{1,3}|—|―|‒)(?=[ \u00a0]\S)")
_LEADING_DASH = re.compile(r"(?m)^(?:-{1,3}|—|―|‒)(?=[ \u00a0]\S)")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
_EXACT = re.compile(r"\b(?:https?://|www\.)[^\s\"«»„“”]+|\\\(.*?\\\)|\\\[.*?\\\]|\$\$.*?\$\$", re.DOTALL)
"""Addresses and formulas inside a text."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A text that would change.

    Attributes:
        path: element path of the text.
    """

    path: str
    before: str
    after: str


def repairs(course: Course) -> tuple[Repair, ...]:
    """Return what the repair would change, in the order of the course; addresses and formulas are never touched."""
    found = []
    for placed in course_texts(course):
        if placed.kind is TextKind.PROSE:
            after = repaired(placed.text, course.language)
            if after != placed.text:
                found.append(Repair(placed.path, placed.text, after))
    return tuple(found)


def apply_repairs(course: Course, chosen: Collection[Repair]) -> Course:
    """Make repairs; a text that changed since they were found is left alone."""
    for repair in chosen:
        try:
            if get_value(course, repair.path) == repair.before:
                course = set_value(course, repair.path, repair.after)
        except KeyError:
            continue  # the element was removed meanwhile
    return course


def repaired(text: str, language: CourseLanguage | None) -> str:
    """Return a text with its quotes and dashes put right; repairing twice is repairing once.

    Args:
        text: any text of the course.
        language: the course's; where it is not said yet, the text's own letters decide.
    """
    parts, last = [], 0
    exact = list(_EXACT.finditer(text))
    if not exact:
        return _dashes(_quotes(text, language))
    for match in exact:  # signs inside belong to it; quotes are paired around it
        parts.append((text[last : match.start()], match[0]))
        last = match.end()
    marks = [f"\ue000{place}\ue001" for place in range(len(parts))]
    joined = "".join(before + mark for (before, _), mark in zip(parts, marks, strict=True)) + text[last:]
    if "\ue000" in text or "\ue001" in text:
        return text
    mended = _dashes(_quotes(joined, language))
    for (_, kept), mark in zip(parts, marks, strict=True):
        mended = mended.replace(mark, kept, 1)
    return mended


def _dashes(text: str) -> str:
    return _LEADING_DASH.sub("–", _DASH.sub(r"\1–", text))


def _quotes(text: str, language: CourseLanguage | None) -> str:
    cyrillic = _is_cyrillic(text, language)
    return "\n".join(_line_quotes(line, cyrillic=cyrillic) for line in text.split("\n"))


def _is_cyrillic(text: str, language: CourseLanguage | None) -> bool:
    if language is None:
        return len(_CYRILLIC.findall(text)) >= len(_LATIN.findall(text))
    return language is not CourseLanguage.EN


def _line_quotes(line: str, *, cyrillic: bool) -> str:
    """Pair the double quotes of a line; a line where they do not pair up comes back as it is."""
    places = [place for place, sign in enumerate(line) if sign in _DOUBLE]
    outer_open, outer_close, inner_open, inner_close = _STYLES[cyrillic]
    signs, depth = list(line), 0
    for place in places:
        opening = _opens(line, place, depth)
        if opening is None:
            return line
        depth += 1 if opening else -1
        if opening:
            if depth > 2:
                return line
            signs[place] = outer_open if depth == 1 else inner_open
        else:
            signs[place] = outer_close if depth == 0 else inner_close
    return "".join(signs) if depth == 0 else line


def _opens(line: str, place: int, depth: int) -> bool | None:
    """Tell whether a quote opens; None where it can be neither, as an inch sign behind a number."""
    sign = line[place]
    if sign in _OPENS:
        return True
    if sign in _CLOSES:
        return False if depth else (True if sign == "”" and _before_word(line, place) else None)
    if _before_word(line, place):
        return True
    return False if depth else None


def _before_word(line: str, place: int) -> bool:
    before = line[place - 1] if place else " "
    after = line[place + 1] if place + 1 < len(line) else " "
    return (
        (before.isspace() or before in "([{«„“—–-/" or before == '"') and not after.isspace() and after not in ".,;:!?)"
    )
