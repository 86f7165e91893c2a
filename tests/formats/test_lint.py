"""The linter: what Moodle does not say and form 05 asks, in the contract's words."""

import json
import tomllib
from collections.abc import Iterator

import pytest

from app.formats.convert import convert
from app.formats.lint import LintReport, lint
from app.formats.names import QuestionFormat, detect
from app.formats.problems import SEVERITY_OF_CODE
from app.model.regulation import Limit
from app.model.texts import Lang, Texts, Trilingual
from app.paths import resources_dir

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")
OPTIONS = "A. бір\nB. екі\nC. үш\nD. төрт\nE. бес\n"
GOOD = f"Қайсысы дұрыс?\n{OPTIONS}ANSWER: D\n"


def leaves(table: dict[str, object], prefix: str) -> Iterator[tuple[str, Trilingual]]:
    for name, value in table.items():
        assert isinstance(value, dict)
        key = f"{prefix}{name}"
        if "kk" in value:
            yield key, Trilingual.model_validate(value)
        else:
            yield from leaves(value, f"{key}.")


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts(dict(leaves(tomllib.loads((resources_dir() / "i18n/questions.toml").read_text("utf-8")), "")))


def report(text: str) -> LintReport:
    return lint(text.encode(), FIVE)


def found(text: str) -> list[tuple[str, int, int, str]]:
    return [(p.code, p.line, p.question, p.severity.value) for p in report(text).problems]


def bank(count: int, key: str = "") -> str:
    return "\n".join(
        f"Сұрақ {number}?\n{OPTIONS}ANSWER: {key or 'ABCDE'[number % 5]}\n" for number in range(1, count + 1)
    )


def test_good_file_is_clean() -> None:
    assert report(bank(20)).problems == ()
    assert report(bank(20)).clean


@pytest.mark.parametrize("count", [4, 6])
def test_form_05_asks_for_five_options(count: int) -> None:
    options = "".join(f"{'ABCDEF'[place]}. {place}-нұсқа\n" for place in range(count))
    assert found(f"Сұрақ?\n{options}ANSWER: A\n") == [("option_count", 1, 1, "error")]


def test_duplicate_options() -> None:
    assert found(GOOD.replace("C. үш", "C.  екі ")) == [("duplicate_options", 1, 1, "error")]


def test_options_that_differ_in_case_are_two() -> None:
    assert found(GOOD.replace("B. екі", "B. мВт").replace("C. үш", "C. МВт")) == []


def test_same_stem_with_other_options_is_a_warning() -> None:
    other = GOOD.replace("бес", "алты").replace("Қайсысы", "қайсысы ")
    assert found(f"{GOOD}\n{other}") == [("repeated_stem", 9, 2, "warning")]
    assert report(f"{GOOD}\n{other}").clean


def test_same_question_with_shuffled_options_is_an_error() -> None:
    other = GOOD.replace("A. бір\nB. екі", "A. екі\nB. бір")
    assert found(f"{GOOD}\n{other}") == [("repeated_question", 9, 2, "error")]


def test_keys_on_one_letter() -> None:
    assert ("keys_on_one_letter", 1, 0, "warning") in found(bank(20, key="C"))
    assert report(bank(20)).key_positions == {"A": 4, "B": 4, "C": 4, "D": 4, "E": 4}


@pytest.mark.parametrize(("on_a", "warned"), [(11, False), (12, True)])
def test_uneven_keys_from_sixty_percent(on_a: int, warned: bool) -> None:
    keys = ["A"] * on_a + list("BCDE" * 3)[: 20 - on_a]
    text = "\n".join(f"Сұрақ {n}?\n{OPTIONS}ANSWER: {key}\n" for n, key in enumerate(keys))
    assert (found(text) == [("keys_on_one_letter", 1, 0, "warning")]) is warned


def test_letters_lost_in_an_old_encoding() -> None:
    assert found(GOOD.replace("Қайсысы", "Ба?дарлама")) == [("letters_lost", 1, 1, "warning")]


def test_file_without_questions() -> None:
    assert found("") == [("no_questions", 1, 0, "error")]


def test_json_has_the_keys_of_the_contract(texts: Texts) -> None:
    text = bank(3).replace("ANSWER: C", "ANSWER: С")
    document = json.loads(json.dumps(report(text).as_json(texts, Lang.EN)))
    assert document["format"] == "aiken"
    assert document["encoding"] == "utf-8"
    assert document["questions"] == 3
    [problem] = document["problems"]
    assert {name: problem[name] for name in ("line", "question", "code", "severity", "fixable")} == {
        "line": 15,
        "question": 2,
        "code": "cyrillic_answer",
        "severity": "error",
        "fixable": True,
    }
    assert "Cyrillic" in problem["text"]
    assert document["key_positions"] == {"A": 0, "B": 1, "C": 1, "D": 1, "E": 0}
    expected = {"imported": 3, "lost": 0, "without_right_answer": 1, "wrong_key": 0}
    assert {name: document["moodle"][name] for name in expected} == expected


def test_every_code_has_a_text_and_no_text_is_left_over() -> None:
    table = tomllib.loads((resources_dir() / "i18n/questions.toml").read_text("utf-8"))
    assert table["questions"]["problem"].keys() == SEVERITY_OF_CODE.keys()


DEFECTS = "\n".join(
    [
        GOOD.replace("ANSWER: D", "ANSWER: d"),
        GOOD.replace("ANSWER: D", "ANSWER: Z"),
        GOOD.replace("ANSWER: D", "ANSWER: D, E"),
        GOOD.replace("ANSWER: D", "Ответ: ?"),
        GOOD.replace("B.", "В."),
        GOOD.replace("B.", "B:"),
        GOOD.replace("B. ", "B."),
        GOOD.replace("B. екі", "B. екі\nүш"),
        GOOD.replace("B. екі", "B. ?"),
        "\u200b",
        f"Тақырып\n\n{GOOD}ANSWER: A",
        "Соңғы?",
    ]
)


@pytest.mark.parametrize("lang", list(Lang))
def test_every_problem_can_be_said(texts: Texts, lang: Lang) -> None:
    for problem in report(DEFECTS).problems:
        sentence = problem.text(texts, lang)
        assert "{" not in sentence


# Converting


def test_repair_gives_a_file_that_moodle_reads_rightly() -> None:
    text = (
        GOOD.replace("Қайсысы ", "Қайсысы\n").replace("A.", "А.").replace("C.", "c)").replace("ANSWER: D", "Жауап: d")
    )
    result = convert(text.encode())
    assert result.data.decode() == GOOD
    assert (result.written, result.left_out, result.remaining, result.complete) == (1, (), (), True)
    assert {problem.code for problem in result.repaired} == {
        "multi_line_stem",
        "cyrillic_label",
        "lowercase_label",
        "answer_word",
        "lowercase_answer",
    }


def test_repaired_file_is_clean() -> None:
    text = GOOD.replace("ANSWER: D", "ANSWER: С").replace("B.", "\u00a0b)")
    assert lint(convert(text.encode("utf-16")).data, FIVE).problems == ()


def test_missing_label_keeps_the_option_that_the_author_marked() -> None:
    result = convert(GOOD.replace("C. үш\n", "").encode())
    assert result.data.decode() == "Қайсысы дұрыс?\nA. бір\nB. екі\nC. төрт\nD. бес\nANSWER: C\n"


def test_latin_initial_becomes_cyrillic() -> None:
    result = convert(f"A. Байтұрсынұлы кім?\n{OPTIONS}ANSWER: D\n".encode())
    assert result.data.decode().startswith("А. Байтұрсынұлы кім?")


def test_latin_name_is_not_touched() -> None:
    result = convert(f"A. Turing кім?\n{OPTIONS}ANSWER: D\n".encode())
    assert result.data == b""
    assert [(problem.code, problem.line) for problem in result.left_out] == [("stem_like_option", 1)]


def test_what_cannot_be_carried_is_named_with_its_place() -> None:
    text = GOOD + "\n" + GOOD.replace("ANSWER: D", "ANSWER: D, E") + "\n" + GOOD.replace("ANSWER: D", "ANSWER:")
    result = convert(text.encode())
    assert result.written == 1
    assert not result.complete
    assert [(problem.code, problem.question, problem.line) for problem in result.left_out] == [
        ("not_single_choice", 2, 9),
        ("no_right_answer", 3, 17),
    ]


def test_legacy_encoding_is_repaired() -> None:
    text = "Какой ответ верен?\nA. первый\nB. второй\nC. третий\nD. пятый\nE. шестой\nANSWER: D\n"
    result = convert(text.encode("cp1251"))
    assert result.data.decode() == text
    assert [problem.code for problem in result.repaired] == ["not_utf8"]


# Formats


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (GOOD, QuestionFormat.AIKEN),
        ("::Q1:: Сұрақ? {=иә ~жоқ}", QuestionFormat.GIFT),
        ('<?xml version="1.0"?>\n<quiz><question type="multichoice"/></quiz>', QuestionFormat.MOODLE_XML),
        ("<question>Сұрақ?\n<variant>иә\n<variant>жоқ", QuestionFormat.PLATONUS),
        ("<question2>Сұрақ?\n<variantright>иә\n", QuestionFormat.PLATONUS),
        ("[q]3:1: Сұрақ?\n[a]иә\n[a][+]жоқ", QuestionFormat.TAMOS),
        ("# Сұрақ?\n+ иә\n- жоқ\n", QuestionFormat.MYTESTX),
        ("PK\x03\x04…", QuestionFormat.WORD),
        ("Жай мәтін", QuestionFormat.AIKEN),
    ],
)
def test_format_is_told_from_the_content(content: str, expected: QuestionFormat) -> None:
    assert detect(content.encode()) is expected
