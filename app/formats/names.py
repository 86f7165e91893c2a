"""The names of the question formats, and which one a file has."""

import re
from enum import StrEnum

from app.formats.encoding import decode


class QuestionFormat(StrEnum):
    """Formats of question files."""

    AIKEN = "aiken"
    GIFT = "gift"
    MOODLE_XML = "moodle-xml"
    PLATONUS = "platonus"
    TAMOS = "tamos"
    MYTESTX = "mytestx"
    WORD = "word"


BUILT = frozenset({QuestionFormat.AIKEN})
"""Formats that this version reads and writes."""

_ZIP_MARK = b"PK\x03\x04"
_SIGNS = (
    (QuestionFormat.MOODLE_XML, re.compile(r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<quiz\b", re.DOTALL)),
    (QuestionFormat.PLATONUS, re.compile(r"^\s*<question\d?>", re.MULTILINE | re.IGNORECASE)),
    (QuestionFormat.TAMOS, re.compile(r"^\s*\[q\]", re.MULTILINE | re.IGNORECASE)),
    (QuestionFormat.AIKEN, re.compile(r"^[ \t]*ANSWER:", re.MULTILINE)),
    (QuestionFormat.GIFT, re.compile(r"(?<!\\)\{[^{}]*(?<!\\)[=~][^{}]*\}|^::", re.MULTILINE)),
    (QuestionFormat.MYTESTX, re.compile(r"^#[^\n]*\n(?:[^\n]*\n)*?[+-]", re.MULTILINE)),
)


def detect(data: bytes) -> QuestionFormat:
    """Return the format that a file's content shows; what shows none is read as Aiken."""
    if data.startswith(_ZIP_MARK):
        return QuestionFormat.WORD
    text = decode(data).text.replace("\r\n", "\n").replace("\r", "\n")
    return next((name for name, sign in _SIGNS if sign.search(text)), QuestionFormat.AIKEN)
