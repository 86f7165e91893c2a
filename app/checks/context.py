"""What a rule looks at, and the words in which it answers."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.finding import Measure, Status
from app.model.people import FileRef
from app.model.recording import Recording, RecordingReport, RecordingRole, Stage
from app.model.regulation import Limit, Number, Regulation


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of one element; `app.checks.run` makes a finding of it.

    Attributes:
        message: key of the text among the rule's messages; empty for a pass.
        required: the limit kept or broken, or free words of the contract.
        unit: unit of ``measured`` where ``required`` is no limit, which would say it.
    """

    status: Status
    element: str = ""
    message: str = ""
    measured: Measure = None
    required: Limit | str | None = None
    params: Mapping[str, Measure] = field(default_factory=dict)
    unit: str = ""


def fail(
    message: str, element: str = "", *, measured: Measure = None, required: Limit | str | None = None, **params: Measure
) -> Verdict:
    """The rule does not hold. On a rule that only recommends, `run` turns it into a warning."""
    return Verdict(Status.FAIL, element, message, measured, required, params)


def warn(
    message: str, element: str = "", *, measured: Measure = None, required: Limit | str | None = None, **params: Measure
) -> Verdict:
    """The rule holds, but something wants a look, whatever the rule's severity."""
    return Verdict(Status.WARNING, element, message, measured, required, params)


def not_measured(message: str, element: str = "", *, required: Limit | str | None = None, **params: Measure) -> Verdict:
    """Nobody knows yet: a recording or a file is not there or was not measured. Not a pass."""
    return Verdict(Status.NOT_MEASURED, element, message, None, required, params)


def attest(message: str, element: str = "", **params: Measure) -> Verdict:
    """A person has to say so."""
    return Verdict(Status.ATTEST, element, message, None, None, params)


def passed(element: str = "", *, measured: Measure = None, required: Limit | str | None = None) -> Verdict:
    """The rule holds here; needed only where the measured value is worth showing."""
    return Verdict(Status.PASS, element, "", measured, required)


def not_applicable(element: str = "") -> Verdict:
    """The rule has nothing to say here."""
    return Verdict(Status.NOT_APPLICABLE, element)


@dataclass(frozen=True)
class Context:
    """Everything a rule may look at.

    Attributes:
        reports: recording reports by recording id.
        attachments: facts of attached files by `FileRef.path`.
        today: the day on which the question is asked.
    """

    course: Course
    regulation: Regulation
    reports: Mapping[str, RecordingReport]
    attachments: Mapping[str, AttachmentFacts]
    today: date

    def limit(self, name: str) -> Limit:
        """Return a limit of the regulation file."""
        return self.regulation.limits[name]

    def within(self, name: str, value: Number, message: str, element: str = "", **params: Measure) -> Iterable[Verdict]:
        """Yield a failure where the value breaks the limit, nothing where it keeps it."""
        limit = self.limit(name)
        if not limit.accepts(value):
            yield Verdict(Status.FAIL, element, message, value, limit, params)

    def reached(self, state: str) -> bool:
        """Tell whether the course has reached a workflow state; a state that is none counts as the first."""
        return state_order(self.course.state) >= state_order(state)

    def expected(self, rule_id: str) -> bool:
        """Tell whether what a rule asks for ought to be there by now (decision 1).

        What is due by the submission always is; a later duty from the state before its own, until then it is coming.
        """
        due = state_order(self.regulation.rule_texts[rule_id].due)
        submission = state_order(self.regulation.settings.submission_state)
        return due <= submission or state_order(self.course.state) >= due - 1

    def missing(self, rule_id: str, element: str = "", message: str = "none") -> Verdict:
        """Return a fault for what is not there: a failure once it is expected, until then nothing applies."""
        return fail(message, element) if self.expected(rule_id) else not_applicable()

    def attested(self, rule_id: str, element: str = "") -> bool | None:
        """Return the latest word of a person on a rule and element, None where nobody has spoken."""
        return self._attestations.get((rule_id, element))

    def ask(self, rule_id: str, element: str = "", **params: Measure) -> Iterable[Verdict]:
        """Yield what a person's word makes of it: nothing on yes, message ``denied`` on no, ``attest`` on silence."""
        word = self.attested(rule_id, element)
        if word is None:
            yield attest("attest", element, **params)
        elif not word:
            yield Verdict(Status.FAIL, element, "denied", params=params)

    def ask_once_recorded(self, rule_id: str) -> Iterable[Verdict]:
        """Ask a person about the video lectures; nothing applies while there is none."""
        return self.ask(rule_id) if self.recordings(RecordingRole.LECTURE) else (not_applicable(),)

    def file_facts(self, file: FileRef | None) -> AttachmentFacts | None:
        """Return the facts of an attached file, None where none is attached or it was not looked at."""
        return None if file is None else self.attachments.get(file.path)

    def recordings(
        self, role: RecordingRole, *, lesson_id: str | None = None, stage: Stage = Stage.UPLOAD
    ) -> tuple[tuple[Recording, RecordingReport | None], ...]:
        """Return the recordings of a role and stage (of one lesson where given) with their reports."""
        return tuple(
            (recording, self.reports.get(recording.id))
            for recording in self.course.recordings
            if recording.role is role
            and recording.stage is stage
            and (lesson_id is None or recording.lesson_id == lesson_id)
        )

    @cached_property
    def _attestations(self) -> dict[tuple[str, str], bool]:
        return {(a.rule_id, a.element): a.value for a in self.course.attestations}


def state_order(state: str) -> int:
    """Return the place of a workflow state: ``S11a`` … ``S11c`` share one; 0 for what is no state."""
    number = re.fullmatch(r"S([0-9]{2})[abc]?", state)
    return int(number[1]) if number else 0


Check = Callable[[Context], Iterable[Verdict]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule: the clause's id and the function that judges."""

    id: str
    check: Check


def rule(rule_id: str) -> Callable[[Check], Rule]:
    """Make a rule of a function; its docstring is the rule's page in `docs/rules.md`."""

    def make(check: Check) -> Rule:
        return Rule(rule_id, check)

    return make
