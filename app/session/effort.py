"""The effort planner: minutes of each week and of the course against what the regulation allows (8.3a, 8.6a, DR3–DR6).

The verdicts themselves are the rules'; this shows the numbers behind them while one plans.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.checks.section_8 import week_readings
from app.model.course import Course
from app.model.finding import Status
from app.model.regulation import Regulation
from app.model.structure import Module
from app.model.views import (
    course_effort_min,
    form_05_questions,
    module_outcomes,
    module_questions,
    week_effort_min,
)


class Part(StrEnum):
    """What a week's minutes are spent on; ``lesson`` is what the lessons last beside their videos."""

    VIDEO = "video"
    LESSON = "lesson"
    READING = "reading"
    TASKS = "tasks"
    FORUM = "forum"
    ASSESSMENT = "assessment"


@dataclass(frozen=True, slots=True)
class Span:
    """Least and most of something, both inclusive."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Tell whether a value lies within."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """One week.

    Attributes:
        minutes: planned minutes by part.
        good_min: minutes that both readings of «сағат» allow; ``allowed_min`` those that one of them does.
        status: pass, warning (one reading only) or fail, as 8.3a judges (decision 8).
        video_each_min: minutes of video that each lesson may have on average (DR3); None without lessons.
        outcomes: number of outcomes, and how many the lessons can teach (DR4).
        questions: form-05 questions about the week, and the week's share of what the course needs (DR5).
        beside_min: minutes to plan beside the lessons (DR6).
    """

    module_id: str
    number: int
    minutes: Mapping[Part, float]
    total_min: int
    good_min: Span
    allowed_min: Span
    status: Status
    video_min: float
    video_week_min: Span
    video_each_min: Span | None
    outcome_count: int
    outcomes: Span
    question_count: int
    question_share: int
    beside_min: Span


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """The whole course in academic hours (8.6a)."""

    weeks: tuple[WeekPlan, ...]
    total_min: int
    hours: float
    most_hours: float
    status: Status


def course_plan(course: Course, regulation: Regulation) -> CoursePlan:
    """Return the plan of every week and of the course."""
    weeks = tuple(_week(course, regulation, number, module) for number, module in enumerate(course.modules, start=1))
    total_min = course_effort_min(course)
    hours = total_min / regulation.settings.academic_hour_min
    limit = regulation.limits["course_academic_hours"]
    status = Status.PASS if limit.accepts(hours) else Status.FAIL
    return CoursePlan(weeks, total_min, hours, float(limit.max or 0), status)


def _week(course: Course, regulation: Regulation, number: int, module: Module) -> WeekPlan:
    limits = regulation.limits
    lessons_min = sum(lesson.planned_min for lesson in module.lessons)
    video_min = sum(lesson.video.planned_min or 0 for lesson in module.lessons)
    effort = module.effort
    minutes = {
        Part.VIDEO: video_min,
        Part.LESSON: max(lessons_min - video_min, 0),
        Part.READING: effort.reading_min,
        Part.TASKS: effort.tasks_min,
        Part.FORUM: effort.forum_min,
        Part.ASSESSMENT: effort.assessment_min,
    }
    readings = week_readings(regulation)
    lows, highs = [r.min or 0 for r in readings], [r.max or math.inf for r in readings]
    good, allowed = Span(max(lows), min(highs)), Span(min(lows), max(highs))
    total_min = week_effort_min(module)
    kept = sum(reading.accepts(total_min) for reading in readings)
    count = len(module.lessons)
    per_lesson = limits["lesson_outcomes"].max or 0
    needed = limits["test_bank_questions"].min or 0
    week_video = Span(limits["week_video_min"].min or 0, limits["week_video_min"].max or math.inf)
    return WeekPlan(
        module_id=module.id,
        number=number,
        minutes=minutes,
        total_min=total_min,
        good_min=good,
        allowed_min=allowed,
        status=(Status.FAIL, Status.WARNING, Status.PASS)[kept],
        video_min=video_min,
        video_week_min=week_video,
        video_each_min=_video_each(regulation, week_video, count) if count else None,
        outcome_count=len(module_outcomes(course, module)),
        outcomes=Span(limits["module_outcomes"].min or 0, count * per_lesson),
        question_count=len(form_05_questions(_only(course, module))),
        question_share=math.ceil(needed / len(course.modules)),
        beside_min=Span(max(good.low - lessons_min, 0), max(good.high - lessons_min, 0)),
    )


def _video_each(regulation: Regulation, week: Span, lessons: int) -> Span:
    limits = regulation.limits
    shortest, longest = limits["lecture_video_min"].min or 0, limits["lesson_video_max_min"].max or math.inf
    return Span(max(shortest, week.low / lessons), min(longest, week.high / lessons))


def _only(course: Course, module: Module) -> Course:
    return course.model_copy(update={"test_bank": module_questions(course, module)})
