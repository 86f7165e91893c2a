"""`check`: measure recordings in children, judge them, tell the verdicts, write a report.

Decoders, rules and writers are imported in the functions that use them: other commands must not wait for them.
"""

import json
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.call import (
    FAILED,
    PASSED,
    UNREADABLE,
    Call,
    DateOption,
    JsonFlag,
    LangOption,
    RegulationOption,
    WrongUsageError,
    call_of,
    edition_code,
    json_of_failure,
)
from app.model.errors import MediaError, ProjectFileError
from app.model.recording import RecordingRole, Stage
from app.model.regulation import Regulation
from app.storage.atomic import write_atomic
from app.storage.regulation_file import load_regulation

if TYPE_CHECKING:
    from app.exporters.checked_recording import CheckedRecording
    from app.media.child import Request

REPORT_ENDINGS = (".pdf", ".docx", ".json")
_MOST_JOBS = 4
"""Children at a time where nobody says how many: more of them only wait for the disk."""


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
    """Check recordings; they are always measured anew."""
    from app.media.child import Request

    call = call_of(context, regulation, lang, on)
    report_path = _report_path(report)

    def unread(_code: str, _text: str) -> dict[str, object]:
        return {"regulation": edition_code(call), "files": []}

    with json_of_failure(call, unread, as_json=as_json):
        edition = load_regulation(call.regulation_path)
        paths, empty = _recordings(files, call)
        sound_path = None if sound is None else Path(sound)
        if sound_path is not None and len(paths) != 1:
            raise WrongUsageError("check_sound_for_several", count=len(paths))
        _require_place(report_path, [*paths, *([sound_path] if sound_path else [])])
    requests = [Request(path, sound_path, quick) for path in paths]
    checked = _check(requests, edition, call, stage=stage, role=role, jobs=jobs, show=not as_json)
    if as_json:
        print(_json_text(checked, edition, call), end="")
    else:
        from app.cli.check_view import print_summary

        print_summary(checked, call)
    if report_path is not None:
        sys.stdout.flush()  # the verdicts stand whatever becomes of the report
        write_atomic(report_path, _report(report_path, checked, edition, call))
        call.say("check.report_written", path=report_path)
    return _status(checked, empty=empty)


def _status(checked: Sequence["CheckedRecording"], *, empty: bool) -> int:
    verdicts = {recording.verdict for recording in checked}
    if "error" in verdicts or empty:
        return UNREADABLE
    return FAILED if "fail" in verdicts else PASSED


def _recordings(arguments: Sequence[str], call: Call) -> tuple[tuple[Path, ...], bool]:
    """Return the recordings that the arguments name, and whether a folder among them has none.

    Raises:
        MediaError: ``check_no_recordings``.
    """
    from app.session.analysis_queue import recordings_in

    named = [Path(argument) for argument in arguments]
    paths = recordings_in(named)
    if not paths:
        raise MediaError("check_no_recordings", path=", ".join(arguments))
    empty = [path for path in named if not recordings_in([path])]
    for path in empty:
        call.say("check.folder_empty", path=path)
    return paths, bool(empty)


def _report_path(report: str | None) -> Path | None:
    if report is None:
        return None
    path = Path(report)
    if path.suffix.lower() not in REPORT_ENDINGS:
        raise WrongUsageError("check_report_ending", path=report, endings=", ".join(REPORT_ENDINGS))
    return path


def _require_place(report: Path | None, inputs: Sequence[Path]) -> None:
    """Refuse a report that has no place before hours of measuring, not after."""
    if report is None:
        return
    if any(report.resolve() == path.resolve() for path in inputs):
        raise WrongUsageError("check_report_over_recording", path=report)
    if not report.parent.is_dir():
        raise ProjectFileError("folder_gone", path=report.parent)


def _check(
    requests: Sequence["Request"],
    edition: Regulation,
    call: Call,
    *,
    stage: Stage,
    role: RecordingRole,
    jobs: int | None,
    show: bool,
) -> list["CheckedRecording"]:
    """Measure and judge the recordings, telling of each as soon as it is ready; the children end with this call."""
    from app.cli.check_view import print_recording
    from app.cli.progress_bars import RecordingsBar
    from app.exporters.checked_recording import RecordingWords, checked
    from app.media.child import analyse_many

    words = RecordingWords(edition, call.lang)
    sizes_bytes = {request: _size_bytes(request.path) for request in requests}
    children = min(jobs or _usual_jobs(), len(requests))
    done: list[CheckedRecording] = []
    with (
        RecordingsBar(call, sizes_bytes) as bar,
        closing(analyse_many(requests, jobs=children, on_progress=bar.progressed)) as outcomes,
    ):
        for request, outcome in outcomes:
            recording = checked(request.path, outcome, edition, stage=stage, role=role, quick=request.quick)
            if isinstance(outcome, MediaError):
                recording = _with_size(recording, sizes_bytes[request])
            done.append(recording)
            bar.ended(request)
            if show:
                with bar.set_aside():
                    print_recording(recording, words, call)
    return done


def _usual_jobs() -> int:
    # Two processors a child: FFmpeg decodes on one while the analysers work on the other.
    return max(1, min((os.cpu_count() or 1) // 2, _MOST_JOBS))


def _size_bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # the child says what is wrong with it


def _with_size(recording: "CheckedRecording", size_bytes: int) -> "CheckedRecording":
    container = recording.report.container.model_copy(update={"size_bytes": size_bytes})
    return replace(recording, report=recording.report.model_copy(update={"container": container}))


def _report(path: Path, checked: Sequence["CheckedRecording"], edition: Regulation, call: Call) -> bytes:
    ending = path.suffix.lower().removeprefix(".")
    if ending == "json":
        # A file name that is no text is written as JSON writes such characters.
        return _json_text(checked, edition, call).encode("utf-8", "backslashreplace")
    from app.exporters.forms import write_document
    from app.exporters.recording_report import recording_report

    return write_document(recording_report(checked, edition, call.lang, generated_on=call.today), ending)


def _json_text(checked: Sequence["CheckedRecording"], edition: Regulation, call: Call) -> str:
    document = {
        "regulation": edition.edition.code,
        "files": [_entry(recording, edition, call) for recording in checked],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _entry(recording: "CheckedRecording", edition: Regulation, call: Call) -> dict[str, Any]:
    from app.exporters.checked_recording import RecordingWords
    from app.exporters.recording_json import recording_entry

    error = recording.error
    text = None if error is None else " ".join(RecordingWords(edition, call.lang).error(error))
    entry = recording_entry(
        recording.report,
        recording.findings,
        edition,
        call.lang,
        stage=recording.stage,
        role=recording.role,
        error_text=text,
    )
    return {**entry, "error_code": None if error is None else error.code}
