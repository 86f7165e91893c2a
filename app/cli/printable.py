"""Texts of others on the way to a terminal."""

import unicodedata

_CONTROL = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: str) -> str:
    """Return a text that does nothing to a terminal but stand there in one line.

    A course or a bundle may come from anybody: escape sequences could move the cursor or retitle the window, a line
    break could feign a message of ours, a change of direction could turn a file name round. White space becomes a
    blank, everything else that is no visible character is written as its escape.
    """
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character in "\t\n\r\v\f\u2028\u2029":
        return " "
    if unicodedata.category(character) in _CONTROL:
        return character.encode("unicode_escape").decode("ascii")
    return character
