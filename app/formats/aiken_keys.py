"""What an answer line means: which option its author marked, and what Moodle would make of it instead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.formats.aiken_lines import is_cyrillic, latin_letter, looks_empty

_ONE = r"[^\W\d_]"
_BETWEEN = r"(?:[\s,;/+&|]+(?:(?:and|және|и)[\s]+)?)"
_SEVERAL = re.compile(rf"{_ONE}(?:{_BETWEEN}{_ONE})+[.)]?")
_RUN_TOGETHER = re.compile(r"[A-Z]{2,5}")
_LETTER_FIRST = re.compile(rf"({_ONE})(?!{_ONE}|[\d_])[.)]?\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Key:
    """Positions of the marked options from 0 (none where the line names none that exists), and what is wrong.

    Attributes:
        problems: codes with whether the writer mends them.
    """

    positions: tuple[int, ...]
    problems: tuple[tuple[str, bool], ...] = ()


def resolve_key(value: str, labels: Sequence[str], bodies: Sequence[str]) -> Key:
    """Return the options that an answer line marks.

    Args:
        value: what follows ``ANSWER:``, trimmed.
        labels: the letters of the options as they stand in the file.
        bodies: the texts of the options.
    """
    if not value:
        return Key((), (("missing_key", False),))
    if len(value) > 1 and bodies.count(value) == 1:
        return Key((bodies.index(value),), (("answer_is_text", True),))
    if _SEVERAL.fullmatch(value) or (_RUN_TOGETHER.fullmatch(value) and len(value) <= len(labels)):
        return _several(value, labels)
    first = _LETTER_FIRST.fullmatch(value)
    if first is None:
        return Key((), (("answer_unknown", False),))
    return _one(first[1], first[2], labels, bodies)


def _several(value: str, labels: Sequence[str]) -> Key:
    letters = re.findall(_ONE, re.sub(r"\b(?:and|және)\b|(?<=\s)и(?=\s)", " ", value))
    places = sorted({place for letter in letters if (place := _place(letter, labels)) is not None})
    return Key(tuple(places) if len(places) > 1 else (), (("several_answers", False),))


def _one(letter: str, extra: str, labels: Sequence[str], bodies: Sequence[str]) -> Key:
    place = _place(letter, labels)
    problems: list[tuple[str, bool]] = []
    if is_cyrillic(letter):
        problems.append(("cyrillic_answer", place is not None))
    elif letter.islower():
        problems.append(("lowercase_answer", place is not None))
    if place is None:
        problems.append((_unresolved(letter, labels), False))
        return Key((), tuple(problems))
    if extra:
        problems.append(("answer_extra_text", True))
    if looks_empty(bodies[place]):
        problems.append(("empty_key_option", False))
    return Key((place,), tuple(problems))


def _unresolved(letter: str, labels: Sequence[str]) -> str:
    latin = latin_letter(letter)
    named_twice = any(latin_letter(label) == latin for label in labels)
    return "answer_unknown" if latin is None or named_twice else "answer_beyond_options"


def _place(letter: str, labels: Sequence[str]) -> int | None:
    """Return the option that a letter names: the same letter, else the one that looks the same; None if not clear."""
    same = [place for place, label in enumerate(labels) if label.upper() == letter.upper()]
    if not same:
        latin = latin_letter(letter)
        alphabetical = any(latin_letter(label) is None or label.upper() == "Г" for label in labels)
        if latin is None or alphabetical:  # А Б В Г Д: a Latin B may mean the second or the third
            return None
        same = [place for place, label in enumerate(labels) if latin_letter(label) == latin]
    return same[0] if len(same) == 1 else None
