"""Running the rules and what follows from their findings."""

from collections.abc import Iterable, Mapping
from datetime import date

from app.checks.context import Context, state_order
from app.checks.findings import findings_of
from app.checks.registry import all_rules
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.finding import Finding, Severity, Status
from app.model.recording import RecordingReport
from app.model.regulation import Regulation

_BLOCKING = frozenset({Status.FAIL, Status.NOT_MEASURED, Status.ATTEST})


def run(
    course: Course,
    reports: Mapping[str, RecordingReport],
    attachments: Mapping[str, AttachmentFacts],
    regulation: Regulation,
    today: date,
) -> tuple[Finding, ...]:
    """Judge a course by all rules.

    Args:
        course: the course.
        reports: recording reports by recording id.
        attachments: facts of attached files by `FileRef.path`.
        regulation: the edition whose limits, readings and texts are in force.
        today: the day on which the question is asked.

    Returns:
        At least one finding per rule, in the order of the rules; a rule that found no fault gives one pass.
    """
    context = Context(course, regulation, reports, attachments, today)
    return tuple(
        finding
        for rule in all_rules()
        for finding in findings_of(rule.id, rule.check(context), regulation, course.deviations)
    )


def blocks(finding: Finding, regulation: Regulation) -> bool:
    """Tell whether a finding keeps the course from submission (decisions 1 and 2)."""
    return (
        finding.severity is Severity.MUST
        and finding.status in _BLOCKING
        and state_order(finding.due) <= state_order(regulation.settings.submission_state)
    )


def is_ready(findings: Iterable[Finding], regulation: Regulation) -> bool:
    """Tell whether the course may be submitted."""
    return not any(blocks(finding, regulation) for finding in findings)
