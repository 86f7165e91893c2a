"""DOCX files through python-docx."""

import struct
import zipfile
import zlib
from pathlib import Path

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from app.attachments.facts import Content, clean

# python-docx trusts the parts of a package to be as it expects them; a damaged file breaks that trust anywhere.
_DAMAGED = (
    OpcError, OSError, EOFError, ValueError, TypeError, LookupError, AttributeError, NotImplementedError, RuntimeError,
    struct.error, zipfile.BadZipFile, zlib.error, SyntaxError,  # of XML, as lxml says it
)  # fmt: skip
_FIRST_PAGE_CHARS = 3_000
"""About one page of 12-point text: where pages break is known only to the program that lays them out."""


def read_docx(path: Path) -> Content | None:
    """Return a DOCX file's text and pictures; None if it is damaged or encrypted."""
    try:
        document = Document(str(path))
        lines, first_page = _lines(document.element.body)
        pictures = sum(part.partname.startswith("/word/media/") for part in document.part.package.iter_parts())
    except _DAMAGED:
        return None
    text = clean("\n".join(lines))
    first = clean("\n".join(lines[:first_page]))[:_FIRST_PAGE_CHARS]
    return Content(None, first, text, pictures)


def _lines(body: BaseOxmlElement) -> tuple[list[str], int]:
    """Return the paragraphs in order, those in tables too, and how many stand before the first page break."""
    lines: list[str] = []
    first_page = None
    for paragraph in body.iter(qn("w:p")):
        lines.append("".join(_runs(paragraph)))
        if first_page is None and _breaks_page(paragraph):
            first_page = len(lines)
    return lines, len(lines) if first_page is None else first_page


def _runs(paragraph: BaseOxmlElement) -> list[str]:
    words = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    return [
        node.text or "" if node.tag == qn("w:t") else words[node.tag]
        for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
    ]


def _breaks_page(paragraph: BaseOxmlElement) -> bool:
    if next(paragraph.iter(qn("w:lastRenderedPageBreak")), None) is not None:
        return True
    return any(node.get(qn("w:type")) == "page" for node in paragraph.iter(qn("w:br")))
