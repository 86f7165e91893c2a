"""Time of what leaves the program: bundle, volumes, publication, verifying, the platform's files.

Usage: ``python benchmarks/packages.py``. The sample course, without recordings and without attached files. Prints for
each package seconds of processor and of clock, its files and its size. The bundle shall stay under 15 s; other work on
the machine must not decide that, so the processor counts.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.exporters.packages.bundle import BundleKind, BundleSummary, write_bundle
from app.exporters.packages.platform import PlatformSummary, write_platform
from app.exporters.packages.verify import VerifyResult, verify_bundle
from app.sample import sample_course
from app.storage.regulation_file import load_regulation

ON = date(2026, 1, 1)
LIMIT_S = 15.0
Result = TypeVar("Result")


def main() -> int:
    """Print the table; 1 where the bundle takes longer than it shall."""
    regulation, course = load_regulation(), sample_course()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def bundle(file: str, kind: BundleKind, volume_mb: int | None = None) -> BundleSummary:
            return write_bundle(
                course, regulation, folder / file, generated_on=ON, draft=True, kind=kind, reports={}, attachments={},
                course_folder=folder, volume_mb=volume_mb,
            )  # fmt: skip

        bundle_s = timed("bundle", partial(bundle, "b.zip", BundleKind.SUBMISSION), made)
        timed("bundle in volumes of 1 MB", partial(bundle, "v.zip", BundleKind.SUBMISSION, 1), made)
        timed("publication", partial(bundle, "p.zip", BundleKind.PUBLICATION), made)
        timed("verify", partial(verify_bundle, folder / "b.zip", today=ON, regulation=regulation), verified)
        timed(
            "platform",
            partial(
                write_platform, course, regulation, folder / "platform", generated_on=ON, attachments={},
                course_folder=folder,
            ),
            written,
        )  # fmt: skip
    return int(bundle_s > LIMIT_S)


def timed(name: str, work: Callable[[], Result], told: Callable[[Result], str]) -> float:
    """Do one piece of work, print its line and return its seconds of processor."""
    clock_s, processor_s = time.perf_counter(), time.process_time()
    result = work()
    clock_s, processor_s = time.perf_counter() - clock_s, time.process_time() - processor_s
    print(f"{name:28} {processor_s:6.2f} s of processor {clock_s:6.2f} s of clock   {told(result)}")
    return processor_s


def made(summary: BundleSummary) -> str:
    """Return how many files and kibibytes a bundle has."""
    size_kib = sum(path.stat().st_size for path in summary.volumes) / 1024
    return f"{len(summary.files)} files, {len(summary.volumes)} volumes, {size_kib:.0f} KiB"


def verified(result: VerifyResult) -> str:
    """Return what verifying found."""
    return f"{len(result.documents)} files, valid: {result.valid}"


def written(summary: PlatformSummary) -> str:
    """Return the same of the platform's files."""
    return f"{len(summary.files)} files, {sum(path.stat().st_size for path in summary.files) / 1024:.0f} KiB"


if __name__ == "__main__":
    sys.exit(main())
