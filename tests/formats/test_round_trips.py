"""What is written comes back to the letter, or is named as left out: for every format and every pair of formats."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.formats.convert import convert
from app.formats.files import read_file, write_file
from app.formats.invisible import without_invisible
from app.formats.mending import mended
from app.formats.names import QuestionFormat, detect
from app.model.tasks import AnswerKind, Question
from tests.formats.question_banks import BANKS, CHOICE_BANKS, RICH_BANKS, besides, carried, shape

OPTION_FORMATS = [QuestionFormat.PLATONUS, QuestionFormat.TAMOS, QuestionFormat.MYTESTX]


def there_and_back(bank: list[Question], name: QuestionFormat) -> None:
    written = write_file(bank, name)
    left_out = {problem.question for problem in written.left_out}
    kept = [question for number, question in enumerate(bank, 1) if number not in left_out]
    result = read_file(written.data, name).result
    assert [shape(read.as_question("q")) for read in result.questions] == [shape(question) for question in kept]
    assert result.problems == ()


@given(BANKS)
@settings(max_examples=100, deadline=None)
@pytest.mark.parametrize("name", [QuestionFormat.GIFT, QuestionFormat.MOODLE_XML, *OPTION_FORMATS])
def test_there_and_back(name: QuestionFormat, bank: list[Question]) -> None:
    there_and_back(bank, name)


@given(RICH_BANKS)
@settings(max_examples=50)
@pytest.mark.parametrize("name", [QuestionFormat.GIFT, QuestionFormat.MOODLE_XML])
def test_feedback_tags_and_pictures_come_back_or_are_named(
    name: QuestionFormat, drawn: list[tuple[Question, dict[str, bytes]]]
) -> None:
    bank = [question for question, _ in drawn]
    files = {path: data for _, found in drawn for path, data in found.items()}
    written = write_file(bank, name, files)
    left_out = {problem.question for problem in written.left_out}
    kept = [question for number, question in enumerate(bank, 1) if number not in left_out]
    read = [parsed.as_question("q") for parsed in read_file(written.data, name).result.questions]
    assert [(shape(q), besides(q)) for q in read] == [(shape(q), besides(q)) for q in kept]
    if name is QuestionFormat.MOODLE_XML:
        assert [picture_facts(q) for q in read] == [picture_facts(q) for q in kept]
        assert written.notes == ()
    else:
        pictured = sum(bool(q.pictures) for q in kept)
        named = [p.params["count"] for p in written.notes if p.code == "picture_not_carried"]
        assert named == ([pictured] if pictured else [])


def picture_facts(question: Question) -> list[tuple[str, int | None, str]]:
    return [(picture.file.path, picture.option, picture.alt) for picture in question.pictures]


@given(RICH_BANKS)
@settings(max_examples=20)
@pytest.mark.parametrize("name", [*OPTION_FORMATS, QuestionFormat.AIKEN])
def test_formats_without_a_place_for_them_say_so(
    name: QuestionFormat, drawn: list[tuple[Question, dict[str, bytes]]]
) -> None:
    bank = [question for question, _ in drawn]
    written = write_file(bank, name)
    left_out = {problem.question for problem in written.left_out}
    kept = [question for number, question in enumerate(bank, 1) if number not in left_out]
    expected = {
        "feedback_not_carried": sum(any((q.feedback.strip(), *map(str.strip, q.option_feedback))) for q in kept),
        "tags_not_carried": sum(bool(q.tags) for q in kept),
        "picture_not_carried": sum(bool(q.pictures) for q in kept),
    }
    found = {p.code: p.params["count"] for p in written.notes if p.code in expected}
    assert found == {code: count for code, count in expected.items() if count}


@given(BANKS)
@settings(max_examples=25, deadline=None)
def test_there_and_back_through_word(bank: list[Question]) -> None:
    there_and_back(bank, QuestionFormat.WORD)


@given(BANKS)
@pytest.mark.parametrize("name", [QuestionFormat.GIFT, QuestionFormat.MOODLE_XML])
def test_the_platform_formats_carry_every_kind(name: QuestionFormat, bank: list[Question]) -> None:
    codes = {problem.code for problem in write_file(bank, name).left_out}
    assert "kind_not_carried" not in codes


def plain_bank(count: int = 12) -> list[Question]:
    return [
        Question(
            id=f"q{number}",
            stem=f"№{number}: «Ә» әрпі бар сөз? {{x}} ~ = # \\(a^{{2}}\\) <i> & 🙂",
            options=tuple(f"{letter}-нұсқа {{{number}}} <{letter}> e\u0301 \u00a0 50%" for letter in "бвгдж"),
            correct=(number % 5,),
        )
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize("source", list(QuestionFormat))
@pytest.mark.parametrize("target", list(QuestionFormat))
def test_every_pair_carries_nasty_text(source: QuestionFormat, target: QuestionFormat) -> None:
    bank = plain_bank()
    conversion = convert(write_file(bank, source).data, target=target)
    assert (conversion.source, conversion.target) == (source, target)
    assert (conversion.left_out, conversion.remaining, conversion.repaired) == ((), (), ())
    assert detect(conversion.data) is target
    back = read_file(conversion.data).result.questions
    assert [shape(read.as_question("q")) for read in back] == [shape(question) for question in bank]


PAIRS = [(a, b) for a in QuestionFormat for b in QuestionFormat if QuestionFormat.WORD not in (a, b)]


@given(CHOICE_BANKS, st.sampled_from(PAIRS))
@settings(max_examples=250, deadline=None)
def test_no_pair_loses_a_question_in_silence(bank: list[Question], pair: tuple[QuestionFormat, QuestionFormat]) -> None:
    source, target = pair
    data = write_file(bank, source).data
    before = read_file(data, source).result.questions
    conversion = convert(data, source, target)
    gone = {problem.question for problem in conversion.left_out}
    expected = [question for question in before if question.number not in gone]
    after = read_file(conversion.data, target).result.questions
    assert len(after) == conversion.written == len(expected)
    for old, new in zip(expected, after, strict=True):
        texts = [carried(without_invisible(text)) for text in (old.stem, *old.options)]
        if target is QuestionFormat.AIKEN:
            texts = [carried(" ".join(part for part in text.split("\n") if part)) for text in texts]
        assert [new.stem, *new.options] == texts
        assert new.correct == old.correct


@given(BANKS)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize(
    ("source", "target"),
    [(QuestionFormat.GIFT, QuestionFormat.MOODLE_XML), (QuestionFormat.MOODLE_XML, QuestionFormat.GIFT)],
)
def test_the_platform_formats_give_each_other_every_kind(
    source: QuestionFormat, target: QuestionFormat, bank: list[Question]
) -> None:
    data = write_file(bank, source).data
    before = read_file(data, source).result.questions
    conversion = convert(data, source, target)
    gone = {problem.question for problem in conversion.left_out}
    expected = [mended(question, one_line=False) for question in before if question.number not in gone]
    after = read_file(conversion.data, target).result.questions
    assert [shape(q.as_question("q")) for q in after] == [shape(q.as_question("q")) for q in expected]


def test_words_of_a_true_false_question_make_it_a_choice() -> None:
    question = Question(id="q", kind=AnswerKind.BINARY, stem="Жер шар ма?", options=("Иә", "Жоқ"), correct=(0,))
    for name in QuestionFormat:
        if name is QuestionFormat.AIKEN:
            continue
        written = write_file([question], name)
        assert [problem.code for problem in written.notes] == ["kind_changed"], name
        [read] = read_file(written.data, name).result.questions
        assert (read.kind, read.options, read.correct) == (AnswerKind.CHOICE_SINGLE, ("Иә", "Жоқ"), (0,))
