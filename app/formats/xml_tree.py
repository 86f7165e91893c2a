"""XML to a small tree with line numbers, safely.

A question file needs no entities of its own, so a file that declares one is refused before anything is expanded: no
bombs, no reading of other files. Nothing is ever fetched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

_MAX_DEPTH = 200
_MAX_NODES = 3_000_000
_DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")


class Node:
    """An element; a plain class, as a bank has hundreds of thousands of them.

    Attributes:
        line: line of its start tag, from 1.
        pieces: its own character data as it came, without that of its children.
    """

    __slots__ = ("attributes", "children", "line", "pieces", "tag")

    def __init__(self, tag: str, line: int, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.line = line
        self.attributes = attributes
        self.children: list[Node] = []
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        """Return its own character data."""
        pieces = self.pieces
        return pieces[0] if len(pieces) == 1 else "".join(pieces)

    def child(self, tag: str) -> "Node | None":
        """Return the first child of a name."""
        for child in self.children:
            if child.tag == tag:
                return child
        return None

    def all(self, tag: str) -> list["Node"]:
        """Return the children of a name."""
        return [child for child in self.children if child.tag == tag]

    def child_at(self, *path: str) -> "Node | None":
        """Return what stands at the end of a path of first children."""
        node: Node | None = self
        for tag in path:
            node = node.child(tag) if node else None
        return node

    def walk(self, *tags: str) -> Iterator["Node"]:
        """Yield the descendants of some names, in the order of the document."""
        for child in self.children:
            if child.tag in tags:
                yield child
            yield from child.walk(*tags)

    def inner(self, *path: str) -> str:
        """Return the text at the end of a path of first children, empty where there is none."""
        node = self
        for tag in path:
            for child in node.children:  # written out: a bank asks a million times
                if child.tag == tag:
                    node = child
                    break
            else:
                return ""
        return node.text


class EntitiesRefusedError(Exception):
    """The file declares entities or is built to exhaust whoever reads it."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What could be read.

    Attributes:
        root: the root element with everything up to the fault; None where there is none.
        fault_line: line of the first fault in the XML, 0 for none.
    """

    root: Node | None
    fault_line: int = 0


def parse(text: str) -> Tree:
    """Read XML from text; what stands before a fault is kept.

    Raises:
        EntitiesRefusedError: see there.
    """
    return _built(_DECLARED.sub(lambda found: "\n" * found[0].count("\n"), text, count=1))


def _built(text: str) -> Tree:
    """Return the tree; the handlers are called a million times for a bank, so they are closures, not methods."""
    document = Node("", 0, {})
    opened = [document]
    top = document
    count = 0
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal top, count
        count += 1
        if count > _MAX_NODES or len(opened) > _MAX_DEPTH:
            raise EntitiesRefusedError
        node = Node(tag, parser.CurrentLineNumber, attributes)
        top.children.append(node)
        opened.append(node)
        top = node

    def end(_: str) -> None:
        nonlocal top
        opened.pop()
        top = opened[-1]

    def data(text: str) -> None:
        top.pieces.append(text)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.EntityDeclHandler = _refuse
    parser.UnparsedEntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse_external
    fault_line = 0
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        fault_line = max(1, error.lineno)
        if len(opened) > 2:  # the incomplete child of the root is dropped
            opened[1].children.pop()
    finally:  # else parser and handlers would keep each other and the tree
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
    return Tree(document.children[0] if document.children else None, fault_line)


def _refuse(*_: object) -> None:
    raise EntitiesRefusedError


def _refuse_external(*_: str | None) -> int:
    raise EntitiesRefusedError
