"""Every text of a course is found, named and replaced, and nothing else is touched."""

import re
import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.base import Model, TextItem
from app.model.course import Course, CourseLanguage
from app.model.papers import Attestation, Material
from app.model.structure import Lesson, Module
from app.model.tasks import Question
from app.model.texts import Lang
from app.session.course_texts import TextKind, course_texts, is_text_field
from app.session.edit import get_value, set_value
from app.session.place_names import place_name
from app.session.replace import Query, find, replace
from app.session.typography import apply_repairs, repaired, repairs
from app.storage.texts_file import load_texts
from tests.storage.course_strategies import courses

TEXTS = load_texts()


def all_text_places(kind: Any, path: str, *, every: bool = False) -> Iterator[str]:
    """Yield the pattern of every text field of the model, by its types and not by `course_texts`."""
    if get_origin(kind) in (Union, types.UnionType):
        for one in get_args(kind):
            yield from all_text_places(one, path, every=every)
    elif get_origin(kind) is tuple:
        yield from all_text_places(get_args(kind)[0], f"{path}/0", every=every)
    elif get_origin(kind) is dict:
        yield from all_text_places(get_args(kind)[1], f"{path}/0", every=every)
    elif isinstance(kind, type) and issubclass(kind, Model):
        for name, field in kind.model_fields.items():
            yield from all_text_places(field.annotation, f"{path}/{name}".lstrip("/"), every=every)
    elif kind is str or every:
        yield path


def own_places() -> list[str]:
    records = ("audit_log", "attestations", "submissions")
    places = all_text_places(Course, "")
    return [
        path
        for path in places
        if not path.startswith(records)
        and all(is_text_field(part) for part in path.split("/"))
        and not path.endswith(("/path", "/sha256"))
    ]


@pytest.mark.parametrize("lang", Lang)
def test_every_text_field_of_the_model_has_a_name_in_every_language(lang: Lang) -> None:
    nameless = [path for path in own_places() if len(_names(path, lang)) < _names_due(path)]
    assert nameless == []


@pytest.mark.parametrize("lang", Lang)
def test_every_field_at_all_is_called_something(lang: Lang) -> None:
    paths = list(all_text_places(Course, "", every=True))
    assert len(paths) > 300
    assert [path for path in paths if not place_name(Course(), path, TEXTS, lang)] == []


def _names(path: str, lang: Lang) -> list[str]:
    return [name for name in place_name(Course(), path, TEXTS, lang).split(" › ") if name]


NAMED_BY_THE_ELEMENT = (
    *("prerequisites", "postrequisites", "objectives", "reference_materials", "lessons/0/questions"),
    *("parameters", "rubric"),
)
"""Lists whose elements are one text: «Міндет 2» says it all."""


def _names_due(path: str) -> int:
    """Return how many words a name has at least: one for each element, one more for a field of it."""
    whole = path.endswith("/0") or path.removesuffix("/0/text").endswith(NAMED_BY_THE_ELEMENT)
    return path.count("/0") + (0 if whole else 1)


def test_a_name_says_the_number_that_the_form_prints() -> None:
    course = Course(
        modules=(
            Module(id="m1", lessons=(Lesson(id="a"), Lesson(id="b"))),
            Module(id="m2", lessons=(Lesson(id="c", title="X"),)),
        )
    )
    name = place_name(course, "modules/m2/lessons/c/title", TEXTS, Lang.RU)
    assert name == "Модуль №2 › Лекция 3 › Тема лекции"  # lectures are numbered through the course (8.7c)


def test_the_answers_about_the_promo_video_are_told_apart() -> None:
    names = [
        place_name(Course(), f"promo/checklist/{name}", TEXTS, Lang.KK)
        for name in ("features", "difficulties", "skills", "benefit")
    ]
    assert len(set(names)) == 4  # F01.14e asks two questions in the same words
    assert all(name.startswith("Промовидео › ") for name in names)


def test_records_references_and_files_are_no_texts() -> None:
    course = Course(
        title="word",
        attestations=(Attestation(id="word", rule_id="word", value=True, note="word"),),
        materials=(Material(id="m", title="word", url="https://word.kz", lesson_id="word", url_status="word"),),
        state="word",
    )
    found = {placed.path: placed.kind for placed in course_texts(course)}
    assert found == {
        "title": TextKind.PROSE,
        "materials/m/title": TextKind.PROSE,
        "materials/m/url": TextKind.EXACT,
    }


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(courses)
def test_every_text_stands_where_its_path_says(course: Course) -> None:
    for placed in course_texts(course):
        assert get_value(course, placed.path) == placed.text
        assert set_value(course, placed.path, placed.text) is course


LESSON = Lesson(id="l", title="Тағам қауіпсіздігі", questions=(TextItem(id="q", text="Тағамдық қоспа деген не?"),))
COURSE = Course(
    title="Тағам және ТАҒАМ",
    modules=(Module(id="m", lessons=(LESSON,)),),
    test_bank=(Question(id="q1", stem="1.5 (a+b)?", options=("тағам", "су")),),
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query("тағам"), ["Тағам", "ТАҒАМ", "Тағам", "Тағам", "тағам"]),
        (Query("тағам", match_case=True), ["тағам"]),
        (Query("тағам", whole_word=True), ["Тағам", "ТАҒАМ", "Тағам", "тағам"]),
        (Query("(a+b)"), ["(a+b)"]),
        (Query("тағам қауіпсіздігі"), ["Тағам қауіпсіздігі"]),
        (Query(""), []),
        (Query(".*"), []),
    ],
)
def test_what_is_found(query: Query, found: list[str]) -> None:
    assert [hit.found for hit in find(COURSE, query)] == found


def test_a_phrase_is_found_across_a_line_break() -> None:
    (hit,) = find(Course(goal="food\nsafety"), Query("food safety"))
    assert hit.found == "food\nsafety"


def test_replacing_changes_the_hits_and_nothing_else() -> None:
    hits = find(COURSE, Query("тағам", match_case=False, whole_word=True))
    course = replace(COURSE, hits, r"азық \1")
    assert course.title == r"азық \1 және азық \1"
    assert course.test_bank[0].options == (r"азық \1", "су")
    assert course.modules[0].lessons[0].questions == LESSON.questions


def test_a_hit_that_is_gone_is_left_alone() -> None:
    hits = find(COURSE, Query("тағам"))
    shifted = COURSE.model_copy(update={"title": "А Тағам және ТАҒАМ", "modules": ()})
    assert replace(shifted, hits, "су").title == "А Тағам және ТАҒАМ"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(courses, st.text(min_size=1, max_size=2))
def test_replacing_a_text_by_itself_changes_nothing(course: Course, needle: str) -> None:
    hits = find(course, Query(needle, match_case=True))
    same = [hit for hit in hits if hit.found == needle]
    assert replace(course, same, needle) is course


@pytest.mark.parametrize(
    ("before", "language", "after"),
    [
        ('Курс "Тағам" - негіз', CourseLanguage.KK, "Курс «Тағам» – негіз"),
        ("«Курс “Азық” дейді»", CourseLanguage.KK, "«Курс „Азық“ дейді»"),
        ('Кітап ("Химия"), бет 3', CourseLanguage.RU, "Кітап («Химия»), бет 3"),
        ("The «safe» food -- always", CourseLanguage.EN, "The “safe” food – always"),
        ("Он сказал „да“ — и ушёл", CourseLanguage.RU, "Он сказал «да» – и ушёл"),
        ('Монитор 15" экран', CourseLanguage.RU, 'Монитор 15" экран'),
        ('Ашық "тырнақша', CourseLanguage.KK, 'Ашық "тырнақша'),
        ("2024-2025, e-mail, 7.5.1-02", CourseLanguage.RU, "2024-2025, e-mail, 7.5.1-02"),
        ("- бірінші\n- екінші", CourseLanguage.KK, "– бірінші\n– екінші"),
        ('см. https://a.kz/x--y - и "да"', CourseLanguage.RU, "см. https://a.kz/x--y – и «да»"),
        (r'Табыңыз: \(a - "b"\) - жауап', CourseLanguage.KK, r'Табыңыз: \(a - "b"\) – жауап'),
        ('"Слова" первые', None, "«Слова» первые"),
        ('"Words" first', None, "“Words” first"),
    ],
)
def test_quotes_and_dashes(before: str, language: CourseLanguage | None, after: str) -> None:
    assert repaired(before, language) == after


@given(st.text(alphabet="aж1 \n\"«»“”„-—–.,()'h:/", max_size=40), st.sampled_from([*CourseLanguage, None]))
def test_a_repair_changes_signs_only_and_is_done_once(text: str, language: CourseLanguage | None) -> None:
    once = repaired(text, language)
    assert repaired(once, language) == once
    signs = r"[\"«»„“”‘’—–-]"
    assert re.sub(signs, "", once) == re.sub(signs, "", text)
    assert once.count("\n") == text.count("\n")


def test_repairs_are_listed_made_and_leave_addresses() -> None:
    course = Course(
        language=CourseLanguage.KK,
        title='"А"',
        goal="дұрыс",
        materials=(Material(id="m", url='https://x.kz/"q" - 1'),),
    )
    listed = repairs(course)
    assert [(repair.path, repair.after) for repair in listed] == [("title", "«А»")]
    assert apply_repairs(course, listed) == course.model_copy(update={"title": "«А»"})
    changed = course.model_copy(update={"title": "other"})
    assert apply_repairs(changed, listed) is changed
