"""The store against a simple model: a list of values and a place in it."""

import threading
from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.model.base import TextItem
from app.model.course import Course
from app.model.tasks import Question
from app.session.store import CourseStore
from tests.session.manual_scheduler import ManualScheduler


def titled(title: str) -> Callable[[Course], Course]:
    return lambda course: course.model_copy(update={"title": title})


@pytest.fixture
def scheduler() -> ManualScheduler:
    return ManualScheduler()


@pytest.fixture
def store(scheduler: ManualScheduler) -> CourseStore:
    return CourseStore(Course(), scheduler)


class StoreMachine(RuleBasedStateMachine):
    """Titles and goals are changed, undone and redone; a list of (label, value) says what must come of it."""

    MAX_STEPS = 5

    def __init__(self) -> None:
        super().__init__()
        self.scheduler = ManualScheduler()
        self.store = CourseStore(Course(), self.scheduler, max_steps=self.MAX_STEPS)
        self.values: list[Course] = [Course()]
        self.labels: list[str] = []
        self.place = 0
        self.open_key: str | None = None
        self.last_s = 0.0
        self.heard = Course()
        self.store.subscribe(self.hear)

    def hear(self, before: Course, after: Course) -> None:
        assert before == self.heard
        self.heard = after

    @rule(
        field=st.sampled_from(["title", "goal"]),
        text=st.sampled_from(["", "a", "b"]),
        key=st.sampled_from([None, "k1", "k2"]),
        wait_s=st.sampled_from([0.0, 1.0, 1.5, 1.6]),
    )
    def apply(self, field: str, text: str, key: str | None, wait_s: float) -> None:
        self.scheduler.advance(wait_s)
        label = f"{field} {text}"
        before = self.values[self.place]
        after = before.model_copy(update={field: text})
        changed = self.store.apply(label, lambda course: course.model_copy(update={field: text}), key)
        assert changed is (after != before)
        if not changed:
            return
        now_s = self.scheduler.now_s()
        merges = key is not None and key == self.open_key and now_s - self.last_s <= 1.5
        del self.values[self.place + 1 :], self.labels[self.place :]
        if merges:
            self.values[self.place] = after
            if after == self.values[self.place - 1]:
                del self.values[self.place], self.labels[self.place - 1]
                self.place -= 1
                key = None
        else:
            self.values.append(after)
            self.labels.append(label)
            self.place += 1
            if len(self.labels) > self.MAX_STEPS:
                del self.values[0], self.labels[0]
                self.place -= 1
        self.open_key, self.last_s = key, now_s

    @precondition(lambda self: self.place > 0)
    @rule()
    def undo(self) -> None:
        assert self.store.undo() == self.labels[self.place - 1]
        self.place -= 1
        self.open_key = None

    @precondition(lambda self: self.place < len(self.labels))
    @rule()
    def redo(self) -> None:
        assert self.store.redo() == self.labels[self.place]
        self.place += 1
        self.open_key = None

    @invariant()
    def agrees(self) -> None:
        assert self.store.course == self.values[self.place]
        assert self.heard == self.store.course
        assert self.store.can_undo is (self.place > 0)
        assert self.store.can_redo is (self.place < len(self.labels))
        assert self.store.undo_label == (self.labels[self.place - 1] if self.place else None)
        assert self.store.redo_label == (self.labels[self.place] if self.place < len(self.labels) else None)


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def test_nothing_to_undo_is_no_error(store: CourseStore) -> None:
    assert store.undo() is None
    assert store.redo() is None


def test_typing_is_one_step_and_keeps_its_first_label(store: CourseStore, scheduler: ManualScheduler) -> None:
    for text in ("Д", "Де", "Дер"):
        store.apply(f"type {text}", titled(text), "title")
        scheduler.advance(1.4)
    assert store.undo() == "type Д"
    assert store.course == Course()
    assert not store.can_undo


def test_a_pause_ends_the_step(store: CourseStore, scheduler: ManualScheduler) -> None:
    store.apply("one", titled("a"), "title")
    scheduler.advance(1.6)
    store.apply("two", titled("ab"), "title")
    store.undo()
    assert store.course.title == "a"


def test_a_change_that_changes_nothing_is_no_step_and_no_news(store: CourseStore) -> None:
    heard: list[str] = []
    store.subscribe(lambda _, after: heard.append(after.title))
    assert not store.apply("same", lambda course: course)
    assert not store.apply("equal", titled(""))
    assert (store.can_undo, heard) == (False, [])


def test_a_change_that_fails_leaves_everything_as_it_was(store: CourseStore) -> None:
    def fail(_: Course) -> Course:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.apply("fails", fail)
    assert store.course == Course()
    assert store.apply("works", titled("x"))


def test_the_history_is_bounded(scheduler: ManualScheduler) -> None:
    store = CourseStore(Course(), scheduler)
    for number in range(1005):
        store.apply("step", titled(str(number)))
    steps = 0
    while store.undo():
        steps += 1
    assert steps == 1000
    assert store.course.title == "4"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda course: course.model_copy(update={"title": 5}),
        lambda course: course.model_copy(update={"uses": ["a list"]}),
        lambda course: course.model_copy(update={"objectives": (TextItem(id="a"), TextItem(id="a"))}),
        lambda course: course.model_copy(update={"objectives": (Question(id="a"),)}),
        lambda course: course.model_copy(update={"objectives": (TextItem.model_construct(id="a/b", text=""),)}),
        lambda course: course.model_copy(update={"audience": course.audience.model_copy(update={"description": None})}),
        lambda course: course.model_copy(update={"titel": "x"}),
    ],
)
def test_nothing_of_a_wrong_type_comes_through_the_door(store: CourseStore, wrong: Callable[[Course], Course]) -> None:
    with pytest.raises((ValueError, KeyError)):
        store.apply("wrong", wrong)
    assert store.course == Course()
    assert not store.can_undo


def test_another_thread_may_not_change_the_course(store: CourseStore) -> None:
    caught: list[BaseException] = []

    def other() -> None:
        for call in (lambda: store.apply("x", titled("x")), store.undo, store.redo, lambda: store.subscribe(print)):
            try:
                call()
            except RuntimeError as error:
                caught.append(error)

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    assert len(caught) == 4
    assert store.course == Course()


def test_a_change_may_not_change_the_course_itself(store: CourseStore) -> None:
    def sly(course: Course) -> Course:
        store.apply("inner", titled("inner"))
        return course

    with pytest.raises(RuntimeError):
        store.apply("outer", sly)
    assert store.course == Course()


def test_all_listeners_hear_all_changes_in_order_also_those_of_other_listeners(store: CourseStore) -> None:
    heard: list[tuple[str, str, str]] = []

    def first(before: Course, after: Course) -> None:
        heard.append(("first", before.title, after.title))
        if after.title == "a":
            store.apply("by a listener", titled("b"))

    store.subscribe(first)
    store.subscribe(lambda before, after: heard.append(("second", before.title, after.title)))
    store.apply("x", titled("a"))
    assert heard == [("first", "", "a"), ("second", "", "a"), ("first", "a", "b"), ("second", "a", "b")]


def test_a_listener_that_raises_does_not_keep_the_others_from_hearing(store: CourseStore) -> None:
    heard: list[str] = []

    def faulty(_: Course, after: Course) -> None:
        if after.title == "a":
            store.apply("by a listener", titled("b"))
            raise ZeroDivisionError

    store.subscribe(faulty)
    store.subscribe(lambda _, after: heard.append(after.title))
    with pytest.raises(ZeroDivisionError):
        store.apply("x", titled("a"))
    assert heard == ["a", "b"]
    assert store.course.title == "b"
    store.apply("y", titled("c"))
    assert heard == ["a", "b", "c"]


def test_who_unsubscribed_hears_nothing_more_even_in_the_same_round(store: CourseStore) -> None:
    heard: list[str] = []
    endings: list[Callable[[], None]] = []
    store.subscribe(lambda *_: endings[0]())
    endings.append(store.subscribe(lambda _, after: heard.append(after.title)))
    store.apply("x", titled("a"))
    store.apply("y", titled("b"))
    endings[0]()
    assert heard == []
