"""Moodle XML: read, written, forecast (knowledge file), and files that are built to do harm."""

from base64 import b64encode

import pytest

from app.formats import moodle_xml
from app.formats.files import read_file, write_file
from app.formats.lint import lint
from app.formats.moodle_outcome import MoodleForecast
from app.formats.names import QuestionFormat, detect
from app.formats.pictures import ParsedPicture
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


PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


def file_of(data: bytes, name: str = "a.png", path: str = "/") -> str:
    return f'<file name="{name}" path="{path}" encoding="base64">{b64encode(data).decode()}</file>'


def pictured(stem: str, files: str) -> str:
    return (
        f'<question type="essay"><questiontext format="html"><text><![CDATA[{stem}]]></text>{files}</questiontext>'
        "</question>"
    )


@pytest.mark.parametrize(
    ("stem", "files", "expected"),
    [
        ('<p>Не көріп тұрсыз?</p><img src="@@PLUGINFILE@@/a.png" alt="сызба">', file_of(PNG), []),
        ('<img src="@@PLUGINFILE@@/%D0%B0%20b.png">Бұл не?', file_of(PNG, "а b.png"), ["picture_moved"]),
        ('Бұл не?<img src="@@PLUGINFILE@@/x/a.png">', file_of(PNG, path="/x/"), []),
        (f'Бұл не?<img src="data:image/png;base64,{b64encode(PNG).decode()}">', "", []),
    ],
)
def test_pictures_in_the_file_are_kept(stem: str, files: str, expected: list[str]) -> None:
    text = quiz(pictured(stem, files))
    [read] = moodle_xml.read(text).questions
    assert [(picture.data, picture.option) for picture in read.pictures] == [(PNG, None)]
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("stem", "files"),
    [
        ('Бұл не?<img src="https://example.org/a.png">', ""),
        ('Бұл не?<img src="@@PLUGINFILE@@/a.png">', ""),
        ('Бұл не?<img src="@@PLUGINFILE@@/a.png">', file_of(b"MZ no picture")),
        ('Бұл не?<img src="@@PLUGINFILE@@/a.png">', '<file name="a.png" path="/" encoding="base64">%%%</file>'),
        ("Бұл не?", file_of(b"RIFF....WAVE", "a.wav")),
        ('Бұл не?<video src="@@PLUGINFILE@@/a.mp4"></video>', ""),
    ],
)
def test_pictures_that_cannot_be_kept_are_named(stem: str, files: str) -> None:
    assert codes(quiz(pictured(stem, files))) == ["picture_lost"]


def test_an_option_may_be_a_picture_alone() -> None:
    pictures = tuple(ParsedPicture(PNG + bytes([n]), n).as_picture(f"p{n}") for n in range(2))
    files = {picture.file.path: PNG + bytes([n]) for n, picture in enumerate(pictures)}
    question = Question(id="q", stem="Қай сызба?", options=("", ""), correct=(1,), pictures=pictures)
    written = write_file([question], QuestionFormat.MOODLE_XML, files)
    assert (written.left_out, written.notes) == ((), ())
    report = lint(written.data, Limit(min=2, max=2, unit="count", clause="F05.2"))
    assert [problem.code for problem in report.problems] == []
    assert (report.moodle.imported, report.moodle.lost, report.moodle.without_right_answer) == (1, 0, 0)
    assert [(p.option, p.path) for p in report.questions[0].pictures] == [(p.option, p.file.path) for p in pictures]
    without = write_file([question], QuestionFormat.MOODLE_XML)
    assert [problem.code for problem in without.left_out] == ["empty_option"]


def test_feedback_and_tags_are_kept() -> None:
    more = (
        "<generalfeedback format='html'><text>&lt;p&gt;Жалпы&lt;/p&gt;</text></generalfeedback>"
        "<tags><tag><text>алгебра</text></tag><tag><text>1-апта</text></tag></tags>"
    )
    text = quiz(choice(more=more).replace("нұсқа 1</text>", "нұсқа 1</text><feedback><text>Ойлан</text></feedback>"))
    [read] = moodle_xml.read(text).questions
    assert (read.feedback, read.option_feedback, read.tags) == ("Жалпы", ("", "Ойлан"), ("алгебра", "1-апта"))
    assert codes(text) == []


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
        (choice(more="<incorrectfeedback><text>2-дәрісті оқы</text></incorrectfeedback>"), ["feedback_lost"]),
        (choice(more="<incorrectfeedback><text>Ваш ответ неправильный.</text></incorrectfeedback>"), []),
        (choice(more="<idnumber>а1</idnumber>"), ["tags_lost"]),
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
