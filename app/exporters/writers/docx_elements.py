"""Pieces of the DOCX writer: the base file, elements of WordprocessingML, sizes of letters, an estimate of lines."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.shared import Pt

from app.exporters.document import Field, FlowBlock, ListBlock, SignatureLine
from app.paths import resources_dir

BASE_FILE = "base.docx"
FACULTY_FILE = "faculty.docx"
"""A faculty's own base: put beside ours it is used instead. It has the same styles, header, footer and margins."""

_LINE_CHARS = 70
_W = nsmap["w"]
_PREFIX = {"w": _W}

Element = Any
"""An lxml element; lxml comes without types."""


def base_path() -> Path:
    """Return the file with the styles: the faculty's where there is one."""
    folder = resources_dir() / "docx"
    own = folder / FACULTY_FILE
    return own if own.is_file() else folder / BASE_FILE


def el(tag: str, *children: Element, **attributes: str) -> Element:
    """Return an element of WordprocessingML; attributes without their prefix."""
    # The parser is asked itself: taking names apart took half the time of a document's thousands of elements.
    element = oxml_parser.makeelement(f"{{{_W}}}{tag}", nsmap=_PREFIX)
    for name, value in attributes.items():
        element.set(f"{{{_W}}}{name}", value)
    for child in children:
        element.append(child)
    return element


def set_size(elements: Sequence[Element], size_pt: float) -> None:
    """Give all letters inside the elements a size in points."""
    for run in (run for element in elements for run in element.iter(qn("w:r"), qn("m:r"))):
        properties = run.find(qn("w:rPr")) if run.tag == qn("m:r") else run.get_or_add_rPr()
        properties.sz_val = Pt(size_pt)


def line_count(block: FlowBlock) -> int:
    """Return about how many lines of text a block has."""
    match block:
        case Field():
            texts = [(*block.label, *block.value)]
        case ListBlock():
            texts = [item.runs for item in block.items]
        case SignatureLine():
            texts = [(*block.before, *block.after)]
        case _:
            texts = [block.runs]
    return sum(1 + sum(len(run.text) for run in runs) // _LINE_CHARS for runs in texts)
