"""What Moodle would make of a question file: of its own three formats as they are, of the others as Aiken."""

from app.formats import aiken, moodle_aiken, moodle_gift, moodle_quiz_xml
from app.formats.aiken_lines import ASCII_BLANK
from app.formats.carrying import CHOICES
from app.formats.files import QuestionFile
from app.formats.moodle_gift import GiftStored
from app.formats.moodle_outcome import MoodleForecast
from app.formats.names import QuestionFormat
from app.formats.problems import ParsedQuestion
from app.model.tasks import AnswerKind

_KEYED = frozenset({"multichoice", "multianswer", "shortanswer", "numerical"})
_KINDS = {
    AnswerKind.CHOICE_SINGLE: frozenset({"multichoice", "multianswer"}),
    AnswerKind.CHOICE_MULTI: frozenset({"multichoice", "multianswer"}),
    AnswerKind.BINARY: frozenset({"truefalse"}),
    AnswerKind.SHORT_TEXT: frozenset({"shortanswer"}),
    AnswerKind.NUMBER: frozenset({"numerical"}),
    AnswerKind.MATCHING: frozenset({"match"}),
    AnswerKind.FREE_FORM: frozenset({"essay"}),
}


def forecast(data: bytes, file: QuestionFile) -> MoodleForecast:
    """Return what Moodle would do with a file.

    Args:
        data: the file.
        file: the same as it was read.
    """
    if file.format is QuestionFormat.AIKEN:
        return _of_aiken(data, len(file.result.questions))
    if file.format is QuestionFormat.GIFT:
        return _of_gift(data, file)
    if file.xml is not None:
        if file.encoding != "utf-8":
            return MoodleForecast(0, _count(file), 0, 0, errors=1)
        return moodle_quiz_xml.predict(file.xml, _count(file))
    # what Aiken carries is imported whole, with its key: the writer's promise
    lost = len({problem.question for problem in aiken.obstacles(file.result.questions)})
    return MoodleForecast(len(file.result.questions) - lost, lost, 0, 0, errors=0)


def _count(file: QuestionFile) -> int:
    """Return how many questions a file has, those that could not be kept among them."""
    return max(
        [len(file.result.questions), *(problem.question for problem in file.result.problems)],
        default=0,
    )


def _of_aiken(data: bytes, questions: int) -> MoodleForecast:
    outcome = moodle_aiken.predict(data)
    return MoodleForecast(
        imported=outcome.imported,
        lost=max(0, questions - outcome.imported),
        without_right_answer=outcome.without_right_answer,
        wrong_key=outcome.wrong_key,
        errors=len(outcome.faults),
    )


def _of_gift(data: bytes, file: QuestionFile) -> MoodleForecast:
    outcome = moodle_gift.predict(data)
    stored = {question.line: question for question in outcome.stored if question.kind != "description"}
    unclear = {problem.question for problem in file.result.problems if problem.code == "gift_unescaped_mark"}
    wrong = keyless = kept = 0
    for question in file.result.questions:
        entry = stored.get(question.line)
        if entry is None:
            continue
        kept += 1
        if entry.kind in _KEYED and not entry.right:
            keyless += 1
        elif question.number in unclear or _is_other(question, entry):
            wrong += 1
    lost = max(0, _count(file) - kept)
    return MoodleForecast(len(stored), lost, keyless, wrong, len(outcome.faults))


def _is_other(question: ParsedQuestion, entry: GiftStored) -> bool:
    """Tell whether what is stored takes another answer for right than the author does."""
    if entry.kind not in _KINDS[question.kind] or entry.right == ("*",):
        return True
    if question.kind not in CHOICES:
        return False
    right = {question.options[place].strip(ASCII_BLANK) for place in question.correct}
    return bool(right) and set(entry.right) != right
