"""Structures to begin a fresh course with: modules, lessons, blocks, places for outcomes, tasks, planned minutes."""

from dataclasses import dataclass

from app.checks.section_8 import week_readings
from app.model.base import new_id
from app.model.course import Course
from app.model.regulation import Regulation
from app.model.structure import (
    Block,
    BlockKind,
    Effort,
    ForumTopic,
    Lesson,
    Module,
    Outcome,
    OutcomeScope,
    Video,
)
from app.model.tasks import Placement, Task, TaskKind, TaskRole

MODULES_WEIGHT_PCT = 60
"""Share of the final grade that a template gives to the modules' final controls; the course's has the rest (DR7)."""
EFFORT_SHARES = {"reading_min": 40, "tasks_min": 30, "forum_min": 10, "assessment_min": 20}
"""How a template divides the minutes beside the lessons, in percent; a proposal that the author changes (DR6)."""
ROUND_MIN = 5


@dataclass(frozen=True, slots=True)
class Template:
    """So many modules with so many lessons each."""

    modules: int
    lessons: int


TEMPLATES = (Template(4, 3), Template(5, 3), Template(6, 2))
"""The table of form 02 shows 5 modules of 3 lessons; the others are the shortest and the longest course (8.1, 8.3b)."""


def from_template(course: Course, template: Template, regulation: Regulation) -> Course:
    """Give a course without modules the structure of a template; nothing that it has is touched.

    Raises:
        ValueError: the course has modules already.
    """
    if course.modules:
        raise ValueError("the course has a structure already")
    per_module = int(regulation.limits["module_outcomes"].min or 0)
    modules: list[Module] = []
    outcomes: list[Outcome] = []
    tasks: list[Task] = []
    for _ in range(template.modules):
        module_id = new_id("m")
        own = tuple(Outcome(id=new_id("o"), scope=OutcomeScope.MODULE, module_id=module_id) for _ in range(per_module))
        lessons = tuple(
            _lesson(tuple(o.id for o in own[number :: template.lessons]), template, regulation)
            for number in range(template.lessons)
        )
        outcomes += own
        modules.append(
            Module(
                id=module_id,
                lessons=lessons,
                effort=_effort(template, regulation),
                forum=(ForumTopic(id=new_id("f")),),
            )
        )
        tasks += [_check_task(lesson) for lesson in lessons]
        tasks += _module_tasks(module_id, own, MODULES_WEIGHT_PCT / template.modules)
    final = Task(
        id=new_id("t"),
        role=TaskRole.SUMMATIVE,
        placement=Placement.COURSE_END,
        kind=TaskKind.TEST,
        weight_pct=100 - MODULES_WEIGHT_PCT,
    )
    return course.model_copy(
        update={
            "modules": tuple(modules),
            "outcomes": (*course.outcomes, *outcomes),
            "tasks": (*course.tasks, *tasks, *(() if _has_final(course) else (final,))),
        }
    )


def standard_blocks() -> tuple[Block, ...]:
    """Return the three blocks of a lesson in the order that 8.7b offers."""
    return tuple(Block(id=new_id("b"), kind=kind) for kind in BlockKind)


def fresh_lesson(regulation: Regulation) -> Lesson:
    """Return a new lesson with its length and its three blocks (8.5a, 8.7b)."""
    return Lesson(id=new_id("l"), planned_min=int(regulation.limits["lesson_min"].min or 0), blocks=standard_blocks())


def _has_final(course: Course) -> bool:
    return any(task.placement is Placement.COURSE_END for task in course.tasks)


def _lesson(outcome_ids: tuple[str, ...], template: Template, regulation: Regulation) -> Lesson:
    limits = regulation.limits
    most_min = min((limits["week_video_min"].max or 0) / template.lessons, limits["lesson_video_advice_min"].max or 0)
    planned_min = max(most_min, limits["lecture_video_min"].min or 0)
    return fresh_lesson(regulation).model_copy(
        update={"outcome_ids": outcome_ids, "video": Video(planned_min=float(planned_min))}
    )


def _effort(template: Template, regulation: Regulation) -> Effort:
    """Return minutes beside the lessons that bring the week to the middle of what both readings of 8.3a allow."""
    readings = week_readings(regulation)
    low, high = max(r.min or 0 for r in readings), min(r.max or 0 for r in readings)
    lessons_min = template.lessons * (regulation.limits["lesson_min"].min or 0)
    beside_min = max((low + high) / 2 - lessons_min, 0)
    return Effort(
        **{name: round(beside_min * share / 100 / ROUND_MIN) * ROUND_MIN for name, share in EFFORT_SHARES.items()}
    )


def _check_task(lesson: Lesson) -> Task:
    return Task(id=new_id("t"), target_id=lesson.id, outcome_ids=lesson.outcome_ids)


def _module_tasks(module_id: str, outcomes: tuple[Outcome, ...], weight_pct: float) -> list[Task]:
    ids = tuple(outcome.id for outcome in outcomes)
    practical = Task(
        id=new_id("t"),
        placement=Placement.MODULE_END,
        target_id=module_id,
        kind=TaskKind.PRACTICAL,
        outcome_ids=ids,
    )
    final = Task(
        id=new_id("t"),
        role=TaskRole.SUMMATIVE,
        placement=Placement.MODULE_END,
        target_id=module_id,
        outcome_ids=ids,
        weight_pct=weight_pct,
    )
    return [practical, final]
