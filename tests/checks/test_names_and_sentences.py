"""What the rules of forms 01 and 02 read out of names, pages and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks.naming import holds_lecture_number, holds_number, names_lecture, same_person
from app.checks.sentences import has_end_mark, sentence_count

TITLE = "Жаңа өнімнің қауіпсіздігі"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", 0),
        ("…", 0),
        ("Белгісіз мәтін", 1),
        ("Бір. Екі. Үш.", 3),
        ("Бірінші сөйлем.\nЕкінші сөйлем.", 2),
        ("Ғ.М. Мүсірепов пен А. Байтұрсынұлы.", 1),
        ("2025 ж. Алматы қаласында өтті.", 1),
        ("Ол 2025 жылы өтті. 10 сабақ бар.", 2),
        ("ASP.NET және Node.js.", 1),
        ("Неге?! Себебі керек…", 2),
        ("«Бірінші.» «Екінші.»", 2),
    ],
)
def test_sentences_are_counted_as_people_count_them(text: str, sentences: int) -> None:
    assert sentence_count(text) == sentences


@pytest.mark.parametrize(("text", "ended"), [("Соңы.", True), ("Соңы…", True), ("«Соңы!»", True), ("Соңы", False)])
def test_end_mark_may_stand_before_a_closing_quotation_mark(text: str, ended: bool) -> None:
    assert has_end_mark(text) is ended


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ахметов Асқар Серікұлы", "А.С. Ахметов", True),
        ("Ахметов А.С.", "ахметов  асқар", True),
        ("Құрман-Әлі Ә.", "Құрман-Әлі Әсем", True),
        ("Ахметов Асқар", "Ахметова Асқар", False),
        ("Ахметов Асқар", "Ахметов Серік", False),
        ("А. С.", "А. С.", False),
        ("", "", False),
    ],
)
def test_a_person_is_known_by_surname_and_initials(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


@pytest.mark.parametrize(
    "name",
    [
        f"3. {TITLE}",
        f"Дәріс 03 – {TITLE.upper()}",
        "03-zhanga-onimning-qauipsizdigi",
        "3_Jana_onimnin_kauipsizdigi",
    ],
)
def test_a_lecture_is_known_by_number_and_title_in_either_alphabet(name: str) -> None:
    assert names_lecture(name, 3, TITLE)
    assert not names_lecture(name, 4, TITLE)


@pytest.mark.parametrize("name", ["3", "IMG_0003", "03-kirispe-lekciya-vvedenie-v-kurs", "3. Тағам"])
def test_a_name_without_the_title_is_not_enough(name: str) -> None:
    assert not names_lecture(name, 3, TITLE)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("Лекция № 7", True),
        ("Лекция №__07__", True),
        ("7-дәріс", True),
        ("Lecture No. 7: Food", True),
        ("7. Кіріспе", True),
        ("Лекция № 6, 7 бет", False),
        ("Лекция № 17", False),
        ("2007", False),
    ],
)
def test_the_number_beside_the_word_lecture_decides(page: str, shown: bool) -> None:
    assert holds_lecture_number(page, 7) is shown


@given(st.text(), st.text(), st.integers(1, 99))
def test_no_text_is_too_strange(one: str, other: str, number: int) -> None:
    assert sentence_count(one) >= 0
    assert isinstance(names_lecture(one, number, other), bool)
    assert same_person(one, other) is same_person(other, one)
    assert holds_number(f"{one} {number} {other}", number)


def test_a_number_of_thousands_of_digits_is_read() -> None:
    assert not holds_number("9" * 10_000, 9)
