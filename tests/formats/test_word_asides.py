"""What stands behind the last option of a question and is none: it is told, and no word of an option is lost."""

import io
import time
from itertools import pairwise

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.formats import word
from app.formats.files import read_file
from app.formats.names import QuestionFormat
from app.formats.pasted import read_pasted
from app.formats.problems import ReadResult
from app.formats.word_lines import WordLine

OPTIONS = ("бір", "екі", "үш", "төрт", "бес")
LABELLED = ("A) бір", "*B) екі", "C) үш", "D) төрт", "E) бес")
ASIDES = (
    "Составил: Иванов И. И.",
    "Составитель – к.т.н. Иванов",
    "Разработала Ахметова А.Б.",
    "Утверждено: протокол № 3",
    "Құрастырған: Ахметов А.",
    "Құрастырушылар: Ахметов А., Омарова Б.",
    "Оқытушы: Серікова Г.",
    "Compiled by: J. Smith",
    "Вариант 2",
    "2-нұсқа",
    "Нұсқа № 2",
    "ВАРИАНТ II",
    "Тема 3. Рынок и цена",
    "3-тақырып. Нарық",
    "Модуль 2",
    "II бөлім",
    "Topic 4: Markets",
    "- 12 -",
    "Страница 3 из 7",
    "3-бет",
    "Page 3 of 7",
    "13",
)


def typed(*lines: str) -> ReadResult:
    return word.read_typed([WordLine(number, line, bytes(len(line))) for number, line in enumerate(lines, start=1)])


def as_docx(*lines: str) -> ReadResult:
    document, buffer = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(buffer)
    return word.read(buffer.getvalue())


def shapes(result: ReadResult) -> list[tuple[str, tuple[str, ...], tuple[int, ...]]]:
    return [(question.stem, question.options, question.correct) for question in result.questions]


def left_out(result: ReadResult) -> list[tuple[int, object]]:
    assert {problem.code for problem in result.problems} <= {"text_left_out"}
    return sorted((problem.line, problem.params["text"]) for problem in result.problems)


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("aside", ASIDES)
def test_a_note_or_a_title_between_and_below_questions_is_told_not_read(aside: str, numbered: bool) -> None:
    first, second = ("1. Қайсысы?", "2. Ал бұл?") if numbered else ("Қайсысы?", "Ал бұл?")
    lines = (first, *LABELLED, aside, "", second, *LABELLED, aside)
    expected = [("Қайсысы?", OPTIONS, (1,)), ("Ал бұл?", OPTIONS, (1,))]
    for read in (typed, as_docx):
        assert shapes(read(*lines)) == expected
        assert left_out(read(*lines)) == [(7, aside), (15, aside)]


@pytest.mark.parametrize("blank", [True, False])
@pytest.mark.parametrize("aside", ["Құрастырған: Ахметов А.", "Вариант 2", "3-тақырып. Нарық", "- 12 -"])
def test_a_note_or_a_title_in_an_aiken_file_joins_no_stem(aside: str, blank: bool) -> None:
    options = [f"{letter}. {option}" for letter, option in zip("ABCDE", OPTIONS, strict=True)]
    lines = ["Қайсысы?", *options, "ANSWER: B", aside, *[""] * blank, "Ал бұл?", *options, "ANSWER: A", aside]
    result = read_file("\n".join(lines).encode()).result
    assert shapes(result) == [("Қайсысы?", OPTIONS, (1,)), ("Ал бұл?", OPTIONS, (0,))]
    assert left_out(result) == [(8, aside), (len(lines), aside)]


@pytest.mark.parametrize("end", ["", "Вариант 2"])
def test_a_paragraph_that_stands_apart_behind_numbered_questions_is_a_note(end: str) -> None:
    lines = ("1. Қайсысы?", *LABELLED, "", "Бір ғана жауап дұрыс", "баллы: 2", end, "2. Ал бұл?", *LABELLED)
    result = typed(*lines)
    assert shapes(result) == [("Қайсысы?", OPTIONS, (1,)), ("Ал бұл?", OPTIONS, (1,))]
    notes = [(8, "Бір ғана жауап дұрыс"), (9, "баллы: 2"), *([(10, end)] if end else [])]
    assert left_out(result) == notes


@pytest.mark.parametrize(
    "options",
    [
        ("бір\nжалғасы", "екі"),
        ("бір", "екі\nжалғасы"),  # directly below the last option and like no note
        ("бір\n\nжалғасы", "екі"),  # apart, but another option follows
        ("12\n13", "14"),
        ("Автор: Абай", "екі"),
        ("Тема 3", "Вариант 2"),
        ("бір\nСоставил: Иванов", "екі"),  # between two options
        ("бір\nбаға 2 есе өсті", "екі\nтестілеу нәтижесі бойынша"),
    ],
)
def test_what_belongs_to_an_option_stays_there(options: tuple[str, str]) -> None:
    lines = [f"1. Қайсысы?\nA) {options[0]}\n*B) {options[1]}", "2. Ал бұл?", *LABELLED]
    result = typed(*"\n".join(lines).split("\n"))
    assert shapes(result) == [("Қайсысы?", options, (1,)), ("Ал бұл?", OPTIONS, (1,))]
    assert result.problems == ()


def test_an_option_goes_on_behind_a_line_break_of_its_own_paragraph() -> None:
    result = as_docx("1. Қайсысы?", "A) бір", "*B) екі\n\nжалғасы", "2. Ал бұл?", *LABELLED)
    assert shapes(result)[0] == ("Қайсысы?", ("бір", "екі\n\nжалғасы"), (1,))


def test_an_option_below_its_label_is_no_page_number() -> None:
    assert shapes(typed("1. Қанша?", "*A) бір", "B)", "15", "2. Ал бұл?", *LABELLED))[0][1] == ("бір", "15")


@pytest.mark.parametrize("stem", ["Тема 3 қалай аталады?", "Тест 2 түрге бөлінеді:", "Автор: Абай. Қай шығарма?"])
def test_a_question_that_begins_like_a_title_is_a_question(stem: str) -> None:
    assert [question.stem for question in typed(stem, *LABELLED, "", stem, *LABELLED).questions] == [stem, stem]


@pytest.mark.parametrize("answer", ["Ответ: B", "Жауабы: В", "Правильный ответ – B)", "ОТВЕТ:b", "Дұрыс жауап: B"])
def test_an_answer_line_names_the_key(answer: str) -> None:
    """В is Cyrillic in one of them: the letter of the label that looks like it."""
    bare = [line.lstrip("*") for line in LABELLED]
    lines = ("1. Қайсысы?", *bare, answer, "", "2. Ал бұл?", *bare, "", answer)
    assert shapes(as_docx(*lines)) == [("Қайсысы?", OPTIONS, (1,)), ("Ал бұл?", OPTIONS, (1,))]
    assert as_docx(*lines).problems == ()
    assert shapes(read_file("\n".join(lines).encode()).result) == shapes(as_docx(*lines))


def test_an_answer_line_counts_as_its_labels_do() -> None:
    lines = ("1. Қайсысы?", "А) бір", "Б) екі", "В) үш", "Ответ: В")
    assert shapes(typed(*lines))[0][2] == (2,)
    assert shapes(typed(*lines[:-1], "Ответ: А, В"))[0][2] == (0, 2)
    assert shapes(typed(*lines[:-1], "Ответ: Д"))[0] == ("Қайсысы?", ("бір", "екі", "үш\nОтвет: Д"), ())


def test_text_that_is_said_to_be_of_word_is_read_as_typed() -> None:
    text = "\n".join(("1. Вопрос?", "A) один", "*B) два"))
    for encoding, found in (("utf-16", "utf-16-le"), ("cp1251", "cp1251"), ("utf-8", "utf-8")):
        file = read_file(text.encode(encoding), QuestionFormat.WORD)
        assert (file.format, file.encoding) == (QuestionFormat.WORD, found)
        assert shapes(file.result) == [("Вопрос?", ("один", "два"), (1,))]


@pytest.mark.parametrize("filling", [" ", "\t", "\t ", "\u00a0", "* ", "1 ", "\n12", "\n\nZ) а"])
@pytest.mark.parametrize("end", ["", ")", "x)", "1 x", "*"])
def test_long_lines_and_long_notes_take_no_time(filling: str, end: str) -> None:
    """A reading that goes back over the line from each of its blanks would take minutes."""
    text = "1. Қайсысы?\n" + "\n".join(LABELLED) + "\n1" + filling * (60_000 // len(filling)) + end
    started = time.process_time()
    read_file(text.encode(), QuestionFormat.WORD)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), b"{\\rtf1 a}"]
)
def test_what_is_neither_text_nor_a_document_is_refused(data: bytes) -> None:
    result = read_file(data, QuestionFormat.WORD).result
    assert (result.questions, [problem.code for problem in result.problems]) == ((), ["word_broken"])


WORDS = st.sampled_from(
    ["сөз", "баға", "Тест", "тема", "2", "12", "Вариант", "Автор", "нұсқа", "қайсысы?", ":", "-", "B)"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
PIECES = st.one_of(
    TEXTS,
    st.sampled_from([*LABELLED, *ASIDES, "1. Қайсысы?", "2) Ал бұл?", "", "", "Ответ: B", "A)", "E)"]),
    st.tuples(st.sampled_from(["A) ", "*B) ", "C. ", "d) ", "3. "]), TEXTS).map("".join),
)


@given(st.lists(PIECES, max_size=25))
@example(["1. Қайсысы?", "A)", "12", "B) екі", "", "12"])
@settings(max_examples=300, deadline=None)
def test_no_line_is_lost(lines: list[str]) -> None:
    """Each word of the text stands in a question or in a line that the review names; the order stays."""
    result = typed(*lines)
    told = {problem.line for problem in result.problems if problem.code in ("text_left_out", "stray_text")}
    kept = " ".join(part for question in result.questions for part in (question.stem, *question.options)).split()
    wanted = [word for number, line in enumerate(lines, 1) if number not in told for word in line.split()]
    marks = {"A)", "*B)", "C)", "D)", "E)", "B)", "C.", "d)", "1.", "2)", "3.", "Ответ:", "B"}
    assert [word for word in kept if word not in marks] == [word for word in wanted if word not in marks]
    for first, second in pairwise(result.questions):
        assert first.line < second.line


def test_pasted_lines_are_read_alike() -> None:
    lines = ("1. Қайсысы?", *LABELLED, "Құрастырған: Ахметов А.")
    clip = [WordLine(number, line, bytes(len(line))) for number, line in enumerate(lines, start=1)]
    assert shapes(read_pasted(clip).result) == [("Қайсысы?", OPTIONS, (1,))]
