"""What one command did."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout; anything beside it makes this fail."""
        return json.loads(self.out)


Run = Callable[..., Ran]
