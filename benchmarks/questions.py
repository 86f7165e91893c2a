"""Time of reading, linting (near-repetitions and the platform's forecast with it) and writing a bank of questions.

Usage: ``uv run python benchmarks/questions.py [questions]``. Prints, for each format, seconds of the processor's
time (one thread), the best of three runs. The target is 3 s in all for 10,000 questions.

The bank is made of 3,000 words under a fixed seed (a real one of that size has more), a part of it repeated and
nearly repeated, so that the search for repetitions has something to find.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.formats.files import read_file, write_file
from app.formats.lint import lint
from app.formats.names import QuestionFormat
from app.model.regulation import Limit
from app.model.tasks import Question

RUNS = 3
TARGET_S = 3.0
FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")
SYLLABLES = (
    "ма",
    "те",
    "ды",
    "ғы",
    "сө",
    "қа",
    "лы",
    "бі",
    "рең",
    "жүй",
    "ор",
    "нат",
    "ше",
    "кө",
    "тұ",
    "пай",
    "ән",
    "ық",
)


def bank(count: int) -> list[Question]:
    """Return questions of which one in twenty nearly repeats and one in fifty repeats an earlier one."""
    chance = random.Random(2025)  # the same bank on every machine
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(3000)]

    def text(most: int) -> str:
        return " ".join(chance.choices(words, k=chance.randint(most // 3 + 1, most)))

    questions: list[Question] = []
    for number in range(count):
        stem = f"{text(14).capitalize()} қандай?"
        if number % 20 == 19:
            stem = questions[chance.randrange(number)].stem.replace("қандай", "қандай болады", 1)
        elif number % 50 == 30:
            stem = questions[chance.randrange(number)].stem
        options = tuple(text(6) for _ in range(5))
        questions.append(Question(id=f"q{number}", stem=stem, options=options, correct=(number % 5,)))
    return questions


def best_s(action: Callable[[], object]) -> float:
    """Return the shortest of a few runs in seconds of the processor's time, which other programs disturb less."""
    times: list[float] = []
    for _ in range(RUNS):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    questions = bank(count)
    print(f"{count} questions, load of the machine {os.getloadavg()[0]:.1f}")
    for name in QuestionFormat:
        data = write_file(questions, name).data
        read_s = best_s(lambda data=data, name=name: read_file(data, name))  # type: ignore[misc]
        lint_s = best_s(lambda data=data, name=name: lint(data, FIVE, name))  # type: ignore[misc]
        write_s = best_s(lambda name=name: write_file(questions, name))  # type: ignore[misc]
        report = lint(data, FIVE, name)
        near = sum(problem.code == "near_repeated" for problem in report.problems)
        total = lint_s + write_s
        verdict = "ok" if total < TARGET_S else f"over {TARGET_S:.0f} s"
        print(
            f"{name.value:11} read {read_s:5.2f} s   read and lint {lint_s:5.2f} s   write {write_s:5.2f} s   "
            f"all {total:5.2f} s   near-repetitions {near}   {verdict}"
        )


if __name__ == "__main__":
    main()
