"""The look of documents is data: margins, sizes, logo, a faculty's own base; what is long or many still fits."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx as python_docx
import pytest

from app.exporters import look
from app.exporters.document import Picture
from app.exporters.forms import build_form, export_form, write_document
from app.exporters.writers import docx_elements
from app.exporters.writers import pdf as pdf_writer
from app.exporters.writers.docx_package import packed
from app.model.course import Course
from app.model.people import Author
from app.sample import sample_course
from scripts import build_docx_template
from tests.exporters.document_texts import ON, REGULATION, docx_text, pdf_pages, pdf_text, reader, squeezed
from tests.exporters.reviewed_course import reviewed_course
from tests.exporters.test_writers import png

MM_PT = 72 / 25.4


def left_edge_pt(pdf: bytes) -> float:
    """Return where the leftmost text of the first page begins, in points."""
    places: list[float] = []

    def note(text: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        if text.strip():
            places.append(text_matrix[4] * matrix[0] + matrix[4])

    reader(pdf).pages[0].extract_text(visitor_text=note)
    return min(places)


def test_margins_are_those_of_office_documents() -> None:
    shown = look.document_look()
    assert (shown.left_mm, shown.right_mm, shown.top_mm, shown.bottom_mm) == (30, 15, 20, 20)
    pdf = export_form(sample_course(), REGULATION, "08", "pdf", generated_on=ON, draft=False)
    assert left_edge_pt(pdf) == pytest.approx(30 * MM_PT, abs=2)
    section = python_docx.Document(
        io.BytesIO(export_form(sample_course(), REGULATION, "08", "docx", generated_on=ON, draft=False))
    ).sections[0]
    assert section.left_margin is not None
    assert section.left_margin.mm == pytest.approx(30, abs=0.05)
    for length, mm in ((section.page_width, 210), (section.page_height, 297)):
        assert length is not None
        assert length.mm == pytest.approx(mm, abs=0.1)


def test_a_changed_margin_changes_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = look.document_look().model_copy(update={"left_mm": 50.0})
    monkeypatch.setattr(pdf_writer, "document_look", lambda: wide)
    pdf = export_form(sample_course(), REGULATION, "08", "pdf", generated_on=ON, draft=False)
    assert left_edge_pt(pdf) == pytest.approx(50 * MM_PT, abs=2)
    assert wide.text_width_twip == round((210 - 50 - 15) * 1440 / 25.4)


def test_the_logo_stands_on_self_study_material(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pictures() -> list[Picture]:
        document = build_form(sample_course(), REGULATION, "03", generated_on=ON, draft=False, part="l1")
        assert write_document(document, "pdf")
        return [block for block in document.blocks if isinstance(block, Picture)]

    assert pictures() == []
    (tmp_path / "logo.png").write_bytes(png(20, 10))
    with_logo = look.document_look().model_copy(update={"logo": "logo.png"})
    monkeypatch.setattr(look, "document_look", lambda: with_logo)
    monkeypatch.setattr(look, "resources_dir", lambda: tmp_path)
    document = build_form(sample_course(), REGULATION, "03", generated_on=ON, draft=False, part="l1")
    shown = [block for block in document.blocks if isinstance(block, Picture)]
    assert [(picture.alt, picture.width_mm) for picture in shown] == [(sample_course().university, 22.0)]


def test_a_faculty_may_bring_its_own_styles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = {
        name: text.replace("Times New Roman", "Arial").encode() for name, text in build_docx_template.parts().items()
    }
    (tmp_path / "docx").mkdir()
    (tmp_path / "docx" / "faculty.docx").write_bytes(packed(own))
    monkeypatch.setattr(docx_elements, "resources_dir", lambda: tmp_path)
    data = export_form(sample_course(), REGULATION, "09", "docx", generated_on=ON, draft=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b'w:ascii="Arial"' in archive.read("word/styles.xml")


CROWD = tuple(
    Author(
        id=f"a{number}",
        full_name=f"Құдайбергенова-Сүлейменова Гүлжаһан Әбдірахманқызы {number}",
        position="қауымдастырылған профессор",
        degree="техника ғылымдарының докторы",
        title="профессор",
        email=f"author{number}@atu.edu.kz",
    )
    for number in range(25)
)


@pytest.mark.parametrize("form", ["01", "02", "09", "11"])
def test_25_authors_and_a_long_title_fit(form: str) -> None:
    course: Course = reviewed_course().model_copy(update={"authors": CROWD, "title": "Өте ұзын атау " * 10})
    document = build_form(course, REGULATION, form, generated_on=ON, draft=False)
    in_pdf, in_docx = pdf_text(write_document(document, "pdf")), docx_text(write_document(document, "docx"))
    for author in CROWD:
        assert squeezed(author.full_name) in in_docx
        assert squeezed(author.full_name) in in_pdf


def test_no_page_ends_with_a_heading() -> None:
    """A heading has at least the beginning of its text on its page (form 08 has headings of two levels)."""
    course = reviewed_course()
    for number in range(0, 60, 6):  # lines that push the headings down the page
        longer = course.model_copy(update={"reference_materials": course.reference_materials * (1 + number // 4)})
        pages = pdf_pages(export_form(longer, REGULATION, "08", "pdf", generated_on=ON, draft=False))
        footer = squeezed(f"{REGULATION.edition.code}, 03.11.2025 бастап күшінде")
        for page in pages:
            body = page[: page.rindex(footer)]
            for key in ("lead", "F08.4", "F08.8.heading", "F08.9.heading"):
                assert not body.endswith(squeezed(REGULATION.label("form_08", key)))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_every_document(tmp_path: Path) -> None:
    forms = ("01", "02", "03", "07", "09", "10", "11", "prelaunch")
    for form in forms:
        data = export_form(reviewed_course(), REGULATION, form, "docx", generated_on=ON, draft=True)
        (tmp_path / f"{form}.docx").write_bytes(data)
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    files = [str(tmp_path / f"{form}.docx") for form in forms]
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    for form in forms:
        text = pdf_text((tmp_path / f"{form}.pdf").read_bytes())
        labels = REGULATION.forms.get(f"form_{form}")
        assert labels is None or squeezed(labels.code) in text
