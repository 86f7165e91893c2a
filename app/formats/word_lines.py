"""The lines of a Word document, as a person sees them: with automatic numbers, bold, underlined, in table cells.

Only the document's own XML is read; nothing is fetched, entities are refused, the size is limited.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element

from app.formats.aiken_lines import may_be_label
from app.formats.html_text import lowered, raised
from app.formats.omml import to_latex
from app.formats.word_package import (
    FIRST_PICTURE,
    LAST_PICTURE,
    PICTURE,
    WordFileError,
    WordPicture,
    document_parts,
    heading_styles,
    list_formats,
    pictures_of,
)
from app.formats.xml_tree import own_text, walk

_PICTURES = frozenset({"w:drawing", "w:pict", "w:object"})
_SKIPPED = frozenset({"w:del", "w:moveFrom", "w:instrText", "w:delText"})
_WRAPPERS = frozenset({"w:sdt", "w:sdtContent", "w:ins", "w:customXml"})
BOLD, UNDERLINE, HIGHLIGHT, COLOUR = 1, 2, 4, 8
_LOOKS = [bytes([look]) for look in range(2 * COLOUR)]
_PLAIN_COLOURS = frozenset({"", "auto", "000000", "FFFFFF"})
_LONE_LABEL = re.compile(r"\s*+((?:[*+]\s*+)?[^\W\d_])\s*+[.)]?\s*+")
_MARKED = re.compile(r"\s*+(?:(?:[*+]\s*+)?[^\W\d_]\s*+[.)]|(?:№\s*)?\d{1,4}\s*[.)](?!\d)|[<\[#+]|ANSWER)")
"""How a line begins that belongs to a layout of questions, of whatever format."""
_LONE_NUMBER = re.compile(r"\s*+(\d{1,4})\s*+[.)]?\s*+")


class WordLine(NamedTuple):
    """One line.

    Attributes:
        number: place of the line in the document, from 1.
        text: its text.
        looks: one byte a character: sum of BOLD, UNDERLINE, HIGHLIGHT, COLOUR.
        listed: ``number`` or ``letter`` where Word counts the line itself, else empty.
        formulas: formulas in it that LaTeX could not say, whose letters stand in the text in one line.
        table: it is the first row of a table whose cells stand in one line.
        heading: id of the paragraph's style where that is a heading or title, else empty.
        centred: the paragraph says itself that it is centred.
        goes_on: it stands behind a line break inside a paragraph, not at the paragraph's beginning.
    """

    number: int
    text: str
    looks: bytes
    listed: str = ""
    formulas: int = 0
    table: bool = False
    heading: str = ""
    centred: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class WordText:
    """A document as lines.

    Attributes:
        pictures: by the character that stands for each of them in the lines.
    """

    lines: tuple[WordLine, ...]
    pictures: Mapping[str, WordPicture] = field(default_factory=dict)


def word_lines(data: bytes) -> WordText:
    """Return the lines of a document.

    Raises:
        WordFileError: see there.
    """
    root, reader = _opened(data)
    lines = reader.run(root)
    return WordText(tuple(lines), pictures_of(data, reader.pictures) if reader.pictures else {})


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of a table: the lines of each cell; a cell that only goes on a merged one is empty."""

    cells: tuple[tuple[WordLine, ...], ...]


def word_blocks(data: bytes) -> list[WordLine | WordRow]:
    """Return the lines of a document with its tables kept as rows; the lines carry no numbers and no pictures.

    Raises:
        WordFileError: see there.
    """
    root, reader = _opened(data)
    body = root.find("w:body")
    if body is None:
        raise WordFileError
    reader.keeps_pictures = False
    return list(reader.blocks(body))


def _opened(data: bytes) -> tuple[Element, "_Lines"]:
    parts = document_parts(data)
    return parts.document, _Lines(list_formats(parts.numbering), _styles(parts.styles), heading_styles(parts.styles))


def _styles(styles: Element | None) -> dict[str, int]:
    """Return the looks of the styles for letters, by their ids."""
    if styles is None:
        return {}
    return {
        style.get("w:styleId", ""): _looks(style.find("w:rPr"), {})[0]
        for style in styles.findall("w:style")
        if style.get("w:type") == "character"
    }


@dataclass(slots=True)
class _Collector:
    """The text of one paragraph while its runs are read."""

    parts: list[str] = field(default_factory=list)
    looks: list[bytes] = field(default_factory=list)
    formulas: int = 0

    def add(self, text: str, look: int) -> None:
        self.parts.append(text)
        self.looks.append(_LOOKS[look] * len(text))


class _Lines:
    def __init__(
        self, list_formats: dict[tuple[str, str], str], styles: dict[str, int], headings: frozenset[str]
    ) -> None:
        self._list_formats = list_formats
        self._styles = styles
        self._headings = headings
        self._lines: list[WordLine] = []
        self.pictures: list[tuple[str, str]] = []
        self.keeps_pictures = True

    def run(self, root: Element) -> list[WordLine]:
        body = root.find("w:body")
        if body is None:
            raise WordFileError
        self._blocks(body)
        return self._lines

    def blocks(self, parent: Element) -> Iterator[WordLine | WordRow]:
        """Yield lines and rows in order."""
        for block in parent:
            if block.tag == "w:p":
                yield from self._paragraph(block)
            elif block.tag == "w:tbl":
                for row in _direct(block, "w:tr"):
                    yield WordRow(tuple(self._cell(cell) for cell in _direct(row, "w:tc")))
            elif block.tag in _WRAPPERS:
                yield from self.blocks(block)

    def _cell(self, cell: Element) -> tuple[WordLine, ...]:
        return tuple(line for paragraph in walk(cell, "w:p") for line in self._paragraph(paragraph))

    def _blocks(self, parent: Element) -> None:
        for block in parent:
            if block.tag == "w:p":
                self._lines += self._paragraph(block, len(self._lines) + 1)
            elif block.tag == "w:tbl":
                self._table(block)
            elif block.tag in _WRAPPERS:
                self._blocks(block)

    def _add(self, lines: Sequence[WordLine]) -> None:
        for line in lines:
            number = len(self._lines) + 1
            self._lines.append(line._replace(number=number))

    def _table(self, table: Element) -> None:
        rows = [[list(self._cell(cell)) for cell in _direct(row, "w:tc")] for row in _direct(table, "w:tr")]
        if self._lines and _holds_data(rows):
            for number, row in enumerate(rows):
                self._add([_in_one_line(row)._replace(table=number == 0)])
            return
        for row in rows:
            self._row(row)

    def _row(self, cells: list[list[WordLine]]) -> None:
        """Add a table row: its cells in turn; a lone number or letter in a cell belongs to the next cell."""
        cells = [cell for cell in cells if any(line.text.strip() for line in cell)]
        if len(cells) >= 4 and len(cells[0]) == 1 and _LONE_NUMBER.fullmatch(cells[0][0].text):
            options = cells[2:]
            if not any(_LONE_LABEL.fullmatch(option[0].text) for option in options):
                self._add([cells[1][0]._replace(listed="number"), *cells[1][1:]])
                for option in options:
                    self._add([option[0]._replace(listed=option[0].listed or "letter"), *option[1:]])
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

    def _paragraph(self, paragraph: Element, first_number: int = 0) -> list[WordLine]:
        """Return the lines of a paragraph, numbered from ``first_number``; 0 is no number."""
        collected = _Collector()
        self._runs(paragraph, collected)
        text, looks = "".join(collected.parts), b"".join(collected.looks)
        shape = paragraph.find("w:pPr")
        if shape is None:
            listed, heading, centred = "", "", False
        else:
            style = _value(shape, "w:pStyle")
            listed, heading = self._listed(shape), style if style in self._headings else ""
            centred = _value(shape, "w:jc") == "center"
        if "\n" not in text:
            return [WordLine(first_number, text, looks, listed, collected.formulas, False, heading, centred)]
        lines: list[WordLine] = []
        place = 0
        for part in text.split("\n"):
            look = looks[place : place + len(part)]
            number = first_number and first_number + len(lines)
            shown, formulas = ("", 0) if lines else (listed, collected.formulas)
            goes_on = bool(lines)
            lines.append(
                WordLine(number, part, look, shown, formulas, heading=heading, centred=centred, goes_on=goes_on)
            )
            place += len(part) + 1
        return lines

    def _listed(self, shape: Element) -> str:
        numbering = shape.find("w:numPr")
        if numbering is None:
            return ""
        level, used = numbering.find("w:ilvl"), numbering.find("w:numId")
        level_id = "0" if level is None else level.get("w:val", "0")
        return self._list_formats.get(("" if used is None else used.get("w:val", ""), level_id), "")

    def _runs(self, parent: Element, into: _Collector) -> None:
        for element in parent:
            tag = element.tag
            if tag == "w:r":
                self._run(element, into)
            elif tag == "m:oMath":
                self._formula(element, into)
            elif tag in _PICTURES:
                self._picture(element, into)
            elif tag not in _SKIPPED and tag != "w:pPr":
                self._runs(element, into)

    def _formula(self, formula: Element, into: _Collector) -> None:
        """Add a formula as LaTeX in its delimiters; what LaTeX cannot say here, as its bare letters."""
        looks = [_looks(run.find("w:rPr"), self._styles)[0] for run in walk(formula, "m:r")]
        look = looks[0] if looks else 0
        for other in looks:
            look &= other
        latex = to_latex(formula)
        if latex is None:
            into.formulas += 1
            into.add("".join(own_text(text) for text in walk(formula, "m:t")), look)
        elif latex:
            into.add(f"\\({latex}\\)", look)

    def _picture(self, element: Element, into: _Collector) -> None:
        if not self.keeps_pictures:
            return
        if ord(FIRST_PICTURE) + len(self.pictures) > ord(LAST_PICTURE):
            raise WordFileError
        blip = next(walk(element, "a:blip", "v:imagedata"), None)
        attributes = {} if blip is None else blip.attrib
        described = next(walk(element, "wp:docPr"), None)
        alt = "" if described is None else described.get("descr", "")
        into.add(chr(ord(FIRST_PICTURE) + len(self.pictures)), 0)
        self.pictures.append((attributes.get("r:embed") or attributes.get("r:id", ""), alt))

    def _run(self, run: Element, into: _Collector) -> None:
        look, shift = _looks(run.find("w:rPr"), self._styles)
        for element in run:
            if element.tag == "w:t":
                text = PICTURE.sub("", own_text(element))
                into.add(_shifted(text, shift) if shift else text, look)
            elif element.tag in ("w:br", "w:cr"):
                into.add("\n", look)
            elif element.tag == "w:tab":
                into.add("\t", look)
            elif element.tag == "w:noBreakHyphen":
                into.add("\u2011", look)
            elif element.tag in _PICTURES:
                self._picture(element, into)
            elif element.tag == "mc:AlternateContent":  # the same picture again for older programs
                for picture in islice(walk(element, *_PICTURES), 1):
                    self._picture(picture, into)


def _shifted(text: str, shift: str) -> str:
    return raised(text) if shift == "superscript" else lowered(text) if shift == "subscript" else text


def _value(shape: Element, tag: str) -> str:
    found = shape.find(tag)
    return "" if found is None else found.get("w:val", "")


def _holds_data(rows: Sequence[Sequence[Sequence[WordLine]]]) -> bool:
    """Tell whether a table is part of a question rather than a layout of questions: nothing in it is numbered."""
    lines = [line for row in rows for cell in row for line in cell]
    if len(rows) < 2 or max(map(len, rows)) < 2 or any(line.listed or _MARKED.match(line.text) for line in lines):
        return False
    if any(_LONE_LABEL.fullmatch(line.text) and _is_series_letter(line.text) for line in lines):
        return False
    first = [row[0][0].text for row in rows if row and row[0]]
    return not all(_LONE_NUMBER.fullmatch(text) for text in first)


def _is_series_letter(text: str) -> bool:
    letter = text.strip(" *+.)\t")
    return any(may_be_label(letter, place) for place in range(5))


def _in_one_line(cells: Sequence[Sequence[WordLine]]) -> WordLine:
    text, looks, formulas = "", b"", 0
    for place, cell in enumerate(cells):
        parts = [line for line in cell if line.text.strip()]
        separators = [" | " if place else "", *[" "] * len(parts)]
        if not parts and place:
            text, looks = f"{text} | ", looks + bytes(3)
        for separator, line in zip(separators, parts, strict=False):
            text += separator + line.text
            looks += bytes(len(separator)) + line.looks
            formulas += line.formulas
    return WordLine(0, text, looks, formulas=formulas)


def _direct(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, not those of a table inside."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _direct(child, tag)


def _looks(properties: Element | None, styles: Mapping[str, int]) -> tuple[int, str]:
    """Return the look of a run and whether it is raised or lowered."""
    if properties is None:
        return 0, ""
    style = properties.find("w:rStyle")
    look = 0 if style is None else styles.get(style.get("w:val", ""), 0)
    for tag, flag in (("b", BOLD), ("u", UNDERLINE), ("highlight", HIGHLIGHT)):
        found = properties.find(f"w:{tag}")
        if found is not None:
            is_on = found.get("w:val", "1") not in ("0", "false", "none", "off")
            look = look | flag if is_on else look & ~flag
    shade, colour = properties.find("w:shd"), properties.find("w:color")
    if shade is not None and shade.get("w:fill", "").upper() not in {*_PLAIN_COLOURS, "AUTO"}:
        look |= HIGHLIGHT
    if colour is not None and colour.get("w:val", "").upper() not in {*_PLAIN_COLOURS, "AUTO"}:
        look |= COLOUR
    shift = properties.find("w:vertAlign")
    return look, "" if shift is None else shift.get("w:val", "")


def _is_lone_label(text: str) -> bool:
    return bool(_LONE_LABEL.fullmatch(text) or _LONE_NUMBER.fullmatch(text))


def _labelled(label: WordLine, line: WordLine) -> WordLine:
    """Return a cell's first line with the label that stands in a cell of its own."""
    mark = label.text.strip().rstrip(".)").rstrip()
    prefix = f"{mark}. " if mark.isdigit() else f"{mark}) "
    looks = bytes([label.looks[0] if label.looks else 0]) * len(prefix)
    return WordLine(0, prefix + line.text, looks + line.looks, "", line.formulas)
