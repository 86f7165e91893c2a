"""Text is found whatever its encoding; what cannot be read is said."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.encoding import decode

KAZAKH = "Қазақ тіліндегі әріптер: Ә Ғ Қ Ң Ө Ұ Ү Һ І\nA. бірінші\nANSWER: A\n"
RUSSIAN = "Какой ответ верен?\nA. первый\nB. второй\nANSWER: A\n"


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        (KAZAKH.encode(), "utf-8", False),
        (codecs.BOM_UTF8 + KAZAKH.encode(), "utf-8", True),
        (codecs.BOM_UTF16_LE + KAZAKH.encode("utf-16-le"), "utf-16-le", True),
        (codecs.BOM_UTF16_BE + KAZAKH.encode("utf-16-be"), "utf-16-be", True),
        (codecs.BOM_UTF32_LE + KAZAKH.encode("utf-32-le"), "utf-32-le", True),
        (KAZAKH.encode("utf-16-le"), "utf-16-le", False),
        (KAZAKH.encode("utf-16-be"), "utf-16-be", False),
        (KAZAKH.encode("kz1048"), "kz1048", False),
    ],
)
def test_kazakh_text_comes_back(data: bytes, encoding: str, bom: bool) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.bom, decoded.lossy) == (KAZAKH, encoding, bom, False)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16-le", "utf-16-be"])
def test_russian_text_comes_back(encoding: str) -> None:
    decoded = decode(RUSSIAN.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.lossy) == (RUSSIAN, encoding, False)


def test_byte_without_meaning_is_said() -> None:
    decoded = decode(RUSSIAN.encode("cp1251") + b"\x98")
    assert decoded.lossy
    assert decoded.text == f"{RUSSIAN}\ufffd"


def test_cut_utf16_is_said() -> None:
    assert decode(codecs.BOM_UTF16_LE + KAZAKH.encode("utf-16-le")[:-1]).lossy


def test_empty_file() -> None:
    assert decode(b"").text == ""


@given(st.binary(max_size=300))
def test_never_fails_and_never_loses_in_silence(data: bytes) -> None:
    decoded = decode(data)
    if not decoded.lossy and not decoded.bom:
        assert decoded.text.encode(decoded.encoding) == data


@given(st.text(max_size=300).filter(lambda text: "\0" not in text and "\x04" not in text))
def test_utf_8_stays_utf_8(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.encoding == "utf-8"
    assert decoded.text == text.removeprefix("\ufeff")
