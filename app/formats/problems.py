"""What a reader of question files hands back: the questions that it could read, and what is wrong with the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.formats.pictures import ParsedPicture
from app.model.tasks import AnswerKind, Calculation, Question
from app.model.texts import Lang, Texts

WHOLE_FILE = 0
"""Question number of a problem that belongs to no single question."""


class ProblemSeverity(StrEnum):
    """Whether a problem changes or loses a question, or only wants a look."""

    ERROR = "error"
    WARNING = "warning"


_WARNING_CODES = (
    "no_space_after_label", "answer_extra_text", "repeated_stem", "keys_on_one_letter", "letters_lost",
    # of what a test should not look like
    "near_duplicate_options", "all_of_the_above", "length_giveaway", "longest_is_right", "long_stem",
    "invisible_characters", "mixed_letters", "language_mix", "other_language", "near_repeated", "repeated_option_set",
    # of what a format or the course has no place for
    "feedback_lost", "tags_lost", "category_lost", "difficulty_lost", "partial_credit_lost", "markup_lost",
    "units_lost", "wildcard_answer", "kind_changed", "formula_flattened", "picture_moved", "table_flattened",
    "text_left_out", "feedback_not_carried", "tags_not_carried", "gift_comment",
    # of parameterised questions
    "variable_unused", "variable_not_shown", "variable_constant", "tolerance_below_rounding", "few_answers",
    "equal_answers", "answer_rounds_to_zero",
)  # fmt: skip
_ERROR_CODES = (
    # of the file
    "not_utf8", "characters_lost", "no_questions", "stray_text", "stray_answer", "invisible_line", "xml_broken",
    "xml_entities", "raw_ampersand", "word_broken",
    # of a question's text and options
    "missing_stem", "multi_line_stem", "short_stem", "stem_like_option", "stem_like_answer", "multi_line_option",
    "empty_option", "option_count", "too_few_options", "too_many_options", "duplicate_options", "right_answer_repeated",
    "repeated_question", "unsupported_kind", "picture_lost",
    # of its labels
    "cyrillic_label", "lowercase_label", "label_separator", "invisible_before_label", "missing_label",
    "labels_out_of_order",
    # of its key
    "answer_word", "answer_is_text", "answer_unknown", "answer_beyond_options", "cyrillic_answer", "lowercase_answer",
    "missing_answer", "missing_key", "empty_key_option", "several_answers", "second_answer", "not_single_choice",
    "no_right_answer", "missing_answers", "number_not_plain", "several_full_marks",
    # of GIFT's marks
    "gift_blank_line", "gift_braces", "gift_unescaped_braces", "gift_unescaped_mark", "gift_newline_escape",
    "gift_true_false",
    # of what a format cannot carry
    "kind_not_carried", "not_to_the_letter", "control_character", "picture_not_carried", "calculation_not_carried",
    # of parameterised questions (11.7a)
    "formula_empty", "formula_syntax", "formula_incomplete", "formula_function",
    "formula_arguments", "formula_too_long", "no_variables",
    "variable_name", "variable_twice", "variable_range", "variable_unknown", "tolerance_bad", "division_by_zero",
    "out_of_domain", "overflow", "answer_constant", "calculation_broken",
)  # fmt: skip
SEVERITY_OF_CODE: Mapping[str, ProblemSeverity] = MappingProxyType(
    dict.fromkeys(_ERROR_CODES, ProblemSeverity.ERROR) | dict.fromkeys(_WARNING_CODES, ProblemSeverity.WARNING)
)
"""Every code that a reader, a writer or the linter can give, with its severity."""


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
        return SEVERITY_OF_CODE[self.code]

    def text(self, texts: Texts, lang: Lang) -> str:
        """Return the problem as one sentence in the user's language."""
        values = dict(self.params)
        if (kind := f"questions.moodle_kind.{values.get('kind')}") in texts:
            values["kind"] = texts.get(kind, lang)
        return texts.get(f"questions.problem.{self.code}", lang, **values)


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """One question as a file has it, its text kept to the letter.

    Attributes:
        number: place in the file, from 1.
        line: line of its first word, from 1.
        kind: what its marks make of it; a question with two marked options is ``choice_multi``.
        correct: positions of the right options from 0; empty where the file names none that exists. Of a true/false
            question without options, 0 is true and 1 is false.
        answers: accepted answers of a text or number question; of a matching one the partner of each option, a partner
            beyond the last option being a distractor.
        feedback: shown to every learner after answering.
        option_feedback: shown to who chose the option of the same position.
        pictures: of the stem and the options.
        calculation: how the answer of a parameterised question follows from its variables.
    """

    number: int
    line: int
    stem: str
    options: tuple[str, ...] = ()
    correct: tuple[int, ...] = ()
    kind: AnswerKind = AnswerKind.CHOICE_SINGLE
    answers: tuple[str, ...] = ()
    feedback: str = ""
    option_feedback: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    pictures: tuple[ParsedPicture, ...] = ()
    calculation: Calculation | None = None

    @classmethod
    def of(cls, question: Question, number: int) -> "ParsedQuestion":
        """Return a question of the bank as what a reader would hand back, for judging it without its pictures' files.

        Args:
            question: the question; keys beyond its options are left out.
            number: its place, from 1.
        """
        count = len(question.options)
        return cls(
            number,
            0,
            question.stem,
            question.options,
            tuple(place for place in question.correct if 0 <= place < count) if count else question.correct,
            question.kind,
            question.answers,
            question.feedback,
            question.option_feedback,
            question.tags,
            tuple(ParsedPicture(b"", picture.option, picture.alt) for picture in question.pictures),
            question.calculation,
        )

    def has_picture(self, option: int | None) -> bool:
        """Tell whether a picture stands at an option, or at the stem for None, so that it may have no words."""
        return any(picture.option == option for picture in self.pictures)

    def as_question(self, question_id: str) -> Question:
        """Return it as a question of a course's test bank; `app.formats.pictures.contents` are its files."""
        pictures = (picture.as_picture(f"p{place}") for place, picture in enumerate(self.pictures, start=1))
        return Question(
            id=question_id,
            kind=self.kind,
            stem=self.stem,
            options=self.options,
            correct=self.correct,
            answers=self.answers,
            feedback=self.feedback,
            option_feedback=self.option_feedback,
            tags=self.tags,
            pictures=tuple(pictures),
            calculation=self.calculation,
        )


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a reader understood, and the rest."""

    questions: tuple[ParsedQuestion, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A question file that was made from questions.

    Attributes:
        left_out: why questions are not in it; `Problem.question` is the place in the sequence, from 1.
        notes: what it has no place for, of questions that are in it.
    """

    data: bytes
    left_out: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


class Losses:
    """What a reader has no place for, named once a file with how often: 443 equal lines would hide the rest."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, int]] = {}

    def note(self, code: str, line: int) -> None:
        """Count one loss."""
        first, count = self._found.get(code, (line, 0))
        self._found[code] = first, count + 1

    def problems(self) -> list[Problem]:
        """Return one problem for each kind of loss, at the line of the first."""
        return [Problem(code, line, params={"count": count}) for code, (line, count) in self._found.items()]
