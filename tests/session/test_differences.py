"""Differences between two values name every place that changed and nothing else."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.base import TextItem
from app.model.course import Course, CourseLanguage
from app.model.structure import Lesson, Module
from app.model.teaching import Schedule
from app.model.texts import Lang
from app.session.differences import ChangeKind, apply_differences, differences, excerpts
from app.session.value_words import value_words
from app.storage.texts_file import load_texts
from tests.storage.course_strategies import courses

BEFORE = Course(
    title="A",
    objectives=(TextItem(id="o1", text="one"), TextItem(id="o2", text="two")),
    modules=(Module(id="m1", lessons=(Lesson(id="l1", title="L"),)),),
)


def test_changed_added_removed_moved() -> None:
    after = BEFORE.model_copy(
        update={
            "objectives": (TextItem(id="o3", text="three"), *reversed(BEFORE.objectives)),
            "modules": (),
            "schedule": Schedule(start=date(2027, 2, 1)),
        }
    )
    found = [(one.path, one.kind) for one in differences(BEFORE, after)]
    assert found == [
        ("objectives/o3", ChangeKind.ADDED),
        ("objectives", ChangeKind.MOVED),
        ("modules/m1", ChangeKind.REMOVED),
        ("schedule/start", ChangeKind.CHANGED),
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(courses, courses)
def test_making_the_differences_in_one_gives_the_other(before: Course, after: Course) -> None:
    assert apply_differences(before, differences(before, after), after) == after
    assert differences(after, after) == ()


def test_some_differences_are_made_and_what_is_gone_is_left_out() -> None:
    after = BEFORE.model_copy(
        update={"title": "B", "objectives": (*BEFORE.objectives, TextItem(id="o3", text="three"))}
    )
    found = differences(BEFORE, after)
    assert apply_differences(BEFORE, found[1:], after) == BEFORE.model_copy(update={"objectives": after.objectives})
    gone = differences(BEFORE, BEFORE.model_copy(update={"modules": ()}))
    assert apply_differences(Course(), gone, Course()) == Course()


@given(st.text(), st.text())
def test_excerpts_show_the_change_in_one_line(before: str, after: str) -> None:
    assert not any("\n" in text for text in excerpts(before, after))
    assert excerpts("a" * 500 + "X" + "b" * 500, "a" * 500 + "Y" + "b" * 500)[1].count("Y") == 1


def test_values_are_words() -> None:
    texts = load_texts()
    spoken = [
        value_words(value, texts, Lang.RU)
        for value in (CourseLanguage.KK, True, date(2027, 2, 1), 2.5, None, ("a", "b"), BEFORE.objectives[0], "")
    ]
    assert spoken == ["Казахский", "Да", "01.02.2027", "2,5", "—", "a; b", "one", "—"]
