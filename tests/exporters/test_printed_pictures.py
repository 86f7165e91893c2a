"""Pictures of questions in print: below their text, at their size, with words for those who cannot see them."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.exporters.document import Document, KeepTogether, Paragraph, Picture
from app.exporters.forms import build_form, export_form, form_05, other_tests, write_document
from app.exporters.forms.question_papers import question_paper
from app.exporters.paper_variants import PaperPlan
from app.exporters.question_pictures import HIGHEST_MM, WIDEST_MM, printable
from app.formats.files import read_file
from app.formats.names import QuestionFormat
from app.formats.pictures import ParsedPicture, contents
from app.model.course import Course, CourseLanguage
from app.model.tasks import AnswerKind, Question
from app.storage.question_pictures import store_pictures
from tests.exporters.document_texts import ON, REGULATION, docx_part, docx_text, pdf_text, reader, squeezed
from tests.exporters.test_printed_formulas import alternative_texts

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">
<rect width="40" height="20" fill="#07c"/></svg>"""


def picture(kind: str, width: int = 96, height: int = 48, mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    colour = (width + height + len(kind)) % 200 if mode != "RGB" else (width % 200, height % 200, 40 * len(kind))
    Image.new(mode, (width, height), colour if mode in ("RGB", "P", "L") else None).save(buffer, kind)
    return buffer.getvalue()


PARSED = (
    ParsedPicture(picture("PNG"), None, "күш сызбасы"),
    ParsedPicture(picture("JPEG"), 1, "екінші график"),
    ParsedPicture(SVG, 2),
)
PICTURES = contents(PARSED)
QUESTION = Question(
    id="q",
    stem="Суретте не?",
    options=("а", "ә", "б", "в", "г"),
    correct=(0,),
    pictures=tuple(parsed.as_picture(f"p{place}") for place, parsed in enumerate(PARSED)),
)
COURSE = Course(title="Т", test_bank=(QUESTION,), language=CourseLanguage.KK)
ALTS = ["күш сызбасы", "екінші график", "C: Сұрақтың суреті"]


def order(document: Document) -> list[str]:
    [question] = [block for block in document.blocks if isinstance(block, KeepTogether)]
    return [
        block.alt if isinstance(block, Picture) else "".join(run.text for run in block.runs)
        for block in question.blocks
        if isinstance(block, Picture | Paragraph)
    ]


def docx_alts(docx: bytes) -> list[str]:
    found: list[Any] = [element for element in docx_part(docx).iter() if str(element.tag).endswith("}docPr")]
    return [element.get("descr") for element in found]


def test_pictures_stand_below_their_text_in_form_05() -> None:
    document = form_05.build(COURSE, REGULATION, generated_on=ON, draft=False, pictures=PICTURES)
    assert order(document) == [
        "Суретте не?", ALTS[0], "A. а", "B. ә", ALTS[1], "C. б", ALTS[2], "D. в", "E. г", "ANSWER: A",
    ]  # fmt: skip
    pdf, docx = write_document(document, "pdf"), write_document(document, "docx")
    assert alternative_texts(pdf) == docx_alts(docx) == ALTS
    assert len(reader(pdf).pages[0].images) == len(ALTS)
    assert (pdf, docx) == (write_document(document, "pdf"), write_document(document, "docx"))


def test_papers_and_other_tests_show_them_too() -> None:
    paper = question_paper(COURSE, REGULATION, PaperPlan(shuffled=False), generated_on=ON, pictures=PICTURES)
    assert order(paper)[:3] == ["1. Суретте не?", ALTS[0], "A. а"]
    several = QUESTION.model_copy(update={"kind": AnswerKind.CHOICE_MULTI})
    course = COURSE.model_copy(update={"test_bank": (several,)})
    others = other_tests.build(course, REGULATION, generated_on=ON, draft=False, pictures=PICTURES)
    assert [alt for alt in order(others) if alt in ALTS] == ALTS


def test_a_picture_goes_with_its_option_to_another_place() -> None:
    paper = question_paper(COURSE, REGULATION, PaperPlan(seed=3), generated_on=ON, pictures=PICTURES)
    texts = order(paper)
    assert texts[texts.index(ALTS[1]) - 1].endswith(". ә")


@pytest.mark.parametrize("form", ["05", "other_tests"])
def test_forms_of_a_course_on_disk_take_its_files(tmp_path: Path, form: str) -> None:
    store_pictures(tmp_path, PICTURES)
    kind = AnswerKind.CHOICE_SINGLE if form == "05" else AnswerKind.CHOICE_MULTI
    course = COURSE.model_copy(update={"test_bank": (QUESTION.model_copy(update={"kind": kind}),)})
    pdf = export_form(course, REGULATION, form, "pdf", generated_on=ON, draft=False, course_folder=tmp_path)
    assert alternative_texts(pdf) == ALTS


def test_a_picture_that_is_not_there_leaves_its_words() -> None:
    document = build_form(COURSE, REGULATION, "05", generated_on=ON, draft=False)
    for fmt, text_of in (("pdf", pdf_text), ("docx", docx_text)):
        text = text_of(write_document(document, fmt))
        assert squeezed("[Сұрақтың суреті: күш сызбасы]") in text
        assert squeezed("C. б[Сұрақтың суреті]") in text


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "P"), ("PNG", "LA"), ("PNG", "I;16"), ("PNG", "1"), ("JPEG", "CMYK"), ("JPEG", "L"), ("GIF", "P"),
     ("WEBP", "RGBA"), ("BMP", "RGB")],
)  # fmt: skip
def test_every_kind_of_picture_reaches_both_files(kind: str, mode: str) -> None:
    parsed = ParsedPicture(picture(kind, mode=mode), None, "сурет")
    question = QUESTION.model_copy(update={"pictures": (parsed.as_picture("p"),)})
    course = COURSE.model_copy(update={"test_bank": (question,)})
    pictures = contents([parsed])
    document = form_05.build(course, REGULATION, generated_on=ON, draft=False, pictures=pictures)
    assert alternative_texts(write_document(document, "pdf")) == ["сурет"]
    assert docx_alts(write_document(document, "docx")) == ["сурет"]


@pytest.mark.parametrize(
    ("data", "width_mm", "height_mm"),
    [
        (picture("PNG", 96, 48), 25.4, 12.7),  # 96 pixels are an inch on a screen
        (picture("PNG", 2000, 1000), 120.0, 60.0),
        (picture("PNG", 1000, 2000), 40.0, 80.0),
        (SVG, 40 / 96 * 25.4, 20 / 96 * 25.4),
    ],
)
def test_sizes_on_paper(data: bytes, width_mm: float, height_mm: float) -> None:
    shown = printable(data, of_option=False)
    assert shown is not None
    assert (shown.width_mm, shown.height_mm) == pytest.approx((width_mm, height_mm), abs=0.3)


@pytest.mark.parametrize("of_option", [False, True])
def test_a_large_picture_is_as_sharp_as_print_needs_and_no_more(of_option: bool) -> None:
    shown = printable(picture("JPEG", 3000, 2000), of_option=of_option)
    assert shown is not None
    assert shown.width_mm <= WIDEST_MM[of_option]
    assert shown.height_mm <= HIGHEST_MM[of_option]
    with Image.open(io.BytesIO(shown.data)) as image:
        assert image.width / (shown.width_mm / 25.4) == pytest.approx(200, rel=0.01)


def test_many_large_pictures_go_over_pages_and_none_is_cut_off() -> None:
    parsed = [ParsedPicture(picture("PNG", 1000 + place, 2000), option, f"сурет {place}")
              for place, option in enumerate((None, None, None, 0, 1, 2, 3, 4))]  # fmt: skip
    question = QUESTION.model_copy(update={"pictures": tuple(p.as_picture(f"p{n}") for n, p in enumerate(parsed))})
    course = COURSE.model_copy(update={"test_bank": (question,)})
    document = form_05.build(course, REGULATION, generated_on=ON, draft=False, pictures=contents(parsed))
    pages = reader(write_document(document, "pdf")).pages
    assert len(pages) > 1
    assert sum(len(page.images) for page in pages) == len(parsed)
    assert "ANSWER:A" in pdf_text(write_document(document, "pdf"))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([picture("PNG"), picture("JPEG"), picture("GIF"), SVG]), st.data())
def test_a_damaged_picture_is_none_and_no_error(data: bytes, draw: st.DataObject) -> None:
    damaged = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 4))):
        damaged[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    shown = printable(bytes(damaged[: draw.draw(st.integers(0, len(data)))]), of_option=True)
    assert shown is None or shown.width_mm <= WIDEST_MM[True]


def test_our_reader_of_word_reads_formulas_and_pictures_of_form_05_back() -> None:
    stem, options = r"Жылдамдық \(v=\frac{s}{t}\) неге тең?", (r"\(x^{2}\)", "ә", "б", "в", r"\(\text{қысым}\)")
    course = COURSE.model_copy(update={"test_bank": (QUESTION.model_copy(update={"stem": stem, "options": options}),)})
    document = form_05.build(course, REGULATION, generated_on=ON, draft=False, pictures=PICTURES)
    read = read_file(write_document(document, "docx"), QuestionFormat.WORD).result.questions[0]
    assert read.stem.endswith(stem)
    assert (read.options, read.correct) == (options, (0,))
    assert [(found.option, found.alt) for found in read.pictures] == list(zip((None, 1, 2), ALTS, strict=True))
