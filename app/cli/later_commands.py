"""`check` and `platform`: their grammar stands, so that scripts are refused for wrong usage alone; they come later."""

# ruff: noqa: ARG001 - the arguments are the grammar, nothing uses them yet

from typing import Annotated

import typer

from app.cli.call import WRONG_USAGE, DateOption, JsonFlag, LangOption, RegulationOption, call_of
from app.model.recording import RecordingRole, Stage


def check(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE|FOLDER...")],
    stage: Annotated[Stage, typer.Option("--stage")] = Stage.UPLOAD,
    role: Annotated[RecordingRole, typer.Option("--role")] = RecordingRole.NONE,
    sound: Annotated[str | None, typer.Option("--sound", metavar="FILE.wav")] = None,
    quick: Annotated[bool, typer.Option("--quick")] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, metavar="N")] = None,
    as_json: JsonFlag = False,
    report: Annotated[str | None, typer.Option("--report", metavar="FILE.pdf|.docx|.json")] = None,
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> int:
    """Check recordings."""
    call_of(context, regulation, lang, on).say("not_built.command", command="check")
    return WRONG_USAGE


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
