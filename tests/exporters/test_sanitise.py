"""The sanitiser: what it lets through can be written, what it changes is said."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exporters.document import Document, Heading, Paragraph, Run
from app.exporters.fonts import load_coverage
from app.exporters.sanitise import Note, NoteKind, safe_link, sanitise, sanitise_text
from app.model.texts import Lang

ANY_TEXT = st.text(st.characters(), max_size=80) | st.text(
    st.sampled_from("aӘқ\u0301\u0308\u20d7\u0000\u202e\ud800\ue000\u200b\u00ad😀日אب \n\t\ufffd"), max_size=40
)


@pytest.mark.parametrize(
    "text",
    [
        "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі",
        "Ёё Йй Щщ Ъъ – «кавычки» № 5 …",
        "x² ≤ √2, α → β, ∑, 100 ₸",
        '#import "x": * _a_ $b$ {{ c }} <w:p> & \\',
        "сло\u0301во",
    ],
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert sanitise_text(text) == (text, ())


@pytest.mark.parametrize(
    ("text", "clean", "what"),
    [
        ("a😀b", "a\ufffdb", "U+1F600"),
        ("日本", "\ufffd\ufffd", "U+65E5 U+672C"),
        ("a\x00b\x1b", "a\ufffdb\ufffd", "U+0000 U+001B"),
        ("\ud800", "\ufffd", "U+D800"),
        ("\ue000\uf8ff", "\ufffd\ufffd", "U+E000 U+F8FF"),
        ("\uffff", "\ufffd", "U+FFFF"),
    ],
)
def test_what_no_font_shows_is_replaced_visibly_and_noted(text: str, clean: str, what: str) -> None:
    assert sanitise_text(text, element="title") == (clean, (Note("title", NoteKind.REPLACED, what),))


def test_directional_overrides_are_removed_and_noted() -> None:
    assert sanitise_text("a\u202eb\u2066c") == ("abc", (Note("", NoteKind.REMOVED, "U+202E U+2066"),))


@pytest.mark.parametrize("text", ["a\r\nb", "a\tb", "a\nb", "a\u2028b", "a\x0bb"])
def test_breaks_inside_a_text_become_one_blank(text: str) -> None:
    assert sanitise_text(text) == ("a b", ())


def test_letters_with_marks_are_composed() -> None:
    assert sanitise_text("и\u0306") == ("й", ())


def test_a_heap_of_marks_is_cut() -> None:
    clean, notes = sanitise_text("q" + "\u0301" * 5000)
    assert clean == "q" + "\u0301" * 8
    assert notes == (Note("", NoteKind.REMOVED, "U+0301"),)


def test_an_unbroken_run_gets_a_place_to_break_every_500_characters() -> None:
    clean, notes = sanitise_text("x" * 1200)
    assert [len(piece) for piece in clean.split("\u200b")] == [500, 500, 200]
    assert notes == ()
    assert sanitise_text("x" * 500) == ("x" * 500, ())


def test_a_text_over_the_limit_ends_in_an_ellipsis() -> None:
    clean, notes = sanitise_text("x" * 300, limit=250)
    assert clean == "x" * 249 + "…"
    assert notes == (Note("", NoteKind.SHORTENED, "51"),)


def test_title_and_headings_are_cut_but_paragraphs_are_not() -> None:
    run = Run("ұ" * 40_000, element="title")
    document = Document(
        run.text, Lang.KK, date(2026, 1, 1), (Heading(1, (run, run)), Paragraph((run,))), author=run.text
    )
    clean = sanitise(document).document
    heading, paragraph = clean.blocks
    assert isinstance(heading, Heading)
    assert isinstance(paragraph, Paragraph)
    assert len(clean.title) == len(clean.author) == 250
    assert sum(len(run.text) for run in heading.runs) == 300
    assert paragraph.runs[0].text.count("ұ") == 40_000


def test_notes_name_the_element() -> None:
    document = Document("t", Lang.KK, date(2026, 1, 1), (Paragraph((Run("a"), Run("😀", element="modules/m1/title"))),))
    assert sanitise(document).notes == (Note("modules/m1/title", NoteKind.REPLACED, "U+1F600"),)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://atu.edu.kz/", "https://atu.edu.kz/"),
        ("mailto:mooc@atu.edu.kz", "mailto:mooc@atu.edu.kz"),
        ("https://x.kz/дәріс?a=1", "https://x.kz/%D0%B4%D3%99%D1%80%D1%96%D1%81?a=1"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https:", None),
        ("http://[", None),
        ("http://a b", None),
        ("https://x.kz/\ud800", None),
        ("https://x.kz/" + "a" * 3000, None),
        ("", None),
    ],
)
def test_only_web_and_mail_addresses_are_links(url: str, link: str | None) -> None:
    assert safe_link(url) == link


@given(ANY_TEXT)
@settings(deadline=None)
def test_the_result_is_showable_and_final(text: str) -> None:
    clean, _ = sanitise_text(text)
    assert set(map(ord, clean)) <= load_coverage().union | {0x200B}
    assert sanitise_text(clean) == (clean, ())
    assert unicodedata.is_normalized("NFC", clean)


@given(ANY_TEXT, st.integers(1, 40))
@settings(deadline=None)
def test_a_limit_is_kept(text: str, limit: int) -> None:
    assert len(sanitise_text(text, limit=limit)[0]) <= limit


@given(ANY_TEXT)
@settings(deadline=None)
def test_nothing_vanishes_without_a_note(text: str) -> None:
    clean, notes = sanitise_text(text)
    if not notes:
        silent = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None)
        variation = dict.fromkeys(range(0xFE00, 0xFE10), None)
        breaks = dict.fromkeys(map(ord, "\t\n\r\v\f\x85\u2028\u2029"), " ")
        expected = text.replace("\r\n", "\n").translate({**silent, **variation, **breaks})
        assert clean == unicodedata.normalize("NFC", expected)
