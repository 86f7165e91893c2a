"""The neutral document: what a form says, before anyone decides whether it becomes PDF or DOCX.

A form builds a `Document` once; both writers walk it. Texts are runs that carry their language, so labels stay in the
form's language and values in the course's (X55). Nothing here knows markup, fonts or files.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.model.texts import Lang


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with one look.

    Attributes:
        lang: language of the text; None = the document's.
        link: target of the link that the text is (http, https or mailto); None = no link.
        element: path of the course element that the text was taken from, for notes of the sanitiser.
        formula: the text is LaTeX between its marks (`app.formats.tex`); a writer that cannot show it as a formula
            shows the text.
    """

    text: str
    lang: Lang | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    link: str | None = None
    element: str = ""
    formula: bool = False


Runs = tuple[Run, ...]

HYPHENATED = frozenset({Lang.RU, Lang.EN})
"""Languages with patterns of hyphenation; Kazakh has none."""


def may_hyphenate(run: Run, lang: Lang) -> bool:
    """Tell whether words of a run may be divided: texts of the course in running text, labels never (decision 14).

    Args:
        run: a run of a justified paragraph.
        lang: language of the document.
    """
    return bool(run.element) and (run.lang or lang) in HYPHENATED


class PageField(StrEnum):
    """What a writer counts itself: the page's number and the number of pages."""

    PAGE = "page"
    PAGES = "pages"


Inlines = tuple[Run | PageField, ...]


class Align(StrEnum):
    """How the lines of a paragraph stand."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; levels start at 1 and never skip one."""

    level: int
    runs: Runs
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        keep_with_next: no page ends between it and what follows (a label and its value).
        fill_line: a line to write on runs from the end of the text to the right margin.
        size_pt: size of the letters; None = the document's.
    """

    runs: Runs
    align: Align = Align.JUSTIFY
    keep_with_next: bool = False
    fill_line: bool = False
    size_pt: float | None = None


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list; ``number`` is printed as it is given, empty = a bullet."""

    runs: Runs
    number: str = ""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, bulleted or with printed numbers; all items are of one kind."""

    items: tuple[ListItem, ...]

    @property
    def numbered(self) -> bool:
        """Whether numbers are printed instead of bullets."""
        return any(item.number for item in self.items)


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value on one line.

    Attributes:
        fill_line: as in `Paragraph`, for a value that is missing.
    """

    label: Runs
    value: Runs
    align: Align = Align.LEFT
    keep_with_next: bool = False
    fill_line: bool = False


class PictureFormat(StrEnum):
    """Kinds of pictures that both writers know."""

    PNG = "png"
    JPEG = "jpg"
    SVG = "svg"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture.

    Attributes:
        alt: alternative text, never empty: a picture that says nothing has no place in a form.
        height_mm: its height, where somebody asks what has room on a page; 0 = nobody does.
    """

    data: bytes
    format: PictureFormat
    alt: str
    width_mm: float
    height_mm: float = 0.0
    align: Align = Align.CENTRE

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("a picture needs an alternative text")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; each of its ``lines`` is a paragraph of its own, below them may stand a picture."""

    lines: tuple[Runs, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    align: Align = Align.LEFT
    picture: Picture | None = None


class RowRole(StrEnum):
    """What a row is: data, the column headers (repeated on every page), or a caption above a group of rows."""

    BODY = "body"
    HEADER = "header"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Row:
    """A row; it lists only the cells that begin in it."""

    cells: tuple[Cell, ...]
    role: RowRole = RowRole.BODY


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        widths: shares of the columns, any unit.
        rows: rows with role header come first.
        framed: lines around the cells; without them it only sets texts side by side and is no table to a reader.
        size_pt: size of the letters; None = the document's for tables.
        whole: it stays on one page where it fits on one.
        keep_with_next: no page ends between it and what follows (facts and the text that they belong to).

    Raises:
        ValueError: the spans of the cells do not fill the grid exactly.
    """

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    framed: bool = True
    size_pt: float | None = None
    whole: bool = False
    keep_with_next: bool = False

    def __post_init__(self) -> None:
        for _ in self.grid():
            pass
        roles = [row.role is RowRole.HEADER for row in self.rows]
        if sorted(roles, reverse=True) != roles:
            raise ValueError("a header row stands below other rows")

    def grid(self) -> Iterator[tuple[Row, tuple[tuple[int, Cell, bool], ...]]]:
        """Yield each row with (column, cell, begins here) of everything that covers it, left to right.

        Raises:
            ValueError: two cells overlap, or a place of the grid stays empty.
        """
        open_cells: dict[int, tuple[Cell, int]] = {}
        for row in self.rows:
            placed: list[tuple[int, Cell, bool]] = []
            own = iter(row.cells)
            column = 0
            while column < len(self.widths):
                if column in open_cells:
                    cell, rows_left = open_cells.pop(column)
                    begins = False
                else:
                    following = next(own, None)
                    if following is None:
                        raise ValueError("a row of the table is too short")
                    cell, rows_left, begins = following, following.rowspan, True
                if begins and any(c in open_cells for c in range(column, column + cell.colspan)):
                    raise ValueError("cells of the table overlap")
                placed.append((column, cell, begins))
                if rows_left > 1:
                    open_cells[column] = (cell, rows_left - 1)
                column += cell.colspan
            if column != len(self.widths) or next(own, None) is not None:
                raise ValueError("a row of the table is too long")
            yield row, tuple(placed)
        if open_cells:
            raise ValueError("a cell reaches below the table")


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A line to sign on: who signs, the blank, the name.

    Attributes:
        before: runs up to the blank, with the role.
        blank: how the form prints the blank; a line to write on extends it.
        after: runs behind it, with the name.
        stamp: leave room for a stamp below (X34).
    """

    before: Runs
    blank: str
    after: Runs
    stamp: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """Blocks that stay on one page where they fit on one (a question with its answers)."""

    blocks: tuple["FlowBlock | Picture", ...]


@dataclass(frozen=True, slots=True)
class TitlePage:
    """A page of its own: groups of blocks spread over its height, the first at the top, the last at the bottom."""

    groups: tuple[tuple["FlowBlock", ...], ...]


FlowBlock = Heading | Paragraph | ListBlock | Field | SignatureLine
"""Blocks of running text, which others may hold."""

Block = FlowBlock | Table | Picture | PageBreak | KeepTogether | TitlePage


@dataclass(frozen=True, slots=True)
class PageLine:
    """What stands above or below the text of every page."""

    left: Inlines = ()
    centre: Inlines = ()
    right: Inlines = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document.

    Attributes:
        title: title of the file, not printed.
        lang: language of what does not say otherwise.
        form_code: code of the official form, empty for documents without one.
        regulation_code: edition that it follows.
        edition_date: since when that edition is in force.
        generated_on: the day on which it is made; the only date that the file carries.
        draft: it is not for signature; ``header`` then holds the draft mark.
        author: names for the metadata.
        header: printed above the text of every page.
        footer: printed below the text of every page.

    Raises:
        ValueError: the first heading is not of level 1 or a level is skipped (PDF/UA-1).
    """

    title: str
    lang: Lang
    generated_on: date
    blocks: tuple[Block, ...]
    form_code: str = ""
    regulation_code: str = ""
    edition_date: date | None = None
    draft: bool = False
    author: str = ""
    header: PageLine = field(default_factory=PageLine)
    footer: PageLine = field(default_factory=PageLine)

    def __post_init__(self) -> None:
        previous = 0
        for heading in headings(self.blocks):
            if not 1 <= heading.level <= previous + 1:
                raise ValueError(f"a heading of level {heading.level} follows one of level {previous}")
            previous = heading.level


def headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    """Yield the headings in reading order."""
    for block in blocks:
        match block:
            case Heading():
                yield block
            case KeepTogether(blocks=inner):
                yield from headings(inner)
            case TitlePage(groups=groups):
                for group in groups:
                    yield from headings(group)
            case _:
                pass
