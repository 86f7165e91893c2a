"""Findings: what a rule says of one element. Severity and status are two things and never one word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Measure = int | float | str | bool | None


class Severity(StrEnum):
    """How strongly the regulation asks."""

    MUST = "must"
    REC = "rec"
    HINT = "hint"


class Status(StrEnum):
    """What is known; not measured is not passed."""

    PASS = "pass"  # noqa: S105 - a status, no password
    FAIL = "fail"
    WARNING = "warning"
    NOT_MEASURED = "not_measured"
    NOT_APPLICABLE = "not_applicable"
    ATTEST = "attest"


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict of one rule on one element.

    No model: each run of the rules makes hundreds, none is ever read from a file, and types are checked as the program
    is built.

    Attributes:
        rule: primary clause, the rule's id.
        also: other clauses that the same fault touches (decision 3).
        severity: how strongly the regulation asks.
        due: workflow state by which the rule must hold, e.g. ``S13`` (decision 1).
        status: what is known.
        element: path of ids and field names from the course, e.g. ``modules/m3/lessons/l7/title``; empty = the course.
        measured: the figure or text found, None where there is none.
        required: the limit in words of the contract, e.g. ``4..6``; None where there is no limit.
        unit: unit of both, ``""`` where they have none.
        message: which of the rule's texts applies, e.g. ``too_long``.
        params: values for that text's placeholders.
        reason: the author's reason, where a justified deviation turned a failure into a warning.
    """

    rule: str
    severity: Severity
    due: str
    status: Status
    also: tuple[str, ...] = ()
    element: str = ""
    measured: Measure = None
    required: str | None = None
    unit: str = ""
    message: str = ""
    params: Mapping[str, Measure] = field(default_factory=dict)
    reason: str = ""
