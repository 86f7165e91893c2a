"""The parts of a Word document's package, safely: nothing is fetched, entities are refused, the size is limited."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.formats.encoding import decode
from app.formats.xml_tree import EntitiesRefusedError, parse, walk

_MAX_PART_BYTES = 64 * 2**20
_LETTER_FORMATS = frozenset({"upperLetter", "lowerLetter", "russianUpper", "russianLower"})
_BAD_PACKAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, KeyError, ValueError, NotImplementedError,
    RuntimeError, OSError, EOFError,
)  # fmt: skip
"""What a damaged package raises, by what of it is damaged."""
FIRST_PICTURE, LAST_PICTURE = "\U000f0000", "\U000ffffd"
PICTURE = re.compile(f"[{FIRST_PICTURE}-{LAST_PICTURE}]")
"""Characters that stand for pictures in a line: private ones, which no text of a document keeps."""
_HEADING_NAME = re.compile(r"heading [1-9]|title|subtitle", re.IGNORECASE)
"""Names of Word's own styles, the same in every language of Word."""
_MAX_PICTURE_BYTES = 16 * 2**20
_MAX_PICTURES_BYTES = 128 * 2**20
_RELATIONS = "word/_rels/document.xml.rels"


class WordFileError(Exception):
    """The file is no Word document, or is built to exhaust whoever reads it."""


@dataclass(frozen=True, slots=True)
class WordPicture:
    """A picture of a document; ``data`` is empty where its file is missing, too large or linked from elsewhere."""

    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """The parts that a document's lines are made of."""

    document: Element
    numbering: Element | None
    styles: Element | None


def document_parts(data: bytes) -> DocumentParts:
    """Return the parts of a document.

    Raises:
        WordFileError: see there.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            document = _part(package, "word/document.xml")
            parts = set(package.namelist())
            numbering = _part(package, "word/numbering.xml") if "word/numbering.xml" in parts else None
            styles = _part(package, "word/styles.xml") if "word/styles.xml" in parts else None
            return DocumentParts(document, numbering, styles)
    except _BAD_PACKAGE as error:
        raise WordFileError from error


def _part(package: zipfile.ZipFile, name: str) -> Element:
    with package.open(name) as part:  # the size in the directory may lie
        content = part.read(_MAX_PART_BYTES + 1)
    if len(content) > _MAX_PART_BYTES:
        raise WordFileError
    try:
        tree = parse(decode(content).text)
    except EntitiesRefusedError as error:
        raise WordFileError from error
    if tree.fault_line or tree.root is None:
        raise WordFileError
    return tree.root


def list_formats(numbering: Element | None) -> dict[tuple[str, str], str]:
    """Return what each list counts with, by its id and level."""
    if numbering is None:
        return {}
    levels: dict[str, dict[str, str]] = {}
    for abstract in walk(numbering, "w:abstractNum"):
        formats = levels.setdefault(abstract.get("w:abstractNumId", ""), {})
        for level in walk(abstract, "w:lvl"):
            kind = level.find("w:numFmt")
            formats[level.get("w:ilvl", "")] = "" if kind is None else kind.get("w:val", "")
    found: dict[tuple[str, str], str] = {}
    for used in walk(numbering, "w:num"):
        reference = used.find("w:abstractNumId")
        abstract_id = "" if reference is None else reference.get("w:val", "")
        for level_id, kind_name in levels.get(abstract_id, {}).items():
            name = "number" if kind_name == "decimal" else "letter" if kind_name in _LETTER_FORMATS else ""
            found[used.get("w:numId", ""), level_id] = name
    return found


def heading_styles(styles: Element | None) -> frozenset[str]:
    """Return the ids of the paragraph styles that are a heading or a title, or are made from one."""
    if styles is None:
        return frozenset()
    based_on: dict[str, str] = {}
    found: set[str] = set()
    for style in styles.findall("w:style"):
        if style.get("w:type") != "paragraph":
            continue
        style_id, name, base = style.get("w:styleId", ""), style.find("w:name"), style.find("w:basedOn")
        based_on[style_id] = "" if base is None else base.get("w:val", "")
        if name is not None and _HEADING_NAME.fullmatch(name.get("w:val", "")):
            found.add(style_id)
    for style_id in based_on:
        chain = [style_id]
        while chain[-1] not in found and (base_id := based_on.get(chain[-1], "")) and base_id not in chain:
            chain.append(base_id)
        if chain[-1] in found:
            found.update(chain)
    return frozenset(found)


def pictures_of(data: bytes, found: Sequence[tuple[str, str]]) -> dict[str, WordPicture]:
    """Return the pictures of a document by the characters that stand for them, in the order of ``found``.

    Args:
        data: the document.
        found: relation and description of each picture.

    Raises:
        WordFileError: see there.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            relations = _part(package, _RELATIONS) if _RELATIONS in package.namelist() else None
            return _pictures(package, relations, found)
    except _BAD_PACKAGE as error:
        raise WordFileError from error


def _pictures(
    package: zipfile.ZipFile, relations: Element | None, found: Sequence[tuple[str, str]]
) -> dict[str, WordPicture]:
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in (relations.findall("Relationship") if relations is not None else ())
        if relation.get("TargetMode") != "External"
    }
    names = set(package.namelist())
    left = _MAX_PICTURES_BYTES
    pictures: dict[str, WordPicture] = {}
    contents: dict[str, bytes] = {}
    for place, (relation, alt) in enumerate(found):
        target = targets.get(relation, "")
        name = target.lstrip("/") if target.startswith("/") else f"word/{target}"
        if name in names and name not in contents:
            with package.open(name) as part:
                content = part.read(min(left, _MAX_PICTURE_BYTES) + 1)
            contents[name] = content if len(content) <= min(left, _MAX_PICTURE_BYTES) else b""
            left -= len(contents[name])
        pictures[chr(ord(FIRST_PICTURE) + place)] = WordPicture(contents.get(name, b""), alt)
    return pictures
