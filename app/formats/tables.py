"""A table of a few columns from a Word document, a CSV file or the clipboard."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence

from app.formats.encoding import decode
from app.formats.word_lines import WordRow, word_blocks

Rows = tuple[tuple[str, ...], ...]
_DELIMITERS = "\t;,|"
_MOST_ROWS = 20_000
_TERM = (
    "термин",
    "термины",
    "терминдер",
    "ұғым",
    "понятие",
    "term",
    "concept",
    "қысқартылған сөз",
    "сокращение",
    "abbreviation",
)
_DEFINITION = ("анықтама", "анықтамасы", "определение", "мағынасы", "значение", "definition", "meaning", "түсіндірмесі")


def rows_of_docx(data: bytes) -> Rows:
    """Return the rows of all tables of a Word document.

    Raises:
        WordFileError: it is none.
    """
    rows = (block for block in word_blocks(data) if isinstance(block, WordRow))
    return _filled([" ".join(line.text.strip() for line in cell).strip() for cell in row.cells] for row in rows)


def rows_of_csv(data: bytes) -> Rows:
    """Return the rows of a CSV file in any usual encoding, with the delimiter that most of its lines share."""
    return rows_of_text(decode(data).text)


def rows_of_text(text: str) -> Rows:
    """Return the rows of a text: of the clipboard of a spreadsheet (tabs), of CSV, or «term – definition» lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    delimiter = max(_DELIMITERS, key=lambda sign: sum(sign in line for line in lines)) if lines else "\t"
    shared = sum(delimiter in line for line in lines)
    if shared * 2 < len(lines) or (delimiter == "," and _dashed(lines) >= shared):
        return _filled(_parted(line) for line in lines)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = _filled([cell.strip() for cell in row] for row in reader)
    except csv.Error:
        rows = _filled(line.split(delimiter) for line in lines)
    return _in_columns(rows, delimiter)


def _in_columns(rows: Rows, delimiter: str) -> Rows:
    """Return rows of the usual width: where the sign between columns stands in the last cell, that cell goes on."""
    widths = Counter(map(len, rows))
    usual = min((width for width, count in widths.items() if count == max(widths.values())), default=0)
    if usual < 2:
        return rows
    between = " " if delimiter == "\t" else f"{delimiter} "
    return tuple((*row[: usual - 1], between.join(cell for cell in row[usual - 1 :] if cell)) for row in rows)


def terms_of(rows: Rows) -> tuple[tuple[str, str], ...]:
    """Return term and definition of each row: by the header where there is one, else the first two columns.

    A first column of numbers is passed over; rows without a term are left out.
    """
    if not rows:
        return ()
    header = [cell.casefold().strip(" :.") for cell in rows[0]]
    term = next((place for place, cell in enumerate(header) if cell in _TERM), None)
    definition = next((place for place, cell in enumerate(header) if cell in _DEFINITION), None)
    body = rows[1:] if term is not None or definition is not None else rows
    if term is None:
        term = 1 if _is_numbered(body) else 0
    if definition is None or definition == term:
        definition = term + 1
    pairs = ((_cell(row, term), _cell(row, definition)) for row in body)
    return tuple((name, meaning) for name, meaning in pairs if name)


def _is_numbered(rows: Rows) -> bool:
    wide = [row for row in rows if len(row) > 1]
    return bool(wide) and all(row[0].strip(" .)№").isdigit() for row in wide)


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _dashed(lines: Sequence[str]) -> int:
    return sum(" – " in line or " — " in line or " - " in line for line in lines)


def _parted(line: str) -> list[str]:
    for dash in (" – ", " — ", " - ", ": "):
        if dash in line:
            return [part.strip() for part in line.split(dash, 1)]
    return [line.strip()]


def _filled(rows: Iterable[Sequence[str]]) -> Rows:
    found = []
    for row in rows:
        if any(cell.strip() for cell in row):
            found.append(tuple(cell.strip() for cell in row))
        if len(found) >= _MOST_ROWS:
            break
    return tuple(found)
