"""What a reader of one kind of file hands back."""

import re
from dataclasses import dataclass

from app.model.attachment import SlideFacts

MAX_TEXT_CHARS = 400_000
"""A lecture has some 20,000; what goes beyond this is not needed by any rule."""


@dataclass(frozen=True, slots=True)
class Content:
    """Content of a file that opened; see `app.model.attachment.AttachmentFacts`."""

    pages: int | None = None
    first_page_text: str = ""
    text: str = ""
    image_count: int | None = None
    slides: tuple[SlideFacts, ...] = ()
    aspect: float | None = None


_BROKEN = re.compile("[\ud800-\udfff\0]")


def clean(text: str) -> str:
    """Return text without half characters and NULs, which damaged fonts produce, cut at the limit."""
    return _BROKEN.sub("\ufffd", text[:MAX_TEXT_CHARS])
