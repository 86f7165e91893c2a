"""GIFT: what its author meant, and what the platform makes of the same file (knowledge file, section GIFT)."""

import pytest

from app.formats import gift
from app.formats.files import read_file, write_file
from app.formats.lint import lint
from app.formats.moodle_gift import predict
from app.formats.moodle_outcome import MoodleForecast
from app.formats.names import QuestionFormat
from app.formats.problems import ParsedQuestion
from app.model.regulation import Limit
from app.model.tasks import AnswerKind, Question

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")


def only(text: str) -> ParsedQuestion:
    [question] = gift.read(text).questions
    return question


def codes(text: str) -> list[tuple[str, bool]]:
    return [(problem.code, problem.fixable) for problem in gift.read(text).problems]


def moodle(text: str) -> MoodleForecast:
    return lint(text.encode(), FIVE, QuestionFormat.GIFT).moodle


@pytest.mark.parametrize(
    ("text", "kind", "options", "correct", "answers"),
    [
        ("Қала? {=Астана ~Алматы ~Тараз}", AnswerKind.CHOICE_SINGLE, ("Астана", "Алматы", "Тараз"), (0,), ()),
        ("Қала? {~Алматы =Астана}", AnswerKind.CHOICE_SINGLE, ("Алматы", "Астана"), (1,), ()),
        ("Жұп? {~%50%2 ~%50%4 ~%-100%3}", AnswerKind.CHOICE_MULTI, ("2", "4", "3"), (0, 1), ()),
        ("Жер шар {TRUE}", AnswerKind.BINARY, (), (0,), ()),
        ("Жер жалпақ {F}", AnswerKind.BINARY, (), (1,), ()),
        ("Астана? {=Астана =Нұр-Сұлтан}", AnswerKind.SHORT_TEXT, (), (), ("Астана", "Нұр-Сұлтан")),
        ("Пи? {#3.14:0.01}", AnswerKind.NUMBER, (), (), ("3.14±0.01",)),
        ("Аралық? {#1..5}", AnswerKind.NUMBER, (), (), ("3±2",)),
        ("Сәйкестік? {=а -> 1 =б -> 2}", AnswerKind.MATCHING, ("а", "б"), (), ("1", "2")),
        ("Эссе жазыңыз {}", AnswerKind.FREE_FORM, (), (), ()),
    ],
)
def test_kinds(
    text: str, kind: AnswerKind, options: tuple[str, ...], correct: tuple[int, ...], answers: tuple[str, ...]
) -> None:
    read = only(text)
    assert (read.kind, read.options, read.correct, read.answers) == (kind, options, correct, answers)
    assert codes(text) == []


def test_escapes_stand_for_themselves_and_other_backslashes_are_text() -> None:
    read = only(r"\{a\} \~ \= \# \: \\n \(x\) \; {=бір\nекі ~үш}")
    assert read.stem == r"{a} ~ = # : \n \(x\) \;"
    assert read.options == ("бір\nекі", "үш")


def test_name_comment_and_missing_word() -> None:
    read = only("// түсіндірме\n::Атауы\\:: 1::Астана {=қала ~өзен} болып табылады")
    assert (read.stem, read.line) == ("Астана _____ болып табылады", 2)


def test_html_is_read_as_text() -> None:
    read = only("[html]<p>H<sub>2</sub>O &lt; 5&nbsp;м<br>иә</p> {=x<sup>2</sup> ~x}")
    assert (read.stem, read.options) == ("H₂O < 5\u00a0м\nиә", ("x²", "x"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Сұрақ? {TRUE#қате#дұрыс}", [("feedback_lost", False)]),
        ("Сұрақ? {=Астана#дұрыс}", [("feedback_lost", False)]),
        ("$CATEGORY: x/y\n\nСұрақ? {=а ~б}", [("category_lost", False)]),
        ("// [id:алгебра]\nСұрақ? {=а ~б}", [("tags_lost", False)]),
        ("Сұрақ? {=%100%а =%50%б}", [("partial_credit_lost", False)]),
        ("Сұрақ? {=а*}", [("wildcard_answer", False)]),
        ("[html]<b>Сұрақ</b>? {=а ~б}", [("markup_lost", False)]),
        ('[html]Сұрақ? <img src="a.png"> {=а ~б}', [("picture_lost", False)]),
    ],
)
def test_what_has_no_place_is_named(text: str, expected: list[tuple[str, bool]]) -> None:
    assert codes(text) == expected


# Defects: what we say, whether it is mended, and imported, lost, without a right answer, with a wrong key.
DEFECTS = {
    "blank line inside": ("Сұрақ? {\n\n=а\n~б\n}", ("gift_blank_line", True), (0, 1, 0, 0)),
    "braces in the stem": (r"\(x^{2}\)? {=а ~б}", ("gift_unescaped_braces", True), (1, 0, 0, 1)),
    "decimal comma": ("Пи? {#3,14}", ("number_not_plain", True), (1, 0, 0, 1)),
    "equals sign in an option": ("Қайсысы? {~x=5 ~y =z}", ("gift_unescaped_mark", False), (1, 0, 0, 1)),
    "two full marks": ("Қайсысы? {=а =б ~в}", ("several_full_marks", False), (1, 0, 0, 0)),
    "true in small letters": ("Жер шар {true}", ("gift_true_false", True), (1, 0, 0, 1)),
    "newline in a formula": (r"\(a \neq b\)? {=а ~б}", ("gift_newline_escape", False), (1, 0, 0, 0)),
    "a brace missing": ("Сұрақ? =а ~б}", ("gift_braces", False), (0, 1, 0, 0)),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_defect(name: str) -> None:
    text, problem, outcome = DEFECTS[name]
    assert problem in codes(text)
    forecast = moodle(text)
    found = (forecast.imported, forecast.lost, forecast.without_right_answer, forecast.wrong_key)
    assert found == outcome
    assert not lint(text.encode(), FIVE, QuestionFormat.GIFT).clean


def test_all_tildes_give_a_question_without_a_key() -> None:
    text = "Қала? {~Астана ~Алматы}"
    assert (moodle(text).imported, moodle(text).without_right_answer) == (1, 1)
    assert "no_right_answer" in [problem.code for problem in lint(text.encode(), FIVE, QuestionFormat.GIFT).problems]


def test_unescaped_braces_become_a_short_answer_question() -> None:
    [stored] = predict(r"\(x^{2}\)? {=а ~б}".encode()).stored
    assert (stored.kind, stored.right) == ("shortanswer", ("2",))


def test_a_share_that_the_platform_does_not_know_costs_the_question() -> None:
    assert moodle("Жұп? {~%37%2 ~%63%4 ~3}") == MoodleForecast(0, 1, 0, 0, 1)


def test_only_utf_8_is_taken() -> None:
    data = "Столица? {=Астана ~Алматы}".encode("cp1251")
    report = lint(data, FIVE, QuestionFormat.GIFT)
    assert (report.moodle.imported, report.moodle.lost) == (0, 1)
    assert "not_utf8" in [problem.code for problem in report.problems]


def test_one_bad_question_does_not_cost_the_others() -> None:
    text = "Бір? {=а ~б}\n\nЕкі? =а}\n\nҮш? {=а ~б}\n"
    result = gift.read(text)
    assert [read.stem for read in result.questions] == ["Бір?", "Үш?"]
    assert [(problem.code, problem.question, problem.line) for problem in result.problems] == [("gift_braces", 2, 3)]


def test_what_we_write_is_what_the_platform_stores() -> None:
    bank = [
        Question(id="q1", stem="{x} = 1 ~ 2 # 3: <b>", options=("%50% \\n", "a\nb"), correct=(1,)),
        Question(id="q2", kind=AnswerKind.CHOICE_MULTI, stem="// [html]", options=("a", "b", "c"), correct=(0, 2)),
        Question(id="q3", kind=AnswerKind.NUMBER, stem="пи", answers=("3.14±0.01",)),
        Question(id="q4", kind=AnswerKind.BINARY, stem="0", correct=(1,)),
    ]
    written = write_file(bank, QuestionFormat.GIFT)
    assert written.left_out == ()
    outcome = predict(written.data)
    assert outcome.faults == ()
    assert [stored.kind for stored in outcome.stored] == ["multichoice", "multianswer", "numerical", "truefalse"]
    assert [stored.stem for stored in outcome.stored][:2] == ["{x} = 1 ~ 2 # 3: <b>", "// [html]"]
    assert [stored.right for stored in outcome.stored] == [("a\nb",), ("a", "c"), ("3.14:0.01",), ("FALSE",)]


def test_ticking_everything_earns_nothing() -> None:
    bank = [Question(id="q", kind=AnswerKind.CHOICE_MULTI, stem="?", options=("a", "b", "c", "d"), correct=(0, 1))]
    text = write_file(bank, QuestionFormat.GIFT).data.decode()
    shares = [float(line.split("%")[1]) for line in text.splitlines() if "%" in line]
    assert sum(shares) == 0


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Question(id="q", stem="&&058;", options=("a", "b"), correct=(0,)), "not_to_the_letter"),
        (Question(id="q", kind=AnswerKind.SHORT_TEXT, stem="?", answers=("a->b",)), "not_to_the_letter"),
        (Question(id="q", kind=AnswerKind.SHORT_TEXT, stem="?"), "missing_answers"),
        (Question(id="q", kind=AnswerKind.NUMBER, stem="?", answers=("көп",)), "number_not_plain"),
        (Question(id="q", stem="?", options=("a", " "), correct=(0,)), "empty_option"),
        (Question(id="q", stem="?", options=("a", "b")), "no_right_answer"),
        (Question(id="q", stem="\u200b", options=("a", "b"), correct=(0,)), "missing_stem"),
    ],
)
def test_what_gift_cannot_carry(question: Question, code: str) -> None:
    written = write_file([question], QuestionFormat.GIFT)
    assert [(problem.code, problem.question) for problem in written.left_out] == [(code, 1)]
    assert written.data == b""


def test_feedback_and_tags_are_kept() -> None:
    text = "// 1-сұрақ [tag:алгебра] [tag:a\\]b]\nСұрақ? {=а#дұрыс ~б ####түсіндірме}"
    [read] = gift.read(text).questions
    assert (read.feedback, read.option_feedback, read.tags) == ("түсіндірме", ("дұрыс", ""), ("алгебра", "a]b"))
    assert gift.read(text).problems == ()


def test_a_comment_above_a_question_costs_nothing() -> None:
    report = lint("// ескерту\nСұрақ? {=а ~б}\n".encode(), FIVE, QuestionFormat.GIFT)
    assert (report.moodle.imported, report.moodle.lost) == (1, 0)


def test_a_tag_that_the_importer_would_cut_is_named() -> None:
    question = Question(id="q", stem="Сұрақ", options=("а", "б"), correct=(0,), tags=("a<b", "жақсы"))
    written = write_file([question], QuestionFormat.GIFT)
    assert [(p.code, p.params["count"]) for p in written.notes] == [("tags_not_carried", 1)]
    assert read_file(written.data, QuestionFormat.GIFT).result.questions[0].tags == ("жақсы",)
