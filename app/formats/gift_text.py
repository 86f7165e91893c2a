r"""GIFT's escapes and format marks.

``\~ \= \# \{ \} \:`` stand for themselves, ``\n`` for a line break, two backslashes for one; any other backslash is
text. ``[html]`` before a text says how the platform shows it. While a question is taken apart, an escaped character is
a lone surrogate: no decoded file can hold one.
"""

import re

from app.formats.aiken_lines import ASCII_BLANK
from app.formats.html_text import PlainText, from_html, looks_like_html, to_html

_ESCAPED = ":#={}~n"
_HELD_BACKSLASH = "\udc00"
_HELD = {letter: chr(0xDC01 + place) for place, letter in enumerate(_ESCAPED)}
_RELEASED = {held: "\n" if letter == "n" else letter for letter, held in _HELD.items()}
_HELD_LETTER = re.compile(f"[{''.join(_RELEASED)}]")
_RESERVED = re.compile(r"[\\#=~{}:\n]")  # four times as fast as a table: most texts have none of them
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_PLACEHOLDER = re.compile(r"&&(?:(?:058|035|061|123|125|126|092);|010)")


def hold(text: str) -> str:
    """Return a text with its escaped characters put out of the way."""
    if "\\" not in text:
        return text
    text = text.replace("\\\\", _HELD_BACKSLASH)
    for letter, held in _HELD.items():
        text = text.replace(f"\\{letter}", held)
    return text.replace(_HELD_BACKSLASH, "\\")


def release(text: str) -> str:
    """Return a held text as its reader sees it."""
    return _HELD_LETTER.sub(lambda found: _RELEASED[found[0]], text)


def shown(text: str, default: str) -> tuple[PlainText, str]:
    """Return what is read of a held text, and the format that it is in.

    Args:
        text: a stem, an option or a feedback, still held.
        default: the format that it has without a mark of its own.
    """
    text = text.strip(ASCII_BLANK)
    mark = _FORMAT.match(text)
    name = mark[1] if mark else default
    body = release(text[mark.end() :] if mark else text).strip(ASCII_BLANK)
    if name == "html" or (name == "moodle" and looks_like_html(body)):
        return from_html(body), name
    return PlainText(body), name


def typed(text: str) -> str:
    """Return a held answer that a learner types: plain text, whatever mark it carries."""
    text = text.strip(ASCII_BLANK)
    mark = _FORMAT.match(text)
    return release(text[mark.end() :] if mark else text).strip(ASCII_BLANK)


def needs_html(text: str) -> bool:
    """Tell whether the platform's automatic format would show a text otherwise than it stands."""
    return any(letter in text for letter in "<>&")


def escaped(text: str) -> str:
    """Return a text with every mark of the format escaped."""
    return _RESERVED.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", text)


def written(text: str, name: str, *, first: bool = False) -> str:
    """Return a text as it stands in the file, in the format of its question.

    Args:
        text: plain text.
        name: ``html`` or ``moodle``, the format of the whole question.
        first: it begins the question, so the mark must be written; elsewhere it is inherited.
    """
    body = to_html(text) if name == "html" else text
    marked = (name == "html" and first) or _FORMAT.match(body) or body.startswith("//")
    return f"[{name}]{escaped(body)}" if marked else escaped(body)


def typed_written(text: str) -> str:
    """Return an answer that a learner types as it stands in the file."""
    return f"[plain]{escaped(text)}" if _FORMAT.match(text) else escaped(text)


def holds_placeholder(text: str) -> bool:
    """Tell whether a text has a sequence that the importer uses for its own ends and would turn into a mark."""
    return _PLACEHOLDER.search(text) is not None
