"""A field of one line keeps one line, and all of it."""

import re

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QLineEdit

_BREAKS = re.compile(r"[ \t]*(?:[\r\n\v\f\u0085\u2028\u2029]+|\t)[ \t]*")
_LONGEST = 2**24
"""Qt's own limit is 32,767: a longer text from a file would be cut off at the first key."""


def keep_one_line(edit: QLineEdit) -> None:
    """Have line breaks of a pasted text become blanks: Qt keeps them, and the form would print them in a title."""
    edit.setMaxLength(_LONGEST)
    edit.setValidator(_OneLine(edit))


def in_one_line(text: str) -> str:
    """Return a text with a blank for each run of line breaks and tabs."""
    return _BREAKS.sub(" ", text)


class _OneLine(QValidator):
    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Accept any text, in one line."""
        line = in_one_line(text)
        place = position if line == text else len(in_one_line(text[:position]))
        return QValidator.State.Acceptable, line, place
