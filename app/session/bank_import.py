"""Taking questions of a file or of pasted text into the test bank: a review first, then one change of the course.

`review_file` changes nothing. It says of every question of the file what would come in and why, and which question of
the bank it repeats; `ImportReview.applied` makes the course with what was decided.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.formats.aiken_lines import split_lines
from app.formats.content import letter_of, question_problems, structure_problems
from app.formats.files import QuestionFile
from app.formats.mending import mended, mendings
from app.formats.moodle_xml import words_of
from app.formats.names import QuestionFormat
from app.formats.pictures import contents
from app.formats.problems import ParsedQuestion, Problem, ProblemSeverity
from app.formats.similar import repetitions
from app.model.base import new_id
from app.model.course import Course
from app.model.regulation import Limit
from app.model.tasks import AnswerKind, Question


class ImportStatus(StrEnum):
    """What becomes of a question of the file."""

    READY = "ready"
    """It comes in as it stands."""
    REPAIRED = "repaired"
    """It comes in, mended without guessing."""
    INCOMPLETE = "incomplete"
    """It can come in, but a person has to decide something then: mostly which option is right."""
    IMPOSSIBLE = "impossible"
    """Nothing of it can be kept."""


class Decision(StrEnum):
    """What the lecturer decides about a question of the file."""

    SKIP = "skip"
    ADD = "add"
    REPLACE = "replace"
    """It takes the place of the question of the bank that it repeats, whose id, lesson, tests and outcomes stay."""


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One question of the file.

    Attributes:
        number: of the question in the file, from 1.
        line: where it begins, from 1.
        before: its lines as they stand in the file; of Moodle XML what was read of it, feedback and tags apart, or its
            words where it is impossible.
        after: the same as form 05 would show it, feedback and tags apart; empty where it is impossible.
        question: what would come in, with a fresh id; None where it is impossible.
        problems: of its form and its content, by line.
        pictures: contents of its pictures by their path in the course folder.
        twin_id: question of the bank that it repeats, empty for none.
        twin_number: earlier question of the file that it repeats, 0 for none.
        likeness: how it repeats that: ``repeated_question``, ``repeated_stem``, ``near_repeated`` or
            ``repeated_option_set``, a code of ``questions.problem``; empty for a new question.
        as_in_file: ``before`` is the file's own text.
    """

    number: int
    line: int
    status: ImportStatus
    before: str
    after: str
    question: Question | None
    problems: tuple[Problem, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    twin_id: str = ""
    twin_number: int = 0
    likeness: str = ""
    as_in_file: bool = True

    @property
    def suggested(self) -> Decision:
        """Return what stands chosen before the lecturer decides: add what is whole and new."""
        whole = self.status in (ImportStatus.READY, ImportStatus.REPAIRED)
        return Decision.ADD if whole and self.likeness != "repeated_question" else Decision.SKIP

    @property
    def choices(self) -> tuple[Decision, ...]:
        """Return what may be decided."""
        if self.question is None:
            return (Decision.SKIP,)
        return (Decision.SKIP, Decision.ADD, *((Decision.REPLACE,) if self.twin_id else ()))


@dataclass(frozen=True, slots=True)
class ImportReview:
    """What would come of an import.

    Attributes:
        encoding: as it was found, ``docx`` for a Word document.
        file_problems: what belongs to no single question.
    """

    format: QuestionFormat
    encoding: str
    items: tuple[ImportItem, ...]
    file_problems: tuple[Problem, ...]

    def suggested(self) -> dict[int, Decision]:
        """Return for the number of each question what stands chosen at first."""
        return {item.number: item.suggested for item in self.items}

    def chosen(self, decisions: Mapping[int, Decision]) -> tuple[ImportItem, ...]:
        """Return the items that would come in."""
        return tuple(
            item
            for item in self.items
            if item.question is not None and decisions.get(item.number, Decision.SKIP) is not Decision.SKIP
        )

    def pictures(self, decisions: Mapping[int, Decision]) -> dict[str, bytes]:
        """Return what `app.storage.question_pictures.store_pictures` has to write before the change is applied."""
        return {path: data for item in self.chosen(decisions) for path, data in item.pictures.items()}

    def applied(
        self,
        course: Course,
        decisions: Mapping[int, Decision],
        *,
        lesson_id: str | None = None,
        outcome_ids: tuple[str, ...] = (),
    ) -> Course:
        """Return the course with what was decided; for one call of `CourseStore.apply`.

        Added questions stand behind those of the bank, in the order of the file. A question that should be replaced
        and is gone from the bank is added.

        Args:
            course: the course as it is then.
            decisions: by the number of the question; one that is missing is skipped.
            lesson_id: the lesson of the added questions.
            outcome_ids: their outcomes.
        """
        bank = list(course.test_bank)
        places = {question.id: place for place, question in enumerate(bank)}
        chosen = self.chosen(decisions)
        for item in chosen:
            assert item.question is not None
            place = places.get(item.twin_id) if decisions[item.number] is Decision.REPLACE else None
            if place is None:
                link = {"lesson_id": lesson_id, "outcome_ids": outcome_ids}
                new = item.question.model_copy(update=link)
                bank.append(new if new.id not in places else new.model_copy(update={"id": new_id("q")}))
            else:
                bank[place] = _in_place_of(bank[place], item.question)
        return course.model_copy(update={"test_bank": tuple(bank)}) if chosen else course


def review_file(file: QuestionFile, bank: Sequence[Question], option_limit: Limit) -> ImportReview:
    """Say what the import of a file that was read would bring; never fails, changes nothing.

    Args:
        file: the file, of any format and encoding.
        bank: the questions that are there.
        option_limit: how many options a question has (form 05, F05.2).
    """
    by_question: defaultdict[int, list[Problem]] = defaultdict(list)
    for problem in (*file.file_problems, *file.result.problems):
        by_question[problem.question].append(problem)
    read = {question.number: question for question in file.result.questions}
    numbers = sorted({*read, *by_question} - {0})
    begins = [read[number].line if number in read else by_question[number][0].line for number in numbers]
    before = _source_lines(file.text, begins)
    after = {number: _mended(question) for number, question in read.items()}
    twins = _twins(bank, list(after.values()))
    items: list[ImportItem] = []
    for number, line, source in zip(numbers, begins, before, strict=True):
        parsed = read.get(number)
        if parsed is None:
            found = tuple(by_question[number])
            words = source or (words_of(file.xml, number) if file.xml is not None else "")
            items.append(
                ImportItem(number, line, ImportStatus.IMPOSSIBLE, words, "", None, found, as_in_file=bool(source))
            )
            continue
        problems = _problems(file, parsed, after[number], by_question[number], option_limit)
        twin_id, twin_number, likeness = twins.get(number, ("", 0, ""))
        items.append(
            ImportItem(
                number,
                line,
                _status(problems),
                source or as_text(parsed),
                as_text(after[number]),
                after[number].as_question(new_id("q")),
                tuple(problems),
                contents(parsed.pictures),
                twin_id,
                twin_number,
                likeness,
                bool(source),
            )
        )
    return ImportReview(file.format, file.encoding, tuple(items), tuple(by_question[0]))


def as_text(question: ParsedQuestion) -> str:
    """Return a question for reading, in the layout of form 05; other kinds with what they accept."""
    lines = [question.stem]
    for place, option in enumerate(question.options):
        partner = f" → {question.answers[place]}" if place < len(question.answers) else ""
        lines.append(f"{letter_of(place)}. {option}{partner}")
    if question.kind is AnswerKind.BINARY and not question.options and question.correct:
        lines.append(f"ANSWER: {'TRUE' if question.correct == (0,) else 'FALSE'}")
    elif question.correct:
        lines.append(f"ANSWER: {', '.join(letter_of(place) for place in question.correct)}")
    lines += [f"= {answer}" for answer in question.answers[len(question.options) :]]
    if question.calculation is not None:
        lines.append(f"= {question.calculation.formula} {question.calculation.unit}".rstrip())
    shown = ("" if picture.option is None else f"{letter_of(picture.option)}. " for picture in question.pictures)
    lines += [f"{place}🖼 {picture.alt}".rstrip() for place, picture in zip(shown, question.pictures, strict=True)]
    return "\n".join(lines)


def _mended(question: ParsedQuestion) -> ParsedQuestion:
    return mended(question, one_line=question.kind is AnswerKind.CHOICE_SINGLE)


def _problems(
    file: QuestionFile, parsed: ParsedQuestion, after: ParsedQuestion, of_form: Sequence[Problem], option_limit: Limit
) -> list[Problem]:
    """Return what is wrong with a question as it would come in, and what was mended on the way."""
    form_05 = parsed.kind is AnswerKind.CHOICE_SINGLE
    is_aiken = file.format is QuestionFormat.AIKEN  # whose reader names broken lines and missing parts itself
    found = [*of_form, *mendings(parsed, one_line=form_05 and not is_aiken)]
    if not is_aiken:
        found += structure_problems(after)
    found += question_problems(after, option_limit)
    return sorted(found, key=lambda problem: problem.line)


_JUDGES_CONTENT = frozenset({"option_count", "duplicate_options", "right_answer_repeated"})
"""Errors of a question that is whole: form 05 does not take it so, the bank does and says it again."""


def _status(problems: Sequence[Problem]) -> ImportStatus:
    errors = [problem for problem in problems if problem.severity is ProblemSeverity.ERROR]
    if any(not problem.fixable and problem.code not in _JUDGES_CONTENT for problem in errors):
        return ImportStatus.INCOMPLETE
    return ImportStatus.REPAIRED if any(problem.fixable for problem in problems) else ImportStatus.READY


def _source_lines(text: str, begins: Sequence[int]) -> list[str]:
    """Return the lines of each question, from its first to the first of the next."""
    lines = split_lines(text) if text else []
    ends = [*begins, len(lines) + 1][1:]
    return ["\n".join(lines[first - 1 : end - 1]).strip("\n") for first, end in zip(begins, ends, strict=True)]


def _twins(bank: Sequence[Question], incoming: Sequence[ParsedQuestion]) -> dict[int, tuple[str, int, str]]:
    """Return for the number of each question that repeats another: id in the bank, number in the file, likeness."""
    there = len(bank)
    everything = [*(ParsedQuestion.of(question, place) for place, question in enumerate(bank, 1)), *incoming]
    found: dict[int, tuple[str, int, str]] = {}
    for repetition in repetitions(everything):
        if repetition.place < there:
            continue
        number = everything[repetition.place].number
        if repetition.first < there:
            found[number] = (bank[repetition.first].id, 0, repetition.code)
        else:
            found[number] = ("", everything[repetition.first].number, repetition.code)
    return found


def _in_place_of(old: Question, new: Question) -> Question:
    kept = {name: getattr(old, name) for name in ("id", "lesson_id", "task_ids", "outcome_ids", "reference_id")}
    return new.model_copy(update=kept)
