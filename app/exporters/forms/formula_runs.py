"""Text of a question as runs: its formulas apart from the words around them."""

from app.exporters.document import Run, Runs
from app.formats.tex import pieces


def formula_runs(text: str, *, element: str = "", bold: bool = False) -> Runs:
    """Return a text as runs; put together they are the text again, to the letter."""
    return tuple(Run(piece.source, bold=bold, element=element, formula=piece.formula) for piece in pieces(text))
