"""Everything that is wrong with a question file, and what the platform would make of it as it is."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.formats import aiken, moodle_aiken
from app.formats.encoding import Decoded, decode
from app.formats.names import BUILT, QuestionFormat, detect
from app.formats.problems import ParsedQuestion, Problem, ProblemSeverity
from app.model.errors import QuestionFileError
from app.model.regulation import Limit
from app.model.texts import Lang, Texts

_UNEVEN_SHARE = 0.6
"""From this share on one letter learners guess it; real banks have 60–100 %."""
_UNEVEN_FROM = 10
_LOST_LETTERS = re.compile(r"[\u0400-\u052f]\?[\u0400-\u052f]")


@dataclass(frozen=True, slots=True)
class MoodleForecast:
    """What Moodle would do with the file, "stop on error" off.

    Attributes:
        lost: questions of the file that are not stored.
        errors: errors that Moodle reports; with "stop on error" on, its default, one keeps everything out.
    """

    imported: int
    lost: int
    without_right_answer: int
    wrong_key: int
    errors: int


@dataclass(frozen=True, slots=True)
class LintReport:
    """The verdict on a question file.

    Attributes:
        key_positions: how often each letter is the key, over the questions with one right answer.
    """

    format: QuestionFormat
    encoding: str
    questions: tuple[ParsedQuestion, ...]
    problems: tuple[Problem, ...]
    key_positions: dict[str, int]
    moodle: MoodleForecast

    @property
    def clean(self) -> bool:
        """Tell whether the file has no errors; warnings do not count."""
        return all(problem.severity is not ProblemSeverity.ERROR for problem in self.problems)

    def as_json(self, texts: Texts, lang: Lang) -> dict[str, object]:
        """Return the report under the keys of the command-line contract."""
        return {
            "format": self.format.value,
            "encoding": self.encoding,
            "questions": len(self.questions),
            "problems": [
                {
                    "line": problem.line,
                    "question": problem.question,
                    "code": problem.code,
                    "severity": problem.severity.value,
                    "text": problem.text(texts, lang),
                    "fixable": problem.fixable,
                }
                for problem in self.problems
            ],
            "key_positions": self.key_positions,
            "moodle": {
                "imported": self.moodle.imported,
                "lost": self.moodle.lost,
                "without_right_answer": self.moodle.without_right_answer,
                "wrong_key": self.moodle.wrong_key,
                "errors": self.moodle.errors,
            },
        }


def lint(data: bytes, option_limit: Limit, source: QuestionFormat | None = None) -> LintReport:
    """Judge a question file.

    Args:
        data: the file.
        option_limit: how many options a question has (form 05, F05.2).
        source: its format; told from the content where None.

    Raises:
        QuestionFileError: ``format_not_built`` for a format that this version does not read.
    """
    name = source or detect(data)
    if name not in BUILT:
        raise QuestionFileError("format_not_built", format=name.value)
    decoded = decode(data)
    result = aiken.read(decoded.text)
    problems = [
        *_file_problems(decoded, result.questions),
        *result.problems,
        *(problem for question in result.questions for problem in _question_problems(question, option_limit)),
        *_repeated(result.questions),
    ]
    forecast = moodle_aiken.predict(data)
    return LintReport(
        name,
        decoded.encoding,
        result.questions,
        tuple(sorted(problems, key=lambda problem: (problem.line, problem.question))),
        key_positions(result.questions, int(option_limit.max or option_limit.min or 0)),
        MoodleForecast(
            imported=forecast.imported,
            lost=max(0, len(result.questions) - forecast.imported),
            without_right_answer=forecast.without_right_answer,
            wrong_key=forecast.wrong_key,
            errors=len(forecast.faults),
        ),
    )


def key_positions(questions: Iterable[ParsedQuestion], letters: int) -> dict[str, int]:
    """Return how often each letter is the only key; at least ``letters`` letters from A, all that occur."""
    counts = Counter(question.correct[0] for question in questions if len(question.correct) == 1)
    width = max([letters, *(position + 1 for position in counts)])
    return {_letter(position): counts[position] for position in range(width)}


def _letter(position: int) -> str:
    return chr(ord("A") + position)


def _file_problems(decoded: Decoded, questions: tuple[ParsedQuestion, ...]) -> Iterator[Problem]:
    if decoded.encoding != "utf-8":
        yield Problem("not_utf8", 1, fixable=not decoded.lossy, params={"encoding": decoded.encoding})
    if decoded.lossy:
        yield Problem("characters_lost", 1, params={"encoding": decoded.encoding})
    if not questions:
        yield Problem("no_questions", 1)
    keys = key_positions(questions, 0)
    total = sum(keys.values())
    if total >= _UNEVEN_FROM:
        letter, count = max(keys.items(), key=lambda item: item[1])
        if count / total >= _UNEVEN_SHARE:
            params = {"letter": letter, "count": count, "total": total}
            yield Problem("keys_on_one_letter", 1, params=params)


def _question_problems(question: ParsedQuestion, option_limit: Limit) -> Iterator[Problem]:
    count = len(question.options)
    if count >= 2 and not option_limit.accepts(count):  # fewer is a fault of its own
        params = {"count": count, "required": str(option_limit)}
        yield Problem("option_count", question.line, question.number, params=params)
    seen = Counter(_plain(option) for option in question.options if option.strip())
    for option, times in seen.items():
        if times > 1:
            yield Problem("duplicate_options", question.line, question.number, params={"text": option[:60]})
            break
    if any(_LOST_LETTERS.search(text) for text in (question.stem, *question.options)):
        yield Problem("letters_lost", question.line, question.number)


def _repeated(questions: tuple[ParsedQuestion, ...]) -> Iterator[Problem]:
    """Name questions that stand twice: same stem and options (whatever their order), or the same stem alone."""
    by_stem: defaultdict[str, list[ParsedQuestion]] = defaultdict(list)
    for question in questions:
        if question.stem.strip():
            by_stem[_plain(question.stem).casefold()].append(question)
    for same in by_stem.values():
        for place, question in enumerate(same[1:], start=1):
            options = _option_set(question)
            twin = next((earlier for earlier in same[:place] if _option_set(earlier) == options), None)
            code, first = ("repeated_question", twin) if twin else ("repeated_stem", same[0])
            yield Problem(code, question.line, question.number, params={"first": first.number})


def _option_set(question: ParsedQuestion) -> frozenset[str]:
    return frozenset(_plain(option) for option in question.options)


def _plain(text: str) -> str:
    """Return a text for comparing: one kind of spaces, composed letters; case is kept (mW is not MW)."""
    return " ".join(unicodedata.normalize("NFC", text).split())
