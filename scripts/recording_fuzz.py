"""Damage recordings at random and measure them: nothing may crash the program, each gives a report or a clear error.

    python scripts/recording_fuzz.py --files 200            # prints what came of them
    python scripts/recording_fuzz.py --files 200 --seed 7   # others

Every recording is measured in a child, as the program does. A child that dies or hangs is told as an error
(`media_child_crashed`, `media_stalled`); a Python error inside it is a bug, and the script ends with 1.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> int:
    """Read the options, run, print the counts; return the exit status."""
    from tests.media.damage import damaged_files, make_sources, measure_all  # children read this file and need none

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--keep", type=Path, help="folder for the damaged files, to look at them afterwards")
    chosen = options.parse_args()
    began_s = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary) / "damaged"
        folder.mkdir(parents=True, exist_ok=True)
        made = damaged_files(folder, make_sources(Path(temporary)), chosen.files, chosen.seed)
        results = []
        for number, result in enumerate(measure_all(made, chosen.jobs), 1):
            results.append(result)
            print(f"\r{number}/{len(made)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for title, counts in (
        ("outcome", Counter(result.outcome for result in results)),
        ("damage", Counter(result.how for result in results)),
    ):
        print(f"{title}:")
        for what, count in counts.most_common():
            print(f"  {count:4}  {what}")
    bad = [result for result in results if result.outcome.startswith(("bug", "error: media_child", "error: media_st"))]
    for result in bad:
        print(f"{result.name} ({result.how}): {result.outcome}")
    print(f"{len(results)} files in {time.monotonic() - began_s:.0f} s")
    return int(any(result.outcome.startswith("bug") for result in results) or len(results) != chosen.files)


if __name__ == "__main__":
    sys.exit(main())
