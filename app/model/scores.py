"""Scores of form 10: the sum of a sheet, the combined sheet of several experts, and what follows from the sum."""

import statistics
from collections.abc import Sequence
from enum import StrEnum

from app.model.papers import Review
from app.model.regulation import Regulation

Scores = Sequence[int | None]


class Verdict(StrEnum):
    """What the sum of a score sheet says (F10.10 to F10.12)."""

    RECOMMEND = "recommend"
    REWORK = "rework"
    REFUSE = "refuse"


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


def verdict(points: int, regulation: Regulation, *, open_technical: bool) -> Verdict:
    """Return what a sum says; an open technical remark keeps the course from being recommended (decision 10).

    Args:
        points: the sum.
        regulation: edition with the limits.
        open_technical: a technical remark is not resolved yet.
    """
    if regulation.limits["refuse_points"].accepts(points):
        return Verdict.REFUSE
    if regulation.limits["rework_points"].accepts(points) or open_technical:
        return Verdict.REWORK
    return Verdict.RECOMMEND
