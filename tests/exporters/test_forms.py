"""Forms 01, 02 and 05, glossary and literature: official labels to the letter, the course's values, usable blanks."""

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exporters.document import Document, RowRole, SignatureLine, Table
from app.exporters.forms import FORMS, WRITERS, build_form, export_form, form_05, write_document
from app.exporters.sanitise import sanitise
from app.model.course import Course, CourseLanguage
from app.model.errors import ExportError
from app.model.people import Author
from app.model.regulation import BLANK, Regulation
from app.model.structure import Lesson, Module
from app.model.tasks import AnswerKind, Placement, Question, Task, TaskKind, TaskRole
from app.model.teaching import GlossaryEntry, GlossaryKind, Reference
from app.model.texts import placeholders
from app.sample import sample_course
from app.storage.texts_file import load_texts
from tests.exporters.document_texts import (
    ON,
    REGULATION,
    catalog,
    docx_blocks,
    docx_text,
    mapped_strings,
    pdf_pages,
    pdf_text,
    reader,
    squeezed,
)
from tests.exporters.reviewed_course import reviewed_course
from tests.storage.course_strategies import courses

ROOT = Path(__file__).resolve().parents[2]
NUMBERED = ("01", "02", "05")
EMPTY = Course()


def made(form: str, fmt: str, course: Course, *, draft: bool = False, regulation: Regulation = REGULATION) -> bytes:
    return export_form(course, regulation, form, fmt, generated_on=ON, draft=draft)


@pytest.fixture(scope="module")
def sample_pdfs() -> dict[str, bytes]:
    return {form: made(form, "pdf", sample_course(), draft=True) for form in FORMS}


def signature_values(course: Course) -> dict[str, list[dict[str, object]]]:
    """Return what stands in the placeholders of the labels, label by label."""
    modules: list[dict[str, object]] = [{"n": number} for number, _ in enumerate(course.modules, start=1)]
    return {
        "F02.2": [{"blank": course.faculty}],
        "F02.3": [{"blank": course.department.name}],
        "F02.7": [{"year": f"{course.approval.year or 0:02d}"[-2:]}],
        "F02.18": modules,
        "F02.21": modules,
        "F02.24": [{"abbr": course.department.abbr, "name": course.department.head}],
        "F02.25": [{"name": author.full_name} for author in course.authors],
    }


def official_labels(form: str, course: Course) -> list[str]:
    """Return every label that a filled form prints, its numbers and names filled in."""
    forms = REGULATION.forms[f"form_{form}"]
    values = signature_values(course)
    labels = [forms.title]
    for key in forms.labels:
        if key not in forms.placeholders and ".blank." not in key:
            labels += [REGULATION.label(f"form_{form}", key, **given) for given in values.get(key, [{}])]
    return labels


@pytest.mark.parametrize("form", NUMBERED)
def test_every_official_label_is_printed_to_the_letter(form: str, sample_pdfs: dict[str, bytes]) -> None:
    text = pdf_text(sample_pdfs[form], build_form(sample_course(), REGULATION, form, generated_on=ON, draft=True))
    missing = [label for label in official_labels(form, sample_course()) if squeezed(label) not in text]
    assert missing == []


@pytest.mark.parametrize(
    ("form", "label"),
    [
        ("01", "ҚОСЫМША"),
        ("01", "Ү.ЖИЦДО-7.5.1-2025-02-01"),
        ("01", "ЖАОК СИПАТТАМАСЫ МЕН ҚҰРЫЛЫМЫ"),
        ("01", "1. ЖАОК атауы (150 таңбадан аспауы керек)"),
        ("01", "10. ЖАОК сипаттамасы. Курстың қысқаша аннотациясы (1 сөйлем, 100 таңбаға дейін)"),
        (
            "01",
            "14. Промовидео немесе курс трейлері (3 минутқа дейін). Бейнежазба студиясында жазу керек (204-2Б, кездесу",
        ),
        ("01", "22. Тест тапсырмалары Ү.ЖИЦДО-7.5.1-2025-02-05 сәйкес рәсімделуі керек – ең аз тест саны 100."),
        ("02", "«Алматы технологиялық университеті» АҚ"),
        ("02", "ЖАОК ЖҰМЫС БАҒДАРЛАМАСЫ"),
        ("02", "1.2 Оқудың мақсаты:"),
        ("02", "1.4 Оқудың міндеттері:"),
        ("02", "1.4 Оқу нәтижелері:"),
        ("02", "1. Пререквизиттер. Осы ЖАОК - ты игеру үшін келесі курстарды оқып-үйрену кезінде алған білім, білік"),
        ("02", "ЖАОК құрылымы (кемінде 4-6 модуль)"),
        ("02", "№5 модуль бойынша қорытынды бақылау"),
        ("02", "ЖАОК бойынша қорытынды бақылау"),
        ("05", "ТЕСТ ТАПСЫРМАЛАРЫНЫҢ ҮЛГІСІ"),
        ("05", "Ескерту: бір жауап нұсқасы бар тест сұрағы"),
    ],
)
def test_labels_are_those_of_the_regulation(form: str, label: str, sample_pdfs: dict[str, bytes]) -> None:
    assert squeezed(label) in pdf_text(sample_pdfs[form])


@pytest.mark.parametrize("form", NUMBERED)
def test_placeholders_are_replaced_by_values(form: str, sample_pdfs: dict[str, bytes]) -> None:
    forms = REGULATION.forms[f"form_{form}"]
    lines = docx_blocks(made(form, "docx", sample_course()))
    standing = {squeezed(forms.labels[key]) for key in forms.placeholders if not placeholders(forms.labels[key])} - {
        "ANSWER:D",
        "ANSWER:C",
    }  # these are answers of real questions, too
    assert standing.isdisjoint(lines)


def moving_cells(document: Document) -> list[str]:
    """Return the texts of column headers and of cells over several rows, the longest first."""
    tables = [block for block in document.blocks if isinstance(block, Table) and block.framed]
    cells = [
        cell
        for table in tables
        for row in table.rows
        for cell in row.cells
        if cell.rowspan > 1 or row.role is RowRole.HEADER
    ]
    texts = {squeezed("".join(run.text for line in cell.lines for run in line)) for cell in cells}
    return sorted(texts, key=lambda text: (-len(text), text))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("course", [sample_course(), EMPTY], ids=["sample", "empty"])
def test_pdf_and_docx_hold_the_same_text_in_the_same_order(form: str, course: Course) -> None:
    document = build_form(course, REGULATION, form, generated_on=ON, draft=True)
    in_pdf = pdf_text(write_document(document, "pdf"), document)
    in_docx = docx_text(write_document(document, "docx"))
    # A cell over several rows is painted after them, and column headers stand on each page of a PDF; their places in
    # the reading order are in the tags.
    for cell in moving_cells(document):
        assert in_pdf.count(cell) >= in_docx.count(cell) > 0
        in_pdf, in_docx = in_pdf.replace(cell, ""), in_docx.replace(cell, "")
    assert in_pdf == in_docx


@pytest.mark.parametrize("form", FORMS)
def test_a_draft_says_so_on_every_page(form: str, sample_pdfs: dict[str, bytes]) -> None:
    mark = "ЖОБА/ПРОЕКТ/DRAFT"
    pages = pdf_pages(sample_pdfs[form])
    assert all(page.count(mark) == 1 for page in pages)
    assert docx_blocks(made(form, "docx", sample_course(), draft=True), "word/header1.xml")[0].count(mark) == 1
    assert mark not in pdf_text(made(form, "pdf", EMPTY))
    assert mark not in docx_blocks(made(form, "docx", EMPTY), "word/header1.xml")[0]


@pytest.mark.parametrize("form", NUMBERED)
def test_every_page_names_form_edition_day_and_number(form: str, sample_pdfs: dict[str, bytes]) -> None:
    pages = pdf_pages(sample_pdfs[form])
    for number, page in enumerate(pages, start=1):
        assert f"Ү.ЖИЦДО-7.5.1-2025-02-{form}" in page
        assert "АТУ-ЖИЦДО-ІӘЕ-7.5.1-2025-02,03.11.2025" in page
        assert "23.11.2026" in page
        assert page.endswith(f"{number}/{len(pages)}")


def test_the_file_names_title_language_and_authors(sample_pdfs: dict[str, bytes]) -> None:
    for form in NUMBERED:
        pdf = reader(sample_pdfs[form])
        assert pdf.metadata is not None
        assert pdf.metadata.title == REGULATION.forms[f"form_{form}"].title
        assert pdf.metadata.author == ", ".join(author.full_name for author in sample_course().authors)
        assert catalog(sample_pdfs[form])["/Lang"] == "kk"


def test_another_process_makes_the_same_bytes(sample_pdfs: dict[str, bytes], tmp_path: Path) -> None:
    code = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from app.exporters.forms import export_form; from app.sample import sample_course\n"
        "from app.storage.regulation_file import load_regulation\n"
        "for fmt in ('pdf', 'docx'):\n"
        "    data = export_form(sample_course(), load_regulation(), '02', fmt,"
        " generated_on=date(2026, 11, 23), draft=True)\n"
        "    Path(sys.argv[1], fmt).write_bytes(data)\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Almaty", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=environment, cwd=tmp_path, timeout=120)
    assert (tmp_path / "pdf").read_bytes() == sample_pdfs["02"]
    assert (tmp_path / "docx").read_bytes() == made("02", "docx", sample_course(), draft=True)


def test_a_changed_limit_changes_the_form() -> None:
    data = json.loads(REGULATION.model_dump_json())
    data["limits"]["title_chars"]["max"] = 120
    changed = Regulation.model_validate_json(json.dumps(data))
    for fmt, read in (("pdf", pdf_text), ("docx", docx_text)):
        text = read(made("01", fmt, sample_course(), regulation=changed))
        assert "1.ЖАОКатауы(120таңбаданаспауыкерек)" in text
        assert "150таңбадан" not in text


# Values of the course


def small(**changes: object) -> Course:
    return Course.model_validate({"title": "Т", **changes})


def blocks_of(form: str, course: Course) -> list[str]:
    return docx_blocks(made(form, "docx", course))


def test_form_01_prints_description_and_annotation_in_item_10() -> None:
    lines = blocks_of("01", small(description="Бірінші.\nЕкінші.", annotation="Қысқа."))
    item = lines.index(squeezed("10. ЖАОК сипаттамасы. Курстың қысқаша аннотациясы (1 сөйлем, 100 таңбаға дейін)"))
    assert lines[item + 1 : item + 4] == ["ЖАОКсипаттамасы:Бірінші.", "Екінші.", "Курстыңқысқашааннотациясы:Қысқа."]


def test_none_needed_is_not_the_same_as_no_answer() -> None:
    label = squeezed(REGULATION.label("form_01", "F01.8"))
    for course, value in ((small(no_prerequisites=True), "талапетілмейді"), (small(), BLANK)):
        lines = blocks_of("01", course)
        assert lines[lines.index(label) + 1] == value


def test_duration_is_weeks_and_academic_hours(sample_pdfs: dict[str, bytes]) -> None:
    # Five weeks of 230 minutes are 1150 minutes, 23 academic hours of 50 minutes.
    assert squeezed("5 апта, 23 академиялық сағат") in pdf_text(sample_pdfs["01"])
    assert squeezed("5 апта, 23 академиялық сағат") in pdf_text(sample_pdfs["02"])


def test_form_01_counts_the_questions_of_form_05(sample_pdfs: dict[str, bytes]) -> None:
    assert squeezed("Тест тапсырмаларының саны: 120") in pdf_text(sample_pdfs["01"])


def test_a_russian_course_keeps_the_official_labels_and_speaks_russian() -> None:
    lines = blocks_of("01", small(language=CourseLanguage.RU, level="advanced"))
    assert lines[lines.index("3.ЖАОКтілі") + 1] == "русскийязык"
    assert lines[lines.index("6.Курстыңкүрделілікдеңгейі:бастауыш,орта,жоғары") + 1] == "высокий"


def test_form_02_lists_authors_with_all_four_parts() -> None:
    author = Author(id="a", full_name="Аты-жөні", degree="PhD", no_title=True, position="доцент", email="a@atu.edu.kz")
    lines = blocks_of("02", small(authors=[author, Author(id="b", full_name="Екінші")]))
    assert squeezed("Аты-жөні – PhD, ғылыми атағы жоқ, доцент, a@atu.edu.kz") in lines
    assert squeezed("Екінші – _____, _____, _____, _____") in lines


def structure_rows(course: Course) -> list[list[str]]:
    document = python_docx.Document(io.BytesIO(made("02", "docx", course)))
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def test_the_structure_table_follows_the_course() -> None:
    modules = [
        Module(id="m1", title="Бірінші модуль", lessons=(Lesson(id="l1", title="Аа"), Lesson(id="l2", title="Әә"))),
        Module(id="m2", title="Екінші модуль", lessons=(Lesson(id="l3", title="Бб"),)),
    ]
    tasks = [
        Task(id="t1", target_id="l1", kind=TaskKind.ESSAY, count=2),
        Task(id="t2", target_id="l2", kind=TaskKind.TEST),
        Task(
            id="f1", target_id="m1", placement=Placement.MODULE_END, role=TaskRole.SUMMATIVE, weight_pct=12.5, count=1
        ),
        Task(id="p1", target_id="m1", placement=Placement.MODULE_END, kind=TaskKind.PRACTICAL, weight_pct=6),
        Task(
            id="z",
            placement=Placement.COURSE_END,
            role=TaskRole.SUMMATIVE,
            kind=TaskKind.PROJECT,
            deadline=date(2027, 3, 5),
        ),
    ]
    questions = [Question(id=f"q{number}", task_ids=("t2",)) for number in range(10)]
    assert structure_rows(small(modules=modules, tasks=tasks, test_bank=questions)) == [
        ["Бірінші модуль"] * 2,
        ["Модуль №1", "Дәріс 1. Аа"],
        ["Модуль №1", "эссе – 2"],
        ["Модуль №1", "Дәріс 2. Әә"],
        ["Модуль №1", "тест – 10 сұрақ"],
        ["Модуль №1", "Модуль тапсырмалары:\nпрактикалық тапсырма – 1, салмағы 6 %"],
        ["№1 модуль бойынша қорытынды бақылау", "тест – 0 сұрақ, салмағы 12,5 %"],
        ["Екінші модуль"] * 2,
        ["Модуль №2", "Дәріс 3. Бб"],
        ["Модуль №2", BLANK],
        ["№2 модуль бойынша қорытынды бақылау", BLANK],
        ["ЖАОК бойынша қорытынды бақылау", "жоба – 1, салмағы 0 %, орындау мерзімі: 05.03.2027"],
    ]


def test_a_module_without_lectures_still_stands_in_the_table() -> None:
    assert structure_rows(small(modules=[Module(id="m1")]))[:3] == [
        [BLANK, BLANK],
        ["Модуль №1", BLANK],
        ["№1 модуль бойынша қорытынды бақылау", BLANK],
    ]


def test_outcomes_are_grouped_by_module() -> None:
    outcomes = [
        {"id": "o2", "text": "екіншінікі", "scope": "module", "module_id": "m2"},
        {"id": "oc", "text": "курстікі"},
        {"id": "o1", "text": "біріншінікі", "scope": "module", "module_id": "m1"},
    ]
    modules = [Module(id="m1", title="Аа"), Module(id="m2", title="Бб")]
    lines = blocks_of("02", small(outcomes=outcomes, modules=modules))
    first = lines.index("1.4Оқунәтижелері:") + 1
    wanted = ["Курсбойынша:", "1.курстікі", "Модуль№1.Аа", "1.1.біріншінікі", "Модуль№2.Бб", "2.1.екіншінікі"]
    assert lines[first : first + 6] == wanted


def test_form_02_is_signed_by_the_head_and_every_author() -> None:
    department = {"abbr": "ТӨҚС", "head": "Үлгібекова Р. М."}
    approval = {"dated_on": "2026-12-09", "year": 2027}
    authors = [Author(id="a", full_name="Аа Ә."), Author(id="b", full_name="Бб Б.")]
    course = small(department=department, approval=approval, authors=authors)
    lines = blocks_of("02", course)
    assert lines[-4:] == [
        squeezed("« 09 » желтоқсан 2026 ж."),
        squeezed("Кафедра меңгерушісі (ТӨҚС) _____ Үлгібекова Р. М."),
        squeezed("Курс авторы _____ Аа Ә."),
        squeezed("Курс авторы _____ Бб Б."),
    ]
    assert squeezed("Алматы, 2027") in lines
    document = build_form(course, REGULATION, "02", generated_on=ON, draft=False)
    assert [block.stamp for block in document.blocks if isinstance(block, SignatureLine)] == [True, False, False]


@pytest.mark.parametrize("form", ["01", "05"])
def test_forms_01_and_05_have_no_signature_lines(form: str) -> None:
    document = build_form(sample_course(), REGULATION, form, generated_on=ON, draft=False)
    assert not [block for block in document.blocks if isinstance(block, SignatureLine)]


def question(**changes: object) -> Question:
    return Question.model_validate(
        {"id": "q1", "stem": "Сұрақ?", "options": tuple("абвгд"), "correct": (3,), **changes}
    )


def test_form_05_prints_the_official_layout() -> None:
    lines = blocks_of("05", small(test_bank=[question(), question(id="q2", kind=AnswerKind.CHOICE_MULTI, stem="Екі?")]))
    assert lines == [
        squeezed("ТЕСТ ТАПСЫРМАЛАРЫНЫҢ ҮЛГІСІ"),
        *("Сұрақ?", "A.а", "B.б", "C.в", "D.г", "E.д", "ANSWER:D"),
        squeezed("Ескерту: бір жауап нұсқасы бар тест сұрағы"),
    ]


def test_form_05_can_leave_out_the_keys() -> None:
    course = small(test_bank=[question()])
    document = form_05.build(course, REGULATION, generated_on=ON, draft=False, with_keys=False)
    assert "ANSWER" not in docx_text(write_document(document, "docx"))


def test_an_empty_course_prints_forms_to_fill_in_by_hand() -> None:
    rows = structure_rows(EMPTY)
    assert [row[0] for row in rows if row[0].startswith("№")] == [
        f"№{number} модуль бойынша қорытынды бақылау" for number in range(1, 6)
    ]
    assert [row[1] for row in rows if row[1].startswith("Дәріс")] == [f"Дәріс {n}. _____" for n in range(1, 16)]
    lines = blocks_of("02", EMPTY)
    assert {squeezed("Факультет «_____»"), squeezed("Алматы, 20_"), squeezed("« ____ » _____ 20__ ж.")} <= set(lines)
    assert lines[-2:] == [
        squeezed("Кафедра меңгерушісі (аббревиатура) _____ Т.А.Ә."),
        squeezed("Курс авторы _____ Т.А.Ә."),
    ]
    assert blocks_of("05", EMPTY)[1:8] == [BLANK, *(f"{letter}.{BLANK}" for letter in "ABCDE"), f"ANSWER:{BLANK}"]


def test_glossary_and_literature_hold_all_entries() -> None:
    course = small(
        glossary=[GlossaryEntry(id="g1", term="HACCP", kind=GlossaryKind.ABBREVIATION, definition="жүйе")],
        references=[
            Reference(id="r1", citation="Модульдікі", target_id="l1"),
            Reference(id="r2", citation="Курстікі", url="https://x.kz/"),
            Reference(id="r3", citation="Жоғалған", target_id="gone"),
        ],
        modules=[Module(id="m1", title="Аа", lessons=(Lesson(id="l1"),))],
    )
    assert blocks_of("glossary", course) == ["Глоссарий", "Т", "Термин", "Анықтамасы", "HACCP(қысқартылғансөз)", "жүйе"]
    assert blocks_of("references", course)[2:] == [
        "Жалпыкурсбойынша",
        "1.Курстікіhttps://x.kz/",
        "2.Жоғалған",
        "Модуль№1.Аа",
        "3.Модульдікі",
    ]


# Errors and hostile texts


def test_an_unknown_form_or_format_is_named() -> None:
    with pytest.raises(ExportError) as caught:
        made("99", "pdf", EMPTY)
    assert (caught.value.code, caught.value.params["form"]) == ("export_form_unknown", "99")
    with pytest.raises(ExportError) as caught:
        made("01", "odt", EMPTY)
    assert (caught.value.code, caught.value.params["known"]) == ("export_format_unknown", "pdf, docx")


@pytest.mark.parametrize("code", ["pdf_not_made", "export_form_unknown", "export_format_unknown"])
def test_every_error_has_its_texts(code: str) -> None:
    assert {f"errors.{code}.cause", f"errors.{code}.remedy"} <= load_texts().keys()


HOSTILE = {
    "typst": '#import "@preview/x:1.0.0": * #panic("x") *a* _b_ $c$ `d` @e <f> \\u{41} = g',
    "template": "{{ 7 * 7 }} {blank} {n} {title} %s ${x}",
    "xml": "<w:p><w:r/></w:p> &amp; ]]> \"q\" 'a' <!-- --> <?x?>",
    "cyrillic without blanks": "Ұ" * 600,
    "cut characters": "a\x00\x01\x1b\x7f\ufffe\ue000b",
    "emoji and cjk": "👩‍🚀🇰🇿 日本語 한국어 नमस्ते",
    "right to left": "\u202eעברית العربية\u202c",
    "marks": "e" + "\u0301" * 300 + "\u0301",
    "blank": " \n\t ",
    "sentinel": "\x00\x00",
}
COPIED_AS_IT_IS = ("typst", "template", "xml")
COPIED = " ".join(HOSTILE[name] for name in COPIED_AS_IT_IS)
REPLACED = " ".join(text for name, text in HOSTILE.items() if name not in COPIED_AS_IT_IS)


def small_reviewed() -> Course:
    """A course with something of everything that any form prints, and little of each."""
    course = reviewed_course()
    modules = tuple(m.model_copy(update={"lessons": m.lessons[:1]}) for m in course.modules[:2])
    cut = {name: getattr(course, name)[:2] for name in ("test_bank", "tasks", "references", "glossary", "reviews")}
    return course.model_copy(update={**cut, "modules": modules, "no_prerequisites": False, "no_postrequisites": False})


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("fmt", WRITERS)
@pytest.mark.parametrize("text", [COPIED, REPLACED, " \n\t "], ids=["copied", "replaced", "blank"])
def test_hostile_text_in_every_field_comes_out_as_text(form: str, fmt: str, text: str) -> None:
    data = made(form, fmt, mapped_strings(small_reviewed(), lambda _: text))
    if text == COPIED:
        assert squeezed(COPIED) in (pdf_text(data) if fmt == "pdf" else docx_text(data))
    elif fmt == "docx":
        assert docx_text(data)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("fmt", WRITERS)
def test_a_hundred_thousand_letters_in_a_title_do_no_harm(form: str, fmt: str) -> None:
    course = small_reviewed()
    long = "ж" * 100_000
    lesson = course.modules[0].lessons[0].model_copy(update={"title": long})
    module = course.modules[0].model_copy(update={"title": long, "lessons": (lesson,)})
    data = made(form, fmt, course.model_copy(update={"title": long, "modules": (module,)}))
    if fmt == "pdf":  # that all letters are there is shown below, of two forms: reading them takes seconds
        assert len(reader(data).pages) >= 1
    elif form != "05":  # it prints no title
        assert docx_text(data).count("ж") >= 100_000


@pytest.mark.parametrize(("form", "field"), [("01", "title"), ("01", "description"), ("02", "faculty")])
def test_a_hundred_thousand_letters_without_a_blank_are_printed(form: str, field: str) -> None:
    course = EMPTY.model_copy(update={field: "ж" * 100_000})
    assert pdf_text(made(form, "pdf", course)).count("ж") >= 100_000
    assert docx_text(made(form, "docx", course)).count("ж") >= 100_000


def test_a_hundred_thousand_letters_in_cells_and_questions_are_printed() -> None:
    long = "ж" * 100_000
    course = EMPTY.model_copy(
        update={
            "modules": (Module(id="m1", lessons=(Lesson(id="l1", title=long),)),),
            "test_bank": (Question(id="q1", stem=long, options=("а", "б"), correct=(0,)),),
        }
    )
    assert pdf_text(made("02", "pdf", course)).count("ж") >= 100_000
    assert pdf_text(made("05", "pdf", course)).count("ж") >= 100_000


def test_lone_surrogates_do_no_harm() -> None:
    course = small(title="a\ud800b")
    assert "a\ufffdb" in pdf_text(made("01", "pdf", course))
    assert "a\ufffdb" in docx_text(made("01", "docx", course))


def test_notes_tell_which_field_of_the_course_was_changed() -> None:
    module = Module(id="m1", lessons=(Lesson(id="l1", title="😀"),))
    course = small(modules=[module], test_bank=[question(stem="日?")])
    elements = {
        note.element
        for form in NUMBERED
        for note in sanitise(build_form(course, REGULATION, form, generated_on=ON, draft=False)).notes
    }
    assert elements == {"modules/m1/lessons/l1/title", "test_bank/q1/stem"}


@given(courses, st.sampled_from(sorted(FORMS)), st.sampled_from(sorted(WRITERS)))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_course_can_be_exported(course: Course, form: str, fmt: str) -> None:
    assert made(form, fmt, course, draft=True)
