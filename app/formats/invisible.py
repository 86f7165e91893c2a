"""Characters that nobody sees and that nobody meant to type inside a question."""

import re

_NEVER_MEANT = "\u00ad\u180e\u200b\u2060\ufeff"
_JOINERS = "\u200c\u200d\u200e\u200f"
_PLAIN_LETTER = r"[0-9A-Za-z\u0400-\u052f .,;:!?]"
_INVISIBLE = re.compile(rf"[{_NEVER_MEANT}]|(?:(?<={_PLAIN_LETTER})|(?<![\s\S]))[{_JOINERS}](?={_PLAIN_LETTER}|\Z)")
"""Joiners and marks of direction are needed in emoji, Arabic and Indian writing, never among Latin and Cyrillic."""
_SUSPECT = re.compile(f"[{_NEVER_MEANT}{_JOINERS}]")


def without_invisible(text: str) -> str:
    """Return a text without what nobody sees; no-break spaces stay, they are typography."""
    return _INVISIBLE.sub("", text) if _SUSPECT.search(text) else text
