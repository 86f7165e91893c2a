"""The way in: arguments to an exit status, whatever happens."""

import os
import sys
from collections.abc import Sequence
from datetime import date
from io import TextIOWrapper

import typer

from app.cli import help_texts
from app.cli.call import INTERRUPTED, UNREADABLE, WRONG_USAGE, Call, WindowOpener, WrongUsageError
from app.cli.grammar import PROGRAM, build_command
from app.cli.language import language_of
from app.model.errors import StudioError

_COMPLETION = "_MOOC_STUDIO_COMPLETE"
"""Set by the shell that asks for completions."""


def main(argv: Sequence[str], open_window: WindowOpener | None = None) -> int:
    """Run one command.

    Args:
        argv: the arguments without the program's name.
        open_window: opens the window for `gui` and for a call without a command.

    Returns:
        The exit status of the contract: 0 meets the rules or done, 1 does not, 2 wrong usage, 3 unreadable input or
        unwritable output; 130 when the user interrupts.
    """
    _speak_utf8()
    # Local time on purpose: a form generated late in the evening in Almaty carries that day.
    call = Call(language_of(argv), date.today(), open_window=open_window)  # noqa: DTZ011 - see above
    try:
        status = _run(argv, call)
        sys.stdout.flush()
    except WrongUsageError as problem:
        call.explain(problem)
        return WRONG_USAGE
    except StudioError as problem:
        call.explain(problem)
        return UNREADABLE
    except BrokenPipeError:
        _silence_stdout()
        return UNREADABLE
    except OSError as error:
        call.say("system_error", problem=_system_words(error))
        return UNREADABLE
    except SystemExit as leaving:  # typer leaves so after printing a completion, and when nobody reads stdout any more
        return leaving.code if _COMPLETION in os.environ and isinstance(leaving.code, int) else UNREADABLE
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    return status


def _run(argv: Sequence[str], call: Call) -> int:
    command = build_command()
    if "--help" in argv:
        help_texts.translate(command, call)
    try:
        status = command.main(spread(argv), prog_name=PROGRAM, standalone_mode=False, obj=call)
    except typer.TyperException as error:
        raise help_texts.usage_problem(error) from error
    return status if isinstance(status, int) else 0


def spread(argv: Sequence[str]) -> list[str]:
    """Return the arguments with ``--form 01 02`` written as ``--form 01 --form 02``, and the same for formats."""
    spread_out: list[str] = []
    repeated = ""
    for argument in argv:
        if repeated and spread_out[-1] != repeated and help_texts.is_value_of(repeated, argument):
            spread_out.append(repeated)
        elif argument.startswith("-"):
            repeated = argument if argument in help_texts.REPEATED_VALUES else ""
        elif not (repeated and spread_out[-1] == repeated):
            repeated = ""
        spread_out.append(argument)
    return spread_out


def _system_words(error: OSError) -> str:
    words = error.strerror or str(error)
    return f"{error.filename}: {words}" if error.filename else words


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console's code page is: Kazakh letters have no place in cp1251 or cp866."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _silence_stdout() -> None:
    """Let the interpreter's last flush go nowhere after the reader of our output has left."""
    descriptor = os.open(os.devnull, os.O_WRONLY)
    os.dup2(descriptor, sys.stdout.fileno())
    os.close(descriptor)
