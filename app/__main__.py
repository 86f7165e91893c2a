"""The entry: the window without a command or with `gui`, the command line for everything else."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from app.cli.call import Call

_INTERRUPTED = 130


def main() -> int:
    """Run the program with the arguments of the process and return its exit status."""
    # Everything is imported inside: Ctrl+C while the program still loads ends it as quietly as later.
    try:
        import multiprocessing

        multiprocessing.freeze_support()  # a frozen child begins here and must go no further

        from app.cli import main as run_command_line

        return run_command_line(sys.argv[1:], _open_window)
    except KeyboardInterrupt:
        return _INTERRUPTED


def _open_window(call: "Call", course: "Path | None") -> int:
    # Imported here: no other command may load Qt.
    from app.storage.regulation_file import load_regulation
    from app.ui.application import run_window

    return run_window(load_regulation(call.regulation_path), course)


if __name__ == "__main__":
    sys.exit(main())
