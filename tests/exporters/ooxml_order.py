"""The order of children that the schemas of ISO/IEC 29500-1 ask for, as far as we write them."""

import io
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

_WORD = {
    "body": "p* tbl* sectPr",
    "p": "pPr r* hyperlink* fldSimple*",
    "r": "rPr t* tab* drawing*",
    "hyperlink": "r*",
    "fldSimple": "r*",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr numPr pBdr tabs suppressAutoHyphens spacing ind jc"
    " outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs u lang",
    "tbl": "tblPr tblGrid tr*",
    "tr": "trPr tc*",
    "tc": "tcPr p*",
    "tblPr": "tblStyle tblW tblLayout tblLook",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW gridSpan vMerge vAlign",
}  # fmt: skip
"""By parent; ``*`` = as often as it comes, among its neighbours that have one too, in any order."""

_SLIDE = {
    f"{P}sp": "nvSpPr spPr style txBody",
    f"{P}pic": "nvPicPr blipFill spPr",
    f"{P}cSld": "bg spTree",
    f"{A}lvl1pPr": "spcBef buFont buNone buChar defRPr",
    f"{A}defRPr": "solidFill latin ea cs",
    f"{A}r": "rPr t",
    f"{P}txBody": "bodyPr lstStyle p*",
    f"{A}p": "pPr r* br* fld* endParaRPr",
}
"""CT_Shape, CT_Picture, CT_CommonSlideData, CT_TextParagraphProperties, CT_TextCharacterProperties, CT_RegularTextRun,
CT_TextBody, CT_TextParagraph."""


def word_faults(docx: bytes) -> tuple[list[str], set[str]]:
    """Return what stands in another order, and the parents that were seen."""
    return _faults(docx, {f"{W}{parent}": order for parent, order in _WORD.items()}, "word/document.xml")


def slide_faults(pptx: bytes) -> tuple[list[str], set[str]]:
    """Return the same of a presentation."""
    return _faults(pptx, _SLIDE, "ppt/slide")


def _faults(data: bytes, orders: dict[str, str], part: str) -> tuple[list[str], set[str]]:
    found: list[str] = []
    seen: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith(part) and name.endswith(".xml")]
        roots = [ElementTree.fromstring(archive.read(name)) for name in names]
    for element in (element for root in roots for element in root.iter()):
        order = orders.get(element.tag)
        if order is None:
            continue
        seen.add(element.tag.partition("}")[2])
        places = _places(order)
        known = [
            child for child in element if child.tag.startswith((W, P, A))
        ]  # formulas have a namespace of their own
        names = [child.tag.partition("}")[2] for child in known]
        strange = [name for name in names if name not in places]
        numbers = [places[name] for name in names if name in places]
        single = [name for name in names if f"{name}*" not in order.split()]
        if strange or numbers != sorted(numbers) or len(set(single)) != len(single):
            found.append(f"{element.tag.partition('}')[2]}: {' '.join(names)}")
    return found, seen


def _places(order: str) -> dict[str, int]:
    """Return the place of each child; neighbours that repeat share one."""
    places: dict[str, int] = {}
    place, repeats = 0, False
    for name in order.split():
        many = name.endswith("*")
        if not (many and repeats):
            place += 1
        places[name.rstrip("*")] = place
        repeats = many
    return places
