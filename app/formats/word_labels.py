"""Numbers of questions and labels of options, as people type them into Word."""

import re
from collections.abc import Sequence

from app.formats.aiken_lines import latin_letter, may_be_label

GAP = r"[ \t\u00a0]*+"
NUMBER = re.compile(rf"{GAP}(?:№{GAP})?\d{{1,6}}{GAP}[.)](?!\d){GAP}")
LABEL = re.compile(rf"{GAP}(?P<star>(?:[*+]{GAP})?)(?P<letter>[^\W\d_]){GAP}[.)]{GAP}")
_INNER_LABEL = re.compile(
    r"(?P<wide>\t[ \t]{0,40}|[ \u00a0]{2,40}|[ \u00a0])(?P<star>[*+]?)(?P<letter>[^\W\d_])[.)](?=\s|\S)"
)


def inner_labels(text: str, place: int) -> list[re.Match[str]]:
    """Return the labels of further options in one line: after a tab or two blanks, or three and more in order."""
    if ")" not in text and "." not in text:  # most lines; the search itself looks at every letter
        return []
    found: list[re.Match[str]] = []
    for label in _INNER_LABEL.finditer(text):
        if may_be_label(label["letter"], place + len(found)) and label["letter"].isupper():
            found.append(label)
    wide = bool(found) and all(len(label["wide"]) > 1 or "\t" in label["wide"] for label in found)
    enough = len(found) >= 2 if place == 0 else len(found) >= 1
    return found if (wide and enough) or len(found) >= 3 else []


def places_named(value: str, letters: Sequence[str]) -> tuple[int, ...]:
    """Return the options that an answer like ``B``, ``в)`` or ``A, C`` names; empty where one of them is none.

    Args:
        value: what stands behind the word.
        letters: labels of the options as they were typed; empty where Word counts them itself.
    """
    words = re.findall(r"[^\W_]+", value)
    shown = [letter.upper() for letter in letters]
    places = [_place_named(word.upper(), shown) for word in words]
    return tuple(sorted({place for place in places if place is not None})) if None not in places else ()


def _place_named(letter: str, shown: Sequence[str]) -> int | None:
    if letter in shown:
        return shown.index(letter)
    latin = latin_letter(letter) if len(letter) == 1 else None
    if latin is None:
        return None
    alike = [latin_letter(label) if label else chr(ord("A") + place) for place, label in enumerate(shown)]
    return alike.index(latin) if latin in alike else None
