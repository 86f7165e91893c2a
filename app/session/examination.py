"""What score sheets of form 10 say together, and what follows from them (F10.9–F10.12, X28, decision 10)."""

from dataclasses import dataclass
from enum import StrEnum

from app.model.course import Course
from app.model.papers import Conformity, Review
from app.model.regulation import Regulation


class Decision(StrEnum):
    """What a total of points leads to."""

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


def sheet_outcome(review: Review, course: Course, regulation: Regulation) -> Outcome:
    """Return what one sheet says."""
    return _outcome(review.scores, course, regulation)


def joint_outcome(course: Course, regulation: Regulation) -> Outcome:
    """Return what all sheets say together: the lower median of the points of each criterion (X28)."""
    count = len(regulation.criteria)
    scores = []
    for place in range(count):
        given = sorted(
            score
            for review in course.reviews
            if place < len(review.scores) and (score := review.scores[place]) is not None
        )
        scores.append(given[(len(given) - 1) // 2] if given else None)
    return _outcome(tuple(scores), course, regulation)


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
    known = [score for score in scores if score is not None]
    low = tuple(place for place, score in enumerate(scores) if score is not None and score <= LOW_POINTS)
    if len(known) < len(regulation.criteria):
        return Outcome(scores, None, None, low)
    total = sum(known)
    decision = Decision.REFUSE
    if regulation.limits["recommend_points"].accepts(total) and not open_technical_remarks(course):
        decision = Decision.RECOMMEND
    elif total >= (regulation.limits["rework_points"].min or 0):
        decision = Decision.REWORK
    return Outcome(scores, total, decision, low)
