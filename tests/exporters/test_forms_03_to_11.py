"""Forms 03 and 06 to 11: every official label to the letter in PDF and DOCX, values for placeholders, blanks."""

from collections.abc import Mapping
from datetime import date

import pytest

from app.exporters.document import SignatureLine, Table
from app.exporters.forms import FORMS, PARTED, build_form, form_files, write_document
from app.model.course import Course
from app.model.errors import ExportError
from app.model.papers import Remark
from app.model.regulation import BLANK
from app.model.scores import Decision, combined_scores, decision, joint_outcome, total
from app.model.texts import Lang
from app.sample import sample_course
from app.storage.texts_file import load_texts
from tests.exporters.document_texts import ON, REGULATION, docx_blocks, docx_text, pdf_text, squeezed
from tests.exporters.reviewed_course import EXPERTS, SCORES, reviewed_course

NUMBERED = ("03", "06", "07", "08", "09", "10", "11")
COURSE = reviewed_course()
EMPTY = Course()

NO_TITLE = {"11"}
"""The heading on the sheet is F11.H1; the title is that of the form in the appendix."""

PIECES = {"F11.5.label", "F11.5.bachelor", "F11.5.master", "F11.5.doctoral", "F11.11.yes", "F11.11.no"}
"""Words inside other labels."""

VALUES: Mapping[str, list[dict[str, object]]] = {
    "F08.5.points": [{"n": points} for points in range(6)],
    "F09.H3.kk.number": [{"number": "05-14"}],
    "F09.H3.ru.number": [{"number": "05-14", "date": "13.01.2027"}],
    "F09.S": [{"name": "Басшыбаев Нұрлан Ерікұлы"}],
    "F11.H2": [{"number": "17", "date": "«08» қаңтар", "year": "27"}],
    "F11.7": [{"from_year": "26", "to_year": "27"}],
    "F11.S1": [{"abbr": "ТӨҚС", "name": "Үлгібекова Раушан Маратқызы"}],
    "F11.S2": [{"name": author.full_name} for author in COURSE.authors],
    "F11.S3": [{"name": EXPERTS[0]}],
}


def official_texts(form: str, values: Mapping[str, list[dict[str, object]]]) -> list[str]:
    """Return all official texts of a form: title, labels that are no placeholders, the rows of its tables."""
    labels = REGULATION.forms[f"form_{form}"]
    texts = [] if form in NO_TITLE else [labels.title]
    for key in labels.labels:
        if key not in labels.placeholders and ".blank." not in key and key not in PIECES:
            texts += [REGULATION.label(f"form_{form}", key, **given) for given in values.get(key, [{}])]
    rows = {
        "06": [text for t in REGULATION.task_types for text in (t.type, t.description, t.implementation)],
        "10": [text for c in REGULATION.criteria for text in (c.name, c.low, c.mid, c.high)],
    }
    return texts + [REGULATION.fill_constants(text, Lang.KK) for text in rows.get(form, [])]


@pytest.mark.parametrize("form", NUMBERED)
@pytest.mark.parametrize("filled", [True, False], ids=["filled", "blank"])
def test_every_official_label_is_printed_to_the_letter(form: str, *, filled: bool) -> None:
    course = COURSE if filled else EMPTY
    values = dict(VALUES) if filled else {"F08.5.points": VALUES["F08.5.points"]}
    document = build_form(course, REGULATION, form, generated_on=ON, draft=True)
    for fmt, read in (("pdf", pdf_text), ("docx", docx_text)):
        text = read(write_document(document, fmt))
        assert [t for t in official_texts(form, values) if squeezed(t) not in text] == [], fmt


def test_form_08_without_rubric_and_progress_table_prints_the_official_examples() -> None:
    text = docx_text(write_document(build_form(EMPTY, REGULATION, "08", generated_on=ON, draft=False), "docx"))
    for row in REGULATION.rubric:
        assert squeezed(row.text) in text
    assert squeezed("барлық курстың 40% - 85% - курс аяқталды, бірақ сертификат берілмейді") in text


@pytest.mark.parametrize("form", sorted(PARTED))
def test_each_part_is_a_document_of_its_own(form: str) -> None:
    labels = REGULATION.forms[f"form_{form}"]
    files = [file for file in form_files(COURSE, form) if file.part]
    counts = {"03": 15, "06": 5, "07": 1, "10": 3}
    assert len(files) == counts[form]
    assert len({file.name for file in files}) == len(files)
    for file in files[:2]:
        assert file.name.isascii()
        document = build_form(COURSE, REGULATION, form, generated_on=ON, draft=False, part=file.part)
        assert document.form_code == labels.code
        text = docx_text(write_document(document, "docx"))
        assert squeezed(labels.title) in text
        assert squeezed(COURSE.title) in text


def test_files_are_named_by_number_and_title() -> None:
    assert form_files(COURSE, "03")[1].name == "form_03_02-biologiyalyq-qauipti-faktorlar"
    assert [file.name for file in form_files(EMPTY, "03")] == ["form_03"]
    assert [file.part for file in form_files(COURSE, "10")] == ["", "r1", "r2", "r3"]
    assert [file.name for file in form_files(COURSE, "01")] == ["form_01"]


@pytest.mark.parametrize(("form", "part"), [("03", "gone"), ("06", "gone"), ("07", "x"), ("10", "x"), ("01", "l1")])
def test_a_part_that_is_not_there_is_named(form: str, part: str) -> None:
    with pytest.raises(ExportError) as caught:
        build_form(COURSE, REGULATION, form, generated_on=ON, draft=False, part=part)
    assert (caught.value.code, caught.value.params) == ("export_part_unknown", {"form": form, "part": part})
    assert {"errors.export_part_unknown.cause", "errors.export_part_unknown.remedy"} <= load_texts().keys()


def lines_of(form: str, course: Course = COURSE, part: str = "") -> list[str]:
    return docx_blocks(
        write_document(build_form(course, REGULATION, form, generated_on=ON, draft=False, part=part), "docx")
    )


def test_form_03_is_filled_so_that_the_author_only_writes() -> None:
    lines = lines_of("03", part="l1")
    lesson = COURSE.modules[0].lessons[0]
    assert squeezed(f"Лекция № 1 Тема: {lesson.title}") in lines
    for text in ("1. Тағам қауіпсіздігі және азық-түлік қауіпсіздігі", *(i.title for i in lesson.self_study[1:2])):
        assert squeezed(text) in lines
    outcome = next(o.text for o in COURSE.outcomes if o.id == lesson.outcome_ids[0])
    assert squeezed(outcome) in lines
    assert any("https://www.who.int/news-room/fact-sheets/detail/food-safety" in line for line in lines)
    assert lines.count(BLANK) == 8  # two lines below each of three questions and the summary


def test_form_06_names_type_time_weight_and_criteria_of_every_task() -> None:
    lines = lines_of("06", part="m1")
    for text in ("Бағалаушының өзара бағалауы бар тапсырма", "35 мин", "6 %", "тест – 8 сұрақ"):
        assert squeezed(text) in lines
    practical = next(task for task in COURSE.tasks if task.id == "t-p1")
    for criterion in practical.criteria:
        assert squeezed(criterion.text) in lines
    assert squeezed(REGULATION.task_types[2].type) not in lines  # this week has no task of that type


def test_form_07_says_what_was_kept_and_why_not() -> None:
    document = build_form(COURSE, REGULATION, "07", generated_on=ON, draft=False)
    table = [block for block in document.blocks if isinstance(block, Table)][1]
    said = {
        row.cells[0].lines[0][0].text: [cell.lines[0][0].text for cell in row.cells[1:]]
        for row in table.rows
        if len(row.cells) == 3
    }

    def point(key: str) -> list[str]:
        return said[REGULATION.label("form_07", key)]

    assert point("F07.1") == ["иә", ""]
    assert point("F07.1.2") == ["жоқ", "Факультеттің салтанатты киімі қара түсті."]
    assert point("F07.1.3") == ["", ""]
    assert point("F07.2.1") == ["иә", ""]  # the times say it
    assert point("F07.3.6") == ["иә", ""]  # the day on which the lectures were sent says it


def test_form_08_counts_what_the_course_has() -> None:
    lines = lines_of("08")
    assert squeezed("Аннотациясы бар: 20 ішінен 20") in lines  # 5 modules and 15 lectures
    assert squeezed("Аннотациясы бар: 15 ішінен 15") in lines
    assert squeezed("Көмекшиева Айым") in "".join(lines)
    assert squeezed("Үш сұраққа жауап берілді.") in lines


def test_form_09_says_who_what_and_where() -> None:
    lines = lines_of("09")
    for value in ("ATU MOOC", "қазақ тілі", "12.01.2027", "https://mooc.atu.kz/course/view.php?id=12", COURSE.title):
        assert squeezed(value) in lines
    assert lines_of("09", EMPTY).count(BLANK) == 8


def test_form_10_of_one_expert() -> None:
    lines = lines_of("10", part="r1")
    assert squeezed(EXPERTS[0]) in lines
    assert "23" in lines  # 7 × 3 + 2
    assert squeezed("қарауға және орналастыруға ұсынылады") in lines


def test_form_10_combines_by_the_lower_median_of_each_criterion() -> None:
    assert combined_scores(COURSE.reviews, 8) == (3,) * 8  # of 3, 3, 2 each time the middle one
    assert combined_scores(COURSE.reviews[:2], 8) == tuple(map(min, *SCORES[:2]))  # of two the lower one (X28)
    assert combined_scores((), 2) == (None, None)
    lines = lines_of("10")
    assert "24" in lines
    assert set(map(squeezed, EXPERTS)) <= set(lines)


@pytest.mark.parametrize(
    ("points", "open_technical", "expected"),
    [
        (24, False, Decision.RECOMMEND),
        (22, False, Decision.RECOMMEND),
        (22, True, Decision.REWORK),
        (21, False, Decision.REWORK),
        (19, True, Decision.REWORK),
        (18, False, Decision.REFUSE),
        (0, False, Decision.REFUSE),
    ],
)
def test_what_follows_from_the_sum(points: int, *, open_technical: bool, expected: Decision) -> None:
    assert decision(points, REGULATION, open_technical=open_technical) is expected


def test_form_10_says_of_an_open_technical_remark_what_the_window_says() -> None:
    remarks = (Remark(id="rm1", text="hum", technical=True),)
    flawed = COURSE.model_copy(update={"remarks": remarks})
    assert joint_outcome(flawed, REGULATION).decision is Decision.REWORK
    for part in ("", COURSE.reviews[0].id):  # the course's own remark counts for every sheet (decision 10)
        lines = lines_of("10", flawed, part)
        assert squeezed("пысықтау қажет") in lines
        assert squeezed("қарауға және орналастыруға ұсынылады") not in lines


def test_a_sheet_that_is_not_complete_has_no_sum() -> None:
    assert total((3, 3, None)) is None
    assert total(()) is None
    assert total((0, 0)) == 0


def marks(course: Course) -> list[list[str]]:
    document = build_form(course, REGULATION, "11", generated_on=ON, draft=False)
    table = next(block for block in document.blocks if isinstance(block, Table))
    return [[cell.lines[0][0].text for cell in row.cells[2:]] for row in table.rows[2:]]


def test_form_11_has_one_mark_a_criterion() -> None:
    full, partial, none = ["+", "", ""], ["", "+", ""], ["", "", "+"]
    assert marks(COURSE) == [full, full, full, full, partial, full, full, none]
    assert marks(EMPTY) == [["", "", ""]] * 8


@pytest.mark.parametrize("course", [COURSE, EMPTY], ids=["filled", "blank"])
def test_form_11_is_signed_by_head_authors_and_at_least_three_experts(course: Course) -> None:
    document = build_form(course, REGULATION, "11", generated_on=ON, draft=False)
    lines = [block for block in document.blocks if isinstance(block, SignatureLine)]
    assert len(lines) == 1 + max(1, len(course.authors)) + 3
    assert [line.stamp for line in lines] == [True] + [False] * (len(lines) - 1)


def test_documents_without_numbers_of_forms_have_their_day() -> None:
    for form in FORMS:
        assert build_form(EMPTY, REGULATION, form, generated_on=date(2027, 1, 2), draft=False).generated_on.year == 2027


def test_the_sample_course_needs_no_more_than_it_says() -> None:
    assert [len(form_files(sample_course(), form)) for form in ("03", "06", "07", "10")] == [15, 5, 1, 1]
