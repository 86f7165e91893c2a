"""The lines of an Aiken file: what each one is, to the letter and as its author meant it.

Moodle's reader knows three kinds of lines and no tolerance; lecturers write labels in Cyrillic, in lower case, with a
colon or after a no-break space. This module tells both readings apart, so that a defect gets a name.
"""

import re
from dataclasses import dataclass
from itertools import zip_longest

ASCII_BLANK = " \t\n\r\0\x0b"
"""What Moodle trims; no-break and zero-width spaces survive it."""
INVISIBLE = "\u00a0\u00ad\u180e\u2007\u200b\u200c\u200d\u200e\u200f\u202f\u2060\ufeff"
"""Characters that nobody sees and that keep Moodle from seeing a label."""
_UNSEEN = INVISIBLE + ASCII_BLANK
ANSWER_WORD = "ANSWER:"

_LOOK_ALIKE = str.maketrans("АВСЕНІКМОРТХУЅЈаеорсухіѕј", "ABCEHIKMOPTXYSJaeopcyxisj")
_SOUND_ALIKE = {"Д": "D", "Ф": "F", "Г": "G"}
"""Fourth and later labels of the series А В С Д Е, whose letters look like no Latin one."""
_SERIES = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "АВСДЕФГ", "АБВГДЕЖЗИК", "АӘБВГҒДЕЖЗ")
_LABELS_AT = tuple(frozenset(filter(None, letters)) for letters in zip_longest(*_SERIES))
"""Letters that the option at each position may have."""
_STRICT_LABEL = re.compile(r"[A-Z][).]")
_GAP = r"[ \t\u00a0]"
_LOOSE_LABEL = re.compile(rf"([A-Za-z\u0400-\u04ff])({_GAP}*[).:]|{_GAP}*[-–—](?={_GAP}|$))(.*)", re.DOTALL)
_ANSWER_WORDS = frozenset(
    {"answer", "answers", "correct answer", "right answer", "key"}
    | {"ответ", "ответы", "правильный ответ", "верный ответ", "ключ"}
    | {"жауап", "жауабы", "дұрыс жауап", "дұрыс жауабы", "кілт"}
)
_LETTER = r"[^\W\d_]"
_LOOSE_ANSWER = re.compile(
    rf"({_LETTER}+(?:[ \u00a0]{_LETTER}+)?)(?:{_GAP}*[:：=–—.-]|{_GAP}(?={_LETTER}$))(.*)", re.DOTALL
)
_KEY_SHAPE = re.compile(rf"$|[^\W_](?!{_LETTER})|[A-Z]{{2,5}}$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a line.

    Attributes:
        letter: the letter as it stands there.
        body: what follows, ASCII white space trimmed.
        separator: what stands between, e.g. ``.`` or `` -``.
        spaced: a blank or the line's end follows the separator.
        strict: Moodle sees a label too.
    """

    letter: str
    body: str
    separator: str
    spaced: bool
    strict: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer line.

    Attributes:
        value: what it says, trimmed.
        word: the words before it as they stand there, e.g. ``ОТВЕТ:``.
        key_shaped: the value is one letter, a few letters or nothing; words may be a sentence of the question.
        strict: Moodle sees an answer line too.
    """

    value: str
    word: str
    key_shaped: bool
    strict: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank.

    Attributes:
        number: from 1; CR LF, LF and CR each end one line.
        text: the line, ASCII white space trimmed.
        invisible: an invisible character stands before the text.
        blank_before: a blank line stands before it.
    """

    number: int
    text: str
    invisible: bool
    blank_before: bool
    label: Label | None
    answer: Answer | None


def split_lines(text: str) -> list[str]:
    """Split at the ends of line that Moodle knows; U+2028, form feed and the like stay inside a line."""
    return re.split(r"\r\n|\n|\r", text)


def scan(text: str) -> tuple[list[Line], list[int]]:
    """Return the lines that are not blank, and the numbers of those that only look blank."""
    lines: list[Line] = []
    seem_blank: list[int] = []
    blank_before = False
    for number, raw in enumerate(split_lines(text), start=1):
        trimmed = raw.strip(ASCII_BLANK)
        visible = trimmed.strip(INVISIBLE + ASCII_BLANK)
        if not visible:
            if trimmed:
                seem_blank.append(number)
            blank_before = True
            continue
        lines.append(_line(number, trimmed, blank_before=blank_before))
        blank_before = False
    return lines, seem_blank


def _line(number: int, text: str, *, blank_before: bool) -> Line:
    visible = text.lstrip(INVISIBLE + ASCII_BLANK)
    hidden = visible != text
    return Line(number, text, hidden, blank_before, _label(visible, hidden=hidden), _answer(visible, hidden=hidden))


def _label(text: str, *, hidden: bool) -> Label | None:
    if _STRICT_LABEL.match(text):
        rest = text[2:]
        return Label(text[0], rest.strip(ASCII_BLANK), text[1], rest[:1] in ("", " ", "\t"), strict=not hidden)
    loose = _LOOSE_LABEL.match(text)
    if loose is None:
        return None
    rest = loose[3]
    spaced = not rest or rest[0] in " \t\u00a0"
    return Label(loose[1], rest.strip(ASCII_BLANK), loose[2], spaced, strict=False)


def _answer(text: str, *, hidden: bool) -> Answer | None:
    if text.startswith(ANSWER_WORD):
        value = text[len(ANSWER_WORD) :].strip(ASCII_BLANK + INVISIBLE)
        return Answer(value, ANSWER_WORD, key_shaped=True, strict=not hidden)
    loose = _LOOSE_ANSWER.match(text)
    if loose is None:
        return None
    word, value = loose[1].replace("\u00a0", " "), loose[2].strip(ASCII_BLANK + INVISIBLE)
    if not {word.casefold(), word.translate(_LOOK_ALIKE).casefold()} & _ANSWER_WORDS:
        return None
    return Answer(value, text[: loose.start(2)], key_shaped=_KEY_SHAPE.match(value) is not None, strict=False)


def answer_in(text: str) -> Answer | None:
    """Return the answer line that a text is, in any of the words that people use; None where it is none."""
    visible = text.strip(_UNSEEN)
    return _answer(visible, hidden=visible != text.strip(ASCII_BLANK))


def looks_empty(text: str) -> bool:
    """Tell whether nobody sees anything in a text."""
    return not text.strip(_UNSEEN).strip()


def is_strict_label(text: str) -> bool:
    """Tell whether Moodle takes a line for an option."""
    return _STRICT_LABEL.match(text.strip(ASCII_BLANK)) is not None


def is_cyrillic(letter: str) -> bool:
    """Tell whether a letter is Cyrillic."""
    return "\u0400" <= letter <= "\u052f"


def latin_letter(letter: str) -> str | None:
    """Return the Latin capital that a letter is or stands for, None where it stands for none."""
    upper = letter.upper()
    plain = upper.translate(_LOOK_ALIKE)
    plain = _SOUND_ALIKE.get(plain, plain)
    return plain if len(plain) == 1 and "A" <= plain <= "Z" else None


def cyrillic_look_alike(letter: str) -> str | None:
    """Return the Cyrillic capital that looks like a Latin one, None where none does."""
    for cyrillic, latin in zip("АВСЕНІКМОРТХУ", "ABCEHIKMOPTXY", strict=True):
        if letter == latin:
            return cyrillic
    return None


def may_be_label(letter: str, position: int) -> bool:
    """Tell whether a letter can be the label of the option at a position in one of the usual series."""
    return position < len(_LABELS_AT) and letter.upper() in _LABELS_AT[position]


def series_positions(letters: list[str]) -> list[int] | None:
    """Return the place of each label in the first series that holds them all, None where no series does."""
    upper = [letter.upper() for letter in letters]
    latin = [latin_letter(letter) for letter in letters]
    if all(latin):
        return [ord(letter) - ord("A") for letter in latin if letter]
    for series in _SERIES[2:]:
        if all(letter in series for letter in upper):
            return [series.index(letter) for letter in upper]
    return None
