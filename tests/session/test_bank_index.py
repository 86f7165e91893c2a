"""Filters of the question list, and a judgement that looks only at what changed."""

import pytest

from app.model.regulation import Limit
from app.model.tasks import AnswerKind, Question
from app.session.bank_index import ANY, NONE, Judgement, QuestionFilter, QuestionIndex, judge_bank

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")
FRUIT = ("Apple", "Beet", "Carrot", "Dill", "Endive")
BANK = (
    Question(id="q1", stem="Which of these is a fruit?", options=FRUIT, correct=(0,), lesson_id="l1"),
    Question(id="q2", stem="Қайсысы ӨСІМДІК?", options=FRUIT[:4], correct=(1,), lesson_id="l2", outcome_ids=("o1",)),
    Question(id="q3", stem="How much is 2 + 2 here?", kind=AnswerKind.NUMBER, answers=("4",)),
    Question(id="q4", stem="Which of these is a fruit?", options=FRUIT, correct=(0,)),
)
JUDGEMENT = judge_bank(BANK, Judgement(), FIVE)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (QuestionFilter(), "q1 q2 q3 q4"),
        (QuestionFilter(needle="өсімдік"), "q2"),
        (QuestionFilter(needle="ENDIVE"), "q1 q4"),
        (QuestionFilter(lesson_ids=frozenset({"l1", "l2"})), "q1 q2"),
        (QuestionFilter(lesson_ids=frozenset({None})), "q3 q4"),
        (QuestionFilter(lesson_ids=frozenset()), ""),
        (QuestionFilter(outcome_id="o1"), "q2"),
        (QuestionFilter(outcome_id=NONE), "q1 q3 q4"),
        (QuestionFilter(kind=AnswerKind.NUMBER), "q3"),
        (QuestionFilter(problem=ANY), "q2 q4"),
        (QuestionFilter(problem=NONE), "q1 q3"),
        (QuestionFilter(problem="option_count"), "q2"),
        (QuestionFilter(problem="repeated_question"), "q4"),
        (QuestionFilter(needle="fruit", lesson_ids=frozenset({"l1"})), "q1"),
    ],
)
def test_a_filter_lets_pass_what_it_says(wanted: QuestionFilter, ids: str) -> None:
    places = QuestionIndex().matching(BANK, wanted, JUDGEMENT.faults)
    assert [BANK[place].id for place in places] == ids.split()


def test_the_search_sees_a_changed_question_anew() -> None:
    index = QuestionIndex()
    wanted = QuestionFilter(needle="vegetable")
    assert list(index.matching(BANK, wanted, JUDGEMENT.faults)) == []
    changed = (BANK[0].model_copy(update={"stem": "A Vegetable?"}), *BANK[1:])
    assert list(index.matching(changed, wanted, JUDGEMENT.faults)) == [0]


def test_faults_are_counted_by_code() -> None:
    assert JUDGEMENT.counts() == {"option_count": 1, "repeated_question": 1}
    assert [problem.code for problem in JUDGEMENT.faults("q2")] == ["option_count"]
    assert JUDGEMENT.faults("nobody") == ()


def test_only_changed_questions_are_judged_again() -> None:
    mended = (BANK[0], BANK[1].model_copy(update={"options": FRUIT}), *BANK[2:])
    again = judge_bank(mended, JUDGEMENT, FIVE)
    assert again.faults("q2") == ()
    assert again.alone["q1"] is JUDGEMENT.alone["q1"]
