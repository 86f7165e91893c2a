"""The entry: the window without a command or with `gui`, the command line for everything else."""

import sys

from app.cli import main as run_command_line


def main() -> int:
    """Run the program with the arguments of the process and return its exit status."""
    return run_command_line(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
