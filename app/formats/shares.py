"""The shares of the grade that the platform accepts: an answer with any other share costs the question."""

from decimal import Decimal
from functools import lru_cache

ACCEPTED = (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20", "16.66667",
    "14.28571", "12.5", "11.11111", "10", "5", "0",
)  # fmt: skip
_VALUES = tuple(Decimal(share) for share in ACCEPTED)
_NEAR = Decimal("0.001")
_OF_COUNT = {
    1: "100", 2: "50", 3: "33.33333", 4: "25", 5: "20", 6: "16.66667", 7: "14.28571", 8: "12.5", 9: "11.11111",
    10: "10", 20: "5",
}  # fmt: skip


@lru_cache(maxsize=1024)
def is_accepted(share_pct: Decimal) -> bool:
    """Tell whether the platform knows a share, in percent; a negative one counts like its positive twin."""
    return any(abs(abs(share_pct) - value) <= _NEAR for value in _VALUES)


def right_share(count: int) -> str | None:
    """Return the share of each of several right options, None where the platform has none that adds up."""
    return _OF_COUNT.get(count)


def wrong_share(count: int) -> str:
    """Return what a wrong option takes away, so that ticking everything earns nothing."""
    return _OF_COUNT.get(count, "10")
