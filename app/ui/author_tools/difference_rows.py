"""Differences of two values of a course as rows of a review list."""

from collections.abc import Iterable, Iterator
from enum import Enum

from app.session.differences import ChangeKind, Difference, excerpts
from app.ui.author_tools.base import ToolContext
from app.ui.author_tools.review_list import Row, plain

_LONGEST = 200


def difference_rows(tools: ToolContext, found: Iterable[Difference], *, ticked: bool | None = None) -> Iterator[Row]:
    """Yield a row for each difference: place, value before, value after; what would be removed is never ticked."""
    for one in found:
        before, after = _words(tools, one)
        box = False if ticked and one.kind is ChangeKind.REMOVED else ticked
        yield Row(tools.place(one.path), (plain(before), plain(after)), one.path, box)


def _words(tools: ToolContext, one: Difference) -> tuple[str, str]:
    if one.kind is ChangeKind.MOVED:
        return tools.ui.t("tools.difference.order"), tools.ui.t("tools.difference.other_order")
    texts = (one.before, one.after)
    if all(isinstance(text, str) and text and not isinstance(text, Enum) for text in texts):
        return excerpts(str(one.before), str(one.after))
    return _short(tools.words(one.before)), _short(tools.words(one.after))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
