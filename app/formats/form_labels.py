"""Which line of a document is a label of an official form: to the letter, or nearly, or with the value behind it."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.model.regulation import Regulation

_NEARLY = 88
"""Percent of likeness, by which a label with other spacing, case or numbers is still that label."""
_WORDS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*\s*[.)]?\s*")
_CUT = re.compile(r"[.(:/–]")


@dataclass(frozen=True, slots=True)
class Label:
    """One label.

    Attributes:
        key: key of the first piece, e.g. ``F01.14a``.
        full: letters of the whole printed item in small letters.
        core: letters of its first words.
    """

    key: str
    full: str
    core: str


@dataclass(frozen=True, slots=True)
class Found:
    """A label found in a line, with the value that stands behind it in the same line."""

    key: str
    rest: str


def labels_of(regulation: Regulation, form: str, items: tuple[tuple[str, ...], ...]) -> tuple[Label, ...]:
    """Return labels in printed order.

    Args:
        regulation: the edition.
        form: e.g. ``form_01``.
        items: the keys of the pieces of each item.
    """
    found = []
    for keys in items:
        text = " ".join(regulation.label(form, key) for key in keys)
        bare = _NUMBER.sub("", text, count=1)
        found.append(Label(keys[0], _letters(bare), _letters(_CUT.split(bare, maxsplit=1)[0])))
    return tuple(found)


def label_in(line: str, labels: tuple[Label, ...]) -> Found | None:
    """Return the label that a line is or begins with, None where it is a value.

    Args:
        line: a line of the document.
        labels: those that may still come, in order; where several fit, the likest counts.
    """
    numbered = _NUMBER.match(line)
    bare = line[numbered.end() :] if numbered else line
    letters = _letters(bare)
    if not letters:
        return None
    best, best_score = None, float(_NEARLY)
    for label in labels:
        score = fuzz.ratio(letters, label.full)
        if score > best_score or (score == best_score == 100):
            best, best_score = label, score
    if best is None:  # a label that was cut short, as «ЖАОК атауы» or «ЖАОК сипаттамасы. Курстың қысқаша аннотациясы»
        best = next((one for one in labels if one.full.startswith(letters) and letters.startswith(one.core)), None)
    if best is not None:
        return Found(best.key, "")
    for label in labels:
        rest = _behind(bare, label.core)
        if rest is not None and (numbered is not None or not rest[1] or rest[0] in ":("):
            return Found(label.key, rest[1])
    return None


def _behind(line: str, core: str) -> tuple[str, str] | None:
    """Return the sign behind a label's first words and the value after it; None where the line begins otherwise."""
    words = list(_WORDS.finditer(line))
    count = len(core.split())
    if len(words) < count or fuzz.ratio(_letters(line[: words[count - 1].end()]), core) < _NEARLY:
        return None
    rest = line[words[count - 1].end() :].strip()
    if rest.startswith("("):
        _, closed, after = rest.partition(")")
        rest = after.strip() if closed else ""
    sign = rest[:1]
    value = rest.lstrip(":–—-. ").strip()
    return (sign or ":", value)


def _letters(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold()))
