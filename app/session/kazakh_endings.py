"""Kazakh words without their endings.

The Kazakh dictionary that may be shipped knows stems and some of their forms; Kazakh adds endings in chains, so that
most forms of a known word are not in it. Which endings there are, in which order they stand and how their first letter
follows the letter before is what any school grammar says: a noun takes number, possession and case; a verb takes voice,
negation, and then a mood, or a participle that is declined like a noun.
"""

from collections.abc import Iterator
from enum import Enum, auto


class Kind(Enum):
    """Kinds of endings, and the two kinds of stems."""

    NOUN = auto()
    VERB = auto()
    DERIVED = auto()
    VERBAL = auto()
    PLURAL = auto()
    POSSESSION = auto()
    THIRD = auto()
    CASE = auto()
    CASE_OF_THIRD = auto()
    PLACE = auto()
    PLACE_OF_THIRD = auto()
    PERSON = auto()
    VOICE = auto()
    NEGATION = auto()
    INFINITIVE = auto()
    PARTICIPLE = auto()
    CONVERB = auto()
    PRESENT = auto()
    MOOD = auto()


_NOMINAL = frozenset({Kind.NOUN, Kind.DERIVED, Kind.INFINITIVE, Kind.PARTICIPLE, Kind.PLACE, Kind.PLACE_OF_THIRD})
_OWNED = frozenset({Kind.POSSESSION, Kind.THIRD})
_ROOTS = frozenset({Kind.VERB, Kind.VOICE, Kind.NEGATION, Kind.VERBAL})
_BEFORE: dict[Kind, frozenset[Kind]] = {
    Kind.DERIVED: _NOMINAL,
    Kind.VERBAL: frozenset({Kind.NOUN}),
    Kind.PLURAL: _NOMINAL,
    Kind.POSSESSION: _NOMINAL | {Kind.PLURAL},
    Kind.THIRD: _NOMINAL | {Kind.PLURAL},
    Kind.CASE: _NOMINAL | {Kind.PLURAL, Kind.POSSESSION, Kind.THIRD},
    Kind.CASE_OF_THIRD: frozenset({Kind.THIRD, Kind.PLACE, Kind.PLACE_OF_THIRD}),
    Kind.PLACE_OF_THIRD: frozenset({Kind.THIRD}),
    Kind.PLACE: _NOMINAL | {Kind.PLURAL, Kind.POSSESSION},
    Kind.PERSON: _NOMINAL | _OWNED | {Kind.PLURAL, Kind.CASE, Kind.CONVERB},
    Kind.VOICE: frozenset({Kind.VERB, Kind.VOICE, Kind.VERBAL}),
    Kind.NEGATION: frozenset({Kind.VERB, Kind.VOICE, Kind.VERBAL}),
    Kind.INFINITIVE: _ROOTS,
    Kind.PARTICIPLE: _ROOTS,
    Kind.CONVERB: _ROOTS,
    Kind.PRESENT: _ROOTS,
    Kind.MOOD: _ROOTS,
}
"""What may stand directly before an ending."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ENDINGS: dict[Kind, tuple[str, ...]] = {
    Kind.DERIVED: _words(
        "лық лік дық дік тық тік сыз сіз лы лі ды ді ты ті шы ші дай дей тай тей ша ше рақ рек ырақ ірек"
    ),
    Kind.VERBAL: _words("ла ле да де та те лан лен дан ден тан тен лас лес дас дес тас тес"),
    Kind.PLURAL: _words("лар лер дар дер тар тер"),
    Kind.POSSESSION: _words("ым ім м ың ің ң ымыз іміз мыз міз ыңыз іңіз ңыз ңіз"),
    Kind.THIRD: _words("ы і сы сі"),
    Kind.CASE: _words(
        "ның нің дың дің тың тің ға ге қа ке а е ны ні ды ді ты ті да де та те дан ден тан тен нан нен мен бен пен"
    ),
    Kind.CASE_OF_THIRD: _words("на не н нда нде нан нен нсыз нсіз"),
    Kind.PLACE: _words("дағы дегі тағы тегі ғы гі қы кі нікі дікі тікі"),
    Kind.PLACE_OF_THIRD: _words("ндағы ндегі"),
    Kind.PERSON: _words(
        "мын мін бын бін пын пін сың сің сыз сіз мыз міз быз біз пыз піз сыңдар сіңдер сыздар сіздер дар дер тар тер"
    ),
    Kind.VOICE: _words("ыл іл л ын ін н ыс іс с дыр дір тыр тір т ғыз гіз қыз кіз ғыл гіл ыр ір"),
    Kind.NEGATION: _words("ма ме ба бе па пе"),
    Kind.INFINITIVE: _words("у ю"),
    Kind.PARTICIPLE: _words(
        "ған ген қан кен атын етін йтын йтін ятын итын итін ар ер р яр с мақ мек бақ бек пақ пек "
        "малы мелі балы белі палы пелі"
    ),
    Kind.CONVERB: _words("ып іп п а е й я и ғалы гелі қалы келі ғанша генше қанша кенше"),
    Kind.PRESENT: _words("ады еді йды йді яды иды иді"),
    Kind.MOOD: _words(
        "ды ді ты ті дым дім тым тім дың дің тың тің дық дік тық тік дыңыз діңіз тыңыз тіңіз дыңдар діңдер "
        "са се сам сем саң сең сақ сек саңыз сеңіз сын сін ыңыз іңіз ңыз ңіз ыңыздар іңіздер ңыздар ңіздер ың ің ң "
        "айын ейін йын йін айық ейік йық йік"
    ),
}
_KINDS: dict[str, tuple[Kind, ...]] = {
    ending: tuple(kind for kind, endings in _ENDINGS.items() if ending in endings)
    for ending in {ending for endings in _ENDINGS.values() for ending in endings}
}
_LONGEST = max(map(len, _KINDS))
_HARDENED = {"п": "б", "к": "г", "қ": "ғ"}
"""The same in the names of verbs: бірік – бірігу, шық – шығу, тап – табу."""
_SOFTENED = {"б": "п", "г": "к", "ғ": "қ"}
"""A stem's last consonant is voiced before a vowel: талап – талабы, бөлік – бөлігі, қазақ – қазағы."""
_SHORTEST_STEM = 2
_VOWELS = "аәеиоөуұүыіэюяё"
_SYLLABIC = frozenset(_VOWELS) - {"у", "и"}
_BACK, _FRONT = frozenset("аоұыёя"), frozenset("әөүіеэ")
_EITHER = frozenset({"мен", "бен", "пен", "нікі", "дікі", "тікі"})
"""Endings of one form for all words."""
_VOICELESS = frozenset("пфкқтсшщчцхһ")
_AFTER_VOICELESS = frozenset("тқкп")
_AFTER_VOICED = frozenset("дғгбл")
_MAY_BE_EITHER = frozenset("бвгд")
"""Last letters of loan words, which are written voiced and spoken voiceless: клуб – клубтар."""
_OPEN = frozenset(_VOWELS) | frozenset("рй")
_AFTER_OPEN = frozenset({"лар", "лер", "лық", "лік", "лы", "лі", "ла", "ле"})
"""Their л is д after л, м, н, ң, з, ж: адамдар, тұзды."""
_AFTER_VOWEL = frozenset({"ны", "ні", "сы", "сі", "м", "ң", "мыз", "міз", "ңыз", "ңіз", "п", "й", "р", "йды", "йді"})
_NASAL = frozenset("мнң")
_SOFT_ENDS = ("нк", "рк", "кт", "нкт", "льк", "кль", "ль")
"""Loan words that end so take front endings whatever their vowels: банкте, актілер, модульдер."""


def stems(word: str) -> Iterator[str]:
    """Yield what a word in small letters may be a form of, in a dictionary's form, the word itself not among them."""
    seen: set[tuple[str, Kind]] = set()
    told = {word}
    waiting = [(word, kind) for kind in _BEFORE]
    while waiting:
        form, kind = waiting.pop(0)
        for ending in _endings_of(form, kind):
            rest = form[: -len(ending)]
            for base in _bases(rest, ending):
                for before in _BEFORE[kind]:
                    for stem in _named(base, rest, ending, before):
                        if stem not in told:
                            told.add(stem)
                            yield stem
                    if before in _BEFORE and (base, before) not in seen:
                        seen.add((base, before))
                        waiting.append((base, before))


def _endings_of(form: str, kind: Kind) -> Iterator[str]:
    for length in range(1, min(_LONGEST, len(form) - _SHORTEST_STEM) + 1):
        ending = form[-length:]
        if kind in _KINDS.get(ending, ()) and _fits(form[:-length], ending):
            yield ending


def _bases(rest: str, ending: str) -> Iterator[str]:
    """Yield what stood before an ending: two letters of й and а, or of ы and й, are written as one."""
    if ending[0] == "я":
        yield f"{rest}й"
    elif ending[0] == "и":
        yield f"{rest}{'ы' if _is_back(rest) else 'і'}"
    else:
        yield rest


def _named(base: str, rest: str, ending: str, kind: Kind) -> Iterator[str]:
    """Yield the words of a dictionary whose stem of a kind this may be."""
    if kind is Kind.NOUN:
        yield from _nouns(base, rest, ending)
    elif kind is Kind.VERB:
        yield from _verbs(base)


def _nouns(base: str, rest: str, ending: str) -> Iterator[str]:
    yield base
    if ending[0] in _VOWELS and base == rest:
        if rest[-1] in _SOFTENED:
            yield rest[:-1] + _SOFTENED[rest[-1]]
        if 3 <= len(rest) <= 4 and rest[-1] not in _VOWELS and rest[-2] not in _SYLLABIC:
            # мойын – мойны, ауыз – аузы, әріп – әрпі: the second vowel of a short word falls out
            yield from (rest[:-1] + vowel + rest[-1] for vowel in ("ы", "і"))
    if rest[-1] == "с":
        yield f"{rest}с"  # процесс – процесте
    if rest[-1] == "л" and ending[0] in _VOWELS:
        yield f"{rest}ь"  # модуль – модулі


def _verbs(base: str) -> Iterator[str]:
    """Yield the form in -у by which a dictionary names a verb."""
    if base[-1] in "ыі":
        if _in_harmony(base[:-1], base[-1]):
            yield f"{base[:-1]}у"
    elif base[-1] == "й":
        yield f"{base[:-1]}ю"
    elif base[-1] == "и":
        yield f"{base}ю"
    else:
        yield f"{base}у"
        if base[-1] in _HARDENED:
            yield f"{base[:-1]}{_HARDENED[base[-1]]}у"


def _is_back(stem: str) -> bool:
    return next((letter in _BACK for letter in reversed(stem) if letter in _BACK or letter in _FRONT), True)


def _fits(stem: str, ending: str) -> bool:
    """Tell whether an ending agrees with its stem: its first letter with the last one, its vowels with the vowels."""
    return _joins(stem[-1], ending) and _in_harmony(stem, ending)


def _joins(last: str, ending: str) -> bool:
    first = ending[0]
    if first == "я":
        return last in _VOWELS
    if first in _AFTER_VOICELESS and len(ending) > 1 and last not in _VOICELESS and last not in _MAY_BE_EITHER:
        return ending[0] in "қк" and last == "й"  # қайқы
    if first in _AFTER_VOICED and last in _VOICELESS:
        return False
    if ending in _AFTER_OPEN and last not in _OPEN:
        return False
    if ending in _AFTER_VOWEL and last not in _VOWELS and last != "й":
        return False
    if ending in ("ның", "нің") and last not in _VOWELS and last not in _NASAL:
        return False
    if ending in ("дың", "дің", "ды", "ді") and last in _VOWELS and last not in "иую":
        return True  # the verb's past: жазды, оқыды
    if first in _VOWELS and last in _VOWELS:
        return last in "иую" or ending[0] in "ую"
    return True


def _in_harmony(stem: str, ending: str) -> bool:
    if ending in _EITHER or stem.endswith(_SOFT_ENDS):
        return True
    of_stem = next((letter for letter in reversed(stem) if letter in _VOWELS), "")
    of_ending = next((letter for letter in ending if letter in _BACK or letter in _FRONT), "")
    if not of_ending or (of_stem not in _BACK and of_stem not in _FRONT):
        return True  # и, у, ю stand in words of both kinds
    if stem[-1] in "хһ":
        return of_ending in _BACK or of_stem in _FRONT
    return (of_stem in _BACK) == (of_ending in _BACK)
