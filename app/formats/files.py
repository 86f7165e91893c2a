"""One way in and one way out for all formats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.formats import aiken, gift, moodle_xml, moodle_xml_write, mytestx, platonus, tamos, word
from app.formats.aiken_lines import split_lines
from app.formats.collector import collector_paused
from app.formats.encoding import Decoded, decode
from app.formats.names import QuestionFormat, detect, detect_text, is_plain_text
from app.formats.pictures import NO_PICTURES, Pictures
from app.formats.problems import Problem, ReadResult, Written
from app.formats.word_labels import NUMBER
from app.formats.word_lines import WordLine
from app.model.tasks import Question

UTF8_ONLY = frozenset({QuestionFormat.AIKEN, QuestionFormat.GIFT, QuestionFormat.MOODLE_XML})
"""Formats of the learning platform, which takes no other encoding."""
_READERS: dict[QuestionFormat, Callable[[str], ReadResult]] = {
    QuestionFormat.AIKEN: aiken.read,
    QuestionFormat.GIFT: gift.read,
    QuestionFormat.PLATONUS: platonus.read,
    QuestionFormat.TAMOS: tamos.read,
    QuestionFormat.MYTESTX: mytestx.read,
}


_WRITERS: dict[QuestionFormat, Callable[[Sequence[Question]], Written]] = {
    QuestionFormat.AIKEN: aiken.write_noted,
    QuestionFormat.GIFT: gift.write_carriable,
    QuestionFormat.PLATONUS: platonus.write_carriable,
    QuestionFormat.TAMOS: tamos.write_carriable,
    QuestionFormat.MYTESTX: mytestx.write_carriable,
}
_PICTURE_WRITERS: dict[QuestionFormat, Callable[[Sequence[Question], Pictures], Written]] = {
    QuestionFormat.MOODLE_XML: moodle_xml_write.write_carriable,
    QuestionFormat.WORD: word.write_carriable,
}


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """A question file as it was read.

    Attributes:
        encoding: as `app.formats.encoding` names it; ``docx`` for a Word document.
        xml: the XML of a Moodle XML file.
        file_problems: what is wrong with the file before any question is looked at.
    """

    format: QuestionFormat
    encoding: str
    result: ReadResult
    file_problems: tuple[Problem, ...] = ()
    xml: moodle_xml.Loaded | None = None
    text: str = ""


@collector_paused()
def read_file(data: bytes, source: QuestionFormat | None = None) -> QuestionFile:
    """Read a question file; never fails, one bad question never costs the others.

    Args:
        data: the file.
        source: its format; told from the content where None. A text that shows none is read as Aiken and as a test that
            somebody typed; the reading with more questions that have a key wins. A text that is said to be of Word is
            read as typed there.
    """
    name = source or detect(data)
    is_guess = source is None and name is QuestionFormat.AIKEN
    if name is QuestionFormat.WORD and not is_plain_text(data):
        result, text = word.read_with_text(data)
        return QuestionFile(name, "docx", result, text=text)
    decoded = decode(data)
    if name is QuestionFormat.WORD:
        return _read_typed(decoded)
    problems = tuple(_encoding_problems(decoded, name))
    if name is QuestionFormat.MOODLE_XML:
        xml = moodle_xml.load(decoded.text)
        return QuestionFile(name, decoded.encoding, moodle_xml.read_loaded(xml), problems, xml)
    file = QuestionFile(name, decoded.encoding, _READERS[name](decoded.text), problems, text=decoded.text)
    if is_guess and detect_text(decoded.text) is None:
        typed = _read_typed(decoded)
        return typed if (keyed(typed), _is_numbered(file)) > (keyed(file), False) else file
    return file


def _read_typed(decoded: Decoded) -> QuestionFile:
    """Read a text as people type tests, whatever they type in: "1. stem", "A) option", the right one starred."""
    lines = [WordLine(number, line, bytes(len(line))) for number, line in enumerate(split_lines(decoded.text), start=1)]
    problems = tuple(_encoding_problems(decoded, QuestionFormat.WORD))
    return QuestionFile(QuestionFormat.WORD, decoded.encoding, word.read_typed(lines), problems, text=decoded.text)


def keyed(file: QuestionFile) -> int:
    """Return how many questions of a file have a key, by which the right one of two readings is known."""
    return sum(bool(question.correct) and len(question.options) > 1 for question in file.result.questions)


def _is_numbered(file: QuestionFile) -> bool:
    """Tell whether what was read as Aiken, which knows no numbers, has one before each question."""
    questions = file.result.questions
    return len(questions) > 1 and all(NUMBER.match(question.stem) for question in questions)


def _encoding_problems(decoded: Decoded, name: QuestionFormat) -> list[Problem]:
    problems: list[Problem] = []
    params = {"encoding": decoded.encoding}
    if decoded.encoding != "utf-8" and name in UTF8_ONLY:
        problems.append(Problem("not_utf8", 1, fixable=not decoded.lossy, params=params))
    if decoded.lossy:
        problems.append(Problem("characters_lost", 1, params=params))
    return problems


@collector_paused()
def write_file(questions: Sequence[Question], target: QuestionFormat, pictures: Pictures = NO_PICTURES) -> Written:
    """Return the questions as a file of a format, and why others are not in it.

    Text is written to the letter, with one kind of line break and without the white space around it.

    Args:
        questions: what to write.
        target: the format.
        pictures: contents of the questions' pictures by their path; Moodle XML and Word carry them.
    """
    with_pictures = _PICTURE_WRITERS.get(target)
    return with_pictures(questions, pictures) if with_pictures else _WRITERS[target](questions)
