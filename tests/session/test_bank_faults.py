"""Faults of one question: named once, and mended only where nobody has to decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.regulation import Limit
from app.model.tasks import AnswerKind, Question
from app.session.bank_faults import QUESTION_CODES, faults_of, repaired

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")
GOOD = Question(
    id="q1", stem="Which of these is a fruit?", options=("Apple", "Beet", "Carrot", "Dill", "Endive"), correct=(0,)
)


def codes(question: Question) -> set[str]:
    return {problem.code for problem in faults_of(question, 1, FIVE)}


def test_a_good_question_has_no_fault() -> None:
    assert faults_of(GOOD, 1, FIVE) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"stem": ""}, "missing_stem"),
        ({"stem": "Which of these\nis a fruit?"}, "multi_line_stem"),
        ({"stem": "A. Байтұрсынұлы кім болған?"}, "stem_like_option"),
        ({"stem": "Which of\u200b these is a fruit?"}, "invisible_characters"),
        ({"options": GOOD.options[:4]}, "option_count"),
        ({"options": (*GOOD.options[:4], " ")}, "empty_option"),
        ({"options": (*GOOD.options[:4], "Beet")}, "duplicate_options"),
        ({"options": (*GOOD.options[:4], "Apple")}, "right_answer_repeated"),
        ({"options": ("Apple\ntree", *GOOD.options[1:])}, "multi_line_option"),
        ({"correct": ()}, "no_right_answer"),
        ({"correct": (7,)}, "no_right_answer"),
        ({"correct": (0, 1)}, "not_single_choice"),
        ({"kind": AnswerKind.NUMBER, "options": (), "correct": ()}, "missing_answers"),
    ],
)
def test_a_fault_is_named_once_and_alone(change: dict[str, object], code: str) -> None:
    assert [problem.code for problem in faults_of(GOOD.model_copy(update=change), 1, FIVE)] == [code]


def test_repairs_say_what_was_meant() -> None:
    two_lines = GOOD.model_copy(update={"stem": " Which of these \n\n is a fruit?"})
    assert repaired(two_lines, "multi_line_stem", FIVE) == GOOD
    hidden = GOOD.model_copy(update={"options": ("Ap\u200bple", *GOOD.options[1:])})
    assert repaired(hidden, "invisible_characters", FIVE) == GOOD
    latin = GOOD.model_copy(update={"stem": "A. Байтұрсынұлы кім болған?"})
    assert repaired(latin, "stem_like_option", FIVE) == GOOD.model_copy(update={"stem": "А. Байтұрсынұлы кім болған?"})
    several = GOOD.model_copy(update={"correct": (0, 2)})
    mended = repaired(several, "not_single_choice", FIVE)
    assert mended is not None
    assert (mended.kind, mended.correct) == (AnswerKind.CHOICE_MULTI, (0, 2))


def test_a_superfluous_option_goes_and_the_key_follows_its_option() -> None:
    six = GOOD.model_copy(update={"options": ("", *GOOD.options), "correct": (3,)})
    mended = repaired(six, "empty_option", FIVE)
    assert mended == GOOD.model_copy(update={"correct": (2,)})
    doubled = GOOD.model_copy(update={"options": ("Beet", *GOOD.options), "correct": (2,)})
    mended = repaired(doubled, "duplicate_options", FIVE)
    assert mended is not None
    assert len(mended.options) == 5
    assert mended.options[mended.correct[0]] == "Beet"


def test_no_option_goes_where_form_05_would_lack_it() -> None:
    assert repaired(GOOD.model_copy(update={"options": (*GOOD.options[:4], "")}), "empty_option", FIVE) is None
    assert repaired(GOOD.model_copy(update={"options": (*GOOD.options[:4], "Beet")}), "duplicate_options", FIVE) is None


def test_all_of_the_above_goes_behind_the_others() -> None:
    options = ("Apple", "All of the above", "Carrot", "Dill", "Endive")
    mended = repaired(GOOD.model_copy(update={"options": options, "correct": (1,)}), "all_of_the_above", FIVE)
    assert mended is not None
    assert mended.options == ("Apple", "Carrot", "Dill", "Endive", "All of the above")
    assert mended.correct == (4,)
    assert repaired(mended, "all_of_the_above", FIVE) is None


_TEXTS = st.text(alphabet="AB. \n\u200bбә", max_size=8)


@given(
    st.builds(
        Question,
        id=st.just("q"),
        kind=st.sampled_from(AnswerKind),
        stem=_TEXTS,
        options=st.lists(_TEXTS, max_size=7).map(tuple),
        correct=st.lists(st.integers(0, 7), max_size=3, unique=True).map(tuple),
    )
)
def test_every_fault_is_known_and_what_is_called_mendable_is_mended(question: Question) -> None:
    for fault in faults_of(question, 1, FIVE):
        assert fault.code in QUESTION_CODES
        mended = repaired(question, fault.code, FIVE)
        assert fault.fixable == (mended is not None)
        if mended is not None:
            assert mended != question
            again = {other.code for other in faults_of(mended, 1, FIVE) if other.fixable}
            assert fault.code not in again
