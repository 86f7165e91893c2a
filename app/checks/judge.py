"""Judging one recording: the same call for the command `check` and the window (principle 5)."""

from collections.abc import Iterable
from typing import Literal

from app.checks import (
    indicators,
    indicators_content,
    indicators_picture,
    indicators_sound,
    recording_durations,
    section_9,
)
from app.checks.findings import findings_of
from app.checks.recording import Attested, RecordingContext, RecordingRule, nobody_attested
from app.model.finding import Finding, Severity, Status
from app.model.recording import RecordingReport, RecordingRole, Stage
from app.model.regulation import Regulation

RECORDING_RULES: tuple[RecordingRule, ...] = (
    *recording_durations.RULES,
    *section_9.RULES,
    *indicators.RULES,
    *indicators_picture.RULES,
    *indicators_content.RULES,
    *indicators_sound.RULES,
)
"""Every rule that a single recording answers for itself, listed by hand."""


def judge_recording(
    report: RecordingReport,
    stage: Stage,
    role: RecordingRole,
    regulation: Regulation,
    *,
    element: str = "",
    attested: Attested = nobody_attested,
) -> tuple[Finding, ...]:
    """Judge one recording by all rules on recordings.

    Args:
        report: what was measured; one with an ``error`` is judged by no rule and is not measured (9.3.1).
        stage: source or upload.
        role: what it is for.
        regulation: the edition whose limits, readings and texts are in force.
        element: path of the recording in its course, e.g. ``recordings/r1``; stands in each finding.
        attested: words of people, e.g. `Context.attested`.

    Returns:
        At least one finding per rule, in the order of the rules, passes and what does not apply included.
    """
    context = RecordingContext(stage, role, report, regulation, element, attested)
    return tuple(
        finding for rule in RECORDING_RULES for finding in findings_of(rule.id, rule.judge(context), regulation)
    )


def verdict(findings: Iterable[Finding]) -> Literal["pass", "fail"]:
    """Return what the findings make of a file: it fails where a must-rule fails.

    Warnings, what waits for a person and what was not measured do not fail a file; in a course they may block it.
    """
    failed = any(finding.status is Status.FAIL and finding.severity is Severity.MUST for finding in findings)
    return "fail" if failed else "pass"
