"""HTML of a learning platform to plain text and back, with what plain text cannot hold counted, not kept quiet."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from app.formats.aiken_lines import ASCII_BLANK

_TOKEN = re.compile(
    r"<!--(?:[^<]|<(?!!--))*?-->|<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:[\s/][^<>]*)?)>"
)
_ATTRIBUTE = re.compile(r"""(?<![a-zA-Z-])([a-zA-Z-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LOOKS_HTML = re.compile(
    r"</?(?:p|br|div|span|b|i|u|strong|em|sub|sup|img|table|ul|ol|li|a|h[1-6]|pre|code|tt)(?:[\s/][^<>]*)?>"
    r"|&(?:amp|lt|gt|quot|nbsp|[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});",
    re.IGNORECASE,
)
_SOFT_BREAK = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "tr", "ul", "ol", "table", "pre", "blockquote", "hr", "dd", "dt", "dl"}
    | {f"h{level}" for level in range(1, 7)}
)
_CELLS = frozenset({"td", "th"})
_SKIPPED = frozenset({"script", "style"})
_PICTURES = frozenset({"img", "svg", "audio", "video", "object", "iframe", "embed", "canvas", "applet"})
_SILENT = frozenset({"span", "font", "html", "body", "head", "tbody", "thead", "colgroup", "col", "small", "center"})
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_RAISED_FROM = frozenset("0123456789+-=()n")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_LOWERED_FROM = frozenset("0123456789+-=()")


@dataclass(frozen=True, slots=True)
class Image:
    """A picture or a recording in a piece of HTML.

    Attributes:
        source: where it lies; empty for what is no picture: a recording, a drawing in the page itself.
        alt: what it shows, as the page says.
        inside: text follows it.
    """

    source: str
    alt: str
    inside: bool


class PlainText(NamedTuple):
    """The text of a piece of HTML.

    Attributes:
        images: pictures and recordings, which are not in the text.
        markup: letters in bold, links, tables and the like lost their looks.
    """

    text: str
    images: tuple[Image, ...] = ()
    markup: bool = False

    @property
    def pictures(self) -> int:
        """Return how many pictures and recordings are not in the text."""
        return len(self.images)


def raised(text: str) -> str:
    """Return a text in superscript: as Unicode has it, else after a ``^``."""
    if text and all(letter in _RAISED_FROM for letter in text):
        return text.translate(_RAISED)
    return f"^({text})" if text.strip() else text


def lowered(text: str) -> str:
    """Return a text in subscript: as Unicode has it, else after a ``_``."""
    if text and all(letter in _LOWERED_FROM for letter in text):
        return text.translate(_LOWERED)
    return f"_({text})" if text.strip() else text


def looks_like_html(text: str) -> bool:
    """Tell whether a text of the platform's automatic format is HTML rather than a text with ``<`` in it."""
    return ("<" in text or "&" in text) and _LOOKS_HTML.search(text) is not None


def to_html(text: str) -> str:
    """Return plain text as HTML that shows it to the letter."""
    return html.escape(text, quote=False).replace("\n", "<br>")


def from_html(source: str) -> PlainText:
    """Return the text that a reader of the page sees; never fails, whatever is unbalanced."""
    if "<" not in source:
        return PlainText(_finished(_shown(source)))
    return _Reader().run(source)


class _Reader:
    def __init__(self) -> None:
        self._parts: list[str] = []
        self._shifts: list[tuple[str, int]] = []
        self._images: list[tuple[str, str, int]] = []
        self._markup = False
        self._skipping = ""

    def run(self, source: str) -> PlainText:
        place = 0
        for token in _TOKEN.finditer(source):
            self._text(source[place : token.start()])
            place = token.end()
            if token["tag"] is not None:
                self._tag(token["tag"].lower(), token["rest"], closing=bool(token["close"]))
        self._text(source[place:])
        written = [place for place, part in enumerate(self._parts, 1) if part.strip(ASCII_BLANK)]
        end = max(written, default=0)
        images = tuple(Image(source, alt, inside=before < end) for source, alt, before in self._images)
        return PlainText(_finished("".join(self._parts)), images, self._markup)

    def _text(self, raw: str) -> None:
        if raw and not self._skipping:
            self._parts.append(_shown(raw))

    def _tag(self, tag: str, rest: str, *, closing: bool) -> None:
        if self._skipping:
            if closing and tag == self._skipping:
                self._skipping = ""
        elif tag in _SKIPPED:
            self._skipping = "" if closing else tag
            self._markup = True
        elif tag in _BLOCKS:
            self._break(tag, closing=closing)
        elif tag in _CELLS:
            self._parts.append("" if closing else "\t")
            self._markup = True
        elif tag in ("sub", "sup"):
            self._shift(tag, closing=closing)
        elif tag in _PICTURES:
            if not closing:
                known = dict(_attributes(rest)) if tag == "img" else {}
                self._images.append((known.get("src", ""), known.get("alt", ""), len(self._parts)))
        elif tag not in _SILENT:
            self._markup = True

    def _break(self, tag: str, *, closing: bool) -> None:
        """Begin a line; the end of one block and the start of the next are one break."""
        after_text = any(part.strip(ASCII_BLANK) for part in self._parts[-1:])
        if after_text or (tag == "br" and not closing):
            self._parts.append("\n")
        if tag in {"table", "ul", "ol"}:
            self._markup = True

    def _shift(self, tag: str, *, closing: bool) -> None:
        if not closing:
            self._shifts.append((tag, len(self._parts)))
        elif self._shifts:
            opened, start = self._shifts.pop()
            text = "".join(self._parts[start:])
            del self._parts[start:]
            self._parts.append(raised(text) if opened == "sup" else lowered(text))


def _attributes(rest: str) -> Iterator[tuple[str, str]]:
    for found in _ATTRIBUTE.finditer(rest):
        yield found[1].lower(), html.unescape(next(value for value in found.groups()[1:] if value is not None))


def _shown(raw: str) -> str:
    """Return what a browser shows of the text between two tags."""
    if "\n" in raw or "\r" in raw:  # most texts are one line, and looking is quicker than replacing nothing
        raw = _SOFT_BREAK.sub(" ", raw)
    return html.unescape(raw)


def _finished(text: str) -> str:
    return text.strip(ASCII_BLANK)
