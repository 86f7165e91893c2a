"""Checked recordings as people read them in a terminal."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app.cli.call import Call
from app.cli.progress_bars import shown_name
from app.model.finding import Finding, Status

if TYPE_CHECKING:
    from app.exporters.checked_recording import CheckedRecording, RecordingWords

_STYLES = {"pass": "green", "fail": "bold red", "error": "bold red", "warning": "yellow"}
_MOST_MOMENTS = 8
"""Moments shown of one finding; the report lists more."""


def print_recording(recording: "CheckedRecording", words: "RecordingWords", call: Call) -> None:
    """Print verdict, facts, failures and warnings of one recording."""
    # rich takes 0.1 s to load, which a call with --json should not wait for.
    from rich.console import Console
    from rich.text import Text

    console = Console(file=sys.stdout, highlight=False, emoji=False, markup=False, soft_wrap=True)
    console.print(Text(shown_name(str(recording.path)), style="bold"))
    console.print(Text(f"  {words.say(f'verdict.{recording.verdict}')}", style=_STYLES[recording.verdict]))
    if recording.error is not None:
        for line in words.error(recording.error):
            console.print(Text(f"  {shown_name(line)}"))
    if recording.report.container.format:
        for line in words.short_facts(recording.report):
            console.print(Text(f"  {line}"))
    for finding in recording.of_status(Status.FAIL, Status.WARNING):
        console.print(_told(finding, words))
        details = _details(recording, finding, words, call)
        if details:
            console.print(Text(f"    {details}"))
    if recording.other_events:
        moments = words.moments(recording.other_events, with_kind=True)
        console.print(Text(f"  {call.text('check.events', events=_listed(moments, words))}"))
    waiting = {status: len(recording.of_status(status)) for status in (Status.ATTEST, Status.NOT_MEASURED)}
    if any(waiting.values()) and recording.error is None:
        counts = {status.value: count for status, count in waiting.items()}
        console.print(Text(f"  {call.text('check.rest', **counts)}"))


def print_summary(recordings: Sequence["CheckedRecording"], call: Call) -> None:
    """Print how many recordings have which verdict."""
    verdicts = [recording.verdict for recording in recordings]
    passed, failed, errors = (verdicts.count(verdict) for verdict in ("pass", "fail", "error"))
    print(call.text("check.summary", files=len(verdicts), passed=passed, failed=failed, errors=errors))


def _told(finding: Finding, words: "RecordingWords") -> object:
    from rich.text import Text

    status = finding.status.value
    name = Text(f"{words.say(f'status.{status}')} {finding.rule}", style=_STYLES[status])
    return Text.assemble("  ", name, f": {words.finding(finding)}")


def _details(recording: "CheckedRecording", finding: Finding, words: "RecordingWords", call: Call) -> str:
    """Return what was measured, what is required, and when it happens."""
    moments = words.moments(recording.events_of(finding))
    parts = (
        ("measured", words.measured(finding)),
        ("required", words.required(finding)),
        ("moments", _listed(moments, words)),
    )
    return "; ".join(call.text(f"check.{name}", **{name: value}) for name, value in parts if value)


def _listed(moments: Sequence[str], words: "RecordingWords") -> str:
    shown: Iterable[str] = moments[:_MOST_MOMENTS]
    if len(moments) > _MOST_MOMENTS:
        shown = (*shown, words.say("report.more", count=len(moments) - _MOST_MOMENTS))
    return ", ".join(shown)
