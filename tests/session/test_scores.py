"""Score sheets lead to the decisions of form 10: 22-24 recommended, 19-21 rework, 18 and fewer refused."""

import pytest

from app.model.course import Course
from app.model.papers import Conformity, Remark, Review
from app.model.scores import Decision, conformity_of, joint_outcome, sheet_outcome
from app.storage.regulation_file import load_regulation

REGULATION = load_regulation()


def sheet(*scores: int | None) -> Review:
    return Review(id=f"r{abs(hash(scores))}", expert_id="e1", scores=scores)


def of_total(total: int) -> Review:
    whole, rest = divmod(total, 8)
    return sheet(*(whole + (place < rest) for place in range(8)))


@pytest.mark.parametrize(
    ("total", "decision"),
    [
        (24, Decision.RECOMMEND),
        (22, Decision.RECOMMEND),
        (21, Decision.REWORK),
        (19, Decision.REWORK),
        (18, Decision.REFUSE),
        (0, Decision.REFUSE),
    ],
)
def test_a_total_leads_to_its_decision(total: int, decision: Decision) -> None:
    outcome = sheet_outcome(of_total(total), Course(), REGULATION)
    assert (outcome.total, outcome.decision) == (total, decision)


def test_an_open_technical_remark_keeps_a_course_from_being_recommended() -> None:
    remark = Remark(id="rm", text="noise", technical=True)
    course = Course(remarks=(remark,))
    assert sheet_outcome(of_total(24), course, REGULATION).decision is Decision.REWORK
    mended = Course(remarks=(remark.model_copy(update={"technical": False}),))
    assert sheet_outcome(of_total(24), mended, REGULATION).decision is Decision.RECOMMEND


def test_a_sheet_that_is_not_complete_decides_nothing() -> None:
    outcome = sheet_outcome(sheet(3, 3, 3, 3, 3, 3, 3, None), Course(), REGULATION)
    assert (outcome.total, outcome.decision) == (None, None)


def test_seven_full_criteria_and_a_low_one_are_recommended_with_a_warning() -> None:
    outcome = sheet_outcome(sheet(3, 3, 3, 3, 3, 3, 3, 1), Course(), REGULATION)
    assert (outcome.total, outcome.decision, outcome.low) == (22, Decision.RECOMMEND, (7,))


def test_sheets_are_joined_by_the_lower_median() -> None:
    reviews = (sheet(*[3] * 8), sheet(*[2] * 8), sheet(1, 3, *[2] * 6), sheet(None, *[3] * 7))
    joint = joint_outcome(Course(reviews=reviews), REGULATION)
    # First criterion 1 2 3: the middle one; second 2 3 3 3 and the others 2 2 3 3: the lower of the two in the middle.
    assert joint.scores == (2, 3, 2, 2, 2, 2, 2, 2)
    assert joint_outcome(Course(), REGULATION).scores == (None,) * 8


def test_points_become_marks_of_form_11() -> None:
    marks = [conformity_of(points, REGULATION) for points in (0, 1, 2, 3, None)]
    assert marks == [Conformity.NONE, Conformity.NONE, Conformity.PARTIAL, Conformity.FULL, None]
