"""Which clauses speak of a field, whether or not anything is wrong with it: the rules are asked about blank courses."""

from collections.abc import Mapping
from datetime import date
from typing import get_args, get_origin

from app.checks import run
from app.model.base import Model, TextItem, new_id
from app.model.course import Course
from app.model.papers import (
    Deviation,
    Expert,
    Material,
    MinutesBody,
    MinutesExtract,
    RecordingSession,
    Review,
    SignedDocument,
)
from app.model.papers import DocumentKind as Kind
from app.model.people import Author
from app.model.regulation import Regulation
from app.model.structure import ForumTopic, Lesson, Module, Outcome, OutcomeScope, SelfStudyItem
from app.model.tasks import Placement, Question, Task, TaskRole
from app.model.teaching import GlossaryEntry, Reference, Survey, SurveyWhen

ANY = "*"
_LONG = "A. b. " * 200
"""Longer than any limit, and several sentences."""


class Clauses:
    """Finds the clauses of a field; the rules are asked once, when the first field is looked up."""

    def __init__(self, regulation: Regulation) -> None:
        self._regulation = regulation
        self._known: Mapping[str, tuple[str, ...]] | None = None

    def of(self, element: str) -> tuple[str, ...]:
        """Return the rules that judge a field, in the order of the regulation; none where no rule looks at it."""
        if self._known is None:
            self._known = rules_by_pattern(self._regulation)
        pattern = pattern_of(element)
        while pattern and pattern not in self._known:
            pattern = pattern.rpartition("/")[0]
            if pattern.endswith(ANY) or "/" not in pattern:
                return ()  # the owner of a field is not the field: what is said of a whole module explains nothing
        return self._known.get(pattern, ())


def pattern_of(element: str) -> str:
    """Return an element path with a star in place of each id or number."""
    value: object = Course
    parts, in_list = [], False
    for part in element.split("/"):
        fields = {} if in_list else getattr(value, "model_fields", {})
        in_list = part in fields and get_origin(fields[part].annotation) in (tuple, dict)
        if part in fields:
            value = _inner(fields[part].annotation)
        parts.append(part if part in fields else ANY)
    return "/".join(parts)


def _inner(annotation: object) -> object:
    """Return the model within an annotation such as ``tuple[Module, ...]`` or ``FileRef | None``, else None."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    for argument in get_args(annotation):
        if isinstance(argument, type) and issubclass(argument, Model):
            return argument
    return None


def rules_by_pattern(regulation: Regulation) -> Mapping[str, tuple[str, ...]]:
    """Return the rules that judge the fields of each pattern, found by asking all rules about blank courses."""
    found: dict[str, dict[str, None]] = {}
    for course in (Course(), blank_course(""), blank_course(_LONG)):
        for finding in run(course, {}, {}, regulation, date(2026, 1, 5)):
            if finding.element:
                found.setdefault(pattern_of(finding.element), {})[finding.rule] = None
    return {pattern: tuple(rules) for pattern, rules in found.items()}


def blank_course(text: str) -> Course:
    """Return a course with one of everything and nothing, or far too much, in it: whatever a rule can say, it says."""
    lesson = Lesson(id="l", title=text, self_study=(SelfStudyItem(id="s"),), questions=(TextItem(id="q"),))
    module = Module(id="m", title=text, lessons=(lesson,), forum=(ForumTopic(id="f", topic=text),))
    message = module.weekly_message.model_copy(update={"text": text})
    module = module.model_copy(update={"weekly_message": message})
    tasks = tuple(
        Task(id=new_id("t"), title=text, role=role, placement=placement, target_id=target, weight_pct=1)
        for role, placement, target in (
            (TaskRole.FORMATIVE, Placement.LESSON, "l"),
            (TaskRole.SUMMATIVE, Placement.MODULE_END, "m"),
            (TaskRole.SUMMATIVE, Placement.COURSE_END, None),
        )
    )
    return Course(
        title=text,
        annotation=text,
        authors=(Author(id="a", email=text.strip()),),
        outcomes=(
            Outcome(id="oc"),
            Outcome(id="o", scope=OutcomeScope.MODULE, module_id="m"),
        ),
        modules=(module,),
        tasks=tasks,
        test_bank=(Question(id="qu", options=("", "")),),
        glossary=(GlossaryEntry(id="g"),),
        references=(Reference(id="r", target_id="nowhere"),),
        materials=(Material(id="mt", third_party=True, url=text.strip()),),
        documents=(SignedDocument(id="d", kind=Kind.FORM_02),),
        minutes=tuple(MinutesExtract(id=body.value, body=body) for body in MinutesBody),
        sessions=(RecordingSession(id="se"),),
        experts=(Expert(id="ex"),),
        reviews=(Review(id="rv", expert_id="ex"),),
        surveys=tuple(Survey(id=when.value, when=when) for when in SurveyWhen),
        deviations=(Deviation(id="dv", rule_id="8.1"),),
        state="S13",
    )
