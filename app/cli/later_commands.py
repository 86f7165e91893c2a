"""`platform`: its grammar stands, so that scripts are refused for wrong usage alone; it comes later."""

# ruff: noqa: ARG001 - the arguments are the grammar, nothing uses them yet

from typing import Annotated

import typer

from app.cli.call import WRONG_USAGE, DateOption, LangOption, RegulationOption, call_of


def platform(
    context: typer.Context,
    course: Annotated[str, typer.Argument(metavar="COURSE")],
    out: Annotated[str, typer.Option("--out", metavar="DIR")],
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> int:
    """Write the files for the platform."""
    call_of(context, regulation, lang, on).say("not_built.command", command="platform")
    return WRONG_USAGE
