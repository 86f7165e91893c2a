"""Formulas of questions in print: drawn on the line in PDF, with their LaTeX for those who cannot see them."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exporters.document import Cell, Document, Paragraph, Row, Run, Table
from app.exporters.forms import form_05, other_tests
from app.exporters.forms.formula_runs import formula_runs
from app.exporters.forms.question_papers import question_paper
from app.exporters.paper_variants import PaperPlan
from app.exporters.writers.pdf import write_pdf
from app.model.course import Course
from app.model.tasks import AnswerKind, Question
from app.model.texts import Lang
from tests.exporters.document_texts import ON, REGULATION, catalog, pdf_text, reader, squeezed
from tests.formats.test_formula_drawing import PARTS

QUESTION = Question(
    id="q",
    stem=r"Жылдамдық \(v=\frac{s}{t}\) болса, \(\unknown\) неге тең?",
    options=(r"\(x^2\)", r"\(\text{қысым}\)", "екі", "үш", r"\(v=\frac{s}{t}\)"),
    correct=(0,),
)
DRAWN = ["v=\\frac{s}{t}", "x^2", "\\text{қысым}", "v=\\frac{s}{t}"]


def document(*texts: str) -> Document:
    return Document("T", Lang.KK, ON, tuple(Paragraph(formula_runs(text)) for text in texts))


def alternative_texts(pdf: bytes) -> list[str]:
    """Return the alternative texts of the structure tree in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            walk(node.get("/K"))

    walk(catalog(pdf)["/StructTreeRoot"])
    return found


def test_runs_put_together_are_the_text() -> None:
    runs = formula_runs(QUESTION.stem, element="e", bold=True)
    assert "".join(run.text for run in runs) == QUESTION.stem
    assert [run.text for run in runs if run.formula] == [r"\(v=\frac{s}{t}\)", r"\(\unknown\)"]


def test_form_05_draws_its_formulas_and_keeps_what_it_cannot_draw() -> None:
    made = form_05.build(Course(test_bank=(QUESTION,)), REGULATION, generated_on=ON, draft=False)
    pdf = write_pdf(made)
    assert pdf == write_pdf(made)
    assert alternative_texts(pdf) == DRAWN
    text = pdf_text(pdf)
    assert squeezed(r"болса, \(\unknown\) неге тең?") in text
    assert r"\frac" not in text
    assert b"/Image" not in pdf or not any(page.images for page in reader(pdf).pages)  # outlines, no pixels


def test_papers_and_other_tests_draw_them_too() -> None:
    free = Question(id="f", kind=AnswerKind.SHORT_TEXT, stem=r"\(x^2\)?", answers=(r"\(y\)",))
    course = Course(test_bank=(QUESTION, free))
    paper = question_paper(course, REGULATION, PaperPlan(shuffled=False, other_kinds=True), generated_on=ON)
    assert alternative_texts(write_pdf(paper)) == [*DRAWN, "x^2"]
    others = other_tests.build(course, REGULATION, generated_on=ON, draft=False)
    assert alternative_texts(write_pdf(others)) == ["x^2", "y"]


def test_a_formula_wider_than_the_page_stays_text() -> None:
    long = "+".join(f"x_{{{n}}}" for n in range(60))
    pdf = write_pdf(document(rf"\({long}\)"))
    assert alternative_texts(pdf) == []
    assert squeezed(rf"\({long}\)") in pdf_text(pdf)


def test_in_a_table_a_formula_stays_text() -> None:
    made = Document("T", Lang.KK, ON, (Table((1.0,), (Row((Cell((formula_runs(r"\(x^2\)"),)),)),)),))
    assert r"\(x^2\)" in pdf_text(write_pdf(made))


def test_a_run_that_only_claims_to_be_a_formula_is_text() -> None:
    made = Document("T", Lang.KK, ON, (Paragraph((Run("x^2", formula=True),)),))
    assert "x^2" in pdf_text(write_pdf(made))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=10).map("".join), min_size=1, max_size=8))
def test_no_formula_makes_a_pdf_fail(formulas: list[str]) -> None:
    assert write_pdf(document(*(rf"а \({latex}\) ә" for latex in formulas))).startswith(b"%PDF")
