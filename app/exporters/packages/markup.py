"""XML and HTML made of text that others wrote: nothing in it can become markup or break the file."""

import re
from collections.abc import Mapping

from app.formats.html_text import to_html

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no place for."""
_BREAK = re.compile("\r\n|\r")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def clean(text: str) -> str:
    """Return a text that XML can hold: one kind of line break, a replacement character for what it cannot."""
    return _FORBIDDEN.sub("\ufffd", _BREAK.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """Return a text for a title: clean, and without line breaks."""
    return " ".join(clean(text).split())


def escaped(text: str) -> str:
    """Return a text as XML content or as an attribute's value."""
    return clean(text).translate(_ESCAPES)


def element(name: str, inner: str = "", attributes: Mapping[str, str] | None = None) -> str:
    """Return an element.

    Args:
        name: its name with prefix.
        inner: what is in it, markup already.
        attributes: values as text.
    """
    shown = "".join(f' {key}="{escaped(value)}"' for key, value in (attributes or {}).items())
    return f"<{name}{shown}>{inner}</{name}>" if inner else f"<{name}{shown}/>"


def text_element(name: str, text: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return an element with nothing but text in it; never an empty-element tag, which some readers drop."""
    shown = "".join(f' {key}="{escaped(value)}"' for key, value in (attributes or {}).items())
    return f"<{name}{shown}>{escaped(text)}</{name}>"


def html_in_xml(name: str, text: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return an element whose content is HTML that shows the plain text to the letter: it is escaped twice."""
    return text_element(name, to_html(clean(text)), attributes)
