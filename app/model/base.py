"""The common ground of all models: frozen, strict about fields, with stable ids."""

import secrets
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

ElementId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
"""An id that stays with its element for life and may stand in an element path: no slash, no blank."""


class Model(BaseModel):
    """A frozen value. Unknown fields are refused, so a typing error in a file cannot pass in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")


class TextItem(Model):
    """One line of a list that the author edits (an objective, a prerequisite, a lecture's question)."""

    id: ElementId
    text: str = ""


def new_id(prefix: str) -> str:
    """Return a fresh element id such as ``m-3f9a2c41``; 32 random bits, enough for one course."""
    return f"{prefix}-{secrets.token_hex(4)}"
