"""The neutral presentation: which slides form 04 has and what stands in their placeholders, before it becomes PPTX."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from types import MappingProxyType

from app.exporters.document import Runs
from app.model.texts import Lang


class SlideKind(StrEnum):
    """Slides of form 04; the values are the names of the layouts in the base."""

    TITLE = "MOOC title"
    CONTENTS = "MOOC contents"
    TEXT_AND_PICTURE = "MOOC text and picture"
    PICTURE_AND_TEXT = "MOOC picture and text"
    PROCESS = "MOOC process"
    PICTURE = "MOOC picture"
    SUMMARY = "MOOC summary"


class Slot(IntEnum):
    """Placeholders of the layouts by their number (``idx``); of the process the first of five each."""

    TITLE = 0
    BODY = 1
    UNIVERSITY = 20
    SITE = 21
    FACULTY = 22
    DEPARTMENT = 23
    LECTURE = 24
    AUTHORS = 25
    EMAIL = 26
    PHOTO = 27
    PICTURE = 30
    STEP_CAPTION = 40
    STEP_PICTURE = 50
    LEARNED = 60
    SKILLS = 61
    NEXT = 62


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of a known format (PNG, JPEG) with its alternative text."""

    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide.

    Attributes:
        texts: paragraphs by placeholder; a placeholder without any keeps the prompt of its layout.
        photo: stands in `Slot.PHOTO`.
    """

    kind: SlideKind
    texts: Mapping[Slot, tuple[Runs, ...]] = field(default_factory=lambda: MappingProxyType({}))
    photo: Photo | None = None


@dataclass(frozen=True, slots=True)
class Deck:
    """A presentation.

    Attributes:
        title: title of the file.
        lang: language of what does not say otherwise.
        note: description in the properties of the file.
    """

    title: str
    lang: Lang
    generated_on: date
    slides: tuple[Slide, ...]
    form_code: str = ""
    regulation_code: str = ""
    author: str = ""
    note: str = ""
