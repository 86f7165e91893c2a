"""What a reader of question files hands back: the questions that it could read, and what is wrong with the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.model.tasks import AnswerKind, Question
from app.model.texts import Lang, Texts

WHOLE_FILE = 0
"""Question number of a problem that belongs to no single question."""


class ProblemSeverity(StrEnum):
    """Whether a problem changes or loses a question, or only wants a look."""

    ERROR = "error"
    WARNING = "warning"


_WARNINGS = frozenset(
    {"no_space_after_label", "answer_extra_text", "repeated_stem", "keys_on_one_letter", "letters_lost"}
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a question file or with a question that shall be written.

    Attributes:
        code: key of the text ``questions.problem.<code>``.
        line: line in the file, from 1; 0 where there is no file.
        question: number of the question in the file, from 1; 0 for the file as a whole.
        fixable: `app.formats.convert` mends it without guessing.
        params: values of the text's placeholders.
    """

    code: str
    line: int = 0
    question: int = WHOLE_FILE
    fixable: bool = False
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def severity(self) -> ProblemSeverity:
        """Return whether the problem is an error or a warning; a property of its code."""
        return ProblemSeverity.WARNING if self.code in _WARNINGS else ProblemSeverity.ERROR

    def text(self, texts: Texts, lang: Lang) -> str:
        """Return the problem as one sentence in the user's language."""
        return texts.get(f"questions.problem.{self.code}", lang, **self.params)


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """One question as a file has it, its text kept to the letter.

    Attributes:
        number: place in the file, from 1.
        line: line of its first word, from 1.
        kind: what its marks make of it; a question with two marked options is ``choice_multi``.
        correct: positions of the right options from 0; empty where the file names none that exists.
        answers: accepted answers of a text or number question.
    """

    number: int
    line: int
    stem: str
    options: tuple[str, ...] = ()
    correct: tuple[int, ...] = ()
    kind: AnswerKind = AnswerKind.CHOICE_SINGLE
    answers: tuple[str, ...] = ()

    def as_question(self, question_id: str) -> Question:
        """Return it as a question of a course's test bank."""
        return Question(
            id=question_id,
            kind=self.kind,
            stem=self.stem,
            options=self.options,
            correct=self.correct,
            answers=self.answers,
        )


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a reader understood, and the rest."""

    questions: tuple[ParsedQuestion, ...]
    problems: tuple[Problem, ...]
