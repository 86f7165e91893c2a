"""Lines of text to a Word document that a lecturer goes on editing."""

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from app.formats.word_package import PICTURE

if TYPE_CHECKING:
    from docx.document import Document

_MAX_WIDTH_EMU = 4_320_000
"""12 cm: a picture wider than that would leave no room for the margins."""
_BOLD = "<w:rPr><w:b/></w:rPr>"
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_PAGE_MM = (210, 297)
_PACKING = 3
"""A tenth larger than Python's own level, in half the time."""


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture of the document and what it shows."""

    data: bytes
    alt: str


def is_shown(data: bytes) -> bool:
    """Tell whether Word shows a picture: PNG, JPEG, GIF or BMP that is whole."""
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.image.image import Image

    try:
        image = Image.from_blob(data)
        return image.width > 0 and image.height > 0
    except (
        InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, struct.error, KeyError, IndexError,
        ValueError, ZeroDivisionError, OverflowError,
    ):  # fmt: skip
        return False  # what python-docx raises depends on which part of the picture is damaged


def word_document(text: str, pictures: Mapping[str, ShownPicture]) -> bytes:
    """Return a document with a paragraph for each line; a line that begins with a star is bold.

    Args:
        text: the lines.
        pictures: by the character that stands for each of them in the text.
    """
    from docx import Document  # 0.3 s, which no other format should pay
    from docx.shared import Mm

    document = Document()
    document.sections[0].page_width, document.sections[0].page_height = Mm(_PAGE_MM[0]), Mm(_PAGE_MM[1])
    inline = {character: _inline(document, picture) for character, picture in pictures.items() if character in text}
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_body(buffer, _paragraphs(text, inline))


def _with_body(package: io.BytesIO, paragraphs: str) -> bytes:
    """Return an empty document with paragraphs: as elements of a tree, those of a bank would take a second."""
    filled = io.BytesIO()
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(filled, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/document.xml":
                head, section, rest = content.partition(b"<w:sectPr")
                content = b"".join((head, paragraphs.encode(), section, rest))
            target.writestr(entry, content, compresslevel=_PACKING)
    return filled.getvalue()


def _inline(document: "Document", picture: ShownPicture) -> str:
    """Return the XML of a picture that stands in a line, its file added to the document."""
    inline = document.part.new_pic_inline(io.BytesIO(picture.data))
    width, height = inline.extent.cx, inline.extent.cy
    if width > _MAX_WIDTH_EMU:
        inline = document.part.new_pic_inline(
            io.BytesIO(picture.data), width=_MAX_WIDTH_EMU, height=max(1, int(height * _MAX_WIDTH_EMU / width))
        )
    inline.docPr.set("descr", picture.alt)
    return f"<w:drawing>{inline.xml}</w:drawing>"


def _paragraphs(text: str, inline: Mapping[str, str]) -> str:
    bare = PICTURE.search(text) is None
    shown = escape(text, quote=False).replace("\t", _TAB)
    return "".join(
        f"<w:p>{_run(line, _BOLD if line.startswith('*') else '') if bare else _runs(line, inline)}</w:p>"
        for line in shown.split("\n")
    )


def _runs(line: str, inline: Mapping[str, str]) -> str:
    """Return a line in which pictures may stand."""
    bold = _BOLD if line.startswith("*") else ""
    texts = PICTURE.split(line)
    parts = [_run(texts[0], bold)]
    for character, text in zip(PICTURE.findall(line), texts[1:], strict=True):
        parts.append(f"<w:r>{inline.get(character, '')}</w:r>{_run(text, bold) if text else ''}")
    return "".join(parts)


def _run(text: str, bold: str) -> str:
    return f'<w:r>{bold}<w:t xml:space="preserve">{text}</w:t></w:r>'
