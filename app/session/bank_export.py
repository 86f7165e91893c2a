"""The bank, or a part of it, as files for the platform, the printer and colleagues."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.exporters.forms import form_05, other_tests, write_document
from app.exporters.forms.question_papers import key_sheet, question_paper
from app.exporters.paper_variants import PaperPlan
from app.formats.files import write_file
from app.formats.names import QuestionFormat
from app.formats.pictures import NO_PICTURES
from app.formats.problems import Problem
from app.model.course import Course
from app.model.regulation import Regulation
from app.model.tasks import AnswerKind, Question


class Target(StrEnum):
    """What can be written."""

    AIKEN = "aiken"
    GIFT = "gift"
    MOODLE_XML = "moodle-xml"
    WORD = "word"
    PLATONUS = "platonus"
    TAMOS = "tamos"
    MYTESTX = "mytestx"
    FORM_PDF = "form-pdf"
    FORM_DOCX = "form-docx"
    PAPER_PDF = "paper-pdf"
    PAPER_DOCX = "paper-docx"
    OTHERS_PDF = "others-pdf"
    OTHERS_DOCX = "others-docx"


SUFFIX: Mapping[Target, str] = {
    Target.AIKEN: ".txt",
    Target.GIFT: ".gift",
    Target.MOODLE_XML: ".xml",
    Target.WORD: ".docx",
    Target.PLATONUS: ".txt",
    Target.TAMOS: ".txt",
    Target.MYTESTX: ".txt",
    Target.FORM_PDF: ".pdf",
    Target.FORM_DOCX: ".docx",
    Target.PAPER_PDF: ".pdf",
    Target.PAPER_DOCX: ".docx",
    Target.OTHERS_PDF: ".pdf",
    Target.OTHERS_DOCX: ".docx",
}
"""Ending of the file's name."""
_FORMS = frozenset({Target.FORM_PDF, Target.FORM_DOCX, Target.PAPER_PDF, Target.PAPER_DOCX})
_OTHERS = frozenset({Target.OTHERS_PDF, Target.OTHERS_DOCX})
_PAPERS = frozenset({Target.PAPER_PDF, Target.PAPER_DOCX})


@dataclass(frozen=True, slots=True)
class BankFile:
    """A file that was made.

    Attributes:
        written: how many questions are in it.
        left_out: how many are not, by the first reason of each.
        losses: what the file has no place for, of questions that are in it; by kind, how many.
    """

    data: bytes
    written: int
    left_out: tuple[tuple[Problem, int], ...] = ()
    losses: tuple[tuple[Problem, int], ...] = ()


def chosen_questions(course: Course, ids: Collection[str] | None) -> tuple[Question, ...]:
    """Return the questions with the given ids in the order of the bank; None is all."""
    return tuple(question for question in course.test_bank if ids is None or question.id in ids)


def bank_file(
    course: Course,
    regulation: Regulation,
    target: Target,
    ids: Collection[str] | None,
    pictures: Mapping[str, bytes],
    generated_on: date,
) -> BankFile:
    """Make a file of questions.

    Args:
        course: the course.
        regulation: edition with labels and limits.
        target: what to write; forms and papers hold single-choice questions only (X13).
        ids: which questions; None for all.
        pictures: contents of the course's pictures by their path.
        generated_on: the date that a form carries.

    Raises:
        ExportError: the document cannot be made.
    """
    questions = chosen_questions(course, ids)
    if target in _OTHERS:
        return _other_tests(course, regulation, target, questions, pictures, generated_on)
    if target in _FORMS:
        return _form(course, regulation, target, questions, pictures, generated_on)
    written = write_file(questions, QuestionFormat(target.value), pictures)
    places = {problem.question for problem in written.left_out}
    first = {problem.question: problem for problem in reversed(written.left_out)}
    return BankFile(
        written.data,
        len(questions) - len(places),
        _by_kind(list(first.values())),
        _by_kind(written.notes),
    )


@dataclass(frozen=True, slots=True)
class PaperFiles:
    """Variants of a paper for learners, and their keys apart."""

    paper: bytes
    keys: bytes


def paper_files(
    course: Course,
    regulation: Regulation,
    plan: PaperPlan,
    suffix: str,
    ids: Collection[str] | None,
    generated_on: date,
    pictures: Mapping[str, bytes] = NO_PICTURES,
) -> PaperFiles:
    """Print numbered variants.

    Args:
        course: the course.
        regulation: edition with labels.
        plan: how many variants of how many questions.
        suffix: ``.pdf`` or ``.docx``.
        ids: from which questions; None for all.
        generated_on: the date that the papers carry.
        pictures: contents of the course's pictures by their path.

    Raises:
        ExportError: the document cannot be made.
    """
    shown = course.model_copy(update={"test_bank": chosen_questions(course, ids)})
    paper = question_paper(shown, regulation, plan, generated_on=generated_on, pictures=pictures)
    keys = key_sheet(shown, regulation, plan, generated_on=generated_on)
    return PaperFiles(*(write_document(document, suffix.removeprefix(".")) for document in (paper, keys)))


def _other_tests(
    course: Course,
    regulation: Regulation,
    target: Target,
    questions: Sequence[Question],
    pictures: Mapping[str, bytes],
    generated_on: date,
) -> BankFile:
    """Make the document of the questions that form 05 has no place for (deliverable 9)."""
    shown = course.model_copy(update={"test_bank": tuple(questions)})
    document = other_tests.build(shown, regulation, generated_on=generated_on, draft=False, pictures=pictures)
    data = write_document(document, SUFFIX[target].removeprefix("."))
    return BankFile(data, sum(question.kind is not AnswerKind.CHOICE_SINGLE for question in questions))


def _form(
    course: Course,
    regulation: Regulation,
    target: Target,
    questions: Sequence[Question],
    pictures: Mapping[str, bytes],
    generated_on: date,
) -> BankFile:
    shown = course.model_copy(update={"test_bank": tuple(questions)})
    with_keys = target not in _PAPERS
    document = form_05.build(
        shown, regulation, generated_on=generated_on, draft=False, with_keys=with_keys, pictures=pictures
    )
    data = write_document(document, SUFFIX[target].removeprefix("."))
    others = sum(question.kind is not AnswerKind.CHOICE_SINGLE for question in questions)
    left_out = ((Problem("not_single_choice"), others),) if others else ()
    return BankFile(data, len(questions) - others, left_out)


def _by_kind(problems: Sequence[Problem]) -> tuple[tuple[Problem, int], ...]:
    """Return how often each kind of problem occurs, the first of a kind standing for it."""
    first: dict[str, Problem] = {}
    for problem in problems:
        first.setdefault(problem.code, problem)
    counts = Counter(problem.code for problem in problems)
    return tuple((problem, counts[code]) for code, problem in first.items())
