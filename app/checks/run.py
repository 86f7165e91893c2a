"""Running the rules and what follows from their findings."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from app.checks.context import Context, Rule, Verdict, passed
from app.checks.registry import all_rules
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.finding import Finding, Severity, Status
from app.model.recording import RecordingReport
from app.model.regulation import Limit, Regulation, RuleTexts

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
    return tuple(finding for rule in all_rules() for finding in _judge(rule, context))


def _judge(rule: Rule, context: Context) -> Iterator[Finding]:
    texts = context.regulation.rule_texts[rule.id]
    verdicts = tuple(rule.check(context)) or (passed(),)
    for verdict in verdicts:
        yield _finding(rule.id, texts, verdict, context.course)


def _finding(rule_id: str, texts: RuleTexts, verdict: Verdict, course: Course) -> Finding:
    status, reason = verdict.status, ""
    if status is Status.FAIL and texts.severity is not Severity.MUST:
        status = Status.WARNING
    if status is Status.FAIL and texts.deviation:
        reason = _deviation_reason(course, rule_id, verdict.element)
        status = Status.WARNING if reason else status
    required = verdict.required
    return Finding.model_construct(
        rule=rule_id,
        also=texts.also,
        severity=texts.severity,
        due=texts.due,
        status=status,
        element=verdict.element,
        measured=verdict.measured,
        required=str(required) if required is not None else None,
        unit=required.unit if isinstance(required, Limit) else "",
        message=verdict.message,
        params=dict(verdict.params),
        reason=reason,
    )


def _deviation_reason(course: Course, rule_id: str, element: str) -> str:
    """Return the author's reason for a deviation on this element or on the whole course (8.7a, decision 2)."""
    for deviation in course.deviations:
        if deviation.rule_id == rule_id and deviation.element in ("", element):
            return deviation.reason.strip()
    return ""


def state_order(state: str) -> int:
    """Return the place of a workflow state: ``S11a`` … ``S11c`` share one."""
    return int("".join(letter for letter in state if letter.isdigit()))


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
