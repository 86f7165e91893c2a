"""What the clipboard holds as the lines that the reader of Word documents takes."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextDocument, QTextFormat, QTextListFormat

from app.formats.html_text import lowered, raised
from app.formats.word_lines import BOLD, HIGHLIGHT, UNDERLINE, WordLine
from app.formats.word_package import FIRST_PICTURE, LAST_PICTURE, PICTURE

_WHITE = 250
"""From this lightness a ground is paper, not a marker."""
_LETTER_STYLES = (QTextListFormat.Style.ListLowerAlpha, QTextListFormat.Style.ListUpperAlpha)
_SHIFTS = {
    QTextCharFormat.VerticalAlignment.AlignSuperScript: raised,
    QTextCharFormat.VerticalAlignment.AlignSubScript: lowered,
}
_OBJECT = "\ufffc"
"""Stands in Qt's text for what is no letter."""


@dataclass(frozen=True, slots=True)
class PictureSource:
    """Where a picture of the clipboard lies, and what it shows, as its document says."""

    source: str
    alt: str


@dataclass(frozen=True, slots=True)
class Clipped:
    """A piece of a document.

    Attributes:
        lines: with bold, underlined and highlighted letters, lists and headings.
        pictures: by the private character that stands for each in the lines.
    """

    lines: list[WordLine] = field(default_factory=list)
    pictures: dict[str, PictureSource] = field(default_factory=dict)

    @property
    def has_text(self) -> bool:
        """Tell whether there is more than pictures."""
        return any(PICTURE.sub("", line.text).strip() for line in self.lines)


def clipped_text(text: str) -> Clipped:
    """Return the lines of a plain text."""
    lines = PICTURE.sub("", text).splitlines()
    return Clipped([WordLine(number, line, bytes(len(line))) for number, line in enumerate(lines, start=1)])


def clipped_html(html: str) -> Clipped:
    """Return the lines of a piece of a document and where its pictures lie."""
    document = QTextDocument()
    document.setHtml(PICTURE.sub("", html))
    clipped = Clipped()
    block = document.begin()
    while block.isValid():
        _take_block(block, clipped)
        block = block.next()
    return clipped


def _take_block(block: QTextBlock, into: Clipped) -> None:
    """Add the lines of a paragraph: one, or more where it has line breaks."""
    text, looks = "", b""
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        form, piece = fragment.charFormat(), fragment.text()
        if form.isImageFormat():
            piece = "".join(_character(form, into) for letter in piece if letter == _OBJECT)
        elif form.verticalAlignment() in _SHIFTS:
            piece = _SHIFTS[form.verticalAlignment()](piece)
        text += piece
        looks += bytes([_looks(form)]) * len(piece)
        iterator += 1
    listed = _listed(block)
    shape = block.blockFormat()
    heading = f"h{shape.headingLevel()}" if shape.headingLevel() else ""
    centred = bool(shape.alignment() & Qt.AlignmentFlag.AlignHCenter)
    start = 0
    for place, part in enumerate(text.split("\u2028")):
        end = start + len(part)
        number = len(into.lines) + 1
        shown = "" if place else listed
        look = looks[start:end]
        into.lines.append(WordLine(number, part, look, shown, heading=heading, centred=centred, goes_on=place > 0))
        start = end + 1


def _character(form: QTextCharFormat, into: Clipped) -> str:
    """Return the character that stands for a picture from now on, none for one picture too many."""
    place = ord(FIRST_PICTURE) + len(into.pictures)
    if place > ord(LAST_PICTURE):
        return ""
    alt = form.property(QTextFormat.Property.ImageAltText.value)
    into.pictures[chr(place)] = PictureSource(form.toImageFormat().name(), alt if isinstance(alt, str) else "")
    return chr(place)


def _looks(form: QTextCharFormat) -> int:
    looks = BOLD if form.fontWeight() >= QFont.Weight.DemiBold else 0
    looks += UNDERLINE if form.fontUnderline() else 0
    marked = form.background().style().value and form.background().color().lightness() < _WHITE
    return looks + (HIGHLIGHT if marked else 0)


def _listed(block: QTextBlock) -> str:
    if block.blockFormat().objectIndex() < 0:  # in no list
        return ""
    style = block.textList().format().style()
    if style == QTextListFormat.Style.ListDecimal:
        return "number"
    return "letter" if style in _LETTER_STYLES else ""
