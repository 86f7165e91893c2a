"""Papers beside the forms: messages, annotations, questionnaires, schedule, links, records (part B-b)."""

from datetime import date

import pytest

from app.exporters.document import Heading, SignatureLine
from app.exporters.forms import EXPORTED, FORMS, build_form, write_document
from app.model.course import Course, CourseLanguage
from app.model.papers import Material
from app.model.people import FileRef
from app.model.regulation import BLANK
from app.model.texts import Lang
from app.storage.texts_file import load_texts
from tests.exporters.document_texts import ON, REGULATION, docx_blocks, docx_text, pdf_text, squeezed
from tests.exporters.reviewed_course import reviewed_course

PAPERS = ("annotations", "messages", "surveys", "schedule", "link_list", "pilot", "prelaunch", "intake")
COURSE = reviewed_course()
EMPTY = Course()


def lines_of(paper: str, course: Course = COURSE) -> list[str]:
    return docx_blocks(write_document(build_form(course, REGULATION, paper, generated_on=ON, draft=False), "docx"))


def test_every_paper_can_be_asked_for() -> None:
    assert set(PAPERS) < set(FORMS)
    assert list(EXPORTED) == [*(f"{n:02}" for n in range(1, 12)), *(form for form in FORMS if not form.isdigit())]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("lang", Lang)
def test_a_paper_speaks_the_language_of_the_course(paper: str, lang: Lang) -> None:
    course = COURSE.model_copy(update={"language": CourseLanguage(lang.value)})
    document = build_form(course, REGULATION, paper, generated_on=ON, draft=True)
    title = load_texts().get(f"forms.{paper}.title", lang)
    assert document.title == title
    assert document.lang is lang
    assert document.form_code == ""  # none of them has an official form
    assert next(block.runs[0].text for block in document.blocks if isinstance(block, Heading)) == title


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_without_data_is_filled_in_by_hand(paper: str) -> None:
    assert BLANK in lines_of(paper, EMPTY)
    assert pdf_text(write_document(build_form(EMPTY, REGULATION, paper, generated_on=ON, draft=False), "pdf"))


def test_messages_carry_their_day_and_length() -> None:
    lines = lines_of("messages")
    text = COURSE.modules[0].weekly_message.text
    assert squeezed(text) in lines
    assert squeezed(f"{len(text)} таңба (400–600 болуы керек)") in lines
    assert "01.02.2027" in lines


def test_annotations_of_modules_lectures_and_videos_and_reference_materials() -> None:
    text = "".join(lines_of("annotations"))
    for module in COURSE.modules:
        assert squeezed(module.annotation) in text
        for lesson in module.lessons:
            assert squeezed(lesson.annotation) in text
            assert squeezed(lesson.video.annotation) in text
    assert all(squeezed(item.text) in text for item in COURSE.reference_materials)


def test_questionnaires_list_questions_with_their_options() -> None:
    text = docx_text(write_document(build_form(COURSE, REGULATION, "surveys", generated_on=ON, draft=False), "docx"))
    for survey in COURSE.surveys:
        for number, question in enumerate(survey.questions, start=1):
            assert squeezed(f"{number}. {question.text}") in text
            assert all(squeezed(f"□ {option}") in text for option in question.options)


def test_the_schedule_is_in_the_order_of_days() -> None:
    lines = lines_of("schedule")
    days = [line[:10] for line in lines if len(line) >= 10 and line[2] == line[5] == "." and line[6:10].isdigit()]
    assert days == sorted(days, key=lambda day: (day[6:], day[3:5], day[:2]))
    at = lines.index(squeezed("Курс басталады"))
    assert lines[at - 2 : at] == ["01.02.2027", "дүйсенбі"]  # a Monday
    assert date(2027, 2, 1).isoweekday() == 1
    assert squeezed("10.01.2027 – 14.01.2027") in lines


def test_the_list_of_links_holds_every_address_and_checksum() -> None:
    checksum = "ab" * 32
    file = FileRef(path="materials/x.pdf", sha256=checksum)
    course = COURSE.model_copy(
        update={"materials": (Material(id="m", title="Кесте", url="https://atu.edu.kz/x", file=file),)}
    )
    lines = lines_of("link_list", course)
    assert {"https://atu.edu.kz/x", f"SHA-256:{checksum}", COURSE.materials_folder_url} <= set(lines)
    urls = [
        item.url for module in COURSE.modules for lesson in module.lessons for item in lesson.self_study if item.url
    ]
    assert urls
    assert set(map(squeezed, urls)) <= set(lines)


def test_the_record_of_the_trial() -> None:
    lines = lines_of("pilot")
    for value in ("10.01.2027", "14.01.2027", "12", "Екінші курстың бір тобы.", "2-тапсырманың нұсқауы нақтыланды."):
        assert squeezed(value) in lines


def test_the_record_before_the_launch_answers_six_questions_for_each_element() -> None:
    lines = lines_of("prelaunch")
    at = lines.index(squeezed("1-дәрістің бейнежазбасы"))
    assert lines[at : at + 9] == [
        squeezed(text)
        for text in (
            "1-дәрістің бейнежазбасы", "сапа стандарттарына сәйкестігі", "иә", "авторлық құқықтың сақталуы", "иә",
            "қолжетімділік нормаларына сәйкестігі", "функционалдық нормаларға сәйкестігі", "мазмұнның дәлдігі",
            "грамматикалық және орфографиялық дұрыстығы",
        )
    ]  # fmt: skip
    assert lines[at + 9] == "жоқ"


def test_the_record_of_the_intake_names_forms_result_and_remarks() -> None:
    lines = lines_of("intake")
    assert squeezed("Ү.ЖИЦДО-7.5.1-2025-02-02") in lines
    assert squeezed("пысықтауға қайтарылды") in lines
    assert squeezed("Глоссарийге қол қойылмаған.") in lines


@pytest.mark.parametrize(("paper", "count"), [("pilot", 2), ("prelaunch", 2), ("intake", 1), ("messages", 0)])
def test_records_are_signed(paper: str, count: int) -> None:
    document = build_form(COURSE, REGULATION, paper, generated_on=ON, draft=False)
    assert sum(isinstance(block, SignatureLine) for block in document.blocks) == count
