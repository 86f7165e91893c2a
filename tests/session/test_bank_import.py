from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from app.formats.files import read_file, write_file
from app.formats.names import QuestionFormat
from app.formats.pictures import ParsedPicture
from app.model.course import Course
from app.model.regulation import Limit
from app.model.tasks import AnswerKind, Question
from app.model.texts import Lang
from app.session.bank_import import Decision, ImportReview, ImportStatus, review_file
from app.session.store import CourseStore
from app.storage.texts_file import load_texts
from tests.session.manual_scheduler import ManualScheduler

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")
FIVE_OPTIONS = ("бір", "екі", "үш", "төрт", "бес")
GOOD = "Дерекқор дегеніміз не?\nA. бір\nB. екі\nC. үш\nD. төрт\nE. бес\nANSWER: D\n"
CYRILLIC = "Жүйе деген не?\nА. алты\nВ. жеті\nС. сегіз\nD. тоғыз\nЕ. он\nANSWER: С\n"
KEYLESS = "Кілті жоқ сұрақ?\nA. құс\nB. балық\nC. аң\nD. гүл\nE. тас\n"
TEXT = f"{GOOD}\n{CYRILLIC}\n{KEYLESS}"


def review(
    data: bytes | str, bank: Sequence[Question], limit: Limit, source: QuestionFormat | None = None
) -> ImportReview:
    """Review a file, or what was typed."""
    content = data.encode(errors="replace") if isinstance(data, str) else data
    return review_file(read_file(content, source), bank, limit)


def test_each_question_gets_its_verdict_with_before_and_after() -> None:
    found = review(TEXT, [], FIVE)
    assert [item.status for item in found.items] == [
        ImportStatus.READY,
        ImportStatus.REPAIRED,
        ImportStatus.INCOMPLETE,
    ]
    ready, repaired, incomplete = found.items
    assert (ready.line, ready.before, ready.after, ready.problems) == (1, GOOD.strip(), GOOD.strip(), ())
    assert repaired.before == CYRILLIC.strip()
    assert repaired.after == "Жүйе деген не?\nA. алты\nB. жеті\nC. сегіз\nD. тоғыз\nE. он\nANSWER: C"
    assert {problem.code for problem in repaired.problems} == {"cyrillic_label", "cyrillic_answer"}
    assert incomplete.question is not None
    assert incomplete.question.correct == ()
    assert found.suggested() == {1: Decision.ADD, 2: Decision.ADD, 3: Decision.SKIP}


def test_import_is_one_undo_step() -> None:
    store = CourseStore(Course(test_bank=(Question(id="old", stem="Бар сұрақ"),)), ManualScheduler())
    found = review(TEXT, store.course.test_bank, FIVE)
    store.apply("Импорт", lambda course: found.applied(course, found.suggested(), lesson_id="l1", outcome_ids=("o1",)))
    assert [q.stem for q in store.course.test_bank] == ["Бар сұрақ", "Дерекқор дегеніміз не?", "Жүйе деген не?"]
    assert [(q.lesson_id, q.outcome_ids) for q in store.course.test_bank[1:]] == [("l1", ("o1",))] * 2
    assert len({q.id for q in store.course.test_bank}) == 3
    store.undo()
    assert [q.id for q in store.course.test_bank] == ["old"]


def test_nothing_chosen_changes_nothing() -> None:
    course = Course()
    assert review(TEXT, [], FIVE).applied(course, {}) is course


def test_applying_twice_keeps_ids_apart() -> None:
    found = review(GOOD, [], FIVE)
    once = found.applied(Course(), found.suggested())
    twice = found.applied(once, found.suggested())
    assert len({q.id for q in twice.test_bank}) == 2


def test_collisions_with_the_bank_and_within_the_file() -> None:
    bank = [Question(id="b1", stem="дерекқор дегеніміз не?", options=("бес", "екі", "үш", "төрт", "бір"), correct=(3,))]
    again = CYRILLIC.replace("он\n", "он бір\n")
    found = review(f"{GOOD}\n{CYRILLIC}\n{again}", bank, FIVE)
    assert [(i.likeness, i.twin_id, i.twin_number) for i in found.items] == [
        ("repeated_question", "b1", 0),
        ("", "", 0),
        ("repeated_stem", "", 2),
    ]
    assert [i.suggested for i in found.items] == [Decision.SKIP, Decision.ADD, Decision.ADD]
    assert found.items[0].choices == (Decision.SKIP, Decision.ADD, Decision.REPLACE)
    assert found.items[2].choices == (Decision.SKIP, Decision.ADD)


def test_replacing_keeps_place_id_and_links() -> None:
    old = Question(id="b1", stem="Дерекқор дегеніміз не?", lesson_id="l7", task_ids=("t1",), outcome_ids=("o2",))
    course = Course(test_bank=(old, Question(id="b2", stem="Басқа")))
    found = review(GOOD, course.test_bank, FIVE)
    changed = found.applied(course, {1: Decision.REPLACE}, lesson_id="l1")
    new = changed.test_bank[0]
    assert [q.id for q in changed.test_bank] == ["b1", "b2"]
    assert (new.lesson_id, new.task_ids, new.outcome_ids) == ("l7", ("t1",), ("o2",))
    assert (new.options[3], new.correct) == ("төрт", (3,))
    gone = found.applied(Course(), {1: Decision.REPLACE})
    assert [q.stem for q in gone.test_bank] == ["Дерекқор дегеніміз не?"]


def test_what_cannot_be_kept_is_named_with_its_reason() -> None:
    xml = '<quiz><question type="cloze"><name><text>x</text></name></question></quiz>'
    [item] = review(xml.encode(), [], FIVE).items
    assert (item.status, item.question, item.choices) == (ImportStatus.IMPOSSIBLE, None, (Decision.SKIP,))
    assert [problem.code for problem in item.problems] == ["unsupported_kind"]


def test_of_what_cannot_be_kept_the_words_and_the_kinds_name_are_shown() -> None:
    xml = """<quiz>
      <question type="category"><category><text>$course$/top</text></category></question>
      <question type="truefalse"><questiontext><text>Жер домалақ</text></questiontext>
        <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
      <question type="ddwtos"><name><text>Астана</text></name>
        <questiontext format="html"><text><![CDATA[<p>Астана [[1]] жылы <b>құрылды</b></p>]]></text></questiontext>
        <correctfeedback format="html"><text>Your answer is correct.</text></correctfeedback>
        <dragbox><text>1830</text><group>1</group></dragbox><dragbox><text>1930</text><group>1</group></dragbox>
      </question>
      <question type="madeup"><name><text>Сөзжұмбақ</text></name></question>
    </quiz>"""
    _, dragged, unknown = review(xml.encode(), [], FIVE).items
    assert (dragged.status, dragged.as_in_file) == (ImportStatus.IMPOSSIBLE, False)
    assert dragged.before == "Астана\nАстана [[1]] жылы құрылды\n1830\n1930"
    texts = load_texts()
    assert "«Перетаскивание в текст»" in dragged.problems[0].text(texts, Lang.RU)
    assert "“Drag and drop into text”" in dragged.problems[0].text(texts, Lang.EN)
    assert (unknown.before, "“madeup”" in unknown.problems[0].text(texts, Lang.EN)) == ("Сөзжұмбақ", True)


def test_a_bank_of_four_options_comes_in_with_a_word_about_it() -> None:
    platonus = "<question>Сұрақ неше?\n<variant>бір\n<variant>екі\n<variant>үш\n<variant>төрт\n"
    [item] = review(platonus.encode("cp1251", errors="replace"), [], FIVE, QuestionFormat.PLATONUS).items
    assert item.status is ImportStatus.READY
    assert [problem.code for problem in item.problems if problem.code == "option_count"] == ["option_count"]


def test_lines_of_a_form_05_question_are_joined_and_said_so() -> None:
    gift = "Бірінші жол\\nекінші жол{\n=бір\n~екі\n~үш\n~төрт\n~бес\n}\n"
    [item] = review(gift, [], FIVE).items
    assert item.status is ImportStatus.REPAIRED
    assert item.question is not None
    assert item.question.stem == "Бірінші жол екінші жол"
    essay = "Бірінші жол\\nекінші жол{}\n"
    [free] = review(essay.encode(), [], FIVE, QuestionFormat.GIFT).items
    assert free.question is not None
    assert (free.question.kind, free.question.stem) == (AnswerKind.FREE_FORM, "Бірінші жол\nекінші жол")


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_review(text: str) -> None:
    found = review(text, [], FIVE)
    found.applied(Course(), {item.number: Decision.ADD for item in found.items})


def test_word_shows_the_lines_of_the_document() -> None:
    question = Question(id="q", stem="Жүйе?", options=("бір", "екі", "үш", "төрт", "бес"), correct=(1,))
    [item] = review(write_file([question], QuestionFormat.WORD).data, [], FIVE).items
    assert item.before == "1. Жүйе?\nA) бір\n*B) екі\nC) үш\nD) төрт\nE) бес"
    assert item.after == "Жүйе?\nA. бір\nB. екі\nC. үш\nD. төрт\nE. бес\nANSWER: B"


def test_pictures_of_chosen_questions_are_handed_over() -> None:
    data = b"\x89PNG\r\n\x1a\n"
    picture = ParsedPicture(data, 1, "сызба")
    question = Question(
        id="q", stem="Қайсысы?", options=FIVE_OPTIONS, correct=(0,), pictures=(picture.as_picture("p"),)
    )
    file = write_file([question], QuestionFormat.MOODLE_XML, {picture.path: data})
    found = review(file.data, [], FIVE)
    assert found.pictures({}) == {}
    assert found.pictures(found.suggested()) == {picture.path: data}
    [new] = found.applied(Course(), found.suggested()).test_bank
    assert [(p.file.path, p.option, p.alt) for p in new.pictures] == [(picture.path, 1, "сызба")]
