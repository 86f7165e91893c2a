"""The rules of forms 01, 02 and 05 on courses that nobody foresees."""

import copy
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.checks import form_01, form_02, form_05
from app.checks.context import Context, Verdict
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.finding import Status
from app.model.recording import ContainerFacts, RecordingReport
from app.sample import sample_course
from app.storage.regulation_file import load_regulation

RULES = (*form_01.RULES, *form_02.RULES, *form_05.RULES)
TEXT_FIELDS = ("title", "annotation", "stem", "full_name", "email", "room", "path", "lesson_id", "target_id", "text")
STRANGE = st.one_of(
    st.sampled_from(
        ["", " \n", "nowhere", "l1", "7" * 5000, "A.", "ANSWER:", "\x00", "\u200b", "а. " * 500, "@", "..."]
    ),
    st.text(max_size=40),
)
FULL: dict[str, Any] = sample_course().model_dump(mode="json") | {
    "recordings": [
        {"id": "v1", "lesson_id": "l1", "title": "1", "path": "recordings/1.mp4", "recorded_at": "2026-09-01T10:00:00"},
        {"id": "v2", "lesson_id": "l2", "title": "2", "recorded_at": "2026-09-02T10:00:00+05:00", "stage": "source"},
        {"id": "p1", "role": "promo"},
    ],
    "documents": [{"id": "d1", "kind": "form_02", "file": {"path": "materials/d.pdf"}, "signed_by": ["А. Б."]}],
    "first_recording": {"recording_id": "v1", "sent_on": "2026-09-01"},
    "approval": {"approved_on": "2026-09-02"},
}
FULL["modules"][0]["lessons"][0]["self_study"] = [{"id": "s1", "title": "1", "file": {"path": "materials/s.pdf"}}]


def judged(course: Course) -> list[tuple[str, Verdict]]:
    reports = {"p1": RecordingReport(container=ContainerFacts(duration_s=float("nan")))}
    facts = {"materials/s.pdf": AttachmentFacts(path="materials/s.pdf", exists=True, opens=True, text="Лекция № 1")}
    context = Context(course, load_regulation(), reports, facts, date(2026, 10, 1))
    return [(rule.id, verdict) for rule in RULES for verdict in rule.check(context)]


def text_places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place that holds one of the text fields, and each option of a question."""
    children: Iterable[tuple[Any, Any]] = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in children:
        if key in TEXT_FIELDS and (value is None or isinstance(value, str)):
            yield node, key
        elif isinstance(value, dict | list):
            yield from text_places(value)


@given(st.data())
def test_every_course_that_loads_is_judged(data: st.DataObject) -> None:
    content = copy.deepcopy(FULL)
    places = list(text_places(content))
    for index in data.draw(st.lists(st.integers(0, len(places) - 1), min_size=1, max_size=30)):
        container, key = places[index]
        container[key] = data.draw(STRANGE)
    regulation = load_regulation()
    for rule_id, verdict in judged(Course.model_validate(content)):
        assert not verdict.message or verdict.message in regulation.rule_texts[rule_id].messages


def test_an_empty_course_is_asked_for_each_item_once() -> None:
    verdicts = [(rule_id, each) for rule_id, each in judged(Course()) if each.status is not Status.NOT_APPLICABLE]
    places = [(rule_id, each.element) for rule_id, each in verdicts]
    assert len(places) == len(set(places))
    asked = {rule_id for rule_id, _ in verdicts}
    assert asked == {
        *(f"F01.{item}" for item in range(1, 14)),
        *("F01.14a", "F01.14b", "F01.14c", "F01.14d", "F01.14e", "F01.15a", "F01.15b", "F01.15c", "F01.16a"),
        *("F01.17", "F01.18", "F01.22b"),
        *("F02.2", "F02.3", "F02.7", "F02.8", "F02.22", "F02.23", "F02.24"),
    }
