"""Word documents as lecturers write them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor

from app.exporters.forms import export_form
from app.formats import word
from app.formats.files import read_file, write_file
from app.formats.lint import lint
from app.formats.names import QuestionFormat, detect
from app.formats.pictures import ParsedPicture, contents
from app.formats.problems import ParsedQuestion
from app.model.regulation import Limit
from app.model.tasks import AnswerKind, Question
from app.model.views import form_05_questions
from app.sample import sample_course
from app.storage.regulation_file import load_regulation

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


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def with_xml(data: bytes, more: str) -> bytes:
    """Put XML behind the text of the first paragraph."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = part.replace(b"</w:r></w:p>", f"</w:r>{more}</w:p>".encode(), 1)
            new.writestr(name, part)
    return content.getvalue()


def formula(inner: str) -> str:
    return f'<m:oMath xmlns:m="{MATH}">{inner}</m:oMath>'


def letters(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def part(tag: str, inner: str) -> str:
    return f"<m:{tag}>{inner}</m:{tag}>"


FORMULAS = {
    "x=1": letters("𝑥=1"),
    r"\frac{a}{b+1}": part("f", part("num", letters("a")) + part("den", letters("b+1"))),
    r"x_{1}^{2}": part("sSubSup", part("e", letters("x")) + part("sub", letters("1")) + part("sup", letters("2"))),
    r"\sqrt[3]{8}": part("rad", part("deg", letters("3")) + part("e", letters("8"))),
    r"\sum_{i=1}^{n} i": part(
        "nary",
        '<m:naryPr><m:chr m:val="∑"/></m:naryPr>'
        + part("sub", letters("i=1")) + part("sup", letters("n")) + part("e", letters("i")),
    ),
    r"(a+b)": part("d", part("e", letters("a+b"))),
    r"\alpha \leq \text{масса}": letters("α≤масса"),
    r"\sin x": part("func", part("fName", letters("sin")) + part("e", letters("x"))),
    r"\begin{matrix}1 & 0 \\ 0 & 1\end{matrix}": part(
        "m", "".join(part("mr", part("e", letters(a)) + part("e", letters(b))) for a, b in ("10", "01"))
    ),
    r"50\% \& \{1\}": letters("50% &amp; {1}"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:path is deprecated:DeprecationWarning")  # of the library's own import
@pytest.mark.parametrize("latex", FORMULAS)
def test_formulas_become_latex_that_can_be_drawn(latex: str) -> None:
    from ziamath.zmath import Latex

    result = word.read(with_xml(paragraphs("1. Есептеңіз: ", "*A) су", "B) от"), formula(FORMULAS[latex])))
    assert [read.stem for read in result.questions] == [f"Есептеңіз: \\({latex}\\)"]
    assert result.problems == ()
    assert Latex(latex).svg().startswith("<svg")


def test_a_formula_that_latex_cannot_say_is_named() -> None:
    result = word.read(with_xml(paragraphs("1. Не?", "*A) су", "B) от"), formula(part("foo", letters("x=1")))))
    assert [read.stem for read in result.questions] == ["Не?x=1"]
    assert [(problem.code, problem.line) for problem in result.problems] == [("formula_flattened", 1)]


def png(width: int = 2, colour: bytes = b"\xff\x00\x00") -> bytes:
    """Return a picture of one row."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, 1, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" + colour * width)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_pictures_stay_with_their_stem_or_option() -> None:
    document = Document()
    document.add_paragraph("1. Суретте не?")
    document.add_picture(io.BytesIO(png()))
    for label, width in (("*A) ", 3), ("B) ", 4)):
        document.add_paragraph(label).add_run().add_picture(io.BytesIO(png(width)))
    document.add_paragraph("2. Ал мұнда ").add_run().add_picture(io.BytesIO(png(5)))
    document.paragraphs[-1].add_run(" не?")
    document.add_paragraph("*A) су")
    document.add_paragraph("B) от")
    result = word.read(saved(document))
    first, second = result.questions
    assert (first.stem, first.options, first.correct) == ("Суретте не?", ("", ""), (0,))
    assert [(p.option, p.data) for p in first.pictures] == [(None, png()), (0, png(3)), (1, png(4))]
    assert (second.stem, [p.data for p in second.pictures]) == ("Ал мұнда  не?", [png(5)])
    assert [(problem.code, problem.line) for problem in result.problems] == [("picture_moved", 5)]


def test_a_picture_that_is_not_there_is_named() -> None:
    result = word.read(with_xml(paragraphs("1. Суретте не?", "*A) су", "B) от"), "<w:r><w:drawing/></w:r>"))
    assert [(problem.code, problem.line, problem.question) for problem in result.problems] == [("picture_lost", 1, 1)]


def test_pictures_there_and_back() -> None:
    parsed = [ParsedPicture(png(), None, "сызба <1>"), ParsedPicture(png(9), 1), ParsedPicture(b"\x89PNG\r\n\x1a\n")]
    files = contents(parsed)
    pictures = tuple(picture.as_picture(f"p{n}") for n, picture in enumerate(parsed))
    question = Question(id="q", stem="Қайсысы?", options=("бір", ""), correct=(1,), pictures=pictures)
    written = write_file([question], QuestionFormat.WORD, files)
    assert (written.left_out, [p.code for p in written.notes]) == ((), ["picture_not_carried"])
    read = only(written.data)
    assert (read.stem, read.options, read.correct) == ("Қайсысы?", ("бір", ""), (1,))
    assert [(p.data, p.option, p.alt) for p in read.pictures] == [(png(), None, "сызба <1>"), (png(9), 1, "")]


def test_a_table_of_data_stays_readable() -> None:
    document = Document()
    document.add_paragraph("1. Кестеде не берілген?")
    table = document.add_table(rows=2, cols=3)
    for place, text in enumerate(("x", "1", "2", "y", "", "4")):
        table.cell(place // 3, place % 3).text = text
    for text in ("*A) функция", "B) теңдеу"):
        document.add_paragraph(text)
    result = word.read(saved(document))
    [read] = result.questions
    assert (read.stem, read.options) == ("Кестеде не берілген?\nx | 1 | 2\ny |  | 4", ("функция", "теңдеу"))
    assert [problem.code for problem in result.problems] == ["table_flattened"]


@pytest.mark.parametrize("look", ["bold", "underline", "highlight", "shade", "colour", "style"])
def test_the_right_option_by_its_look(look: str) -> None:
    document = Document()
    document.add_paragraph("1. Қайсысы?")
    for text in ("A) бір", "B) екі", "C) үш"):
        run = document.add_paragraph().add_run(text)
        if not text.startswith("B"):
            continue
        match look:
            case "bold":
                run.bold = True
            case "underline":
                run.underline = True
            case "highlight":
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            case "shade":
                run.element.get_or_add_rPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="FFFF00"/>'))
            case "colour":
                run.font.color.rgb = RGBColor(0xC0, 0, 0)
            case _:
                run.style = "Strong"
    assert only(saved(document)).correct == (1,)


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_what_is_typed_into_a_text_file_is_read_as_in_word(encoding: str) -> None:
    text = "1. Какая ткань?\r\nА) лён\r\n*Б) шёлк\r\nВ) шерсть\r\n\r\n2. Что это?\r\n*A) сыр\r\nB) хлеб\r\n"
    report = lint(text.encode(encoding), FIVE)
    assert [(read.line, read.stem, read.options, read.correct) for read in report.questions] == [
        (1, "Какая ткань?", ("лён", "шёлк", "шерсть"), (1,)),
        (6, "Что это?", ("сыр", "хлеб"), (0,)),
    ]
    assert report.format is QuestionFormat.WORD
    assert report.encoding.startswith(encoding.partition("-sig")[0])


def test_a_page_is_a4_and_marks_of_markup_and_tabs_are_letters() -> None:
    stem = 'a < b & c > d "e"\tf?'
    question = Question(id="q", stem=stem, options=("</w:t>", "<w:sectPr>", "&amp;"), correct=(0,))
    document = Document(io.BytesIO(write_file([question], QuestionFormat.WORD).data))
    page = document.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert [line.text for line in document.paragraphs] == [
        f"1. {stem}",
        "*A) </w:t>",
        "B) <w:sectPr>",
        "C) &amp;",
        "",
    ]


def test_more_than_ten_thousand_questions_keep_their_numbers() -> None:
    lines = [line for number in range(10_000, 10_003) for line in (f"{number}. С?", "*A) а", "B) б")]
    assert len(word.read(paragraphs(*lines)).questions) == 3


def only(data: bytes) -> ParsedQuestion:
    [question] = read_file(data).result.questions
    return question


def test_two_starred_options() -> None:
    assert only(paragraphs("1. ?а", "*A) а", "*B) б", "C) в")).kind is AnswerKind.CHOICE_MULTI


def left_out(data: bytes) -> list[tuple[str, int, object]]:
    return [(problem.code, problem.line, problem.params.get("text")) for problem in word.read(data).problems]


@pytest.mark.parametrize("draft", [True, False])
def test_our_own_form_05_is_read_back_whole(draft: bool) -> None:
    course, regulation = sample_course(), load_regulation()
    data = export_form(course, regulation, "05", "docx", generated_on=date(2026, 1, 5), draft=draft)
    written = form_05_questions(course)
    assert shapes(data) == [(question.stem, question.options, question.correct) for question in written]
    labels = regulation.forms["form_05"]
    last_line = 1 + sum(len(question.options) + 2 for question in written) + 1
    assert left_out(data) == [
        ("text_left_out", 1, labels.title),
        ("text_left_out", last_line, labels.labels["F05.4"]),
    ]
    assert lint(data, FIVE).clean


STYLED = {
    "Aiken": ("Aiken", "Ескерту: бір жауап"),
    "numbers": ("star before the label", ""),
    "no numbers": ("no numbers", "Ескерту: бір жауап"),
}


@pytest.mark.parametrize("style", ["Title", "Heading 1", "of a heading", "centred"])
@pytest.mark.parametrize("name", STYLED)
def test_headings_and_a_closing_note_are_told_not_read(name: str, style: str) -> None:
    layout, note = STYLED[name]
    document = Document()
    document.styles.add_style("of a heading", WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Heading 2"]
    title = document.add_paragraph("ТЕСТ", style=None if style == "centred" else style)
    if style == "centred":
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    texts = LAYOUTS[layout]
    for text in texts:
        if "Ал бұл?" in text:
            document.add_paragraph("Екінші бөлім", style="Heading 2")
        document.add_paragraph(text)
    expected = [("text_left_out", 1, "ТЕСТ")]
    second = next(place for place, text in enumerate(texts) if "Ал бұл?" in text)
    expected.append(("text_left_out", second + 2, "Екінші бөлім"))
    if note:
        document.add_paragraph("")
        document.add_paragraph(note)
        expected.append(("text_left_out", len(texts) + 4, note))
    assert shapes(saved(document)) == EXPECTED
    assert left_out(saved(document)) == expected


@pytest.mark.parametrize("titles", [("Экономика пәнінен тест",), ("ЭКОНОМИКА", "Тест сұрақтары, 1-модуль")])
@pytest.mark.parametrize("name", ["Aiken", "no numbers"])
@pytest.mark.parametrize("blank", [False, True])
def test_a_title_without_a_style_is_told_not_read(name: str, titles: tuple[str, ...], blank: bool) -> None:
    data = paragraphs(*titles, *[""] * blank, *LAYOUTS[name])
    assert shapes(data) == EXPECTED
    assert left_out(data) == [("text_left_out", number, title) for number, title in enumerate(titles, start=1)]


def test_a_title_above_a_blank_line_is_told() -> None:
    data = paragraphs("Нарық және баға", "", *LAYOUTS["no numbers"])
    assert (shapes(data), left_out(data)) == (EXPECTED, [("text_left_out", 1, "Нарық және баға")])


def test_a_bold_title_above_a_plain_stem_is_told() -> None:
    document = Document()
    document.add_paragraph().add_run("Нарық және баға").bold = True
    for text in LAYOUTS["no numbers"]:
        document.add_paragraph(text)
    assert (shapes(saved(document)), left_out(saved(document))) == (EXPECTED, [("text_left_out", 1, "Нарық және баға")])


@pytest.mark.parametrize(
    "first",
    [
        "Тест мәтінін оқыңыз:",  # it goes on below
        "Тест мәтінін мұқият оқып шығыңыз.",  # a sentence
        "Нарықта баға өсті, сұраныс азайды",  # no word of a title
        "Бұл тест пе?",
    ],
)
def test_the_first_line_of_a_stem_is_no_title(first: str) -> None:
    data = paragraphs(first, *LAYOUTS["no numbers"])
    stem, options, correct = EXPECTED[0]
    assert shapes(data) == [(f"{first}\n{stem}", options, correct), *EXPECTED[1:]]
    assert left_out(data) == []


def test_where_stems_have_several_lines_the_first_line_of_the_first_is_kept() -> None:
    lines = ["Тест әдісі", "Ол не?", "*A) бір", "B) екі", "", "Екінші сұрақ", "Ол не?", "*A) бір", "B) екі"]
    assert [stem for stem, _, _ in shapes(paragraphs(*lines))] == ["Тест әдісі\nОл не?", "Екінші сұрақ\nОл не?"]


@pytest.mark.parametrize("name", LAYOUTS)
def test_questions_in_the_style_of_a_heading_stay_questions(name: str) -> None:
    document = Document()
    for text in LAYOUTS[name]:
        document.add_paragraph(text, style="Heading 2" if "Қайсысы?" in text or "Ал бұл?" in text else None)
    assert (shapes(saved(document)), word.read(saved(document)).problems) == (EXPECTED, ())


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_document_in_the_centre_is_read_like_any_other(name: str) -> None:
    document = Document()
    for text in LAYOUTS[name]:
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
    assert (shapes(saved(document)), word.read(saved(document)).problems) == (EXPECTED, ())


def test_a_stem_that_has_begun_keeps_its_centred_and_styled_lines() -> None:
    document = Document()
    document.add_paragraph("1. Өрнекті қараңыз")
    document.add_paragraph("x + 1", style="Heading 3").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("Ол нешеге тең?", "*A) бір", "B) екі"):
        document.add_paragraph(text)
    assert (only(saved(document)).stem, left_out(saved(document))) == ("Өрнекті қараңыз\nx + 1\nОл нешеге тең?", [])


@pytest.mark.parametrize("stem", ["Үшіншісі қайсысы?", "3. Үшіншісі", "Үшіншісі:", "Үшіншісі – ___"])
def test_a_last_question_without_options_is_still_a_question(stem: str) -> None:
    data = paragraphs(*LAYOUTS["Aiken"], stem)
    assert shapes(data) == [*EXPECTED, (stem, (), ())]
    assert "too_few_options" in [problem.code for problem in word.read(data).problems]


def test_a_marked_question_without_options_is_still_a_question() -> None:
    assert shapes(paragraphs(*LAYOUTS["Platonus"], "<question>Үшіншісі")) == [*EXPECTED, ("Үшіншісі", (), ())]
