"""What is changed in the text of a question so that a format or form 05 can hold it, never by guessing."""

from collections.abc import Iterator
from dataclasses import replace

from app.formats import aiken
from app.formats.aiken_lines import is_strict_label
from app.formats.invisible import without_invisible
from app.formats.problems import ParsedQuestion, Problem


def mended(question: ParsedQuestion, *, one_line: bool) -> ParsedQuestion:
    """Return a question without characters that nobody sees.

    Args:
        question: the question as a file has it.
        one_line: form 05 shall hold it: stem and options become one line each, and a stem that a Latin initial would
            make an option gets the Cyrillic one.
    """
    stem, options = without_invisible(question.stem), tuple(map(without_invisible, question.options))
    if one_line:
        stem, options = _one_line(stem), tuple(map(_one_line, options))
        if is_strict_label(stem):
            stem = aiken.repaired_stem(stem) or stem
    return replace(question, stem=stem, options=options)


def mendings(question: ParsedQuestion, *, one_line: bool) -> Iterator[Problem]:
    """Yield what `mended` changes that was no fault of the file's own form."""
    if any(without_invisible(text) != text for text in (question.stem, *question.options)):
        yield Problem("invisible_characters", question.line, question.number, fixable=True)
    if one_line and "\n" in question.stem:
        yield Problem("multi_line_stem", question.line, question.number, fixable=True)
    if one_line and any("\n" in option for option in question.options):
        yield Problem("multi_line_option", question.line, question.number, fixable=True)


def _one_line(text: str) -> str:
    return " ".join(part for part in text.split("\n") if part)
