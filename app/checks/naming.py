"""Whether a name holds what it must: the number and the title of a lecture, the name of a person.

Texts come from people and from PDF files, so case, spaces, hyphenation and quotation marks do not count.
"""

import re
import unicodedata
from difflib import SequenceMatcher

_TRANSLITERATION = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфхыі", "abvgdeziiklmnoprstufhyi", strict=True)),
        **dict(zip("әғқңөұүһэьъ", ("a", "g", "q", "n", "o", "u", "u", "h", "e", "", ""), strict=True)),
        **dict(zip("ёжцчшщюя", ("e", "zh", "ts", "ch", "sh", "shch", "iu", "ia"), strict=True)),
    }
)
"""One of the systems in use; `_sounds_alike` allows for the others."""

_LIKENESS = 0.6
"""Share of a title that a transliterated name must repeat; systems differ in a letter of each word or so (ours)."""

_WORD = r"(?:лекция|дәріс|lecture)"
_NUMBER_AFTER = re.compile(rf"{_WORD}[\s_]*(?:№|no\b|#)?[\s_.:]*([0-9]+)")
_NUMBER_BEFORE = re.compile(rf"([0-9]+)[\s_]*[-–]?[\s_]*{_WORD}")


def holds_number(text: str, number: int) -> bool:
    """Tell whether a text holds a number as a whole, with or without leading zeros."""
    return str(number) in _numbers(re.findall(r"[0-9]+", text))


def holds_lecture_number(text: str, number: int) -> bool:
    """Tell whether a page shows the number of a lecture.

    A number beside the word lecture decides; only where none stands there, any number of the page will do.
    """
    plain = _plain(text)
    named = _numbers(_NUMBER_AFTER.findall(plain) + _NUMBER_BEFORE.findall(plain))
    return str(number) in named if named else holds_number(plain, number)


def holds_text(text: str, wanted: str) -> bool:
    """Tell whether a text holds another one; only letters and digits are compared."""
    return _letters(wanted) in _letters(text)


def holds_label(text: str, label: str) -> bool:
    """Tell whether a text holds a label of a form with its marks; white space is not compared."""
    return "".join(_plain(label).split()) in "".join(_plain(text).split())


def names_lecture(name: str, number: int, title: str) -> bool:
    """Tell whether a name holds number and title of a lecture, the title perhaps in Latin letters (decision 17)."""
    return holds_number(name, number) and (holds_text(name, title) or _sounds_alike(name, title))


def same_person(one: str, other: str) -> bool:
    """Tell whether two names may be one person's: surname and given names in any order, given names as initials."""
    names, others = _name_parts(one), _name_parts(other)
    common = set(names) & set(others)
    fewer, more = sorted(([n for n in names if n not in common], [o for o in others if o not in common]), key=len)
    for part in fewer:
        match = next((each for each in more if part[0] == each[0] and 1 in (len(part), len(each))), None)
        if match is None:
            return False
        more.remove(match)
    return any(len(part) > 1 for part in common)


def _sounds_alike(name: str, title: str) -> bool:
    """Tell whether an ASCII name repeats most of a title that is written in Cyrillic."""
    if not name.isascii() or title.isascii():
        return False
    latin = _letters(title.casefold().translate(_TRANSLITERATION))
    blocks = SequenceMatcher(None, latin, _letters(name), autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) >= _LIKENESS * len(latin)


def _numbers(digits: list[str]) -> set[str]:
    return {found.lstrip("0") for found in digits}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _letters(text: str) -> str:
    return "".join(letter for letter in _plain(text) if letter.isalnum())


def _name_parts(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", _plain(name))
