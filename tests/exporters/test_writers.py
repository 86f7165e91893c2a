"""Both writers: archival and accessible PDF, DOCX that Word reads, the same text and equal bytes."""

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import BooleanObject, IndirectObject

from app.exporters.document import (
    Align,
    Block,
    Cell,
    Document,
    Field,
    Heading,
    ListBlock,
    ListItem,
    PageBreak,
    PageField,
    PageLine,
    Paragraph,
    Picture,
    PictureFormat,
    Row,
    RowRole,
    Run,
    SignatureLine,
    Table,
)
from app.exporters.writers import pdf as pdf_writer
from app.exporters.writers.docx import write_docx
from app.exporters.writers.pdf import write_pdf
from app.model.errors import ExportError
from app.model.texts import Lang
from app.paths import resources_dir
from scripts import build_docx_template
from tests.exporters.document_texts import ON, W, catalog, docx_blocks, docx_part, docx_text, pdf_text, reader, squeezed
from tests.exporters.ooxml_order import word_faults

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">
<rect width="40" height="20" fill="#07c"/></svg>"""


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\x20\x60\xc0" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def line(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def cell(text: str, colspan: int = 1, rowspan: int = 1) -> Cell:
    return Cell((line(text),), colspan, rowspan)


BLOCKS: tuple[Block, ...] = (
    Heading(1, line("Басты тақырып"), Align.CENTRE),
    Paragraph((Run("Қазақша "), Run("по-русски", Lang.RU, bold=True), Run(" English", Lang.EN, italic=True))),
    ListBlock((ListItem(line("бірінші")), ListItem(line("екінші")))),
    ListBlock((ListItem(line("үшінші"), "1.4"), ListItem(line("төртінші"), "1.4"))),
    Field(line("Атауы:"), (Run("сілтеме", link="https://atu.edu.kz/"),)),
    Field(line("Бос:"), line("_____"), fill_line=True),
    Table(
        (1.0, 2.0),
        (
            Row((cell("Баған А"), cell("Баған Ә")), RowRole.HEADER),
            Row((cell("Топ", colspan=2),), RowRole.GROUP),
            Row((cell("Биік", rowspan=2), cell("жоғарғы"))),
            Row((cell("төменгі"),)),
        ),
    ),
    Picture(png(8, 4), PictureFormat.PNG, "көк тіктөртбұрыш", 30),
    Picture(SVG, PictureFormat.SVG, "екінші сурет", 30),
    PageBreak(),
    Heading(2, line("Қолдар")),
    SignatureLine(line("Курс авторы "), "_____", line(" Т.А.Ә."), stamp=True),
)
DOCUMENT = Document(
    "Құжат атауы",
    Lang.KK,
    ON,
    BLOCKS,
    author="Автор",
    header=PageLine(left=line("КОД"), centre=line("ЖОБА")),
    footer=PageLine(left=line("шығарылым"), right=(PageField.PAGE, Run(" / "), PageField.PAGES)),
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write_pdf(DOCUMENT)


@pytest.fixture(scope="module")
def docx() -> bytes:
    return write_docx(DOCUMENT)


def structure(pdf: bytes) -> list[dict[str, Any]]:
    """Return all structure elements of a PDF in order."""
    found: list[dict[str, Any]] = []

    def walk(node: Any) -> None:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(catalog(pdf)["/StructTreeRoot"])
    return found


def test_pdf_says_that_it_is_archival_and_accessible(pdf: bytes) -> None:
    root = catalog(pdf)
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert root["/MarkInfo"]["/Marked"] == BooleanObject(True)
    assert root["/Lang"] == "kk"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == BooleanObject(True)


def test_pdf_names_title_author_and_day(pdf: bytes) -> None:
    metadata = reader(pdf).metadata
    assert metadata is not None
    assert (metadata.title, metadata.author) == ("Құжат атауы", "Автор")
    assert metadata.creation_date is not None
    assert metadata.creation_date.date() == ON


def test_pdf_embeds_every_font(pdf: bytes) -> None:
    names = set()
    pages: Any = reader(pdf).pages
    for page in pages:
        for font in page["/Resources"]["/Font"].values():
            for face in font["/DescendantFonts"]:
                descriptor = face.get_object()["/FontDescriptor"]
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & descriptor.keys()
                names.add(str(descriptor["/FontName"]).split("+")[1])
    assert any(name.startswith("PTSerif") for name in names)


def test_pdf_tags_headings_lists_headers_and_pictures(pdf: bytes) -> None:
    tags = structure(pdf)
    kinds = [str(tag["/S"]) for tag in tags]
    assert [kind for kind in kinds if kind in ("/H1", "/H2")] == ["/H1", "/H2"]
    assert kinds.count("/LI") == 4
    assert kinds.count("/TH") == 3
    assert kinds.count("/Link") == 1
    assert [tag["/Alt"] for tag in tags if tag["/S"] == "/Figure"] == ["көк тіктөртбұрыш", "екінші сурет"]
    contents = reader(pdf).pages[0].get_contents()
    assert contents is not None
    assert re.findall(rb"/Lang\((\w+)\)", contents.get_data()) == [b"ru", b"en"]


def test_both_files_hold_the_same_text(pdf: bytes, docx: bytes) -> None:
    assert sorted(pdf_text(pdf, DOCUMENT)) == sorted(docx_text(docx))
    for text in ("Биік", "төменгі", "КурсавторыT_____Т.А.Ә.".replace("T", ""), "1.4үшінші", "по-русски"):
        assert text in pdf_text(pdf)
        assert text in docx_text(docx)


def test_column_headers_repeat_on_every_page() -> None:
    header = Row((cell("ҚАЙТАЛАНАДЫ"),), RowRole.HEADER)
    table = Table((1.0,), (header, *(Row((cell(f"жол {number}"),)) for number in range(120))))
    pages = reader(write_pdf(Document("t", Lang.KK, ON, (table,)))).pages
    assert len(pages) > 2
    assert all("ҚАЙТАЛАНАДЫ" in page.extract_text() for page in pages)


@pytest.mark.parametrize("chars", [3_000, 100_000])
def test_a_row_higher_than_a_page_is_not_cut(chars: int) -> None:
    long = "сөз " * (chars // 4)
    table = Table((1.0, 3.0), (Row((cell("сол", rowspan=2), cell(long))), Row((cell("соңы"),))))
    heights_pt: list[float] = []

    def note_height(text: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        if text.strip():
            heights_pt.append(text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5])

    pages = reader(write_pdf(Document("t", Lang.KK, ON, (table,)))).pages
    text = squeezed("".join(page.extract_text(visitor_text=note_height) for page in pages))
    assert text.count("сөз") == chars // 4
    assert min(heights_pt) > 56  # points of the lower margin of 20 mm


@pytest.mark.parametrize("writer", [write_pdf, write_docx])
def test_equal_documents_give_equal_bytes(writer: Any) -> None:
    assert writer(DOCUMENT) == writer(DOCUMENT)


def test_docx_carries_no_time_but_the_documents(docx: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = [info.filename for info in archive.infolist()]
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    core = python_docx.Document(io.BytesIO(docx)).core_properties
    assert core.created is not None
    assert core.modified is not None
    assert core.created.date() == core.modified.date() == ON
    assert (core.title, core.author, core.last_modified_by, core.language) == ("Құжат атауы", "Автор", "Автор", "kk-KZ")


def test_the_template_is_what_its_script_builds() -> None:
    with zipfile.ZipFile(resources_dir() / "docx" / "base.docx") as archive:
        shipped = {name: archive.read(name).decode() for name in archive.namelist()}
    assert shipped == build_docx_template.parts()


def test_docx_names_neither_its_library_nor_american_english(docx: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(("xml", "rels")))
    assert b"python-docx" not in everything
    assert b"en-US" not in everything


def test_docx_children_stand_in_the_order_of_the_schema(docx: bytes) -> None:
    found, seen = word_faults(docx)
    assert found == []
    assert {"body", "p", "r", "pPr", "rPr", "tbl", "tr", "tc", "tblPr", "trPr", "tcPr", "hyperlink"} <= seen


def test_docx_repeats_column_headers_and_keeps_rows_whole(docx: bytes) -> None:
    rows = list(docx_part(docx).iter(f"{W}tr"))
    headers = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    assert headers == [True, False, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_docx_opens_again_with_its_parts(docx: bytes) -> None:
    document = python_docx.Document(io.BytesIO(docx))
    assert [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"] == ["Басты тақырып"]
    assert [row.cells[0].text for row in document.tables[0].rows] == ["Баған А", "Топ", "Биік", "Биік"]
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == [
        "көк тіктөртбұрыш",
        "екінші сурет",
    ]
    assert [link.address for p in document.paragraphs for link in p.hyperlinks] == ["https://atu.edu.kz/"]
    instructions = [f.get(f"{W}instr") for f in docx_part(docx, "word/footer1.xml").iter(f"{W}fldSimple")]
    assert instructions == ["PAGE", "NUMPAGES"]
    assert docx_blocks(docx, "word/header1.xml") == ["КОДЖОБА"]


def test_docx_breaks_the_page_before_what_follows(docx: bytes) -> None:
    broken = [p for p in docx_part(docx).iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in broken] == ["Қолдар"]


LONG_WORDS = "электрофотополупроводниковый рентгеноэлектрокардиографический " * 12


def test_words_of_running_text_are_divided_and_labels_never() -> None:
    """Russian has patterns, Kazakh has none; soft hyphens are what a PDF says of a divided word."""

    def soft_hyphens(lang: Lang, element: str, align: Align = Align.JUSTIFY) -> int:
        blocks = (Paragraph((Run(LONG_WORDS, element=element),), align),)
        pages = reader(write_pdf(Document("t", lang, ON, blocks))).pages
        return "".join(page.extract_text() for page in pages).count("\u00ad")

    assert soft_hyphens(Lang.RU, "description") > 0
    assert soft_hyphens(Lang.RU, "") == 0
    assert soft_hyphens(Lang.KK, "description") == 0
    assert soft_hyphens(Lang.RU, "title", Align.CENTRE) == 0


def test_docx_lets_word_divide_running_text_alone() -> None:
    text, label = Paragraph((Run("мәтін", Lang.RU, element="goal"),)), Paragraph((Run("жапсырма", Lang.RU),))
    docx = write_docx(Document("t", Lang.RU, ON, (text, label)))
    allowed = [p.find(f"{W}pPr/{W}suppressAutoHyphens") is not None for p in docx_part(docx).iter(f"{W}p")]
    assert allowed[:2] == [True, False]
    order = [child.tag.removeprefix(W) for child in docx_part(docx, "word/settings.xml")]
    assert order.index("defaultTabStop") < order.index("autoHyphenation")  # ISO/IEC 29500-1, CT_Settings


def test_docx_languages_are_marked(docx: bytes) -> None:
    marked = {
        "".join(t.text or "" for t in run.iter(f"{W}t")): lang.get(f"{W}val")
        for run in docx_part(docx).iter(f"{W}r")
        for lang in run.iter(f"{W}lang")
    }
    assert marked == {"по-русски": "ru-RU", " English": "en-GB"}


def test_a_missing_font_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    none = typst.Fonts(include_system_fonts=False, font_paths=[tmp_path])
    monkeypatch.setattr(pdf_writer, "typst_fonts", lambda: none)
    with pytest.raises(ExportError, match="pdf_not_made") as caught:
        write_pdf(DOCUMENT)
    assert "pt serif" in str(caught.value.params["problem"]).lower()


def test_a_panic_inside_typst_is_an_export_error(monkeypatch: pytest.MonkeyPatch) -> None:
    # pyo3 raises a BaseException of this name; it cannot be imported.
    panic = type("PanicException", (BaseException,), {})

    def compile_with_warnings(*_: object, **__: object) -> None:
        raise panic("index out of bounds")

    monkeypatch.setattr(typst, "compile_with_warnings", compile_with_warnings)
    with pytest.raises(ExportError) as caught:
        write_pdf(DOCUMENT)
    assert (caught.value.code, caught.value.params) == ("pdf_not_made", {"problem": "index out of bounds"})


def test_ctrl_c_is_no_export_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def compile_with_warnings(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(typst, "compile_with_warnings", compile_with_warnings)
    with pytest.raises(KeyboardInterrupt):
        write_pdf(DOCUMENT)


@given(st.lists(st.text(st.characters(), max_size=30), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None)
def test_any_text_can_be_written(texts: list[str]) -> None:
    runs = tuple(Run(text, bold=bool(index % 2), link=text) for index, text in enumerate(texts))
    blocks = (Heading(1, runs), Paragraph(runs), Table((1.0,), tuple(Row((Cell((runs,)),)) for _ in "ab")))
    document = Document(texts[0], Lang.RU, ON, blocks, author=texts[-1])
    assert write_pdf(document).startswith(b"%PDF")
    assert python_docx.Document(io.BytesIO(write_docx(document))).paragraphs
