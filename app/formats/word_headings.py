"""What stands round the questions of a Word document: its title, headings between questions, a note at the end.

Form 05 has a heading and a note of its own. Some people give their questions a heading's style too: what has a number,
or has its options behind it, is a question whatever it looks like.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from app.formats.aiken_lines import ANSWER_WORD, may_be_label
from app.formats.problems import ParsedQuestion
from app.formats.word_labels import LABEL, NUMBER, inner_labels
from app.formats.word_lines import BOLD, UNDERLINE, WordLine
from app.formats.word_package import PICTURE

_GOES_ON = ("?", ":", "…", "...", "_")
"""What a question ends with that waits for its options."""
_TITLE_WORD = re.compile(
    r"\b(?:тест(?:тер|тік|ы|овые)?|сұрақтар\w*|тапсырмалар\w*|модуль|тақырыбы|дәріс|вопросы|задания|тема|лекция"
    r"|дисциплина|tests?|quiz|questions|module|topic|lecture)\b",
    re.IGNORECASE,
)
_MAX_TITLE_CHARS = 120
_MIN_CAPITALS = 4


def without_headings(lines: Sequence[WordLine]) -> tuple[list[WordLine], list[WordLine]]:
    """Return the lines with empty ones instead of headings, and the headings.

    A heading is a line in a heading's style between two questions, or a centred line above the first one; a stem that
    has begun keeps all its lines. So is a title without any style, where every other stem is one line.
    """
    kept, headings = list(lines), []
    filled = [line for line in lines if line.text.strip()]
    stem_open, is_first = False, True
    for place, line in enumerate(filled):
        if _ends_stem(line):
            stem_open, is_first = False, False
        elif _is_numbered(line):
            stem_open = True
        elif not stem_open and (line.heading or (is_first and line.centred)) and _is_apart(line, filled[place + 1 :]):
            headings.append(line)
            kept[line.number - 1] = line._replace(text="", looks=b"")
        else:
            stem_open = stem_open or is_first or _is_answer(filled[place - 1])
    for line in _bare_titles([line for line in kept if line.text.strip()]):
        headings.append(line)
        kept[line.number - 1] = line._replace(text="", looks=b"")
    return kept, headings


def _bare_titles(filled: Sequence[WordLine]) -> list[WordLine]:
    """Return the lines above the first stem that only their words, letters or a blank line show to be a title."""
    end = next((place for place, line in enumerate(filled) if _ends_stem(line)), 0)
    opening = filled[:end]
    if any(_is_numbered(line) for line in opening) or _has_long_stem(filled[end:]):
        return []
    titles: list[WordLine] = []
    for line, below in pairwise(opening):
        if not _looks_like_title(line, below):
            break
        titles.append(line)
    return titles


def _has_long_stem(lines: Sequence[WordLine]) -> bool:
    """Tell whether a stem after the first options has more than one line."""
    run = 0
    for last, line in pairwise(lines):
        if _ends_stem(line):
            run = 0
        elif run or _is_answer(last) or line.number - last.number > 1:
            run += 1
        if run > 1:
            return True
    return False


def _looks_like_title(line: WordLine, below: WordLine) -> bool:
    text = line.text.strip()
    if "?" in text or text.endswith((*_GOES_ON, ",", ";")) or len(text) > _MAX_TITLE_CHARS or PICTURE.search(text):
        return False
    capitals = text.isupper() and sum(map(str.isalpha, text)) >= _MIN_CAPITALS and not below.text.isupper()
    marked = any(_all_look(line, look) and not _all_look(below, look) for look in (BOLD, UNDERLINE))
    apart = below.number - line.number > 1
    return capitals or marked or (not text.endswith(".") and (apart or _TITLE_WORD.search(text) is not None))


def _all_look(line: WordLine, look: int) -> bool:
    return all(flags & look for letter, flags in zip(line.text, line.looks, strict=True) if not letter.isspace())


def _is_numbered(line: WordLine) -> bool:
    return line.listed == "number" or NUMBER.match(line.text) is not None


def _is_answer(line: WordLine) -> bool:
    return line.text.lstrip().startswith(ANSWER_WORD)


def _ends_stem(line: WordLine) -> bool:
    return line.listed == "letter" or _is_answer(line) or LABEL.match(line.text) is not None


def _is_apart(line: WordLine, following: Sequence[WordLine]) -> bool:
    """Tell whether no stem begins here: the next line that looks otherwise is no first option."""
    if PICTURE.search(line.text) or inner_labels(line.text, 0):
        return False
    look = (line.heading, line.centred)
    other = next((later for later in following if (later.heading, later.centred) != look or _ends_stem(later)), None)
    if other is None:
        return bool(line.heading)
    label = LABEL.match(other.text)
    return other.listed != "letter" and not (label and may_be_label(label["letter"], 0))


def closing_text(questions: Sequence[ParsedQuestion], lines: Sequence[WordLine]) -> ParsedQuestion | None:
    """Return the last question where it is a note below the others: no number, no options, nothing that asks."""
    if len(questions) < 2 or not questions[-2].options:
        return None
    last = questions[-1]
    first_line = next((line for line in lines if line.number == last.line), None)
    if first_line is None or last.options or last.correct or _is_numbered(first_line) or PICTURE.search(last.stem):
        return None
    return None if "?" in last.stem or last.stem.rstrip().endswith(_GOES_ON) else last
