"""DOCX files through python-docx."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.opc.constants import CONTENT_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.package import OpcPackage
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from app.attachments.facts import Content, clean

# python-docx trusts the parts of a package to be as it expects them; a damaged file breaks that trust anywhere.
_DAMAGED = (
    OpcError, OSError, EOFError, ValueError, TypeError, LookupError, AttributeError, NotImplementedError, RuntimeError,
    struct.error, zipfile.BadZipFile, zlib.error, SyntaxError,  # of XML, as lxml says it
)  # fmt: skip
_FIRST_PAGE_CHARS = 3_000
"""About one page of 12-point text: where pages break is known only to the program that lays them out."""
_BESIDE_THE_BODY = (
    CONTENT_TYPE.WML_HEADER,
    CONTENT_TYPE.WML_FOOTER,
    CONTENT_TYPE.WML_FOOTNOTES,
    CONTENT_TYPE.WML_ENDNOTES,
)
"""What is printed and stands in parts of its own; comments are not printed."""
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same text box once more, for programs that do not know the newer kind."""


def read_docx(path: Path) -> Content | None:
    """Return a DOCX file's text and pictures; None if it is damaged or encrypted.

    The text is that of the body (tables and text boxes included), then of headers, footers, footnotes and endnotes;
    the first page is told by the body alone.
    """
    try:
        document = Document(str(path))
        lines, first_page = _lines(document.element.body)
        package = document.part.package
        beside = [line for root in _beside(package) for line in _lines(root)[0]]
        pictures = sum(part.partname.startswith("/word/media/") for part in package.iter_parts())
    except _DAMAGED:
        return None
    text = clean("\n".join([*lines, *beside]))
    first = clean("\n".join(lines[:first_page]))[:_FIRST_PAGE_CHARS]
    return Content(None, first, text, pictures)


def _beside(package: OpcPackage) -> Iterator[BaseOxmlElement]:
    parts = [part for part in package.iter_parts() if part.content_type in _BESIDE_THE_BODY]
    for part in sorted(parts, key=lambda part: (_BESIDE_THE_BODY.index(part.content_type), str(part.partname))):
        yield parse_xml(part.blob)


def _lines(root: BaseOxmlElement) -> tuple[list[str], int]:
    """Return the paragraphs in order, those in tables and text boxes too, and how many stand before a page break."""
    lines: list[str] = []
    first_page = None
    repeated = {paragraph for fallback in root.iter(_FALLBACK) for paragraph in fallback.iter(qn("w:p"))}
    for paragraph in root.iter(qn("w:p")):
        if paragraph in repeated:
            continue
        lines.append("".join(_runs(paragraph)))
        if first_page is None and _breaks_page(paragraph):
            first_page = len(lines)
    return lines, len(lines) if first_page is None else first_page


def _runs(node: BaseOxmlElement) -> Iterator[str]:
    """Yield the text of a paragraph without that of the text boxes in it, which are paragraphs of their own."""
    words = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    for child in node:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in words:
            yield words[child.tag]
        elif child.tag not in (qn("w:p"), qn("w:pPr")):  # the properties of a paragraph name its tab stops
            yield from _runs(child)


def _breaks_page(paragraph: BaseOxmlElement) -> bool:
    if next(paragraph.iter(qn("w:lastRenderedPageBreak")), None) is not None:
        return True
    return any(node.get(qn("w:type")) == "page" for node in paragraph.iter(qn("w:br")))
