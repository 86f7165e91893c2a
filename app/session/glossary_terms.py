"""Terms for the glossary, drawn from the author's own texts (11.9). Nothing is made up: the author wrote each."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.model.base import new_id
from app.model.course import Course
from app.model.teaching import GlossaryEntry, GlossaryKind
from app.session.course_texts import PlacedText, TextKind, course_texts

MOST = 80
"""So many suggestions can be looked through; the most frequent come first."""
_LEAST_ABBREVIATION = 2
_LEAST_PHRASE = 3
_LONGEST_PHRASE = 3
_SOURCES = frozenset(("title", "annotation", "description", "goal", "objectives", "outcomes", "modules", "test_bank"))
_SENTENCE = re.compile(r"[.!?…;:\n()«»\"“”\[\]–—]+")
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[-'’])*")
_ABBREVIATION = re.compile(r"(?<![\w-])[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]{2,}(?:[-A-ZА-ЯЁӘҒҚҢӨҰҮҺІ0-9]*)(?![\w-])")
_IN_BRACKETS = re.compile(r"((?:[^\W\d_][\w-]*\s+){1,7})\(\s*([A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]{2,})\s*\)")
_LITTLE_WORDS = """
және мен бен пен үшін туралы бойынша арқылы кейін дейін бұл сол осы әр бар жоқ емес немесе яғни ретінде болып болады
керек қалай қандай неше қайсысы қай оның олардың оны үлкен бір екі үш төрт бес алты егер онда қашан неге
и в на с по для от до за из или не что как это при о об к у под над а но же ли бы который которая какой какая какие
каких его её их он она они все каждый один два три четыре пять если то
the of and to in for on with by at from as is are be or not that this which what how an it its their each one two three
four five if than into can may must will
"""
_STOP = frozenset(_LITTLE_WORDS.split())
"""Words that stand in no term."""


@dataclass(frozen=True, slots=True)
class TermSuggestion:
    """A term that occurs often.

    Attributes:
        count: how often it was found, in any of its forms.
        definition: for an abbreviation what it stands for, where the text says so; else empty.
        path: element path of the first text in which it stands.
        context: some words around its first place.
    """

    term: str
    kind: GlossaryKind
    count: int
    definition: str
    path: str
    context: str


def suggest_terms(course: Course, most: int = MOST) -> tuple[TermSuggestion, ...]:
    """Return terms that the glossary does not have yet, abbreviations and phrases, the most frequent first."""
    known = {_stem_key(entry.term) for entry in course.glossary}
    sources = [placed for placed in course_texts(course) if _is_source(placed)]
    found = [*_abbreviations(sources), *_phrases(sources)]
    fresh = [one for one in found if _stem_key(one.term) not in known]
    return tuple(sorted(fresh, key=lambda one: (-one.count, one.term.casefold()))[:most])


def add_terms(course: Course, chosen: Iterable[TermSuggestion]) -> Course:
    """Add terms to the glossary; one that it has meanwhile is left out."""
    known = {_stem_key(entry.term) for entry in course.glossary}
    added = []
    for one in chosen:
        if _stem_key(one.term) not in known:
            known.add(_stem_key(one.term))
            added.append(GlossaryEntry(id=new_id("g"), term=one.term, kind=one.kind, definition=one.definition))
    return course.model_copy(update={"glossary": (*course.glossary, *added)})


def _is_source(placed: PlacedText) -> bool:
    return placed.kind is TextKind.PROSE and placed.path.partition("/")[0] in _SOURCES


def _abbreviations(sources: Sequence[PlacedText]) -> Iterator[TermSuggestion]:
    counts: Counter[str] = Counter()
    first: dict[str, PlacedText] = {}
    meanings: dict[str, str] = {}
    for placed in sources:
        for match in _ABBREVIATION.finditer(placed.text):
            counts[match[0]] += 1
            first.setdefault(match[0], placed)
        for match in _IN_BRACKETS.finditer(placed.text):
            meaning = _meaning(match[1].split(), match[2])
            if meaning:
                meanings.setdefault(match[2], meaning)
    for term, count in counts.items():
        if count >= _LEAST_ABBREVIATION or term in meanings:
            placed = first[term]
            context = _around(placed.text, term)
            yield TermSuggestion(term, GlossaryKind.ABBREVIATION, count, meanings.get(term, ""), placed.path, context)


def _meaning(words: Sequence[str], abbreviation: str) -> str:
    """Return the words before the bracket whose first letters make the abbreviation, empty where they do not."""
    own = words[-len(abbreviation) :]
    initials = "".join(word[0] for word in own).casefold()
    return " ".join(own) if initials == abbreviation.casefold() else ""


def _phrases(sources: Sequence[PlacedText]) -> Iterator[TermSuggestion]:
    counts: Counter[tuple[str, ...]] = Counter()
    forms: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    first: dict[tuple[str, ...], PlacedText] = {}
    seen: set[tuple[str, ...]] = set()
    for placed in sources:
        for words in _sentences(placed.text):
            if tuple(words) in seen:
                continue  # a sentence that is repeated from lecture to lecture says nothing more of its words
            seen.add(tuple(words))
            for length in range(2, _LONGEST_PHRASE + 1):
                for start in range(len(words) - length + 1):
                    gram = words[start : start + length]
                    if _may_be_term(gram):
                        key = tuple(map(_stem, gram))
                        counts[key] += 1
                        forms[key][" ".join(gram)] += 1
                        first.setdefault(key, placed)
    frequent = {key: count for key, count in counts.items() if count >= _LEAST_PHRASE}
    covered = _covered(frequent)
    for key, count in frequent.items():
        if key not in covered:
            form = min(sorted(forms[key]), key=len)  # the shortest has the fewest endings
            placed = first[key]
            term = form[:1].upper() + form[1:]
            yield TermSuggestion(term, GlossaryKind.TERM, count, "", placed.path, _around(placed.text, form))


def _covered(frequent: dict[tuple[str, ...], int]) -> set[tuple[str, ...]]:
    """Return phrases that nearly always stand inside a longer one: that one is the term."""
    covered = set()
    for key, count in frequent.items():
        for length in range(2, len(key)):
            for start in range(len(key) - length + 1):
                part = key[start : start + length]
                if frequent.get(part, 0) <= count * 1.5:
                    covered.add(part)
    return covered


def _sentences(text: str) -> Iterator[list[str]]:
    for sentence in _SENTENCE.split(text):
        yield [word for chunk in sentence.split(",") for word in [*_WORD.findall(chunk), ","]][:-1]


def _may_be_term(words: Sequence[str]) -> bool:
    if any(word == "," or len(word) < 3 for word in words):
        return False
    return not any(word.casefold() in _STOP for word in words)


def _stem(word: str) -> str:
    """Return a word without what may be its ending: near enough to count the forms of one term together."""
    return word.casefold()[:5]


def _stem_key(term: str) -> tuple[str, ...]:
    return tuple(map(_stem, _WORD.findall(term)))


def _around(text: str, term: str) -> str:
    place = text.casefold().find(term.casefold())
    if place < 0:
        return " ".join(text[:80].split())
    start, end = max(0, place - 30), min(len(text), place + len(term) + 40)
    return f"{'…' if start else ''}{' '.join(text[start:end].split())}{'…' if end < len(text) else ''}"


def add_table(course: Course, pairs: Iterable[tuple[str, str]]) -> Course:
    """Add terms with their definitions; a term that is there keeps its own and gets one only where it has none."""
    entries = list(course.glossary)
    places = {entry.term.strip().casefold(): place for place, entry in enumerate(entries)}
    for term, definition in pairs:
        place = places.get(term.strip().casefold())
        if place is None:
            kind = GlossaryKind.ABBREVIATION if _ABBREVIATION.fullmatch(term.strip()) else GlossaryKind.TERM
            places[term.strip().casefold()] = len(entries)
            entries.append(GlossaryEntry(id=new_id("g"), term=term.strip(), kind=kind, definition=definition.strip()))
        elif not entries[place].definition.strip() and definition.strip():
            entries[place] = entries[place].model_copy(update={"definition": definition.strip()})
    return course.model_copy(update={"glossary": tuple(entries)})
