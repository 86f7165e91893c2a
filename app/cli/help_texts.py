"""Help and usage errors in the user's language: typer speaks English alone."""

import re

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from app.cli.call import Call, WrongUsageError

REPEATED_VALUES = {
    "--form": re.compile(r"(?:form_)?\d{1,2}|glossary|references"),
    "--format": re.compile(r"pdf|docx|pptx|txt"),
}
"""Options that take several values, and what a value looks like."""


_EXTRA_ARGUMENTS = re.compile(r"unexpected extra argument(?:s|\(s\))? \((.*)\)")


def is_value_of(option: str, argument: str) -> bool:
    """Tell whether an argument is a further value of a repeated option."""
    return REPEATED_VALUES[option].fullmatch(argument) is not None


def translate(command: TyperCommand | TyperGroup, call: Call, path: str = "") -> None:
    """Put the texts of help into a command and all commands under it."""
    command.help = call.text(f"help.{path or 'program'}")
    context = typer.Context(command)
    for parameter in (*command.params, command.get_help_option(context)):
        if isinstance(parameter, TyperArgument):
            parameter.help = call.text(f"argument.{parameter.name}")
            parameter.rich_help_panel = call.text("panel.arguments")
        elif isinstance(parameter, TyperOption):
            parameter.help = call.text(f"option.{parameter.name}")
            parameter.rich_help_panel = call.text("panel.options")
    if isinstance(command, TyperGroup):
        for name, inner in command.commands.items():
            assert isinstance(inner, TyperCommand | TyperGroup)
            inner.rich_help_panel = call.text("panel.commands")
            translate(inner, call, f"{path}_{name}".lstrip("_"))


def usage_problem(error: typer.TyperException) -> WrongUsageError:
    """Return what is wrong with the arguments; typer tells its errors apart by what they carry."""
    option = getattr(error, "option_name", None)
    if option is not None:
        known = hasattr(error, "possibilities")
        return WrongUsageError("cli_no_such_option" if known else "cli_option_value", option=option)
    if isinstance(error, typer.BadParameter) and error.param is not None:
        name = error.param.opts[0] if isinstance(error.param, TyperOption) else _argument_name(error.param)
        if hasattr(error, "param_type"):
            return WrongUsageError("cli_missing", name=name)
        _, one_of, choices = error.message.partition("is not one of ")
        if one_of:
            return WrongUsageError("cli_bad_choice", name=name, choices=choices.rstrip(".").replace("'", ""))
        return WrongUsageError("cli_bad_value", name=name)
    extra = _EXTRA_ARGUMENTS.search(error.format_message())
    if extra is not None:
        return WrongUsageError("cli_extra_arguments", arguments=extra[1])
    return WrongUsageError("cli_wrong_usage", problem=error.format_message())


def _argument_name(parameter: object) -> str:
    return str(getattr(parameter, "metavar", None) or getattr(parameter, "name", "")).strip("[]")
