"""GIFT, the platform's text format for all its usual kinds of questions.

What an author meant is read also where the importer would take it for something else: a blank line inside a question,
braces in the stem. `app.formats.moodle_gift` says what the importer makes of the same file.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.formats.aiken_lines import ASCII_BLANK, split_lines
from app.formats.carrying import as_choice, carried_text, has_several, not_carried, problems_of
from app.formats.gift_answers import Answers, read_answers
from app.formats.gift_text import (
    escaped,
    hold,
    holds_placeholder,
    needs_html,
    shown,
    typed_written,
    written,
)
from app.formats.numbers import parse_number
from app.formats.problems import Losses, ParsedQuestion, Problem, ReadResult, Written
from app.formats.shares import right_share, wrong_share
from app.model.tasks import AnswerKind, Question

_KINDS = frozenset(AnswerKind)
_ANSWER_START = re.compile(r"\{(?=\s*(?:[=~#}]|(?:T|TRUE|F|FALSE)\s*[#}]))", re.IGNORECASE)
_MATH_NEWLINE = re.compile(r"(?<!\\)\\n(?:eq?|u|abla|ot(?:in)?|eg|i|mid|leq|geq|exists)(?![A-Za-z])")
_MATH = re.compile(r"(?<!\\)\\[(\[]|\$\$")
_COMMENT_INSIDE = "\n\n"
"""What a comment line leaves between two lines of a block."""
_ID = re.compile(r"\[id:")
_TAG = re.compile(r"\[tag:((?:\\]|[^]<>`\x00-\x1f\x7f])+)]")
_TAG_FORBIDDEN = re.compile(r"[<>`\x00-\x1f\x7f]|\\")
"""What ends a tag for the importer, or would be read as something else."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines between two blank lines.

    Attributes:
        line: number of its first line, from 1.
        joined: a blank line stood inside it.
        tags: named in its comment lines, as newer versions of the platform write them.
    """

    line: int
    text: str
    joined: bool = False
    tags: tuple[str, ...] = ()


def read(text: str) -> ReadResult:
    """Read a file; one bad question never costs the others.

    Args:
        text: the file's text without a byte-order mark.
    """
    return _Reader().run(text)


class _Reader:
    def __init__(self) -> None:
        self._questions: list[ParsedQuestion] = []
        self._problems: list[Problem] = []
        self._losses = Losses()
        self._number = 0

    def run(self, text: str) -> ReadResult:
        for block in _joined(_blocks(text, self._losses)):
            self._take(block)
        problems = [*self._problems, *self._losses.problems()]
        return ReadResult(
            tuple(self._questions), tuple(sorted(problems, key=lambda problem: (problem.line, problem.question)))
        )

    def _take(self, block: _Block) -> None:
        held = hold(block.text).strip(ASCII_BLANK)
        if held.startswith("$CATEGORY:"):
            self._losses.note("category_lost", block.line)
            return
        if held.startswith("::") and (end := held.find("::", 2)) >= 0:
            held = held[end + 2 :].strip(ASCII_BLANK)
        span = _answer_span(held)
        if span is None:
            self._stray(block, held)
            return
        self._number += 1
        start, end, moodle_too = span
        stem_text = held[:start] + ("" if end == len(held) else "_____") + held[end:]
        stem, format_name = shown(stem_text, "moodle")
        inside, separator, general = held[start + 1 : end - 1].strip(ASCII_BLANK).rpartition("####")
        answers = read_answers(inside if separator else held[start + 1 : end - 1], format_name)
        self._report(block, answers, braces=not moodle_too)
        feedback = answers.take(shown(general, format_name)[0]) if separator else ""
        for code in answers.losses:
            self._losses.note(code, block.line)
        if stem.markup or answers.markup:
            self._losses.note("markup_lost", block.line)
        if stem.pictures + answers.pictures:
            self._problems.append(Problem("picture_lost", block.line, self._number))
        self._questions.append(
            ParsedQuestion(
                self._number,
                block.line,
                stem.text,
                answers.options,
                answers.correct,
                answers.kind,
                answers.answers,
                feedback,
                answers.option_feedback,
                block.tags,
            )
        )

    def _report(self, block: _Block, answers: Answers, *, braces: bool) -> None:
        found = [(code, fixable) for code, fixable in answers.problems]
        if block.joined:
            found.append(("gift_blank_line", True))
        if _COMMENT_INSIDE in block.text.rstrip("\n"):
            found.append(("gift_comment", False))
        if braces:
            found.append(("gift_unescaped_braces", True))
        if _MATH_NEWLINE.search(block.text) and _MATH.search(block.text):
            found.append(("gift_newline_escape", False))
        self._problems += [Problem(code, block.line, self._number, fixable) for code, fixable in found]

    def _stray(self, block: _Block, held: str) -> None:
        if "{" in held or "}" in held:
            self._number += 1
            self._problems.append(Problem("gift_braces", block.line, self._number))
        else:
            text, _ = shown(held, "moodle")
            short = text.text if len(text.text) <= 60 else f"{text.text[:57]}…"
            self._problems.append(Problem("stray_text", block.line, params={"text": short}))


def _blocks(text: str, losses: Losses) -> list[_Block]:
    """Return the blocks without comment lines, which may carry the labels and tags of newer versions."""
    blocks: list[_Block] = []
    lines: list[str] = []
    tags: list[str] = []
    first = 0
    for number, raw in enumerate([*split_lines(text), ""], start=1):
        line = raw.strip(ASCII_BLANK)
        if not line:
            if any(lines):
                blocks.append(_Block(first, "\n".join(lines), tags=tuple(tags)))
            lines, tags = [], []
            continue
        if not lines:
            first = number
        if line.startswith("//"):
            tags += [tag.replace("\\]", "]").strip() for tag in _TAG.findall(line)]
            if _ID.search(line):
                losses.note("tags_lost", number)
            if lines:
                lines.append("")
            continue
        if not any(lines):
            first, lines = number, []
        lines.append(line)
    return blocks


def _joined(blocks: Sequence[_Block]) -> list[_Block]:
    """Return the blocks with those put together that a blank line inside a question's braces took apart."""
    done: list[_Block] = []
    opened = False
    for block in blocks:
        held = hold(block.text)
        starts, ends = "{" in held, "}" in held
        bare_answers = held.lstrip(ASCII_BLANK).startswith("{")
        follows = bool(done) and ((opened and not starts) or (bare_answers and not opened and _is_bare(done[-1])))
        if follows:
            last = done.pop()
            done.append(_Block(last.line, f"{last.text}\n{block.text}", joined=True, tags=last.tags + block.tags))
            opened = opened and not ends
            if bare_answers:
                opened = not ends
        else:
            done.append(block)
            opened = starts and not ends
    return done


def _is_bare(block: _Block) -> bool:
    held = hold(block.text)
    return "{" not in held and "}" not in held and not held.startswith("$CATEGORY:")


def _answer_span(held: str) -> tuple[int, int, bool] | None:
    """Return where the answers are, with their braces, and whether the importer sees them there too."""
    first, first_end = held.find("{"), held.find("}")
    if first < 0 or first_end < 0:
        return None
    meant = _ANSWER_START.search(held)
    start = meant.start() if meant else first
    end = held.rfind("}") if meant else first_end
    if end < start:
        return None
    return start, end + 1, (start, end) == (first, first_end)


def write_carriable(questions: Sequence[Question]) -> Written:
    """Return the questions as a GIFT file (UTF-8, LF), and why the others are not in it."""
    obstacles = problems_of(questions, _KINDS, "GIFT")
    for place, question in enumerate(questions):
        if _unwritable(question):
            obstacles.append((place, Problem("not_to_the_letter", question=place + 1, params={"format": "GIFT"})))
    blocked = {place for place, _ in obstacles}
    carried = [question for place, question in enumerate(questions) if place not in blocked]
    notes = [
        Problem("kind_changed", question=place + 1)
        for place, question in enumerate(questions)
        if place not in blocked and question.kind is AnswerKind.BINARY and question.options
    ]
    notes += not_carried([_without_what_is_carried(question) for question in questions], blocked, "GIFT")
    data = "\n".join(_written(question) for question in carried).encode()
    return Written(data, tuple(problem for _, problem in obstacles), tuple(notes))


def _without_what_is_carried(question: Question) -> Question:
    """Return a question with only that feedback and those tags that the format has no place for."""
    kept = question.options and as_choice(question)
    tags = tuple(tag for tag in question.tags if _TAG_FORBIDDEN.search(carried_text(tag)))
    return question.model_copy(
        update={"feedback": "", "option_feedback": () if kept else question.option_feedback, "tags": tags}
    )


def _unwritable(question: Question) -> bool:
    texts = (question.stem, *question.options, *question.answers, question.feedback, *question.option_feedback)
    if any(holds_placeholder(carried_text(text)) for text in texts):
        return True
    if question.kind is AnswerKind.SHORT_TEXT:  # the importer takes it for a matching question
        return any("->" in answer for answer in question.answers)
    return as_choice(question) and has_several(question) and right_share(len(question.correct)) is None


def _written(question: Question) -> str:
    texts = [carried_text(question.stem), *(carried_text(option) for option in question.options)]
    told = [carried_text(text) for text in (question.feedback, *question.option_feedback)]
    name = "html" if any(needs_html(text) for text in (*texts, *told)) else "moodle"
    answers = _answers(question, texts[1:], told[1:], name)
    general = f"####{written(told[0], name)}\n" if told[0] else ""
    return f"{_tags(question)}{written(texts[0], name, first=True)}{{{answers}{general}}}\n"


def _tags(question: Question) -> str:
    tags = [carried_text(tag) for tag in question.tags]
    inner = " ".join("[tag:" + tag.replace("]", "\\]") + "]" for tag in tags if tag and not _TAG_FORBIDDEN.search(tag))
    return f"// {inner}\n" if inner else ""


def _answers(question: Question, options: Sequence[str], feedback: Sequence[str], name: str) -> str:
    if as_choice(question):
        return _choice_answers(question, options, feedback, name)
    if question.kind is AnswerKind.BINARY:
        return "TRUE" if question.correct == (0,) else "FALSE"
    if question.kind is AnswerKind.MATCHING:
        lefts = [written(option, name) for option in options]
        lefts += [""] * (len(question.answers) - len(lefts))
        pairs = zip(lefts, question.answers, strict=True)
        return _lines(f"={left} -> {escaped(carried_text(right))}" for left, right in pairs)
    if question.kind is AnswerKind.NUMBER:
        return "#" + _lines(f"=%100%{_number(answer)}" for answer in question.answers)
    if question.kind is AnswerKind.SHORT_TEXT:
        answers = (carried_text(answer).replace("*", "\\*") for answer in question.answers)
        return _lines(f"=%100%{typed_written(answer)}" for answer in answers)
    return ""


def _choice_answers(question: Question, options: Sequence[str], feedback: Sequence[str], name: str) -> str:
    right = set(question.correct)
    if not has_several(question):
        marks = ["=" if place in right else "~" for place in range(len(options))]
        marks = [
            f"{mark}%0%" if mark == "~" and option.startswith("%") else mark
            for mark, option in zip(marks, options, strict=True)
        ]
    else:
        good, bad = right_share(len(right)), wrong_share(len(options) - len(right))
        marks = [f"~%{good}%" if place in right else f"~%-{bad}%" for place in range(len(options))]
    told = [f"#{written(text, name)}" if text else "" for text in feedback]
    told += [""] * (len(options) - len(told))
    return _lines(
        f"{mark}{written(option, name)}{text}" for mark, option, text in zip(marks, options, told, strict=False)
    )


def _number(answer: str) -> str:
    number = parse_number(answer)
    assert number is not None, "an answer that is no number is an obstacle"
    return f"{number.value}:{number.tolerance}" if number.tolerance else number.value


def _lines(answers: Iterable[str]) -> str:
    return "".join(f"\n\t{answer}" for answer in answers) + "\n"
