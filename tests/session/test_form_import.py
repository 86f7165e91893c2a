"""Forms read back: our own exactly, those made by hand as far as they speak."""

import io
import re
from datetime import date, datetime
from types import ModuleType

import docx
import pytest
from docx.document import Document as WordDocument
from docx.shared import Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exporters.forms import form_01, form_02
from app.exporters.writers.docx import write_docx
from app.formats.form_reader import FormFileError, ReadForm, read_form
from app.model.base import TextItem
from app.model.course import Course, CourseLanguage, Difficulty
from app.model.structure import Lesson, Module
from app.model.tasks import Placement, Task, TaskKind, TaskRole
from app.model.texts import Lang
from app.model.views import form_05_questions
from app.sample import sample_course
from app.session.differences import differences
from app.session.form_import import FormImport, import_form
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts
from tests.exporters.document_texts import W, docx_part

REGULATION = load_regulation()
TEXTS = load_texts()


def printed(form: ModuleType, course: Course) -> bytes:
    return write_docx(form.build(course, REGULATION, generated_on=date(2027, 1, 1), draft=False))


def read(data: bytes) -> ReadForm:
    return read_form(data, REGULATION, TEXTS)


def into(course: Course, data: bytes) -> FormImport:
    return import_form(course, read(data), REGULATION, TEXTS)


def in_language(language: CourseLanguage) -> Course:
    return sample_course().model_copy(update={"language": language})


@pytest.mark.parametrize("language", CourseLanguage)
@pytest.mark.parametrize("form", [form_01, form_02], ids=["01", "02"])
def test_our_own_form_read_into_its_course_changes_nothing(form: ModuleType, language: CourseLanguage) -> None:
    course = in_language(language)
    result = into(course, printed(form, course))
    assert differences(course, result.course) == ()
    assert result.unplaced == ()
    assert result.counted_otherwise == ()


@pytest.mark.parametrize("language", CourseLanguage)
def test_form_02_read_into_an_empty_course_prints_the_same_again(language: CourseLanguage) -> None:
    course = in_language(language)
    result = into(Course(language=language), printed(form_02, course))
    assert result.unplaced == ()
    assert texts_of(form_02, result.course) == texts_of(form_02, course)


@pytest.mark.parametrize("language", CourseLanguage)
def test_form_01_read_into_an_empty_course_prints_the_same_description(language: CourseLanguage) -> None:
    course = in_language(language)
    result = into(Course(), printed(form_01, course))
    before, after = texts_of(form_01, course), texts_of(form_01, result.course)
    until = next(place for place, line in enumerate(before) if line.startswith("14."))
    assert after[:until] == before[:until]
    lectures = [lesson.title for module in course.modules for lesson in module.lessons]
    assert [line.partition(". ")[2] for line in result.unplaced] == lectures  # the form does not say their modules


def texts_of(form: ModuleType, course: Course) -> list[str]:
    """Return the lines of a form without what is counted: questions of tests, weeks and hours."""
    paragraphs = docx_part(printed(form, course)).iter(f"{W}p")
    lines = [" ".join("".join(t.text or "" for t in p.iter(f"{W}t")).split()) for p in paragraphs]
    shown = [
        re.sub(r"(?:; )?(?:\d+ апта, |недель: |weeks: ).*(?:сағат|часов: \d+|hours: \d+)", "", line) for line in lines
    ]
    return [re.sub(r"– \d+ сұрақ|– (?:вопросов|questions): \d+", "", line) for line in shown if line]


words = st.text(alphabet="абвгҚқҒғәіабв ABC12,–-().", min_size=1, max_size=30).map(lambda t: f"Ж{t.strip()}я")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(words, max_size=3, unique=True),
    words,
    st.lists(st.tuples(words, st.lists(words, max_size=3)), max_size=3),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
)
def test_any_texts_survive_form_02(
    objectives: list[str], goal: str, modules: list[tuple[str, list[str]]], signed_on: date
) -> None:
    course = Course(
        title="Курс",
        university="АТУ",
        goal=goal,
        objectives=tuple(TextItem(id=f"o{n}", text=text) for n, text in enumerate(objectives)),
        modules=tuple(
            Module(
                id=f"m{n}",
                title=title,
                lessons=tuple(Lesson(id=f"l{n}-{k}", title=lesson) for k, lesson in enumerate(lessons)),
            )
            for n, (title, lessons) in enumerate(modules)
        ),
    )
    approval = course.approval.model_copy(update={"dated_on": signed_on})
    course = course.model_copy(update={"approval": approval})
    result = read(printed(form_02, course))
    assert result.values["goal"] == goal
    assert result.values["approval/dated_on"] == signed_on
    assert list(result.lists.get("objectives", ())) == objectives
    if modules:
        assert [(m.title, [lesson.title for lesson in m.lessons]) for m in result.modules] == [
            (title, lessons) for title, lessons in modules
        ]


def by_hand_02() -> bytes:
    """A programme as a lecturer might have it: other fonts, a title on two lines, no merged cells, rows missing."""
    document: WordDocument = docx.Document()
    document.styles["Normal"].font.name = "Arial"
    for line in (
        "«Алматы технологиялық университеті» АҚ",
        "Факультет  «Тағам өндірісі»",
        "КАФЕДРА «Тағам биотехнологиясы»",
        "ЖАОК  жұмыс бағдарламасы",
        "Ахметова Айгүл – PhD, қауымдастырылған профессор, a.akhmetova@atu.edu.kz",
        "Курстың   атауы : Нан өндірісінің негіздері",
        "Алматы, 2026",
    ):
        document.add_paragraph(line)
    run = document.add_paragraph().add_run("1.1. ЖАОК СИПАТТАМАСЫ")
    run.bold, run.font.size = True, Pt(20)
    document.add_paragraph("Курс нан пісіру технологиясын үйретеді.")
    document.add_paragraph("1.2 Оқудың мақсаты: Нан өндірісін түсіндіру.")
    document.add_paragraph("1.3 Оқудың міндеттері")
    document.add_paragraph("1) Шикізатты тану")
    document.add_paragraph("2) Қамырды дайындау")
    document.add_paragraph("1.4 Оқу нәтижелері")
    document.add_paragraph("• Ұнның түрлерін ажыратады")
    document.add_paragraph("4. Курстың күрделілік деңгейі: орта")
    document.add_paragraph("ЖАОК құрылымы")
    table = document.add_table(rows=0, cols=3)
    for cells in (
        ("Модуль 1. Шикізат", "Дәріс 1. Ұн\nтест – 10 сұрақ", ""),
        ("", "Лекция № 2: Су мен тұз", "Эссе (өзара бағалау) - 1"),
        ("Модуль 2", "Дәріс 3 Ашытқы", "Осы жерге жазыңыз"),
        ("№2 модуль бойынша қорытынды бақылау", "жоба – 1, салмағы 30 %", ""),
    ):
        row = table.add_row().cells
        for cell, text in zip(row, cells, strict=True):
            cell.text = text
    document.add_paragraph("Кафедра меңгерушісі (ТБ) ________ Сейітова Б.")
    document.add_paragraph("Беті жоқ сөйлем")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_programme_made_by_hand_gives_what_it_can_and_names_the_rest() -> None:
    result = into(Course(), by_hand_02())
    course = result.course
    assert (course.title, course.faculty, course.department.name) == (
        "Нан өндірісінің негіздері",
        "Тағам өндірісі",
        "Тағам биотехнологиясы",
    )
    assert course.description == "Курс нан пісіру технологиясын үйретеді."
    assert course.goal == "Нан өндірісін түсіндіру."
    assert [one.text for one in course.objectives] == ["Шикізатты тану", "Қамырды дайындау"]
    assert [one.text for one in course.outcomes] == ["Ұнның түрлерін ажыратады"]
    assert course.level is Difficulty.INTERMEDIATE
    assert course.approval.year == 2026
    (author,) = course.authors
    assert (author.full_name, author.degree, author.email) == ("Ахметова Айгүл", "PhD", "a.akhmetova@atu.edu.kz")
    assert [(m.title, [lesson.title for lesson in m.lessons]) for m in course.modules] == [
        ("Шикізат", ["Ұн", "Су мен тұз"]),
        ("", ["Ашытқы"]),
    ]
    assert [(task.kind, task.placement, task.count, task.weight_pct) for task in course.tasks] == [
        (TaskKind.TEST, Placement.LESSON, 1, 0),
        (TaskKind.ESSAY, Placement.LESSON, 1, 0),
        (TaskKind.PROJECT, Placement.MODULE_END, 1, 30),
    ]
    assert course.tasks[2].role is TaskRole.SUMMATIVE
    assert (course.department.abbr, course.department.head) == ("ТБ", "Сейітова Б.")
    assert result.unplaced == ("Беті жоқ сөйлем", "Осы жерге жазыңыз")


def test_the_table_of_modules_is_known_without_its_heading() -> None:
    document: WordDocument = docx.Document()
    for line in (
        "ЖАОК ЖҰМЫС БАҒДАРЛАМАСЫ",
        "Курстың атауы: Нан",
        "1.1 ЖАОК сипаттамасы",
        "Курс нан туралы.",
        "1.2 Оқудың мақсаты: Нан өндірісін түсіндіру.",
    ):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=2)
    for cells in (("Модуль №1. Шикізат", "Дәріс 1. Ұн"), ("", "Тест – 10 сұрақ"), ("Модуль 2. Қамыр", "Дәріс 2. Су")):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    course = into(Course(), stream.getvalue()).course
    assert course.goal == "Нан өндірісін түсіндіру."
    assert [[lesson.title for lesson in module.lessons] for module in course.modules] == [["Ұн"], ["Су"]]
    assert [module.title for module in course.modules] == ["Шикізат", "Қамыр"]


def by_hand_01() -> bytes:
    """A description typed into a table of three columns with numbers of its own."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    for number, name, value in (
        ("1", "ЖАОК атауы", "Нан өндірісі"),
        ("2.", "Университеттің атауы", "АТУ"),
        ("3", "ЖАОК тілі:", "орыс тілі"),
        ("7", "Академиялық кредиттердің саны / ЖАОК ұзақтығы", "2 академиялық кредит"),
        ("8", "Пререквизиттер", "Химия\nБиология"),
        ("10", "ЖАОК сипаттамасы. Курстың қысқаша аннотациясы", "Курс туралы сөз."),
        ("14", "Промовидео немесе курс трейлері (3 минутқа дейін).", "Әлі түсірілген жоқ"),
    ):
        row = table.add_row().cells
        row[0].text, row[1].text, row[2].text = number, name, value
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_description_made_as_a_table() -> None:
    result = into(Course(), by_hand_01())
    course = result.course
    assert (course.title, course.university, course.language) == ("Нан өндірісі", "АТУ", CourseLanguage.RU)
    assert course.credits == 2
    assert [one.text for one in course.prerequisites] == ["Химия", "Биология"]
    assert course.description == "Курс туралы сөз."
    assert result.unplaced == ("Әлі түсірілген жоқ",)


@pytest.mark.parametrize("language", CourseLanguage)
def test_what_is_written_under_the_last_item_is_named(language: CourseLanguage) -> None:
    course = in_language(language)
    document = docx.Document(io.BytesIO(printed(form_01, course)))
    document.add_paragraph("Кафедра меңгерушісі: Сейітова Б.")
    document.add_paragraph("Тест 2027 жылы жаңартылады: 50 сұрақ қосылады")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Тіркеу", "№ 7"
    stream = io.BytesIO()
    document.save(stream)
    result = into(course, stream.getvalue())
    assert differences(course, result.course) == ()
    assert result.unplaced == (
        "Кафедра меңгерушісі: Сейітова Б.",
        "Тест 2027 жылы жаңартылады: 50 сұрақ қосылады",
        "Тіркеу",
        "№ 7",
    )
    assert result.counted_otherwise == ()


@pytest.mark.parametrize("language", CourseLanguage)
def test_what_the_program_counts_otherwise_is_named(language: CourseLanguage) -> None:
    course = in_language(language)
    count = len(form_05_questions(course))
    said = TEXTS.get("forms.count.questions", Lang(language.value), n=count)
    document = docx.Document(io.BytesIO(printed(form_01, course)))
    (line,) = [one for one in document.paragraphs if one.text.strip() == said]
    line.text = said.replace(str(count), str(count + 50))
    stream = io.BytesIO()
    document.save(stream)
    result = into(course, stream.getvalue())
    assert differences(course, result.course) == ()
    assert result.unplaced == ()
    assert result.counted_otherwise == (said.replace(str(count), str(count + 50)),)


def test_what_the_form_does_not_say_stays() -> None:
    course = Course(
        title="Old",
        ai_use="kept",
        modules=(Module(id="m", title="Old module", annotation="kept", lessons=(Lesson(id="l", script="kept"),)),),
        tasks=(Task(id="t", target_id="l", instruction="kept"),),
    )
    result = into(course, by_hand_02()).course
    module = result.modules[0]
    assert (result.title, module.id, module.title) == ("Нан өндірісінің негіздері", "m", "Шикізат")
    assert (result.ai_use, module.annotation, module.lessons[0].script) == ("kept", "kept", "kept")
    assert result.tasks[0].instruction == "kept"


def test_an_unfilled_form_says_nothing() -> None:
    for form in (form_01, form_02):
        result = into(Course(university=REGULATION.settings.university), printed(form, Course()))
        filled = {one.path for one in differences(Course(), result.course)} - {"university"}
        assert filled <= {"modules/" + module.id for module in result.course.modules}
        assert all(not module.title for module in result.course.modules)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello"])
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(FormFileError) as caught:
        read(data)
    assert caught.value.code == "form_broken"


def test_another_document_is_refused() -> None:
    document = docx.Document()
    document.add_paragraph("Құрметті әріптестер!")
    stream = io.BytesIO()
    document.save(stream)
    with pytest.raises(FormFileError) as caught:
        read(stream.getvalue())
    assert caught.value.code == "form_unknown"


def test_place_and_time_of_the_promo_video() -> None:
    result = read(printed(form_01, sample_course()))
    assert result.values["promo/booking/starts_at"] == datetime(2026, 12, 10, 10, 0)  # noqa: DTZ001 - as printed
