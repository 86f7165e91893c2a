"""Attached files become facts; a bad file becomes a fact too, never an exception."""

import hashlib
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.shared import Cm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from app.attachments import probe_attachments, probe_file
from app.model.course import Course
from app.model.people import Author, FileRef, RightsContract
from app.model.structure import Lesson, Module, SelfStudyItem

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)
SLIDE = (
    '<?xml version="1.0"?><p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>{}</a:t></a:r><a:r><a:t>{}</a:t>'
    "</a:r></a:p></p:sld>"
)


def simple_pdf(*pages: str) -> bytes:
    """A PDF with one line of text on each page, written by hand after ISO 32000-1, 7.5."""
    font, tree = 3, 2
    objects = {1: "<< /Type /Catalog /Pages 2 0 R >>", font: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
    kids = []
    for number, text in enumerate(pages):
        page, content = 4 + 2 * number, 5 + 2 * number
        stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
        kids.append(f"{page} 0 R")
        objects[page] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> >> >>"
        )
        objects[content] = f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"
    objects[tree] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, offsets = "%PDF-1.4\n", {}
    for number in sorted(objects):
        offsets[number] = len(body)
        body += f"{number} 0 obj\n{objects[number]}\nendobj\n"
    table = "".join(f"{offsets[number]:010} 00000 n \n" for number in sorted(objects))
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")


def test_pdf(tmp_path: Path) -> None:
    data = simple_pdf("Lecture 7. Loops", "second page")
    (tmp_path / "a.pdf").write_bytes(data)
    facts = probe_file(tmp_path, "a.pdf")
    assert (facts.exists, facts.opens, facts.kind, facts.pages, facts.image_count) == (True, True, "pdf", 2, 0)
    assert facts.first_page_text.strip() == "Lecture 7. Loops"
    assert "second page" in facts.text
    assert facts.sha256 == hashlib.sha256(data).hexdigest()


def test_encrypted_pdf_does_not_open(tmp_path: Path) -> None:
    (tmp_path / "open.pdf").write_bytes(simple_pdf("secret"))
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "open.pdf"))
    writer.encrypt("password", algorithm="RC4-128")
    with (tmp_path / "locked.pdf").open("wb") as file:
        writer.write(file)
    facts = probe_file(tmp_path, "locked.pdf")
    assert (facts.exists, facts.opens, facts.text) == (True, False, "")
    assert facts.sha256


def test_docx(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Дәріс 7. Циклдер").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("екінші бет")
    table = document.add_table(rows=1, cols=1)
    table.rows[0].cells[0].text = "кестеде"
    (tmp_path / "pixel.png").write_bytes(PIXEL)
    document.add_picture(str(tmp_path / "pixel.png"))
    document.save(str(tmp_path / "a.docx"))
    facts = probe_file(tmp_path, "a.docx")
    assert (facts.exists, facts.opens, facts.kind, facts.pages, facts.image_count) == (True, True, "docx", None, 1)
    assert facts.first_page_text.strip() == "Дәріс 7. Циклдер"
    assert "екінші бет" in facts.text
    assert "кестеде" in facts.text


TEXT_BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>'
    '<mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r></w:p>'
    "</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
FOOTNOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">'
    "<w:p><w:r><w:t>сілтемеде</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def test_docx_is_read_outside_its_body_too(tmp_path: Path) -> None:
    """What is printed on the page: headers, footers, notes; a text box that stands twice for two programs, once."""
    document = Document()
    first = document.add_paragraph("Негізгі мәтін")
    first.paragraph_format.tab_stops.add_tab_stop(360_000)
    first._p.append(parse_xml(TEXT_BOX.format("терезеде")))
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "бірінші бетте"
    section.header.paragraphs[0].text = "жоғарыда"
    cell = section.footer.add_table(1, 1, Cm(5)).rows[0].cells[0]
    cell.text = "төменде"
    notes = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, FOOTNOTES.encode(), document.part.package)
    document.part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)
    document.save(str(tmp_path / "a.docx"))
    facts = probe_file(tmp_path, "a.docx")
    assert facts.first_page_text == "Негізгі мәтін\nтерезеде"
    assert sorted(filter(None, facts.text.split("\n"))) == sorted(
        ("Негізгі мәтін", "терезеде", "бірінші бетте", "жоғарыда", "төменде", "сілтемеде")
    )


@pytest.mark.parametrize("part", ["word/header1.xml", "word/footnotes.xml"])
def test_docx_with_a_broken_part_does_not_open(tmp_path: Path, part: str) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "жоғарыда"
    notes = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, FOOTNOTES.encode(), document.part.package)
    document.part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)
    document.save(str(tmp_path / "whole.docx"))
    with zipfile.ZipFile(tmp_path / "whole.docx") as whole, zipfile.ZipFile(tmp_path / "a.docx", "w") as broken:
        assert part in whole.namelist()
        for name in whole.namelist():
            broken.writestr(name, whole.read(name)[:-5] if name == part else whole.read(name))
    facts = probe_file(tmp_path, "a.docx")
    assert (facts.exists, facts.opens) == (True, False)


def test_pptx(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.pptx", "w") as archive:
        archive.writestr("ppt/presentation.xml", "<x/>")
        for number in (10, 2, 1):
            archive.writestr(f"ppt/slides/slide{number}.xml", SLIDE.format(f"слайд {number}, ", "соңы"))
        archive.writestr("ppt/media/image1.png", PIXEL)
    facts = probe_file(tmp_path, "a.pptx")
    assert (facts.opens, facts.pages, facts.image_count) == (True, 3, 1)
    assert facts.first_page_text == "слайд 1, соңы"
    assert facts.text.split("\n") == ["слайд 1, соңы", "слайд 2, соңы", "слайд 10, соңы"]


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.pptx"])
@pytest.mark.parametrize("content", [b"", b"not at all", b"%PDF-1.7\n%%EOF", b"PK\x03\x04 cut"])
def test_damaged_file_exists_and_does_not_open(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    facts = probe_file(tmp_path, name)
    assert (facts.exists, facts.opens) == (True, False)


@pytest.mark.parametrize("name", ["a.docx", "a.pptx"])
def test_zip_that_is_no_document_does_not_open(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert not probe_file(tmp_path, name).opens


def test_missing_file(tmp_path: Path) -> None:
    facts = probe_file(tmp_path, "materials/none.pdf")
    assert (facts.exists, facts.opens, facts.sha256, facts.kind) == (False, False, None, "pdf")


@pytest.mark.parametrize("path", ["../secret.pdf", "/etc/hostname", "a\\..\\b.pdf", "x\0.pdf", "."])
def test_nothing_outside_the_course_folder_is_read(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.pdf").write_bytes(simple_pdf("secret"))
    course = tmp_path / "course"
    course.mkdir()
    facts = probe_file(course, path)
    assert (facts.opens, facts.sha256, facts.text) == (False, None, "")


def test_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(simple_pdf("secret"))
    course = tmp_path / "course"
    course.mkdir()
    (course / "a.pdf").symlink_to(tmp_path / "secret.pdf")
    assert not probe_file(course, "a.pdf").exists


def test_every_file_of_the_course_is_looked_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(simple_pdf("a"))
    lesson = Lesson(
        id="l1", presentation=FileRef(path="b.pptx"), self_study=(SelfStudyItem(id="s", file=FileRef(path="a.pdf")),)
    )
    author = Author(id="a1", photo=FileRef(path="me.jpg"), contract=RightsContract(file=FileRef(path="a.pdf")))
    facts = probe_attachments(Course(authors=(author,), modules=(Module(id="m1", lessons=(lesson,)),)), tmp_path)
    assert {path: fact.exists for path, fact in facts.items()} == {"a.pdf": True, "b.pptx": False, "me.jpg": False}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_mutated_pdf_never_raises(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(simple_pdf("one", "two"))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(min_size=1, max_size=4))
    (tmp_path / "a.pdf").write_bytes(content)
    assert probe_file(tmp_path, "a.pdf").exists
