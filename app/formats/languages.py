"""Which language a short text is in, and words whose letters come from two alphabets."""

import re
from enum import StrEnum


class Language(StrEnum):
    """The languages that the university teaches in."""

    KAZAKH = "kk"
    RUSSIAN = "ru"
    ENGLISH = "en"


_WORD = re.compile(r"[^\W\d_]+")
_KAZAKH_LETTER = re.compile("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KAZAKH_WORDS = _words(
    "және мен бен пен не қандай қайсы қайсысы неше бойынша емес туралы арқылы немесе бар жоқ деп осы ол бұл болып "
    "табылады дегеніміз үшін кейін дейін сияқты"
)
_RUSSIAN_WORDS = _words(
    "и в на не для что это как или по из от при с со к у о об какой какая какое какие каким называется если какого "
    "чего чем кто где когда сколько между их его её все является являются"
)
_ENGLISH_WORDS = _words("the of is and which what in to are a an for with that on by not following")
_TWINS = "АВСЕНІКМОРТХаеорсухіѕј"
_LATIN_TWINS = "ABCEHIKMOPTXaeopcyxisj"
_LATIN_ANY = re.compile("[A-Za-z]")
_MIXED_WORD = re.compile(
    r"[A-Za-z]+[\u0400-\u052f][A-Za-z\u0400-\u052f]*|[\u0400-\u052f]+[A-Za-z][A-Za-z\u0400-\u052f]*"
)


def language_of(text: str) -> Language | None:
    """Return the language of a text, None where its words do not tell; terms and names alone tell nothing."""
    if _KAZAKH_LETTER.search(text):
        return Language.KAZAKH
    words = [word.lower() for word in _WORD.findall(text)]
    if all(len(word) == 1 for word in words):  # letters that a question is about, or labels
        return None
    if _CYRILLIC.search(text):
        kazakh = sum(word in _KAZAKH_WORDS for word in words)
        russian = sum(word in _RUSSIAN_WORDS for word in words)
        if kazakh == russian:
            return None
        return Language.KAZAKH if kazakh > russian else Language.RUSSIAN
    if len(words) >= 3 and any(word in _ENGLISH_WORDS for word in words) and _LATIN_WORD.search(text):
        return Language.ENGLISH
    return None


def mixes_letters(text: str) -> str:
    """Return a word that only looks right: letters of one alphabet stand in for their twins of the other.

    "Cәлем" with a Latin C cannot be searched or spelled; "SQLде" and "pH-қа" are no such word.
    """
    if text.isascii() or not _LATIN_ANY.search(text):
        return ""
    for found in _MIXED_WORD.finditer(text):
        word = found[0]
        latin = [letter for letter in word if letter.isascii()]
        cyrillic = [letter for letter in word if not letter.isascii()]
        if all(letter in _LATIN_TWINS for letter in latin) and any(letter not in _TWINS for letter in cyrillic):
            return word
        if all(letter in _TWINS for letter in cyrillic) and any(letter not in _LATIN_TWINS for letter in latin):
            return word
    return ""
