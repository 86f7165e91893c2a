"""What the platform will show, and how a trial run is marked."""

import pytest

from app.model.course import Course
from app.model.structure import Lesson, Module
from app.model.tasks import AnswerKind, Calculation, Question, Variable
from app.session.bank_preview import Fate, platform_view
from app.session.bank_trial import Answer, asked, candidates, drawn, is_right, marked

FRUIT = ("Apple", "Beet", "Carrot", "Dill", "Endive")
SINGLE = Question(id="s", stem="Which is a fruit?", options=FRUIT, correct=(0,), lesson_id="l1")
SEVERAL = SINGLE.model_copy(update={"id": "m", "kind": AnswerKind.CHOICE_MULTI, "correct": (1, 2)})
NUMBER = Question(id="n", kind=AnswerKind.NUMBER, stem="How much is pi?", answers=("3.14±0.01",))
TEXT = Question(id="t", kind=AnswerKind.SHORT_TEXT, stem="The capital?", answers=("Astana", "Астана"))
PAIRS = Question(id="p", kind=AnswerKind.MATCHING, stem="Match", options=("a", "b"), answers=("1", "2", "3"))
ESSAY = Question(id="e", kind=AnswerKind.FREE_FORM, stem="Write")
CALCULATED = Question(
    id="c",
    kind=AnswerKind.NUMBER,
    stem="How much is {a} doubled?",
    calculation=Calculation(variables=(Variable(id="v", name="a"),), formula="2 * a"),
)


def test_a_question_of_form_05_is_stored_as_its_file_is_read() -> None:
    view = platform_view(SINGLE)
    assert (view.fate, view.question.options, view.question.correct) == (Fate.FORM_05, FRUIT, (0,))


@pytest.mark.parametrize("change", [{"correct": ()}, {"stem": "two\nlines"}, {"options": (*FRUIT[:4], "")}])
def test_what_the_file_cannot_hold_is_kept_back_with_a_reason(change: dict[str, object]) -> None:
    view = platform_view(SINGLE.model_copy(update=change))
    assert view.fate is Fate.KEPT_BACK
    assert view.reasons


def test_other_kinds_leave_as_xml() -> None:
    assert {platform_view(q).fate for q in (SEVERAL, NUMBER, TEXT, PAIRS, ESSAY, CALCULATED)} == {Fate.MOODLE_XML}


@pytest.mark.parametrize(
    ("question", "answer", "right"),
    [
        (SINGLE, Answer(frozenset({0})), True),
        (SINGLE, Answer(frozenset({1})), False),
        (SINGLE, Answer(), False),
        (SEVERAL, Answer(frozenset({1, 2})), True),
        (SEVERAL, Answer(frozenset({1})), False),
        (NUMBER, Answer(text="3,15"), True),
        (NUMBER, Answer(text="3.16"), False),
        (NUMBER, Answer(text="pi"), False),
        (TEXT, Answer(text=" астана "), True),
        (TEXT, Answer(text="Almaty"), False),
        (PAIRS, Answer(pairs=("1", "2")), True),
        (PAIRS, Answer(pairs=("2", "1")), False),
    ],
)
def test_an_answer_is_marked(question: Question, answer: Answer, *, right: bool) -> None:
    assert is_right(question, answer) is right


def test_what_can_be_asked_has_an_answer_to_compare() -> None:
    lesson = Lesson(id="l1")
    keyless = SINGLE.model_copy(update={"id": "k", "correct": (9,)})
    bank = (SINGLE, keyless, NUMBER, ESSAY, CALCULATED)
    course = Course(modules=(Module(id="m1", lessons=(lesson,)),), test_bank=bank)
    assert [q.id for q in candidates(course, None)] == ["s", "n", "c"]
    assert [q.id for q in candidates(course, "m1")] == ["s"]


def test_a_draw_takes_each_question_once_and_a_seed_decides() -> None:
    bank = [SINGLE.model_copy(update={"id": f"q{n}"}) for n in range(30)]
    first = drawn(bank, 10, 1)
    assert len({q.id for q in first}) == 10
    assert drawn(bank, 10, 1) == first
    assert drawn(bank, 10, 2) != first
    assert len(drawn(bank, 99, 1)) == 30


def test_a_parameterised_question_is_asked_with_numbers() -> None:
    (question,) = asked([CALCULATED], 7)
    number = int(question.stem.removeprefix("How much is ").removesuffix(" doubled?"))
    assert is_right(question, Answer(text=str(2 * number)))
    assert not is_right(question, Answer(text=str(2 * number + 1)))


def test_the_score_counts_what_was_right() -> None:
    score = marked([SINGLE, NUMBER, TEXT], {"s": Answer(frozenset({0})), "n": Answer(text="3")})
    assert (score.right, score.points, score.percent) == ((True, False, False), 1, 33)
