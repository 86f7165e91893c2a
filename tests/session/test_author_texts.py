"""Glossary, literature and ready texts: drawn from the course, formatted by the standard, never made up."""

import io
from datetime import date

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks import run
from app.formats.tables import rows_of_csv, rows_of_docx, rows_of_text, terms_of
from app.model.course import Course, CourseLanguage
from app.model.finding import Status
from app.model.structure import Lesson, Module
from app.model.teaching import Assessment, GlossaryEntry, GlossaryKind, Reference, SurveyWhen
from app.model.texts import Lang
from app.model.views import text_length
from app.sample import sample_course
from app.session.citation import SourceFields, SourceKind, citation, ordered_references, short_name
from app.session.drafts import apply_drafts, drafts, ready_survey, weekly_message
from app.session.glossary_terms import add_table, add_terms, suggest_terms
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts

REGULATION = load_regulation()
TEXTS = load_texts()


def lecture(script: str) -> Course:
    return Course(modules=(Module(id="m", lessons=(Lesson(id="l", script=script),)),))


def test_abbreviations_are_suggested_with_what_they_stand_for() -> None:
    course = lecture("Дүниежүзілік денсаулық сақтау ұйымы (ДДСҰ) ұсынады. HACCP жоспары. HACCP тобы. ISO бір рет.")
    found = {one.term: (one.count, one.definition, one.kind) for one in suggest_terms(course)}
    assert found["ДДСҰ"] == (1, "Дүниежүзілік денсаулық сақтау ұйымы", GlossaryKind.ABBREVIATION)
    assert found["HACCP"] == (2, "", GlossaryKind.ABBREVIATION)
    assert "ISO" not in found


def test_a_phrase_counts_in_all_its_forms_and_the_longer_one_wins() -> None:
    course = lecture(
        "Сыни бақылау нүктесі бар. Сыни бақылау нүктесін тап. Сыни бақылау нүктесінің шегі. Және сол нүкте."
    )
    (phrase,) = [one for one in suggest_terms(course) if one.kind is GlossaryKind.TERM]
    assert (phrase.term, phrase.count) == ("Сыни бақылау нүктесі", 3)
    assert phrase.path == "modules/m/lessons/l/script"


def test_what_the_glossary_has_is_not_suggested_and_nothing_is_added_twice() -> None:
    course = lecture("HACCP жоспары. HACCP тобы.")
    found = suggest_terms(course)
    added = add_terms(course, (*found, *found))
    assert [entry.term for entry in added.glossary] == [one.term for one in found]
    assert suggest_terms(added) == ()


def test_every_suggestion_of_the_sample_course_stands_in_its_texts() -> None:
    course = sample_course().model_copy(update={"glossary": ()})
    found = suggest_terms(course)
    assert len(found) > 20
    everything = course.model_dump_json().casefold()
    assert all(one.term.casefold() in everything for one in found)


def test_a_table_of_terms_from_word_csv_and_the_clipboard() -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    for cells in (("№", "Термин", "Анықтамасы"), ("1", "Қауіп", "Зиян көзі"), ("2", "Тәуекел", "Ықтималдық")):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    expected = (("Қауіп", "Зиян көзі"), ("Тәуекел", "Ықтималдық"))
    assert terms_of(rows_of_docx(stream.getvalue())) == expected
    csv = 'Термин;Анықтамасы\r\nҚауіп;Зиян көзі\r\n"Тәуекел";"Ықтималдық"\r\n'
    assert terms_of(rows_of_csv(csv.encode("utf-8-sig"))) == expected
    assert terms_of(rows_of_csv("Опасность;Источник, вреда\nРиск;Вероятность".encode("cp1251"))) == (
        ("Опасность", "Источник, вреда"),
        ("Риск", "Вероятность"),
    )
    assert terms_of(rows_of_text("Қауіп\tЗиян көзі\nТәуекел\tЫқтималдық")) == expected
    assert terms_of(rows_of_text("Қауіп – Зиян көзі\nТәуекел – Ықтималдық")) == expected
    assert terms_of(rows_of_text("Определение,Термин\nx,y")) == (("y", "x"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Қауіп;Зиян; көзі\nТәуекел;Ықтималдық", (("Қауіп", "Зиян; көзі"), ("Тәуекел", "Ықтималдық"))),
        ("Term,Definition\nRisk,chance, of harm\nHazard,source", (("Risk", "chance, of harm"), ("Hazard", "source"))),
        ("1\tҚауіп\tЗиян\tкөзі\n2\tТәуекел\tЫқтималдық", (("Қауіп", "Зиян көзі"), ("Тәуекел", "Ықтималдық"))),
        ("Қауіп;Зиян;ескерту\nТәуекел;Ықтималдық;ескерту", (("Қауіп", "Зиян"), ("Тәуекел", "Ықтималдық"))),
    ],
)
def test_a_definition_with_the_sign_between_columns_is_taken_whole(
    text: str, expected: tuple[tuple[str, str], ...]
) -> None:
    assert terms_of(rows_of_text(text)) == expected


@given(st.text())
def test_any_text_is_a_table_of_some_kind(text: str) -> None:
    assert all(term for term, _ in terms_of(rows_of_text(text)))


@pytest.mark.parametrize(
    ("fields", "lang", "expected"),
    [
        (
            SourceFields(
                authors=("Құлажанов Талғат Қуандықұлы",), title="Тағам қауіпсіздігі", remainder="оқулық",
                city="Алматы", publisher="АТУ", year=2021, pages="320",
            ),
            Lang.KK,
            "Құлажанов Т.Қ. Тағам қауіпсіздігі: оқулық. – Алматы: АТУ, 2021. – 320 б.",
        ),
        (
            SourceFields(
                SourceKind.ARTICLE, ("Иванов И. И.", "Петров П.П."), "Контроль качества",
                container="Пищевая промышленность",
                year=2020, number="3", pages="45-52", doi="https://doi.org/10.1/x",
            ),
            Lang.RU,
            "Иванов И.И., Петров П.П. Контроль качества // Пищевая промышленность. – 2020. – № 3. – С. 45–52. – "
            "DOI: 10.1/x.",
        ),
        (
            SourceFields(authors=("A B", "C D", "E F", "G H"), title="Food", city="London", publisher="X", year=2019),
            Lang.EN,
            "Food / B. A, D. C, F. E [et al.]. – London: X, 2019.",
        ),
        (
            SourceFields(
                SourceKind.WEB, title="Codex", url="https://fao.org", accessed_on=date(2027, 2, 1)
            ),
            Lang.KK,
            "Codex [Электрондық ресурс]. – URL: https://fao.org (қаралған күні: 01.02.2027).",
        ),
        (SourceFields(title="Тек атауы"), Lang.KK, "Тек атауы."),
        (SourceFields(), Lang.KK, ""),
    ],
)  # fmt: skip
def test_a_source_is_described_as_gost_asks(fields: SourceFields, lang: Lang, expected: str) -> None:
    assert citation(fields, TEXTS, lang) == expected


def test_names_are_shortened_once() -> None:
    assert short_name("Сейітова Бақыт Асқарқызы") == "Сейітова Б.А."
    assert short_name("Сейітова Б. А.") == short_name("Сейітова Б.А.") == "Сейітова Б.А."
    assert short_name("Codex") == "Codex"


def test_literature_is_ordered_laws_first_then_the_kazakh_alphabet_then_latin() -> None:
    titles = (
        "Smith J.",
        "Ямалов Р.",
        "Әлиев А.",
        "Асанов Б.",
        "Қазақстан Республикасының Заңы",
        "Құрманов Т.",
        "Кенжебек",
    )
    course = Course(references=tuple(Reference(id=f"r{n}", citation=text) for n, text in enumerate(titles)))
    ordered = ordered_references(course)
    assert [one.citation.split()[0] for one in ordered.references] == [
        "Қазақстан", "Асанов", "Әлиев", "Кенжебек", "Құрманов", "Ямалов", "Smith",
    ]  # fmt: skip
    assert ordered_references(ordered) is ordered


@pytest.mark.parametrize("language", CourseLanguage)
def test_weekly_messages_keep_the_limit_of_the_clause(language: CourseLanguage) -> None:
    course = sample_course().model_copy(update={"language": language})
    bare = Course(language=language, modules=(Module(id="m", title="Кіріспе"),))
    long = Course(
        language=language,
        modules=(
            Module(id="m", title="Т" * 100, lessons=tuple(Lesson(id=f"l{n}", title="Л" * 150) for n in range(4))),
        ),
    )
    for one in (course, bare, long):
        for number, module in enumerate(one.modules, start=1):
            message = weekly_message(one, number, module, REGULATION, TEXTS)
            assert 400 <= text_length(message) <= 600, message  # 11.2


@pytest.mark.parametrize("when", SurveyWhen)
def test_ready_questionnaires_ask_what_they_must_within_the_limit(when: SurveyWhen) -> None:
    for lang in Lang:
        survey = ready_survey(when, TEXTS, lang)
        course = Course(surveys=(survey,))
        findings = run(course, {}, {}, REGULATION, date(2027, 1, 1))
        bad = [f for f in findings if f.rule in ("12.10.1b", "12.10.1c") and f.status is Status.FAIL]
        assert bad == []
        assert any(not question.options for question in survey.questions)  # room for free proposals


def test_drafts_fill_what_is_empty_and_are_one_value() -> None:
    course = Course(modules=(Module(id="m", title="Кіріспе"),), assessment=Assessment(certificate_from_pct=85))
    filled = apply_drafts(course, drafts(course, REGULATION, TEXTS))
    assert 400 <= text_length(filled.modules[0].weekly_message.text) <= 600
    assert filled.modules[0].forum[0].topic == "«Кіріспе» тақырыбы бойынша пікір алмасу"
    assert [survey.when for survey in filled.surveys] == list(SurveyWhen)
    assert "85 %" in filled.assessment.certificate_info
    assert all(draft.before for draft in drafts(filled, REGULATION, TEXTS))


def test_an_entry_that_is_there_keeps_its_definition() -> None:
    course = Course(glossary=(GlossaryEntry(id="g", term="Қауіп", definition="бар"),))
    added = add_table(course, (("қауіп", "жаңа"), ("Тәуекел", "ықтималдық"), ("ДДСҰ", "ұйым")))
    assert [(one.term, one.definition, one.kind) for one in added.glossary] == [
        ("Қауіп", "бар", GlossaryKind.TERM),
        ("Тәуекел", "ықтималдық", GlossaryKind.TERM),
        ("ДДСҰ", "ұйым", GlossaryKind.ABBREVIATION),
    ]
