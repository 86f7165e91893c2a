"""Bringing course files of older schemas up to date.

A step is a function from the whole document of one schema to that of the next, over plain dicts and lists. It imports
nothing of the program: the models of today are not those of the day when the step was right. A schema rises whenever an
old file would be refused or read otherwise: a field renamed, moved, made stricter, or **given another default** (a
field that equals its default is not written).
"""

from collections.abc import Callable, Sequence
from typing import Any

Document = dict[str, Any]
Step = Callable[[Document], Document]

STEPS: tuple[Step, ...] = ()
"""``STEPS[n - 1]`` leads from schema ``n`` to ``n + 1``."""


def newest_schema(steps: Sequence[Step] = STEPS) -> int:
    """Return the schema to which the steps lead; the first is 1."""
    return len(steps) + 1


def migrate(document: Document, schema: int, steps: Sequence[Step] = STEPS) -> Document:
    """Return a document of ``schema`` in the newest schema.

    Args:
        document: the file's whole content; the steps may change it in place.
        schema: from 1 to the newest.
        steps: the steps in order.
    """
    for number, step in enumerate(steps[schema - 1 :], start=schema + 1):
        document = step(document)
        document["schema"] = number
    return document
