"""The course file: what is written is read back; what is not a course is refused with the place named."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.model.base import TextItem
from app.model.course import Course, CourseLanguage
from app.model.errors import ProjectFileError
from app.model.structure import Lesson, Module
from app.storage import course_file
from app.storage.course_file import decode, encode, read
from app.storage.migrations import Document, migrate
from tests.storage.course_strategies import courses

PATH = Path("folder/course.mooc")
REGULATION = "atu-2025-02"


def document(**course: Any) -> dict[str, Any]:
    return {"format": "mooc-studio-course", "schema": 1, "regulation": REGULATION, "course": course}


def as_bytes(content: Any) -> bytes:
    return json.dumps(content).encode()


def refusal(data: bytes) -> ProjectFileError:
    with pytest.raises(ProjectFileError) as caught:
        decode(data, PATH)
    assert caught.value.params["path"] == PATH
    return caught.value


@given(courses)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_back(course: Course) -> None:
    written = encode(course, REGULATION)
    file = decode(written, PATH)
    assert file.course == course
    assert file.regulation_id == REGULATION
    assert encode(file.course, file.regulation_id) == written


def test_the_file_is_readable_text_with_the_envelope_first() -> None:
    text = encode(Course(title="Деректер қоры"), REGULATION).decode("utf-8")
    assert text == (
        '{\n  "format": "mooc-studio-course",\n  "schema": 1,\n  "regulation": "atu-2025-02",\n'
        '  "course": {\n    "title": "Деректер қоры"\n  }\n}\n'
    )


def test_a_lone_surrogate_does_not_keep_the_course_from_being_saved() -> None:
    course = Course.model_construct(title="a\ud800b", goal="\ud83d\ude00 ә")
    assert decode(encode(course, REGULATION), PATH).course == Course(title="a\ufffdb", goal="\U0001f600 ә")


def test_a_byte_order_mark_from_another_editor_is_accepted() -> None:
    assert decode(b"\xef\xbb\xbf" + as_bytes(document(title="x")), PATH).course.title == "x"


def test_values_given_as_text_in_json_keep_their_kinds() -> None:
    course = decode(as_bytes(document(language="kk", schedule={"start": "2026-09-01"})), PATH).course
    assert course.language is CourseLanguage.KK
    assert str(course.schedule.start) == "2026-09-01"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "course_empty"),
        (b"\0" * 4096, "course_empty"),
        (b" \n", "course_empty"),
        (b"PK\x03\x04 no json", "course_not_json"),
        (b'{"format": ', "course_not_json"),
        (b"[" * 100_000, "course_not_json"),
        (b'{"a": ' * 100_000, "course_not_json"),
        (b'{"schema": ' + b"9" * 5000 + b"}", "course_not_json"),
        ("{«".encode("cp1251"), "course_not_utf8"),
        ("{}".encode("utf-16"), "course_not_utf8"),
        (b"[]", "course_wrong_format"),
        (b"null", "course_wrong_format"),
        (b'"course"', "course_wrong_format"),
        (b"{}", "course_wrong_format"),
        (b'{"format": "other"}', "course_wrong_format"),
    ],
)
def test_what_is_no_course_file_is_refused(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_the_byte_that_is_not_utf8_is_named() -> None:
    assert refusal(b'{"a\xff').params["byte"] == 3


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (document(titel="x"), "course_unknown_field", "titel"),
        (document() | {"extra": 1}, "course_unknown_field", "extra"),
        (document(title=5), "course_wrong_value", "title"),
        (document(no_prerequisites="yes"), "course_wrong_value", "no_prerequisites"),
        (document(level="hard"), "course_wrong_value", "level"),
        (document(modules={}), "course_wrong_value", "modules"),
        (document(schedule={"start": "1 September"}), "course_wrong_value", "schedule/start"),
        (
            document(modules=[{"id": "m1"}, {"id": "m2", "lessons": [{"id": "l4", "planned_min": "30"}]}]),
            "course_wrong_value",
            "modules/m2/lessons/l4/planned_min",
        ),
        (
            document(test_bank=[{"id": "q1"}, {"id": "q2", "options": ["a", 1]}]),
            "course_wrong_value",
            "test_bank/q2/options/1",
        ),
        (document(modules=[{"id": "m1", "lesons": []}]), "course_unknown_field", "modules/m1/lesons"),
        (document(modules=[{"title": "x"}]), "course_missing_field", "modules/0/id"),
        (document(modules=[{"id": "a/b"}]), "course_wrong_value", "modules/a/b/id"),
        (document(objectives=[{"id": "ob1"}, {"id": "ob1"}]), "course_repeated_id", "objectives/ob1"),
        (
            document(modules=[{"id": "m1", "lessons": [{"id": "l1"}, {"id": "l1"}]}]),
            "course_repeated_id",
            "modules/m1/lessons/l1",
        ),
        (document() | {"regulation": "../../secret"}, "course_wrong_value", "regulation"),
        (document() | {"regulation": 5}, "course_wrong_value", "regulation"),
        (document() | {"course": []}, "course_wrong_value", "course"),
        (document() | {"schema": "1"}, "course_wrong_value", "schema"),
        (document() | {"schema": True}, "course_wrong_value", "schema"),
        (document() | {"schema": 0}, "course_wrong_value", "schema"),
        ({"format": "mooc-studio-course"}, "course_missing_field", "schema"),
        ({"format": "mooc-studio-course", "schema": 1}, "course_missing_field", "regulation"),
        (
            {"format": "mooc-studio-course", "schema": 1, "regulation": REGULATION},
            "course_missing_field",
            "course",
        ),
    ],
)
def test_the_place_of_a_fault_is_named(content: Any, code: str, place: str) -> None:
    error = refusal(as_bytes(content))
    assert (error.code, error.params["place"]) == (code, place)


def test_a_field_that_stands_twice_is_refused() -> None:
    error = refusal(
        b'{"format": "mooc-studio-course", "schema": 1, "course": {"title": "a", "goal": "", "title": "b"}}'
    )
    assert (error.code, error.params["place"]) == ("course_repeated_field", "title")


def test_half_a_character_in_the_file_is_refused_as_damage() -> None:
    assert refusal(as_bytes(document()).replace(b"{}", b'{"title": "\\ud800"}')).code == "course_not_json"


def test_a_newer_file_is_refused_with_both_versions_before_its_fields_are_looked_at() -> None:
    error = refusal(as_bytes({"format": "mooc-studio-course", "schema": 7, "kurs": {}}))
    assert error.code == "course_newer"
    assert (error.params["found"], error.params["supported"]) == (7, 1)


def test_a_missing_file_and_a_folder_in_its_place_are_told_apart(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "course.mooc", "course_missing"), (tmp_path, "course_unreadable")):
        with pytest.raises(ProjectFileError) as caught:
            read(path)
        assert caught.value.code == code


def test_a_file_without_permission_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "course.mooc"
    path.write_bytes(encode(Course(), REGULATION))

    def refuse(*_: object, **__: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ProjectFileError) as caught:
        read(path)
    assert (caught.value.code, caught.value.params["problem"]) == ("course_unreadable", "Permission denied")


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "course.mooc"
    with path.open("wb") as stream:
        stream.truncate(course_file.MAX_BYTES + 2**20)
    monkeypatch.delattr(Path, "read_bytes")
    with pytest.raises(ProjectFileError) as caught:
        read(path)
    assert (caught.value.code, caught.value.params["size_mb"]) == ("course_too_large", 101)


def _name_to_title(old: Document) -> Document:
    course = dict(old["course"])
    course["title"] = course.pop("name")
    return old | {"course": course}


def _minutes_to_lessons(old: Document) -> Document:
    for module in old["course"]["modules"]:
        for lesson in module["lessons"]:
            lesson["planned_min"] = lesson.pop("minutes")
    return old


STEPS = (_name_to_title, _minutes_to_lessons)
OLD_COURSE = {"name": "Алгебра", "modules": [{"id": "m1", "lessons": [{"id": "l1", "minutes": 45}]}]}


def test_an_old_file_is_brought_up_to_date_step_by_step() -> None:
    file = decode(as_bytes(document(**OLD_COURSE)), PATH, STEPS)
    assert file.course == Course(
        title="Алгебра", modules=(Module(id="m1", lessons=(Lesson(id="l1", planned_min=45),)),)
    )
    assert file.schema == 1


def test_a_file_in_between_takes_only_the_steps_that_it_lacks() -> None:
    between = document(title="Алгебра", modules=[{"id": "m1", "lessons": [{"id": "l1", "minutes": 45}]}]) | {
        "schema": 2
    }
    file = decode(as_bytes(between), PATH, STEPS)
    assert (file.course.title, file.course.modules[0].lessons[0].planned_min, file.schema) == ("Алгебра", 45, 2)
    assert migrate(between, 2, STEPS)["schema"] == 3


def test_a_file_of_the_newest_schema_takes_no_step() -> None:
    newest = document(title="x") | {"schema": 3}
    assert decode(as_bytes(newest), PATH, STEPS).course.title == "x"


def test_a_damaged_old_file_is_an_expected_error() -> None:
    with pytest.raises(ProjectFileError) as caught:
        decode(as_bytes(document(title="no name")), PATH, STEPS)
    assert (caught.value.code, caught.value.params["schema"]) == ("course_migration_failed", 1)


def test_repeated_id_speaks_of_elements_with_ids_only() -> None:
    assert course_file.repeated_id((TextItem(id="a"), TextItem(id="b"))) is None
    assert course_file.repeated_id((TextItem(id="a"), TextItem(id="a"))) == "a"
    assert course_file.repeated_id(("same", "same")) is None
