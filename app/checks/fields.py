"""Fields that must say something."""

from collections.abc import Iterable, Iterator

from app.checks.context import Verdict, fail
from app.checks.wording import is_blank
from app.model.base import TextItem


def any_text(items: Iterable[TextItem]) -> bool:
    """Tell whether at least one line of a list says something."""
    return not all(is_blank(item.text) for item in items)


def filled(text: str, element: str, message: str = "empty") -> Iterator[Verdict]:
    """Yield a failure where a text that must be there says nothing."""
    if is_blank(text):
        yield fail(message, element)
