"""Lines as people type tests into Word or elsewhere: "1. stem", "A) option", the right one marked or named below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.formats.aiken_lines import answer_in, may_be_label
from app.formats.carrying import carried_text
from app.formats.problems import ParsedQuestion, Problem, ReadResult
from app.formats.word_asides import is_bare_number, is_page_number, names_part_or_person
from app.formats.word_labels import GAP, LABEL, NUMBER, inner_labels, places_named
from app.formats.word_lines import BOLD, COLOUR, HIGHLIGHT, UNDERLINE, WordLine
from app.formats.word_package import PICTURE
from app.model.tasks import AnswerKind

_STAR = re.compile(rf"{GAP}\*{GAP}")
_MOST_MARKS = 20
"""How many lines that only look like labels are passed in search of the next option."""


@dataclass(slots=True)
class _Option:
    text: str
    looks: bytes
    star: bool
    letter: str = ""


@dataclass(slots=True)
class _Draft:
    line: int
    stem: str
    options: list[_Option] = field(default_factory=list)
    named: tuple[int, ...] = ()
    """Right options by a line of their own: "Ответ: B"."""


def read_lines(lines: Sequence[WordLine]) -> ReadResult:
    """Read lines as people type tests into Word."""
    return _Reader(lines).run()


class _Reader:
    def __init__(self, lines: Sequence[WordLine]) -> None:
        self._lines = [line for line in lines if line.text.strip()]
        numbers = [0, *(line.number for line in self._lines)]
        self._blanks = {number: number - last - 1 for last, number in pairwise(numbers)}
        self._labels = [LABEL.match(line.text) for line in self._lines]
        self._numbered = any(line.listed == "number" or NUMBER.match(line.text) for line in self._lines)
        self._stars_first = any(label is not None and label["star"] for label in self._labels)
        self._next_mark = self._next_marks()
        self._drafts: list[_Draft] = []
        self._problems: list[Problem] = []
        self._note_open = False

    def run(self) -> ReadResult:
        for index, line in enumerate(self._lines):
            self._take(index, line)
        questions = tuple(self._finished(number, draft) for number, draft in enumerate(self._drafts, start=1))
        return ReadResult(questions, tuple(self._problems))

    def _take(self, index: int, line: WordLine) -> None:
        if self._is_option(index, line):
            self._option(line, None if line.listed == "letter" else self._labels[index])
        elif (named := self._named_key(line)) and not self._drafts[-1].named:
            self._drafts[-1].named = named
        elif self._is_aside(index, line):
            self._problems.append(Problem("text_left_out", line.number, params={"text": short(line.text)}))
        elif self._is_stem(line):
            number = NUMBER.match(line.text)
            self._stem(line, number.end() if number and line.listed != "number" else 0)
        elif self._drafts:
            self._continue(line)
        else:
            self._problems.append(Problem("stray_text", line.number, params={"text": short(line.text)}))

    def _is_option(self, index: int, line: WordLine) -> bool:
        if line.listed == "letter":
            return True
        label = self._labels[index]
        if label is None or not self._drafts or line.listed == "number":
            return False
        place = len(self._drafts[-1].options)
        if not may_be_label(label["letter"], place):
            return False
        if place:
            return True
        following = self._next_mark[index]  # the option may have lines of its own before it
        next_label = self._labels[following] if following < len(self._lines) else None
        return (next_label is not None and may_be_label(next_label["letter"], 1)) or bool(inner_labels(line.text, 1))

    def _is_stem(self, line: WordLine) -> bool:
        current = self._drafts[-1] if self._drafts else None
        if self._numbered:
            numbered = line.listed == "number" or NUMBER.match(line.text) is not None
            return numbered and (current is None or bool(current.options))
        if current is None or self._note_open:
            return True
        return bool(current.options) and self._blanks[line.number] > 0

    def _named_key(self, line: WordLine) -> tuple[int, ...]:
        """Return the options that an answer line behind them names; a line that names none is no answer line."""
        options = self._drafts[-1].options if self._drafts else []
        answer = answer_in(line.text) if options and not line.listed else None
        return places_named(answer.value, [option.letter for option in options]) if answer else ()

    def _is_aside(self, index: int, line: WordLine) -> bool:
        """Tell whether a line behind the options belongs to no question; a note's further lines belong to the note."""
        options = self._drafts[-1].options if self._drafts else []
        if not options or not options[-1].text.strip() or line.listed or line.table or PICTURE.search(line.text):
            return False
        if self._numbered and NUMBER.match(line.text):
            return False
        if is_page_number(line.text):
            return True
        apart = self._numbered and not line.goes_on and self._blanks[line.number] > 0
        ends = self._note_open or self._ends_question(index)
        if is_bare_number(line.text):
            return ends
        if apart or names_part_or_person(line.text):
            self._note_open = ends
        return self._note_open and (self._numbered or names_part_or_person(line.text))

    def _ends_question(self, index: int) -> bool:
        """Tell whether no option of the same question follows a line: the next question does, or nothing."""
        place = len(self._drafts[-1].options)
        for _ in range(_MOST_MARKS):
            later = self._next_mark[index]
            if later >= len(self._lines):
                return True
            line, label = self._lines[later], self._labels[later]
            if not self._numbered:
                return later > index + 1 or label is None
            if line.listed == "letter" or (label is not None and may_be_label(label["letter"], place)):
                return False
            if label is None:
                return True
            index = later
        return False

    def _next_marks(self) -> list[int]:
        """Return for each line the place of the next one that has a number or a label."""
        following, marks = len(self._lines), []
        for index in range(len(self._lines) - 1, -1, -1):
            marks.append(following)
            if self._lines[index].listed or self._labels[index] or NUMBER.match(self._lines[index].text):
                following = index
        return marks[::-1]

    def _stem(self, line: WordLine, start: int) -> None:
        self._note_open = False
        self._drafts.append(_Draft(line.number, ""))
        text, looks = line.text[start:], line.looks[start:]
        inner = inner_labels(text, 0)
        self._drafts[-1].stem = text[: inner[0].start()] if inner else text
        self._split(text, looks, inner)

    def _option(self, line: WordLine, label: re.Match[str] | None) -> None:
        """Begin an option behind its label, or one that Word itself labels."""
        self._note_open = False
        if not self._drafts:
            self._drafts.append(_Draft(line.number, ""))
        options = self._drafts[-1].options
        start, star, letter = (label.end(), bool(label["star"]), label["letter"]) if label else (0, False, "")
        text, looks = line.text[start:], line.looks[start:]
        inner = inner_labels(text, len(options) + 1)
        end = inner[0].start() if inner else len(text)
        options.append(_Option(text[:end], looks[:end], star, letter))
        self._split(text, looks, inner)

    def _split(self, text: str, looks: bytes, inner: Sequence[re.Match[str]]) -> None:
        """Add the options that stand in one line after the stem or after another option."""
        for place, label in enumerate(inner):
            end = inner[place + 1].start() if place + 1 < len(inner) else len(text)
            option, look = text[label.end() : end], looks[label.end() : end]
            self._drafts[-1].options.append(_Option(option, look, bool(label["star"]), label["letter"]))

    def _continue(self, line: WordLine) -> None:
        draft = self._drafts[-1]
        breaks = "\n" * (1 + self._blanks[line.number])
        if not draft.options:
            inner = inner_labels(f" {line.text}", 0)
            if inner:
                shifted = f" {line.text}"
                draft.stem += breaks + shifted[: inner[0].start()]
                self._split(shifted, b"\0" + line.looks, inner)
            else:
                draft.stem += breaks + line.text
        elif line.text.strip():
            last = draft.options[-1]
            last.text += breaks + line.text
            last.looks += bytes(len(breaks)) + line.looks

    def _finished(self, number: int, draft: _Draft) -> ParsedQuestion:
        correct, texts = self._key(draft)
        kind = AnswerKind.CHOICE_MULTI if len(correct) > 1 else AnswerKind.CHOICE_SINGLE
        options = tuple(carried_text(text) for text in texts)
        return ParsedQuestion(number, draft.line, carried_text(draft.stem), options, correct, kind)

    def _key(self, draft: _Draft) -> tuple[tuple[int, ...], list[str]]:
        texts = [option.text for option in draft.options]
        if draft.named:
            return draft.named, texts
        starred = tuple(place for place, option in enumerate(draft.options) if option.star)
        if starred:
            return starred, texts
        if not self._stars_first:
            inside = [_STAR.match(text) for text in texts]
            if any(inside) and not all(inside):
                texts = [text[star.end() :] if star else text for text, star in zip(texts, inside, strict=True)]
                return tuple(place for place, star in enumerate(inside) if star), texts
        for look in (HIGHLIGHT, BOLD, UNDERLINE, COLOUR):
            looking = tuple(place for place, option in enumerate(draft.options) if _all_look(option, look))
            if looking and len(looking) < len(draft.options):
                return looking, texts
        return (), texts


def _all_look(option: _Option, look: int) -> bool:
    shown = zip(option.text, option.looks, strict=True)
    seen = [flags for letter, flags in shown if not letter.isspace() and not PICTURE.match(letter)]
    return bool(seen) and all(flags & look for flags in seen)


def without_pictures(text: str) -> str:
    """Return a text for reading, with a sign that everybody knows for each picture."""
    return PICTURE.sub("🖼", text)


def short(text: str) -> str:
    """Return the beginning of a text in one line."""
    shown = without_pictures(" ".join(text.split()))
    return shown if len(shown) <= 60 else f"{shown[:57]}…"
