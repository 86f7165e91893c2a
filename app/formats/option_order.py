"""The order of a question's options: what may move, and moving everything that belongs to an option with it."""

from collections.abc import Sequence

from app.formats.phrases import names_letters, speaks_of_options
from app.model.tasks import Question


def reordered(question: Question, order: Sequence[int]) -> Question:
    """Return a question with its options in another order, everything that belongs to an option moving with it.

    Args:
        question: the question.
        order: for each new place the old one; an old place that is missing is removed with all that belongs to it.
    """
    if list(order) == list(range(len(question.options))):
        return question
    place_of = {old: new for new, old in enumerate(order)}
    feedback = (*question.option_feedback, *[""] * (len(question.options) - len(question.option_feedback)))
    removed = set(range(len(question.options))) - set(order)
    pictures = tuple(
        picture.model_copy(update={"option": place_of[picture.option]}) if picture.option in place_of else picture
        for picture in question.pictures
        if picture.option not in removed
    )
    return question.model_copy(
        update={
            "options": tuple(question.options[old] for old in order),
            "correct": tuple(sorted(place_of[old] for old in question.correct if old in place_of)),
            "option_feedback": tuple(feedback[old] for old in order) if question.option_feedback else (),
            "pictures": pictures,
        }
    )


def may_move(question: Question) -> bool:
    """Tell whether the options may take another order: there is one key and no option names others by their letters."""
    one_key = len(question.correct) == 1 and 0 <= question.correct[0] < len(question.options)
    return one_key and len(question.options) > 1 and not any(map(names_letters, question.options))


def last_places(question: Question) -> list[int]:
    """Return the places of options that make sense only behind the others: "all of the above", "both"."""
    return [place for place, option in enumerate(question.options) if speaks_of_options(option)]
