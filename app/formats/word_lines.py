"""The lines of a Word document, as a person sees them: with automatic numbers, bold, underlined, in table cells.

Only the document's own XML is read; nothing is fetched, entities are refused, the size is limited.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.formats.encoding import decode
from app.formats.html_text import lowered, raised
from app.formats.xml_tree import EntitiesRefusedError, Node, parse

_MAX_PART_BYTES = 64 * 2**20
_PICTURES = frozenset({"w:drawing", "w:pict", "w:object"})
_LETTER_FORMATS = frozenset({"upperLetter", "lowerLetter", "russianUpper", "russianLower"})
_SKIPPED = frozenset({"w:del", "w:moveFrom", "w:instrText", "w:delText"})
_WRAPPERS = frozenset({"w:sdt", "w:sdtContent", "w:ins", "w:customXml"})
_BAD_PACKAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, KeyError, ValueError, NotImplementedError,
    RuntimeError, OSError, EOFError,
)  # fmt: skip
"""What a damaged package raises, by what of it is damaged."""
BOLD, UNDERLINE, HIGHLIGHT = 1, 2, 4
_LONE_LABEL = re.compile(r"\s*([*+]?\s*[^\W\d_])\s*[.)]?\s*")
_LONE_NUMBER = re.compile(r"\s*(\d{1,4})\s*[.)]?\s*")


class WordFileError(Exception):
    """The file is no Word document, or is built to exhaust whoever reads it."""


@dataclass(frozen=True, slots=True)
class WordLine:
    """One line.

    Attributes:
        number: place of the line in the document, from 1.
        text: its text.
        looks: one byte a character: sum of BOLD, UNDERLINE, HIGHLIGHT.
        listed: ``number`` or ``letter`` where Word counts the line itself, else empty.
        pictures: pictures in it.
        formulas: formulas in it, whose letters stand in the text in one line.
    """

    number: int
    text: str
    looks: bytes
    listed: str = ""
    pictures: int = 0
    formulas: int = 0


def word_lines(data: bytes) -> list[WordLine]:
    """Return the lines of a document.

    Raises:
        WordFileError: see there.
    """
    root, list_formats = _opened(data)
    return _Lines(list_formats).run(root)


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of a table: the lines of each cell; a cell that only goes on a merged one is empty."""

    cells: tuple[tuple[WordLine, ...], ...]


def word_blocks(data: bytes) -> list[WordLine | WordRow]:
    """Return the lines of a document with its tables kept as rows; the lines carry no numbers.

    Raises:
        WordFileError: see there.
    """
    root, list_formats = _opened(data)
    body = root.child("w:body")
    if body is None:
        raise WordFileError
    return list(_Lines(list_formats).blocks(body))


def _opened(data: bytes) -> tuple[Node, dict[tuple[str, str], str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            root = _part(package, "word/document.xml")
            numbering = _part(package, "word/numbering.xml") if "word/numbering.xml" in package.namelist() else None
    except _BAD_PACKAGE as error:
        raise WordFileError from error
    return root, _list_formats(numbering)


def _part(package: zipfile.ZipFile, name: str) -> Node:
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


def _list_formats(numbering: Node | None) -> dict[tuple[str, str], str]:
    """Return what each list counts with, by its id and level."""
    if numbering is None:
        return {}
    levels: dict[str, dict[str, str]] = {}
    for abstract in numbering.walk("w:abstractNum"):
        formats = levels.setdefault(abstract.attributes.get("w:abstractNumId", ""), {})
        for level in abstract.walk("w:lvl"):
            kind = level.child("w:numFmt")
            formats[level.attributes.get("w:ilvl", "")] = "" if kind is None else kind.attributes.get("w:val", "")
    found: dict[tuple[str, str], str] = {}
    for used in numbering.walk("w:num"):
        reference = used.child("w:abstractNumId")
        abstract_id = "" if reference is None else reference.attributes.get("w:val", "")
        for level_id, kind_name in levels.get(abstract_id, {}).items():
            name = "number" if kind_name == "decimal" else "letter" if kind_name in _LETTER_FORMATS else ""
            found[used.attributes.get("w:numId", ""), level_id] = name
    return found


@dataclass(slots=True)
class _Collector:
    """The text of one paragraph while its runs are read."""

    parts: list[str]
    looks: list[int]
    pictures: int = 0
    formulas: int = 0

    def add(self, text: str, look: int) -> None:
        self.parts.append(text)
        self.looks += [look] * len(text)


class _Lines:
    def __init__(self, list_formats: dict[tuple[str, str], str]) -> None:
        self._list_formats = list_formats
        self._lines: list[WordLine] = []

    def run(self, root: Node) -> list[WordLine]:
        body = root.child("w:body")
        if body is None:
            raise WordFileError
        self._blocks(body)
        return self._lines

    def blocks(self, parent: Node) -> Iterator[WordLine | WordRow]:
        """Yield lines and rows in order."""
        for block in parent.children:
            if block.tag == "w:p":
                yield from self._paragraph(block)
            elif block.tag == "w:tbl":
                for row in _direct(block, "w:tr"):
                    yield WordRow(tuple(self._cell(cell) for cell in _direct(row, "w:tc")))
            elif block.tag in _WRAPPERS:
                yield from self.blocks(block)

    def _cell(self, cell: Node) -> tuple[WordLine, ...]:
        return tuple(line for paragraph in cell.walk("w:p") for line in self._paragraph(paragraph))

    def _blocks(self, parent: Node) -> None:
        for block in parent.children:
            if block.tag == "w:p":
                self._add(self._paragraph(block))
            elif block.tag == "w:tbl":
                for row in _direct(block, "w:tr"):
                    self._row(row)
            elif block.tag in _WRAPPERS:
                self._blocks(block)

    def _add(self, lines: Sequence[WordLine]) -> None:
        for line in lines:
            number = len(self._lines) + 1
            self._lines.append(WordLine(number, line.text, line.looks, line.listed, line.pictures, line.formulas))

    def _row(self, row: Node) -> None:
        """Add a table row: its cells in turn; a lone number or letter in a cell belongs to the next cell."""
        cells = [
            [line for paragraph in cell.walk("w:p") for line in self._paragraph(paragraph)]
            for cell in _direct(row, "w:tc")
        ]
        cells = [cell for cell in cells if any(line.text.strip() or line.pictures for line in cell)]
        if len(cells) >= 4 and len(cells[0]) == 1 and _LONE_NUMBER.fullmatch(cells[0][0].text):
            options = cells[2:]
            if not any(_LONE_LABEL.fullmatch(option[0].text) for option in options):
                self._add([_with(cells[1][0], listed="number"), *cells[1][1:]])
                for option in options:
                    self._add([_with(option[0], listed=option[0].listed or "letter"), *option[1:]])
                return
        label: WordLine | None = None
        for cell in cells:
            if label is None and len(cell) == 1 and _is_lone_label(cell[0].text):
                label = cell[0]
                continue
            self._add([_labelled(label, cell[0]), *cell[1:]] if label else cell)
            label = None
        if label:
            self._add([label])

    def _paragraph(self, paragraph: Node) -> list[WordLine]:
        collected = _Collector([], [])
        self._runs(paragraph, collected)
        text, looks = "".join(collected.parts), bytes(collected.looks)
        listed = self._listed(paragraph)
        lines: list[WordLine] = []
        place = 0
        for part in text.split("\n"):
            lines.append(WordLine(0, part, looks[place : place + len(part)], "" if lines else listed))
            place += len(part) + 1
        lines[0] = _with(lines[0], pictures=collected.pictures, formulas=collected.formulas)
        return lines

    def _listed(self, paragraph: Node) -> str:
        numbering = paragraph.child_at("w:pPr", "w:numPr")
        if numbering is None:
            return ""
        level, used = numbering.child("w:ilvl"), numbering.child("w:numId")
        level_id = "0" if level is None else level.attributes.get("w:val", "0")
        return self._list_formats.get(("" if used is None else used.attributes.get("w:val", ""), level_id), "")

    def _runs(self, parent: Node, into: _Collector) -> None:
        for element in parent.children:
            tag = element.tag
            if tag == "w:r":
                self._run(element, into)
            elif tag == "m:oMath" or tag == "m:oMathPara":
                into.formulas += 1
                into.add("".join(text.text for text in element.walk("m:t")), 0)
            elif tag in _PICTURES:
                into.pictures += 1
            elif tag not in _SKIPPED and tag != "w:pPr":
                self._runs(element, into)

    def _run(self, run: Node, into: _Collector) -> None:
        look, shift = _looks(run.child("w:rPr"))
        for element in run.children:
            if element.tag == "w:t":
                text = element.text
                into.add(
                    raised(text) if shift == "superscript" else lowered(text) if shift == "subscript" else text, look
                )
            elif element.tag in ("w:br", "w:cr"):
                into.add("\n", look)
            elif element.tag == "w:tab":
                into.add("\t", look)
            elif element.tag == "w:noBreakHyphen":
                into.add("\u2011", look)
            elif element.tag in _PICTURES or next(element.walk(*_PICTURES), None):
                into.pictures += 1


def _direct(parent: Node, tag: str) -> Iterator[Node]:
    """Yield the rows of a table or the cells of a row, not those of a table inside."""
    for child in parent.children:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _direct(child, tag)


def _looks(properties: Node | None) -> tuple[int, str]:
    if properties is None:
        return 0, ""
    look = 0
    for tag, flag in (("b", BOLD), ("u", UNDERLINE), ("highlight", HIGHLIGHT)):
        found = properties.child(f"w:{tag}")
        if found is not None and found.attributes.get("w:val", "1") not in ("0", "false", "none", "off"):
            look |= flag
    shift = properties.child("w:vertAlign")
    return look, "" if shift is None else shift.attributes.get("w:val", "")


def _is_lone_label(text: str) -> bool:
    return bool(_LONE_LABEL.fullmatch(text) or _LONE_NUMBER.fullmatch(text))


def _labelled(label: WordLine, line: WordLine) -> WordLine:
    """Return a cell's first line with the label that stands in a cell of its own."""
    mark = label.text.strip().rstrip(".)").rstrip()
    prefix = f"{mark}. " if mark.isdigit() else f"{mark}) "
    looks = bytes([label.looks[0] if label.looks else 0]) * len(prefix)
    return WordLine(0, prefix + line.text, looks + line.looks, "", line.pictures, line.formulas)


def _with(
    line: WordLine, *, listed: str | None = None, pictures: int | None = None, formulas: int | None = None
) -> WordLine:
    return WordLine(
        line.number,
        line.text,
        line.looks,
        line.listed if listed is None else listed,
        line.pictures if pictures is None else pictures,
        line.formulas if formulas is None else formulas,
    )
