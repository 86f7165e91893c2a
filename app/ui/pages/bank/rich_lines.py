"""What the clipboard holds as the lines that the reader of Word documents takes."""

from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextDocument, QTextListFormat

from app.formats.word_lines import BOLD, HIGHLIGHT, UNDERLINE, WordLine

_WHITE = 250
"""From this lightness a ground is paper, not a marker."""
_LETTER_STYLES = (QTextListFormat.Style.ListLowerAlpha, QTextListFormat.Style.ListUpperAlpha)


def lines_of_text(text: str) -> list[WordLine]:
    """Return the lines of a plain text."""
    return [WordLine(number, line, bytes(len(line))) for number, line in enumerate(text.splitlines(), start=1)]


def lines_of_html(html: str) -> list[WordLine]:
    """Return the lines of a piece of a document: with bold, underlined and highlighted letters and lists.

    A picture, which the clipboard holds no content of, is the character U+FFFC.
    """
    document = QTextDocument()
    document.setHtml(html)
    lines: list[WordLine] = []
    block = document.begin()
    while block.isValid():
        lines += _lines_of_block(block, len(lines) + 1)
        block = block.next()
    return lines


def _lines_of_block(block: QTextBlock, number: int) -> list[WordLine]:
    """Return the lines of a paragraph: one, or more where it has line breaks."""
    text, looks = "", b""
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        text += fragment.text()
        looks += bytes([_looks(fragment.charFormat())]) * len(fragment.text())
        iterator += 1
    listed = _listed(block)
    lines: list[WordLine] = []
    start = 0
    for part in text.split("\u2028"):
        end = start + len(part)
        first = not lines
        lines.append(WordLine(number + len(lines), part, looks[start:end], listed if first else ""))
        start = end + 1
    return lines


def _looks(form: QTextCharFormat) -> int:
    looks = BOLD if form.fontWeight() >= QFont.Weight.DemiBold else 0
    looks += UNDERLINE if form.fontUnderline() else 0
    marked = form.background().style().value and form.background().color().lightness() < 250
    return looks + (HIGHLIGHT if marked else 0)


def _listed(block: QTextBlock) -> str:
    if block.blockFormat().objectIndex() < 0:  # in no list
        return ""
    style = block.textList().format().style()
    if style == QTextListFormat.Style.ListDecimal:
        return "number"
    return "letter" if style in _LETTER_STYLES else ""
