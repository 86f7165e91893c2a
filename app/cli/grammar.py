"""The whole grammar of the command line, from the start; what is not built yet says so."""

from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from app import __version__
from app.cli import check_command, course_commands, demo_command, platform_command, question_commands
from app.cli.call import WRONG_USAGE, Call, DateOption, LangOption, RegulationOption, WrongUsageError, call_of

PROGRAM = "mooc-studio"


class _Group(TyperGroup):
    """A group that names an unknown command in the user's language."""

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> object:  # type: ignore[override] # typer's own types are private
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise WrongUsageError("cli_no_such_command", command=args[0])
        return super().resolve_command(ctx, args)


def build_command() -> TyperGroup:
    """Return the command tree."""
    app = typer.Typer(
        name=PROGRAM, cls=_Group, invoke_without_command=True, pretty_exceptions_enable=False, rich_markup_mode="rich"
    )
    app.callback()(_root)
    app.command("check")(check_command.check)
    app.command("validate")(course_commands.validate)
    app.command("export")(course_commands.export)
    app.command("bundle")(course_commands.bundle)
    app.command("verify")(course_commands.verify)
    app.command("platform")(platform_command.platform)
    questions = typer.Typer(name="questions", cls=_Group, invoke_without_command=True)
    questions.callback()(_questions)
    questions.command("lint")(question_commands.lint)
    questions.command("convert")(question_commands.convert)
    questions.command("paper")(question_commands.paper)
    app.add_typer(questions)
    app.command("demo")(demo_command.demo)
    app.command("gui")(_gui)
    command = typer.main.get_command(app)
    assert isinstance(command, TyperGroup)
    return command


def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version")] = False,
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> int:
    context.obj = call_of(context, regulation, lang, on)
    if version:
        print(f"{PROGRAM} {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        return _open_window(context.obj, None)
    return 0


def _questions(
    context: typer.Context,
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> None:
    context.find_root().obj = call_of(context, regulation, lang, on)
    if context.invoked_subcommand is None:
        raise WrongUsageError("cli_missing_command", command="questions lint, questions convert, questions paper")


def _gui(
    context: typer.Context,
    course: Annotated[str | None, typer.Argument(metavar="[COURSE]")] = None,
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> int:
    call = call_of(context, regulation, lang, on)
    return _open_window(call, None if course is None else Path(course))


def _open_window(call: Call, course: Path | None) -> int:
    if call.open_window is None:
        call.say("not_built.window")
        return WRONG_USAGE
    return call.open_window(call, course)
