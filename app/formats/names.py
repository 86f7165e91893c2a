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


_ZIP_MARK = b"PK\x03\x04"
_RTF_MARK = b"{\\rtf"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_XML_START = re.compile(r"\s*<(?:\?xml\b|!--|!DOCTYPE\b|quiz\b)", re.IGNORECASE)
_QUIZ = re.compile(r"<(?:!DOCTYPE\s+)?quiz\b")
_PLATONUS = re.compile(r"^\s*<question[ \t]*\d?>", re.MULTILINE | re.IGNORECASE)
_TAMOS = re.compile(r"^\s*\[q\]", re.MULTILINE | re.IGNORECASE)
_AIKEN = re.compile(r"^[ \t]*ANSWER:", re.MULTILINE)
_GIFT_NAME = re.compile(r"^::", re.MULTILINE)
_GIFT_ESCAPED = re.compile(r"\\.")
_GIFT_BRACES = re.compile(r"\{([^{}]*)\}")
_GIFT_INSIDE = re.compile(r"[=~]|^\s*(?:#|(?:T|F|TRUE|FALSE)\s*(?:#|$))")
_MYTESTX_QUESTION = re.compile(r"^#", re.MULTILINE)
_MYTESTX_RIGHT = re.compile(r"^\+", re.MULTILINE)
_SIGNS = (
    (QuestionFormat.PLATONUS, "<", _PLATONUS),
    (QuestionFormat.TAMOS, "[", _TAMOS),
    (QuestionFormat.AIKEN, "ANSWER:", _AIKEN),
)
"""With what the sign cannot be without: whether it is there is told at once, also in a text of megabytes."""
_OF_SUFFIX = {".xml": QuestionFormat.MOODLE_XML, ".docx": QuestionFormat.WORD, ".gift": QuestionFormat.GIFT}


def is_plain_text(data: bytes) -> bool:
    """Tell whether a file is text that a person can read: no archive, no older Word's document, no RTF."""
    if not data or data.startswith((_ZIP_MARK, _RTF_MARK)):
        return False
    decoded = decode(data)
    return not decoded.lossy and _CONTROL.search(decoded.text) is None


def detect(data: bytes) -> QuestionFormat:
    """Return the format that a file's content shows; what shows none is read as Aiken."""
    if data.startswith(_ZIP_MARK):
        return QuestionFormat.WORD
    return detect_text(decode(data).text) or QuestionFormat.AIKEN


def detect_text(text: str) -> QuestionFormat | None:
    """Return the format that a text shows, None where it shows none."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _XML_START.match(text) and _QUIZ.search(text):
        return QuestionFormat.MOODLE_XML
    for name, needed, sign in _SIGNS:
        if needed in text and sign.search(text):
            return name
    bare = _GIFT_ESCAPED.sub("", text) if "{" in text else ""
    named = "::" in text and _GIFT_NAME.search(text) is not None
    if named or any(_GIFT_INSIDE.search(found[1]) for found in _GIFT_BRACES.finditer(bare)):
        return QuestionFormat.GIFT
    question = _MYTESTX_QUESTION.search(text) if "#" in text else None
    return QuestionFormat.MYTESTX if question and _MYTESTX_RIGHT.search(text, question.end()) else None


def of_suffix(suffix: str) -> QuestionFormat | None:
    """Return the format that a file name's ending promises, None where several share it."""
    return _OF_SUFFIX.get(suffix.lower())
