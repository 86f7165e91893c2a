"""A text of others does nothing to a terminal but stand there in one line."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.printable import printable


@pytest.mark.parametrize(
    "text", ["Тағам қауіпсіздігі", "C:\\Users\\Әсел\\course.mooc", "[bold]x[/bold]", "a\u00a0b", "🇰🇿"]
)
def test_what_people_write_stays(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\r\tc", "a b  c"),
        ("\x1b[2Jx", "\\x1b[2Jx"),
        ("a\x00", "a\\x00"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\x9b31m", "\\x9b31m"),
        ("\udcff.pdf", "\\udcff.pdf"),
        ("a\u2028b", "a b"),
    ],
)
def test_what_would_act_is_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters()))
def test_one_line_without_controls(text: str) -> None:
    shown = printable(text)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert printable(shown) == shown
