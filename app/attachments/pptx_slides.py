"""What is on the slides of a PPTX: sizes of text, contrast, pictures. Nothing is drawn; the file says it all.

A size or a colour that a slide does not give comes from its layout, then from its master. Text on a picture, a gradient
or a pattern has no known ground: its contrast stays unknown.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree
from pptx import Presentation
from pptx.opc.package import Part
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement as Node
from pptx.shapes.base import BaseShape
from pptx.shapes.group import GroupShape
from pptx.shapes.picture import Picture
from pptx.shapes.placeholder import PlaceholderPicture
from pptx.slide import Slide

from app.model.attachment import SlideFacts, SlidePicture

_USUAL_PT = 18.0
"""Size of text that nothing gives (ECMA-376, part 1, 21.1.2.3)."""
_HEIGHT_PT = 540.0
_EMU_OF_PT = 12_700
_TITLES = frozenset({"title", "ctrTitle"})
_BODIES = frozenset({"body", "subTitle", "obj"})
_HIDDEN_HOLDERS = frozenset({"sldNum", "dt", "ftr"})


def read_slides(path: Path) -> tuple[tuple[SlideFacts, ...], float | None]:
    """Return the slides in order and width by height; what python-pptx raises on a damaged file passes through."""
    deck = Presentation(str(path))
    width, height = deck.slide_width or 0, deck.slide_height or 0
    if not width or not height:
        return (), None
    scale = _HEIGHT_PT * _EMU_OF_PT / height
    return tuple(_slide(slide, width, scale) for slide in deck.slides), width / height


def _slide(slide: Slide, width: int, scale: float) -> SlideFacts:
    chars = 0
    sizes: list[float] = []
    contrasts: list[float] = []
    pictures: list[SlidePicture] = []
    ground = _slide_ground(slide)
    painted = list(_painted(slide))
    for shape in _shapes(slide.shapes):
        if isinstance(shape, Picture | PlaceholderPicture):
            pictures += _picture(shape, width)
        bare = None if any(_overlap(shape, each) for each in painted if each.element is not shape.element) else ground
        for body, own_ground in _bodies(shape, bare):
            for text, size_pt, colour in _runs(shape, body, slide):
                chars += len("".join(text.split()))
                sizes.append(size_pt * scale)
                if colour is not None and own_ground is not None:
                    contrasts.append(_contrast(colour, own_ground))
    return SlideFacts(
        chars=chars,
        smallest_pt=round(min(sizes), 1) if sizes else None,
        lowest_contrast=round(min(contrasts), 2) if contrasts else None,
        pictures=tuple(pictures),
    )


def _shapes(shapes: Iterable[BaseShape]) -> Iterator[BaseShape]:
    for shape in shapes:
        if isinstance(shape, GroupShape):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _painted(slide: Slide) -> Iterator[BaseShape]:
    """Yield the shapes that paint a ground of their own, those of layout and master too; text on them has no other."""
    layout = slide.slide_layout
    for source in (slide, layout, layout.slide_master):
        for shape in source.shapes:
            if source is not slide and shape.is_placeholder:
                continue
            properties = shape.element.find(qn("p:spPr"))
            fills = () if properties is None else properties
            kinds = {qn(f"a:{kind}") for kind in ("solidFill", "gradFill", "blipFill", "pattFill")}
            styled = shape.element.find(f"{qn('p:style')}/{qn('a:fillRef')}") is not None
            plain = properties is not None and properties.find(qn("a:noFill")) is not None
            if isinstance(shape, Picture | GroupShape) or any(n.tag in kinds for n in fills) or (styled and not plain):
                yield shape


def _overlap(one: BaseShape, other: BaseShape) -> bool:
    (left, top, right, bottom), (left_2, top_2, right_2, bottom_2) = _box(one), _box(other)
    return left < right_2 and left_2 < right and top < bottom_2 and top_2 < bottom


def _box(shape: BaseShape) -> tuple[int, int, int, int]:
    # A shape whose place nobody gives has None in all four.
    left, top = int(shape.left or 0), int(shape.top or 0)
    return left, top, left + int(shape.width or 0), top + int(shape.height or 0)


def _picture(shape: Picture | PlaceholderPicture, width: int) -> Iterator[SlidePicture]:
    try:
        image = shape.image
        yield SlidePicture(share=round(shape.width / width, 3), width_px=image.size[0], sha1=image.sha1)
    except (AttributeError, ValueError, KeyError, TypeError):
        return  # a drawing without pixels, or a picture that is linked and not there


def _bodies(shape: BaseShape, ground: str | None) -> Iterator[tuple[Node | None, str | None]]:
    """Yield the text bodies of a shape with the plain colour behind each; a table's cells have one each."""
    if shape.has_table:
        for body in shape.element.iter(qn("a:txBody")):
            yield body, None
    elif shape.has_text_frame:
        holder = _holder(shape)
        if holder is None or holder[0] not in _HIDDEN_HOLDERS:
            fill = shape.element.find(qn("p:spPr"))
            yield shape.element.find(qn("p:txBody")), _fill_colour(fill, ground, shape.part)


def _runs(shape: BaseShape, body: Node | None, slide: Slide) -> Iterator[tuple[str, float, str | None]]:
    if body is None:
        return
    fit = body.find(f"{qn('a:bodyPr')}/{qn('a:normAutofit')}")
    shrunk = int(fit.get("fontScale", "100000").rstrip("%")) / 100_000 if fit is not None else 1.0
    for paragraph in body.iter(qn("a:p")):
        level = _level(paragraph)
        for run in paragraph.iter(qn("a:r")):
            text = "".join(node.text or "" for node in run.iter(qn("a:t")))
            if not text.strip():
                continue
            given = run.find(qn("a:rPr"))
            chain = [given, _default(paragraph.find(qn("a:pPr"))), *_inherited(shape, body, slide, level)]
            size = next((int(node.get("sz")) / 100 for node in chain if node is not None and node.get("sz")), _USUAL_PT)
            colours = (_solid(node, slide.part) for node in chain if node is not None)
            yield text, size * shrunk, next((colour for colour in colours if colour), None)


def _level(paragraph: Node) -> int:
    properties = paragraph.find(qn("a:pPr"))
    return 1 + int(properties.get("lvl", "0")) if properties is not None else 1


def _default(node: Node | None) -> Node | None:
    return None if node is None else node.find(qn("a:defRPr"))


def _inherited(shape: BaseShape, body: Node, slide: Slide, level: int) -> Iterator[Node | None]:
    """Yield the run properties that a level of a shape takes over, the nearest first."""
    styles = [body.find(qn("a:lstStyle"))]
    holder = _holder(shape)
    layout, master = slide.slide_layout, slide.slide_layout.slide_master
    if holder is not None:
        for twin in (_twin(layout.shapes, holder, by_index=True), _twin(master.shapes, holder, by_index=False)):
            if twin is not None:
                styles.append(twin.element.find(f"{qn('p:txBody')}/{qn('a:lstStyle')}"))
    name = "otherStyle" if holder is None else "titleStyle" if holder[0] in _TITLES else "bodyStyle"
    styles.append(master.element.find(f"{qn('p:txStyles')}/{qn(f'p:{name}')}"))
    for style in styles:
        if style is not None:
            yield _default(style.find(qn(f"a:lvl{level}pPr")))


def _holder(shape: BaseShape) -> tuple[str, str] | None:
    node = next(iter(shape.element.iter(qn("p:ph"))), None)
    return None if node is None else (node.get("type", "body"), node.get("idx", "0"))


def _twin(shapes: Iterable[BaseShape], holder: tuple[str, str], *, by_index: bool) -> BaseShape | None:
    """Return the placeholder that a slide's one takes over from: of a layout by its index, of a master by its type."""
    kinds = _TITLES if holder[0] in _TITLES else _BODIES
    for shape in shapes:
        other = _holder(shape)
        if other is not None and (other[1] == holder[1] if by_index and holder[1] != "0" else other[0] in kinds):
            return shape
    return None


def _slide_ground(slide: Slide) -> str | None:
    """Return the plain colour of a slide's ground; None where it is none or a picture covers the whole slide."""
    for source in (slide, slide.slide_layout, slide.slide_layout.slide_master):
        node = source.element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
        if node is not None:
            properties = node.find(qn("p:bgPr"))
            reference = node.find(qn("p:bgRef"))
            if properties is not None:
                return _solid(properties, source.part)
            return None if reference is None else _colour(reference, source.part)
    return None


def _fill_colour(properties: Node | None, ground: str | None, part: Part) -> str | None:
    """Return the colour behind the text of a shape: its own plain fill, else the slide's ground."""
    if properties is None:
        return ground
    if any(properties.find(qn(f"a:{kind}")) is not None for kind in ("gradFill", "blipFill", "pattFill", "grpFill")):
        return None
    if properties.find(qn("a:solidFill")) is not None:
        return _solid(properties, part)
    return ground


def _solid(node: Node, part: Part) -> str | None:
    fill = node.find(qn("a:solidFill"))
    return None if fill is None else _colour(fill, part)


def _colour(node: Node, part: Part) -> str | None:
    """Return six hexadecimal digits of a plain colour; one that is changed (lighter, transparent) is unknown."""
    plain = node.find(qn("a:srgbClr"))
    scheme = node.find(qn("a:schemeClr"))
    chosen = plain if plain is not None else scheme
    if chosen is None or len(chosen):
        return None
    return str(chosen.get("val")) if plain is not None else _theme_colour(str(chosen.get("val")), part)


def _theme_colour(name: str, part: Part) -> str | None:
    master = getattr(part, "slide_master", None)
    if master is None:
        layout = getattr(part, "slide_layout", None)
        master = layout.slide_master if layout is not None else getattr(part, "slide", None)
    if master is None:
        return None
    mapping = master.element.find(qn("p:clrMap"))
    name = mapping.get(name, name) if mapping is not None else name
    theme = next((rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme")), None)
    if theme is None:
        return None
    root = etree.fromstring(theme.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    node = root.find(f".//{qn('a:clrScheme')}/{qn(f'a:{name}')}")
    if node is None or not len(node):
        return None
    found = node[0].get("val") if node[0].tag == qn("a:srgbClr") else node[0].get("lastClr")
    return str(found) if found else None


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
