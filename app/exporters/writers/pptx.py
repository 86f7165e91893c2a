"""PPTX from a neutral presentation, on the layouts of ``resources/pptx/base.pptx`` or of a faculty's own base.

Texts go into placeholders, which stay editable; an empty one shows the prompt of its layout and nothing in the show.
"""

import copy
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Any

import pptx
from pptx.exc import PythonPptxError
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.util import Pt

from app.exporters.deck import Deck, Photo, Slide, Slot
from app.exporters.document import Run
from app.exporters.sanitise import MAX_TITLE_CHARS, safe_link, sanitise_text
from app.exporters.writers.docx_package import repacked
from app.model.errors import ExportError
from app.model.texts import Lang
from app.paths import resources_dir

BASE_FILE = "base.pptx"
FACULTY_FILE = "faculty.pptx"
"""A faculty's own base: put beside ours it is used instead. Its layouts have the same names and placeholder numbers."""

_LANGUAGE = {Lang.KK: "kk-KZ", Lang.RU: "ru-RU", Lang.EN: "en-GB"}
_DEFAULT_PT = 24.0
_SMALLEST_PT = 10.0
_LETTER_WIDTH = 0.55
_LINE_HEIGHT = 1.25
"""Mean width of a letter and height of a line in sizes of the font, for the estimate of what fits."""

_Any = Any
"""Shapes and XML of python-pptx, which comes without types."""


@dataclass(frozen=True, slots=True)
class _Room:
    """How much a placeholder holds."""

    width_pt: float
    height_pt: float
    size_pt: float

    def fitting_pt(self, lines: Sequence[str]) -> float | None:
        """Return the size at which the lines fit, None where the layout's own size does."""
        size_pt = self.size_pt
        while size_pt > _SMALLEST_PT and not self._fits(lines, size_pt):
            size_pt -= 1
        return None if size_pt == self.size_pt else size_pt

    def _fits(self, lines: Sequence[str], size_pt: float) -> bool:
        per_line = max(1, int(self.width_pt / (size_pt * _LETTER_WIDTH)))
        rows = sum(max(1, ceil(len(line) / per_line)) for line in lines)
        return rows * size_pt * _LINE_HEIGHT <= self.height_pt


def _rooms(layout: _Any) -> dict[int, _Room]:
    """Return the rooms of a layout's placeholders by their number."""
    rooms = {}
    for place in layout.placeholders:
        sizes = (e.get("sz") for e in place.element.iter(qn("a:defRPr")))
        size_pt = next((int(size) / 100 for size in sizes if size), _DEFAULT_PT)
        rooms[place.placeholder_format.idx] = _Room(place.width.pt, place.height.pt, size_pt)
    return rooms


@lru_cache(maxsize=2)
def _base_rooms(path: Path, _changed_ns: int, _size_bytes: int) -> Mapping[str, Mapping[int, _Room]]:
    """Return the rooms of every layout by its name; kept until the file changes, for a course has a deck a lecture."""
    return {layout.name: _rooms(layout) for layout in _opened(path).slide_layouts}


def base_path() -> Path:
    """Return the file with the layouts: the faculty's where there is one."""
    folder = resources_dir() / "pptx"
    own = folder / FACULTY_FILE
    return own if own.is_file() else folder / BASE_FILE


def write_pptx(deck: Deck) -> bytes:
    """Return the presentation as PPTX; equal presentations give equal bytes.

    Raises:
        ExportError: ``presentation_base_unusable``: the base cannot be read or lacks a layout or placeholder.
    """
    path = base_path()
    target = _opened(path)
    layouts = {layout.name: layout for layout in target.slide_layouts}
    lacking = sorted({slide.kind.value for slide in deck.slides} - layouts.keys())
    if lacking:
        raise ExportError("presentation_base_unusable", path=path, problem=", ".join(lacking))
    state = path.stat()
    rooms = _base_rooms(path, state.st_mtime_ns, state.st_size)
    for slide in deck.slides:
        name = slide.kind.value
        made = target.slides.add_slide(layouts[name])
        _fill(made, slide, deck.lang, rooms[name], path)
        _number(made, len(target.slides))
    _metadata(target, deck)
    buffer = io.BytesIO()
    target.save(buffer)
    return repacked(buffer.getvalue())


def _opened(path: Path) -> Presentation:
    try:
        return pptx.Presentation(str(path))
    except (PythonPptxError, OSError, KeyError, ValueError) as error:  # ValueError: another kind of Office file
        raise ExportError("presentation_base_unusable", path=path, problem=str(error)) from error


def _metadata(target: Presentation, deck: Deck) -> None:
    core = target.core_properties
    core.title = sanitise_text(deck.title, limit=MAX_TITLE_CHARS)[0]
    core.author = core.last_modified_by = sanitise_text(deck.author, limit=MAX_TITLE_CHARS)[0]
    core.subject = deck.form_code
    core.keywords = deck.regulation_code
    core.comments = deck.note
    core.language = _LANGUAGE[deck.lang]
    core.created = core.modified = datetime.combine(deck.generated_on, time())
    core.revision = 1


def _fill(target: _Any, slide: Slide, lang: Lang, rooms: Mapping[int, _Room], base: Path) -> None:
    places = {place.placeholder_format.idx: place for place in target.placeholders}
    for slot, lines in slide.texts.items():
        if int(slot) not in places:
            raise ExportError("presentation_base_unusable", path=base, problem=f"{slide.kind.value}: {int(slot)}")
        _write(places[int(slot)], lines, lang, rooms[int(slot)])
    if slide.photo is not None and int(Slot.PHOTO) in places:
        _insert(places[int(Slot.PHOTO)], slide.photo)


def _number(target: _Any, number: int) -> None:
    """Show the number of the slide where its layout does; python-pptx leaves that placeholder in the layout."""
    tree = target.shapes.element
    for shape in target.slide_layout.element.iter(qn("p:sp")):
        place = shape.find(f"{qn('p:nvSpPr')}/{qn('p:nvPr')}/{qn('p:ph')}")
        if place is not None and place.get("type") == "sldNum":
            element = copy.deepcopy(shape)
            ids = (int(known.get("id")) for known in tree.iter(qn("p:cNvPr")))
            element.nvSpPr.cNvPr.set("id", str(max(ids) + 1))
            for text in element.iter(qn("a:t")):
                text.text = str(number)
            tree.append(element)


def _write(place: _Any, lines: Sequence[Sequence[Run]], lang: Lang, room: _Room) -> None:
    clean = [[(run, sanitise_text(run.text, element=run.element)[0]) for run in line] for line in lines]
    size_pt = room.fitting_pt(["".join(text for _, text in line) for line in clean])
    frame = place.text_frame
    for index, line in enumerate(clean):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        for run, text in line:
            piece = paragraph.add_run()
            piece.text = text
            piece._r.get_or_add_rPr().set("lang", _LANGUAGE[run.lang or lang])  # noqa: SLF001 - no public way
            if size_pt is not None:
                piece.font.size = Pt(size_pt)
            link = safe_link(run.link) if run.link is not None else None
            if link is not None:
                piece.hyperlink.address = link


def _insert(place: _Any, photo: Photo) -> None:
    """Put a photograph into its placeholder, cut to its proportions."""
    picture = place.insert_picture(io.BytesIO(photo.data))
    picture.element.nvPicPr.cNvPr.set("descr", sanitise_text(photo.alt, limit=MAX_TITLE_CHARS)[0])
