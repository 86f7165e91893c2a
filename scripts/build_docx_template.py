"""Build resources/docx/base.docx, the styles on which the DOCX writer stands.

python-docx's own template is in American English, set in Calibri and names its maker; this one follows the practice of
office documents in Kazakhstan: A4, Times New Roman 12, 30 mm for binding on the left, as resources/look.toml says. Run
it after changing a style or that file: equal input gives equal bytes.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.exporters.look import TWIP_PER_MM, document_look
from app.exporters.writers.docx_package import packed
from app.paths import resources_dir

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

LOOK = document_look()
FONT = LOOK.docx_font
TEXT_WIDTH_TWIP = LOOK.text_width_twip
CENTRE_TWIP = TEXT_WIDTH_TWIP // 2
LEFT_TWIP, RIGHT_TWIP, TOP_TWIP, BOTTOM_TWIP = (
    round(mm * TWIP_PER_MM) for mm in (LOOK.left_mm, LOOK.right_mm, LOOK.top_mm, LOOK.bottom_mm)
)
BODY, CELL, SMALL = (round(size_pt * 2) for size_pt in (LOOK.body_pt, LOOK.cell_pt, LOOK.small_pt))  # half points

PARTS = {
    "styles": f"{WORD_TYPE}.styles+xml",
    "settings": f"{WORD_TYPE}.settings+xml",
    "numbering": f"{WORD_TYPE}.numbering+xml",
    "fontTable": f"{WORD_TYPE}.fontTable+xml",
    "header": f"{WORD_TYPE}.header+xml",
    "footer": f"{WORD_TYPE}.footer+xml",
}


def heading(level: int, half_points: int) -> str:
    """Return the style of a heading."""
    return f"""
<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/><w:basedOn w:val="Normal"/>
<w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>
<w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>
<w:rPr><w:b/><w:bCs/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>"""


def headings() -> str:
    """Return the styles of all levels."""
    return "".join(heading(level, round(size_pt * 2)) for level, size_pt in enumerate(LOOK.heading_pt, start=1))


def page_line(name: str, border: str) -> str:
    """Return the style of the header or footer: three places, a thin line towards the text."""
    return f"""
<w:style w:type="paragraph" w:styleId="{name.capitalize()}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>
<w:uiPriority w:val="99"/><w:pPr>
<w:pBdr><w:{border} w:val="single" w:sz="4" w:space="2" w:color="7F7F7F"/></w:pBdr>
<w:tabs><w:tab w:val="center" w:pos="{CENTRE_TWIP}"/><w:tab w:val="right" w:pos="{TEXT_WIDTH_TWIP}"/></w:tabs>
<w:spacing w:after="0"/></w:pPr><w:rPr><w:sz w:val="{SMALL}"/><w:szCs w:val="{SMALL}"/></w:rPr></w:style>"""


def styles() -> str:
    """Return the part with all styles."""
    return f"""{HEAD}<w:styles xmlns:w="{W}">
<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>
<w:sz w:val="{BODY}"/><w:szCs w:val="{BODY}"/>
<w:lang w:val="kk-KZ" w:eastAsia="kk-KZ" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr><w:suppressAutoHyphens/></w:pPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>
<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>
</w:tblPr></w:style>
{headings()}{page_line("header", "bottom")}{page_line("footer", "top")}
<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/><w:qFormat/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/><w:ind w:left="454" w:hanging="284"/></w:pPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="ListPrinted"><w:name w:val="List Printed Number"/>
<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:tabs><w:tab w:val="left" w:pos="681"/></w:tabs>
<w:spacing w:after="60"/><w:ind w:left="681" w:hanging="511"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="CellText"><w:name w:val="Cell Text"/>
<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>
</w:pPr><w:rPr><w:sz w:val="{CELL}"/><w:szCs w:val="{CELL}"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:uiPriority w:val="99"/>
<w:rPr><w:color w:val="{LOOK.link}"/><w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>
<w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>{borders()}</w:tblBorders></w:tblPr></w:style>
</w:styles>"""


def borders() -> str:
    """Return thin lines around and between all cells."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)


def document() -> str:
    """Return the body: empty, with page size, margins, header and footer."""
    return f"""{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:sectPr>
<w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>
<w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="{TOP_TWIP}" w:right="{RIGHT_TWIP}" w:bottom="{BOTTOM_TWIP}" w:left="{LEFT_TWIP}" w:header="567"
 w:footer="567" w:gutter="0"/>
</w:sectPr></w:body></w:document>"""


def settings() -> str:
    """Return the settings: words are divided where a paragraph allows it, layout of current Word."""
    return f"""{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>
<w:autoHyphenation/><w:doNotHyphenateCaps/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val="kk-KZ"/></w:settings>"""


def numbering() -> str:
    """Return the one list with bullets."""
    return f"""{HEAD}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">
<w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>
<w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="454" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def font_table() -> str:
    """Return the fonts used."""
    return f"""{HEAD}<w:fonts xmlns:w="{W}"><w:font w:name="{FONT}"><w:charset w:val="CC"/><w:family w:val="roman"/>
<w:pitch w:val="variable"/></w:font></w:fonts>"""


def content_types() -> str:
    """Return the types of all parts."""
    names = {name: "header1" if name == "header" else "footer1" if name == "footer" else name for name in PARTS}
    overrides = "".join(
        f'<Override PartName="/word/{names[name]}.xml" ContentType="{kind}"/>' for name, kind in PARTS.items()
    )
    return f"""{HEAD}<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}.document.main+xml"/>{overrides}
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
<Override PartName="/docProps/app.xml"
 ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>"""


def relationships(*targets: tuple[str, str]) -> str:
    """Return relationships rId1 … in the order given, of (type, target)."""
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def parts() -> dict[str, str]:
    """Return all parts of the package by name."""
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    )
    app = f'{HEAD}<Properties xmlns="{OFFICE}/extended-properties"><Application>MOOC Studio</Application></Properties>'
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(
            (f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        ),
        "docProps/app.xml": app,
        "docProps/core.xml": core,
        "word/_rels/document.xml.rels": relationships(
            (f"{R}/styles", "styles.xml"),
            (f"{R}/settings", "settings.xml"),
            (f"{R}/numbering", "numbering.xml"),
            (f"{R}/fontTable", "fontTable.xml"),
            (f"{R}/header", "header1.xml"),
            (f"{R}/footer", "footer1.xml"),
        ),
        "word/document.xml": document(),
        "word/styles.xml": styles(),
        "word/settings.xml": settings(),
        "word/numbering.xml": numbering(),
        "word/fontTable.xml": font_table(),
        "word/header1.xml": f'{HEAD}<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>',
        "word/footer1.xml": f'{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p></w:ftr>',
    }


def main() -> None:
    """Write the template."""
    path = resources_dir() / "docx" / "base.docx"
    path.write_bytes(packed({name: text.encode("utf-8") for name, text in parts().items()}))


if __name__ == "__main__":
    main()
