"""XML to a small tree, safely, with the lines of its elements where somebody asks for them.

A question file needs no entities of its own, so a file that declares one is refused before anything is expanded: no
bombs, no reading of other files. Nothing is ever fetched.

The parser hands each piece straight to the builder of the standard library, C to C: a bank has hundreds of thousands of
elements. Prefixes of names stay as the file has them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

_MAX_DEPTH = 200
_MAX_NODES = 3_000_000
_DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")
_NO_MARKUP = r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
"""What may hold the letters of a start tag and is none."""


def own_text(node: Element) -> str:
    """Return the character data of an element, without that of its children."""
    if not len(node):
        return node.text or ""
    return "".join([node.text or "", *(child.tail or "" for child in node)])


def inner(node: Element, *path: str) -> str:
    """Return the text at the end of a path of first children, empty where there is none."""
    found = child_at(node, *path)
    return "" if found is None else own_text(found)


def child_at(node: Element | None, *path: str) -> Element | None:
    """Return what stands at the end of a path of first children."""
    for tag in path:
        if node is None:
            return None
        node = node.find(tag)
    return node


def walk(node: Element, *tags: str) -> Iterator[Element]:
    """Yield the descendants of some names, in the order of the document."""
    descendants = node.iter()
    next(descendants)  # itself
    return (element for element in descendants if element.tag in tags)


class EntitiesRefusedError(Exception):
    """The file declares entities or is built to exhaust whoever reads it."""


@dataclass(frozen=True)
class Tree:
    """What could be read.

    Attributes:
        root: the root element with everything up to the fault; None where there is none.
        fault_line: line of the first fault in the XML, 0 for none.
        source: the XML.
    """

    root: Element | None
    fault_line: int = 0
    source: str = ""

    def line_of(self, node: Element) -> int:
        """Return the line of an element's start tag, from 1."""
        known = self._lines.get(node.tag)
        if known is None:
            known = self._lines[node.tag] = self._lines_of(node.tag)
        return known[node]

    @cached_property
    def _lines(self) -> dict[str, dict[Element, int]]:
        return {}

    def _lines_of(self, tag: str) -> dict[Element, int]:
        """Return the elements of a name with their lines: they stand in the tree in the order of their start tags."""
        assert self.root is not None, "who asks for the line of an element has one"
        return dict(zip(self.root.iter(tag), _start_lines(self.source, tag), strict=False))


def _start_lines(source: str, tag: str) -> Iterator[int]:
    line, counted = 1, 0
    for found in re.finditer(rf"<({re.escape(tag)})[\s/>]|{_NO_MARKUP}", source, re.DOTALL):
        if found[1] is not None:
            line += source.count("\n", counted, found.start())
            counted = found.start()
            yield line


def parse(text: str) -> Tree:
    """Read XML from text; what stands before a fault is kept.

    Raises:
        EntitiesRefusedError: see there.
    """
    source = _DECLARED.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
    if "\r" in source:  # as every reader of XML does (XML 1.0, 2.11), so that lines are counted as it counts them
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    if source.count("<") - source.count("</") > _MAX_NODES:
        raise EntitiesRefusedError
    builder = TreeBuilder()
    fault_line = _run(source, builder.start, builder.end, builder.data)
    opened = _opened_at_fault(source) if fault_line else 0
    if opened is None:
        return Tree(None, fault_line, source)
    root = builder.close()
    if _is_too_deep(root):
        raise EntitiesRefusedError
    if opened > 1:  # the incomplete child of the root is dropped
        del root[-1]
    return Tree(root, fault_line, source)


def _run(
    source: str,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    data: Callable[[str], object] | None,
) -> int:
    """Hand XML to its takers in turn and return the line of the first fault, 0 for none."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.EntityDeclHandler = _refuse
    parser.UnparsedEntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse_external
    try:
        parser.Parse(source, True)
    except expat.ExpatError as error:
        return max(1, error.lineno)
    finally:  # else parser and takers may keep each other
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
    return 0


def _opened_at_fault(source: str) -> int | None:
    """Return how many elements are open where the XML breaks, None where none ever was."""
    changes: list[int] = []
    _run(source, lambda _, __: changes.append(1), lambda _: changes.append(-1), None)
    return sum(changes) if changes else None


def _is_too_deep(root: Element) -> bool:
    """Tell whether elements lie deeper than who walks them by recursion could go."""
    level = [root]
    for _ in range(_MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def _refuse(*_: object) -> None:
    raise EntitiesRefusedError


def _refuse_external(*_: str | None) -> int:
    raise EntitiesRefusedError
