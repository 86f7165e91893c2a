"""The planner's numbers agree with plain arithmetic and with what the rules say."""

from datetime import date

import pytest

from app.checks import run
from app.model.course import Course
from app.model.finding import Status
from app.model.structure import Effort, Lesson, Module, Video
from app.sample import sample_course
from app.session.edit import set_value
from app.session.effort import Part, Span, course_plan
from app.storage.regulation_file import load_regulation

REGULATION = load_regulation()


def course_of(lessons: int, reading_min: int) -> Course:
    made = tuple(Lesson(id=f"l{n}", video=Video(planned_min=18)) for n in range(lessons))
    return Course(modules=(Module(id="m1", lessons=made, effort=Effort(reading_min=reading_min)),))


@pytest.mark.parametrize(
    ("total_min", "status"),
    [
        (149, Status.FAIL),
        (150, Status.WARNING),
        (179, Status.WARNING),
        (180, Status.PASS),
        (250, Status.PASS),
        (251, Status.WARNING),
        (300, Status.WARNING),
        (301, Status.FAIL),
    ],
)
def test_a_week_is_judged_as_decision_8_says(total_min: int, status: Status) -> None:
    course = course_of(3, total_min - 90)
    (week,) = course_plan(course, REGULATION).weeks
    assert (week.total_min, week.status) == (total_min, status)
    findings = run(course, {}, {}, REGULATION, date(2026, 11, 23))
    assert [f.status for f in findings if f.rule == "8.3a"] == [status]


def test_the_parts_of_a_week_add_up() -> None:
    plan = course_plan(sample_course(), REGULATION)
    for week in plan.weeks:
        assert sum(week.minutes.values()) == week.total_min
        # The sample's lessons have 18 minutes of video each (three of 30 minutes a week).
        assert (week.minutes[Part.VIDEO], week.minutes[Part.LESSON]) == (54, 36)
    assert plan.total_min == sum(week.total_min for week in plan.weeks)


def test_the_course_is_counted_in_academic_hours_of_fifty_minutes() -> None:
    plan = course_plan(course_of(3, 1410), REGULATION)
    assert (plan.total_min, plan.hours, plan.most_hours, plan.status) == (1500, 30, 30, Status.PASS)
    assert course_plan(course_of(3, 1411), REGULATION).status is Status.FAIL


@pytest.mark.parametrize(
    ("lessons", "each", "outcomes", "beside"),
    [
        # DR3: 2 lessons 15-30 each, 3 lessons mean <= 20, 4 lessons exactly 15; DR4: two outcomes each; DR6: what
        # is left of 180..250 minutes beside lessons of 30.
        (2, Span(15, 30), Span(4, 4), Span(120, 190)),
        (3, Span(15, 20), Span(4, 6), Span(90, 160)),
        (4, Span(15, 15), Span(4, 8), Span(60, 130)),
    ],
)
def test_advice_while_planning(lessons: int, each: Span, outcomes: Span, beside: Span) -> None:
    (week,) = course_plan(course_of(lessons, 0), REGULATION).weeks
    assert (week.video_each_min, week.outcomes, week.beside_min) == (each, outcomes, beside)


@pytest.mark.parametrize(("modules", "share"), [(4, 25), (5, 20), (6, 17)])
def test_each_week_has_its_share_of_a_hundred_questions(modules: int, share: int) -> None:
    course = Course(modules=tuple(Module(id=f"m{n}") for n in range(modules)))
    assert {week.question_share for week in course_plan(course, REGULATION).weeks} == {share}


def test_questions_are_counted_where_they_ask() -> None:
    course = sample_course()
    plan = course_plan(course, REGULATION)
    assert sum(week.question_count for week in plan.weeks) == len(course.test_bank)
    moved = set_value(course, f"test_bank/{course.test_bank[0].id}/lesson_id", None)
    assert sum(week.question_count for week in course_plan(moved, REGULATION).weeks) == len(course.test_bank) - 1
