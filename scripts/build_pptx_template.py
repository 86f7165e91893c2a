"""Build resources/pptx/base.pptx, the layouts of form 04 on which the PPTX writer stands.

Nine slides of the form become seven layouts of 16:9; what the form asks the author to write is the prompt of a
placeholder, so it shows while one edits and never on the finished slide. Colours, font and sizes stand in
resources/look.toml. Run it after changing one of them or a label: equal input gives equal bytes.
"""

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.exporters.deck import SlideKind, Slot
from app.exporters.writers.docx_package import packed
from app.paths import resources_dir
from app.storage.regulation_file import load_regulation

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
TYPE = "application/vnd.openxmlformats-officedocument.presentationml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}"'

WIDTH_EMU, HEIGHT_EMU = 12192000, 6858000  # 16:9, 338.7 mm by 190.5 mm
EMU_PER_MM = 36000
NUMBER_IDX = 12
PROCESS_STEPS = 5
NO_PROMPT = " "  # long prompts of pictures run out of their field in LibreOffice; they stand with the text

LOOK: dict[str, Any] = tomllib.loads((resources_dir() / "look.toml").read_text("utf-8"))["presentation"]
LABELS = load_regulation()


@dataclass(frozen=True)
class Box:
    """A place on the slide in millimetres."""

    x: float
    y: float
    w: float
    h: float

    def xfrm(self, tag: str = "a:xfrm") -> str:
        """Return it as a transform."""
        x, y, w, h = (round(value * EMU_PER_MM) for value in (self.x, self.y, self.w, self.h))
        return f'<{tag}><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></{tag}>'


@dataclass(frozen=True)
class Style:
    """How the text of a placeholder looks."""

    size_pt: float
    colour: str = "tx1"
    bold: bool = False
    align: str = "l"
    anchor: str = "t"
    bullet: bool = False


def label(key: str) -> str:
    """Return a prompt of the form."""
    return LABELS.label("form_04", key)


def prompt(*keys: str) -> str:
    """Return prompts of the form as one text."""
    return " ".join(label(key) for key in keys)


def text_style(style: Style) -> str:
    """Return the list style of a placeholder: its first level."""
    bullet = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if style.bullet else "<a:buNone/>"
    indent = 'marL="285750" indent="-285750"' if style.bullet else 'marL="0" indent="0"'
    bold = ' b="1"' if style.bold else ' b="0"'
    return (
        f'<a:lstStyle><a:lvl1pPr {indent} algn="{style.align}">{bullet}'
        f'<a:defRPr sz="{round(style.size_pt * 100)}"{bold}><a:solidFill><a:schemeClr val="{style.colour}"/>'
        '</a:solidFill><a:latin typeface="+mn-lt"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl1pPr></a:lstStyle>'
    )


class Shapes:
    """The shapes of one layout with their running numbers."""

    def __init__(self) -> None:
        self.xml: list[str] = []

    def _number(self) -> int:
        return len(self.xml) + 2

    def band(self, name: str, box: Box, colour: str) -> None:
        """Add a filled rectangle, a mere ornament."""
        self.xml.append(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self._number()}" name={quoteattr(name)}/><p:cNvSpPr/>'
            f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{box.xfrm()}'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
            f'<a:schemeClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/>'
            '<a:lstStyle/><a:p><a:endParaRPr lang="ru-RU"/></a:p></p:txBody></p:sp>'
        )

    def place(self, name: str, kind: str, idx: int | None, box: Box, style: Style, text: str) -> None:
        """Add a placeholder with its prompt."""
        number = "" if idx is None else f' idx="{idx}"'
        own = f' type="{kind}"{number} hasCustomPrompt="1"'
        fill = '<a:solidFill><a:schemeClr val="bg2"/></a:solidFill>' if kind == "pic" else ""
        self.xml.append(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self._number()}" name={quoteattr(name)}/><p:cNvSpPr>'
            f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph{own}/></p:nvPr></p:nvSpPr><p:spPr>{box.xfrm()}{fill}'
            f'</p:spPr><p:txBody><a:bodyPr lIns="0" rIns="0" anchor="{style.anchor}"><a:normAutofit/></a:bodyPr>'
            f'{text_style(style)}<a:p><a:r><a:rPr lang="ru-RU"/><a:t>{escape(text)}</a:t></a:r></a:p></p:txBody></p:sp>'
        )

    def number(self) -> None:
        """Add the number of the slide."""
        self.xml.append(number_shape(self._number()))


def number_shape(shape_id: int) -> str:
    """Return the placeholder that shows the number of the slide."""
    style = text_style(Style(LOOK["number_pt"], "tx2", align="r", anchor="ctr"))
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{shape_id}" name="Slide number"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="sldNum" sz="quarter" idx="{NUMBER_IDX}"/></p:nvPr></p:nvSpPr><p:spPr>'
        f'{Box(298, 177, 25, 8).xfrm()}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        f'<a:bodyPr rIns="0" anchor="ctr"/>{style}<a:p><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}"'
        ' type="slidenum"><a:rPr lang="ru-RU"/><a:t>‹#›</a:t></a:fld></a:p></p:txBody></p:sp>'
    )


TITLE = Style(LOOK["title_pt"], "accent1", bold=True, anchor="ctr")
BODY = Style(LOOK["body_pt"], bullet=True)
PLAIN = Style(LOOK["body_pt"])
CAPTION = Style(LOOK["caption_pt"], align="ctr")
PICTURE = Style(LOOK["caption_pt"], "tx2", align="ctr", anchor="ctr")
TITLE_BOX = Box(16, 10, 306.7, 25)


def headed(title: str) -> Shapes:
    """Return the shapes that all slides but the first have: title, line below it, number."""
    shapes = Shapes()
    shapes.band("Band", Box(0, 0, 4, 190.5), "accent1")
    shapes.band("Line", Box(16, 37, 40, 1.2), "accent2")
    shapes.place("Title", "title", None, TITLE_BOX, TITLE, title)
    shapes.number()
    return shapes


def title_slide() -> Shapes:
    """Slide 1: who teaches what, and where."""
    shapes = Shapes()
    shapes.band("Band", Box(0, 0, 338.7, 34), "accent1")
    shapes.band("Line", Box(0, 34, 338.7, 1.6), "accent2")
    white = Style(20, "bg1", bold=True, anchor="ctr")
    shapes.place("University", "body", Slot.UNIVERSITY, Box(16, 5, 235, 24), white, label("F04.1a"))
    site = Style(16, "bg1", align="r", anchor="ctr")
    shapes.place("Site", "body", Slot.SITE, Box(255, 5, 67.7, 24), site, label("F04.1b"))
    unit = Style(18, "tx2")
    shapes.place("Faculty", "body", Slot.FACULTY, Box(16, 41, 306.7, 9), unit, label("F04.1c"))
    shapes.place("Department", "body", Slot.DEPARTMENT, Box(16, 50, 306.7, 9), unit, label("F04.1d"))
    course = Style(28, "accent1", bold=True, anchor="ctr")
    shapes.place("Title", "title", None, Box(16, 62, 224, 42), course, label("F04.1e"))
    shapes.place("Lecture", "body", Slot.LECTURE, Box(16, 106, 224, 26), Style(22, anchor="ctr"), lecture_prompt())
    shapes.place("Author", "body", Slot.AUTHORS, Box(16, 138, 224, 30), Style(18), label("F04.1g"))
    shapes.place("E-mail", "body", Slot.EMAIL, Box(16, 169, 224, 11), Style(16, "tx2"), label("F04.1h"))
    shapes.place("Photo", "pic", Slot.PHOTO, Box(252, 66, 70.7, 94), PICTURE, label("F04.1f"))
    return shapes


def lecture_prompt() -> str:
    """Return the line with number and topic of the lecture, in the words of form 03 (F01.20b)."""
    return f"{LABELS.label('form_03', 'F03.2')} __ {LABELS.label('form_03', 'F03.3')} ______"


def contents() -> Shapes:
    """Slide 2: the questions of the lecture."""
    shapes = headed(label("F04.2a"))
    text = "</a:t></a:r></a:p><a:p><a:r><a:t>".join(escape(label(f"F04.2b.{number}")) for number in (1, 2, 3))
    shapes.place("Questions", "body", Slot.BODY, Box(16, 46, 306.7, 124), PLAIN, "\0")
    shapes.xml[-1] = shapes.xml[-1].replace("\0", text)
    return shapes


def text_and_picture(*, picture_first: bool) -> Shapes:
    """Slides 3 and 4: text beside a picture."""
    key = "F04.4" if picture_first else "F04.3"
    shapes = headed(label(key))
    left, right = Box(16, 46, 148, 124), Box(174.7, 46, 148, 124)
    words = prompt("F04.4.prompt.1", "F04.4.prompt.2") if picture_first else prompt("F04.3.prompt.1", "F04.3.prompt.2")
    shapes.place("Text", "body", Slot.BODY, right if picture_first else left, BODY, words)
    shapes.place("Picture", "pic", Slot.PICTURE, left if picture_first else right, PICTURE, NO_PROMPT)
    return shapes


def process() -> Shapes:
    """Slide 7: a process in five steps."""
    shapes = headed(label("F04.7"))
    shapes.place("Text", "body", Slot.BODY, Box(16, 42, 306.7, 24), PLAIN, label("F04.7.prompt"))
    gap, width = 6.0, (306.7 - 4 * 6.0) / PROCESS_STEPS
    for step in range(PROCESS_STEPS):
        x = 16 + step * (width + gap)
        shapes.place(f"Picture {step + 1}", "pic", Slot.STEP_PICTURE + step, Box(x, 72, width, 62), PICTURE, NO_PROMPT)
        caption = label("F04.7.caption")
        shapes.place(f"Caption {step + 1}", "body", Slot.STEP_CAPTION + step, Box(x, 138, width, 32), CAPTION, caption)
    return shapes


def picture() -> Shapes:
    """Slide 8: a large picture with a few words."""
    shapes = headed(label("F04.8"))
    shapes.place("Picture", "pic", Slot.PICTURE, Box(16, 46, 190, 124), PICTURE, NO_PROMPT)
    shapes.place("Text", "body", Slot.BODY, Box(216, 46, 106.7, 124), BODY, label("F04.8.prompt"))
    return shapes


def summary() -> Shapes:
    """Slide 9: three points that sum up the topic."""
    shapes = headed(label("F04.9a"))
    shapes.place(
        "Text", "body", Slot.BODY, Box(16, 42, 306.7, 20), Style(LOOK["caption_pt"], "tx2"), label("F04.9a.prompt")
    )
    for number, (slot, key) in enumerate(((Slot.LEARNED, "F04.9b"), (Slot.SKILLS, "F04.9c"), (Slot.NEXT, "F04.9d"))):
        y = 66 + number * 36
        shapes.band(f"Mark {number + 1}", Box(16, y, 1.6, 30), "accent2")
        style = Style(LOOK["body_pt"] - 4, anchor="ctr")
        shapes.place(f"Point {number + 1}", "body", slot, Box(22, y, 300.7, 30), style, label(key))
    return shapes


LAYOUTS = {
    SlideKind.TITLE: title_slide,
    SlideKind.CONTENTS: contents,
    SlideKind.TEXT_AND_PICTURE: lambda: text_and_picture(picture_first=False),
    SlideKind.PICTURE_AND_TEXT: lambda: text_and_picture(picture_first=True),
    SlideKind.PROCESS: process,
    SlideKind.PICTURE: picture,
    SlideKind.SUMMARY: summary,
}


def tree(shapes: str) -> str:
    """Return the tree of shapes of a layout or master."""
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        f"{shapes}</p:spTree>"
    )


def layout(kind: SlideKind) -> str:
    """Return the part of one layout."""
    shapes = "".join(LAYOUTS[kind]().xml)
    return (
        f'{HEAD}<p:sldLayout {NAMESPACES} preserve="1" userDrawn="1"><p:cSld name={quoteattr(kind.value)}>'
        f"{tree(shapes)}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def master() -> str:
    """Return the master: styles of all texts, and the placeholders that layouts inherit."""
    shapes = Shapes()
    shapes.place("Title", "title", None, TITLE_BOX, TITLE, label("F04.3"))
    shapes.place("Text", "body", 1, Box(16, 46, 306.7, 124), BODY, label("F04.3.prompt.1"))
    shapes.number()
    body = "".join(shapes.xml).replace(' hasCustomPrompt="1"', "")
    ids = "".join(f'<p:sldLayoutId id="{2147483649 + n}" r:id="rId{n}"/>' for n, _ in enumerate(LAYOUTS, start=1))
    size = round(LOOK["body_pt"] * 100)
    levels = "".join(
        f'<a:lvl{n}pPr marL="{285750 * n}" indent="-285750" algn="l" defTabSz="914400"><a:spcBef><a:spcPts val="600"/>'
        f'</a:spcBef><a:buFont typeface="Arial"/><a:buChar char="•"/><a:defRPr sz="{size}"><a:solidFill>'
        '<a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/><a:cs typeface="+mn-cs"/></a:defRPr>'
        f"</a:lvl{n}pPr>"
        for n in range(1, 6)
    )
    title = (
        f'<a:lvl1pPr algn="l" defTabSz="914400"><a:spcBef><a:spcPct val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{round(LOOK["title_pt"] * 100)}" b="1"><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        '<a:latin typeface="+mj-lt"/><a:cs typeface="+mj-cs"/></a:defRPr></a:lvl1pPr>'
    )
    return (
        f'{HEAD}<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
        f'{tree(body)}</p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2"'
        ' accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
        f"<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:txStyles><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>"
        f"{levels}</p:bodyStyle><p:otherStyle/></p:txStyles></p:sldMaster>"
    )


def theme() -> str:
    """Return the theme: colours and font of the look."""
    colours = {
        "dk1": LOOK["text"], "lt1": LOOK["background"], "dk2": LOOK["muted"], "lt2": LOOK["soft"],
        "accent1": LOOK["main"], "accent2": LOOK["accent"], "accent3": LOOK["muted"], "accent4": LOOK["soft"],
        "accent5": LOOK["main"], "accent6": LOOK["accent"], "hlink": LOOK["main"], "folHlink": LOOK["muted"],
    }  # fmt: skip
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    font = f'<a:latin typeface={quoteattr(LOOK["font"])}/><a:ea typeface=""/><a:cs typeface={quoteattr(LOOK["font"])}/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{A}" name="MOOC Studio"><a:themeElements><a:clrScheme name="MOOC Studio">{scheme}'
        f'</a:clrScheme><a:fontScheme name="MOOC Studio"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}'
        f'</a:minorFont></a:fontScheme><a:fmtScheme name="MOOC Studio"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>"
        f"{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def presentation() -> str:
    """Return the presentation without slides."""
    return (
        f'{HEAD}<p:presentation {NAMESPACES} saveSubsetFonts="1"><p:sldMasterIdLst>'
        f'<p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:sldSz cx="{WIDTH_EMU}" cy="{HEIGHT_EMU}"/>'
        f'<p:notesSz cx="{HEIGHT_EMU}" cy="9144000"/></p:presentation>'
    )


def relationships(*targets: tuple[str, str]) -> str:
    """Return relationships rId1 … in the order given, of (type, target)."""
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def content_types() -> str:
    """Return the types of all parts."""
    layouts = {
        f"ppt/slideLayouts/slideLayout{n}.xml": f"{TYPE}.slideLayout+xml" for n, _ in enumerate(LAYOUTS, start=1)
    }
    kinds = {
        "ppt/presentation.xml": f"{TYPE}.presentation.main+xml",
        "ppt/slideMasters/slideMaster1.xml": f"{TYPE}.slideMaster+xml",
        **layouts,
        "ppt/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
        f' ContentType="application/xml"/>{overrides}</Types>'
    )


def parts() -> dict[str, str]:
    """Return all parts of the package by name."""
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    )
    app = f'{HEAD}<Properties xmlns="{OFFICE}/extended-properties"><Application>MOOC Studio</Application></Properties>'
    names = [f"slideLayout{n}.xml" for n, _ in enumerate(LAYOUTS, start=1)]
    layouts = {f"ppt/slideLayouts/{name}": layout(kind) for name, kind in zip(names, LAYOUTS, strict=True)}
    of_layouts = {
        f"ppt/slideLayouts/_rels/{name}.rels": relationships((f"{R}/slideMaster", "../slideMasters/slideMaster1.xml"))
        for name in names
    }
    of_master = [(f"{R}/slideLayout", f"../slideLayouts/{name}") for name in names]
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(
            (f"{R}/officeDocument", "ppt/presentation.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{R}/extended-properties", "docProps/app.xml"),
        ),
        "docProps/app.xml": app,
        "docProps/core.xml": core,
        "ppt/presentation.xml": presentation(),
        "ppt/_rels/presentation.xml.rels": relationships(
            (f"{R}/slideMaster", "slideMasters/slideMaster1.xml"), (f"{R}/theme", "theme/theme1.xml")
        ),
        "ppt/slideMasters/slideMaster1.xml": master(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relationships(
            *of_master, (f"{R}/theme", "../theme/theme1.xml")
        ),
        "ppt/theme/theme1.xml": theme(),
        **layouts,
        **of_layouts,
    }


def main() -> None:
    """Write the template."""
    path = resources_dir() / "pptx" / "base.pptx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(packed({name: text.encode("utf-8") for name, text in parts().items()}))


if __name__ == "__main__":
    main()
