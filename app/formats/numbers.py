"""The accepted answer of a number question as text: ``3.14``, or ``3.14±0.01`` with what it may be off."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_NUMBER = r"[+\-−]?(?:\d{1,400}(?:[.,]\d{0,400})?|[.,]\d{1,400})(?:[eE][+-]?\d{1,3})?"
_ANSWER = re.compile(rf"\s*({_NUMBER})\s*(?:(?:±|\+/?-)\s*({_NUMBER})\s*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """A number to the letter, with a full stop.

    Attributes:
        tolerance: what an answer may be off; empty for nothing.
        plain: it was written as programs read it, without a decimal comma.
    """

    value: str
    tolerance: str = ""
    plain: bool = True

    @property
    def text(self) -> str:
        """Return it as an accepted answer of a question."""
        return f"{self.value}±{self.tolerance}" if self.tolerance else self.value


def parse_number(text: str) -> NumberAnswer | None:
    """Return the number that a text says, None where it says none."""
    found = _ANSWER.fullmatch(text)
    if found is None:
        return None
    value, tolerance = found[1], found[2] or ""
    plain = not re.search("[,−]", value + tolerance)
    return NumberAnswer(_plain(value), _plain(tolerance), plain)


def parse_range(text: str) -> NumberAnswer | None:
    """Return the middle of ``low..high`` and the distance to its ends, exactly; None where it is no range."""
    found = re.fullmatch(r"\s*([^\s.]*(?:\.[^\s.]+)?)\s*\.\.\s*(\S+)\s*", text)
    if found is None or parse_number(found[1]) is None or parse_number(found[2]) is None:
        return None
    try:
        low, high = Decimal(_plain(found[1])), Decimal(_plain(found[2]))
        return NumberAnswer(format((low + high) / 2, "f"), format(abs(high - low) / 2, "f"))
    except (InvalidOperation, OverflowError):
        return None


def _plain(number: str) -> str:
    return number.replace(",", ".").replace("−", "-")
