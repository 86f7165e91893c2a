"""Questions that were copied out of a document or a message: no file says what format they are in."""

from collections.abc import Sequence
from dataclasses import replace

from app.formats import word
from app.formats.files import QuestionFile, read_file
from app.formats.names import QuestionFormat, detect_text
from app.formats.problems import Problem
from app.formats.word_lines import WordLine

PICTURE = "\ufffc"


def read_pasted(lines: Sequence[WordLine]) -> QuestionFile:
    """Read pasted lines; never fails.

    Text that shows a format is read as that. Any other is read as Aiken and as what people type into Word ("1. stem",
    "A) option", the right one with a star, bold or underlined); the reading with more questions that have a key wins.

    Args:
        lines: with their looks where the clipboard knew them; U+FFFC stands for a picture, which is lost.
    """
    lost = tuple(Problem("picture_lost", line.number) for line in lines if PICTURE in line.text)
    return replace(_read(list(map(_without_pictures, lines))), file_problems=lost)


def _without_pictures(line: WordLine) -> WordLine:
    if PICTURE not in line.text:
        return line
    kept = [place for place, letter in enumerate(line.text) if letter != PICTURE]
    looks = bytes(line.looks[place] for place in kept)
    return replace(line, text="".join(line.text[place] for place in kept), looks=looks)


def _read(lines: Sequence[WordLine]) -> QuestionFile:
    text = "\n".join(line.text for line in lines)
    as_text = read_file(text.encode(errors="replace"))
    if detect_text(text) is not None:
        return as_text
    as_word = QuestionFile(QuestionFormat.WORD, "utf-8", word.read_lines(lines), text=text)
    return max((as_word, as_text), key=_keyed)


def _keyed(file: QuestionFile) -> int:
    return sum(bool(question.correct) and len(question.options) > 1 for question in file.result.questions)
