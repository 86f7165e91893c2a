from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.formats.option_order import reordered
from app.model.course import Course
from app.model.people import FileRef
from app.model.tasks import AnswerKind, Question, QuestionPicture
from app.session.bank_shuffle import shuffle

ABOVE = "Жоғарыда аталғандардың барлығы"


def question(number: int, options: tuple[str, ...] = ("бір", "екі", "үш", "төрт", "бес"), key: int = 0) -> Question:
    return Question(id=f"q{number}", stem=f"Сұрақ {number}", options=options, correct=(key,))


def right_texts(bank: tuple[Question, ...] | list[Question]) -> list[list[str]]:
    return [[q.options[place] for place in q.correct] for q in bank]


def test_keys_spread_evenly() -> None:
    done = shuffle([question(number) for number in range(100)]).questions
    assert Counter(q.correct[0] for q in done) == dict.fromkeys(range(5), 20)


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(["бір", "екі", "үш", "а", "б", ABOVE, "A және C", ""]), min_size=1, max_size=6),
            st.integers(0, 5),
        ),
        max_size=12,
    )
)
def test_a_second_shuffle_changes_nothing_and_the_right_answer_stays(drawn: list[tuple[list[str], int]]) -> None:
    bank = [question(n, tuple(options), min(key, len(options) - 1)) for n, (options, key) in enumerate(drawn)]
    once = shuffle(bank)
    twice = shuffle(once.questions)
    assert (twice.questions, twice.changed) == (once.questions, 0)
    assert right_texts(once.questions) == right_texts(bank)
    assert [sorted(q.options) for q in once.questions] == [sorted(q.options) for q in bank]


@given(st.permutations(range(5)))
def test_the_result_does_not_depend_on_how_the_options_stood(order: list[int]) -> None:
    bank = [question(number) for number in range(7)]
    assert shuffle([reordered(q, order) for q in bank]).questions == shuffle(bank).questions


def test_questions_added_at_the_end_leave_the_others_alone() -> None:
    bank = [question(number) for number in range(12)]
    assert shuffle(bank[:8]).questions == shuffle(bank).questions[:8]


def test_all_of_the_above_stays_last() -> None:
    bank = [question(n, (ABOVE, "бір", "екі", "үш", "төрт"), key=n % 2) for n in range(30)]
    done = shuffle(bank).questions
    assert all(q.options[-1] == ABOVE for q in done)
    assert right_texts(done) == right_texts(bank)


def test_options_that_name_letters_do_not_move() -> None:
    named = question(1, ("су", "ауа", "A және B", "от", "жер"), key=2)
    done = shuffle([named, question(2)])
    assert done.questions[0] is named
    assert done.left_alone == ("q1",)


def test_other_kinds_and_questions_that_were_not_chosen_stay() -> None:
    several = question(1).model_copy(update={"kind": AnswerKind.CHOICE_MULTI, "correct": (0, 1)})
    keyless = question(2).model_copy(update={"correct": ()})
    bank = [several, keyless, *(question(n) for n in range(3, 9))]
    done = shuffle(bank, ids={"q1", "q2", "q3"})
    assert done.left_alone == ("q2",)
    assert [q.id for q, old in zip(done.questions, bank, strict=True) if q is not old] in ([], ["q3"])


def test_keys_that_are_even_already_stay() -> None:
    bank = [question(number, key=number * 3 % 5) for number in range(50)]
    assert shuffle(bank).changed == 0
    one_more = [*bank, question(50, key=2)]  # 11 and four times 10: no letter can be spared a key
    assert shuffle(one_more).changed == 0
    assert shuffle(bank, ids={q.id for q in bank[:20]}).changed == 0


@given(st.lists(st.integers(0, 4), max_size=40))
def test_a_shuffle_never_makes_keys_less_even(keys: list[int]) -> None:
    bank = [question(number, key=key) for number, key in enumerate(keys)]
    counts = [
        [[q.correct[0] for q in questions].count(place) for place in range(5)]
        for questions in (bank, shuffle(bank).questions)
    ]
    widths = [max(count) - min(count) for count in counts]
    assert widths[1] <= min(1, widths[0])
    assert (shuffle(bank).changed > 0) == (widths[0] > 1)


def test_what_belongs_to_an_option_moves_with_it() -> None:
    pictures = (
        QuestionPicture(id="p1", file=FileRef(path="materials/a.png"), option=2),
        QuestionPicture(id="p2", file=FileRef(path="materials/b.png")),
    )
    before = question(1).model_copy(update={"option_feedback": ("", "", "үшке пікір"), "pictures": pictures})
    moved = reordered(before, (2, 0, 1, 3, 4))
    assert (moved.options[0], moved.option_feedback[0], moved.correct) == ("үш", "үшке пікір", (1,))
    assert [picture.option for picture in moved.pictures] == [0, None]
    without = reordered(before, (0, 1, 3, 4))
    assert without.options == ("бір", "екі", "төрт", "бес")
    assert [picture.id for picture in without.pictures] == ["p2"]
    assert without.correct == (0,)


def test_a_shuffle_is_one_change_of_the_course() -> None:
    course = Course(test_bank=tuple(question(number) for number in range(10)))
    changed = shuffle(course.test_bank).applied(course)
    assert [q.id for q in changed.test_bank] == [q.id for q in course.test_bank]
    assert shuffle(changed.test_bank).applied(changed) is changed
