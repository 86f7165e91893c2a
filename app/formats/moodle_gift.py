"""What Moodle 4.5 makes of a GIFT file, "stop on error" off: a model of the importer's behaviour, not of its code.

It is as strict and as careless as the importer: a blank line ends a question, the first pair of braces holds the
answers, a question without an ``=`` among its ``~`` has several answers and may have no right one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.formats.aiken_lines import ASCII_BLANK
from app.formats.gift_answers import Piece, pieces
from app.formats.gift_text import hold, release, shown, typed
from app.formats.shares import is_accepted

_BOM = b"\xef\xbb\xbf"
_NUMERIC = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*", re.ASCII)
_TRUE_FALSE = frozenset({"T", "TRUE", "F", "FALSE"})


@dataclass(frozen=True, slots=True)
class GiftStored:
    """A question in Moodle's question bank.

    Attributes:
        line: line of the file where it begins, from 1.
        kind: Moodle's name of the kind.
        right: the answers that earn everything: texts of options, or what is to be typed.
    """

    line: int
    kind: str
    stem: str
    options: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GiftImport:
    """The outcome of an import.

    Attributes:
        faults: lines at which Moodle reports an error.
    """

    stored: tuple[GiftStored, ...]
    faults: tuple[int, ...]


def predict(data: bytes) -> GiftImport:
    """Return what Moodle stores of a file and where it complains."""
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        return GiftImport((), (1,))
    stored: list[GiftStored] = []
    faults: list[int] = []
    for line, block in _blocks(text):
        held = hold(block).strip(ASCII_BLANK)
        if not held or held.startswith("$CATEGORY:"):
            continue
        question = _question(line, held)
        if question is None:
            faults.append(line)
        else:
            stored.append(question)
    return GiftImport(tuple(stored), tuple(faults))


def _blocks(text: str) -> Iterable[tuple[int, str]]:
    lines: list[str] = []
    first = 1
    raw_lines = re.split(r"\r\n|\n|\r" if "\n" not in text else r"\n", text)
    for number, raw in enumerate([*raw_lines, ""], start=1):
        line = raw.strip(ASCII_BLANK)
        if line in ("", "0"):
            if lines:
                comments = [entry.startswith("//") for entry in lines]
                text = "\n".join(" " if comment else entry for comment, entry in zip(comments, lines, strict=True))
                yield first + (comments.index(False) if False in comments else 0), text
            lines, first = [], number + 1
        else:
            lines.append(line)


def _question(line: int, held: str) -> GiftStored | None:
    """Return the stored question, None where Moodle reports an error."""
    if held.startswith("::") and (end := held.find("::", 2)) >= 0:
        held = held[end + 2 :].strip(ASCII_BLANK)
    start, end = held.find("{"), held.find("}")
    if start < 0 and end < 0:
        return GiftStored(line, "description", _stem(held))
    if start < 0 or end < start:
        return None
    inside = held[start + 1 : end].strip(ASCII_BLANK)
    stem = _stem(held[:start] + ("" if held.endswith("}") else "_____") + held[end + 1 :])
    feedback = inside.rfind("####")
    if feedback >= 0:
        inside = inside[:feedback].strip(ASCII_BLANK)
    if not inside:
        return GiftStored(line, "essay", stem)
    if inside.startswith("#"):
        return _numerical(line, stem, inside[1:])
    if "~" in inside:
        return _multichoice(line, stem, inside)
    if "=" in inside and "->" in inside:
        return _matching(line, stem, inside)
    check = inside.partition("#")[0].strip(ASCII_BLANK) if "#" in inside[1:] else inside
    if check in _TRUE_FALSE:
        return GiftStored(line, "truefalse", stem, right=("TRUE" if check.startswith("T") else "FALSE",))
    return _typed(line, stem, pieces(inside, "="))


def _stem(held: str) -> str:
    return shown(held, "moodle")[0].text


def _multichoice(line: int, stem: str, inside: str) -> GiftStored | None:
    found = pieces(inside, "~")
    if len(found) < 2 or not _shares_accepted(found):
        return None
    texts = [shown(piece.text, "moodle")[0].text for piece in found]
    kept = [(text, piece) for text, piece in zip(texts, found, strict=True) if text]
    if any(piece.full for piece in found):
        right = tuple(text for text, piece in kept if piece.full)
        return GiftStored(line, "multichoice", stem, tuple(text for text, _ in kept), right)
    right = tuple(text for text, piece in kept if piece.share_pct is not None and piece.share_pct > 0)
    return GiftStored(line, "multianswer", stem, tuple(text for text, _ in kept), right)


def _matching(line: int, stem: str, inside: str) -> GiftStored | None:
    pairs = [part.partition("->") for part in inside.split("=")[1:]]
    if len(pairs) < 2 or not all(arrow for _, arrow, _ in pairs):
        return None
    rights = tuple(release(right).strip(ASCII_BLANK) for _, _, right in pairs)
    return GiftStored(line, "match", stem, tuple(_stem(left) for left, _, _ in pairs), rights)


def _typed(line: int, stem: str, found: Sequence[Piece]) -> GiftStored | None:
    if not found or not _shares_accepted(found):
        return None
    right = tuple(typed(piece.text) for piece in found if piece.share_pct is None or piece.share_pct == 100)
    return GiftStored(line, "shortanswer", stem, right=tuple(text for text in right if text))


def _numerical(line: int, stem: str, inside: str) -> GiftStored | None:
    found = pieces(inside.partition("~")[0], "=")
    if not found or not _shares_accepted(found):
        return None
    right: list[str] = []
    for piece in found:
        text = typed(piece.text)
        value, _, tolerance = text.partition("..") if ".." in text[1:] else text.partition(":")
        if tolerance.strip() and not _NUMERIC.fullmatch(tolerance):
            return None
        if piece.share_pct is None or piece.share_pct == 100:  # what is no number is stored as "any answer"
            right.append(text if _NUMERIC.fullmatch(value) else "*")
    return GiftStored(line, "numerical", stem, right=tuple(right))


def _shares_accepted(found: Sequence[Piece]) -> bool:
    return all(piece.share_pct is None or is_accepted(Decimal(piece.share_pct)) for piece in found)
