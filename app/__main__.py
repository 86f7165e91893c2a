"""The entry: the window without a command or with `gui`, the command line for everything else."""

import multiprocessing
import sys
from pathlib import Path

from app.cli import main as run_command_line
from app.cli.call import Call


def main() -> int:
    """Run the program with the arguments of the process and return its exit status."""
    multiprocessing.freeze_support()  # a frozen child begins here and must go no further
    return run_command_line(sys.argv[1:], _open_window)


def _open_window(call: Call, course: Path | None) -> int:
    # Imported here: no other command may load Qt.
    from app.storage.regulation_file import load_regulation
    from app.ui.application import run_window

    return run_window(load_regulation(call.regulation_path), course)


if __name__ == "__main__":
    sys.exit(main())
