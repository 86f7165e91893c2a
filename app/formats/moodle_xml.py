"""Moodle XML: single and multiple choice, true/false, short answers, numbers, matching, essays.

Texts are HTML there and plain text here; pictures that lie in the file, feedback and tags are kept. What plain text or
the course has no place for (looks, shares of the grade, pictures elsewhere) is named, as are kinds that the course does
not know, with their place: nothing is dropped in silence.
"""

import re
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from app.formats import moodle_calculated
from app.formats.aiken_lines import ASCII_BLANK
from app.formats.gift_answers import has_wildcard
from app.formats.html_text import PlainText, from_html, looks_like_html
from app.formats.numbers import parse_number
from app.formats.pictures import ParsedPicture, suffix_of
from app.formats.problems import Losses, ParsedQuestion, Problem, ReadResult
from app.formats.xml_tree import EntitiesRefusedError, Tree, inner, own_text, parse
from app.model.tasks import AnswerKind, Calculation

FULL_PCT = Decimal(100)
_RAW_AMPERSAND = re.compile(
    r"(<!\[CDATA\[(?:(?!<!\[CDATA\[).)*?\]\]>)|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)", re.DOTALL
)
_LOST_FEEDBACK = frozenset({"correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "hint"})
"""What is shown by the grade; the platform fills the first three with a standing sentence of its own."""
_STANDING = re.compile(
    r"your answer is (?:partially )?(?:correct|incorrect)\.?"
    r"|ваш ответ (?:частично )?(?:верный|неправильный|неверный|правильный)\.?"
    r"|сіздің жауабыңыз (?:жартылай )?(?:дұрыс|дұрыс емес|қате)\.?",
    re.IGNORECASE,
)
_NO_QUESTION = "category"
PLUGIN_FILE = "@@PLUGINFILE@@/"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's XML.

    Attributes:
        mended_line: line of an ``&`` that had to be escaped before it could be read; 0 where none had.
        refused: it declares entities, and nothing of it was read.
    """

    tree: Tree
    mended_line: int = 0
    refused: bool = False


def load(text: str) -> Loaded:
    """Return the XML of a file, an unescaped ``&`` mended.

    Args:
        text: the file's text without a byte-order mark, whatever encoding its declaration names.
    """
    try:
        tree = parse(text)
        if not tree.fault_line:
            return Loaded(tree)
        raw = next((found for found in _RAW_AMPERSAND.finditer(text) if found[1] is None), None)
        if raw is None:
            return Loaded(tree)
        mended = parse(_RAW_AMPERSAND.sub(lambda found: found[1] or "&amp;", text))
    except EntitiesRefusedError:
        return Loaded(Tree(None), refused=True)
    better = not mended.fault_line or mended.fault_line > tree.fault_line
    return Loaded(mended, text.count("\n", 0, raw.start()) + 1) if better else Loaded(tree)


def read(text: str) -> ReadResult:
    """Read a file; a question that cannot be kept never costs the others."""
    return read_loaded(load(text))


def read_loaded(loaded: Loaded) -> ReadResult:
    """Read a file whose XML is there."""
    problems: list[Problem] = []
    if loaded.refused:
        problems.append(Problem("xml_entities", 1))
    if loaded.mended_line:
        problems.append(Problem("raw_ampersand", loaded.mended_line, fixable=True))
    if loaded.tree.fault_line:
        problems.append(Problem("xml_broken", loaded.tree.fault_line))
    reader = _Reader(loaded.tree)
    if loaded.tree.root is not None and loaded.tree.root.tag == "quiz":
        for node in loaded.tree.root.findall("question"):
            reader.take(node)
    problems += [*reader.problems, *reader.losses.problems()]
    return ReadResult(
        tuple(reader.questions), tuple(sorted(problems, key=lambda problem: (problem.line, problem.question)))
    )


def words_of(loaded: Loaded, number: int) -> str:
    """Return what can be read of a question whatever its kind, a text a line, so that it can be typed anew.

    Args:
        loaded: the file.
        number: the question's place, from 1.
    """
    assert loaded.tree.root is not None, "who knows a question's number has read it"
    asked = [node for node in loaded.tree.root.findall("question") if node.get("type", "").strip() != _NO_QUESTION]
    shown = (from_html(inner(holder, "text")).text for holder in asked[number - 1].iter())
    return "\n".join(dict.fromkeys(text for text in shown if text and not _STANDING.fullmatch(text)))


def share_pct(answer: Element) -> Decimal:
    """Return an answer's share of the grade in percent, 0 where it names none that is a number."""
    return _share(answer.get("fraction", "").strip())


@lru_cache(maxsize=1024)
def _share(raw: str) -> Decimal:
    try:
        share = Decimal(raw) if len(raw) <= 30 else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
    return share if share.is_finite() else Decimal(0)


class _Reader:
    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self.questions: list[ParsedQuestion] = []
        self.problems: list[Problem] = []
        self.losses = Losses()
        self._number = self._line = 0
        self._lost_pictures = 0
        self._pictures: list[ParsedPicture] = []
        self._kinds: dict[str, Callable[[Element], ParsedQuestion | None]] = {
            "multichoice": self._choice,
            "truefalse": self._true_false,
            "shortanswer": self._short,
            "numerical": self._numbers,
            "matching": self._matching,
            "match": self._matching,
            "essay": self._essay,
            "calculated": self._calculated,
            "calculatedsimple": self._calculated,
        }

    def take(self, node: Element) -> None:
        kind = node.get("type", "").strip()
        if kind == _NO_QUESTION:
            self.losses.note("category_lost", self._tree.line_of(node))
            return
        self._line = self._tree.line_of(node)
        self._number += 1
        read_kind = self._kinds.get(kind)
        self._lost_pictures, self._pictures = 0, []
        question = read_kind(node) if read_kind else None
        if question is None:
            params = {"kind": kind or "?"}
            self.problems.append(Problem("unsupported_kind", self._line, self._number, params=params))
            return
        self.questions.append(question)
        if self._lost_pictures:
            self._report("picture_lost")

    def _report(self, code: str, *, fixable: bool = False) -> None:
        self.problems.append(Problem(code, self._line, self._number, fixable))

    def _feedback(self, answer: Element) -> str:
        return self._text(answer.find("feedback"), pictures=False)

    def _text(self, holder: Element | None, option: int | None = None, *, pictures: bool = True) -> str:
        """Return the text of a holder of ``<text>``, its pictures kept or counted, its looks counted.

        Args:
            holder: the element.
            option: position of the option that it is.
            pictures: the course has a place for pictures here.
        """
        if holder is None:
            return ""
        raw = inner(holder, "text").strip(ASCII_BLANK)
        name = holder.get("format", "html")
        if name == "plain_text" or name == "markdown" or (name == "moodle_auto_format" and not looks_like_html(raw)):
            shown = PlainText(raw)
        else:
            shown = from_html(raw)
        files = {_place_in_files(file): file for file in holder.findall("file")}
        if files or shown.images:
            self._take_pictures(shown, holder, files, option, pictures=pictures)
        if shown.markup:
            self.losses.note("markup_lost", self._tree.line_of(holder))
        return shown.text

    def _take_pictures(
        self, shown: PlainText, holder: Element, files: Mapping[str, Element], option: int | None, *, pictures: bool
    ) -> None:
        used: set[str] = set()
        for image in shown.images:
            used.add(file_name(image.source))
            data = _content(files.get(file_name(image.source)), image.source)
            if data is None or not pictures:
                self._lost_pictures += 1
                continue
            self._pictures.append(ParsedPicture(data, option, image.alt))
            if image.inside:
                self.losses.note("picture_moved", self._tree.line_of(holder))
        self._lost_pictures += len(files.keys() - used)

    def _question(
        self,
        node: Element,
        kind: AnswerKind,
        options: Sequence[str] = (),
        correct: Sequence[int] = (),
        answers: Sequence[str] = (),
        calculation: Calculation | None = None,
    ) -> ParsedQuestion:
        """Return a question with what every kind of question may have besides."""
        stem = self._text(node.find("questiontext"))
        kept = self._option_feedback(node, len(options))
        if inner(node, "idnumber").strip():
            self.losses.note("tags_lost", self._line)
        units = [inner(unit, "unit_name").strip() for unit in node.findall("units/unit")]
        if any(units if calculation is None else units[1:]):
            self.losses.note("units_lost", self._line)
        if inner(node, "image_base64").strip():
            self._lost_pictures += 1
        feedback = self._text(node.find("generalfeedback"), pictures=False)
        names = [from_html(inner(tag, "text")).text for tag in node.findall("tags/tag")]
        pictures = sorted(self._pictures, key=lambda picture: -1 if picture.option is None else picture.option)
        return ParsedQuestion(
            self._number,
            self._line,
            stem,
            tuple(options),
            tuple(correct),
            kind,
            tuple(answers),
            feedback,
            kept,
            tuple(name for name in names if name),
            tuple(pictures),
            calculation,
        )

    def _option_feedback(self, node: Element, options: int) -> tuple[str, ...]:
        """Return the feedback of each option, none where no option has any; feedback of other places is counted."""
        own = [self._feedback(answer) for answer in node.findall("answer")]
        kept = tuple(own) if options and len(own) == options and any(own) else ()
        lost = [from_html(inner(holder, "text")).text for holder in node if holder.tag in _LOST_FEEDBACK]
        lost = [text for text in lost if not _STANDING.fullmatch(text)]
        lost += [*own, *(self._feedback(pair) for pair in node.findall("subquestion"))] if not kept else []
        if any(lost):
            self.losses.note("feedback_lost", self._line)
        return kept

    def _choice(self, node: Element) -> ParsedQuestion:
        answers = node.findall("answer")
        shares = [share_pct(answer) for answer in answers]
        single = inner(node, "single").strip() not in ("false", "0") or node.find("single") is None
        if single:
            correct = [place for place, share in enumerate(shares) if share == FULL_PCT]
            if any(share not in (0, FULL_PCT) for share in shares):
                self.losses.note("partial_credit_lost", self._line)
            if len(correct) > 1:
                self._report("several_full_marks")
        else:
            correct = [place for place, share in enumerate(shares) if share > 0]
        several = len(correct) > 1 or (not single and bool(correct))
        kind = AnswerKind.CHOICE_MULTI if several else AnswerKind.CHOICE_SINGLE
        return self._question(node, kind, [self._text(answer, place) for place, answer in enumerate(answers)], correct)

    def _true_false(self, node: Element) -> ParsedQuestion:
        answers = node.findall("answer")
        words = [inner(answer, "text").strip().lower() for answer in answers]
        full = [share_pct(answer) == FULL_PCT for answer in answers]
        if "true" in words or "false" in words:
            right = next((word for word, is_full in zip(words, full, strict=True) if is_full), "")
        else:  # an old file in the platform's own language: true stands first
            right = next((word for word, is_full in zip(("true", "false"), full, strict=False) if is_full), "")
        return self._question(node, AnswerKind.BINARY, correct={"true": (0,), "false": (1,)}.get(right, ()))

    def _typed(self, node: Element) -> list[str]:
        """Return what may be typed for the whole grade or a part of it."""
        found = [(inner(answer, "text") or own_text(answer), share_pct(answer)) for answer in node.findall("answer")]
        if any(share not in (0, FULL_PCT) for _, share in found):
            self.losses.note("partial_credit_lost", self._line)
        return [text.strip(ASCII_BLANK) for text, share in found if share > 0]

    def _short(self, node: Element) -> ParsedQuestion:
        answers = self._typed(node)
        if any(has_wildcard(answer) for answer in answers):
            self.losses.note("wildcard_answer", self._line)
        return self._question(node, AnswerKind.SHORT_TEXT, answers=[text.replace("\\*", "*") for text in answers])

    def _numbers(self, node: Element) -> ParsedQuestion:
        tolerances = [
            inner(answer, "tolerance").strip(ASCII_BLANK) for answer in node.findall("answer") if share_pct(answer) > 0
        ]
        texts = [
            f"{answer}±{tolerance}" if tolerance.strip("0.,") else answer
            for answer, tolerance in zip(self._typed(node), tolerances, strict=True)
        ]
        numbers = [parse_number(text) for text in texts]
        if not all(number and number.plain for number in numbers):
            self._report("number_not_plain", fixable=all(numbers))
        answers = [number.text if number else text for number, text in zip(numbers, texts, strict=True)]
        return self._question(node, AnswerKind.NUMBER, answers=answers)

    def _matching(self, node: Element) -> ParsedQuestion:
        pairs: list[tuple[str, str]] = []
        for sub in node.findall("subquestion"):
            place = sum(bool(left) for left, _ in pairs)
            pairs.append((self._text(sub, place), inner(sub, "answer", "text").strip(ASCII_BLANK)))
        lefts = [left for left, _ in pairs if left]
        rights = [right for left, right in pairs if left] + [right for left, right in pairs if not left]
        return self._question(node, AnswerKind.MATCHING, lefts, answers=rights)

    def _essay(self, node: Element) -> ParsedQuestion:
        return self._question(node, AnswerKind.FREE_FORM)

    def _calculated(self, node: Element) -> ParsedQuestion | None:
        calculation = moodle_calculated.read(node)
        if calculation is None:
            return None
        if sum(share_pct(answer) > 0 for answer in node.findall("answer")) > 1:
            self.losses.note("partial_credit_lost", self._line)
        return self._question(node, AnswerKind.NUMBER, calculation=calculation)


def file_name(source: str) -> str:
    """Return the name of the file that a picture's source means, empty for one that lies elsewhere."""
    return unquote(source.removeprefix(PLUGIN_FILE)) if source.startswith(PLUGIN_FILE) else ""


def _place_in_files(file: Element) -> str:
    return f"{file.get('path', '/')}/{file.get('name', '')}".replace("//", "/").lstrip("/")


def _content(file: Element | None, source: str) -> bytes | None:
    """Return the bytes of a picture that lies in the file or in the source itself, None where there is none."""
    if file is not None and file.get("encoding", "base64") == "base64":
        encoded = own_text(file)
    elif source.startswith("data:image/") and ";base64," in source[:60]:
        encoded = source.partition(";base64,")[2]
    else:
        return None
    try:
        data = b64decode("".join(encoded.split()), validate=True)
    except ValueError:
        return None
    return data if suffix_of(data) else None
