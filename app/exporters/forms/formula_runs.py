"""Text of a question for print: its formulas apart from the words around them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from app.exporters.document import Align, Paragraph, Run, Runs
from app.formats.tex import Piece, pieces


def formula_runs(text: str, *, element: str = "", bold: bool = False) -> Runs:
    """Return a text as runs; put together they are the text again, to the letter."""
    return _runs(pieces(text), element, bold=bold)


def formula_paragraphs(text: str, *, element: str = "", bold: bool = False) -> Iterator[Paragraph]:
    """Yield a text as paragraphs: one, unless formulas in it want a line of their own."""
    for own_line, parts in groupby(pieces(text), key=lambda piece: piece.own_line):
        if own_line:
            for piece in parts:
                yield Paragraph(_runs([piece], element, bold=bold), Align.CENTRE)
            continue
        runs = _runs(parts, element, bold=bold)
        if any(run.text.strip() for run in runs):
            yield Paragraph(runs, Align.LEFT)


def _runs(parts: Iterable[Piece], element: str, *, bold: bool) -> Runs:
    return tuple(Run(piece.source, bold=bold, element=element, formula=piece.formula) for piece in parts)
