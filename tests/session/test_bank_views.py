from app.model.course import Course
from app.model.structure import Lesson, Module, Outcome
from app.model.tasks import AnswerKind, Question
from app.session.bank_duplicates import Likeness, duplicate_groups
from app.session.bank_statistics import bank_statistics
from app.storage.regulation_file import load_regulation

FIVE = ("бір", "екі", "үш", "төрт", "бес")


def question(name: str, stem: str, options: tuple[str, ...] = FIVE, key: int = 0, **more: object) -> Question:
    return Question.model_validate({"id": name, "stem": stem, "options": options, "correct": (key,), **more})


def test_duplicates_come_in_groups_with_the_nearest_first() -> None:
    others = ("алты", "жеті", "сегіз", "тоғыз", "он")
    bank = [
        question("near1", "Қазақстанның астанасы қай қала болып табылады?", ("а", "ә", "б", "в", "г")),
        question("same1", "Дерекқор дегеніміз не?"),
        question("alone", "Мүлде басқа нәрсе туралы сұрақ", others),
        question("near2", "Қазақстанның астанасы қай қала болып табылады", ("д", "е", "ж", "з", "и")),
        question("same2", "дерекқор  дегеніміз не?", FIVE[::-1], 4),
        question("stem3", "Дерекқор дегеніміз не?", ("а", "б", "в", "г", "д")),
    ]
    groups = duplicate_groups(bank)
    assert [(group.likeness, group.ids) for group in groups] == [
        (Likeness.QUESTION, ("same1", "same2", "stem3")),
        (Likeness.NEAR_STEM, ("near1", "near2")),
    ]
    assert [(twin.question_id, twin.earlier_id, twin.likeness) for twin in groups[0].twins] == [
        ("same2", "same1", Likeness.QUESTION),
        ("stem3", "same1", Likeness.STEM),
    ]


def test_the_same_options_with_the_same_key_are_a_group() -> None:
    bank = [question("q1", "Бірінші мәселе"), question("q2", "Мүлдем өзге тақырып", FIVE[::-1], 4)]
    [group] = duplicate_groups(bank)
    assert (group.likeness, group.ids) == (Likeness.OPTIONS, ("q1", "q2"))
    assert duplicate_groups([bank[0], question("q2", "Мүлдем өзге тақырып", FIVE[::-1], 0)]) == ()


def test_statistics_count_what_the_regulation_counts() -> None:
    modules = (
        Module(id="m1", lessons=(Lesson(id="l1"), Lesson(id="l2"))),
        Module(id="m2", lessons=(Lesson(id="l3"),)),
        Module(id="m3"),
    )
    bank = [question(f"a{n}", f"Сұрақ {n}", key=n % 2, lesson_id="l1", outcome_ids=("o1",)) for n in range(12)]
    bank += [question("b", "Жалғыз", key=4, lesson_id="l2"), question("lost", "Сабақсыз")]
    bank.append(Question(id="n", kind=AnswerKind.NUMBER, stem="2+2", answers=("4",), lesson_id="l3"))
    bank.append(Question(id="k", stem="Кілтсіз", options=FIVE, lesson_id="gone"))
    course = Course(modules=modules, test_bank=tuple(bank), outcomes=(Outcome(id="o1"), Outcome(id="o2")))
    found = bank_statistics(course, load_regulation())
    assert (found.form_05, found.needed, found.missing) == (15, 100, 85)  # F01.22b; the number question stands apart
    assert found.by_kind == {AnswerKind.CHOICE_SINGLE: 15, AnswerKind.NUMBER: 1}
    assert [(m.number, m.questions, m.form_05, m.needed, m.missing) for m in found.modules] == [
        (1, 13, 13, 11, 0),  # 8.3d: more than ten a week
        (2, 1, 0, 11, 10),
        (3, 0, 0, 11, 11),
    ]
    assert {m.share for m in found.modules} == {34}  # DR5: a third of 100, rounded up
    assert found.modules[0].by_lesson == {"l1": 12, "l2": 1}
    assert (found.without_lesson, found.without_outcome, found.without_key) == (2, 4, 1)
    assert [(o.outcome_id, o.questions) for o in found.outcomes] == [("o1", 12), ("o2", 0)]
    assert found.key_positions == {"A": 7, "B": 6, "C": 0, "D": 0, "E": 1}


def test_an_empty_course_has_statistics() -> None:
    found = bank_statistics(Course(), load_regulation())
    assert (found.form_05, found.modules, found.key_positions) == (0, (), dict.fromkeys("ABCDE", 0))
