"""What stands between the braces of a GIFT question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from app.formats.aiken_lines import ASCII_BLANK
from app.formats.gift_text import release, shown, typed
from app.formats.html_text import PlainText
from app.formats.numbers import parse_number, parse_range
from app.model.tasks import AnswerKind

_WEIGHT = re.compile(r"%(-*)([0-9]{1,2}\.?[0-9]*)%")
_TRUE_FALSE = re.compile(r"(T|TRUE|F|FALSE)", re.IGNORECASE)
_TIGHT_MARK = re.compile(r"[^\s~=]=")
_FULL = Decimal(100)


@dataclass(slots=True)
class Answers:
    """The answers of one question.

    Attributes:
        problems: codes with whether the writer mends them.
        losses: codes of what the course has no place for, each as often as it occurs.
        option_feedback: of each option; none where no option has one.
        pictures: pictures in the options.
        markup: looks of the options that are not kept.
    """

    kind: AnswerKind
    options: tuple[str, ...] = ()
    correct: tuple[int, ...] = ()
    answers: tuple[str, ...] = ()
    problems: list[tuple[str, bool]] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    option_feedback: tuple[str, ...] = ()
    pictures: int = 0
    markup: bool = False

    def take(self, text: PlainText) -> str:
        """Return the text of an option and count what it has lost."""
        self.pictures += text.pictures
        self.markup |= text.markup
        return text.text


class Piece(NamedTuple):
    """One answer as it stands there, held.

    Attributes:
        share_pct: its share of the grade in percent; None without a weight of its own.
        full: it is marked with ``=``.
        feedback: what is shown to who gives it, held.
    """

    text: str
    share_pct: Decimal | None
    full: bool
    feedback: str


def read_answers(inside: str, format_name: str) -> Answers:
    """Return what the braces hold, as the platform tells the kinds apart.

    Args:
        inside: the held text between the braces.
        format_name: the format of the stem, which the options inherit.
    """
    inside = inside.strip(ASCII_BLANK)
    if not inside:
        return Answers(AnswerKind.FREE_FORM)
    if inside.startswith("#"):
        return _numbers(inside[1:])
    if "~" in inside:
        return _choice(inside, format_name)
    if "=" in inside and "->" in inside:
        return _matching(inside, format_name)
    word, _, feedback = inside.partition("#")
    word = word.strip(ASCII_BLANK)
    if _TRUE_FALSE.fullmatch(word):
        return _true_false(word, feedback=bool(feedback.strip("#" + ASCII_BLANK)))
    return _short(inside)


def pieces(inside: str, mark: str) -> list[Piece]:
    """Return the single answers of a list.

    Args:
        inside: the held text between the braces.
        mark: what stands before each: ``~`` where ``=`` is a mark of its own kind, else ``=``.
    """
    parts = inside.replace("=", "~=").split("~") if mark == "~" else inside.split("=")
    parts[0] = parts[0].strip(ASCII_BLANK)
    return [_piece(part.strip(ASCII_BLANK)) for part in (parts if parts[0] else parts[1:])]


def _piece(part: str) -> Piece:
    full = part.startswith("=")
    part = part[1:] if full else part
    share: Decimal | None = None
    weight = None if full else _WEIGHT.match(part)
    if weight:
        share = Decimal(weight[2]) * (-1 if weight[1] else 1)
        part = part[weight.end() :]
    text, _, feedback = part.partition("#")
    return Piece(text, share, full, feedback.strip(ASCII_BLANK))


def _choice(inside: str, format_name: str) -> Answers:
    found = pieces(inside, "~")
    full = sum(piece.full for piece in found)
    answers = Answers(AnswerKind.CHOICE_SINGLE if full == 1 else AnswerKind.CHOICE_MULTI)
    answers.options = tuple(answers.take(shown(piece.text, format_name)[0]) for piece in found)
    answers.correct = tuple(
        place
        for place, piece in enumerate(found)
        if piece.full or (piece.share_pct is not None and piece.share_pct > 0)
    )
    if any(piece.feedback for piece in found):
        answers.option_feedback = tuple(answers.take(shown(piece.feedback, format_name)[0]) for piece in found)
    if full:
        answers.correct = tuple(place for place, piece in enumerate(found) if piece.full)
        if any(piece.share_pct for piece in found):
            answers.losses.append("partial_credit_lost")
    elif not answers.correct:
        answers.kind = AnswerKind.CHOICE_SINGLE
    if full > 1:
        tight = _TIGHT_MARK.search(inside) is not None
        answers.problems.append(("gift_unescaped_mark" if tight else "several_full_marks", False))
    return answers


def _matching(inside: str, format_name: str) -> Answers:
    answers = Answers(AnswerKind.MATCHING)
    lefts: list[str] = []
    rights: list[str] = []
    spare: list[str] = []
    for piece in inside.split("=")[1:]:
        left, arrow, right = piece.partition("->")
        if not arrow:
            answers.problems.append(("gift_unescaped_mark", False))
            continue
        text = answers.take(shown(left, format_name)[0])
        partner = release(right).strip(ASCII_BLANK)
        if text:
            lefts.append(text)
            rights.append(partner)
        else:
            spare.append(partner)
    answers.options, answers.answers = tuple(lefts), (*rights, *spare)
    return answers


def _true_false(word: str, *, feedback: bool) -> Answers:
    answers = Answers(AnswerKind.BINARY, correct=(0,) if word.upper().startswith("T") else (1,))
    if word != word.upper():
        answers.problems.append(("gift_true_false", True))
    if feedback:
        answers.losses.append("feedback_lost")
    return answers


def _short(inside: str) -> Answers:
    answers = Answers(AnswerKind.SHORT_TEXT)
    found = pieces(inside, "=")
    _note_feedback(answers, found)
    _note_partial(answers, found)
    texts = [typed(piece.text) for piece in found if piece.share_pct is None or piece.share_pct > 0]
    if any(has_wildcard(text) for text in texts):
        answers.losses.append("wildcard_answer")
    answers.answers = tuple(text.replace("\\*", "*") for text in texts)
    return answers


def has_wildcard(text: str) -> bool:
    """Tell whether an accepted answer has a star that stands for any letters."""
    return re.search(r"(?<!\\)\*", text) is not None


def _numbers(inside: str) -> Answers:
    answers = Answers(AnswerKind.NUMBER)
    inside, other, _ = inside.partition("~")
    found = pieces(inside, "=")
    _note_feedback(answers, found)
    _note_partial(answers, found)
    if other:
        answers.losses.append("feedback_lost")
    texts = [typed(piece.text) for piece in found if piece.share_pct is None or piece.share_pct > 0]
    answers.answers = tuple(_number(answers, text) for text in texts)
    return answers


def _number(answers: Answers, text: str) -> str:
    value, colon, tolerance = text.partition(":")
    number = parse_range(text) or parse_number(f"{value}±{tolerance}" if colon and tolerance.strip() else value)
    if number is None:
        answers.problems.append(("number_not_plain", False))
        return text
    if not number.plain:
        answers.problems.append(("number_not_plain", True))
    return number.text


def _note_feedback(answers: Answers, found: Sequence[Piece]) -> None:
    answers.losses += ["feedback_lost"] * any(piece.feedback for piece in found)


def _note_partial(answers: Answers, found: Sequence[Piece]) -> None:
    if any(piece.share_pct not in (None, _FULL) for piece in found):
        answers.losses.append("partial_credit_lost")
