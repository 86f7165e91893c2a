"""From one question file to another: what can be mended without guessing is mended, the rest is named."""

from dataclasses import dataclass, replace

from app.formats import aiken
from app.formats.aiken_lines import is_strict_label
from app.formats.encoding import decode
from app.formats.names import BUILT, QuestionFormat, detect
from app.formats.problems import ParsedQuestion, Problem
from app.model.errors import QuestionFileError


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted file and what happened to it.

    Attributes:
        written: how many questions are in the new file.
        repaired: problems of the old file that the new one does not have any more.
        remaining: problems that a person has to decide; a question that is written may still have some.
        left_out: why questions are not in the new file; their numbers and lines are those of the old one.
    """

    data: bytes
    source: QuestionFormat
    target: QuestionFormat
    written: int
    repaired: tuple[Problem, ...]
    remaining: tuple[Problem, ...]
    left_out: tuple[Problem, ...]

    @property
    def complete(self) -> bool:
        """Tell whether all questions of the old file are in the new one and nothing waits for a person."""
        return not self.left_out and not self.remaining


def convert(data: bytes, source: QuestionFormat | None = None, target: QuestionFormat | None = None) -> Conversion:
    """Convert a question file.

    Args:
        data: the file.
        source: its format; told from the content where None.
        target: the format to write; Aiken, the layout of form 05, where None.

    Raises:
        QuestionFileError: ``format_not_built`` for a format that this version does not read or write.
    """
    from_format, to_format = source or detect(data), target or QuestionFormat.AIKEN
    for name in (from_format, to_format):
        if name not in BUILT:
            raise QuestionFileError("format_not_built", format=name.value)
    decoded = decode(data)
    result = aiken.read(decoded.text)
    parsed = [_mended(question) for question in result.questions]
    written, problems = aiken.write_carriable([question.as_question(f"q{question.number}") for question in parsed])
    left_out = tuple(
        replace(problem, question=parsed[problem.question - 1].number, line=parsed[problem.question - 1].line)
        for problem in problems
    )
    gone = {problem.question for problem in left_out}
    found = list(result.problems)
    if decoded.encoding != "utf-8":
        found.insert(0, Problem("not_utf8", 1, fixable=not decoded.lossy, params={"encoding": decoded.encoding}))
    kept = [problem for problem in found if problem.question not in gone]
    return Conversion(
        written,
        from_format,
        to_format,
        written=len(parsed) - len(gone),
        repaired=tuple(problem for problem in kept if problem.fixable),
        remaining=tuple(problem for problem in kept if not problem.fixable),
        left_out=left_out,
    )


def _mended(question: ParsedQuestion) -> ParsedQuestion:
    """Return a question as one line each, and its stem with a Cyrillic initial where a Latin one made it an option."""
    stem = _one_line(question.stem)
    if is_strict_label(stem):
        stem = aiken.repaired_stem(stem) or stem
    return replace(question, stem=stem, options=tuple(_one_line(option) for option in question.options))


def _one_line(text: str) -> str:
    return " ".join(part for part in text.split("\n") if part)
