"""Files that one activity of the platform imports each, read the way its importers read them."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

import pytest
from lxml import etree

from app.exporters.packages.moodle_files import bank_xml, glossary_xml, survey_xml
from app.exporters.packages.platform import write_platform
from app.formats.files import read_file
from app.formats.lint import lint
from app.formats.names import QuestionFormat
from app.formats.pictures import ParsedPicture
from app.model.course import Course
from app.model.tasks import AnswerKind, Question
from app.model.teaching import GlossaryEntry, Survey, SurveyQuestion, SurveyWhen
from app.model.texts import Lang
from app.sample import sample_course
from app.storage.question_pictures import load_pictures, store_pictures
from app.storage.regulation_file import load_regulation
from tests.e2e.filled_courses import filled_course

REGULATION = load_regulation()
DAY = date(2026, 11, 26)
FEEDBACK_HEAD = re.compile(r"^<\?xml.+(encoding=\"([a-z0-9-]*)\").+\?>", re.IGNORECASE | re.DOTALL)
"""How the importer of questionnaires tells that a file is XML: something must stand between encoding and the end."""


def written(course: Course, folder: Path) -> dict[str, bytes]:
    summary = write_platform(course, REGULATION, folder, generated_on=DAY, attachments={}, course_folder=folder.parent)
    assert sorted(folder.iterdir()) == sorted(summary.files)
    return {path.name: path.read_bytes() for path in summary.files}


def test_a_course_gives_one_file_for_each_importer(tmp_path: Path) -> None:
    files = written(sample_course(), tmp_path / "out")
    assert {
        "course.imscc",
        "questions_moodle.xml",
        "questions_aiken.txt",
        "glossary.xml",
        "survey_entry.xml",
        "survey_exit.xml",
        "calendar.ics",
        "README.txt",
    } <= files.keys()
    readme = files["README.txt"].decode()
    assert all(name in readme for name in files if name != "README.txt")
    assert files == written(sample_course(), tmp_path / "again")


def test_an_empty_course_gives_its_frame_alone(tmp_path: Path) -> None:
    assert {"course.imscc", "calendar.ics", "README.txt"} == written(Course(), tmp_path / "out").keys()


def categories(data: bytes) -> Iterator[tuple[list[str], int]]:
    """Yield the categories of a Moodle XML file as the importer splits them, with how many questions follow each."""
    path: list[str] = []
    count = 0
    for question in etree.fromstring(data).findall("question"):
        if question.get("type") != "category":
            count += 1
            continue
        if path:
            yield path, count
        text = question.findtext("category/text") or ""
        path = [part.replace("//", "/") for part in re.split(r"(?<!/)/(?!/)", text)]
        count = 0
    yield path, count


def test_the_bank_has_a_category_for_each_module_and_lecture() -> None:
    course = sample_course()
    data, left_out = bank_xml(course, Lang.KK)
    assert left_out == ()
    found = list(categories(data))
    lessons = [(module, lesson) for module in course.modules for lesson in module.lessons]
    assert [count for _, count in found] == [8] * 15
    for (path, _), (module, lesson) in zip(found, lessons, strict=True):
        assert path[:2] == ["$course$", "top"]
        assert path[2] == course.title
        assert path[3].endswith(module.title)
        assert path[4].endswith(lesson.title)
    report = lint(data, REGULATION.limits["question_options"], QuestionFormat.MOODLE_XML)
    assert (report.moodle.imported, report.moodle.lost, report.moodle.without_right_answer) == (120, 0, 0)


def test_pictures_of_questions_go_into_the_bank(tmp_path: Path) -> None:
    picture = ParsedPicture(b"\x89PNG\r\n\x1a\n", None, "сызба")
    question = Question(
        id="q", stem="Суретте не?", options=("а", "б"), correct=(0,), pictures=(picture.as_picture("p1"),)
    )
    store_pictures(tmp_path, {picture.path: picture.data})
    data, left_out = bank_xml(Course(title="T", test_bank=(question,)), Lang.KK, load_pictures(tmp_path, [question]))
    assert left_out == ()
    [read] = read_file(data).result.questions
    assert [(p.data, p.alt) for p in read.pictures] == [(picture.data, "сызба")]


def test_a_slash_in_a_name_does_not_make_another_category() -> None:
    course = sample_course()
    module = course.modules[0].model_copy(update={"title": "Ылғал/құрғақ <сақтау>"})
    data, _ = bank_xml(course.model_copy(update={"modules": (module, *course.modules[1:])}), Lang.KK)
    assert next(categories(data))[0][3] == "01 Ылғал/құрғақ <сақтау>"


def test_questions_of_no_lecture_and_what_cannot_be_written() -> None:
    stray = Question(id="a", stem="?", options=("x", "y"), correct=(0,))
    keyless = Question(id="b", stem="??", options=("x", "y"), lesson_id="gone")
    data, left_out = bank_xml(Course(title="T", test_bank=(stray, keyless)), Lang.EN)
    assert list(categories(data)) == [(["$course$", "top", "T", "Questions of no lecture"], 1)]
    assert [(question.id, question.problems[0].code) for question in left_out] == [("b", "no_right_answer")]


def test_the_readme_and_the_summary_name_what_is_left_out(tmp_path: Path) -> None:
    pairs = Question(id="m", kind=AnswerKind.MATCHING, stem="?", options=("a", "b"), answers=("1", "2"))
    summary = write_platform(
        Course(title="T", test_bank=(pairs,)),
        REGULATION,
        tmp_path / "out",
        generated_on=DAY,
        attachments={},
        course_folder=tmp_path,
    )
    assert {name: [question.id for question in left] for name, left in summary.left_out.items()} == {
        "course.imscc": ["m"]
    }
    assert "course.imscc ішінде жоқ сұрақтар: 1" in summary.files[-1].read_text(encoding="utf-8")


def test_glossary_entries_are_what_the_importer_reads() -> None:
    entries = (
        GlossaryEntry(id="a", term=" HACCP\nжүйесі ", definition="a < b\nекінші жол"),
        GlossaryEntry(id="b", term="Бос", definition=" "),
        GlossaryEntry(id="c", term="", definition="жоқ"),
    )
    root = etree.fromstring(glossary_xml(Course(title="T", glossary=entries), Lang.KK))
    assert root.tag == "GLOSSARY"
    [entry] = root.findall("INFO/ENTRIES/ENTRY")
    assert entry.findtext("CONCEPT") == "HACCP жүйесі"
    assert entry.findtext("DEFINITION") == "a &lt; b<br>екінші жол"
    assert entry.findtext("FORMAT") == "1", "1 is HTML"
    assert root.findtext("INFO/ALLOWDUPLICATEDENTRIES") == "0"
    sample = etree.fromstring(glossary_xml(sample_course(), Lang.KK))
    assert len(sample.findall("INFO/ENTRIES/ENTRY")) == len(sample_course().glossary)


def test_two_entries_of_one_name_are_allowed_for() -> None:
    entries = tuple(GlossaryEntry(id=ident, term=term, definition="x") for ident, term in (("a", "Су"), ("b", "СУ")))
    root = etree.fromstring(glossary_xml(Course(glossary=entries), Lang.KK))
    assert root.findtext("INFO/ALLOWDUPLICATEDENTRIES") == "1"


@pytest.mark.parametrize("survey", sample_course().surveys)
def test_a_questionnaire_is_what_the_importer_reads(survey: Survey) -> None:
    data = survey_xml(survey)
    assert FEEDBACK_HEAD.match(data.decode())
    root = etree.fromstring(data)
    assert root.get("VERSION") == "200701"
    items = root.findall("ITEMS/ITEM")
    assert len(items) == len(survey.questions)
    for item, question in zip(items, survey.questions, strict=True):
        assert item.findtext("ITEMTEXT").strip() == question.text
        kind, presentation = item.get("TYPE"), item.findtext("PRESENTATION").strip()
        if question.options:
            subtype, _, options = presentation.partition(">>>>>")
            assert (kind, subtype, options.split("|")) == ("multichoice", "r", list(question.options))
        else:
            assert (kind, presentation) == ("textarea", "60|5")


def test_marks_of_the_questionnaire_format_are_no_marks_in_a_text() -> None:
    question = SurveyQuestion(id="q", text="a|b <b>?", options=("x|y", ">>>>>z", "<<<<<1", " "))
    root = etree.fromstring(survey_xml(Survey(id="s", when=SurveyWhen.ENTRY, questions=(question,))))
    presentation = root.findtext("ITEMS/ITEM/PRESENTATION")
    assert presentation == "r>>>>>x&#124;y|&gt;&gt;&gt;&gt;&gt;z|&lt;&lt;&lt;&lt;&lt;1"
    assert root.findtext("ITEMS/ITEM/ITEMTEXT") == "a|b &lt;b&gt;?"


HOSTILE = (
    "</text></question><category>x</category>]]> &e; <!DOCTYPE x>",
    "a\x00\x01\x1b[31m\ufffe\ud83d b",
    "{{ 7*7 }} $course$/top // | >>>>> ####",
    "\u202egnp.exe\u2066 👩\u200d🚀",
    "../../../etc/passwd",
    "Ұ" * 3000,
)


@pytest.mark.parametrize("turn", range(len(HOSTILE)))
def test_hostile_text_in_every_field_gives_files_that_importers_can_read(tmp_path: Path, turn: int) -> None:
    texts = cycle([*HOSTILE[turn:], *HOSTILE[:turn]])
    course = filled_course(lambda: next(texts).replace("\ud83d", ""))
    files = written(course, tmp_path / "out")
    for name, data in files.items():
        if name.endswith(".xml"):
            root = etree.fromstring(data)
            assert root.tag in {"quiz", "GLOSSARY", "FEEDBACK"}
    with zipfile.ZipFile(tmp_path / "out" / "course.imscc") as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        assert all(name.isascii() and ".." not in name and not name.startswith("/") for name in names)
        for name in names:
            if name.endswith(".xml"):
                etree.fromstring(archive.read(name))
    files["README.txt"].decode("utf-8")
