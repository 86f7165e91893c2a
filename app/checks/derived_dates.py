"""Derived rules on dates and bands: DR11 and DR15."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from app.checks.context import Context, Verdict, fail, not_applicable, rule
from app.checks.deadlines import day_text
from app.model.course import Course
from app.model.papers import MinutesBody
from app.model.recording import RecordingRole

PCT_DIGITS = 9
"""Percentages are compared after rounding to this many digits."""


class _Step(NamedTuple):
    """Two dates of the workflow.

    Attributes:
        message: key of the text, which names both.
        element: the one that is shown, and its date as the measured one: of the later step, unless ``mend_earlier``.
        strict: the later one must lie after the earlier one, not on the same day.
    """

    message: str
    earlier: date | None
    later: date | None
    element: str
    strict: bool = False
    mend_earlier: bool = False


@rule("DR11")
def order_of_dates(context: Context) -> Iterable[Verdict]:
    """Dates follow the order of the workflow.

    What: approval, check of the first recording, examinations, submission, placement, certificate of placement; trial
        and pre-launch check against the first day. That recording follows the approval is F01.20a's, that the first
        recording is sent before the others F01.20g's.
    Why: a date out of order is a typing error, or a step was left out.
    Passes: each pair is in order, the same day included; trial and pre-launch check lie before the first day. A date
        that is missing is not judged.
    Fails: a later step has an earlier date. Of several sendings the last counts against the examination, the first
        against the placement.
    Clause: DR11 (from 10.1, 10.4, 10.5, 10.7, 11.8, 12.3, 12.4, 12.9, F01.20g).
    """
    for step in _steps(context.course):
        if step.earlier is None or step.later is None:
            continue
        if step.later < step.earlier or (step.strict and step.later == step.earlier):
            sign = ("<" if step.mend_earlier else ">") + ("" if step.strict else "=")
            measured, bound = (step.earlier, step.later) if step.mend_earlier else (step.later, step.earlier)
            yield fail(step.message, step.element, measured=day_text(measured), required=f"{sign} {day_text(bound)}")


def _steps(course: Course) -> Iterator[_Step]:
    first, start, placed = course.first_recording, course.schedule.start, course.platform.placed_on
    department, department_element = _newest(course, MinutesBody.DEPARTMENT)
    faculty, faculty_element = _newest(course, MinutesBody.FACULTY)
    sent = [(each.sent_on, each.id) for each in course.submissions if each.sent_on is not None]
    # Documents that came back are sent again after another examination; the course is placed after some sending.
    (submitted, submission_id), (first_sent, _) = max(sent, default=(None, "")), min(sent, default=(None, ""))
    examined = max(filter(None, (department, faculty, course.protocol.dated_on)), default=None)
    yield _Step("approval", course.approval.approved_on, department, department_element)
    yield _Step("checked", first.sent_on, first.checked_on, "first_recording/checked_on")
    following = _next_recording(course)
    yield _Step("recorded", first.checked_on, following, "first_recording/checked_on", mend_earlier=True)
    yield _Step("faculty", department, faculty, faculty_element)
    yield _Step("submitted", examined, submitted, f"submissions/{submission_id}/sent_on")
    yield _Step("placed", first_sent, placed, "platform/placed_on")
    certificate = course.placement_certificate.dated_on
    yield _Step("certificate", placed, certificate, "placement_certificate/dated_on")
    yield _Step("prelaunch", placed, course.prelaunch_check.checked_on, "prelaunch_check/checked_on")
    tried, launched = course.pilot.to_on, course.prelaunch_check.checked_on
    yield _Step("pilot_start", tried, start, "pilot/to_on", strict=True, mend_earlier=True)
    yield _Step("prelaunch_start", launched, start, "prelaunch_check/checked_on", strict=True, mend_earlier=True)


def _newest(course: Course, body: MinutesBody) -> tuple[date | None, str]:
    """Return day and element of the newest extract from the minutes of a body."""
    found = [(extract.dated_on, f"minutes/{extract.id}/dated_on") for extract in course.minutes if extract.body is body]
    return found[-1] if found else (None, "minutes")


def _next_recording(course: Course) -> date | None:
    """Return the first day on which another lecture was recorded than the one sent for checking.

    None where that day lies before the sending or on its day: then the first recording was sent too late (F01.20g).
    """
    first = course.first_recording
    lesson_ids = [recording.lesson_id for recording in course.recordings if recording.id == first.recording_id]
    days = [
        recording.recorded_at.date()
        for recording in course.recordings
        if recording.role is RecordingRole.LECTURE and recording.recorded_at and recording.lesson_id not in lesson_ids
    ]
    if not lesson_ids or not days or (first.sent_on is not None and min(days) <= first.sent_on):
        return None
    return min(days)


@rule("DR15")
def threshold_is_the_top_band(context: Context) -> Iterable[Verdict]:
    """The threshold of the certificate is where the top band of the progress table begins.

    What: the threshold (pct) and the bands that give a certificate.
    Why: two numbers for one right are a quarrel in waiting.
    Passes: the top band alone gives a certificate, and the threshold is its lower bound. A missing table is F08.8's.
    Fails: no threshold, no band with a certificate, a lower band with one, another number.
    Clause: DR15 (from F01.15a, F08.8).
    """
    bands = sorted(context.course.assessment.progress_scale, key=lambda band: band.from_pct)
    threshold, element = context.course.assessment.certificate_from_pct, "assessment/certificate_from_pct"
    if not bands:
        yield not_applicable()
        return
    top, giving = bands[-1], [band for band in bands if band.certificate]
    if giving != [top]:
        message = "lower_band" if top.certificate else "no_band"
        yield fail(message, f"assessment/progress_scale/{(giving[0] if top.certificate else top).id}/certificate")
    elif threshold is None:
        yield fail("no_threshold", element, required=f"{top.from_pct:g}")
    elif round(threshold, PCT_DIGITS) != round(top.from_pct, PCT_DIGITS):
        yield fail("other", element, measured=threshold, required=f"{top.from_pct:g}")


RULES = (order_of_dates, threshold_is_the_top_band)
