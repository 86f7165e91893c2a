"""Bytes to text: the encoding is found by itself, and nothing is lost without being said."""

import codecs
import re
from dataclasses import dataclass

_SAMPLE_BYTES = 16_384
"""How much of a file is looked at to tell UTF-16 without a mark from an 8-bit encoding."""
_UTF16_MIN_SHARE = 0.85
_KZ1048_LETTER = rb"[\x8d\x8e\x9d\x9e\xa1\xa2\xa3\xa5\xaa\xaf\xb4\xba\xbc\xbd\xbe\xbf]"
"""Where KZ-1048 (the Kazakh variant of cp1251, STRK 1048) has Kazakh letters and cp1251 Serbian or Ukrainian ones."""
_KAZAKH_IN_CYRILLIC = re.compile(rb"[\xc0-\xff]" + _KZ1048_LETTER + rb"|" + _KZ1048_LETTER + rb"[\xc0-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text.

    Attributes:
        text: the text without a byte-order mark.
        encoding: ``utf-8``, ``utf-16-le``, ``utf-16-be``, ``utf-32-le``, ``utf-32-be``, ``kz1048`` or ``cp1251``.
        bom: the file began with a byte-order mark.
        lossy: some bytes have no meaning in that encoding; each stands in the text as U+FFFD.
    """

    text: str
    encoding: str
    bom: bool
    lossy: bool


_BOMS = (  # longest first: the mark of UTF-32 LE begins with that of UTF-16 LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> Decoded:
    """Return the text of a file; never fails.

    Order: a byte-order mark; UTF-16 without one (told from the share of letters that a question file is made of);
    UTF-8; the 8-bit Kazakh and Russian encodings.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, bom=True)
    wide = _utf16_without_bom(data)
    if wide is not None:
        return _decoded(data, wide, bom=False)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", bom=False, lossy=False)
    except UnicodeDecodeError:
        return _decoded(data, _eight_bit(data), bom=False)


def _decoded(data: bytes, encoding: str, *, bom: bool) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, bom=bom, lossy=False)
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, errors="replace"), encoding, bom=bom, lossy=True)


def _utf16_without_bom(data: bytes) -> str | None:
    """Return the byte order if the bytes make sense as UTF-16 only: no 8-bit text holds a NUL or a control 0x04."""
    sample = data[: _SAMPLE_BYTES - _SAMPLE_BYTES % 2]
    if len(sample) < 4 or not (b"\x00" in sample or b"\x04" in sample):
        return None
    shares = {order: _letter_share(sample[: len(sample) // 2 * 2], order) for order in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda order: shares[order])
    return best if shares[best] >= _UTF16_MIN_SHARE else None


def _letter_share(sample: bytes, encoding: str) -> float:
    """Return how much of the text is what questions are written in: ASCII, Cyrillic, common punctuation."""
    text = sample.decode(encoding, errors="replace")
    usual = sum(
        character in "\t\r\n\u00a0\ufeff" or " " <= character <= "~" or "\u0400" <= character <= "\u052f"
        or "\u2010" <= character <= "\u2122"
        for character in text
    )  # fmt: skip
    return usual / len(text)


def _eight_bit(data: bytes) -> str:
    """Tell KZ-1048 from cp1251: the former where Kazakh letters stand among Cyrillic ones."""
    return "kz1048" if _KAZAKH_IN_CYRILLIC.search(data) else "cp1251"
