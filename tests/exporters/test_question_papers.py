"""Question papers in variants, their keys, and the tests of other kinds."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters.document import Document, KeepTogether, PageBreak, Paragraph, Table
from app.exporters.forms import other_tests, write_document
from app.exporters.forms.question_papers import key_sheet, question_paper
from app.exporters.paper_variants import PaperPlan, make_papers
from app.formats.formula import evaluate, parse
from app.model.course import Course, CourseLanguage
from app.model.tasks import AnswerKind, Calculation, Question, Variable
from tests.exporters.document_texts import REGULATION, docx_text, pdf_text, squeezed

ON = date(2026, 11, 26)
ABOVE = "Жоғарыда аталғандардың барлығы"
OTHERS = (
    Question(
        id="multi", kind=AnswerKind.CHOICE_MULTI, stem="Екеуін таңда", options=("бір", "екі", "үш"), correct=(0, 2)
    ),
    Question(id="binary", kind=AnswerKind.BINARY, stem="Жер шар тәрізді", correct=(0,)),
    Question(id="short", kind=AnswerKind.SHORT_TEXT, stem="Астана қай қала?", answers=("Астана", "Нұр-Сұлтан")),
    Question(id="number", kind=AnswerKind.NUMBER, stem="π неге тең?", answers=("3.14±0.01",)),
    Question(
        id="match", kind=AnswerKind.MATCHING, stem="Сәйкестендір", options=("су", "тұз"), answers=("H2O", "NaCl", "O2")
    ),
    Question(id="free", kind=AnswerKind.FREE_FORM, stem="Пікірің қандай?"),
    Question(
        id="calc",
        kind=AnswerKind.NUMBER,
        stem="{a} м/с жылдамдықпен {t} с жүрген жол?",
        calculation=Calculation(
            variables=(
                Variable(id="v1", name="a", minimum=1.5, maximum=20, step=0.5),
                Variable(id="v2", name="t", minimum=2, maximum=60),
            ),
            formula="a * t",
            tolerance=0.05,
            decimals=1,
            unit="м",
        ),
    ),
)  # fmt: skip


def say(key: str) -> str:
    return key


def bank(count: int) -> list[Question]:
    return [
        Question(id=f"q{n}", stem=f"Сұрақ №{n}", options=tuple(f"{letter}{n}" for letter in "бвгдж"), correct=(n % 5,))
        for n in range(count)
    ]


def texts(document: Document) -> list[str]:
    found: list[str] = []
    for block in document.blocks:
        blocks = block.blocks if isinstance(block, KeepTogether) else (block,)
        found += ["".join(run.text for run in inner.runs) for inner in blocks if isinstance(inner, Paragraph)]
    return found


@given(st.integers(1, 6), st.integers(0, 12), st.integers(0, 99))
def test_every_variant_asks_the_same_and_its_keys_are_right(variants: int, questions: int, seed: int) -> None:
    questions_of = bank(9)
    papers = make_papers(questions_of, PaperPlan(variants, questions or None, seed), say)
    assert [paper.number for paper in papers] == list(range(1, variants + 1))
    right = {q.id: q.options[q.correct[0]] for q in questions_of}
    for paper in papers:
        assert len(paper.items) == min(questions or 9, 9)
        assert {i.question.id for i in paper.items} == {i.question.id for i in papers[0].items}
        for item in paper.items:
            assert item.question.options["ABCDE".index(item.key)] == right[item.question.id]
    assert papers == make_papers(questions_of, PaperPlan(variants, questions or None, seed), say)


def test_variants_differ_in_order_and_keys() -> None:
    papers = make_papers(bank(30), PaperPlan(variants=4), say)
    orders = {tuple(item.question.id for item in paper.items) for paper in papers}
    keys = {"".join(item.key for item in paper.items) for paper in papers}
    assert (len(orders), len(keys)) == (4, 4)
    by_question: dict[str, set[str]] = {}
    for paper in papers:
        for item in paper.items:
            by_question.setdefault(item.question.id, set()).add(item.key)
    assert Counter(len(found) > 1 for found in by_question.values())[True] >= 25


def test_in_order_nothing_moves() -> None:
    questions = bank(5)
    [paper] = make_papers(questions, PaperPlan(shuffled=False), say)
    assert [item.question for item in paper.items] == questions
    assert [item.key for item in paper.items] == ["A", "B", "C", "D", "E"]


def test_all_of_the_above_stays_last_and_named_letters_stay() -> None:
    above = Question(id="a", stem="?", options=("бір", ABOVE, "екі", "үш"), correct=(1,))
    named = Question(id="n", stem="?", options=("бір", "екі", "A және B"), correct=(2,))
    for paper in make_papers([above, named], PaperPlan(variants=8), say):
        items = {item.question.id: item for item in paper.items}
        assert (items["a"].question.options[-1], items["a"].key) == (ABOVE, "D")
        assert (items["n"].question, items["n"].key) == (named, "C")


def test_keys_of_other_kinds() -> None:
    [paper] = make_papers(OTHERS[:-1], PaperPlan(shuffled=False, other_kinds=True), say)
    keys = {item.question.id: item.key for item in paper.items}
    partners = next(item.partners for item in paper.items if item.question.id == "match")
    assert sorted(partners) == ["H2O", "NaCl", "O2"]
    assert keys == {
        "multi": "A, C",
        "binary": "yes",
        "short": "Астана / Нұр-Сұлтан",
        "number": "3,14 ± 0,01",
        "match": f"A–{partners.index('H2O') + 1}, B–{partners.index('NaCl') + 1}",
        "free": "by_hand",
    }


def test_parameterised_questions_get_values_and_answers_of_their_own() -> None:
    papers = make_papers(OTHERS[-1:], PaperPlan(variants=12, other_kinds=True), say)
    stems = [paper.items[0].stem for paper in papers]
    assert len(set(stems)) == 12
    for paper in papers:
        speed, _, rest = paper.items[0].stem.partition(" м/с жылдамдықпен ")
        values = {"a": float(speed.replace(",", ".")), "t": float(rest.partition(" с ")[0])}
        expected = evaluate(parse("a*t"), values)
        assert paper.items[0].key == f"{expected:.1f} ± 0.05".replace(".", ",") + " м"


def test_papers_have_no_keys_and_begin_on_new_pages() -> None:
    course = Course(title="Физика", test_bank=(*bank(4), *OTHERS), language=CourseLanguage.KK)
    document = question_paper(course, REGULATION, PaperPlan(variants=3, other_kinds=True), generated_on=ON)
    assert sum(isinstance(block, PageBreak) for block in document.blocks) == 2
    assert not any("ANSWER" in text or "Кілті" in text for text in texts(document))
    only_form_05 = question_paper(course, REGULATION, PaperPlan(), generated_on=ON)
    assert sum(isinstance(block, KeepTogether) for block in only_form_05.blocks) == 4


def test_the_key_sheet_has_a_row_for_each_question_and_a_column_for_each_variant() -> None:
    course = Course(title="Физика", test_bank=tuple(bank(4)))
    plan = PaperPlan(variants=8)
    tables = [b for b in key_sheet(course, REGULATION, plan, generated_on=ON).blocks if isinstance(b, Table)]
    assert [(len(table.rows), len(table.widths)) for table in tables] == [(5, 7), (5, 3)]
    printed = ["".join(run.text for line in cell.lines for run in line) for cell in tables[0].rows[1].cells]
    papers = make_papers(course.test_bank, plan, say)
    assert printed == ["1", *(paper.items[0].key for paper in papers[:6])]


@pytest.mark.parametrize("language", list(CourseLanguage))
def test_both_writers_take_papers_keys_and_other_tests(language: CourseLanguage) -> None:
    course = Course(title="Физика", test_bank=(*bank(2), *OTHERS), language=language)
    plan = PaperPlan(variants=2, other_kinds=True)
    documents = [
        question_paper(course, REGULATION, plan, generated_on=ON),
        key_sheet(course, REGULATION, plan, generated_on=ON),
        other_tests.build(course, REGULATION, generated_on=ON, draft=False),
    ]
    for document in documents:
        pdf, docx = pdf_text(write_document(document, "pdf")), docx_text(write_document(document, "docx"))
        for text in texts(document):
            assert squeezed(text) in squeezed(pdf)
            assert squeezed(text) in squeezed(docx)


def test_other_tests_hold_every_other_kind_once_and_none_of_form_05() -> None:
    course = Course(title="Физика", test_bank=(*bank(2), *OTHERS), language=CourseLanguage.RU)
    found = "\n".join(texts(other_tests.build(course, REGULATION, generated_on=ON, draft=False)))
    for question in OTHERS:
        assert found.count(question.stem) == 1
    assert "Сұрақ №0" not in found
    for key in (
        "Ключ: A, C",
        "Ключ: Истина",
        "Ключ: 3,14 ± 0,01",
        "Ключ: a * t м; допуск 0,05",
        "от 1,5 до 20, шаг 0,5",
    ):
        assert key in found
    assert [number for number in range(1, 8) if f"{number}. " in found] == list(range(1, 8))


def test_a_course_without_other_tests_gets_a_line_to_write_on() -> None:
    document = other_tests.build(Course(test_bank=tuple(bank(2))), REGULATION, generated_on=ON, draft=False)
    last = document.blocks[-1]
    assert isinstance(last, Paragraph)
    assert last.fill_line
