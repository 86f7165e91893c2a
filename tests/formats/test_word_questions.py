"""Word documents as lecturers write them."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.document import Document as DocumentType

from app.formats import word
from app.formats.files import read_file, write_file
from app.formats.lint import lint
from app.formats.names import QuestionFormat, detect
from app.formats.problems import ParsedQuestion
from app.model.regulation import Limit
from app.model.tasks import AnswerKind, Question

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")


def saved(document: DocumentType) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def paragraphs(*texts: str) -> bytes:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    return saved(document)


def shapes(data: bytes) -> list[tuple[str, tuple[str, ...], tuple[int, ...]]]:
    return [(read.stem, read.options, read.correct) for read in word.read(data).questions]


EXPECTED = [("Қайсысы?", ("бір", "екі", "үш"), (1,)), ("Ал бұл?", ("төрт", "бес"), (0,))]
LAYOUTS = {
    "star before the label": ("1. Қайсысы?", "A) бір", "*B) екі", "C) үш", "2. Ал бұл?", "*A) төрт", "B) бес"),
    "star after the label": ("1. Қайсысы?", "A) бір", "B) *екі", "C) үш", "2. Ал бұл?", "A) *төрт", "B) бес"),
    "plus before the label": ("1) Қайсысы?", "A. бір", "+B. екі", "C. үш", "2) Ал бұл?", "+A. төрт", "B. бес"),
    "Cyrillic labels": ("1. Қайсысы?", "А) бір", "*Б) екі", "В) үш", "2. Ал бұл?", "*А) төрт", "Б) бес"),
    "small letters": ("1. Қайсысы?", "a) бір", "*b) екі", "c) үш", "2. Ал бұл?", "*a) төрт", "b) бес"),
    "blank lines": ("1. Қайсысы?", "", "A) бір", "*B) екі", "C) үш", "", "2. Ал бұл?", "*A) төрт", "B) бес"),
    "no numbers": ("Қайсысы?", "A) бір", "*B) екі", "C) үш", "", "Ал бұл?", "*A) төрт", "B) бес"),
    "one line": ("1. Қайсысы? A) бір *B) екі C) үш", "2. Ал бұл?", "*A) төрт", "B) бес"),
    "two columns": ("1. Қайсысы?", "A) бір\t*B) екі", "C) үш", "2. Ал бұл?", "*A) төрт\tB) бес"),
    "soft breaks": ("1. Қайсысы?\nA) бір\n*B) екі\nC) үш", "2. Ал бұл?\n*A) төрт\nB) бес"),
    "Aiken": ("Қайсысы?", "A. бір", "B. екі", "C. үш", "ANSWER: B", "Ал бұл?", "A. төрт", "B. бес", "ANSWER: A"),
    "Platonus": ("<question>Қайсысы?", "<variant>бір", "<variantright>екі", "<variant>үш",
                 "<question>Ал бұл?", "<variantright>төрт", "<variant>бес"),
    "TAMOS": ("[q]3:1: Қайсысы?", "[a]бір", "[a][+]екі", "[a]үш", "[q]3:1: Ал бұл?", "[a][+]төрт", "[a]бес"),
    "MyTestX": ("# Қайсысы?", "- бір", "+ екі", "- үш", "# Ал бұл?", "+ төрт", "- бес"),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str) -> None:
    data = paragraphs(*LAYOUTS[name])
    assert detect(data) is QuestionFormat.WORD
    assert shapes(data) == EXPECTED
    assert word.read(data).problems == ()


def marked(mark: Callable[[object], None]) -> bytes:
    document = Document()
    document.add_paragraph("1. Қайсысы?").runs[0].bold = True
    for text in ("A) бір", "B) екі", "C) үш"):
        run = document.add_paragraph().add_run(text)
        if text.startswith("B"):
            mark(run.font)
    return saved(document)


@pytest.mark.parametrize("name", ["bold", "underline"])
def test_the_right_option_stands_out(name: str) -> None:
    assert shapes(marked(lambda font: setattr(font, name, True))) == [EXPECTED[0]]


def test_where_all_options_are_bold_none_is_right() -> None:
    document = Document()
    for text in ("1. Қайсысы?", "A) бір", "B) екі"):
        document.add_paragraph().add_run(text).bold = True
    assert shapes(saved(document)) == [("Қайсысы?", ("бір", "екі"), ())]
    assert "no_right_answer" in [problem.code for problem in lint(saved(document), FIVE).problems]


def test_lists_that_word_numbers_itself() -> None:
    document = Document()
    for style, texts in (("List Number", ("Қайсысы?",)), ("List Bullet", ())):
        for text in texts:
            document.add_paragraph(text, style=style)
    data = saved(document)
    content = io.BytesIO()
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="77"/></w:numPr>'
    body = "".join(
        f"<w:p><w:pPr>{numbered.format(level)}</w:pPr><w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}"
        f"<w:t>{text}</w:t></w:r></w:p>"
        for level, text, bold in ((0, "Қайсысы?", 0), (1, "бір", 0), (1, "екі", 1), (1, "үш", 0), (0, "Ал бұл?", 0),
                                  (1, "төрт", 1), (1, "бес", 0))
    )  # fmt: skip
    lists = (
        '<w:abstractNum w:abstractNumId="70"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="upperLetter"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="77"><w:abstractNumId w:val="70"/></w:num>'
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            if name not in ("word/document.xml", "word/numbering.xml"):
                new.writestr(name, old.read(name))
        new.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        new.writestr("word/numbering.xml", f"<w:numbering {space}>{lists}</w:numbering>")
    assert shapes(content.getvalue()) == EXPECTED


def table(*rows: tuple[str, ...], bold: str = "") -> bytes:
    document = Document()
    made = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            run = cell.paragraphs[0].add_run(text)
            run.bold = text == bold or None
    return saved(document)


def test_options_in_a_table_row() -> None:
    data = table(("1", "Қайсысы?", "бір", "екі", "үш"), bold="екі")
    assert shapes(data) == [EXPECTED[0]]


def test_labels_in_cells_of_their_own() -> None:
    data = table(
        ("1", "Қайсысы?"), ("A", "бір"), ("*B", "екі"), ("C", "үш"), ("2.", "Ал бұл?"), ("*A)", "төрт"), ("B)", "бес")
    )
    assert shapes(data) == EXPECTED


def test_labelled_options_in_one_row() -> None:
    data = table(("1. Қайсысы?",), ("A) бір", "*B) екі", "C) үш"))
    assert shapes(data) == [EXPECTED[0]]


def test_a_list_inside_a_stem_is_text() -> None:
    data = paragraphs("1. Дұрысын таңдаңыз:", "1) су", "2) от", "A) 1", "*B) 2")
    assert shapes(data) == [("Дұрысын таңдаңыз:\n1) су\n2) от", ("1", "2"), (1,))]


def test_initials_are_no_label() -> None:
    data = paragraphs("1. Кім ол?", "А. Байтұрсынұлы туралы", "A) ақын", "*B) ғалым")
    assert shapes(data) == [("Кім ол?\nА. Байтұрсынұлы туралы", ("ақын", "ғалым"), (1,))]


def test_raised_and_lowered_letters() -> None:
    document = Document()
    paragraph = document.add_paragraph("1. H")
    paragraph.add_run("2").font.subscript = True
    paragraph.add_run("O, x")
    paragraph.add_run("2").font.superscript = True
    document.add_paragraph("*A) су")
    document.add_paragraph("B) от")
    assert shapes(saved(document)) == [("H₂O, x²", ("су", "от"), (0,))]


def test_pictures_and_formulas_are_named() -> None:
    data = paragraphs("1. Суретте не?", "*A) су", "B) от")
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                math = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x=1</m:t></m:r></m:oMath>'
                part = part.replace(b"</w:r></w:p>", f"<w:drawing/></w:r>{math}</w:p>".encode(), 1)
            new.writestr(name, part)
    result = word.read(content.getvalue())
    assert [read.stem for read in result.questions] == ["Суретте не?x=1"]
    assert [(problem.code, problem.line) for problem in result.problems] == [
        ("formula_flattened", 1),
        ("picture_lost", 1),
    ]


def damaged(part: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as new:
        new.writestr("word/document.xml", part)
    return content.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        damaged(b""),
        damaged(b"<w:document>"),
        damaged(b'<!DOCTYPE a [<!ENTITY x "y">]><w:document/>'),
        paragraphs("1. ?")[:-100],
    ],
)
def test_damaged_documents(data: bytes) -> None:
    report = lint(data, FIVE, QuestionFormat.WORD)
    assert [problem.code for problem in report.problems] == ["word_broken", "no_questions"]
    assert report.encoding == "docx"


def test_what_we_write_can_be_opened_and_marks_the_right_option_twice() -> None:
    question = Question(id="q", stem="Қайсысы\tдұрыс?\nТаңдаңыз", options=("бір", "екі"), correct=(1,))
    data = write_file([question], QuestionFormat.WORD).data
    made = Document(io.BytesIO(data)).paragraphs
    assert [paragraph.text for paragraph in made] == ["1. Қайсысы\tдұрыс?", "Таңдаңыз", "A) бір", "*B) екі", ""]
    assert [bool(paragraph.runs[0].bold) for paragraph in made[:4]] == [False, False, False, True]


def test_more_than_ten_thousand_questions_keep_their_numbers() -> None:
    lines = [line for number in range(10_000, 10_003) for line in (f"{number}. С?", "*A) а", "B) б")]
    assert len(word.read(paragraphs(*lines)).questions) == 3


def only(data: bytes) -> ParsedQuestion:
    [question] = read_file(data).result.questions
    return question


def test_two_starred_options() -> None:
    assert only(paragraphs("1. ?а", "*A) а", "*B) б", "C) в")).kind is AnswerKind.CHOICE_MULTI
