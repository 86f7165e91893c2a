"""Aiken, the layout of form 05: one stem line, options ``A. ``, ``ANSWER: X``.

Reading is tolerant and keeps the author's intention; `app.formats.moodle_aiken` says what Moodle makes of the same
bytes. Writing is strict: UTF-8 without a mark, LF, and nothing that Moodle would take for something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.formats.aiken_keys import resolve_key
from app.formats.aiken_lines import (
    ANSWER_WORD,
    ASCII_BLANK,
    Answer,
    Label,
    Line,
    cyrillic_look_alike,
    is_cyrillic,
    is_strict_label,
    looks_empty,
    may_be_label,
    scan,
    series_positions,
)
from app.formats.carrying import not_carried
from app.formats.problems import ParsedQuestion, Problem, ReadResult, Written
from app.formats.word_asides import is_page_number, names_part_or_person
from app.model.errors import QuestionFileError
from app.model.tasks import AnswerKind, Question

_MAX_OPTIONS = 26
_BOM = "\ufeff"


@dataclass(slots=True)
class _Draft:
    """A question while its lines are read."""

    number: int
    line: int
    stem: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    label_lines: list[int] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    correct: tuple[int, ...] = ()
    kind: AnswerKind = AnswerKind.CHOICE_SINGLE
    key_value: str | None = None

    def report(self, code: str, line: int, *, fixable: bool = False, **params: object) -> None:
        """Note a problem once: five labels in Cyrillic are one fault of one question."""
        if all(problem.code != code for problem in self.problems):
            self.problems.append(Problem(code, line, self.number, fixable, params))


def read(text: str) -> ReadResult:
    """Read a file; one bad question never costs the others.

    Args:
        text: the file's text without a byte-order mark.

    Returns:
        All questions in order, also incomplete ones, with every line that is not as Aiken wants it.
    """
    return _Reader(text).run()


class _Reader:
    def __init__(self, text: str) -> None:
        self._lines, self._seem_blank = scan(text)
        self._decisive = _decisive_marks(self._lines)
        self._draft: _Draft | None = None
        self._just_answered = False
        self._done: list[_Draft] = []
        self._stray: list[Problem] = []

    def run(self) -> ReadResult:
        for index, line in enumerate(self._lines):
            self._take(index, line)
        self._close()
        questions = tuple(_finished(draft) for draft in self._done)
        problems = [problem for draft in self._done for problem in draft.problems]
        problems += self._stray
        problems += [Problem("invisible_line", number, fixable=True) for number in self._seem_blank]
        return ReadResult(questions, tuple(sorted(problems, key=lambda problem: (problem.line, problem.question))))

    def _take(self, index: int, line: Line) -> None:
        if line.answer is not None and self._is_answer(index, line.answer):
            self._take_answer(line, line.answer)
        elif line.label is not None and self._is_option(index, line.label):
            self._take_option(line, line.label)
        else:
            self._take_text(index, line)

    def _is_answer(self, index: int, answer: Answer) -> bool:
        if answer.strict:
            return True
        draft = self._draft
        if draft is None:  # right after a question it may be a second answer line, or the next stem
            return answer.key_shaped and self._just_answered and not self._first_label_follows(index)
        return bool(draft.labels) and (answer.key_shaped or answer.value in draft.bodies)

    def _is_option(self, index: int, label: Label) -> bool:
        draft = self._draft
        if draft is None:
            if self._first_label_follows(index):
                return False  # "A. Байтұрсынұлы кім?" before "A. ақын": a stem
            return label.strict or (may_be_label(label.letter, 0) and self._next_label_is(index, 1))
        if label.strict:
            return True
        place = len(draft.labels)
        if place == 0:
            return may_be_label(label.letter, 0) and not self._first_label_follows(index)
        return may_be_label(label.letter, place) or may_be_label(label.letter, place + 1)

    def _first_label_follows(self, index: int) -> bool:
        return self._next_label_is(index, 0)

    def _next_label_is(self, index: int, place: int) -> bool:
        following = self._lines[index + 1].label if index + 1 < len(self._lines) else None
        return following is not None and may_be_label(following.letter, place)

    def _take_answer(self, line: Line, answer: Answer) -> None:
        draft = self._draft
        if draft is None:
            self._take_stray_answer(line, answer)
            return
        if line.invisible:
            draft.report("invisible_before_label", line.number, fixable=True)
        elif not answer.strict:
            draft.report("answer_word", line.number, fixable=True, word=answer.word.strip())
        draft.key_value = answer.value
        key = resolve_key(answer.value, [label.letter for label in draft.labels], draft.bodies)
        draft.correct = key.positions
        if len(key.positions) > 1:
            draft.kind = AnswerKind.CHOICE_MULTI
        for code, fixable in key.problems:
            draft.report(code, line.number, fixable=fixable, answer=answer.value)
        self._close()
        self._just_answered = True

    def _take_stray_answer(self, line: Line, answer: Answer) -> None:
        if self._just_answered and self._done:
            last = self._done[-1]
            last.report("second_answer", line.number, fixable=answer.value == last.key_value, answer=answer.value)
        else:
            self._stray.append(Problem("stray_answer", line.number))

    def _take_option(self, line: Line, label: Label) -> None:
        draft = self._draft or self._open(line)
        if not draft.stem and not draft.labels:
            draft.report("missing_stem", line.number)
        if line.invisible:
            draft.report("invisible_before_label", line.number, fixable=True)
        if is_cyrillic(label.letter):
            draft.report("cyrillic_label", line.number, fixable=True, label=label.letter)
        elif label.letter.islower():
            draft.report("lowercase_label", line.number, fixable=True, label=label.letter)
        if label.separator not in (".", ")"):
            draft.report("label_separator", line.number, fixable=True, label=f"{label.letter}{label.separator}")
        elif not label.spaced:
            draft.report("no_space_after_label", line.number, fixable=True, label=f"{label.letter}{label.separator}")
        draft.labels.append(label)
        draft.label_lines.append(line.number)
        draft.bodies.append(label.body)

    def _take_text(self, index: int, line: Line) -> None:
        draft = self._draft
        if draft is not None and draft.labels:
            if not self._starts_question(index, line):
                draft.bodies[-1] = f"{draft.bodies[-1]}\n{line.text}"
                draft.report("multi_line_option", line.number, fixable=True)
                return
            self._close()
            draft = None
        if draft is None:
            aside = self._done and (is_page_number(line.text) or names_part_or_person(line.text))
            if aside and not self._first_label_follows(index):
                self._stray.append(Problem("text_left_out", line.number, params={"text": _short(line.text)}))
                return
            draft = self._open(line)
        elif line.blank_before:  # a heading or a note, then the stem
            self._stray.append(Problem("stray_text", draft.line, draft.number, params={"text": _short(draft.stem[0])}))
            draft.stem.clear()
            draft.problems.clear()
            draft.line = line.number
        else:
            draft.report("multi_line_stem", line.number, fixable=True)
        if not draft.stem and line.label is not None and line.label.strict:
            draft.report("stem_like_option", line.number, fixable=repaired_stem(line.text) is not None)
        draft.stem.append(line.text)

    def _starts_question(self, index: int, line: Line) -> bool:
        """Tell whether text after options begins a question: what comes next is its first option."""
        if self._decisive[index] is not None:
            return bool(self._decisive[index])
        return line.blank_before

    def _open(self, line: Line) -> _Draft:
        self._draft = _Draft(len(self._done) + 1, line.number)
        self._just_answered = False
        return self._draft

    def _close(self) -> None:
        draft, self._draft = self._draft, None
        if draft is None:
            return
        if draft.key_value is None:
            draft.report("missing_answer", draft.line)
        _judge_labels(draft)
        self._done.append(draft)


def _decisive_marks(lines: Sequence[Line]) -> list[bool | None]:
    """Return for each line whether the next mark after it is a first option; None where no mark follows."""
    found: list[bool | None] = []
    following: bool | None = None
    for line in reversed(lines):
        found.append(following)
        first = line.label is not None and may_be_label(line.label.letter, 0)
        if line.answer is not None and (line.answer.strict or line.answer.key_shaped):
            following = False
        elif line.label is not None and (line.label.strict or first):
            following = first
    return found[::-1]


def _judge_labels(draft: _Draft) -> None:
    if len(draft.labels) < 2:
        draft.report("too_few_options", draft.line)
    for line, body in zip(draft.label_lines, draft.bodies, strict=True):
        if looks_empty(body):
            draft.report("empty_option", line)
    letters = [label.letter for label in draft.labels]
    places = series_positions(letters)
    if places is None or places == list(range(len(places))):
        return
    rising = all(later > earlier for earlier, later in pairwise(places))
    code = "missing_label" if rising else "labels_out_of_order"
    draft.report(code, draft.label_lines[0], fixable=bool(draft.correct), labels=" ".join(letters))


def _finished(draft: _Draft) -> ParsedQuestion:
    stem = "\n".join(draft.stem)
    if draft.stem and len(stem.encode(errors="replace")) < 2:
        draft.report("short_stem", draft.line)
    return ParsedQuestion(draft.number, draft.line, stem, tuple(draft.bodies), correct=draft.correct, kind=draft.kind)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def repaired_stem(stem: str) -> str | None:
    """Return a stem that begins like an option with its initial in Cyrillic, None where that would be a guess.

    "A. Байтұрсынұлы" is typed with a Latin A by oversight: the rest of the name is Cyrillic.
    """
    twin = cyrillic_look_alike(stem[:1])
    rest = stem[2:].lstrip(ASCII_BLANK)
    return twin + stem[1:] if twin and rest and is_cyrillic(rest[0]) else None


def obstacles(questions: Sequence[Question | ParsedQuestion]) -> tuple[Problem, ...]:
    """Return why questions cannot be written as Aiken; `Problem.question` is the place in the sequence, from 1."""
    return tuple(
        Problem(code, question=number) for number, question in enumerate(questions, 1) for code in _obstacles(question)
    )


def _obstacles(question: Question | ParsedQuestion) -> list[str]:
    if question.kind is not AnswerKind.CHOICE_SINGLE or len(question.correct) > 1:
        return ["not_single_choice"]
    found = _stem_obstacles(question.stem)
    if not 2 <= len(question.options) <= _MAX_OPTIONS:
        found.append("too_few_options" if len(question.options) < 2 else "too_many_options")
    if any(looks_empty(option) for option in question.options):
        found.append("empty_option")
    if any(_has_break(option) for option in question.options):
        found.append("multi_line_option")
    if not question.correct or not 0 <= question.correct[0] < len(question.options):
        found.append("no_right_answer")
    return found


def _stem_obstacles(stem: str) -> list[str]:
    line = _stem_line(stem)
    if _has_break(line):
        return ["multi_line_stem"]
    if looks_empty(line) or len(line.encode(errors="replace")) < 2:
        return ["short_stem"]
    if is_strict_label(line):
        return ["stem_like_option"]
    return ["stem_like_answer"] if line.startswith(ANSWER_WORD) else []


def _stem_line(stem: str) -> str:
    return stem.lstrip(ASCII_BLANK + _BOM).rstrip(ASCII_BLANK)


def _has_break(text: str) -> bool:
    trimmed = text.strip(ASCII_BLANK)
    return "\n" in trimmed or "\r" in trimmed


def write(questions: Sequence[Question]) -> bytes:
    """Return the questions as an Aiken file: UTF-8 without a mark, LF, a blank line between two questions.

    Text is written to the letter, without the white space around it, which the format cannot hold.

    Raises:
        QuestionFileError: ``aiken_cannot_carry``; `obstacles` names the questions and the reasons beforehand.
    """
    blocked = sorted({problem.question for problem in obstacles(questions)})
    if blocked:
        raise QuestionFileError("aiken_cannot_carry", count=len(blocked), numbers=", ".join(map(str, blocked)))
    return "\n".join(_written(question) for question in questions).encode()


def write_carriable(questions: Sequence[Question]) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the file with all questions that Aiken carries, and why the others are not in it."""
    problems = obstacles(questions)
    blocked = {problem.question for problem in problems}
    return write([question for number, question in enumerate(questions, 1) if number not in blocked]), problems


def write_noted(questions: Sequence[Question]) -> Written:
    """Return the same file with what it has no place for, of the questions that are in it."""
    data, problems = write_carriable(questions)
    left_out = {problem.question - 1 for problem in problems}
    return Written(data, problems, tuple(not_carried(questions, left_out, "Aiken")))


def _written(question: Question) -> str:
    options = [f"{chr(ord('A') + place)}. {option.strip(ASCII_BLANK)}" for place, option in enumerate(question.options)]
    answer = f"{ANSWER_WORD} {chr(ord('A') + question.correct[0])}"
    return "\n".join([_stem_line(question.stem), *options, answer, ""])
