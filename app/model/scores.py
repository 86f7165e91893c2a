"""Score sheets of form 10: sum, combined sheet, and what follows from them (F10.9–F10.12, X28, decision 10)."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.model.course import Course
from app.model.papers import Conformity, Review
from app.model.regulation import Regulation

Scores = Sequence[int | None]


class Decision(StrEnum):
    """What the sum of a score sheet says (F10.10 to F10.12)."""

    RECOMMEND = "recommend"
    REWORK = "rework"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one sheet or of all.

    Attributes:
        scores: points of each criterion, None where nobody gave any.
        total: their sum, None while one is missing.
        decision: None while there is no total.
        low: places of criteria (from 0) with so few points that the experts should look again (decision 10).
    """

    scores: tuple[int | None, ...]
    total: int | None
    decision: Decision | None
    low: tuple[int, ...]


LOW_POINTS = 1
"""A criterion with so few points or fewer shares the lowest descriptor of form 10 and warns (decision 10)."""


def total(scores: Scores) -> int | None:
    """Return the sum in points, None while a criterion has no score."""
    given = [score for score in scores if score is not None]
    return sum(given) if given and len(given) == len(scores) else None


def combined_scores(reviews: Sequence[Review], criteria: int) -> tuple[int | None, ...]:
    """Return the lower median of each criterion over all experts (X28), None where nobody has scored it.

    Args:
        reviews: the sheets.
        criteria: how many criteria there are.
    """
    columns = (
        [score for review in reviews for score in review.scores[n : n + 1] if score is not None]
        for n in range(criteria)
    )
    return tuple(statistics.median_low(column) if column else None for column in columns)


def decision(points: int, regulation: Regulation, *, open_technical: bool) -> Decision:
    """Return what a sum says; an open technical remark keeps the course from being recommended (decision 10).

    Args:
        points: the sum.
        regulation: edition with the limits.
        open_technical: a technical remark is not resolved yet.
    """
    if regulation.limits["refuse_points"].accepts(points):
        return Decision.REFUSE
    if regulation.limits["rework_points"].accepts(points) or open_technical:
        return Decision.REWORK
    return Decision.RECOMMEND


def sheet_outcome(review: Review, course: Course, regulation: Regulation) -> Outcome:
    """Return what one sheet says."""
    count = len(regulation.criteria)
    return _outcome((*review.scores, *([None] * count))[:count], course, regulation)


def joint_outcome(course: Course, regulation: Regulation) -> Outcome:
    """Return what all sheets say together."""
    return _outcome(combined_scores(course.reviews, len(regulation.criteria)), course, regulation)


def conformity_of(points: int | None, regulation: Regulation) -> Conformity | None:
    """Return the mark of form 11 that fits points of form 10: 3 full, 2 partial, 0–1 none (X29)."""
    if points is None:
        return None
    most = int(regulation.limits["criterion_points"].max or 0)
    if points >= most:
        return Conformity.FULL
    return Conformity.PARTIAL if points > LOW_POINTS else Conformity.NONE


def open_technical_remarks(course: Course) -> int:
    """Return how many technical remarks, of the course or of a sheet, are not resolved."""
    remarks = (*course.remarks, *(remark for review in course.reviews for remark in review.remarks))
    return sum(remark.technical and remark.resolved_on is None for remark in remarks)


def _outcome(scores: tuple[int | None, ...], course: Course, regulation: Regulation) -> Outcome:
    low = tuple(place for place, score in enumerate(scores) if score is not None and score <= LOW_POINTS)
    points = total(scores)
    if points is None:
        return Outcome(scores, None, None, low)
    open_technical = open_technical_remarks(course) > 0
    return Outcome(scores, points, decision(points, regulation, open_technical=open_technical), low)
