"""Hints know what the dictionaries, the glossary and the author know."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model.course import Course
from app.model.teaching import GlossaryEntry
from app.model.texts import Lang
from app.sample import sample_course
from app.session.course_texts import TextKind, course_texts
from app.session.kazakh_endings import stems
from app.session.spelling import OwnWords, PersonalDictionary, Speller, own_words, words_of
from app.session.spelling_process import SpellingProcess, SpellingUnavailableError
from app.storage.texts_file import load_texts

has_library = importlib.util.find_spec("hunspell") is not None
needs_library = pytest.mark.skipif(not has_library, reason="no wheel of the library for this system")
NOBODY = OwnWords()


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller()


@pytest.mark.parametrize(
    ("form", "stem"),
    [
        ("кітаптарымызды", "кітап"),  # plural, possession, case
        ("талабы", "талап"),  # voiced before a vowel
        ("бөлігі", "бөлік"),
        ("мойны", "мойын"),  # the vowel that fell out
        ("оқушылармен", "оқушы"),
    ],
)
def test_a_kazakh_form_leads_to_its_stem(form: str, stem: str) -> None:
    assert stem in stems(form)


# Written by hand after a school grammar, none from the program's texts; stems that every dictionary has.
RIGHT_KAZAKH = """
кітаптарыңыздан мектептеріміздегі балаларымен үйлерінің қаламыз ағаштарға көлдердің достарыңмен сөздіктегі тауларымызда
оқыдым оқымаймын оқымағандықтан оқитындар оқушыларымыздың жазбады жазылмаған жазғандарын жазуымызға келмейтін келмесе
көрмедік көрсетілмеген сұрамайсыз сұрауларға айтпайды айтылғандай білмейсіңдер білімсіз қызығырақ үлкенірек жақсырақ
аузымен мойнында орнына халқымыз талабына қазағы тарағы бөлігіндегі кітабыңыз сақтамауға ұстамай тастамас қозғалмаған
тұрмайтын жүрмеген шықпаған шығарылмады таппады табылмай қоймаймыз қояды қойылған жоюға баяулатпайды
банкте банктегі цехтарда процесте модулінде актілер клубтар адамдар тұзды қыздар жұмысшыларға күндізгі
"""
WRONG_KAZAKH = """
кітабтарыңыздан мектептарда балалерге үйларінің кітапден адамлар тұзлы қыздын жұмысшыларге мектепдің оқушыларымызданң
окыдым оқитындер жазбеды келмайтін айтбайды білімсыз үлкенырақ қауіпсіздгі тапсрма дарістер қорытндыны негздері бағлау
сабақтв мақсатарын студенттр пікірталс кестде тағамм сапасыы ғылми денсаулк өндрісте талабтар жауабкершілік
"""
RIGHT_RUSSIAN = """
видеолекциями промовидео оцениванием хромакеем подкастов пререквизитами компетенциям скриншотами видеокурсов
аудиозаписью МООКов МООКа ВУЗами лекциям преподавателями
"""
WRONG_RUSSIAN = "видеолекцыями оцениванеем компитенциям скриншетами преподователями безопастность лекцыям видеолексия"


@needs_library
@pytest.mark.parametrize("words", [RIGHT_KAZAKH, RIGHT_RUSSIAN, "ЖИЦДО МООКтың ДДСҰ-ның MOOCs"])
def test_forms_compounds_and_abbreviations_are_no_false_alarm(speller: Speller, words: str) -> None:
    assert [one.word for one in speller.misspellings(words, NOBODY)] == []


@needs_library
@pytest.mark.parametrize("words", [WRONG_KAZAKH, WRONG_RUSSIAN])
def test_real_slips_are_found_in_forms_and_compounds_too(speller: Speller, words: str) -> None:
    assert [one.word for one in speller.misspellings(words, NOBODY)] == words.split()


@needs_library
@pytest.mark.parametrize("lang", [Lang.KK, Lang.RU])
def test_the_programs_own_words_are_hardly_ever_flagged(speller: Speller, lang: Lang) -> None:
    texts = load_texts()
    whole = " ".join(texts.entry(key).pick(lang) for key in sorted(texts.keys()))
    shown = re.sub(r"\{[^}]*\}|[A-Za-z][A-Za-z-]*", " ", whole)  # placeholders, commands and names of formats
    assert len(speller.misspellings(shown, NOBODY)) < 0.002 * len(list(words_of(shown)))


@pytest.mark.parametrize("form", ["кітапден", "мектептар", "баладе"])
def test_endings_that_do_not_agree_lead_nowhere(form: str) -> None:
    assert not {"кітап", "мектеп", "бала"} & set(stems(form))


@needs_library
@pytest.mark.parametrize(
    "text",
    [
        "Тағам қауіпсіздігінің негіздері мен талаптары",
        "Безопасность пищевых продуктов и лекции",
        "Food safety and the lectures of the course",
        "HACCP, ДДСҰ-ның, ISO 22000, https://exampel.org/qwrt, a.b@atu.edu.kz, 12кг",
        r"Формула \(qwrtz + zxcv\) және $$abcde$$",
    ],
)
def test_what_is_right_or_no_word_is_left_alone(speller: Speller, text: str) -> None:
    assert [one.word for one in speller.misspellings(text, NOBODY)] == []


@needs_library
def test_what_is_wrong_is_found_in_its_place(speller: Speller) -> None:
    text = "Тағам қауіпсіздгі, безопастность and saefty."
    found = speller.misspellings(text, NOBODY)
    assert [one.word for one in found] == ["қауіпсіздгі", "безопастность", "saefty"]
    assert all(text[one.start : one.end] == one.word for one in found)


@needs_library
@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("безопастность", "безопасность"), ("saefty", "safety"), ("тапсрма", "тапсырма"), ("қауіпсіздгі", "қауіпсіздігі")],
)
def test_what_was_meant_is_suggested(speller: Speller, wrong: str, meant: str) -> None:
    assert meant in speller.suggestions(wrong)


@needs_library
def test_most_of_the_sample_course_is_known(speller: Speller) -> None:
    course = sample_course()
    own = own_words(course, ())
    words = unknown = 0
    for placed in course_texts(course):
        if placed.kind is TextKind.PROSE:
            words += len(re.findall(r"[^\W\d_]{3,}", placed.text))
            unknown += len(speller.misspellings(placed.text, own))
    assert unknown < 0.05 * words


@needs_library
def test_terms_names_and_the_authors_own_words_are_known(speller: Speller, tmp_path: Path) -> None:
    text = "Зеараленонның мөлшері, о зеараленоне, Деректібаев, бэкслоп"
    assert len(speller.misspellings(text, NOBODY)) == 4
    personal = PersonalDictionary(tmp_path / "words" / "own.txt")
    assert personal.add("бэкслоп")
    course = sample_course().model_copy(update={"glossary": (GlossaryEntry(id="g", term="Зеараленон"),)})
    own = own_words(course, PersonalDictionary(tmp_path / "words" / "own.txt").words)
    assert speller.misspellings(text, own) == ()
    slip = own_words(Course(glossary=(GlossaryEntry(id="g", term="Тағам қауіпсіздігі"),)), ())
    assert [one.word for one in speller.misspellings("қауіпсіздгін", slip)] == ["қауіпсіздгін"]


def test_a_personal_dictionary_that_cannot_be_written_or_read_disturbs_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\xff\xfe\x00")
    assert PersonalDictionary(tmp_path / "file").words == frozenset()
    blocked = PersonalDictionary(tmp_path / "file" / "own.txt")
    assert not blocked.add("сөз")
    assert blocked.words == {"сөз"}


@pytest.fixture
def process() -> Iterator[SpellingProcess]:
    made = SpellingProcess()
    yield made
    made.close()


@needs_library
def test_the_process_answers_and_a_lost_one_says_so(process: SpellingProcess) -> None:
    own = own_words(Course(), ["бэкслоп"])
    assert [one.word for one in process.misspellings("бэкслоп saefty", own)] == ["saefty"]
    assert "safety" in process.suggestions("saefty")
    process.close()
    with pytest.raises(SpellingUnavailableError):
        process.suggestions("saefty")
