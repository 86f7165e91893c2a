"""From one question file to another: what can be mended without guessing is mended, the rest is named."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.formats.files import read_file, write_file
from app.formats.mending import mended, mendings
from app.formats.names import QuestionFormat
from app.formats.pictures import contents
from app.formats.problems import ParsedQuestion, Problem


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted file and what happened to it.

    Attributes:
        written: how many questions are in the new file.
        repaired: problems of the old file that the new one does not have any more.
        remaining: problems that a person has to decide, and what the new file has no place for; a question that is
            written may still have some.
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
    """
    file, to_format = read_file(data, source), target or QuestionFormat.AIKEN
    to_aiken = to_format is QuestionFormat.AIKEN
    parsed = [mended(question, one_line=to_aiken) for question in file.result.questions]
    pictures = contents(picture for question in parsed for picture in question.pictures)
    written = write_file([question.as_question(f"q{question.number}") for question in parsed], to_format, pictures)
    left_out = tuple(_at_home(problem, parsed) for problem in written.left_out)
    gone = {problem.question for problem in left_out}
    found = [*file.file_problems, *file.result.problems]
    join = to_aiken and file.format is not QuestionFormat.AIKEN  # whose reader names broken lines itself
    found += [problem for question in file.result.questions for problem in mendings(question, one_line=join)]
    kept = [problem for problem in found if problem.question not in gone]
    remaining = [problem for problem in kept if not problem.fixable]
    return Conversion(
        written.data,
        file.format,
        to_format,
        written=len(parsed) - len(gone),
        repaired=tuple(problem for problem in kept if problem.fixable),
        remaining=(*remaining, *(_at_home(problem, parsed) for problem in written.notes)),
        left_out=left_out,
    )


def _at_home(problem: Problem, parsed: Sequence[ParsedQuestion]) -> Problem:
    """Return a writer's problem with the number and line that the question has in the old file."""
    question = parsed[problem.question - 1]
    return replace(problem, question=question.number, line=question.line)
