"""Formulas of questions in print: drawn on the line in PDF, with their LaTeX for those who cannot see them."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.exporters.document import Align, Cell, Document, Paragraph, Row, Run, Table
from app.exporters.forms import form_05, other_tests
from app.exporters.forms.formula_runs import formula_paragraphs, formula_runs
from app.exporters.forms.question_papers import question_paper
from app.exporters.paper_variants import PaperPlan
from app.exporters.writers.docx import write_docx
from app.exporters.writers.docx_math import office_math
from app.exporters.writers.pdf import write_pdf
from app.formats.omml import to_latex
from app.formats.xml_tree import parse
from app.model.course import Course
from app.model.tasks import AnswerKind, Question
from app.model.texts import Lang
from tests.exporters.document_texts import ON, REGULATION, catalog, docx_part, docx_text, pdf_text, reader, squeezed
from tests.formats.test_formula_drawing import PARTS

QUESTION = Question(
    id="q",
    stem=r"Жылдамдық \(v=\frac{s}{t}\) болса, \(\unknown\) неге тең?",
    options=(r"\(x^2\)", r"\(\text{қысым}\)", "екі", "үш", r"\(v=\frac{s}{t}\)"),
    correct=(0,),
)
ORDER = {
    "r": ("rPr", "w:rPr", "t"),
    "f": ("fPr", "num", "den"),
    "sSub": ("sSubPr", "e", "sub"),
    "sSup": ("sSupPr", "e", "sup"),
    "sSubSup": ("sSubSupPr", "e", "sub", "sup"),
    "rad": ("radPr", "deg", "e"),
    "nary": ("naryPr", "sub", "sup", "e"),
    "d": ("dPr", "e"),
    "acc": ("accPr", "e"),
    "bar": ("barPr", "e"),
    "groupChr": ("groupChrPr", "e"),
    "limLow": ("limLowPr", "e", "lim"),
    "limUpp": ("limUppPr", "e", "lim"),
    "func": ("funcPr", "fName", "e"),
    "m": ("mPr", "mr"),
    "mr": ("e",),
    "naryPr": ("chr", "limLoc", "grow", "subHide", "supHide"),
    "dPr": ("begChr", "sepChr", "endChr"),
    "groupChrPr": ("chr", "pos", "vertJc"),
    "mPr": ("baseJc", "plcHide", "rSpRule", "cGpRule", "rSp", "cSp", "cGp", "mcs"),
    "mcPr": ("count", "mcJc"),
    "rPr": ("lit", "nor", "scr", "sty"),
    "radPr": ("degHide",),
    "fPr": ("type",),
}
"""Children of the elements of Office Math in the order of ECMA-376, part 1, section 22.1."""
REQUIRED = {
    "f": {"num", "den"}, "sSub": {"e", "sub"}, "sSup": {"e", "sup"}, "sSubSup": {"e", "sub", "sup"},
    "rad": {"deg", "e"}, "nary": {"sub", "sup", "e"}, "d": {"e"}, "acc": {"e"}, "bar": {"e"}, "groupChr": {"e"},
    "limLow": {"e", "lim"}, "limUpp": {"e", "lim"}, "func": {"fName", "e"}, "m": {"mr"}, "mr": {"e"},
}  # fmt: skip
M = qn("m:oMath").removesuffix("oMath")
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


def test_a_formula_of_a_line_of_its_own_stands_in_the_middle_below_its_words() -> None:
    text = r"Мына \(a\): \[ b \] $$c$$ неге тең?"
    found = [("".join(run.text for run in made.runs).strip(), made.align) for made in formula_paragraphs(text)]
    assert found == [
        (r"Мына \(a\):", Align.LEFT),
        (r"\[ b \]", Align.CENTRE),
        ("$$c$$", Align.CENTRE),
        ("неге тең?", Align.LEFT),
    ]


@given(st.text(alphabet="\\()[]$xа ", max_size=30))
def test_no_letter_is_lost_between_paragraphs(text: str) -> None:
    made = "".join(run.text for paragraph in formula_paragraphs(text) for run in paragraph.runs)
    assert squeezed(made) == squeezed(text)


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


def in_schema_order(root: Element) -> bool:
    """Tell whether all children of Office Math elements are known, whole and in the order of the standard."""
    for element in root.iter():
        if not str(element.tag).startswith(M):
            continue
        kind = element.tag.removeprefix(M)
        names = [child.tag.removeprefix(M).replace(qn("w:rPr"), "w:rPr") for child in element]
        if kind in ORDER and [ORDER[kind].index(name) for name in names] != sorted(map(ORDER[kind].index, names)):
            return False
        if not REQUIRED.get(kind, set()) <= set(names):
            return False
    return True


def formula_texts(docx: bytes) -> list[str]:
    formulas = docx_part(docx).iter(qn("m:oMath"))
    return ["".join(text.text or "" for text in formula.iter(qn("m:t"))) for formula in formulas]


def test_word_gets_formulas_that_it_can_edit_and_the_text_of_the_rest() -> None:
    made = form_05.build(Course(test_bank=(QUESTION,)), REGULATION, generated_on=ON, draft=False)
    docx = write_docx(made)
    assert docx == write_docx(made)
    assert formula_texts(docx) == ["v=st", "x2", "қысым", "v=st"]
    assert squeezed(r"болса, \(\unknown\) неге тең?") in docx_text(docx)
    assert r"\frac" not in docx_text(docx)


@pytest.mark.parametrize(
    ("latex", "read_back"),
    [
        (r"\frac{a}{b}", r"\frac{a}{b}"),
        (r"x_1^2", r"x_{1}^{2}"),
        (r"\sqrt{x}", r"\sqrt{x}"),
        (r"\sqrt[3]{x}", r"\sqrt[3]{x}"),
        (r"0{,}5", "0,5"),
        (r"\alpha+\Delta", r"\alpha +\Delta"),
        (r"\sum_{i=1}^{n} i^2", r"\sum_{i=1}^{n} i^{2}"),
        (r"\int_0^1 x = y", r"\int_{0}^{1} x=y"),
        (r"\vec{a}", r"\vec{a}"),
        (r"\overline{AB}", r"\overline{AB}"),
        (r"\left(\frac{a}{b}\right)", r"\left( \frac{a}{b} \right)"),
        (r"\binom{n}{k}", r"(\binom{n}{k})"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", r"\left( \begin{matrix}1 & 2 \\ 3 & 4\end{matrix} \right)"),
        (r"\lim_{x\to 0} x", r"\lim_{x\rightarrow 0} x"),
        (r"\text{қысым}", r"\text{қысым}"),
        (r"\sin x", r"\sin x"),
    ],
)
def test_our_reader_of_word_reads_the_formula_back(latex: str, read_back: str) -> None:
    [formula] = docx_part(write_docx(document(rf"\({latex}\)"))).iter(qn("m:oMath"))
    assert in_schema_order(formula)
    made = office_math(rf"\({latex}\)")
    root = parse(etree.tostring(made, encoding="unicode")).root
    assert root is not None
    assert (to_latex(root) or "").replace(" ", "") == read_back.replace(" ", "")


@pytest.mark.parametrize("latex", [r"\frac{", r"\unknown x", r"\cancel{x}", "&", ""])
def test_what_word_has_no_counterpart_for_stays_text(latex: str) -> None:
    docx = write_docx(document(rf"а \({latex}\) б"))
    assert formula_texts(docx) == []
    assert docx_text(docx) == squeezed(rf"а \({latex}\) б")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_every_formula_for_word_is_in_the_order_of_the_schema(latex: str) -> None:
    made = office_math(rf"\({latex}\)")
    assert made is None or in_schema_order(made)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=10).map("".join), min_size=1, max_size=8))
def test_no_formula_makes_a_docx_fail(formulas: list[str]) -> None:
    docx = write_docx(document(*(rf"а \({latex}\) ә" for latex in formulas)))
    assert in_schema_order(docx_part(docx))
