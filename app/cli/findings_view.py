"""Findings as people read them in a terminal, and as scripts read them."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app.checks import blocks
from app.cli.call import Call
from app.cli.printable import printable
from app.model.finding import Finding, Severity, Status
from app.model.regulation import Regulation

if TYPE_CHECKING:
    from rich.table import Table

_OPEN = frozenset({Status.FAIL, Status.NOT_MEASURED, Status.ATTEST})
_PIPE_WIDTH = 140
"""Width of a table that goes to a file or another program, where no terminal gives one."""


def finding_json(finding: Finding, regulation: Regulation, call: Call) -> dict[str, object]:
    """Return a finding under the keys of the command-line contract, and some more."""
    return {
        "rule": finding.rule,
        "also": list(finding.also),
        "severity": finding.severity.value,
        "due": finding.due,
        "status": finding.status.value,
        "blocks": blocks(finding, regulation),
        "element": finding.element,
        "measured": finding.measured,
        "required": finding.required,
        "unit": finding.unit,
        "text": regulation.text(finding, call.lang),
    }


def status_counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings have each status; every status has an entry."""
    counts = {status.value: 0 for status in Status}
    for finding in findings:
        counts[finding.status.value] += 1
    return counts


def group_of(finding: Finding, regulation: Regulation) -> str | None:
    """Return the group in which a finding is shown, None for one that asks for nothing.

    ``must`` and ``attest`` keep the course from submission; ``advice`` does not; ``later`` is due after it.
    """
    if blocks(finding, regulation):
        return "attest" if finding.status is Status.ATTEST else "must"
    if finding.status in _OPEN:
        return "later" if finding.severity is Severity.MUST else "advice"
    return "advice" if finding.status is Status.WARNING else None


def print_findings(findings: Sequence[Finding], regulation: Regulation, call: Call, *, to_stderr: bool = False) -> None:
    """Print the findings that ask for something, in groups, worst first."""
    # rich takes 0.1 s to load, which a call with --json should not wait for.
    from rich.console import Console

    stream = sys.stderr if to_stderr else sys.stdout
    console = Console(
        file=stream, width=None if stream.isatty() else _PIPE_WIDTH, markup=False, highlight=False, emoji=False
    )
    for group in ("must", "attest", "advice", "later"):
        members = [finding for finding in findings if group_of(finding, regulation) == group]
        if members:
            console.print(_table(group, members, regulation, call))


def _table(group: str, findings: Sequence[Finding], regulation: Regulation, call: Call) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    title = Text(call.text(f"validate.group.{group}", count=len(findings)), style="bold")
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, expand=False)
    table.add_column(Text(call.text("validate.clause")), no_wrap=True)
    table.add_column(Text(call.text("validate.element")), overflow="fold")
    table.add_column(Text(call.text("validate.text")), overflow="fold")
    for finding in findings:
        # Text, not str: rich would read the brackets of a course's text as markup.
        sentence = Text(printable(regulation.text(finding, call.lang)))
        table.add_row(Text(finding.rule), Text(printable(finding.element)), sentence)
    return table
