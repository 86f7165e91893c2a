"""What stands round the questions of a Word document: its title, headings between questions, a note at the end.

Form 05 has a heading and a note of its own. Some people give their questions a heading's style too: what has a number,
or has its options behind it, is a question whatever it looks like.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.formats.aiken_lines import ANSWER_WORD, may_be_label
from app.formats.problems import ParsedQuestion
from app.formats.word_labels import LABEL, NUMBER, inner_labels
from app.formats.word_lines import WordLine
from app.formats.word_package import PICTURE

_GOES_ON = ("?", ":", "…", "...", "_")
"""What a question ends with that waits for its options."""


def without_headings(lines: Sequence[WordLine]) -> tuple[list[WordLine], list[WordLine]]:
    """Return the lines with empty ones instead of headings, and the headings.

    A heading is a line in a heading's style between two questions, or a centred line above the first one; a stem that
    has begun keeps all its lines.
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
            kept[line.number - 1] = replace(line, text="", looks=b"")
        else:
            stem_open = stem_open or is_first or _is_answer(filled[place - 1])
    return kept, headings


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
