"""Time of all documents of the sample course in all their formats, and of the preview of the part in sight.

Usage: ``python benchmarks/documents.py [questions]``. The test bank has 500 questions unless another number is given.
Prints for each form the number of its files, milliseconds of processor and of clock, kibibytes; then the sums, which
shall stay under 10 s, and the drawing of one part, which shall stay under 150 ms.
"""

import statistics
import sys
import time
from datetime import date
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.exporters.forms import EXPORTED, export_form, form_files, formats_of
from app.model.course import Course
from app.model.regulation import Regulation
from app.sample import sample_course
from app.storage.regulation_file import load_regulation

RUNS = 5
ON = date(2026, 1, 1)
PREVIEWED = ("01", "02", "03", "06", "08", "schedule")


def with_questions(course: Course, count: int) -> Course:
    """Return the course with ``count`` questions: its own, over and over, with new ids and stems."""
    repeated = islice(cycle(course.test_bank), count)
    bank = (
        question.model_copy(update={"id": f"q{number:04d}", "stem": f"{number}: {question.stem}"})
        for number, question in enumerate(repeated, start=1)
    )
    return course.model_copy(update={"test_bank": tuple(bank)})


def clocks_ms() -> tuple[float, float]:
    """Return processor time and clock time in milliseconds."""
    return time.process_time() * 1000, time.perf_counter() * 1000


def form_ms(course: Course, regulation: Regulation, form: str) -> tuple[float, float]:
    """Make all files of a form, print and return processor and clock time in milliseconds."""
    files = form_files(course, form)
    start = clocks_ms()
    size_bytes = 0
    for file in files:
        for fmt in formats_of(form):
            data = export_form(course, regulation, form, fmt, generated_on=ON, draft=False, part=file.part)
            size_bytes += len(data)
    end = clocks_ms()
    cpu_ms, wall_ms = end[0] - start[0], end[1] - start[1]
    count = len(files) * len(formats_of(form))
    print(f"{form:12} {count:3} files  cpu {cpu_ms:7.0f} ms  clock {wall_ms:7.0f} ms  {size_bytes / 1024:7.0f} KiB")
    return cpu_ms, wall_ms


def preview_ms(course: Course, regulation: Regulation, form: str) -> float:
    """Return the median processor time in milliseconds of making the PDF of the first part."""
    part = form_files(course, form)[0].part
    times_ms = []
    for _ in range(RUNS):
        start = time.process_time()
        export_form(course, regulation, form, "pdf", generated_on=ON, draft=True, part=part)
        times_ms.append((time.process_time() - start) * 1000)
    return statistics.median(times_ms)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    course, regulation = with_questions(sample_course(), count), load_regulation()
    sums = [form_ms(course, regulation, form) for form in EXPORTED]
    cpu_ms, wall_ms = (sum(times) for times in zip(*sums, strict=True))
    print(f"all documents, {count} questions: cpu {cpu_ms:.0f} ms, clock {wall_ms:.0f} ms (shall be under 10000)")
    for form in PREVIEWED:
        print(f"preview {form:12} cpu {preview_ms(course, regulation, form):5.0f} ms (shall be under 150)")


if __name__ == "__main__":
    main()
