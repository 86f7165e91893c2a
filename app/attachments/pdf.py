"""PDF files through pypdf."""

import binascii
import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from app.attachments.facts import MAX_TEXT_CHARS, Content, clean

# A damaged file makes pypdf stumble over its own expectations, not only raise its own errors.
_DAMAGED = (
    PyPdfError, OSError, EOFError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError,
    RecursionError, NotImplementedError, struct.error, zlib.error, binascii.Error, ImportError,
)  # fmt: skip
_MAX_FORM_DEPTH = 4


def read_pdf(path: Path) -> Content | None:
    """Return a PDF's pages, text and pictures; None if it is damaged or asks for a password."""
    with _quiet():
        try:
            reader = PdfReader(path)
            if reader.is_encrypted and not reader.decrypt(""):
                return None
            pages = list(reader.pages)
            if not pages:
                return None
            texts = list(_texts(pages))
        except _DAMAGED:
            return None
        return Content(len(pages), clean(texts[0]), clean("\n".join(texts)), _image_count(pages))


def _texts(pages: list[PageObject]) -> Iterator[str]:
    length = 0
    for page in pages:
        text = page.extract_text() if length < MAX_TEXT_CHARS else ""
        length += len(text)
        yield text


def _image_count(pages: list[PageObject]) -> int | None:
    """Count pictures without decoding them; one that stands on several pages counts once."""
    seen: set[object] = set()
    try:
        for page in pages:
            _collect(page.get("/Resources"), seen, 0)
    except _DAMAGED:
        return None
    return len(seen)


def _collect(resources: object, seen: set[object], depth: int) -> None:
    resources = _resolved(resources)
    objects = _resolved(resources.get("/XObject")) if isinstance(resources, DictionaryObject) else None
    if not isinstance(objects, DictionaryObject) or depth > _MAX_FORM_DEPTH:
        return
    for reference in objects.values():
        item = _resolved(reference)
        if not isinstance(item, StreamObject):
            continue
        if item.get("/Subtype") == "/Image":
            seen.add((reference.idnum, reference.generation) if isinstance(reference, IndirectObject) else id(item))
        elif item.get("/Subtype") == "/Form":
            _collect(item.get("/Resources"), seen, depth + 1)


def _resolved(value: object) -> object:
    return value.get_object() if isinstance(value, IndirectObject) else value


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf from writing its doubts about a file to stderr; what counts is in the facts."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
