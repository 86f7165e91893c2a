"""Form 04: the presentation of a lecture on the university's layouts, editable, equal bytes for equal courses."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pptx
import pytest

from app.attachments.pptx import read_pptx
from app.exporters.forms import export_form, form_files, formats_of
from app.exporters.photos import MAX_BYTES, is_picture, photo_reader
from app.exporters.writers import pptx as writer
from app.exporters.writers.docx_package import packed
from app.model.course import Course
from app.model.errors import ExportError
from app.model.people import Author, FileRef
from app.model.structure import Lesson, Module
from app.model.texts import placeholders
from app.paths import resources_dir
from app.sample import sample_course
from app.storage.texts_file import load_texts
from scripts import build_pptx_template
from tests.exporters.document_texts import ON, REGULATION, mapped_strings, squeezed
from tests.exporters.ooxml_order import slide_faults
from tests.exporters.test_writers import png

COURSE = sample_course()
LABELS = REGULATION.forms["form_04"]
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PRINTED = ("F04.1a", "F04.1b", "F04.2a", "F04.7", "F04.9a")
"""Labels that stand on the slides as they are; the others hold values or are prompts."""


def made(part: str = "l1", course: Course = COURSE, folder: Path | None = None) -> bytes:
    return export_form(course, REGULATION, "04", "pptx", generated_on=ON, draft=False, part=part, course_folder=folder)


def opened(data: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(data))


def texts(data: bytes) -> list[list[str]]:
    """Return the paragraphs of each slide, the empty ones and the number of the slide left out."""
    return [
        [
            paragraph.text
            for shape in slide.placeholders
            if shape.has_text_frame and shape.placeholder_format.idx != build_pptx_template.NUMBER_IDX
            for paragraph in shape.text_frame.paragraphs
            if paragraph.text
        ]
        for slide in opened(data).slides
    ]


@pytest.fixture(scope="module")
def first_lecture() -> bytes:
    return made()


def test_the_template_is_what_its_script_builds() -> None:
    with zipfile.ZipFile(resources_dir() / "pptx" / "base.pptx") as archive:
        shipped = {name: archive.read(name).decode() for name in archive.namelist()}
    assert shipped == build_pptx_template.parts()


def test_it_is_wide_and_has_the_slides_of_the_form(first_lecture: bytes) -> None:
    deck = opened(first_lecture)
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    assert [slide.slide_layout.name.removeprefix("MOOC ") for slide in deck.slides] == [
        "title",
        "contents",
        "text and picture",
        "picture and text",
        "process",
        "picture",
        "summary",
    ]


def test_official_labels_stand_on_the_slides(first_lecture: bytes) -> None:
    shown = {text for slide in texts(first_lecture) for text in slide}
    for key in PRINTED:
        assert REGULATION.label("form_04", key) in shown
    assert f"Факультет «{COURSE.faculty}»" in shown
    assert f"Кафедра «{COURSE.department.name}»" in shown
    assert f"Наименование курса: «{COURSE.title}»" in shown
    assert opened(first_lecture).core_properties.comments.startswith(LABELS.labels["F04.10"])


def test_title_slide_names_lecture_and_authors(first_lecture: bytes) -> None:
    shown = texts(first_lecture)[0]
    assert "Дәріс 1. Тағам қауіпсіздігінің негізгі ұғымдары" in shown
    assert "Дастарханова Әсем Нұрланқызы – қауымдастырылған профессор, техника ғылымдарының кандидаты, доцент" in shown
    assert "a.dastarkhanova@atu.edu.kz, s.derektibayev@atu.edu.kz" in shown


def test_contents_list_the_questions_and_each_has_a_slide(first_lecture: bytes) -> None:
    questions = [question.text for question in COURSE.modules[0].lessons[0].questions]
    slides = texts(first_lecture)
    assert slides[1] == ["Содержание", *(f"Вопрос {n}. {text}" for n, text in enumerate(questions, start=1))]
    assert [slides[2], slides[3], slides[5]] == [[text] for text in questions]


def test_summary_says_what_was_learned_and_what_comes_next(first_lecture: bytes) -> None:
    lesson = COURSE.modules[0].lessons[0]
    outcome = next(o.text for o in COURSE.outcomes if o.id in lesson.outcome_ids)
    assert texts(first_lecture)[-1] == [
        "Резюме темы",
        lesson.annotation,
        outcome,
        "Дәріс 2. Биологиялық қауіпті факторлар",
    ]
    assert len(texts(made("l15"))[-1]) == len(texts(first_lecture)[-1]) - 1  # nothing follows the last lecture


def test_prompts_are_in_the_layouts_and_never_on_a_slide(first_lecture: bytes) -> None:
    in_slides = squeezed(" ".join(text for slide in texts(first_lecture) for text in slide))
    layouts = squeezed(
        " ".join(
            shape.text_frame.text
            for layout in opened(first_lecture).slide_layouts
            for shape in layout.placeholders
            if shape.has_text_frame
        )
    )
    for key in LABELS.placeholders:
        prompt = squeezed(LABELS.labels[key])
        assert not placeholders(LABELS.labels[key])
        assert prompt in layouts, key
        assert prompt not in in_slides, key


def test_a_presentation_without_a_lecture_is_a_template() -> None:
    assert texts(made("", Course())) == [
        [REGULATION.label("form_04", "F04.1a"), REGULATION.label("form_04", "F04.1b")],
        ["Содержание"],
        [],
        [],
        ["Процесс"],
        [],
        ["Резюме темы"],
    ]


def test_every_slide_but_the_first_has_its_number(first_lecture: bytes) -> None:
    for number, slide in enumerate(opened(first_lecture).slides, start=1):
        fields = [field.get("type") for field in slide._element.iter(f"{A}fld")]
        assert fields == ([] if number == 1 else ["slidenum"])


def test_placeholders_stay_editable_and_numbers_of_shapes_are_unique(first_lecture: bytes) -> None:
    for slide in opened(first_lecture).slides:
        assert all(shape.is_placeholder for shape in slide.shapes)
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(set(ids)) == len(ids)


def test_the_children_of_shapes_stand_in_the_order_of_the_schema(first_lecture: bytes) -> None:
    found, seen = slide_faults(first_lecture)
    assert found == []
    assert seen == {"cSld", "sp", "txBody", "p", "r", "lvl1pPr", "defRPr"}


def test_equal_courses_give_equal_bytes_without_a_clock(first_lecture: bytes) -> None:
    assert made() == first_lecture
    with zipfile.ZipFile(io.BytesIO(first_lecture)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"python-pptx" not in everything
    core = opened(first_lecture).core_properties
    assert (core.created.date(), core.modified.date(), core.language) == (ON, ON, "kk-KZ")
    assert core.title == "Дәріс 1. Тағам қауіпсіздігінің негізгі ұғымдары"
    assert core.subject == LABELS.code


def test_languages_are_marked(first_lecture: bytes) -> None:
    langs = {
        run.find(f"{A}t").text: run.find(f"{A}rPr").get("lang")
        for slide in opened(first_lecture).slides
        for run in slide._element.iter(f"{A}r")
    }
    assert langs["Содержание"] == "ru-RU"
    assert langs["Қауіпті фактор және тәуекел"] == "kk-KZ"


def test_the_rule_on_attached_presentations_knows_it(first_lecture: bytes, tmp_path: Path) -> None:
    path = tmp_path / "l1.pptx"
    path.write_bytes(first_lecture)
    content = read_pptx(path)
    assert content is not None
    assert content.pages == 7
    assert "Содержание" in content.text
    assert "Резюме темы" in content.text


def with_photo(path: str) -> Course:
    author = COURSE.authors[0].model_copy(update={"photo": FileRef(path=path)})
    return COURSE.model_copy(update={"authors": (author, *COURSE.authors[1:])})


def test_the_photo_of_the_author_stands_on_the_title_slide(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(30, 40))
    slide = opened(made(course=with_photo("a.png"), folder=tmp_path)).slides[0]
    pictures = [shape for shape in slide.placeholders if shape._element.tag == f"{P}pic"]
    assert [p._element.nvPicPr.cNvPr.get("descr") for p in pictures] == [COURSE.authors[0].full_name]
    assert pictures[0].image.blob == png(30, 40)


@pytest.mark.parametrize("path", ["gone.png", "text.png", "../a.png", "cut.png", "\0"])
def test_a_photo_that_cannot_be_shown_leaves_its_place_empty(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    (tmp_path / "a.png").write_bytes(png(30, 40))
    (folder / "text.png").write_text("no picture", encoding="utf-8")
    (folder / "cut.png").write_bytes(png(300, 400)[:90])
    data = made(course=with_photo(path), folder=folder)
    assert data == made()


def test_a_huge_picture_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "big.png").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert photo_reader(tmp_path)(FileRef(path="big.png")) is None
    assert is_picture(png(4, 4))
    assert not is_picture(b"\x89PNG\r\n\x1a\n")


def test_a_faculty_may_bring_its_own_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = {name: text.replace("0B3D91", "006633").encode() for name, text in build_pptx_template.parts().items()}
    (tmp_path / "pptx").mkdir()
    (tmp_path / "pptx" / "faculty.pptx").write_bytes(packed(own))
    monkeypatch.setattr(writer, "resources_dir", lambda: tmp_path)
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        assert b"006633" in archive.read("ppt/theme/theme1.xml")


@pytest.mark.parametrize("fault", ["no layout", "no placeholder", "no file", "another kind"])
def test_a_base_that_does_not_fit_is_named(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = build_pptx_template.parts()
    path = tmp_path / "pptx" / "faculty.pptx"
    path.parent.mkdir()
    name = "ppt/slideLayouts/slideLayout1.xml"
    if fault == "no layout":
        parts[name] = parts[name].replace("MOOC title", "Titelfolie")
    if fault == "no placeholder":
        parts[name] = parts[name].replace('idx="24"', 'idx="99"')
    path.write_bytes(packed({name: text.encode() for name, text in parts.items()}))
    if fault == "no file":
        path.write_bytes(b"PK")
    if fault == "another kind":
        shutil.copy(resources_dir() / "docx" / "base.docx", path)
    monkeypatch.setattr(writer, "resources_dir", lambda: tmp_path)
    with pytest.raises(ExportError) as caught:
        made()
    assert caught.value.code == "presentation_base_unusable"
    assert caught.value.params["path"] == path
    assert {f"errors.presentation_base_unusable.{part}" for part in ("cause", "remedy")} <= load_texts().keys()


def test_only_pptx_is_made_of_it() -> None:
    assert formats_of("04") == ("pptx",)
    with pytest.raises(ExportError) as caught:
        export_form(COURSE, REGULATION, "04", "pdf", generated_on=ON, draft=False)
    assert caught.value.code == "export_format_unknown"
    with pytest.raises(ExportError) as caught:
        made("gone")
    assert caught.value.code == "export_part_unknown"
    assert len(form_files(COURSE, "04")) == 15
    assert form_files(COURSE, "04")[0].name == "form_04_01-tagam-qauipsizdiginin-negizgi-ugymdary"


HOSTILE = {
    "xml": "<p:sp/> &amp; ]]> \"q\" 'a' <?x?> {{ 7 }} {blank} %s",
    "control characters": "a\x00\x01\x1b\x7f\ufffe\ue000b\x0bc",
    "emoji": "👩\u200d🚀 日本語",
    "right to left": "\u202eעברית\u202c",
    "long": "ж" * 100_000,
    "lone surrogate": "a\ud800b",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_comes_out_as_text(name: str) -> None:
    small = COURSE.model_copy(
        update={"modules": COURSE.modules[:1], "outcomes": COURSE.outcomes[:3], "tasks": (), "test_bank": ()}
    )
    data = made(course=mapped_strings(small, lambda _: HOSTILE[name]))
    shown = squeezed(" ".join(text for slide in texts(data) for text in slide))
    if name == "xml":
        assert squeezed(HOSTILE[name]) in shown
    if name == "long":
        assert "ж" * 400 in shown
        assert shown.count("ж") >= 100_000


def test_a_long_title_and_25_authors_are_made_smaller() -> None:
    authors = tuple(Author(id=f"a{n}", full_name=f"Фамилиясыұзын Есімі Әкесінің-аты {n}") for n in range(25))
    course = Course(
        title="Өте ұзын атау " * 10, authors=authors, modules=(Module(id="m", lessons=(Lesson(id="l1", title="Т"),)),)
    )
    slide = opened(made(course=course)).slides[0]
    places = {place.placeholder_format.idx: place for place in slide.placeholders}
    sizes = {idx: places[idx].text_frame.paragraphs[0].runs[0].font.size for idx in (0, 25, 24)}
    assert sizes[0].pt < 28
    assert 10 <= sizes[25].pt < 18
    assert sizes[24] is None  # a short topic keeps the size of the layout
    assert all(author.full_name in places[25].text_frame.text for author in authors)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(first_lecture: bytes, tmp_path: Path) -> None:
    (tmp_path / "l1.pptx").write_bytes(first_lecture)
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "l1.pptx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "l1.pdf").read_bytes().startswith(b"%PDF")
