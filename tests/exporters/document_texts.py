"""What a reader finds in the written files, for comparing: texts without white space, headers and footers."""

import io
import re
import zipfile
from datetime import date
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtPdf import QPdfDocument

from app.exporters.document import Document, Inlines, Run
from app.storage.regulation_file import load_regulation

ON = date(2026, 11, 23)
REGULATION = load_regulation()
_HYPHEN_AT_THE_END = "\ufffe"
"""What PDFium gives for the hyphen at the end of a line."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text: str) -> str:
    """Leave out white space, zero-width spaces, soft hyphens and bullets: what two programs lay out differently."""
    return re.sub(r"[\s\u200b\u00ad•]+", "", text)


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def catalog(pdf: bytes) -> Any:
    """Return the root object of a PDF, whose types pypdf does not know."""
    return reader(pdf).trailer["/Root"]


@lru_cache(maxsize=32)
def pdf_pages(pdf: bytes) -> tuple[str, ...]:
    """Return the texts of the pages, as the reader inside Chrome finds them; pypdf takes ten times as long."""
    document, data = QPdfDocument(), QBuffer()
    data.setData(pdf)
    data.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(data)
    assert document.status() is QPdfDocument.Status.Ready
    pages = [document.getAllText(number).text() for number in range(document.pageCount())]
    document.close()
    return tuple(squeezed(page.replace(_HYPHEN_AT_THE_END, "-")) for page in pages)


def pdf_text(pdf: bytes, document: Document | None = None) -> str:
    """Return the text of all pages; with the document, its page lines are left out."""
    pages = pdf_pages(pdf)
    if document is None:
        return "".join(pages)
    head = [_line(document.header.left), _line(document.header.centre), _line(document.header.right)]
    foot = [_line(document.footer.left), _line(document.footer.centre)]
    out: list[str] = []
    for number, page in enumerate(pages, start=1):
        start, end = "".join(head), "".join(foot) + f"{number}/{len(pages)}"
        assert page.startswith(start), page[:200]
        assert page.endswith(end), page[-200:]
        out.append(page[len(start) : -len(end)])
    return "".join(out)


def _line(inlines: Inlines) -> str:
    return squeezed("".join(item.text for item in inlines if isinstance(item, Run)))


def docx_part(docx: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return ElementTree.fromstring(archive.read(name))


def docx_blocks(docx: bytes, part: str = "word/document.xml") -> list[str]:
    """Return the texts of the paragraphs in order, the empty ones left out."""
    paragraphs = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in docx_part(docx, part).iter(f"{W}p"))
    return [text for text in map(squeezed, paragraphs) if text]


def docx_text(docx: bytes) -> str:
    return "".join(docx_blocks(docx))


def mapped_strings(value: Any, change: Any, name: str = "") -> Any:
    """Return a model with every free text changed; ids, enumerations and what names others stay."""
    if name in {"id", "rule_id", "state"} or name.endswith(("_id", "_ids")):
        return value
    if type(value) is str:
        return change(value)
    if isinstance(value, tuple):
        return tuple(mapped_strings(item, change, name) for item in value)
    if hasattr(value, "model_copy"):
        fields = type(value).model_fields
        return value.model_copy(update={key: mapped_strings(getattr(value, key), change, key) for key in fields})
    return value
