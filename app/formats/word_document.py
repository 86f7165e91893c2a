"""Lines of text to a Word document that a lecturer goes on editing."""

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from app.formats.word_package import PICTURE

if TYPE_CHECKING:
    from docx.document import Document

_MAX_WIDTH_EMU = 4_320_000
"""12 cm: a picture wider than that would leave no room for the margins."""


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
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document()
    end = document.element.body.sectPr  # what is added one by one is searched for its place each time
    inline = {character: _inline(document, picture) for character, picture in pictures.items() if character in text}
    paragraphs = "".join(_paragraph(line, inline) for line in text.split("\n"))
    for paragraph in list(parse_xml(f"<w:body {nsdecls('w')}>{paragraphs}</w:body>")):
        end.addprevious(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


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


def _paragraph(line: str, inline: Mapping[str, str]) -> str:
    bold = "<w:rPr><w:b/></w:rPr>" if line.startswith("*") else ""
    texts = PICTURE.split(line)
    parts = [_run(texts[0], bold)]
    for character, text in zip(PICTURE.findall(line), texts[1:], strict=True):
        parts.append(f"<w:r>{inline.get(character, '')}</w:r>{_run(text, bold) if text else ''}")
    return f"<w:p>{''.join(parts)}</w:p>"


def _run(text: str, bold: str) -> str:
    shown = '</w:t><w:tab/><w:t xml:space="preserve">'.join(escape(part, quote=False) for part in text.split("\t"))
    return f'<w:r>{bold}<w:t xml:space="preserve">{shown}</w:t></w:r>'
