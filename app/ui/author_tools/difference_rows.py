"""Differences of two values of a course as rows of a review list."""

from collections.abc import Iterable, Iterator

from app.session.differences import ChangeKind, Difference, excerpts
from app.ui.author_tools.base import ToolContext
from app.ui.author_tools.review_list import Row, plain

_LONGEST = 200


def difference_rows(tools: ToolContext, found: Iterable[Difference], *, ticked: bool | None = None) -> Iterator[Row]:
    """Yield a row for each difference: place, value before, value after."""
    for one in found:
        before, after = _words(tools, one)
        yield Row(tools.place(one.path), (plain(before), plain(after)), one.path, ticked)


def _words(tools: ToolContext, one: Difference) -> tuple[str, str]:
    if one.kind is ChangeKind.MOVED:
        return tools.ui.t("tools.difference.order"), tools.ui.t("tools.difference.other_order")
    if isinstance(one.before, str) and isinstance(one.after, str) and one.before and one.after:
        return excerpts(one.before, one.after)
    return _short(tools.words(one.before)), _short(tools.words(one.after))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
