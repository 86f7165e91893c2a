"""`questions convert` from every format to every other, through the real command, with a nasty file."""

from itertools import permutations
from pathlib import Path

import pytest

from app.formats.files import read_file, write_file
from app.formats.names import QuestionFormat
from app.model.tasks import Question
from tests.cli.command_runs import Run

BANK = [
    Question(
        id=f"q{number}",
        stem=f"№{number}: «Ә» сөзі {{x}} ~ = # : % \\(a^{{2}}\\) <b>&amp;</b> \u202bעברית\u202c 🙂 'а' \"б\"?",
        options=tuple(f"{letter}-сөз {{{number}}} <{letter}> e\u0301 \u00a0 50% -> ~= қ" for letter in "бвгдж"),
        correct=(number % 5,),
    )
    for number in range(1, 6)
]
SHAPES = [(question.stem, question.options, question.correct) for question in BANK]


@pytest.mark.parametrize(("source", "target"), list(permutations(QuestionFormat, 2)))
def test_pair(run: Run, tmp_path: Path, source: QuestionFormat, target: QuestionFormat) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(write_file(BANK, source).data)
    ran = run("questions", "convert", first, second, "--to", target)
    assert (ran.status, ran.out, ran.err) == (0, f"{second}\n", "Questions written: 5.\n")
    linted = run("questions", "lint", second, "--json").json
    assert (linted["format"], linted["questions"]) == (target, len(BANK))
    assert linted["moodle"] == {"imported": 5, "lost": 0, "without_right_answer": 0, "wrong_key": 0, "errors": 0}
    back = read_file(second.read_bytes(), target).result.questions
    assert [(read.stem, read.options, read.correct) for read in back] == SHAPES
