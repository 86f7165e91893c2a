"""The wizard's flow without any widget: its steps, which step an element and a rule belong to, how far each is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.checks import blocks
from app.model.finding import Finding, Status
from app.model.regulation import Regulation


class Step(StrEnum):
    """The steps in the order of the wizard."""

    DESCRIPTION = "description"
    PROGRAMME = "programme"
    TEST_BANK = "test_bank"
    MATERIALS = "materials"
    RECORDINGS = "recordings"
    ASSESSMENT = "assessment"
    SCHEDULE = "schedule"
    REVIEW = "review"
    SUBMISSION = "submission"


STEPS = tuple(Step)

_STEP_OF_FIELD = {
    "modules": Step.PROGRAMME,
    "tasks": Step.PROGRAMME,
    "outcomes": Step.PROGRAMME,
    "approval": Step.PROGRAMME,
    "deviations": Step.PROGRAMME,
    "test_bank": Step.TEST_BANK,
    "materials": Step.MATERIALS,
    "materials_folder_url": Step.MATERIALS,
    "glossary": Step.MATERIALS,
    "references": Step.MATERIALS,
    "reference_materials": Step.MATERIALS,
    "ai_use": Step.MATERIALS,
    "recordings": Step.RECORDINGS,
    "pilot": Step.ASSESSMENT,
    "surveys": Step.ASSESSMENT,
    "schedule": Step.SCHEDULE,
    "announcements": Step.SCHEDULE,
    "deadlines": Step.SCHEDULE,
    "sessions": Step.SCHEDULE,
    "platform": Step.SCHEDULE,
    "support": Step.SCHEDULE,
    "analysis_report": Step.SCHEDULE,
    "general_recommendations": Step.SCHEDULE,
    "experts": Step.REVIEW,
    "reviews": Step.REVIEW,
    "remarks": Step.REVIEW,
    "minutes": Step.REVIEW,
    "protocol": Step.REVIEW,
    "documents": Step.SUBMISSION,
    "attestations": Step.SUBMISSION,
    "submissions": Step.SUBMISSION,
    "intake_check": Step.SUBMISSION,
    "placement_certificate": Step.SUBMISSION,
    "prelaunch_check": Step.SUBMISSION,
    "learner_certificates": Step.SUBMISSION,
}
_STEP_OF_PATH = (
    (re.compile(r"authors/[^/]+/contract"), Step.SUBMISSION),
    (re.compile(r"modules/[^/]+/lessons/[^/]+/(presentation|self_study|questions|script)"), Step.MATERIALS),
    (re.compile(r"modules/[^/]+/lessons/[^/]+/video/(format|camera_count|elements)"), Step.MATERIALS),
    (re.compile(r"assessment/(progress_scale|drop_lowest|rubric)"), Step.ASSESSMENT),
    (re.compile(r"tasks/[^/]+/(?!title|kind|role|type|count|weight_pct|outcome_ids)"), Step.ASSESSMENT),
    (re.compile(r"modules/[^/]+/(opens_on|closes_on|weekly_message/send_on)"), Step.SCHEDULE),
)
"""Parts of an element that another page edits than the element itself."""

_STEP_OF_RULE = (
    (("10.5", "10.6", "10.7", "13.AU.5", "13.HD", "13.DN.4", "F10.", "F11.", "DR12", "DR13", "DR14"), Step.REVIEW),
    (("F05.", "F01.22", "DR10", "DR5", "8.3d"), Step.TEST_BANK),
    (
        (
            "7.1b",
            "7.1c",
            "8.4d",
            "8.5c",
            "9.3",
            "9.4",
            "9.5.1",
            "10.4b",
            "11.1",
            "11.9",
            "F01.17",
            "F01.18",
            "F01.19",
            "F08.1",
            "F08.3",
            "F03.",
            "F04.",
            "DR16",
            "Q.slide",
        ),
        Step.MATERIALS,
    ),
    (("9.", "8.4b", "8.4c", "8.5b", "F01.14", "F01.20", "DR2", "Q."), Step.RECORDINGS),
    (("DR7", "DR8", "DR15", "7.6", "11.5", "11.6", "11.7", "11.8", "12.10", "F06", "F08."), Step.ASSESSMENT),
    (("11.2", "12.", "14.", "F07", "DR11", "10.2"), Step.SCHEDULE),
    (("F01.16", "F01.21", "F02.23", "F02.24", "F02.25", "7.9", "7.10", "10.", "DR17", "FM."), Step.SUBMISSION),
    (("8.", "F02.", "DR", "7.1", "7.5", "F01.13"), Step.PROGRAMME),
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step is.

    Attributes:
        done: rules of the step that keep nothing back.
        total: rules of the step that concern the course as it is now.
        worst: the mark: ``fail``, ``attest`` (somebody or something has still to speak), ``warning`` or ``pass``.
    """

    done: int
    total: int
    worst: Status


def step_of_element(element: str) -> Step:
    """Return the step on whose page an element path is edited; what no page owns belongs to the description."""
    for pattern, step in _STEP_OF_PATH:
        if pattern.match(element):
            return step
    return _STEP_OF_FIELD.get(element.partition("/")[0], Step.DESCRIPTION)


def step_of_rule(rule_id: str) -> Step:
    """Return the step that a rule counts for."""
    for prefixes, step in _STEP_OF_RULE:
        if rule_id.startswith(prefixes):
            return step
    return Step.DESCRIPTION


def step_of(finding: Finding) -> Step:
    """Return the step where a finding is mended.

    What is said of modules or lessons as a whole may concern their materials or recordings: there the rule decides.
    """
    if not finding.element:
        return step_of_rule(finding.rule)
    step = step_of_rule(finding.rule)
    if finding.element.endswith(("modules", "/lessons")) and step in (Step.MATERIALS, Step.RECORDINGS):
        return step
    return step_of_element(finding.element)


def progress(findings: Iterable[Finding], regulation: Regulation) -> dict[Step, Progress]:
    """Return how far each step is."""
    rules: dict[Step, dict[str, Status]] = {step: {} for step in STEPS}
    for finding in findings:
        if finding.status is Status.NOT_APPLICABLE:
            continue  # sixty rules on recordings are not kept by a course that has none
        marks = rules[step_of_rule(finding.rule)]
        marks[finding.rule] = max(marks.get(finding.rule, Status.PASS), _mark(finding, regulation), key=_ORDER.index)
    return {step: _progress_of(tuple(marks.values())) for step, marks in rules.items()}


_ORDER = (Status.PASS, Status.WARNING, Status.ATTEST, Status.FAIL)


def _mark(finding: Finding, regulation: Regulation) -> Status:
    if blocks(finding, regulation):
        return Status.FAIL if finding.status is Status.FAIL else Status.ATTEST
    return Status.PASS if finding.status is Status.PASS else Status.WARNING


def _progress_of(marks: tuple[Status, ...]) -> Progress:
    done = sum(mark in (Status.PASS, Status.WARNING) for mark in marks)
    return Progress(done, len(marks), max(marks, key=_ORDER.index, default=Status.PASS))
