"""PPTX files: slides and their text, read from the package itself."""

import re
import zipfile
import zlib
from pathlib import Path

from docx.oxml.parser import parse_xml

from app.attachments.facts import Content, clean
from app.model.attachment import SlideFacts

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DAMAGED = (
    OSError, EOFError, ValueError, LookupError, RuntimeError, NotImplementedError,
    zipfile.BadZipFile, zlib.error, SyntaxError,  # of XML, as lxml says it
)  # fmt: skip
_MAX_SLIDE_BYTES = 20 * 2**20
_MAX_UNPACKED_BYTES = 600 * 2**20


def read_pptx(path: Path) -> Content | None:
    """Return a presentation's slides, text and pictures; None if it is damaged or encrypted."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "ppt/presentation.xml" not in names:
                return None
            slides = sorted((int(match[1]), match[0]) for name in names if (match := _SLIDE.fullmatch(name)))
            texts = [_slide_text(archive, name) for _, name in slides]
    except _DAMAGED:
        return None
    pictures = sum(name.startswith("ppt/media/") for name in names)
    details, aspect = _details(path)
    first = clean(texts[0]) if texts else ""
    return Content(len(slides), first, clean("\n".join(texts)), pictures, details, aspect)


def _details(path: Path) -> tuple[tuple[SlideFacts, ...], float | None]:
    """Return what is on the slides; nothing where the presentation is too large or too odd to be looked into."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MAX_UNPACKED_BYTES:
                return (), None
        from app.attachments.pptx_slides import read_slides  # python-pptx takes a third of a second to load

        return read_slides(path)
    except (*_DAMAGED, AttributeError, TypeError, ArithmeticError):
        # python-pptx trusts the parts of a package to be as it expects them; the text was read without it.
        return (), None


def _slide_text(archive: zipfile.ZipFile, name: str) -> str:
    if archive.getinfo(name).file_size > _MAX_SLIDE_BYTES:  # no slide is: a packed bomb
        raise ValueError(name)
    root = parse_xml(archive.read(name))
    paragraphs = root.iter(f"{_DRAWING}p")
    return "\n".join("".join(run.text or "" for run in paragraph.iter(f"{_DRAWING}t")) for paragraph in paragraphs)
