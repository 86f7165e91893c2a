"""LaTeX of a formula to MathML, the one tree that the drawing and the formula of Word are made of."""

import unicodedata
from functools import lru_cache
from xml.etree import ElementTree

from app.formats.xml_tree import own_text, parse

MAX_CHARS = 1000
MAX_DEPTH = 40
MAX_EFFORT = 1500
"""Longer, deeper or dearer to draw than a formula of a question ever is: such a text stays a text."""

_MEASURED_TWICE = frozenset({"math", "mrow", "msqrt", "mtd", "mfenced", "mstyle", "mpadded", "mphantom", "menclose"})
"""What the drawing library lays out twice, first for the height of its brackets; nested, the time doubles each time."""


@lru_cache(maxsize=2000)
def formula_mathml(latex: str, *, own_line: bool = False) -> ElementTree.Element | None:
    """Return a formula as MathML without namespace, None where it cannot be read to the letter.

    Nobody may change the element: it is kept for the next who asks.

    Args:
        latex: the formula without its marks.
        own_line: it stands on a line of its own: large fractions, limits above and below.
    """
    if len(latex) > MAX_CHARS or any(
        unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs", "Cn") for letter in latex
    ):
        return None
    from ziamath.tex import tex2mml  # 0.8 s, paid by whoever needs a formula

    try:
        tree = parse(tex2mml(latex, inline=not own_line))
    except Exception:  # noqa: BLE001 - its parsers raise whatever they meet: KeyError, IndexError, ParseError …
        return None
    if tree.root is None or tree.fault_line:
        return None
    root = _element(tree.root)
    if not _is_drawable(root) or not _is_whole(root):
        return None
    return root


def _element(node: ElementTree.Element) -> ElementTree.Element:
    element = ElementTree.Element(node.tag, {name: value for name, value in node.attrib.items() if name != "xmlns"})
    element.text = own_text(node)
    element.extend(map(_element, node))
    return element


def _is_drawable(root: ElementTree.Element) -> bool:
    """Take out groups of one, then tell whether depth and effort stay within bounds.

    Without recursion: the tree of a hostile text is deeper than Python goes.
    """
    level, depth, effort = [(root, 1)], 0, 0
    while level and depth <= MAX_DEPTH and effort <= MAX_EFFORT:
        below: list[tuple[ElementTree.Element, int]] = []
        for element, times in level:
            for place, child in enumerate(element):
                element[place] = _without_groups(child)
            effort += times if not len(element) else 0
            inner = times * 2 if element.tag in _MEASURED_TWICE else times
            below += ((child, inner) for child in element)
        level, depth = below, depth + 1
    return not level


def _without_groups(element: ElementTree.Element) -> ElementTree.Element:
    """Return the only thing in a group; an operator stays in its group, where it has no space around it."""
    while element.tag == "mrow" and len(element) == 1 and element[0].tag != "mo":
        element = element[0]
    return element


def _is_whole(root: ElementTree.Element) -> bool:
    """Tell whether something is there to show and no command was left standing as text."""
    texts = [element.text or "" for element in root.iter()]
    return any(map(str.strip, texts)) and not any("\\" in text for text in texts)
