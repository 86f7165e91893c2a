"""Reading what people wrote, writing what Moodle reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats import aiken
from app.formats.lint import lint
from app.formats.moodle_aiken import predict
from app.formats.names import QuestionFormat
from app.model.errors import QuestionFileError
from app.model.regulation import Limit
from app.model.tasks import AnswerKind, Question

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")
OPTIONS = "A. бір\nB. екі\nC. үш\nD. төрт\nE. бес\n"
BODIES = ("бір", "екі", "үш", "төрт", "бес")
GOOD = f"Қайсысы дұрыс?\n{OPTIONS}ANSWER: D\n"


def question(**changes: object) -> Question:
    values = {"id": "q1", "stem": "Қайсысы дұрыс?", "options": BODIES, "correct": (3,), **changes}
    return Question.model_validate(values)


def codes(text: str) -> list[tuple[str, int, bool]]:
    return [(problem.code, problem.line, problem.fixable) for problem in aiken.read(text).problems]


def test_good_question() -> None:
    result = aiken.read(GOOD)
    assert result.problems == ()
    [read] = result.questions
    assert (read.number, read.line, read.stem, read.options, read.correct) == (1, 1, "Қайсысы дұрыс?", BODIES, (3,))


# Each file, and what is said of it: code, line, whether it is mended. The author's key stays the fourth option.
MENDABLE = {
    "cyrillic_answer": (GOOD.replace("C. үш", "C. үш").replace("ANSWER: D", "ANSWER: Д"), 7),
    "lowercase_answer": (GOOD.replace("ANSWER: D", "ANSWER: d"), 7),
    "cyrillic_label": (GOOD.replace("A.", "А.").replace("B.", "В.").replace("C.", "С.").replace("E.", "Е."), 2),
    "lowercase_label": (GOOD.replace(OPTIONS, OPTIONS.lower()), 2),
    "label_separator": (GOOD.replace("C.", "C:"), 4),
    "answer_word": (GOOD.replace("ANSWER:", "ANSWER :"), 7),
    "invisible_before_label": (GOOD.replace("B.", "\u00a0B."), 3),
    "multi_line_stem": (GOOD.replace("Қайсысы ", "Қайсысы\n"), 2),
    "multi_line_option": (GOOD.replace("B. екі\n", "B. екі\nжалғасы\n"), 4),
    "invisible_line": (GOOD.replace("D. төрт", "\u200b\nD. төрт"), 5),
    "second_answer": (f"{GOOD}ANSWER: D\n", 8),
    "answer_is_text": (GOOD.replace("ANSWER: D", "ANSWER: төрт"), 7),
    "stem_like_option": (f"A. Байтұрсынұлы кім?\n{OPTIONS}ANSWER: D\n", 1),
    "no_space_after_label": (GOOD.replace("A. бір", "A.бір"), 2),
    "answer_extra_text": (GOOD.replace("ANSWER: D", "ANSWER: D. төрт"), 7),
    "labels_out_of_order": (GOOD.replace("A. бір\nB. екі", "B. бір\nA. екі"), 2),
}


@pytest.mark.parametrize("code", MENDABLE)
def test_mendable_defect_is_named_and_the_key_understood(code: str) -> None:
    text, line = MENDABLE[code]
    assert codes(text) == [(code, line, True)]
    [read] = aiken.read(text).questions
    assert read.options[read.correct[0]] == "төрт"


FOR_A_PERSON = {
    "answer_beyond_options": (GOOD.replace("ANSWER: D", "ANSWER: F"), 7),
    "answer_unknown": (GOOD.replace("ANSWER: D", "ANSWER: 4"), 7),
    "missing_key": (GOOD.replace("ANSWER: D", "ANSWER:"), 7),
    "several_answers": (GOOD.replace("ANSWER: D", "ANSWER: D, E"), 7),
    "second_answer": (f"{GOOD}ANSWER: E\n", 8),
    "missing_answer": (GOOD.replace("ANSWER: D\n", ""), 1),
    "empty_option": (GOOD.replace("B. екі", "B."), 3),
    "too_few_options": ("Сұрақ?\nA. бір\nANSWER: A\n", 1),
    "missing_stem": (f"{OPTIONS}ANSWER: D\n", 1),
    "stray_text": (f"1-тақырып\n\n{GOOD}", 1),
    "stray_answer": (f"ANSWER: A\n{GOOD}", 1),
    "short_stem": (f"?\n{OPTIONS}ANSWER: D\n", 1),
}


@pytest.mark.parametrize("code", FOR_A_PERSON)
def test_defect_that_only_a_person_can_mend(code: str) -> None:
    text, line = FOR_A_PERSON[code]
    assert codes(text) == [(code, line, False)]
    assert len(aiken.read(text).questions) == 1


def test_missing_label_names_the_letters() -> None:
    [problem] = aiken.read(GOOD.replace("C. үш\n", "")).problems
    assert (problem.code, problem.params["labels"]) == ("missing_label", "A B D E")


def test_key_that_names_an_empty_option() -> None:
    assert [code for code, *_ in codes(GOOD.replace("D. төрт", "D."))] == ["empty_option", "empty_key_option"]


@pytest.mark.parametrize("word", ["Answer:", "ОТВЕТ:", "Ответ -", "Жауап:", "Дұрыс жауап:", "АNSWЕR:", "answer:"])
def test_answer_line_in_other_words(word: str) -> None:
    text = GOOD.replace("ANSWER:", word)
    assert codes(text) == [("answer_word", 7, True)]
    assert aiken.read(text).questions[0].correct == (3,)


@pytest.mark.parametrize(
    ("value", "correct"),
    [("D, E", (3, 4)), ("D E", (3, 4)), ("A;C", (0, 2)), ("DE", (3, 4)), ("B және C", (1, 2)), ("А, В", (0, 1))],
)
def test_several_keys_are_all_kept(value: str, correct: tuple[int, ...]) -> None:
    [read] = aiken.read(GOOD.replace("ANSWER: D", f"ANSWER: {value}")).questions
    assert (read.correct, read.kind) == (correct, AnswerKind.CHOICE_MULTI)


def test_russian_alphabet_as_labels() -> None:
    text = "Сұрақ?\nА) бір\nБ) екі\nВ) үш\nГ) төрт\nД) бес\nОтвет: Г\n"
    [read] = aiken.read(text).questions
    assert (read.options, read.correct) == (BODIES, (3,))


def test_latin_key_for_russian_labels_is_not_guessed() -> None:
    text = "Сұрақ?\nА) бір\nБ) екі\nВ) үш\nГ) төрт\nД) бес\nANSWER: B\n"
    assert aiken.read(text).questions[0].correct == ()


def test_cyrillic_initials_in_a_stem_are_no_label() -> None:
    result = aiken.read(f"А. Байтұрсынұлы кім?\n{OPTIONS}ANSWER: D\n")
    assert result.problems == ()
    assert result.questions[0].stem == "А. Байтұрсынұлы кім?"


def test_one_bad_question_does_not_cost_the_others() -> None:
    text = f"{GOOD}\nАяқталмаған сұрақ?\nA. бір\nB. екі\n\n{GOOD}"
    result = aiken.read(text)
    assert [read.correct for read in result.questions] == [(3,), (), (3,)]
    assert [(problem.code, problem.question) for problem in result.problems] == [("missing_answer", 2)]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_numbers_do_not_depend_on_the_ending(ending: str) -> None:
    text = f"{GOOD}\n{GOOD}".replace("ANSWER: D", "ANSWER: d").replace("\n", ending)
    assert [problem.line for problem in aiken.read(text).problems] == [7, 15]


# Writing


def test_written_to_the_letter() -> None:
    data = aiken.write([question(), question(id="q2", stem="Екінші?", correct=(0,))])
    assert data.decode() == (
        "Қайсысы дұрыс?\nA. бір\nB. екі\nC. үш\nD. төрт\nE. бес\nANSWER: D\n"
        "\nЕкінші?\nA. бір\nB. екі\nC. үш\nD. төрт\nE. бес\nANSWER: A\n"
    )


OBSTACLES: dict[str, dict[str, object]] = {
    "multi_line_stem": {"stem": "бір\nекі"},
    "short_stem": {"stem": " "},
    "stem_like_option": {"stem": "A. Байтұрсынұлы кім?"},
    "stem_like_answer": {"stem": "ANSWER: нені білдіреді?"},
    "not_single_choice": {"correct": (1, 2)},
    "no_right_answer": {"correct": ()},
    "too_few_options": {"options": ("бір",), "correct": (0,)},
    "too_many_options": {"options": tuple(f"{n}-нұсқа" for n in range(27))},
    "empty_option": {"options": ("бір", " ", "үш", "төрт")},
    "multi_line_option": {"options": ("бір\nекі", "үш", "төрт", "бес")},
}


@pytest.mark.parametrize("code", OBSTACLES)
def test_what_aiken_cannot_carry_is_refused_by_name(code: str) -> None:
    bank = [question(), question(**OBSTACLES[code])]
    assert [(problem.code, problem.question) for problem in aiken.obstacles(bank)] == [(code, 2)]
    with pytest.raises(QuestionFileError, match="aiken_cannot_carry"):
        aiken.write(bank)
    data, problems = aiken.write_carriable(bank)
    assert data == aiken.write(bank[:1])
    assert [problem.question for problem in problems] == [2]


@pytest.mark.parametrize("kind", [kind for kind in AnswerKind if kind is not AnswerKind.CHOICE_SINGLE])
def test_only_single_choice(kind: AnswerKind) -> None:
    assert [problem.code for problem in aiken.obstacles([question(kind=kind)])] == ["not_single_choice"]


def test_empty_bank_is_an_empty_file() -> None:
    assert aiken.write([]) == b""


TEXT = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("ABCDEАВСЕ.):- \tANSWER:\u00a0\u200b\ufeff\u2028\x0b\x0c\x85{}$\\<&"),
    ),
    min_size=1,
    max_size=40,
)
BANK = st.lists(
    st.builds(
        lambda stem, options, key: Question(id="q", stem=stem, options=tuple(options), correct=(key % len(options),)),
        TEXT,
        st.lists(TEXT, min_size=2, max_size=6),
        st.integers(0, 5),
    ),
    max_size=5,
)


@given(BANK)
def test_what_is_written_is_read_back_by_us_and_by_moodle(bank: list[Question]) -> None:
    blocked = {problem.question for problem in aiken.obstacles(bank)}
    carried = [entry for number, entry in enumerate(bank, 1) if number not in blocked]
    data = aiken.write(carried)
    expected = [
        (trimmed(entry.stem).removeprefix("\ufeff"), tuple(map(trimmed, entry.options)), entry.correct)
        for entry in carried
    ]
    ours = [(read.stem, read.options, read.correct) for read in aiken.read(data.decode()).questions]
    moodle = predict(data)
    theirs = [(stored.stem, stored.options, (stored.right,)) for stored in moodle.stored]
    stems = [(stem.lstrip("\ufeff \t\0\x0b"), options, correct) for stem, options, correct in expected]
    assert ours == stems
    assert theirs == stems
    assert moodle.faults == ()


def trimmed(text: str) -> str:
    return text.strip(" \t\n\r\0\x0b")


ODD_LINES = ["ANSWER:", "ANSWER: Д", "Ответ: B", "а) бір", "B: екі", "\u00a0C. үш", "A.", "?", "1-тақырып", "", "F) x"]
LINES = st.lists(st.sampled_from([*GOOD.split("\n"), *ODD_LINES]), max_size=30)


@given(LINES)
def test_any_order_of_lines_is_read_without_an_exception(lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    report = lint(data, FIVE, QuestionFormat.AIKEN)
    assert report.moodle.imported + report.moodle.lost == len(report.questions)
    assert [read.number for read in report.questions] == list(range(1, len(report.questions) + 1))
    assert all(1 <= problem.line <= len(lines) + 1 for problem in report.problems)


@given(st.data())
def test_a_mutated_file_is_read_without_an_exception(data: st.DataObject) -> None:
    content = bytearray(f"{GOOD}\n{GOOD}".encode())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        content = content or bytearray(b"x")
    lint(bytes(content), FIVE, QuestionFormat.AIKEN)


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    lint(data, FIVE, QuestionFormat.AIKEN)
