"""Damage question files of every format at random and lint them: no exception, no hang.

    python scripts/question_fuzz.py --files 20000           # prints what came of them
    python scripts/question_fuzz.py --files 20000 --seed 7  # others

Ends with 1 where a file raised an exception or took longer than a second; such a file is kept in the folder named.
"""

import argparse
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.formats.lint import lint
from app.model.regulation import Limit
from tests.formats.question_damage import damaged_files

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")
SLOW_S = 1.0


def main() -> int:
    """Read the options, run, print the counts; return the exit status."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, default=Path("fuzz-questions"), help="folder for the files that fail")
    chosen = options.parse_args()
    began_s, slowest_s = time.monotonic(), 0.0
    outcomes: Counter[str] = Counter()
    for number, (name, data) in enumerate(damaged_files(chosen.files, chosen.seed)):
        start_s = time.process_time()
        try:
            report = lint(data, FIVE, name)
            outcome = f"{name.value}: {'clean' if report.clean else 'faults named'}"
        except Exception:  # noqa: BLE001  every exception is what this script looks for
            traceback.print_exc()
            outcome = "EXCEPTION"
        taken_s = time.process_time() - start_s
        slowest_s = max(slowest_s, taken_s)
        if taken_s > SLOW_S:
            outcome = "SLOW"
        if outcome.isupper():
            chosen.keep.mkdir(parents=True, exist_ok=True)
            (chosen.keep / f"{chosen.seed}-{number}.{name.value}").write_bytes(data)
        outcomes[outcome] += 1
    for outcome, count in sorted(outcomes.items()):
        print(f"{count:6}  {outcome}")
    print(f"{chosen.files} files in {time.monotonic() - began_s:.0f} s, the slowest {slowest_s * 1000:.0f} ms")
    return 1 if outcomes["EXCEPTION"] + outcomes["SLOW"] else 0


if __name__ == "__main__":
    sys.exit(main())
