"""What a rule on a single recording looks at, and how such rules join the run over a course.

A recording is judged by the same functions in the command `check`, in the window and in the course (principle 5).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import update_wrapper

from app.checks.context import Context, Rule, Verdict, attest, fail, not_applicable, not_measured
from app.model.finding import Measure, Status
from app.model.recording import AudioFacts, Recording, RecordingReport, RecordingRole, Stage
from app.model.regulation import Limit, Number, Regulation

PRESENCE_RULE_ID = "9.3.1"
"""The one rule that speaks of a recording of which nothing is known (decision 3: one fault, one finding)."""

Attested = Callable[[str, str], bool | None]
"""(rule id, element) -> the latest word of a person, None where nobody has spoken; see `Context.attested`."""


def nobody_attested(rule_id: str, element: str) -> bool | None:
    """Answer for a recording that belongs to no course: nobody has spoken."""
    del rule_id, element
    return None


@dataclass(frozen=True, slots=True)
class RecordingContext:
    """Everything a rule on one recording may look at.

    Attributes:
        stage: source or upload (decision 6).
        role: what the recording is for; it decides which durations apply.
        report: figures of a recording that was read to its end.
        element: path of the recording in its course, empty outside a course.
        attested: words of people.
    """

    stage: Stage
    role: RecordingRole
    report: RecordingReport
    regulation: Regulation
    element: str = ""
    attested: Attested = nobody_attested

    @property
    def sound(self) -> AudioFacts | None:
        """Facts of the paired WAV of the sound recorder, else of the file's own track (decision 6)."""
        return self.report.sound or self.report.audio

    def limit(self, name: str) -> Limit:
        """Return a limit of the regulation file."""
        return self.regulation.limits[name]

    def ask(self, rule_id: str, message: str) -> Verdict:
        """Return what a person's word makes of it; ``message`` is the question while nobody has spoken."""
        word = self.attested(rule_id, self.element)
        if word is None:
            return attest(message)
        return Verdict(Status.PASS) if word else fail("denied")


def against(limit: Limit, value: Number | None, message: str, *, shown: Measure = None, **params: Measure) -> Verdict:
    """Compare a figure with its limit; a pass shows the figure too.

    Args:
        limit: the limit.
        value: the figure in the limit's unit; None or 0 = it could not be measured, message ``unknown``.
        message: the message where the limit is broken.
        shown: the figure as people and scripts shall see it, where rounding is needed.
        **params: values for the message's placeholders.
    """
    if not value:
        return not_measured("unknown", required=limit)
    measured = value if shown is None else shown
    if limit.accepts(value):
        return Verdict(Status.PASS, "", "", measured, limit)
    return Verdict(Status.FAIL, "", message, measured, limit, params)


def clock_text(time_s: float) -> str:
    """Return a place in a recording as a player shows it: ``2:05``, ``1:02:05``."""
    minutes, seconds = divmod(int(time_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


RecordingCheck = Callable[[RecordingContext], Iterable[Verdict]]


@dataclass(frozen=True, slots=True)
class RecordingRule:
    """A rule on a single recording: the clause's id and the function that judges."""

    id: str
    check: RecordingCheck

    def judge(self, context: RecordingContext) -> tuple[Verdict, ...]:
        """Return what the rule says of a recording; of one not read to its end no figure is judged."""
        if not context.report.error:
            return tuple(replace(verdict, element=context.element) for verdict in self.check(context))
        if self.id == PRESENCE_RULE_ID:
            return (not_measured("unreadable", context.element),)
        return (not_applicable(context.element),)


def recording_rule(rule_id: str) -> Callable[[RecordingCheck], RecordingRule]:
    """Make a rule on recordings of a function; its docstring is the rule's page in `docs/rules.md`."""

    def make(check: RecordingCheck) -> RecordingRule:
        return RecordingRule(rule_id, check)

    return make


def over_recordings(rule: RecordingRule) -> Rule:
    """Return the rule of a course that holds when the rule on recordings holds for each of its recordings.

    It names the faults, each with the element ``recordings/<id>``; passes of single recordings are not listed. Where
    it applies to no recording that was measured, it does not apply.
    """

    def check(context: Context) -> Iterable[Verdict]:
        verdicts = [
            verdict for recording in context.course.recordings for verdict in _of_course(rule, recording, context)
        ]
        faults = [verdict for verdict in verdicts if verdict.status not in (Status.PASS, Status.NOT_APPLICABLE)]
        if faults or any(verdict.status is Status.PASS for verdict in verdicts):
            return faults
        return (not_applicable(),)

    update_wrapper(check, rule.check)
    return Rule(rule.id, check)


def _of_course(rule: RecordingRule, recording: Recording, context: Context) -> tuple[Verdict, ...]:
    element = f"recordings/{recording.id}"
    report = context.reports.get(recording.id)
    if report is not None:
        return rule.judge(
            RecordingContext(recording.stage, recording.role, report, context.regulation, element, context.attested)
        )
    return (not_measured("unmeasured", element),) if rule.id == PRESENCE_RULE_ID else ()
