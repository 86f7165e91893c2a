"""A Common Cartridge 1.1 (.imscc): the course as the platform imports it, weeks as sections.

What goes into it is a tree of items; this module makes the manifest and the ZIP of it. Facts of the format and of the
importer that decide the shape: the namespace stands within the first 1,024 bytes; there is one organization with one
root item, whose children become the sections; an item with a resource has no children; a question bank is one resource
that no item names; ``authorizations`` would be refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import count
from pathlib import Path
from zipfile import ZipFile

from app.exporters.packages.markup import element, one_line, text_element
from app.exporters.packages.zip_file import write_entry, write_zip

NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
LOM_NAMESPACE = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
LINK_NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"
TOPIC_NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"
MANIFEST = "imsmanifest.xml"
_NO_TITLE = "–"


class ResourceType(StrEnum):
    """Kinds of resources that the platform's importer knows."""

    WEB_CONTENT = "webcontent"
    WEB_LINK = "imswl_xmlv1p1"
    TOPIC = "imsdt_xmlv1p1"
    ASSESSMENT = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
    QUESTION_BANK = "imsqti_xmlv1p2/imscc_xmlv1p1/question-bank"


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of the cartridge.

    Attributes:
        path: ASCII path inside.
        content: the file, or where it lies.
    """

    type: ResourceType
    path: str
    content: bytes | Path


@dataclass(frozen=True, slots=True)
class Item:
    """A place in the course's tree: a heading with items below it, or a title with its resource."""

    title: str
    resource: Resource | None = None
    items: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class Cartridge:
    """Everything that one cartridge holds.

    Attributes:
        sections: children of the root item, one a section of the platform.
        bank: the question bank, None where no question can be carried.
    """

    title: str
    lang: str
    description: str
    sections: tuple[Item, ...]
    bank: Resource | None = None

    def resources(self) -> Iterator[Resource]:
        """Yield every resource once, in the order of the tree, the bank last."""
        for section in self.sections:
            yield from _resources(section)
        if self.bank is not None:
            yield self.bank


def _resources(item: Item) -> Iterator[Resource]:
    if item.resource is not None:
        yield item.resource
    for child in item.items:
        yield from _resources(child)


def web_link(path: str, title: str, url: str) -> Resource:
    """Return a link to another site as a resource."""
    inner = text_element("title", one_line(title) or _NO_TITLE) + element(
        "url", attributes={"href": url, "target": "_blank"}
    )
    root = element("webLink", inner, {"xmlns": LINK_NAMESPACE})
    return Resource(ResourceType.WEB_LINK, path, _xml(root))


def topic(path: str, title: str, html: str) -> Resource:
    """Return a topic of a forum as a resource.

    Args:
        path: path inside the cartridge.
        title: its title.
        html: the prompt as HTML.
    """
    inner = text_element("title", one_line(title) or _NO_TITLE)
    inner += text_element("text", html, {"texttype": "text/html"})
    return Resource(ResourceType.TOPIC, path, _xml(element("topic", inner, {"xmlns": TOPIC_NAMESPACE})))


def write_cartridge(out_path: Path, cartridge: Cartridge) -> None:
    """Write the cartridge; equal ones give equal bytes.

    Raises:
        BundleError: ``bundle_not_written``, ``bundle_source_unreadable``.
    """
    write_zip(out_path, partial(_fill, cartridge=cartridge))


def _fill(archive: ZipFile, cartridge: Cartridge) -> None:
    write_entry(archive, MANIFEST, manifest(cartridge))
    for path, resource in _by_path(cartridge).items():
        write_entry(archive, path, resource.content)


def _by_path(cartridge: Cartridge) -> dict[str, Resource]:
    """Return the resources by path: two places of the tree may show one file."""
    return {resource.path: resource for resource in cartridge.resources()}


def manifest(cartridge: Cartridge) -> bytes:
    """Return ``imsmanifest.xml``."""
    idents = {path: f"R{number:04}" for number, path in enumerate(_by_path(cartridge), start=1)}
    root = element(
        "manifest",
        "\n".join(("", _metadata(cartridge), _organizations(cartridge, idents), _list(cartridge, idents), "")),
        {"xmlns": NAMESPACE, "xmlns:lom": LOM_NAMESPACE, "identifier": "COURSE"},
    )
    return _xml(root)


def _metadata(cartridge: Cartridge) -> str:
    def text(name: str, value: str) -> str:
        return element(f"lom:{name}", text_element("lom:string", value, {"language": cartridge.lang}))

    general = text("title", one_line(cartridge.title) or _NO_TITLE) + text_element("lom:language", cartridge.lang)
    if cartridge.description.strip():
        general += text("description", cartridge.description)
    lom = element("lom:lom", element("lom:general", general))
    schema = text_element("schema", "IMS Common Cartridge") + text_element("schemaversion", "1.1.0")
    return element("metadata", schema + lom)


def _organizations(cartridge: Cartridge, idents: dict[str, str]) -> str:
    numbers = count(1)

    def item(place: Item) -> str:
        attributes = {"identifier": f"I{next(numbers):04}"}
        if place.resource is not None:
            attributes["identifierref"] = idents[place.resource.path]
        inner = text_element("title", one_line(place.title) or _NO_TITLE)
        return "\n" + element("item", inner + "".join(map(item, place.items)), attributes)

    root = element("item", "".join(map(item, cartridge.sections)), {"identifier": "ROOT"})
    attributes = {"identifier": "ORGANIZATION", "structure": "rooted-hierarchy"}
    return element("organizations", element("organization", root, attributes))


def _list(cartridge: Cartridge, idents: dict[str, str]) -> str:
    entries = []
    for path, resource in _by_path(cartridge).items():
        attributes = {"identifier": idents[path], "type": resource.type.value}
        if resource.type is ResourceType.WEB_CONTENT:  # the other types must not have it
            attributes["href"] = path
        entries.append("\n" + element("resource", element("file", attributes={"href": path}), attributes))
    return element("resources", "".join(entries))


def _xml(root: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()
