"""What the learning platform will make of one question, as it leaves the course."""

from dataclasses import dataclass
from enum import StrEnum

from app.formats import aiken, moodle_aiken
from app.formats.files import write_file
from app.formats.names import QuestionFormat
from app.formats.pictures import NO_PICTURES, Pictures
from app.formats.problems import Problem
from app.model.tasks import AnswerKind, Question


class Fate(StrEnum):
    """What becomes of a question."""

    FORM_05 = "form_05"
    """It goes as form 05's text file and is stored as it is."""
    MOODLE_XML = "moodle_xml"
    """Form 05 has no place for its kind; it goes as Moodle XML."""
    KEPT_BACK = "kept_back"
    """No file takes it until its faults are mended."""


@dataclass(frozen=True, slots=True)
class PlatformView:
    """A question as a learner would see it.

    Attributes:
        question: with what the platform stores of it.
        reasons: why it is kept back, or what of it is lost.
    """

    fate: Fate
    question: Question
    reasons: tuple[Problem, ...] = ()


def platform_view(question: Question, pictures: Pictures = NO_PICTURES) -> PlatformView:
    """Return what the platform will show; the file is really written and its import predicted.

    Args:
        question: the question.
        pictures: contents of its pictures by their path.
    """
    if question.kind is AnswerKind.CHOICE_SINGLE and not _needs_xml(question):
        return _as_form_05(question)
    written = write_file([question], QuestionFormat.MOODLE_XML, pictures)
    if written.left_out:
        return PlatformView(Fate.KEPT_BACK, question, written.left_out)
    return PlatformView(Fate.MOODLE_XML, question, written.notes)


def _needs_xml(question: Question) -> bool:
    """Tell whether form 05's text file has no place for a part of the question."""
    return bool(question.pictures)


def _as_form_05(question: Question) -> PlatformView:
    data, problems = aiken.write_carriable([question])
    if problems:
        return PlatformView(Fate.KEPT_BACK, question, problems)
    stored = moodle_aiken.predict(data).stored[0]
    correct = () if stored.right is None else (stored.right,)
    shown = question.model_copy(update={"stem": stored.stem, "options": stored.options, "correct": correct})
    return PlatformView(Fate.FORM_05, shown)
