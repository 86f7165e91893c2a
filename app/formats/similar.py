"""Questions that stand twice: the same, nearly the same, or the same options under another stem.

10,000 stems make fifty million pairs. Two stems are compared only where the figures in them agree (17 + 25 is another
question than 17 + 26) and where they share one of their rarest words, which any near-repetition does.
"""

import re
from codecs import charmap_build, charmap_encode
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from app.formats.content import plain
from app.formats.problems import ParsedQuestion, Problem

NEAR_PCT = 90
"""Share of letters in common, in percent, from which two stems are nearly the same."""
NEAR_WITH_OPTIONS_PCT = 70
"""The same where the options are the same too."""
_MIN_CHARS = 12
_MIN_OPTIONS = 3
_MAX_BUCKET = 60
"""A word in more stems than this is no rare word; comparing them all would take minutes in a bank of templates."""
_UNMAPPED = "\ufffe"
"""Stands in a table of bytes for "no letter"."""
_WORD = re.compile(r"[^\W\d_]+")
_FIGURES = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Repetition:
    """A question that repeats an earlier one.

    Attributes:
        place: its place in the bank, from 0.
        first: the place of the earlier one.
        code: ``repeated_question``, ``repeated_stem``, ``near_repeated`` or ``repeated_option_set``.
    """

    place: int
    first: int
    code: str


def repetition_problems(questions: Sequence[ParsedQuestion]) -> Iterator[Problem]:
    """Name every question that repeats an earlier one; each once, by its nearest relation."""
    for found in repetitions(questions):
        question = questions[found.place]
        yield Problem(found.code, question.line, question.number, params={"first": questions[found.first].number})


def repetitions(questions: Sequence[ParsedQuestion]) -> Iterator[Repetition]:
    """Yield every question that repeats an earlier one; each once, by its nearest relation."""
    stems = [plain(question.stem).casefold() for question in questions]
    options = [frozenset(map(plain, question.options)) for question in questions]
    done: set[int] = set()
    for place, code, first in _exact(stems, options):
        done.add(place)
        yield Repetition(place, first, code)
    for place, first in _near(stems, options, done):
        done.add(place)
        yield Repetition(place, first, "near_repeated")
    for place, first in _same_options(questions, options, done):
        yield Repetition(place, first, "repeated_option_set")


def _exact(stems: Sequence[str], options: Sequence[frozenset[str]]) -> Iterator[tuple[int, str, int]]:
    """Yield questions with the same stem and options (whatever their order), or with the same stem alone."""
    by_stem: defaultdict[str, list[int]] = defaultdict(list)
    by_both: dict[tuple[str, frozenset[str]], int] = {}
    for place, stem in enumerate(stems):
        if not stem:
            continue
        same = by_stem[stem]
        twin = by_both.setdefault((stem, options[place]), place)
        if twin != place:
            yield place, "repeated_question", twin
        elif same:
            yield place, "repeated_stem", same[0]
        same.append(place)


@dataclass(slots=True)
class _Bucket:
    """Stems that share a rare word and their figures."""

    places: list[int] = field(default_factory=list)
    stems: list[str | bytes] = field(default_factory=list)


def _near(stems: Sequence[str], options: Sequence[frozenset[str]], done: set[int]) -> Iterator[tuple[int, int]]:
    """Yield a question and an earlier one that its stem nearly repeats."""
    from rapidfuzz.fuzz import ratio  # 0.2 s, which commands without question files should not pay
    from rapidfuzz.process import extractOne

    alone = [place for place, stem in enumerate(stems) if place not in done and len(stem) >= _MIN_CHARS]
    words = {place: set(_WORD.findall(stems[place])) for place in alone}
    frequency = Counter(chain.from_iterable(words.values()))
    order = sorted(frequency, key=lambda word: (frequency[word], word))
    rank = {word: place for place, word in enumerate(order)}
    quick = dict(zip(alone, _a_byte_a_letter([stems[place] for place in alone]), strict=True))
    buckets: defaultdict[tuple[object, ...], _Bucket] = defaultdict(_Bucket)
    for place in alone:
        stem = stems[place]
        figures = _figures(stem)
        keys: list[tuple[tuple[object, ...], int]] = [
            ((word, *figures), NEAR_PCT) for word in _rare(words[place], rank)
        ]
        if len(options[place]) >= _MIN_OPTIONS:
            keys.append(((options[place], *figures), NEAR_WITH_OPTIONS_PCT))
        best, best_pct = -1, 0.0
        for key, limit in keys:
            bucket = buckets[key]
            found = extractOne(quick[place], bucket.stems, scorer=ratio, score_cutoff=limit) if bucket.stems else None
            if found is not None and found[1] > best_pct:
                best, best_pct = bucket.places[found[2]], found[1]
            if len(bucket.places) < _MAX_BUCKET:
                bucket.places.append(place)
                bucket.stems.append(quick[place])
        if best >= 0:
            yield place, best


def _a_byte_a_letter(texts: Sequence[str]) -> Sequence[str | bytes]:
    """Return texts as alike or unlike as these, which are compared four times as fast where a letter is a byte.

    Where they have more letters than there are bytes, they are returned as they are.
    """
    letters = set("".join(texts)) - {"\0"}
    if len(letters) > 255 or _UNMAPPED in letters:
        return texts
    table = charmap_build(("\0" + "".join(sorted(letters))).ljust(256, _UNMAPPED))
    return [charmap_encode(text, "strict", table)[0] for text in texts]


def _figures(stem: str) -> tuple[str, ...]:
    return tuple(_FIGURES.findall(stem))


def _rare(words: set[str], rank: Mapping[str, int]) -> list[str]:
    """Return the rarest words of a stem, so many that a near-repetition shares one of them.

    Args:
        words: the words of the stem.
        rank: place of each word of the bank, the rarest first.
    """
    return sorted(words, key=rank.__getitem__)[: len(words) // 5 + 2]


def _same_options(
    questions: Sequence[ParsedQuestion], options: Sequence[frozenset[str]], done: set[int]
) -> Iterator[tuple[int, int]]:
    """Yield a question and the earlier one with the same options and the same right one."""
    first: dict[tuple[object, ...], int] = {}
    for place, question in enumerate(questions):
        if len(options[place]) < _MIN_OPTIONS or not question.correct or not question.options:
            continue
        right = frozenset(plain(question.options[key]) for key in question.correct)
        earlier = first.setdefault((options[place], right, _figures(question.stem)), place)
        if earlier != place and place not in done:
            yield place, earlier
