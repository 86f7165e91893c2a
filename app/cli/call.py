"""One call of the program: its language, its day, its regulation, and the two places where it may write."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.cli.printable import printable
from app.model.errors import RegulationFileError, StudioError
from app.model.texts import Lang, Texts
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts

PASSED, FAILED, WRONG_USAGE, UNREADABLE = 0, 1, 2, 3
INTERRUPTED = 130

WindowOpener = Callable[["Call", Path | None], int]
"""Opens the window, with a course where one is given, and returns the exit status."""


class WrongUsageError(StudioError):
    """A command that is written wrongly, or one that this version does not have yet; exit status 2."""


RegulationOption = Annotated[str | None, typer.Option("--regulation", metavar="FILE.toml")]
LangOption = Annotated[Lang | None, typer.Option("--lang")]
DateOption = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD")]
JsonFlag = Annotated[bool, typer.Option("--json")]


@dataclass(frozen=True)
class Call:
    """What all commands share.

    Attributes:
        lang: language of the messages.
        today: the day on which the command is run, or ``--date``.
        regulation_path: another edition of the regulation, None for the one that the course follows.
        open_window: opens the window; None where this version has none.
    """

    lang: Lang
    today: date
    regulation_path: Path | None = None
    open_window: WindowOpener | None = None

    @property
    def texts(self) -> Texts:
        """All texts."""
        return load_texts()

    def text(self, name: str, **values: object) -> str:
        """Return a text of the command line in the user's language; ``name`` without the leading ``cli.``."""
        return self.texts.get(f"cli.{name}", self.lang, **values)

    def say(self, name: str, **values: object) -> None:
        """Tell the user something on stderr."""
        print(self.text(name, **_printable(values)), file=sys.stderr)

    def explain(self, problem: StudioError) -> None:
        """Print cause and remedy to stderr."""
        for line in self.words_of(problem):
            print(line, file=sys.stderr)

    def words_of(self, problem: StudioError) -> tuple[str, ...]:
        """Return cause and remedy; an error without a text would be a fault of ours, its code is shown."""
        named = self.texts.keys()
        keys = [key for part in ("cause", "remedy") if (key := f"errors.{problem.code}.{part}") in named]
        words = tuple(self.texts.get(key, self.lang, **_printable(problem.params)) for key in keys)
        return words or (printable(str(problem)),)

    def with_options(self, regulation: str | None, lang: Lang | None, on: str | None) -> "Call":
        """Return the call with the common options of one command, which stand above those before the command.

        Raises:
            WrongUsageError: ``cli_bad_date``.
        """
        return replace(
            self,
            lang=lang or self.lang,
            today=parse_date(on) if on is not None else self.today,
            regulation_path=Path(regulation) if regulation is not None else self.regulation_path,
        )


def _printable(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, float) else printable(str(value)) for name, value in values.items()}


def call_of(context: typer.Context, regulation: str | None, lang: Lang | None, on: str | None) -> Call:
    """Return the call that a command belongs to, with its own common options."""
    call = context.find_root().obj
    assert isinstance(call, Call)
    return call.with_options(regulation, lang, on)


def parse_date(text: str) -> date:
    """Return the day that ``YYYY-MM-DD`` names.

    Raises:
        WrongUsageError: ``cli_bad_date``.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise WrongUsageError("cli_bad_date", value=text) from error
    if day.isoformat() != text:  # 20260901 and 2026-W36 are ISO as well, but not what the contract says
        raise WrongUsageError("cli_bad_date", value=text)
    return day


def print_json(document: object) -> None:
    """Print the one JSON document of a ``--json`` call to stdout."""
    print(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def edition_code(call: Call) -> str | None:
    """Return the code of the edition that a call judges by, None where it cannot be read."""
    try:
        return load_regulation(call.regulation_path).edition.code
    except RegulationFileError:
        return None


@contextmanager
def json_of_failure(
    call: Call, document: Callable[[str, str], Mapping[str, object]], *, as_json: bool
) -> Iterator[None]:
    """Print a document with ``--json`` where the input cannot be read, so that there is one in any case.

    Args:
        call: the call.
        document: makes the keys of the contract of the error's code and text; ``error`` and ``error_code`` are added.
        as_json: whether ``--json`` was given.
    """
    try:
        yield
    except WrongUsageError:
        raise
    except StudioError as problem:
        if as_json:
            text = " ".join(call.words_of(problem))
            print_json({**document(problem.code, text), "error": text, "error_code": problem.code})
        raise
