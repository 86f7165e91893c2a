"""Formulas of Word (Office Math) to LaTeX, as far as both can say the same."""

import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from app.formats.xml_tree import child_at, own_text


def _named(letters: str, names: str) -> dict[str, str]:
    return dict(zip(letters, names.split(), strict=True))


_SYMBOLS: Mapping[str, str] = MappingProxyType(
    _named(
        "αβγδεζηθικλμνξπρστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
        "omega",
    )
    | _named("ΓΔΘΛΞΠΣΥΦΨΩ", "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega")
    | _named(
        "×÷±∓·⋅≤≥≠≈≡∼∝∞→←↔⇒⇔∈∉⊂⊆⊃∪∩∅∀∃¬∧∨∂∇∠⊥∥°…⋯ℓℏ∘",
        "times div pm mp cdot cdot leq geq neq approx equiv sim propto infty rightarrow leftarrow leftrightarrow "
        "Rightarrow Leftrightarrow in notin subset subseteq supset cup cap emptyset forall exists neg wedge vee "
        "partial nabla angle perp parallel degree ldots cdots ell hbar circ",
    )
)
_NARY = {"∑": "sum", "∏": "prod", "∫": "int", "∬": "iint", "∭": "iiint", "∮": "oint", "⋃": "bigcup", "⋂": "bigcap"}
_ACCENTS = {
    "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "overline", "\u0307": "dot", "\u0308": "ddot",
    "\u20d7": "vec", "¯": "overline", "→": "vec",
}  # fmt: skip
_BRACKETS = {"": ".", "{": "\\{", "}": "\\}", "⟨": "\\langle", "⟩": "\\rangle", "‖": "\\|"}
_BRACKETS |= {"⌊": "\\lfloor", "⌋": "\\rfloor", "⌈": "\\lceil", "⌉": "\\rceil"} | {mark: mark for mark in "()[]|/"}
_FUNCTION_NAMES = (
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh ln log lg exp lim max min sup inf det dim gcd deg ker"
)
_FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
_ESCAPED = {mark: f"\\{mark}" for mark in "#$%&_{}"} | {"\\": "\\backslash ", "~": "\\sim ", "^": "\\hat{}"}
_ESCAPED |= {"−": "-", "∗": "*", "\u00a0": "\\ ", "′": "'", "″": "''"}
_NO_CONTENT = frozenset({"m:ctrlPr", "m:rPr", "w:rPr"})
_WRAPPERS = frozenset({"m:box", "m:e", "m:num", "m:den", "m:sub", "m:sup", "m:deg", "m:fName", "m:lim", "m:oMath"})
_GREEK_TWINS = str.maketrans("ϕϵϑϱςϖ∆", "φεθρσπΔ")


class _UnknownError(Exception):
    """The formula has a part that is not known here."""


def to_latex(formula: Element) -> str | None:
    """Return a formula (``m:oMath``) as LaTeX without delimiters, None where a part of it has no counterpart here."""
    try:
        return " ".join(_inner(formula).split())
    except _UnknownError:
        return None


def _inner(node: Element | None) -> str:
    return "" if node is None else "".join(map(_element, node))


def _element(node: Element) -> str:
    kind = node.tag
    if kind in _NO_CONTENT or (kind.startswith("m:") and kind.endswith("Pr")):
        return ""
    if kind == "m:r":
        return _run(node)
    if kind in _WRAPPERS or kind in ("w:ins", "m:borderBox"):
        return _inner(node.find("m:e") if kind in ("m:box", "m:borderBox") else node)
    parts = _PARTS.get(kind)
    if parts is None:
        raise _UnknownError
    return parts(node)


def _run(run: Element) -> str:
    text = "".join(own_text(piece) for piece in run.findall("m:t"))
    style = _value(run.find("m:rPr"), "m:sty")
    plain = style == "p" and len(text) > 1 and text.isalpha()
    if child_at(run, "m:rPr", "m:nor") is not None or (plain and text not in _FUNCTIONS and text.isascii()):
        return f"\\text{{{_escaped(text)}}}"
    return text_to_latex(text)


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(letter, letter) if letter != "\u00a0" else " " for letter in text)


def text_to_latex(text: str) -> str:
    """Return the characters of a formula as LaTeX: 𝑥 as x, α as its command, function names upright."""
    text = "".join(
        unicodedata.normalize("NFKC", letter) if 0x1D400 <= ord(letter) <= 0x1D7FF else letter for letter in text
    ).translate(_GREEK_TWINS)
    if text.strip() in _FUNCTIONS:
        return f"\\{text.strip()} "
    parts: list[str] = []
    for letter in text:
        if letter in _SYMBOLS:
            parts.append(f"\\{_SYMBOLS[letter]} ")
        elif letter in _NARY:
            parts.append(f"\\{_NARY[letter]} ")
        elif "\u0400" <= letter <= "\u052f":
            parts.append(f"\\text{{{letter}}}")
        else:
            parts.append(_ESCAPED.get(letter, letter))
    return "".join(parts).replace("}\\text{", "")


def _value(holder: Element | None, tag: str, default: str = "") -> str:
    node = None if holder is None else holder.find(tag)
    return default if node is None else node.get("m:val", "1")


def _braced(node: Element, tag: str) -> str:
    return f"{{{_inner(node.find(tag)).strip()}}}"


def _fraction(node: Element) -> str:
    kind = _value(node.find("m:fPr"), "m:type", "bar")
    if kind == "lin":
        return f"{_braced(node, 'm:num')}/{_braced(node, 'm:den')}"
    if kind == "noBar":
        return f"\\binom{_braced(node, 'm:num')}{_braced(node, 'm:den')}"
    return f"\\frac{_braced(node, 'm:num')}{_braced(node, 'm:den')}"


def _scripts(node: Element) -> str:
    sub = f"_{_braced(node, 'm:sub')}" if node.find("m:sub") is not None else ""
    sup = f"^{_braced(node, 'm:sup')}" if node.find("m:sup") is not None else ""
    base = _inner(node.find("m:e")).strip()
    if node.tag == "m:sPre":
        return f"{{}}{sub}{sup}{{{base}}}"
    return f"{base if len(base) == 1 else f'{{{base}}}'}{sub}{sup}"


def _root(node: Element) -> str:
    degree = _inner(node.find("m:deg")).strip()
    hidden = _value(node.find("m:radPr"), "m:degHide", "0") not in ("0", "off", "false")
    return f"\\sqrt{f'[{degree}]' if degree and not hidden else ''}{_braced(node, 'm:e')}"


def _nary(node: Element) -> str:
    name = _NARY.get(_value(node.find("m:naryPr"), "m:chr", "∫"))
    if name is None:
        raise _UnknownError
    sub, sup = _inner(node.find("m:sub")).strip(), _inner(node.find("m:sup")).strip()
    limits = (f"_{{{sub}}}" if sub else "") + (f"^{{{sup}}}" if sup else "")
    return f"\\{name}{limits} {_inner(node.find('m:e'))}"


def _delimited(node: Element) -> str:
    properties = node.find("m:dPr")
    left, right = _value(properties, "m:begChr", "("), _value(properties, "m:endChr", ")")
    if left not in _BRACKETS or right not in _BRACKETS:
        raise _UnknownError
    middle = _value(properties, "m:sepChr", "|")
    inner = f" {middle} ".join(_inner(part).strip() for part in node.findall("m:e"))
    tall = any(mark in inner for mark in ("\\frac", "\\sum", "\\int", "\\begin", "\\sqrt", "\\prod"))
    if not tall and left and right and left in "()[]|/" and right in "()[]|/":
        return f"{left}{inner}{right}"
    return f"\\left{_BRACKETS[left]} {inner} \\right{_BRACKETS[right]}"


def _function(node: Element) -> str:
    return f"{_inner(node.find('m:fName')).strip()} {_inner(node.find('m:e'))}"


def _accent(node: Element) -> str:
    name = _ACCENTS.get(_value(node.find("m:accPr"), "m:chr", "\u0302"))
    if name is None:
        raise _UnknownError
    return f"\\{name}{_braced(node, 'm:e')}"


def _bar(node: Element) -> str:
    line = "overline" if _value(node.find("m:barPr"), "m:pos", "bot") == "top" else "underline"
    return f"\\{line}{_braced(node, 'm:e')}"


def _limit(node: Element) -> str:
    base = _inner(node.find("m:e")).strip()
    mark = "_" if node.tag == "m:limLow" else "^"
    return f"{base}{mark}{_braced(node, 'm:lim')}"


def _rows(rows: Iterable[str]) -> str:
    return "\\begin{matrix}" + " \\\\ ".join(rows) + "\\end{matrix}"


def _matrix(node: Element) -> str:
    return _rows(" & ".join(_inner(cell).strip() for cell in row.findall("m:e")) for row in node.findall("m:mr"))


def _equations(node: Element) -> str:
    return _rows(_inner(row).strip().replace("\\&", "") for row in node.findall("m:e"))


_PARTS = {
    "m:f": _fraction, "m:sSup": _scripts, "m:sSub": _scripts, "m:sSubSup": _scripts, "m:sPre": _scripts,
    "m:rad": _root, "m:nary": _nary, "m:d": _delimited, "m:func": _function, "m:acc": _accent, "m:bar": _bar,
    "m:limLow": _limit, "m:limUpp": _limit, "m:m": _matrix, "m:eqArr": _equations,
}  # fmt: skip
