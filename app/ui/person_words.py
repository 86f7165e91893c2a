"""What a person says of a finding: a word of their own in the place of a measure, or why the course differs."""

from datetime import date

from app.model.base import new_id
from app.model.finding import Finding
from app.model.papers import Attestation, Deviation
from app.session.edit import insert
from app.ui.context import UiContext
from app.ui.open_course import OpenCourse, holder_name


def attest(opened: OpenCourse, ui: UiContext, finding: Finding, value: bool, note: str) -> None:
    """Keep the answer of the user to what only a person can tell, with name and day."""
    word = Attestation(
        id=new_id("at"),
        rule_id=finding.rule,
        element=finding.element,
        value=value,
        person=holder_name(),
        made_on=date.today(),  # noqa: DTZ011 - the user's own calendar day
        note=note,
    )
    opened.apply(
        ui.t("undo.attest", rule=finding.rule),
        lambda course: insert(course, "attestations", word, len(course.attestations)),
    )


def deviate(opened: OpenCourse, ui: UiContext, finding: Finding, reason: str) -> None:
    """Keep the reason for which the course does otherwise than a clause recommends."""
    deviation = Deviation(id=new_id("dv"), rule_id=finding.rule, element=finding.element, reason=reason)
    opened.apply(
        ui.t("undo.deviation", rule=finding.rule),
        lambda course: insert(course, "deviations", deviation, len(course.deviations)),
    )
