"""Spelling hints in Kazakh, Russian and English. They never block and never change anything by themselves.

A word is known when a dictionary has it or, in Kazakh, what it may be a form of (`kazakh_endings`), when it is a term
of the glossary, or when the author put it into the personal dictionary. Cyrillic words may be of either language, as a
Kazakh text quotes Russian names; abbreviations, words with digits and addresses are not judged.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.model.course import Course
from app.paths import resources_dir
from app.session.kazakh_endings import stems

if TYPE_CHECKING:
    pass

DICTIONARIES = {"kk": "kk_KZ", "ru": "ru_RU", "en": "en_US"}
MOST_SUGGESTIONS = 6
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[-'’](?=[^\W\d_]))*")
_PASSED_OVER = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+|\\\(.*?\\\)|\\\[.*?\\\]|\$\$.*?\$\$", re.DOTALL)
_LATIN = re.compile(r"[A-Za-z'’-]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f'’-]+")
_KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
_CYRILLIC_LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 3
_DECLINED = re.compile(
    r"[А-ЯЁӘҒҚҢӨҰҮҺІ]{2,}(?:а|у|е|ом|ы|ов|ам|ами|ах|и|ей|ям|ями|ях|тың|тің|ға|ге|қа|ке|та|те|тан|тен)|[A-Z]{2,}s"
)
_PARTICLES = frozenset({"ақ", "ау", "ай", "ды", "ді", "мыс", "міс", "то", "либо", "нибудь", "ка"})
_PREFIXES = ("бейне", "видео", "промо", "аудио", "фото", "теле", "веб", "микро", "медиа", "мульти", "авто", "бей")
"""First parts with which words are made at will, in Kazakh and in Russian."""
_LEAST_COMPOUND = 4
_LEAST_LOAN = 4
_RUSSIAN_ENDINGS = re.findall(
    r"\w+",
    (
        "ями иями ами ыми ими ого его ому ему иям иях ией ием ии ия ие ию ам ям ах ях ов ев ей ой ый ий ая яя ое ее "
        "ые ую юю ых их ым им ом ем ью а я о е ё и й ы у ю ь"
    ),
)
_ENDING = 2
"""Letters of a Russian ending: forms of a term agree up to it."""


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A word that nobody knows; ``start`` and ``end`` are its place in the text."""

    start: int
    end: int
    word: str


class Speller:
    """The dictionaries, loaded at once. That takes some two seconds in which Python does nothing else in its process.

    Args:
        folder: where the dictionaries lie; that of the program by default.
    """

    def __init__(self, folder: Path | None = None) -> None:
        from hunspell import Hunspell

        where = folder or resources_dir() / "dictionaries"
        self._dictionaries: dict[str, Hunspell] = {
            lang: Hunspell(name, hunspell_data_dir=str(where)) for lang, name in DICTIONARIES.items()
        }
        self._kazakh_terms = frozenset(_read_words(resources_dir() / "dictionaries" / "terms_kk.txt"))
        self._russian_terms = _term_stems(_read_words(resources_dir() / "dictionaries" / "terms_ru.txt"))
        self._known = lru_cache(maxsize=100_000)(self._look_up)

    def misspellings(self, text: str, own: "OwnWords") -> tuple[Misspelling, ...]:
        """Return the words of a text that nobody knows."""
        return tuple(
            Misspelling(match.start(), match.end(), match[0])
            for match in words_of(text)
            if not own.knows(match[0]) and not self.knows(match[0])
        )

    def knows(self, word: str) -> bool:
        """Tell whether a dictionary has a word or its stem."""
        return self._known(word)

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return known words that one slip away: a letter too many, too few, another one, or two in the wrong order."""
        likely = {one: strength for one in _one_slip_away(word) if (strength := self._strength(one))}
        return tuple(sorted(likely, key=lambda one: -likely[one]))[:MOST_SUGGESTIONS]

    def _strength(self, word: str) -> int:
        """Return how surely a word is one: more than its length where a dictionary has it, else its stem's length."""
        if _LATIN.fullmatch(word):
            return int(self._in("en", word))
        if self._has(word):
            return len(word) + 1
        folded = word.casefold()
        return next((len(stem) for stem in sorted(stems(folded), key=len, reverse=True) if self._is_stem(stem)), 0)

    def _is_stem(self, stem: str) -> bool:
        if stem in self._kazakh_terms or self._dictionaries["kk"].spell(stem):
            return True
        # A Kazakh text declines Russian words too; very short ones would make a form of anything.
        return len(stem) >= _LEAST_LOAN and bool(self._dictionaries["ru"].spell(stem))

    def _look_up(self, word: str) -> bool:
        if _LATIN.fullmatch(word):
            return self._in("en", word)
        if not _CYRILLIC.fullmatch(word):
            return True  # letters of two alphabets in one word: a name or a formula
        parts = [part for part in word.split("-") if part.casefold() not in _PARTICLES]
        return all(self._has(part) or self._is_form(part.casefold()) for part in parts)

    def _is_form(self, word: str) -> bool:
        """Tell whether a word in small letters is a form, or a compound, of one that is known."""
        if word in self._kazakh_terms or _same_term(word, self._russian_terms) or any(map(self._is_stem, stems(word))):
            return True
        for prefix in _PREFIXES:
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) >= _LEAST_COMPOUND and (self._has(rest) or self._is_form(rest)):
                return True
        return False

    def _has(self, word: str) -> bool:
        return len(word) < _SHORTEST or self._in("kk", word) or self._in("ru", word)

    def _in(self, lang: str, word: str) -> bool:
        dictionary = self._dictionaries[lang]
        return bool(dictionary.spell(word) or dictionary.spell(word.casefold()) or dictionary.spell(word.capitalize()))


class OwnWords:
    """Words that the author knows better: those of the glossary and of the personal dictionary."""

    def __init__(self, terms: Iterable[str] = (), personal: Iterable[str] = ()) -> None:
        self._personal = frozenset(word.casefold() for word in personal)
        self._terms = frozenset(match[0].casefold() for term in terms for match in _WORD.finditer(term))
        near = {stem for word in self._terms for stem in _noun_stems(word) if len(stem) >= len(word) - _ENDING}
        self._stems = self._terms | near
        self._beginnings = frozenset(word[:-_ENDING] for word in self._terms if len(word) > _SHORTEST + _ENDING)

    def __eq__(self, other: object) -> bool:
        """Tell whether two sets of words are the same."""
        return isinstance(other, OwnWords) and (self._terms, self._personal) == (other._terms, other._personal)

    def __hash__(self) -> int:
        """Return the hash of the words."""
        return hash((self._terms, self._personal))

    def knows(self, word: str) -> bool:
        """Tell whether a word is one of these, or a form of a glossary term."""
        folded = word.casefold()
        if folded in self._personal or folded in self._terms:
            return True
        if any(stem in self._stems for stem in _noun_stems(folded)):
            return True
        shortest = max(_SHORTEST, len(folded) - 2 * _ENDING)
        return any(folded[:length] in self._beginnings for length in range(shortest, len(folded) + 1))


def own_words(course: Course, personal: Iterable[str]) -> OwnWords:
    """Return the author's own words: terms of the glossary, names of people and units, the personal dictionary."""
    names = [author.full_name for author in course.authors]
    names += [course.department.head, course.department.name, course.department.abbr, course.dean, course.faculty]
    return OwnWords([entry.term for entry in course.glossary] + names, personal)


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the words that are judged."""
    passed_over = [match.span() for match in _PASSED_OVER.finditer(text)]
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) < _SHORTEST or word.isupper() or any(letter.isdigit() for letter in word):
            continue
        if any(start <= match.start() < end for start, end in passed_over):
            continue
        if "-" in word and word.split("-")[0].isupper():
            continue  # an abbreviation with its ending: ДДСҰ-ның
        if _DECLINED.fullmatch(word):
            continue  # the same as Russian and English write it: МООКов, MOOCs
        yield match


def _term_stems(terms: Iterable[str]) -> frozenset[str]:
    """Return what stays of Russian terms in all their forms."""
    return frozenset(stem for term in terms for stem in _russian_stems(term))


def _same_term(word: str, known: frozenset[str]) -> bool:
    return any(stem in known for stem in _russian_stems(word))


def _russian_stems(word: str) -> tuple[str, ...]:
    """Return a word in small letters, and without each ending that it may have."""
    found = (word.removesuffix(ending) for ending in _RUSSIAN_ENDINGS)
    return (word, *(stem for stem in found if len(stem) >= _SHORTEST))


def _noun_stems(word: str) -> Iterator[str]:
    """Yield what a word may be a form of, without the verbs that are only supposed."""
    return (stem for stem in stems(word) if word.startswith(stem) or not stem.endswith("у"))


def _one_slip_away(word: str) -> Iterator[str]:
    """Yield what a word may have been before one slip: swapped letters first, then one left out, changed or added."""
    letters = _LATIN_LETTERS if _LATIN.fullmatch(word) else _CYRILLIC_LETTERS
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    for place in range(len(word) + 1):
        for letter in letters:
            yield word[:place] + letter + word[place:]
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
        for letter in letters:
            yield word[:place] + letter + word[place + 1 :]


class PersonalDictionary:
    """The author's own words in a text file, one on each line.

    Args:
        path: the file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._words = _read_words(path)

    @property
    def words(self) -> frozenset[str]:
        """The words."""
        return frozenset(self._words)

    def add(self, word: str) -> bool:
        """Add a word; False where the file could not be written: it is known until the program ends all the same."""
        if word in self._words:
            return True
        self._words.append(word)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(f"{word}\n")
        except OSError:
            return False
        return True


def _read_words(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []  # none yet, or not ours to read: hints are no reason to disturb anybody
    return [line.strip() for line in text.splitlines() if line.strip()]
