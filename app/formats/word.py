"""Word documents: "1. stem", "A) option", the right one with a star, in bold, underlined or highlighted.

Lists that Word numbers itself and tables are read too; a document that holds Aiken, Platonus, TAMOS or MyTestX text is
read as that. Formulas become LaTeX, pictures stay with their stem or option; what cannot be kept so is named.

In the lines of a document a picture is one private character (`app.formats.word_package.PICTURE`), so that it stays
where it stands until the questions are told apart.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from app.formats import aiken, mytestx, platonus, tamos
from app.formats.aiken_lines import ASCII_BLANK
from app.formats.carrying import carried_text
from app.formats.marked_text import write_marked
from app.formats.names import QuestionFormat, detect_text
from app.formats.pictures import NO_PICTURES, ParsedPicture, Pictures, suffix_of
from app.formats.problems import Losses, ParsedQuestion, Problem, ReadResult, Written
from app.formats.word_document import ShownPicture, is_shown, word_document
from app.formats.word_headings import closing_text, without_headings
from app.formats.word_lines import WordLine, word_lines
from app.formats.word_package import FIRST_PICTURE, PICTURE, WordFileError, WordPicture
from app.formats.word_typed import read_lines, short, without_pictures
from app.model.tasks import Question, QuestionPicture

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_AS_TEXT: dict[QuestionFormat, Callable[[str], ReadResult]] = {
    QuestionFormat.AIKEN: aiken.read,
    QuestionFormat.PLATONUS: platonus.read,
    QuestionFormat.TAMOS: tamos.read,
    QuestionFormat.MYTESTX: mytestx.read,
}


def read(data: bytes) -> ReadResult:
    """Read a document; a damaged one has no questions and says so."""
    return read_with_text(data)[0]


def read_with_text(data: bytes) -> tuple[ReadResult, str]:
    """Read a document and return its lines too, which is what its problems count."""
    try:
        document = word_lines(data)
    except WordFileError:
        return ReadResult((), (Problem("word_broken", 1),)), ""
    text = "\n".join(line.text for line in document.lines)
    result = _read_as(detect_text(text) or QuestionFormat.WORD, document.lines)
    losses = Losses()
    for line in document.lines:
        if line.formulas:
            losses.note("formula_flattened", line.number)
        if line.table:
            losses.note("table_flattened", line.number)
    return with_pictures(result, document.pictures, losses), without_pictures(text)


def read_typed(lines: Sequence[WordLine]) -> ReadResult:
    """Read lines as people type tests into Word, with titles and notes around the questions told apart.

    Args:
        lines: numbered from 1 without a gap.
    """
    return _read_as(QuestionFormat.WORD, lines)


def with_pictures(result: ReadResult, pictures: Mapping[str, WordPicture], losses: Losses) -> ReadResult:
    """Return questions with the pictures that their texts name by a character, and all problems in order.

    Args:
        result: the questions as they were read.
        pictures: by the character that stands for each of them.
        losses: what else of the file was not kept.
    """
    found = [*result.problems]
    questions = (
        [_with_pictures(question, pictures, found, losses) for question in result.questions]
        if pictures
        else result.questions
    )
    problems = sorted((*found, *losses.problems()), key=lambda problem: (problem.line, problem.question))
    return ReadResult(tuple(questions), tuple(problems))


def _read_as(name: QuestionFormat, lines: Sequence[WordLine]) -> ReadResult:
    """Read lines as what they show; where no mark begins a question, headings and a closing note are told, not read."""
    as_text = _AS_TEXT.get(name)
    if as_text is not None and name is not QuestionFormat.AIKEN:
        return as_text("\n".join(line.text for line in lines))
    kept, headings = without_headings(lines)
    result = as_text("\n".join(line.text for line in kept)) if as_text else read_lines(kept)
    questions, problems = result.questions, [*result.problems]
    left = [(line.number, line.text) for line in headings]
    closing = closing_text(questions, lines)
    if closing is not None:
        questions = questions[:-1]
        problems = [problem for problem in problems if problem.question != closing.number]
        left += [(line.number, line.text) for line in kept if line.number >= closing.line and line.text.strip()]
    problems += [Problem("text_left_out", number, params={"text": short(text)}) for number, text in left]
    return ReadResult(questions, tuple(problems))


def _with_pictures(
    question: ParsedQuestion, pictures: Mapping[str, WordPicture], problems: list[Problem], losses: Losses
) -> ParsedQuestion:
    """Return a question with the pictures that its texts name, and their characters gone."""
    kept: list[ParsedPicture] = []
    lost = False
    texts: list[str] = []
    for option, text in enumerate((question.stem, *question.options), start=-1):
        for character in PICTURE.findall(text):
            picture = pictures.get(character, WordPicture(b"", ""))
            if suffix_of(picture.data):
                kept.append(ParsedPicture(picture.data, None if option < 0 else option, picture.alt))
            else:
                lost = True
        bare = PICTURE.sub("", text)
        if bare != text and text.rstrip(ASCII_BLANK)[-1:] not in pictures:
            losses.note("picture_moved", question.line)
        texts.append(carried_text(bare))
    if lost:
        problems.append(Problem("picture_lost", question.line, question.number))
    return replace(question, stem=texts[0], options=tuple(texts[1:]), pictures=tuple(kept))


def write_carriable(questions: Sequence[Question], pictures: Pictures = NO_PICTURES) -> Written:
    """Return the questions as a document for editing in Word, and why the others are not in it.

    The right options are in bold and carry a star. Form 05 itself is made elsewhere.

    Args:
        questions: what to write.
        pictures: contents of their pictures; what Word does not show or is missing here is named and left out.
    """
    shown: dict[str, ShownPicture] = {}
    marked = [_marked(question, pictures, shown) for question in questions]
    document = partial(word_document, pictures=shown)
    taken = {
        place for place, question in enumerate(questions) if PICTURE.search("".join((question.stem, *question.options)))
    }
    return write_marked(marked, "Word", _render, _read_back, document, taken)


def _marked(question: Question, pictures: Pictures, shown: dict[str, ShownPicture]) -> Question:
    """Return a question with a character for each picture that the document will show, and the other pictures."""
    if not question.pictures:
        return question
    texts = [question.stem, *question.options]
    left: list[QuestionPicture] = []
    for picture in question.pictures:
        place = 0 if picture.option is None else picture.option + 1
        data = pictures.get(picture.file.path, b"")
        if not data or place >= len(texts) or not is_shown(data):
            left.append(picture)
            continue
        character = chr(ord(FIRST_PICTURE) + len(shown))
        shown[character] = ShownPicture(data, picture.alt)
        texts[place] = f"{carried_text(texts[place])}\n{character}".lstrip("\n")
    return question.model_copy(update={"stem": texts[0], "options": tuple(texts[1:]), "pictures": tuple(left)})


def _render(questions: Sequence[Question]) -> str:
    lines: list[str] = []
    for number, question in enumerate(questions, start=1):
        lines.append(f"{number}. {question.stem}")
        for place, option in enumerate(question.options):
            letter = _LATIN[place] if place < len(_LATIN) else "?"
            lines.append(f"{'*' if place in question.correct else ''}{letter}) {option}")
        lines.append("")
    return "\n".join(lines)


def _read_back(text: str) -> ReadResult:
    """Read what will be the document's text; its look adds nothing to the stars."""
    if _FORBIDDEN.search(text) or detect_text(text) in _AS_TEXT:
        return ReadResult((), (Problem("control_character"),))
    lines = [WordLine(number, line, bytes(len(line))) for number, line in enumerate(text.split("\n"), start=1)]
    return read_lines(lines)
