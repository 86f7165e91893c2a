"""Formulas as Word edits them (Office Math), built from MathML; children stand in the order of the schema.

What has no counterpart here is refused as a whole: half a formula says something else.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from app.formats.mathml import formula_mathml
from app.formats.tex import formula_of

FONT = "Cambria Math"

_NARY = frozenset("∑∏∐∫∬∭∮⋃⋂⨁⨂⋁⋀")
_RELATIONS = frozenset("=<>≤≥≠≈≡∼≅∝→⇒⇔∈,;")
"""What ends the operand of a sum or integral."""
_LIMITS = frozenset({"lim", "max", "min", "sup", "inf", "limsup", "liminf"})
_BELOW = frozenset({"msub", "munder"})
_ACCENTS = {"^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "˙": "\u0307", "¨": "\u0308", "→": "\u20d7"}
_ACCENTS |= {"´": "\u0301", "`": "\u0300", "ˇ": "\u030c", "˘": "\u0306"} | {c: c for c in "\u0302\u0303\u0307\u0308"}
_LINES = frozenset("―¯‾_\u0332\u0304\u0305")
_BRACES = {"⏞": "top", "⏟": "bot"}
_OPENING = frozenset("([{|‖⟨⌊⌈")
_STYLES = {"normal": "p", "bold": "b", "italic": "i", "bold-italic": "bi"}
_CAPITAL_GREEK = frozenset("ΓΔΘΛΞΠΣΥΦΨΩ")
"""Slanted by Word, upright in LaTeX."""
_ALIGNED = frozenset({"left", "right"})
_GROUPS = frozenset({"math", "mrow", "mstyle"})
_WIDE_SPACE_EM = 0.6

_Math = Any
"""An lxml element of Office Math; lxml comes without types."""


class _UnknownError(Exception):
    """The formula has a part that is not known here."""


def office_math(text: str) -> _Math | None:
    """Return the formula that a text is, with its marks, as ``m:oMath``; None where it has to stay text."""
    piece = formula_of(text)
    mathml = None if piece is None else formula_mathml(piece.text, own_line=piece.own_line)
    if mathml is None:
        return None
    try:
        return _el("oMath", *_one(mathml))
    except _UnknownError:
        return None


def _el(tag: str, *children: _Math, **attributes: str) -> _Math:
    element = OxmlElement(f"m:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"m:{name}"), value)
    element.extend(children)
    return element


def _one(element: Element) -> list[_Math]:
    if element.tag in _GROUPS:
        return _row(list(element))
    part = _PARTS.get(element.tag)
    if part is None:
        raise _UnknownError
    return part(element)


def _row(items: Sequence[Element]) -> list[_Math]:
    """Return what stands side by side: brackets take what is between them, sums what is behind them."""
    made: list[_Math] = []
    place = 0
    while place < len(items):
        end = _closing(items, place)
        if end is not None:
            made.append(_delimited(items[place], items[place + 1 : end], items[end] if end < len(items) else None))
            place = end + 1
            continue
        operand = _operand(items, place)
        if operand > place + 1:
            made.append(_with_operand(items[place], items[place + 1 : operand]))
            place = operand
            continue
        number = _decimal(items[place : place + 3])
        if number:
            made.append(_run(number))
            place += 3
            continue
        made += _one(items[place])
        place += 1
    return made


def _closing(items: Sequence[Element], place: int) -> int | None:
    """Return where the bracket closes that opens at a place and grows with what it holds; None where none does."""
    first = items[place]
    if first.tag != "mo":
        return None
    if first.get("form") == "prefix" and first.get("fence") == "true":
        depth = 0
        for index in range(place, len(items)):
            form = items[index].get("form")
            depth += (form == "prefix") - (form == "postfix")
            if depth == 0:
                return index
        return len(items) if place == 0 else None  # \right. closes with nothing
    grown = place + 2 < len(items) and items[place + 1].tag in ("mtable", "mfrac") and items[place + 2].tag == "mo"
    if not grown or first.text not in _OPENING or first.get("stretchy") == "false":
        return None
    return place + 2


def _delimited(opening: Element, inner: Sequence[Element], closing: Element | None) -> _Math:
    marks = {"begChr": opening.text or "", "endChr": "" if closing is None else closing.text or ""}
    properties = _el("dPr", *(_el(name, val=mark) for name, mark in marks.items()))
    return _el("d", properties, _el("e", *_row(inner)))


def _operand(items: Sequence[Element], place: int) -> int:
    """Return where the operand ends of a sum or integral at a place; the place itself where there is none."""
    element = items[place]
    base = element[0] if element.tag in _SCRIPTS and len(element) else element
    limit = element is not base and len(element) == 2 and element.tag in _BELOW and base.text in _LIMITS
    if base.tag not in ("mo", "mi") or not (base.text in _NARY or limit):
        return place
    end = place + 1
    while end < len(items) and not (items[end].tag == "mo" and (items[end].text or "") in _RELATIONS):
        end += 1
    return end


def _with_operand(element: Element, operand: Sequence[Element]) -> _Math:
    """Return a sum, an integral or a limit with what it is taken of."""
    if element.tag in _BELOW and element[0].text in _LIMITS:
        name = _el("limLow", _el("e", *_one(element[0])), _el("lim", *_one(element[1])))
        return _el("func", _el("fName", name), _el("e", *_row(operand)))
    limits = dict(zip(_SCRIPTS.get(element.tag, ()), element[1:] if len(element) else (), strict=False))
    base = element[0] if len(element) else element
    properties = _el("naryPr", _el("chr", val=base.text or ""))
    properties.append(_el("limLoc", val="undOvr" if element.tag.startswith("mu") else "subSup"))
    properties.extend(_el(f"{name}Hide", val="1") for name in ("sub", "sup") if name not in limits)
    sub, sup = (_el(name, *(_one(limits[name]) if name in limits else ())) for name in ("sub", "sup"))
    return _el("nary", properties, sub, sup, _el("e", *_row(operand)))


def _decimal(items: Sequence[Element]) -> str:
    """Return a number that LaTeX has in pieces, as in ``0{,}5``; empty where it is none."""
    if [item.tag for item in items] != ["mn", "mrow", "mn"] or len(items[1]) != 1 or items[1][0].text != ",":
        return ""
    return f"{items[0].text},{items[2].text}"


_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "msub": ("sub",), "msup": ("sup",), "msubsup": ("sub", "sup"),
    "munder": ("sub",), "mover": ("sup",), "munderover": ("sub", "sup"),
}  # fmt: skip
"""What stands at a base, in the order of MathML."""


def _run(text: str, *properties: _Math) -> _Math:
    look = OxmlElement("w:rPr")
    fonts = OxmlElement("w:rFonts")
    for name in ("ascii", "hAnsi"):
        fonts.set(qn(f"w:{name}"), FONT)
    look.append(fonts)
    content = _el("t")
    content.text = text
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run = _el("r", look, content)
    if properties:
        run.insert(0, _el("rPr", *properties))
    return run


def _token(element: Element) -> list[_Math]:
    text = element.text or ""
    if not text:
        return []
    upright = (text.isalpha() and len(text) > 1) or text in _CAPITAL_GREEK
    style = _STYLES.get(element.get("mathvariant", ""), "p" if upright else "")
    return [_run(text, _el("sty", val=style)) if style else _run(text)]


def _text(element: Element) -> list[_Math]:
    return [_run(element.text, _el("nor"))] if element.text else []


def _space(element: Element) -> list[_Math]:
    width = element.get("width", "")
    try:
        em = float(width.removesuffix("em"))
    except ValueError:
        return []  # a named space is a negative one; the program sets its own around operators
    return [_run("\u2003" if em > _WIDE_SPACE_EM else "\u2009")] if em > 0 else []


def _children(element: Element, count: int) -> list[Element]:
    if len(element) != count:
        raise _UnknownError
    return list(element)


def _fraction(element: Element) -> list[_Math]:
    top, bottom = _children(element, 2)
    bar = [] if element.get("linethickness") not in ("0", "0em", "0pt") else [_el("fPr", _el("type", val="noBar"))]
    return [_el("f", *bar, _el("num", *_one(top)), _el("den", *_one(bottom)))]


def _scripts(element: Element) -> list[_Math]:
    names = _SCRIPTS[element.tag]
    base, *scripts = _children(element, len(names) + 1)
    tag = {"msub": "sSub", "msup": "sSup", "msubsup": "sSubSup"}[element.tag]
    around = (_el(name, *_one(script)) for name, script in zip(names, scripts, strict=True))
    return [_el(tag, _el("e", *_one(base)), *around)]


def _root(element: Element) -> list[_Math]:
    if element.tag == "msqrt":
        properties = _el("radPr", _el("degHide", val="1"))
        return [_el("rad", properties, _el("deg"), _el("e", *_row(list(element))))]
    base, degree = _children(element, 2)
    return [_el("rad", _el("deg", *_one(degree)), _el("e", *_one(base)))]


def _over_or_under(element: Element) -> list[_Math]:
    base, limit = _children(element, 2)
    over = element.tag == "mover"
    mark = (limit.text or "") if limit.tag in ("mo", "mi") else ""
    e = _el("e", *_one(base))
    if mark in _LINES:
        return [_el("bar", _el("barPr", _el("pos", val="top" if over else "bot")), e)]
    if over and mark in _ACCENTS:
        return [_el("acc", _el("accPr", _el("chr", val=_ACCENTS[mark])), e)]
    if mark in _BRACES:
        position = _BRACES[mark]
        where = (_el("pos", val=position), _el("vertJc", val="bot" if position == "top" else "top"))
        return [_el("groupChr", _el("groupChrPr", _el("chr", val=mark), *where), e)]
    return [_el("limUpp" if over else "limLow", e, _el("lim", *_one(limit)))]


def _under_and_over(element: Element) -> list[_Math]:
    base, under, over = _children(element, 3)
    low = _el("limLow", _el("e", *_one(base)), _el("lim", *_one(under)))
    return [_el("limUpp", _el("e", low), _el("lim", *_one(over)))]


def _matrix(element: Element) -> list[_Math]:
    rows = [list(row) for row in element]
    if any(row.tag != "mtr" for row in element) or any(cell.tag != "mtd" for row in rows for cell in row):
        raise _UnknownError
    width = max(map(len, rows), default=0)
    if not width:
        raise _UnknownError
    first = max(rows, key=len)
    columns = [_column(cell.get("columnalign", "")) for cell in first]
    properties = _el("mPr", _el("plcHide", val="1"), _el("mcs", *columns))
    filled = ([*map(_cell, row), *(_el("e") for _ in range(width - len(row)))] for row in rows)
    return [_el("m", properties, *(_el("mr", *cells) for cells in filled))]


def _column(align: str) -> _Math:
    align = align if align in _ALIGNED else "center"
    return _el("mc", _el("mcPr", _el("count", val="1"), _el("mcJc", val=align)))


def _cell(cell: Element) -> _Math:
    return _el("e", *_row(list(cell)))


_PARTS: Mapping[str, Callable[[Element], list[_Math]]] = {
    "mi": _token, "mn": _token, "mo": _token, "mtext": _text, "mspace": _space, "mfrac": _fraction,
    "msub": _scripts, "msup": _scripts, "msubsup": _scripts, "msqrt": _root, "mroot": _root,
    "mover": _over_or_under, "munder": _over_or_under, "munderover": _under_and_over, "mtable": _matrix,
}  # fmt: skip
