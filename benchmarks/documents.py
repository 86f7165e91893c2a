"""Time of forms 01, 02 and 05 as PDF and DOCX for the sample course with a test bank of 500 questions.

Usage: ``python benchmarks/documents.py [questions]``. Prints milliseconds: the first run in the process, which
loads the libraries, and the median of five more.
"""

import statistics
import sys
import time
from datetime import date
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.exporters.forms import export_form
from app.model.course import Course
from app.sample import sample_course
from app.storage.regulation_file import load_regulation

RUNS = 5


def with_questions(course: Course, count: int) -> Course:
    """Return the course with ``count`` questions: its own, over and over, with new ids and stems."""
    repeated = islice(cycle(course.test_bank), count)
    bank = (
        question.model_copy(update={"id": f"q{number:04d}", "stem": f"{number}: {question.stem}"})
        for number, question in enumerate(repeated, start=1)
    )
    return course.model_copy(update={"test_bank": tuple(bank)})


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    course, regulation = with_questions(sample_course(), count), load_regulation()
    first_total = later_total = 0.0
    for fmt in ("pdf", "docx"):
        for form in ("01", "02", "05"):
            times_ms = []
            for _ in range(1 + RUNS):
                start = time.perf_counter()
                data = export_form(course, regulation, form, fmt, generated_on=date(2026, 1, 1), draft=False)
                times_ms.append((time.perf_counter() - start) * 1000)
            first, later = times_ms[0], statistics.median(times_ms[1:])
            first_total += first
            later_total += later
            print(f"form {form} {fmt:4}  first {first:7.0f} ms  then {later:7.0f} ms  {len(data) / 1024:7.0f} KiB")
    print(f"all six, {count} questions: first {first_total:.0f} ms, then {later_total:.0f} ms")


if __name__ == "__main__":
    main()
