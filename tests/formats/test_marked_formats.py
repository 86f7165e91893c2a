"""Platonus, TAMOS, MyTestX: files as lecturers have them."""

import pytest

from app.formats import mytestx, platonus, tamos
from app.formats.files import read_file, write_file
from app.formats.lint import lint
from app.formats.names import QuestionFormat
from app.model.regulation import Limit
from app.model.tasks import AnswerKind, Question

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")
BODIES = ("бір", "екі", "үш", "төрт", "бес")


def question(**changes: object) -> Question:
    return Question.model_validate({"id": "q", "stem": "Қайсысы?", "options": BODIES, "correct": (2,), **changes})


def test_classic_platonus_has_the_right_one_first() -> None:
    result = platonus.read(
        "<question>Қайсысы?\r\n<variant>бір\r\n<variant>екі\r\n\r\n<question>Ал бұл?\r\n<variant>үш\r\n"
    )
    assert [(read.stem, read.options, read.correct, read.line) for read in result.questions] == [
        ("Қайсысы?", ("бір", "екі"), (0,), 1),
        ("Ал бұл?", ("үш",), (0,), 5),
    ]


def test_newer_platonus_marks_the_right_one() -> None:
    text = "<question>Қайсысы?\n<variant>бір\n<variantright>екі\n<question>Ал бұл?\n<variant>үш\n<variant>төрт\n"
    assert [read.correct for read in platonus.read(text).questions] == [(1,), ()]
    assert "no_right_answer" in [problem.code for problem in lint(text.encode(), FIVE).problems]


def test_platonus_difficulty_has_no_place_and_is_named_once() -> None:
    text = "".join(f"<question{level}>Сұрақ {level}?\n<variant>а\n<variant>б\n" for level in ("", "1", "2", "3"))
    result = platonus.read(text)
    assert len(result.questions) == 4
    assert [(p.code, p.line, p.params["count"]) for p in result.problems] == [("difficulty_lost", 7, 2)]


@pytest.mark.parametrize("encoding", ["cp1251", "kz1048", "utf-8", "utf-8-sig", "utf-16"])
def test_platonus_in_old_encodings(encoding: str) -> None:
    stem = "Байт деген не?" if encoding == "cp1251" else "Қайсысы дұрыс?"
    file = read_file(f"<question>{stem}\r\n<variant>да\r\n<variant>нет\r\n".encode(encoding))
    assert [read.stem for read in file.result.questions] == [stem]
    assert file.file_problems == ()


def test_platonus_several_marks_in_a_line_and_text_over_several_lines() -> None:
    [read] = platonus.read("<question>Қайсысы\nдұрыс?<variant>бір <variant> екі\nжалғасы").questions
    assert (read.stem, read.options) == ("Қайсысы\nдұрыс?", ("бір", "екі\nжалғасы"))


def test_tamos() -> None:
    result = tamos.read(
        "[q]3:1: Қайсысы?\n[a]бір\n[a][+]екі\n[q]5:2: Ал бұл?\n[a][+] үш\n[a]төрт\n[q]Тағы?\n[a][+]иә\n[a]жоқ"
    )
    assert [(read.stem, read.options, read.correct) for read in result.questions] == [
        ("Қайсысы?", ("бір", "екі"), (1,)),
        ("Ал бұл?", ("үш", "төрт"), (0,)),
        ("Тағы?", ("иә", "жоқ"), (0,)),
    ]
    assert [(p.code, p.line, p.params["count"]) for p in result.problems] == [("difficulty_lost", 4, 1)]


def test_mytestx() -> None:
    result = mytestx.read("# Қайсысы?\n- бір\n+ екі\n+ үш\n\n#Ал бұл?\n+төрт\n-5\n")
    assert [(read.kind, read.options, read.correct) for read in result.questions] == [
        (AnswerKind.CHOICE_MULTI, ("бір", "екі", "үш"), (1, 2)),
        (AnswerKind.CHOICE_SINGLE, ("төрт", "5"), (0,)),
    ]
    assert result.problems == ()


@pytest.mark.parametrize("text", ["кіріспе\n[q]3:1: ?\n[a]а", "кіріспе\n# ?\n+ а", "кіріспе\n<question>?\n<variant>а"])
def test_text_before_the_first_question_is_named(text: str) -> None:
    problem = read_file(text.encode()).result.problems[0]
    assert (problem.code, problem.line, problem.params) == ("stray_text", 1, {"text": "кіріспе"})


def test_an_option_before_any_question_is_a_question_without_a_stem() -> None:
    report = lint(b"[a]a\n[a][+]b\n[q]3:1: c\n[a]d\n[a][+]e", FIVE)
    assert len(report.questions) == 2
    assert ("missing_stem", 1) in [(problem.code, problem.line) for problem in report.problems]


@pytest.mark.parametrize("name", ["platonus", "tamos", "mytestx"])
def test_invisible_character_before_a_mark(name: str) -> None:
    written = write_file([question()], QuestionFormat(name)).data.decode("utf-8-sig")
    lines = written.split("\r\n")
    lines[2] = f"\u200b{lines[2]}"
    result = read_file("\r\n".join(lines).encode(), QuestionFormat(name)).result
    assert result.questions[0].options == BODIES
    assert [(p.code, p.line, p.fixable) for p in result.problems] == [("invisible_before_label", 3, True)]


def test_platonus_is_classic_where_that_says_the_same() -> None:
    first = write_file([question(correct=(0,))], QuestionFormat.PLATONUS).data.decode("utf-8-sig")
    assert (
        first
        == "<question>Қайсысы?\r\n<variant>бір\r\n<variant>екі\r\n<variant>үш\r\n<variant>төрт\r\n<variant>бес\r\n"
    )
    third = write_file([question()], QuestionFormat.PLATONUS).data.decode("utf-8-sig")
    assert third.split("\r\n")[3] == "<variantright>үш"


def test_tamos_and_mytestx_as_they_are_written() -> None:
    short = question(options=("бір", "екі"), correct=(1,))
    assert (
        write_file([short], QuestionFormat.TAMOS).data.decode("utf-8-sig")
        == "[q]3:1: Қайсысы?\r\n[a]бір\r\n[a][+]екі\r\n"
    )
    assert write_file([short], QuestionFormat.MYTESTX).data.decode("utf-8-sig") == "# Қайсысы?\r\n- бір\r\n+ екі\r\n"


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("platonus", {"stem": "HTML: <variant> деген не?"}),
        ("tamos", {"stem": "Жол\n[a] деген не?"}),
        ("tamos", {"options": ("[+] белгісі", "екі"), "correct": (1,)}),
        ("mytestx", {"stem": "Код:\n#include <stdio.h>"}),
        ("mytestx", {"options": ("бір\n- екі", "үш"), "correct": (0,)}),
    ],
)
def test_text_that_looks_like_a_mark_is_left_out_by_name(name: str, changes: dict[str, object]) -> None:
    bank = [question(), question(**changes), question(stem="Соңғысы?")]
    written = write_file(bank, QuestionFormat(name))
    assert [(problem.code, problem.question) for problem in written.left_out] == [("not_to_the_letter", 2)]
    assert len(read_file(written.data, QuestionFormat(name)).result.questions) == 2


@pytest.mark.parametrize("kind", [AnswerKind.SHORT_TEXT, AnswerKind.NUMBER, AnswerKind.MATCHING, AnswerKind.FREE_FORM])
@pytest.mark.parametrize("name", ["platonus", "tamos", "mytestx", "word"])
def test_kinds_without_options_are_left_out_by_name(name: str, kind: AnswerKind) -> None:
    written = write_file(
        [question(), question(kind=kind, options=(), correct=(), answers=("5",))], QuestionFormat(name)
    )
    assert [(problem.code, problem.question) for problem in written.left_out] == [("kind_not_carried", 2)]


def test_a_real_bank_of_the_old_kind() -> None:
    """The right answer repeated as a wrong one, repeated stems, four options: all of it is named."""
    text = (
        "<question>Байтта неше бит бар?\r\n<variant>8\r\n<variant>8\r\n<variant>16\r\n<variant>32\r\n"
        "<question>Байтта неше бит бар?\r\n<variant>8\r\n<variant>4\r\n<variant>16\r\n<variant>32\r\n"
    )
    report = lint(text.encode("kz1048"), FIVE)
    assert [(problem.code, problem.question) for problem in report.problems] == [
        ("option_count", 1),
        ("right_answer_repeated", 1),
        ("option_count", 2),
        ("repeated_stem", 2),
    ]
    assert report.key_positions == {"A": 2, "B": 0, "C": 0, "D": 0, "E": 0}
    assert (report.moodle.imported, report.moodle.lost) == (2, 0)
