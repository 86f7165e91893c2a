"""The tree of an XML file: the lines of its elements, what stands before a fault, what is refused."""

from contextlib import suppress
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.xml_tree import EntitiesRefusedError, inner, own_text, parse

PIECES = st.sampled_from((
    "<b>", "</b>", "<b/>", "<b\n a='1'>", "<bc/>", "<a>", "</a>", "\n", "\r\n", "\r", "text", "&lt;b>", "<", "&", "ә",
    "<!-- <b> \n -->", "<![CDATA[<b>\n]]>", "<?x <b> \n?>", "<?xml <b>?>", "<!--", "]]>", "<w:b>", "</w:b>",
))  # fmt: skip
FILES = st.lists(PIECES, max_size=25).map(lambda pieces: f"<r>{''.join(pieces)}</r>")


def expected(text: str) -> list[tuple[str, int]]:
    """Return name and line of each element, as the parser counts them while it reads."""
    found: list[tuple[str, int]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, _: found.append((tag, parser.CurrentLineNumber))
    with suppress(expat.ExpatError):
        parser.Parse(text, True)
    parser.StartElementHandler = None
    return found


@given(FILES)
def test_lines_are_those_of_the_parser(text: str) -> None:
    tree = parse(text)
    assert tree.root is not None
    read = [(node.tag, tree.line_of(node)) for node in tree.root.iter()]
    known = expected(text)
    assert read == known[: len(read)]
    if not tree.fault_line:
        assert len(read) == len(known)


def test_lines_after_a_declaration_of_several_lines() -> None:
    tree = parse('<?xml version="1.0"\n encoding="windows-1251"?>\n<r>\r\r\n<b/></r>')
    assert tree.root is not None
    assert tree.line_of(tree.root) == 3
    assert tree.line_of(tree.root[0]) == 5


@pytest.mark.parametrize(
    ("text", "kept", "fault_line"),
    [
        ("<r><b>1</b><b>2</r>", ["1"], 1),
        ("<r><b>1</b>\n<b>2</b>\n</q>", ["1", "2"], 3),
        ("<r><b>1</b><b>2", ["1"], 1),
        ("<r>", [], 1),
    ],
)
def test_what_stands_before_a_fault_is_kept(text: str, kept: list[str], fault_line: int) -> None:
    tree = parse(text)
    assert tree.root is not None
    assert [node.text for node in tree.root] == kept
    assert tree.fault_line == fault_line


@pytest.mark.parametrize("text", ["", "   ", "text", "<", "<!-- <r/> -->"])
def test_what_is_no_xml_has_no_root(text: str) -> None:
    assert parse(text).root is None
    assert parse(text).fault_line == 1


def test_text_of_an_element_is_its_own() -> None:
    root = parse("<r><t>1<b>2</b>3<b/>4</t></r>").root
    assert root is not None
    assert own_text(root[0]) == "134"
    assert inner(root, "t", "b") == "2"
    assert inner(root, "t", "c") == ""


def test_depth_has_a_bound() -> None:
    assert parse("<a>" * 200 + "</a>" * 200).root is not None
    for depth in (201, 300_000):
        with pytest.raises(EntitiesRefusedError):
            parse("<a>" * depth + "</a>" * depth)


def test_number_of_elements_has_a_bound() -> None:
    with pytest.raises(EntitiesRefusedError):
        parse(f"<a>{'<b/>' * 3_000_000}</a>")


@pytest.mark.parametrize(
    "inside", ['<!ENTITY a "b">', '<!ENTITY % p "b">', '<!ENTITY a SYSTEM "file:///etc/passwd">', "<!ENTITY a ''>"]
)
def test_entities_are_refused_even_in_a_broken_file(inside: str) -> None:
    with pytest.raises(EntitiesRefusedError):
        parse(f"<!DOCTYPE r [{inside}]><r><b></r>")
