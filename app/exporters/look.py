"""How printed documents look, as data: ``[document]`` of ``resources/look.toml``."""

import tomllib
from functools import cache
from pathlib import PurePosixPath

from pydantic import Field

from app.exporters.document import Picture, PictureFormat
from app.model.base import Model
from app.paths import resources_dir

LOOK_FILE = "look.toml"
TWIP_PER_MM = 1440 / 25.4
_PAGE_WIDTH_MM = 210.0


class DocumentLook(Model):
    """Margins, sizes and colours of documents, and the logo.

    Attributes:
        left_mm: margin on the left, with room for binding.
        heading_pt: sizes of the three levels of headings.
        docx_font: font of DOCX files, which cannot be embedded; PDF has the fonts of ``fonts.py``.
        link: colour of links, six hexadecimal digits.
        logo: file beside ``look.toml`` (PNG, JPEG or SVG), empty = none.
    """

    left_mm: float = Field(gt=0, lt=100)
    right_mm: float = Field(gt=0, lt=100)
    top_mm: float = Field(gt=0, lt=100)
    bottom_mm: float = Field(gt=0, lt=100)
    body_pt: float = Field(gt=4, lt=40)
    cell_pt: float = Field(gt=4, lt=40)
    small_pt: float = Field(gt=4, lt=40)
    heading_pt: tuple[float, float, float] = Field(strict=False)
    docx_font: str
    link: str = Field(pattern=r"^[0-9A-Fa-f]{6}$")
    logo: str = ""
    logo_width_mm: float = Field(default=22.0, gt=0, lt=150)

    @property
    def text_width_twip(self) -> int:
        """Width of the text on A4 in twentieths of a point."""
        return round((_PAGE_WIDTH_MM - self.left_mm - self.right_mm) * TWIP_PER_MM)


@cache
def document_look() -> DocumentLook:
    """Return the look of documents."""
    text = (resources_dir() / LOOK_FILE).read_text(encoding="utf-8")
    return DocumentLook.model_validate(tomllib.loads(text)["document"])


def logo_picture(alt: str) -> Picture | None:
    """Return the logo with its alternative text, None where the look has none."""
    look = document_look()
    if not look.logo:
        return None
    kind = PurePosixPath(look.logo).suffix.lower().removeprefix(".").replace("jpeg", "jpg")
    data = (resources_dir() / look.logo).read_bytes()
    return Picture(data, PictureFormat(kind), alt, look.logo_width_mm)
