"""Comparing what authors type: blank means blank, and two texts are the same where a reader sees no difference."""

import unicodedata


def is_blank(text: str) -> bool:
    """Tell whether a text says nothing; white space alone says nothing."""
    return not text.strip()


def folded(text: str) -> str:
    """Return the text as it is compared: NFC, without case, white space collapsed, ends trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
