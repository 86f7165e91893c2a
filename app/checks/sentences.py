"""Counting sentences (F01.10) in Kazakh, Russian and English."""

import re

_CLOSING = "\"'»”’)]"
_OPENING = "\"'«“‘(["
_MARKS = ".!?…"
_BREAK = re.compile(rf"([{_MARKS}]+)[{re.escape(_CLOSING)}]*(?:\s+|(?<=[^\W\d_]{{2}}[{_MARKS}])(?=[^\W\d_]{{2}}))")
"""Marks with space after them, or, where the space was forgotten, between two words of letters."""
_SHORT_FORM = re.compile(
    "проф|доц|акад|канд|др|пр|см|мыс|рис|табл|ст|стр|гг|жж|ғғ|млн|млрд|тыс|руб|тг|мин|сағ|англ|лат|им|"
    "prof|dr|mr|mrs|ms|st|vs|etc|fig|vol|inc|approx",
    re.IGNORECASE,
)


def sentence_count(text: str) -> int:
    """Count sentences; initials (А. Байтұрсынұлы), short forms (т.б., проф.) and numbers (2.5) end none.

    A mark ends a sentence where the next one begins with a capital letter or a digit, or where the text ends. In doubt
    (a short form before a capital) two sentences are counted as one: the count only warns (decision 12).
    """
    sentences, start = 0, 0
    for mark in _BREAK.finditer(text):
        if _ends_sentence(text[start : mark.end(1)], text[mark.end() :], spaced=mark.group()[-1].isspace()):
            sentences += _says_something(text[start : mark.end()])
            start = mark.end()
    return sentences + _says_something(text[start:])


def has_end_mark(text: str) -> bool:
    """Tell whether the text ends with a full stop, an exclamation or question mark or an ellipsis."""
    return text.rstrip().rstrip(_CLOSING).endswith(tuple(_MARKS))


def _ends_sentence(before: str, after: str, *, spaced: bool) -> bool:
    following = after.lstrip(_OPENING)[:2]
    if not spaced:
        return following[:1].isupper() and following[1:].islower() and before[-2].islower()
    if not (following[:1].isupper() or following[:1].isdigit()):
        return False
    return not (before.endswith(".") and not before.endswith("..") and _is_short_form(before[:-1]))


def _is_short_form(text: str) -> bool:
    """Tell whether a text ends in an initial or a short form: the last piece before the full stop."""
    last = re.split(r"[\s.\-–—(«\"]", text)[-1]
    return (len(last) == 1 and last.isalpha()) or bool(_SHORT_FORM.fullmatch(last))


def _says_something(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
