"""Formats that put a mark before each question and each option: Platonus, TAMOS, MyTestX.

Each of them says with one pattern what its marks are; the text of a question or an option runs to the next mark. The
writer reads its own file back, so a text that would be taken for a mark is named and never changes its meaning.
"""

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from app.formats.aiken_lines import ASCII_BLANK, INVISIBLE, looks_empty
from app.formats.carrying import OPTION_KINDS, carried_text, not_carried, problems_of
from app.formats.problems import Losses, ParsedQuestion, Problem, ReadResult, Written
from app.model.tasks import AnswerKind, Question

LINE_START = rf"^[ \t{INVISIBLE}]*"
_BEFORE_MARK = INVISIBLE + " \t\n"
_INVISIBLE = frozenset(INVISIBLE)


class Mark(StrEnum):
    """What a mark announces."""

    QUESTION = "question"
    OPTION = "option"
    RIGHT = "right"


class Piece(NamedTuple):
    """A mark and the text up to the next one.

    Attributes:
        line: line of the mark, from 1.
        level: what stands in the mark besides: a difficulty.
        hidden: an invisible character stands before the mark.
    """

    mark: Mark
    line: int
    text: str
    level: str = ""
    hidden: bool = False


@dataclass(slots=True)
class _Draft:
    line: int
    stem: str
    options: list[str] = field(default_factory=list)
    correct: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Dialect:
    """A format of this family.

    Attributes:
        name: how people call it.
        pattern: finds the marks in a text with LF as its only line break.
        classify: what a match of the pattern is, and the level in it.
        usual_level: the level that a question has where nobody set another.
        first_is_right: tells from the marks of a whole file whether the first option is the right one.
    """

    name: str
    pattern: re.Pattern[str]
    classify: Callable[[re.Match[str]], tuple[Mark, str]]
    usual_level: str = ""
    first_is_right: Callable[[Sequence[Piece]], bool] = lambda _: False


def read_marked(text: str, dialect: Dialect) -> ReadResult:
    """Read a file of a format; every question is returned, also an incomplete one."""
    text = re.sub(r"\r\n|\r", "\n", text)
    found = list(_pieces(text, dialect))
    losses = Losses()
    problems = _before_first(text, dialect)
    drafts: list[_Draft] = []
    first_is_right = dialect.first_is_right(found)
    for piece in found:
        if piece.mark is Mark.QUESTION:
            drafts.append(_Draft(piece.line, piece.text))
            if piece.level != dialect.usual_level:
                losses.note("difficulty_lost", piece.line)
        elif drafts:
            draft = drafts[-1]
            if piece.mark is Mark.RIGHT or (first_is_right and not draft.options):
                draft.correct.append(len(draft.options))
            draft.options.append(piece.text)
        else:
            drafts.append(_Draft(piece.line, ""))
            drafts[-1].options.append(piece.text)
        if piece.hidden:
            problems.append(Problem("invisible_before_label", piece.line, len(drafts), fixable=True))
    questions = tuple(_finished(number, draft) for number, draft in enumerate(drafts, start=1))
    problems += losses.problems()
    return ReadResult(questions, tuple(sorted(problems, key=lambda problem: (problem.line, problem.question))))


def _pieces(text: str, dialect: Dialect) -> Iterator[Piece]:
    matches = list(dialect.pattern.finditer(text))
    line = 1
    counted = 0
    for place, match in enumerate(matches):
        end = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        visible = match.end() - len(match[0].lstrip(_BEFORE_MARK))
        line += text.count("\n", counted, visible)
        counted = visible
        mark, level = dialect.classify(match)
        hidden = visible > match.start() and not _INVISIBLE.isdisjoint(match[0])
        yield Piece(mark, line, text[match.end() : end].strip(ASCII_BLANK), level, hidden)


def _before_first(text: str, dialect: Dialect) -> list[Problem]:
    first = dialect.pattern.search(text)
    before = carried_text(text[: first.start()] if first else text)
    if looks_empty(before):
        return []
    short = before.split("\n", 1)[0]
    short = short if len(short) <= 60 else f"{short[:57]}…"
    return [Problem("stray_text", 1, params={"text": short})]


def _finished(number: int, draft: _Draft) -> ParsedQuestion:
    kind = AnswerKind.CHOICE_MULTI if len(draft.correct) > 1 else AnswerKind.CHOICE_SINGLE
    return ParsedQuestion(number, draft.line, draft.stem, tuple(draft.options), tuple(draft.correct), kind)


def write_marked(
    questions: Sequence[Question],
    name: str,
    render: Callable[[Sequence[Question]], str],
    read: Callable[[str], ReadResult],
    encode: Callable[[str], bytes],
    unwritable: Container[int] = frozenset(),
) -> Written:
    """Return a file that reads back as it was meant, and why other questions are not in it.

    Args:
        questions: what to write.
        name: how people call the format.
        render: makes the text of a file.
        read: the format's reader.
        encode: makes the bytes of a file.
        unwritable: places of questions that the format would change.
    """
    obstacles = problems_of(questions, OPTION_KINDS, name)
    for place in (place for place in range(len(questions)) if place in unwritable):
        obstacles.append((place, Problem("not_to_the_letter", question=place + 1, params={"format": name})))
    blocked = {place for place, _ in obstacles}
    plain = {place: _carried(question) for place, question in enumerate(questions) if place not in blocked}
    whole = _reads_back(list(plain.values()), render, read)
    if not whole:
        for place, question in list(plain.items()):
            if not _reads_back([question], render, read):
                obstacles.append((place, Problem("not_to_the_letter", question=place + 1, params={"format": name})))
                del plain[place]
    while not whole and plain and not _reads_back(list(plain.values()), render, read):
        place = _first_that_breaks(plain, render, read)  # one changes how another is read
        obstacles.append((place, Problem("not_to_the_letter", question=place + 1, params={"format": name})))
        del plain[place]
    obstacles.sort(key=lambda item: item[0])
    notes = [
        Problem("kind_changed", question=place + 1)
        for place in plain
        if questions[place].kind is not AnswerKind.CHOICE_SINGLE and len(questions[place].correct) == 1
    ]
    left_out = set(range(len(questions))) - set(plain)
    notes += not_carried(questions, left_out, name)
    data = encode(render(list(plain.values())))
    return Written(data, tuple(problem for _, problem in obstacles), tuple(notes))


def _carried(question: Question) -> Question:
    stem, options = carried_text(question.stem), tuple(carried_text(option) for option in question.options)
    if stem == question.stem and options == question.options:
        return question
    return question.model_copy(update={"stem": stem, "options": options})


def _first_that_breaks(
    plain: Mapping[int, Question], render: Callable[[Sequence[Question]], str], read: Callable[[str], ReadResult]
) -> int:
    """Return the place of the question with which the file begins to read otherwise."""
    places = list(plain)
    good, bad = 0, len(places)
    while bad - good > 1:
        middle = (good + bad) // 2
        if _reads_back([plain[place] for place in places[:middle]], render, read):
            good = middle
        else:
            bad = middle
    return places[bad - 1]


def _reads_back(
    questions: Sequence[Question], render: Callable[[Sequence[Question]], str], read: Callable[[str], ReadResult]
) -> bool:
    result = read(render(questions))
    return not result.problems and [(q.stem, q.options, q.correct) for q in result.questions] == [
        (q.stem, q.options, tuple(sorted(q.correct))) for q in questions
    ]
