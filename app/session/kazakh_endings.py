"""Kazakh words without their inflectional endings.

The Kazakh dictionary that may be shipped knows stems and some of their forms; Kazakh adds endings in chains (plural,
possession, case, person), so that most forms of a known word are not in it. The endings and their order are those of
any school grammar; a wrong form of a known stem passes, which for a hint is the better mistake.
"""

from collections.abc import Iterator

_PLURAL = ("лар", "лер", "дар", "дер", "тар", "тер")
_POSSESSION = (
    *(
        "ым",
        "ім",
        "м",
        "ың",
        "ің",
        "ң",
        "ы",
        "і",
        "сы",
        "сі",
        "ымыз",
        "іміз",
        "мыз",
        "міз",
        "ыңыз",
        "іңіз",
        "ңыз",
        "ңіз",
    ),
)
_CASE = (
    *("ның", "нің", "дың", "дің", "тың", "тің", "ға", "ге", "қа", "ке", "на", "не", "а", "е"),
    *("ны", "ні", "ды", "ді", "ты", "ті", "н", "да", "де", "та", "те", "нда", "нде"),
    *("дан", "ден", "тан", "тен", "нан", "нен", "мен", "бен", "пен", "дағы", "дегі", "тағы", "тегі", "ндағы", "ндегі"),
)
_VERBAL = (
    *("у", "ю", "ып", "іп", "п", "ған", "ген", "қан", "кен", "атын", "етін", "йтын", "йтін", "ар", "ер", "р"),
    *(
        "ады",
        "еді",
        "йды",
        "йді",
        "са",
        "се",
        "сын",
        "сін",
        "ған",
        "ыл",
        "іл",
        "ын",
        "ін",
        "лы",
        "лі",
        "ды",
        "ді",
        "ты",
    ),
    *("ті", "сыз", "сіз", "лық", "лік", "дық", "дік", "тық", "тік", "шы", "ші", "ғы", "гі", "қы", "кі", "лау", "леу"),
    *("дай", "дей", "тай", "тей", "ша", "ше", "малы", "мелі", "ма", "ме", "ба", "бе", "па", "пе", "ғанда", "генде"),
    *("қанда", "кенде", "ңыз", "ңіз", "ыңыз", "іңіз", "мыз", "міз", "сыз", "сіз"),
)
_ENDINGS = tuple(sorted({*_PLURAL, *_POSSESSION, *_CASE, *_VERBAL}, key=len, reverse=True))
_SOFTENED = {"б": "п", "г": "к", "ғ": "қ"}
"""A stem's last consonant is voiced before a vowel: талап – талабы, бөлік – бөлігі, қазақ – қазағы."""
_SHORTEST_STEM = 4
_LEAST_SHARE = 0.35
"""Part of a form that its stem makes up at least; less, and anything is a form of something."""
_LONGEST_CHAIN = 3
_VOWELS = "аәеиоөуұүыіэюяё"
_BACK, _FRONT = frozenset("аоұыё"), frozenset("әөүіеэ")
_EITHER = frozenset({"мен", "бен", "пен"})
"""Endings of one form for all words."""
_VOICELESS = frozenset("пфкқтсшщчцхһ")
_AFTER_VOICELESS = frozenset("тқкп")
_AFTER_VOICED = frozenset("дғгбл")
_MAY_BE_EITHER = frozenset("бвгд")
"""Last letters of loan words, which are written voiced and spoken voiceless: клуб – клубтар."""


def stems(word: str) -> Iterator[str]:
    """Yield what a word in small letters may be a form of, the longest first, the word itself not among them."""
    seen = {word}
    level = [word]
    for _ in range(_LONGEST_CHAIN):
        shorter: list[str] = []
        for form in level:
            for stem in _without_ending(form):
                if stem not in seen and len(stem) >= _LEAST_SHARE * len(word):
                    seen.add(stem)
                    shorter.append(stem)
                    yield stem
        level = shorter


def _without_ending(form: str) -> Iterator[str]:
    for ending in _ENDINGS:
        stem = form[: -len(ending)]
        if form.endswith(ending) and len(stem) >= _SHORTEST_STEM and _fits(stem, ending):
            yield stem
            if ending[0] in _VOWELS:
                if stem[-1] in _SOFTENED:
                    yield stem[:-1] + _SOFTENED[stem[-1]]
                if len(stem) == _SHORTEST_STEM:  # мойын – мойны, ауыз – аузы: short words whose second vowel falls out
                    yield from (stem[:-1] + vowel + stem[-1] for vowel in ("ы", "і"))
            if stem[-1] not in _VOWELS:
                yield f"{stem}у"  # the dictionary names a verb by its form in -у


def _fits(stem: str, ending: str) -> bool:
    """Tell whether an ending agrees with its stem: back or front vowels, voiced or voiceless first consonant."""
    last, first = stem[-1], ending[0]
    if first in _AFTER_VOICELESS and last not in _VOICELESS and last not in _MAY_BE_EITHER:
        return False
    if first in _AFTER_VOICED and last in _VOICELESS:
        return False
    if first in _VOWELS and last in _VOWELS and last not in "иую":
        return False
    if ending in _EITHER:
        return True
    of_stem = next((letter for letter in reversed(stem) if letter in _VOWELS), "")
    of_ending = next((letter for letter in ending if letter in _BACK or letter in _FRONT), "")
    if not of_ending or (of_stem not in _BACK and of_stem not in _FRONT):
        return True  # и, у, ю, я stand in words of both kinds
    return (of_stem in _BACK) == (of_ending in _BACK)
