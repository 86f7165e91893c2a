"""DOCX from a neutral document, on the styles of ``resources/docx/base.docx``.

The body is built of XML elements: python-docx's own ``add_paragraph`` and ``table.cell`` take seconds to minutes for a
test bank. Texts become text nodes, never markup.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time

import docx
from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from app.exporters.document import (
    Align,
    Block,
    Cell,
    Document,
    Field,
    Heading,
    Inlines,
    KeepTogether,
    ListBlock,
    PageBreak,
    PageField,
    PageLine,
    Paragraph,
    Picture,
    PictureFormat,
    Row,
    RowRole,
    Run,
    SignatureLine,
    Table,
    TitlePage,
    may_hyphenate,
)
from app.exporters.look import document_look
from app.exporters.sanitise import sanitise
from app.exporters.svg_raster import svg_as_png
from app.exporters.writers.docx_elements import Element, base_path, el, line_count, set_size
from app.exporters.writers.docx_math import office_math
from app.exporters.writers.docx_package import repacked
from app.model.texts import Lang

_LANGUAGE = {Lang.KK: "kk-KZ", Lang.RU: "ru-RU", Lang.EN: "en-GB"}
_JUSTIFICATION = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}
_LABEL_GAP_TWIP = 200
_STAMP_TWIP = 2150
_LINE_GAP_TWIP = 40
_GROUP_GAP_TWIP = 240
_PAGE_PT = 690
_LINE_PT = 19
_SVG_PPI = 300.0


def write_docx(document: Document) -> bytes:
    """Return the document as DOCX; equal documents give equal bytes. It holds the same text as the PDF."""
    clean = sanitise(document).document
    target = docx.Document(str(base_path()))
    _metadata(target, clean)
    writer = _Writer(target, clean.lang)
    section = target.sections[0]
    writer.page_line(section.header._element[0], clean.header)  # noqa: SLF001 - the part has no public way to its XML
    writer.page_line(section.footer._element[0], clean.footer)  # noqa: SLF001 - see above
    body = target.element.body
    elements = [element for block in clean.blocks for element in writer.block(block)]
    if not elements or elements[-1].tag != qn("w:p"):
        elements.append(writer.spacer())  # Word wants a paragraph behind a table
    for element in elements:
        body.insert(len(body) - 1, element)
    buffer = io.BytesIO()
    target.save(buffer)
    return repacked(buffer.getvalue())


def _metadata(target: DocxDocument, document: Document) -> None:
    core = target.core_properties
    midnight = datetime.combine(document.generated_on, time(), UTC)
    core.title = document.title
    core.author = core.last_modified_by = document.author
    core.subject = document.form_code
    core.keywords = document.regulation_code
    core.language = _LANGUAGE[document.lang]
    core.created = core.modified = midnight
    core.revision = 1
    language = _LANGUAGE[document.lang]
    for element in target.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
    for element in target.settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), language)


class _Writer:
    """Turns blocks into elements. Children of pPr, rPr, tcPr and trPr stand in the order of the schema."""

    def __init__(self, target: DocxDocument, lang: Lang) -> None:
        self.part = target.part
        self.lang = lang
        self.width_twip = document_look().text_width_twip
        self.page_break = False
        self.group = False
        self.keep_row = False
        self.links: dict[str, str] = {}

    # Text

    def run(self, run: Run, *, bold: bool = False) -> Element:
        formula = office_math(run.text) if run.formula else None
        return self.words(run, bold=bold) if formula is None else formula

    def words(self, run: Run, *, bold: bool) -> Element:
        properties = el("rPr")
        if run.link is not None:
            properties.append(el("rStyle", val="Hyperlink"))
        if run.bold or bold:
            properties.extend((el("b"), el("bCs")))
        if run.italic:
            properties.extend((el("i"), el("iCs")))
        if run.underline:
            properties.append(el("u", val="single"))
        if run.lang is not None and run.lang is not self.lang:
            properties.append(el("lang", val=_LANGUAGE[run.lang]))
        text = el("t")
        text.text = run.text
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        element = el("r", properties, text) if len(properties) else el("r", text)
        return element if run.link is None else self.linked(element, run.link)

    def linked(self, element: Element, url: str) -> Element:
        if url not in self.links:
            self.links[url] = self.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = el("hyperlink", element)
        link.set(qn("r:id"), self.links[url])
        return link

    def inlines(self, inlines: Inlines, *, bold: bool = False) -> Iterator[Element]:
        for item in inlines:
            if isinstance(item, PageField):
                field = el("fldSimple", self.run(Run("1")))
                field.set(qn("w:instr"), "PAGE" if item is PageField.PAGE else "NUMPAGES")
                yield field
            else:
                yield self.run(item, bold=bold)

    def page_line(self, paragraph: Element, line: PageLine) -> None:
        """Fill the paragraph of a header or footer; its style has tabs in the centre and on the right."""
        if not line.centre:  # a long text on the left would step over the tab in the centre
            paragraph.get_or_add_pPr().append(el("tabs", el("tab", val="clear", pos=str(self.width_twip // 2))))
        places = (line.left, line.centre, line.right) if line.centre else (line.left, line.right)
        for index, inlines in enumerate(places):
            if index:
                paragraph.append(el("r", el("tab")))
            paragraph.extend(self.inlines(inlines))

    def paragraph(
        self,
        children: Sequence[Element],
        *,
        style: str = "",
        align: Align = Align.LEFT,
        keep_next: bool = False,
        keep_lines: bool = False,
        line_to_right: bool = False,
        hyphenate: bool = False,
        before_twip: int | None = None,
        after_twip: int | None = None,
    ) -> Element:
        if self.group:
            after_twip = _LINE_GAP_TWIP if after_twip is None else after_twip
        properties = el("pPr")
        if style:
            properties.append(el("pStyle", val=style))
        if keep_next or self.group:
            properties.append(el("keepNext"))
        if keep_lines or self.group:
            properties.append(el("keepLines"))
        if self.page_break:
            properties.append(el("pageBreakBefore"))
            self.page_break = False
        if line_to_right:
            tab = el("tab", val="right", leader="underscore", pos=str(self.width_twip))
            properties.append(el("tabs", tab))
        if hyphenate:
            properties.append(el("suppressAutoHyphens", val="0"))
        spacing = {"before": before_twip, "after": after_twip}
        given = {name: str(value) for name, value in spacing.items() if value is not None}
        if given:
            properties.append(el("spacing", **given))
        if align is not Align.LEFT:
            properties.append(el("jc", val=_JUSTIFICATION[align]))
        return el("p", properties, *children) if len(properties) else el("p", *children)

    def spacer(self, *, keep_next: bool = False) -> Element:
        """Return an empty paragraph of hardly any height."""
        return self.paragraph((), style="CellText", keep_next=keep_next, before_twip=0, after_twip=0)

    # Blocks

    def block(self, block: Block) -> Iterator[Element]:
        match block:
            case Heading():
                yield self.heading(block)
            case Paragraph():
                yield self.text(block)
            case Field():
                yield self.text(self.as_paragraph(block))
            case ListBlock():
                yield from self.listing(block)
            case SignatureLine():
                yield self.signature(block)
            case Table():
                yield from self.table(block)
            case Picture():
                yield self.picture(block)
            case PageBreak():
                self.page_break = True
            case KeepTogether():
                yield from self.together(block)
            case TitlePage():
                yield from self.title_page(block)

    def heading(self, block: Heading) -> Element:
        return self.paragraph(tuple(self.inlines(block.runs)), style=f"Heading{block.level}", align=block.align)

    @staticmethod
    def as_paragraph(block: Field) -> Paragraph:
        runs = (*block.label, Run(" "), *block.value)
        return Paragraph(runs, block.align, block.keep_with_next, block.fill_line)

    def text(self, block: Paragraph) -> Element:
        children = list(self.inlines(block.runs))
        if block.fill_line:
            children.append(el("r", el("tab")))
        if block.size_pt is not None:
            set_size(children, block.size_pt)
        return self.paragraph(
            children,
            align=block.align,
            keep_next=block.keep_with_next,
            line_to_right=block.fill_line,
            hyphenate=block.align is Align.JUSTIFY and all(may_hyphenate(run, self.lang) for run in block.runs),
            before_twip=_LABEL_GAP_TWIP if block.keep_with_next else None,
        )

    def listing(self, block: ListBlock) -> Iterator[Element]:
        for item in block.items:
            children = list(self.inlines(item.runs))
            if block.numbered:
                children[:0] = [self.run(Run(item.number)), el("r", el("tab"))]
            yield self.paragraph(children, style="ListPrinted" if block.numbered else "ListBullet")

    def signature(self, block: SignatureLine) -> Element:
        line = (self.run(Run(block.blank)), el("r", el("tab")))
        return self.paragraph(
            (*self.inlines(block.before), *line, *self.inlines(block.after)),
            keep_lines=True,
            line_to_right=True,
            before_twip=_LABEL_GAP_TWIP * 2,
            after_twip=_STAMP_TWIP if block.stamp else None,
        )

    def picture(self, block: Picture) -> Element:
        return self.paragraph((self.drawing(block),), align=block.align)

    def drawing(self, picture: Picture) -> Element:
        data = (
            svg_as_png(picture.data, picture.width_mm, ppi=_SVG_PPI)
            if picture.format is PictureFormat.SVG
            else picture.data
        )
        inline = self.part.new_pic_inline(io.BytesIO(data), Mm(picture.width_mm))
        inline.docPr.set("descr", picture.alt)
        for side in ("distT", "distB", "distL", "distR"):  # without them some programs leave room around it
            inline.set(side, "0")
        return el("r", el("drawing", inline))

    def together(self, block: KeepTogether) -> Iterator[Element]:
        """Keep all paragraphs with the next but the last."""
        self.group = True
        elements = [element for inner in block.blocks for element in self.block(inner)]
        self.group = False
        if elements:
            last = elements[-1].pPr
            last.remove(last.find(qn("w:keepNext")))
            last.find(qn("w:spacing")).set(qn("w:after"), str(_GROUP_GAP_TWIP))
        yield from elements

    def title_page(self, block: TitlePage) -> Iterator[Element]:
        """Spread the groups over the page by space above them; Word has no stretching space, so it is estimated."""
        lines = sum(line_count(inner) for group in block.groups for inner in group)
        gap_pt = max(24, (_PAGE_PT - lines * _LINE_PT) // max(1, len(block.groups) - 1))
        for number, group in enumerate(block.groups):
            for index, inner in enumerate(group):
                for element in self.block(inner):
                    if number and not index:
                        element.get_or_add_pPr().get_or_add_spacing().set(qn("w:before"), str(gap_pt * 20))
                    yield element
        self.page_break = True

    # Tables

    def table(self, block: Table) -> Iterator[Element]:
        if self.page_break:
            yield self.spacer()
        total = sum(block.widths)
        widths = [round(self.width_twip * width / total) for width in block.widths]
        properties = el(
            "tblPr",
            el("tblStyle", val="TableGrid" if block.framed else "TableNormal"),
            el("tblW", w=str(sum(widths)), type="dxa"),
            el("tblLayout", type="fixed"),
            el("tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="1"),
        )
        table = el("tbl", properties, el("tblGrid", *(el("gridCol", w=str(width)) for width in widths)))
        rows = list(block.grid())
        for index, (row, cells) in enumerate(rows):
            followed = index < len(rows) - 1 and (block.whole or _reaches_down(cells, rows[index + 1][1]))
            self.keep_row = followed or block.keep_with_next
            table.append(self.row(row, cells, widths))
        self.keep_row = False
        if block.size_pt is not None:
            set_size((table,), block.size_pt)
        yield table
        # two tables without a paragraph between them become one in Word
        yield self.spacer(keep_next=block.keep_with_next)

    def row(self, row: Row, cells: Sequence[tuple[int, Cell, bool]], widths: Sequence[int]) -> Element:
        properties = el("trPr", el("cantSplit"))
        if row.role is RowRole.HEADER:
            properties.append(el("tblHeader"))
        bold = row.role is not RowRole.BODY
        return el(
            "tr",
            properties,
            *(
                self.cell(cell, sum(widths[column : column + cell.colspan]), begins=begins, bold=bold)
                for column, cell, begins in cells
            ),
        )

    def cell(self, cell: Cell, width: int, *, begins: bool, bold: bool) -> Element:
        properties = el("tcPr", el("tcW", w=str(width), type="dxa"))
        if cell.colspan > 1:
            properties.append(el("gridSpan", val=str(cell.colspan)))
        if cell.rowspan > 1:
            properties.append(el("vMerge", val="restart" if begins else "continue"))
            properties.append(el("vAlign", val="center"))
        lines = cell.lines if begins else ()
        paragraphs = [
            self.paragraph(
                tuple(self.inlines(line, bold=bold)),
                style="CellText",
                align=cell.align,
                keep_next=bold or self.keep_row,
            )
            for line in lines or ((),)
        ]
        if begins and cell.picture is not None:
            paragraphs.append(self.paragraph((self.drawing(cell.picture),), style="CellText", align=cell.align))
        return el("tc", properties, *paragraphs)


def _reaches_down(cells: Sequence[tuple[int, Cell, bool]], below: Sequence[tuple[int, Cell, bool]]) -> bool:
    """Tell whether a cell of a row also covers the row below: its text is the label of both."""
    return any(not begins for _, _, begins in below) and any(cell.rowspan > 1 for _, cell, _ in cells)
