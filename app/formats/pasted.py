"""Questions that were copied out of a document or a message: no file says what format they are in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.formats import word
from app.formats.files import QuestionFile, keyed, read_file
from app.formats.names import QuestionFormat, detect_text
from app.formats.problems import Losses
from app.formats.word_lines import WordLine
from app.formats.word_package import WordPicture
from app.formats.word_typed import without_pictures


def read_pasted(lines: Sequence[WordLine], pictures: Mapping[str, WordPicture] | None = None) -> QuestionFile:
    """Read pasted lines; never fails.

    Text that shows a format is read as that. Any other is read as Aiken and as what people type into Word ("1. stem",
    "A) option", the right one with a star, bold or underlined); the reading with more questions that have a key wins.

    Args:
        lines: with their looks where the clipboard knew them, numbered from 1 without a gap.
        pictures: by the private character (`app.formats.word_package.PICTURE`) that stands for each in the lines; one
            without content is lost, which is told.
    """
    file = _read(lines)
    result = word.with_pictures(file.result, pictures or {}, Losses())
    return replace(file, result=result, text=without_pictures(file.text))


def _read(lines: Sequence[WordLine]) -> QuestionFile:
    text = "\n".join(line.text for line in lines)
    as_text = read_file(text.encode(errors="replace"))
    if detect_text(text) is not None:
        return as_text
    as_word = QuestionFile(QuestionFormat.WORD, "utf-8", word.read_typed(lines), text=text)
    return max((as_word, as_text), key=keyed)
