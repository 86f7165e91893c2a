"""Moodle XML: read, written, forecast (knowledge file), and files that are built to do harm."""

import pytest

from app.formats import moodle_xml
from app.formats.files import read_file, write_file
from app.formats.lint import lint
from app.formats.moodle_outcome import MoodleForecast
from app.formats.names import QuestionFormat, detect
from app.model.regulation import Limit
from app.model.tasks import AnswerKind, Question

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")


def quiz(*questions: str) -> str:
    return "<?xml version='1.0' encoding='UTF-8'?>\n<quiz>\n" + "\n".join(questions) + "\n</quiz>\n"


def choice(
    stem: str = "<p>Қала?</p>", shares: tuple[str, ...] = ("100", "0"), single: str = "true", more: str = ""
) -> str:
    answers = "".join(
        f'<answer fraction="{share}" format="html"><text>нұсқа {n}</text></answer>' for n, share in enumerate(shares)
    )
    return (
        '<question type="multichoice"><name><text>а</text></name>'
        f'<questiontext format="html"><text><![CDATA[{stem}]]></text></questiontext>'
        f"<single>{single}</single>{answers}{more}</question>"
    )


def codes(text: str) -> list[str]:
    return [problem.code for problem in moodle_xml.read(text).problems]


def moodle(text: str) -> MoodleForecast:
    return lint(text.encode(), FIVE, QuestionFormat.MOODLE_XML).moodle


def test_choice() -> None:
    [read] = moodle_xml.read(quiz(choice())).questions
    assert (read.stem, read.options, read.correct) == ("Қала?", ("нұсқа 0", "нұсқа 1"), (0,))
    assert read.line == 3


@pytest.mark.parametrize(
    ("body", "kind", "options", "correct", "answers"),
    [
        ('type="truefalse"><answer fraction="0"><text>true</text></answer>'
         '<answer fraction="100"><text>false</text></answer>', AnswerKind.BINARY, (), (1,), ()),
        ('type="shortanswer"><answer fraction="100"><text>Астана</text></answer>',
         AnswerKind.SHORT_TEXT, (), (), ("Астана",)),
        ('type="numerical"><answer fraction="100"><text>3.14</text><tolerance>0.01</tolerance></answer>',
         AnswerKind.NUMBER, (), (), ("3.14±0.01",)),
        ('type="matching"><subquestion format="html"><text>а</text><answer><text>1</text></answer></subquestion>'
         '<subquestion format="html"><text>б</text><answer><text>2</text></answer></subquestion>'
         '<subquestion format="html"><text></text><answer><text>3</text></answer></subquestion>',
         AnswerKind.MATCHING, ("а", "б"), (), ("1", "2", "3")),
        ('type="essay">', AnswerKind.FREE_FORM, (), (), ()),
    ],
)  # fmt: skip
def test_kinds(
    body: str, kind: AnswerKind, options: tuple[str, ...], correct: tuple[int, ...], answers: tuple[str, ...]
) -> None:
    text = quiz(f"<question {body}<questiontext><text>Сұрақ?</text></questiontext></question>")
    [read] = moodle_xml.read(text).questions
    assert (read.stem, read.kind) == ("Сұрақ?", kind)
    assert (read.options, read.correct, read.answers) == (options, correct, answers)
    assert codes(text) == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (choice('<img src="@@PLUGINFILE@@/a.png">?'), ["picture_lost"]),
        (choice("<table><tr><td>а</td></tr></table>"), ["markup_lost"]),
        (choice(more="<generalfeedback><text>түсіндірме</text></generalfeedback>"), ["feedback_lost"]),
        (choice(more="<tags><tag><text>т</text></tag></tags>"), ["tags_lost"]),
        (choice(shares=("100", "50", "0")), ["partial_credit_lost"]),
        (choice(shares=("100", "100")), ["several_full_marks"]),
        ('<question type="category"><category><text>т</text></category></question>', ["category_lost"]),
        ('<question type="calculated"><questiontext><text>{a}</text></questiontext></question>', ["unsupported_kind"]),
        (
            '<question type="numerical"><answer fraction="100"><text>1</text></answer>'
            "<units><unit><unit_name>м</unit_name></unit></units></question>",
            ["units_lost"],
        ),
    ],
)
def test_what_has_no_place_is_named(question: str, expected: list[str]) -> None:
    assert codes(quiz(question)) == expected


def test_a_kind_that_we_do_not_know_does_not_cost_the_others() -> None:
    result = moodle_xml.read(quiz(choice(), '<question type="cloze"/>', choice("Өзен?")))
    assert [(read.number, read.stem) for read in result.questions] == [(1, "Қала?"), (3, "Өзен?")]
    assert [(p.code, p.question, p.line, p.params["kind"]) for p in result.problems] == [
        ("unsupported_kind", 2, 4, "cloze")
    ]


def test_single_choice_without_a_full_share_is_stored_without_a_key() -> None:
    text = quiz(choice(shares=("0", "0")), choice("Өзен?"))
    assert moodle(text) == MoodleForecast(2, 0, 1, 0, 0)
    assert not lint(text.encode(), FIVE).clean


def test_a_raw_ampersand_costs_the_whole_file_and_is_mended_by_us() -> None:
    text = quiz(choice(), choice().replace("нұсқа 0", "A & B"))
    assert moodle(text) == MoodleForecast(0, 2, 0, 0, 1)
    result = moodle_xml.read(text)
    assert [read.options[0] for read in result.questions] == ["нұсқа 0", "A & B"]
    assert [(p.code, p.line, p.fixable) for p in result.problems] == [("raw_ampersand", 4, True)]


def test_a_damaged_file_keeps_what_stands_before_the_damage() -> None:
    text = quiz(choice(), choice("Өзен?"))[:-60]
    result = moodle_xml.read(text)
    assert [read.stem for read in result.questions] == ["Қала?"]
    assert "xml_broken" in codes(text)
    assert moodle(text).imported == 0


BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "&a;" * 10}">' for n in range(9))
    + "]>\n<quiz><question type='essay'><questiontext><text>&a8;</text></questiontext></question></quiz>"
)
HARMFUL = {
    "bomb": BOMB,
    "external": '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question type="essay">'
    "<questiontext><text>&x;</text></questiontext></question></quiz>",
    "parameter": '<!DOCTYPE quiz [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><quiz/>',
    "deep": "<quiz>" + "<a>" * 100_000,
}


@pytest.mark.parametrize("name", HARMFUL)
def test_harmful_files_are_refused(name: str) -> None:
    assert detect(HARMFUL[name].encode()) is QuestionFormat.MOODLE_XML
    report = lint(HARMFUL[name].encode(), FIVE)
    assert report.questions == ()
    assert [problem.code for problem in report.problems] == ["xml_entities", "no_questions"]


def test_an_external_document_type_is_not_fetched() -> None:
    text = quiz(choice()).replace("<quiz>", '<!DOCTYPE quiz SYSTEM "file:///etc/passwd">\n<quiz>')
    assert len(moodle_xml.read(text).questions) == 1


def test_encoding_named_in_the_file_does_not_matter_to_us() -> None:
    text = quiz(choice("<p>Столица?</p>")).replace("UTF-8", "windows-1251").replace("нұсқа", "вариант")
    file = read_file(text.replace("Қ", "К").encode("cp1251"))
    assert file.result.questions[0].stem == "Столица?"
    assert [problem.code for problem in file.file_problems] == ["not_utf8"]


def test_control_characters_have_no_place_in_xml() -> None:
    bank = [Question(id="q", stem="a\x01b", options=("a", "b"), correct=(0,))]
    assert [problem.code for problem in write_file(bank, QuestionFormat.MOODLE_XML).left_out] == ["control_character"]


def test_what_we_write_is_stored_with_its_keys() -> None:
    bank = [
        Question(id="q1", stem="A & B < C ]]>", options=("<b>", "&amp;"), correct=(1,)),
        Question(id="q2", kind=AnswerKind.CHOICE_MULTI, stem="?", options=("a", "b", "c"), correct=(0, 2)),
        Question(id="q3", kind=AnswerKind.MATCHING, stem="?", options=("a", "b"), answers=("1", "2", "3")),
    ]
    text = write_file(bank, QuestionFormat.MOODLE_XML).data.decode()
    assert moodle(text) == MoodleForecast(3, 0, 0, 0, 0)
    assert text.count('fraction="50"') == 2
    assert text.count('fraction="-100"') == 1
