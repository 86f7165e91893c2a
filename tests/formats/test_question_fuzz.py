"""Damaged question files: no exception, no hang, no figure that contradicts another."""

import time

import pytest

from app.formats.convert import convert
from app.formats.lint import lint
from app.formats.names import QuestionFormat, detect
from app.model.regulation import Limit
from tests.formats.question_damage import damaged_files

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")
FILES = 2_000
"""`scripts/question_fuzz.py` tries 20,000."""


def test_damaged_files() -> None:
    for number, (name, data) in enumerate(damaged_files(FILES, seed=1)):
        report = lint(data, FIVE, name)
        numbers = [question.number for question in report.questions]
        assert numbers == sorted(set(numbers))
        moodle = report.moodle
        assert min(moodle.imported, moodle.lost, moodle.without_right_answer, moodle.wrong_key) >= 0
        assert moodle.without_right_answer + moodle.wrong_key <= moodle.imported
        lint(data, FIVE)
        if number % 5 == 0:
            target = list(QuestionFormat)[number % 7]
            if target is not QuestionFormat.WORD:
                done = convert(data, name, target)
                assert done.written + len({problem.question for problem in done.left_out}) == len(report.questions)


HEAVY = {
    "braces": "{" * 200_000,
    "braces and marks": "{" + "=" * 200_000,
    "comments": "<quiz>" + "<!--" * 100_000,
    "comments before the root": "<!---->" * 50_000 + "<quizz>",
    "cdata": "<quiz>&" + "<![CDATA[" * 50_000,
    "blanks": " " * 300_000 + "<question>",
    "no-break blanks": "\u00a0" * 200_000,
    "hashes": "#\n" * 30_000,
    "text after an option": "Q\nA. a\n" + "text\n" * 60_000,
    "labels": "A. a\n" * 30_000,
    "backslashes": "\\" * 200_000 + "{=a}",
    "html": "[html]" + "<" * 100_000 + "<!--" * 50_000 + "{=a ~b}",
    "digits": "Q {#" + "1" * 100_000 + "}",
    "arrows": "Q {" + "=->" * 50_000 + "}",
    "answers": "Q {" + "~=" * 50_000 + "}",
    "letters of an answer": "Q\nA. a\nB. b\nANSWER: " + "A, " * 30_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_no_file_hangs(name: str) -> None:
    """A quarter of a megabyte takes well under a second each; quadratic work would take minutes."""
    data = HEAVY[name].encode()
    detect(data)
    for source in QuestionFormat:
        start_s = time.process_time()
        lint(data, FIVE, source)
        assert time.process_time() - start_s < 10, source
