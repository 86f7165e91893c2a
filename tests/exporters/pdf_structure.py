"""What PDF/A-2a and PDF/UA-1 ask of a file, read with a second library: tags, marked content, fonts, links, metadata.

Clauses are those of ISO 14289-1 (UA) and ISO 19005-2 (A). Glyphs and colours are not looked at.
"""

from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, BooleanObject, ContentStream, DictionaryObject, IndirectObject

_PAINTING = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"EI"}
_CHILDREN = {
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TFoot": {"/TR"},
    "/TR": {"/TH", "/TD"},
    "/L": {"/LI", "/L", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
}


def faults(reader: PdfReader) -> list[str]:
    """Return what a file lacks, in words; empty where nothing."""
    root: Any = reader.trailer["/Root"]
    found = [*_catalogue(reader, root)]
    elements = list(_elements(root["/StructTreeRoot"]["/K"], "/Document"))
    found += _structure(elements)
    if any(str(element["/S"]) == "/H2" for element, _ in elements) and not reader.outline:
        found.append("no bookmarks")
    tagged = _marked_ids(elements)
    for number, page in enumerate(reader.pages, start=1):
        assert page.indirect_reference is not None
        numbers = tagged.get(page.indirect_reference.idnum, set())
        found += [f"page {number}: {fault}" for fault in _page(page, reader, numbers)]
    return found


def _catalogue(reader: PdfReader, root: Any) -> Iterator[str]:
    if reader.is_encrypted:
        yield "encrypted"  # A 6.1.3
    if not _is_true(root.get("/MarkInfo", {}).get("/Marked")):
        yield "not marked as tagged"  # UA 6.2
    if _is_true(root.get("/MarkInfo", {}).get("/Suspects")):
        yield "suspects"  # UA 7.1
    if not root.get("/Lang"):
        yield "no language"  # UA 7.2
    if not _is_true(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")):
        yield "the title is not displayed"  # UA 7.1
    if not any(intent["/S"] == "/GTS_PDFA1" for intent in root.get("/OutputIntents", [])):
        yield "no output intent"  # A 6.2.3
    if "/JavaScript" in root.get("/Names", {}) or "/AA" in root or "/OpenAction" in root:
        yield "actions"  # A 6.5
    xmp = root["/Metadata"].get_data().decode()
    for mark in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "<dc:title>"):
        if mark not in xmp:
            yield f"metadata without {mark}"  # A 6.6.4, UA 5, UA 7.1


def _is_true(value: object) -> bool:
    """pypdf's false is no false of Python."""
    return isinstance(value, BooleanObject) and value.value


def _elements(node: Any, parent: str) -> Iterator[tuple[Any, str]]:
    """Yield the structure elements, each with the kind of its parent, in reading order."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _elements(child, parent)
    elif isinstance(node, DictionaryObject) and "/S" in node:
        yield node, parent
        if "/K" in node:
            yield from _elements(node["/K"], str(node["/S"]))


def _structure(elements: list[tuple[Any, str]]) -> Iterator[str]:
    level = 0
    for element, parent in elements:
        kind = str(element["/S"])
        if kind not in _CHILDREN.get(parent, {kind}):
            yield f"{kind} in {parent}"  # ISO 32000-1, 14.8.4.3
        if kind == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "a picture without alternative text"  # UA 7.3
        if kind == "/TH" and not any("/Scope" in attributes for attributes in _attributes(element)):
            yield "a header cell without scope"  # UA 7.5
        if len(kind) == 3 and kind.startswith("/H") and kind[2].isdigit():
            if int(kind[2]) > level + 1:
                yield f"{kind} behind a heading of level {level}"  # UA 7.4.2
            level = int(kind[2])


def _attributes(element: Any) -> list[Any]:
    value = element.get("/A", [])
    value = value.get_object() if isinstance(value, IndirectObject) else value
    return [entry.get_object() for entry in value] if isinstance(value, ArrayObject) else [value]


def _marked_ids(elements: list[tuple[Any, str]]) -> dict[int, set[int]]:
    """Return the marked-content numbers that the structure names, by the number of the page's object."""
    out: dict[int, set[int]] = {}
    for element, _ in elements:
        content = element.get("/K", [])
        for child in content if isinstance(content, ArrayObject) else [content]:
            mark: Any = child.get_object() if isinstance(child, IndirectObject) else child
            if isinstance(mark, int):
                out.setdefault(element.raw_get("/Pg").idnum, set()).add(int(mark))
            elif isinstance(mark, DictionaryObject) and mark.get("/Type") == "/MCR":
                page: Any = (mark if "/Pg" in mark else element).raw_get("/Pg")
                number: Any = mark["/MCID"]
                out.setdefault(page.idnum, set()).add(int(number))
    return out


def _page(page: PageObject, reader: PdfReader, tagged: set[int]) -> Iterator[str]:
    if "/StructParents" not in page:
        yield "not in the structure's parent tree"
    annotations: Any = page.get("/Annots", [])
    if annotations and page.get("/Tabs") != "/S":
        yield "tab order is not that of the structure"  # UA 7.18.3
    for reference in annotations:
        link = reference.get_object()
        if not str(link.get("/Contents", "")).strip():
            yield "a link without a description"  # UA 7.18.5
        if "/StructParent" not in link:
            yield "a link outside the structure"  # UA 7.18.1
    yield from _content(page, reader, tagged)
    yield from _fonts(page)


def _content(page: PageObject, reader: PdfReader, tagged: set[int]) -> Iterator[str]:
    """Everything that is painted stands in marked content: a tag of the structure or an artifact (UA 7.1)."""
    contents = page.get_contents()
    assert contents is not None
    open_marks: list[Any] = []
    numbers: set[int] = set()
    for operands, operator in ContentStream(contents, reader).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if operator == b"BDC" else {}
            number = properties.get("/MCID") if isinstance(properties, DictionaryObject) else None
            open_marks.append(number)
            if number is not None:
                numbers.add(int(number))
        elif operator == b"EMC":
            open_marks.pop()
        elif operator in _PAINTING and not open_marks:
            yield f"{operator.decode()} outside marked content"
    if numbers != tagged:
        yield f"marked content and structure differ: {sorted(numbers ^ tagged)[:5]}"


def _fonts(page: PageObject) -> Iterator[str]:
    resources: Any = page["/Resources"]
    for font in resources.get("/Font", {}).values():
        font = font.get_object()
        if "/ToUnicode" not in font:
            yield "a font without a map to Unicode"  # A 6.2.11.7
        for face in font.get("/DescendantFonts", [font]):
            descriptor = face.get_object()["/FontDescriptor"]
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & descriptor.keys():
                yield "a font that is not embedded"  # A 6.2.11.4
