"""The model of Moodle's importer against the measured table of the knowledge file, row by row."""

import pytest

from app.formats.lint import lint
from app.formats.moodle_aiken import ImportFault, predict
from app.model.regulation import Limit

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")
OPTIONS = "A. бір\nB. екі\nC. үш\nD. төрт\nE. бес\n"
GOOD = f"Қайсысы дұрыс?\n{OPTIONS}ANSWER: D\n"
OTHER = f"Келесі сұрақ?\n{OPTIONS}ANSWER: A\n"


def outcome(text: str | bytes) -> tuple[int, int, int, int]:
    """Imported, lost, without a right answer, with a wrong key."""
    data = text if isinstance(text, bytes) else text.encode()
    moodle = lint(data, FIVE).moodle
    return moodle.imported, moodle.lost, moodle.without_right_answer, moodle.wrong_key


# Accepted by Moodle without any message.
SILENT = {
    "Cyrillic key": (GOOD.replace("ANSWER: D", "ANSWER: С"), (1, 0, 1, 0)),
    "lower-case key": (GOOD.replace("ANSWER: D", "ANSWER: d"), (1, 0, 1, 0)),
    "letter beyond the options": (GOOD.replace("ANSWER: D", "ANSWER: F"), (1, 0, 1, 0)),
    "empty key option": (GOOD.replace("D. төрт", "D."), (1, 0, 1, 0)),
    "missing label": (GOOD.replace("C. үш\n", ""), (1, 0, 0, 1)),
    "labels out of order": (
        GOOD.replace("C. үш\nD. төрт", "D. төрт\nC. үш"),
        (1, 0, 0, 1),
    ),
    "last question without ANSWER": (GOOD + OTHER.replace("ANSWER: A\n", ""), (1, 1, 0, 0)),
    "empty option beside the key": (GOOD.replace("B. екі", "B. "), (1, 0, 0, 0)),
    "several keys": (GOOD.replace("ANSWER: D", "ANSWER: D, E"), (1, 0, 0, 0)),
    "duplicate options": (GOOD.replace("C. үш", "C. екі"), (1, 0, 0, 0)),
}

# Refused by Moodle with an error; each file has one fault in its first question.
LOUD = {
    "Cyrillic labels": (GOOD.replace("A.", "А.").replace("B.", "В.").replace("C.", "С.").replace("E.", "Е."), 1),
    "Answer:": (GOOD.replace("ANSWER:", "Answer:"), 1),
    "ОТВЕТ:": (GOOD.replace("ANSWER:", "ОТВЕТ:"), 1),
    "ANSWER :": (GOOD.replace("ANSWER:", "ANSWER :"), 1),
    "lower-case labels": (GOOD.replace(OPTIONS, OPTIONS.lower()), 1),
    "two-line stem": (f"Бірінші жол\n{GOOD}", 0),
    "NBSP before the labels": (GOOD.replace(OPTIONS, "".join(f"\u00a0{o}\n" for o in OPTIONS.split("\n")[:5])), 1),
    "ZWSP before the labels": (GOOD.replace(OPTIONS, "".join(f"\u200b{o}\n" for o in OPTIONS.split("\n")[:5])), 1),
    "second ANSWER line": (f"{GOOD}ANSWER: E\n", 0),
    "stem that begins with an initial": (f"A. Байтұрсынұлы кім?\n{OPTIONS}ANSWER: D\n", 1),
}


@pytest.mark.parametrize("name", SILENT)
def test_silent_defect(name: str) -> None:
    text, expected = SILENT[name]
    assert outcome(text) == expected
    assert predict(text.encode()).faults == ()


@pytest.mark.parametrize("name", LOUD)
def test_loud_defect(name: str) -> None:
    text, lost = LOUD[name]
    result = lint((text + OTHER).encode(), FIVE).moodle
    assert result.errors > 0
    assert (result.imported, result.lost) == (2 - lost, lost)


@pytest.mark.parametrize("separator", [":", " -"])
def test_wrong_separator_discards_what_stands_before_it(separator: str) -> None:
    text = GOOD.replace("C. үш", f"C{separator} үш")
    result = predict(text.encode())
    assert [question.stem for question in result.stored] == [f"C{separator} үш"]
    assert result.faults == (ImportFault(4, "question_not_complete"),)


def test_silent_defects_get_an_error_from_us() -> None:
    """What Moodle swallows is what the linter is for."""
    for name, (text, _) in SILENT.items():
        assert not lint(text.encode(), FIVE).clean, name


def test_good_file() -> None:
    assert outcome(GOOD + "\n" + OTHER) == (2, 0, 0, 0)
    [first, _] = predict((GOOD + OTHER).encode()).stored
    assert (first.stem, first.options, first.right) == (
        "Қайсысы дұрыс?",
        ("бір", "екі", "үш", "төрт", "бес"),
        3,
    )


def test_missing_label_makes_the_neighbour_right() -> None:
    [question] = predict(SILENT["missing label"][0].encode()).stored
    assert question.right is not None
    assert question.options[question.right] == "бес"


def test_empty_option_is_dropped() -> None:
    [question] = predict(SILENT["empty option beside the key"][0].encode()).stored
    assert question.options == ("бір", "үш", "төрт", "бес")
    assert question.right == 2


def test_two_line_stem_keeps_its_last_line() -> None:
    assert [question.stem for question in predict(LOUD["two-line stem"][0].encode()).stored] == ["Қайсысы дұрыс?"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_and_blank_lines_mean_nothing(ending: str) -> None:
    text = GOOD.replace("\n", ending * 3)
    assert outcome(text) == (1, 0, 0, 0)


def test_bracket_labels_and_no_space() -> None:
    assert outcome(GOOD.replace(". ", ")")) == (1, 0, 0, 0)


def test_one_byte_order_mark_is_stripped_a_second_is_text() -> None:
    mark = b"\xef\xbb\xbf"
    assert predict(mark + GOOD.encode()).stored[0].stem == "Қайсысы дұрыс?"
    assert predict(mark + mark + GOOD.encode()).stored[0].stem == "\ufeffҚайсысы дұрыс?"


def test_one_byte_lines_are_skipped() -> None:
    assert predict(f"Q\n{GOOD}".encode()).faults == ()
    assert predict(f"{OPTIONS}ANSWER: A\n".encode()).stored == ()


def test_one_option_is_too_few() -> None:
    result = predict("Сұрақ?\nA. бір\nANSWER: A\n".encode())
    assert result.stored == ()
    assert result.faults == (ImportFault(3, "missing_options"),)


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
def test_only_utf_8_is_taken(encoding: str) -> None:
    text = "Какой ответ верен?\nA. первый\nB. второй\nC. третий\nD. пятый\nE. шестой\nANSWER: D\n"
    result = lint(text.encode(encoding), FIVE)
    assert (result.moodle.imported, result.moodle.lost) == (0, 1)
    assert "not_utf8" in [problem.code for problem in result.problems]
