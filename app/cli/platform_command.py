"""`platform`: the files that the learning platform imports.

The exporters are imported in the command: others must not wait for them.
"""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.call import PASSED, DateOption, LangOption, RegulationOption, call_of


def platform(
    context: typer.Context,
    course: Annotated[str, typer.Argument(metavar="COURSE")],
    out: Annotated[str, typer.Option("--out", metavar="DIR")],
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> int:
    """Write the files for the platform."""
    from app.cli.course_files import load_course
    from app.cli.progress_bars import step_bar
    from app.exporters.packages.platform import write_platform

    call = call_of(context, regulation, lang, on)
    loaded = load_course(call, course)
    with step_bar(call, "platform.progress") as told:
        summary = write_platform(
            loaded.course,
            loaded.regulation,
            Path(out),
            generated_on=call.today,
            attachments=loaded.attachments,
            course_folder=loaded.folder,
            on_progress=told,
        )
    for name, questions in summary.left_out.items():
        call.say("platform.left_out", file=name, count=len(questions))
    for path in summary.files:
        print(path)
    return PASSED
