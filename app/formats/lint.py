"""Everything that is wrong with a question file, and what the platform would make of it as it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.formats.collector import collector_paused
from app.formats.content import bank_problems, key_positions, question_problems, structure_problems
from app.formats.files import QuestionFile, read_file
from app.formats.forecast import forecast
from app.formats.moodle_outcome import MoodleForecast
from app.formats.names import QuestionFormat
from app.formats.problems import ParsedQuestion, Problem, ProblemSeverity
from app.formats.similar import repetition_problems
from app.model.regulation import Limit
from app.model.texts import Lang, Texts


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


@collector_paused()
def lint(data: bytes, option_limit: Limit, source: QuestionFormat | None = None) -> LintReport:
    """Judge a question file; never fails.

    Args:
        data: the file.
        option_limit: how many options a question has (form 05, F05.2).
        source: its format; told from the content where None.
    """
    file = read_file(data, source)
    questions = file.result.questions
    problems = [*file.file_problems, *file.result.problems, *content_problems(file, option_limit)]
    return LintReport(
        file.format,
        file.encoding,
        questions,
        tuple(sorted(problems, key=lambda problem: (problem.line, problem.question))),
        key_positions(questions, int(option_limit.max or option_limit.min or 0)),
        forecast(data, file),
    )


def content_problems(file: QuestionFile, option_limit: Limit) -> Iterator[Problem]:
    """Yield what is wrong with the questions as questions, one by one and as a bank."""
    questions = file.result.questions
    yield from bank_problems(questions)
    for question in questions:
        if file.format is not QuestionFormat.AIKEN:  # whose reader names it line by line
            yield from structure_problems(question)
        yield from question_problems(question, option_limit)
    yield from repetition_problems(questions)
