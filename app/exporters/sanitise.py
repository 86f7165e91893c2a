"""The one sanitiser before a document is written: what no font can show or no file may hold is replaced, visibly.

A PDF/A export fails as a whole on one emoji, on NUL or on an unbroken run of 32,768 characters, and XML refuses control
characters. So every text passes here first; what was changed is returned as notes, never kept quiet. The result is the
same when it is sanitised again.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from urllib.parse import quote, urlsplit

from app.exporters.document import (
    Block,
    Cell,
    Document,
    Field,
    FlowBlock,
    Heading,
    Inlines,
    KeepTogether,
    ListBlock,
    ListItem,
    PageBreak,
    PageField,
    PageLine,
    Paragraph,
    Picture,
    Row,
    Run,
    Runs,
    SignatureLine,
    Table,
    TitlePage,
)
from app.exporters.fonts import Coverage, load_coverage

REPLACEMENT = "\ufffd"
ZERO_WIDTH_SPACE = "\u200b"
EMPTY = "—"
"""Stands for a title or heading of which nothing is left: PDF/UA-1 wants some text."""

MAX_UNBROKEN_CHARS = 500
MAX_TITLE_CHARS = 250
MAX_HEADING_CHARS = 300
MAX_ALT_CHARS = 1000
MAX_URL_CHARS = 2000
MAX_MARKS = 8
"""More marks on one letter are no writing; they make shaping slow."""

_BLANKS = re.compile("\r\n|[\t\n\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")
_BIDI_CONTROL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SCHEMES = frozenset({"http", "https", "mailto"})
_URL_SAFE = "%/:=&?~#+!$,;'@()*-._"
_MARK_CATEGORIES = frozenset({"Mn", "Mc", "Me"})


class NoteKind(StrEnum):
    """What happened to a text."""

    REPLACED = "replaced"
    REMOVED = "removed"
    SHORTENED = "shortened"


@dataclass(frozen=True, slots=True)
class Note:
    """A change that the sanitiser made.

    Attributes:
        element: path of the course element, empty where the text is not of the course.
        what: the characters as ``U+0000``, or the number of characters that were left out, or the link.
    """

    element: str
    kind: NoteKind
    what: str


@dataclass(frozen=True, slots=True)
class Sanitised:
    """A document that both writers can write, and what had to change for that."""

    document: Document
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class _Patterns:
    suspect: re.Pattern[str]
    unshowable: re.Pattern[str]
    cluster: re.Pattern[str]
    unbroken: re.Pattern[str]
    coverage: Coverage


@cache
def _patterns() -> _Patterns:
    coverage = load_coverage()
    marks = {point for point in coverage.union if unicodedata.category(chr(point)) in _MARK_CATEGORIES}
    plain = _char_class(coverage.union - marks)
    mark = _char_class(marks)
    return _Patterns(
        suspect=re.compile(f"[^{plain}]|\\S{{{MAX_UNBROKEN_CHARS + 1}}}"),
        unshowable=re.compile(f"[^{plain}{mark}]"),
        cluster=re.compile(f"([^{mark}]?)([{mark}]+)"),
        unbroken=re.compile(f"(\\S{{{MAX_UNBROKEN_CHARS}}}[{mark}]*)(?=\\S)"),
        coverage=coverage,
    )


def _char_class(points: frozenset[int] | set[int]) -> str:
    ordered = sorted(points)
    parts: list[str] = []
    first = previous = ordered[0]
    for point in [*ordered[1:], -1]:
        if point != previous + 1:
            parts.append(f"\\U{first:08x}-\\U{previous:08x}")
            first = point
        previous = point
    return "".join(parts)


@dataclass(slots=True)
class _Sanitiser:
    notes: list[Note] = field(default_factory=list)

    def note(self, element: str, kind: NoteKind, what: str) -> None:
        self.notes.append(Note(element, kind, what))

    def text(self, text: str, element: str = "", limit: int | None = None) -> str:
        if (limit is None or len(text) <= limit) and _is_clean(text):
            return text
        text = self._showable(unicodedata.normalize("NFC", text), element)
        if limit is not None and len(text) > limit:
            self.note(element, NoteKind.SHORTENED, str(len(text) - limit + 1))
            text = text[: limit - 1].rstrip() + "…"
        return _patterns().unbroken.sub(rf"\1{ZERO_WIDTH_SPACE}", text)

    def _showable(self, text: str, element: str) -> str:
        patterns = _patterns()
        text = _INVISIBLE.sub("", _BLANKS.sub(" ", text))
        removed = _code_points(_BIDI_CONTROL.findall(text))
        if removed:
            self.note(element, NoteKind.REMOVED, removed)
            text = _BIDI_CONTROL.sub("", text)
        replaced = patterns.unshowable.findall(text)
        text = patterns.unshowable.sub(REPLACEMENT, text)

        def cluster(match: re.Match[str]) -> str:
            base, marks = match[1], match[2]
            kept = marks[:MAX_MARKS]
            if not base or not patterns.coverage.shows_cluster(base + kept):
                replaced.extend(marks)
                return base + REPLACEMENT
            if kept != marks:
                self.note(element, NoteKind.REMOVED, _code_points(marks[MAX_MARKS:]))
            return base + kept

        text = unicodedata.normalize("NFC", patterns.cluster.sub(cluster, text))
        if replaced:
            self.note(element, NoteKind.REPLACED, _code_points(replaced))
        return text

    def run(self, run: Run) -> Run:
        text = self.text(run.text, run.element)
        link = run.link if run.link is None else safe_link(run.link)
        if link is None and run.link is not None:
            self.note(run.element, NoteKind.REMOVED, self.text(run.link, limit=MAX_TITLE_CHARS))
        if text is run.text and link == run.link:
            return run
        return replace(run, text=text, link=link)

    def runs(self, runs: Runs) -> Runs:
        return tuple(self.run(run) for run in runs)

    def heading(self, heading: Heading) -> Heading:
        left = MAX_HEADING_CHARS
        kept: list[Run] = []
        for run in heading.runs:
            if left <= 0:
                break
            short = self.text(run.text, run.element, left)
            left -= len(short)
            kept.append(self.run(replace(run, text=short)))
        if not any(run.text.strip() for run in kept):
            kept = [Run(EMPTY)]
        return replace(heading, runs=tuple(kept))

    def inlines(self, inlines: Inlines) -> Inlines:
        return tuple(
            item
            if isinstance(item, PageField)
            else self.run(replace(item, text=self.text(item.text, item.element, MAX_TITLE_CHARS)))
            for item in inlines
        )

    def page_line(self, line: PageLine) -> PageLine:
        return PageLine(self.inlines(line.left), self.inlines(line.centre), self.inlines(line.right))

    def row(self, row: Row) -> Row:
        cells = tuple(self.cell(cell) for cell in row.cells)
        return replace(row, cells=cells)

    def cell(self, cell: Cell) -> Cell:
        picture = cell.picture and self.picture(cell.picture)
        return replace(cell, lines=tuple(self.runs(line) for line in cell.lines), picture=picture)

    def picture(self, picture: Picture) -> Picture:
        return replace(picture, alt=self.text(picture.alt, limit=MAX_ALT_CHARS).strip() or EMPTY)

    def block(self, block: Block) -> Block:
        match block:
            case Table():
                return replace(block, rows=tuple(self.row(row) for row in block.rows))
            case Picture():
                return self.picture(block)
            case KeepTogether():
                return KeepTogether(tuple(self.kept(inner) for inner in block.blocks))
            case TitlePage():
                return TitlePage(tuple(tuple(self.flow(inner) for inner in group) for group in block.groups))
            case PageBreak():
                return block
            case _:
                return self.flow(block)

    def kept(self, block: FlowBlock | Picture) -> FlowBlock | Picture:
        return self.picture(block) if isinstance(block, Picture) else self.flow(block)

    def flow(self, block: FlowBlock) -> FlowBlock:
        match block:
            case Heading():
                return self.heading(block)
            case Paragraph():
                return replace(block, runs=self.runs(block.runs))
            case ListBlock():
                return ListBlock(tuple(ListItem(self.runs(i.runs), self.text(i.number)) for i in block.items))
            case Field():
                return replace(block, label=self.runs(block.label), value=self.runs(block.value))
            case SignatureLine():
                return replace(block, before=self.runs(block.before), after=self.runs(block.after))


def sanitise(document: Document) -> Sanitised:
    """Return the document with texts that both writers can write, and notes of what was changed."""
    sanitiser = _Sanitiser()
    clean = replace(
        document,
        title=sanitiser.text(document.title, limit=MAX_TITLE_CHARS).strip() or EMPTY,
        author=sanitiser.text(document.author, limit=MAX_TITLE_CHARS),
        form_code=sanitiser.text(document.form_code, limit=MAX_TITLE_CHARS),
        regulation_code=sanitiser.text(document.regulation_code, limit=MAX_TITLE_CHARS),
        blocks=tuple(sanitiser.block(block) for block in document.blocks),
        header=sanitiser.page_line(document.header),
        footer=sanitiser.page_line(document.footer),
    )
    return Sanitised(clean, tuple(dict.fromkeys(sanitiser.notes)))


def sanitise_text(text: str, *, element: str = "", limit: int | None = None) -> tuple[str, tuple[Note, ...]]:
    """Return one text as `sanitise` would make it, at most ``limit`` characters long, and the notes."""
    sanitiser = _Sanitiser()
    return sanitiser.text(text, element, limit), tuple(sanitiser.notes)


def safe_link(url: str) -> str | None:
    """Return the address as a document may carry it, None where it is no web or mail address."""
    url = url.strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or not (parts.netloc or parts.path) or re.search(r"[\s\x00-\x1f]", url):
        return None
    if parts.scheme.lower() != "mailto" and not parts.netloc:
        return None
    try:
        quoted = quote(url, safe=_URL_SAFE)
    except UnicodeEncodeError:
        return None
    return quoted if len(quoted) <= MAX_URL_CHARS else None


def _is_clean(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and _patterns().suspect.search(text) is None


def _code_points(chars: list[str] | str) -> str:
    return " ".join(dict.fromkeys(f"U+{ord(char):04X}" for char in chars))
