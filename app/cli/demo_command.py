"""`demo`: the whole way from the sample course to a bundle, in one folder."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.call import PASSED, DateOption, LangOption, RegulationOption, call_of
from app.model.finding import Status
from app.storage.regulation_file import load_regulation


def demo(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIR")],
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> int:
    """Show the whole way in one folder."""
    # Typst and python-docx come in with the exporters; commands that export nothing must not wait for them.
    from app.exporters.checked_recording import RecordingWords
    from app.sample.demo import make_demo

    call = call_of(context, regulation, lang, on)
    edition = load_regulation(call.regulation_path)
    result = make_demo(Path(folder), edition, call.today)
    words = RecordingWords(edition, call.lang)
    print(call.text("demo.course", path=result.course_folder))
    for recording in result.recordings:
        verdict, warnings = words.say(f"verdict.{recording.verdict}"), recording.of_status(Status.FAIL, Status.WARNING)
        path = result.course_folder / recording.path
        print(call.text("demo.recording", path=path, verdict=verdict, warnings=len(warnings)))
        for finding in warnings:
            print(f"  {finding.rule}: {words.finding(finding)}")
    print(call.text("demo.ready" if result.ready else "demo.not_ready", faults=result.blocking))
    for path in result.documents:
        print(call.text("demo.document", path=path))
    print(call.text("demo.bundle", path=result.bundle))
    print(call.text("demo.valid" if result.bundle_valid else "demo.invalid"))
    return PASSED
