"""From verdicts to findings: one place for the course and for the single recording (principle 5)."""

from collections.abc import Iterable, Iterator

from app.checks.context import Verdict, passed
from app.model.finding import Finding, Severity, Status
from app.model.papers import Deviation
from app.model.regulation import Limit, Regulation, RuleTexts


def findings_of(
    rule_id: str, verdicts: Iterable[Verdict], regulation: Regulation, deviations: Iterable[Deviation] = ()
) -> Iterator[Finding]:
    """Yield a finding for each verdict of a rule, one pass where it gave none.

    Args:
        rule_id: the rule's id; severity, state, other clauses come from its texts.
        verdicts: what the rule said.
        regulation: the edition in force.
        deviations: the authors' justified deviations (8.7a, decision 2).
    """
    texts = regulation.rule_texts[rule_id]
    for verdict in tuple(verdicts) or (passed(),):
        yield _finding(rule_id, texts, verdict, deviations)


def _finding(rule_id: str, texts: RuleTexts, verdict: Verdict, deviations: Iterable[Deviation]) -> Finding:
    status, reason = verdict.status, ""
    if status is Status.FAIL and texts.deviation:
        reason = _deviation_reason(deviations, rule_id, verdict.element)
    if status is Status.FAIL and (reason or texts.severity is not Severity.MUST):
        status = Status.WARNING
    required = verdict.required
    return Finding(
        rule=rule_id,
        also=texts.also,
        severity=texts.severity,
        due=texts.due,
        status=status,
        element=verdict.element,
        measured=verdict.measured,
        required=str(required) if required is not None else None,
        unit=required.unit if isinstance(required, Limit) else verdict.unit,
        message=verdict.message,
        params=verdict.params,
        reason=reason,
    )


def _deviation_reason(deviations: Iterable[Deviation], rule_id: str, element: str) -> str:
    """Return the author's reason for a deviation on this element or on the whole course (8.7a, decision 2)."""
    for deviation in deviations:
        reason = deviation.reason.strip()
        if reason and deviation.rule_id == rule_id and deviation.element in ("", element):
            return reason
    return ""
