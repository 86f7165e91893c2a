"""Pictures of questions in print: below the text that they belong to, as large as paper allows, with words for them."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.exporters.document import Align, Paragraph, Picture, PictureFormat, Run
from app.exporters.photos import MAX_PIXELS
from app.formats.content import letter_of
from app.formats.pictures import Pictures, suffix_of
from app.model.errors import ExportError
from app.model.tasks import Question

Say = Callable[[str], str]
"""Returns a text of ours by its key below ``forms.paper``."""

WIDEST_MM = {False: 120.0, True: 70.0}
HIGHEST_MM = {False: 80.0, True: 45.0}
"""Of a picture; by whether it belongs to an option, of which five shall stand on one page."""

_SCREEN_PPI = 96.0
"""A picture is as large as on a screen where the paper has room for that."""
_PRINT_PPI = 200.0
_MM_PER_INCH = 25.4
_JPEG_QUALITY = 90
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")


def pictures_below(
    question: Question, option: int | None, pictures: Pictures, say: Say
) -> Iterator[Picture | Paragraph]:
    """Yield what stands below the stem or an option; for a picture that cannot be shown, words in its place.

    Args:
        question: the question.
        option: position of the option; None for the stem.
        pictures: contents of the course's pictures by their path.
        say: texts of ours.
    """
    for picture in question.pictures:
        if picture.option != option:
            continue
        name = say("picture") if option is None else f"{letter_of(option)}: {say('picture')}"
        alt = picture.alt.strip()
        shown = printable(pictures.get(picture.file.path, b""), of_option=option is not None)
        element = f"test_bank/{question.id}/pictures/{picture.id}"
        if shown is None:
            words = f"[{say('picture')}: {alt}]" if alt else f"[{say('picture')}]"
            yield Paragraph((Run(words, italic=True, element=element),), Align.LEFT)
        else:
            yield Picture(shown.data, shown.format, alt or name, shown.width_mm, shown.height_mm, Align.LEFT)


@dataclass(frozen=True, slots=True)
class Printable:
    """A picture as both writers take it, with its size on paper."""

    data: bytes
    format: PictureFormat
    width_mm: float
    height_mm: float


@lru_cache(maxsize=64)
def printable(data: bytes, *, of_option: bool) -> Printable | None:
    """Return a picture of any kind that questions have as PNG, a photograph as JPEG.

    Every picture is written anew: what a file of unknown origin holds besides (profiles, rotation, transparency)
    makes one writer or the other refuse it. None where it is none, or one of more than `MAX_PIXELS`.
    """
    from PIL import Image, ImageOps  # needed by few commands

    widest, highest = WIDEST_MM[of_option], HIGHEST_MM[of_option]
    ppi = _SCREEN_PPI
    if suffix_of(data) == ".svg":
        try:
            data = svg_png(data, widest, highest)
        except ExportError:
            return None
        ppi = _PRINT_PPI
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as found:
            if found.width * found.height > MAX_PIXELS:
                return None
            kind = PictureFormat.JPEG if found.format == "JPEG" else PictureFormat.PNG
            image = ImageOps.exif_transpose(found).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    width_mm, height_mm = (side / ppi * _MM_PER_INCH for side in image.size)
    share = min(1.0, widest / width_mm, highest / height_mm)
    width_mm, height_mm = width_mm * share, height_mm * share
    most_px = tuple(max(1, round(side / _MM_PER_INCH * _PRINT_PPI)) for side in (width_mm, height_mm))
    plain = paper.convert("RGB")
    if most_px[0] < plain.width:
        plain = plain.resize((most_px[0], most_px[1]), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    plain.save(buffer, "JPEG" if kind is PictureFormat.JPEG else "PNG", quality=_JPEG_QUALITY)
    return Printable(buffer.getvalue(), kind, width_mm, height_mm)


def svg_png(svg: bytes, widest_mm: float, highest_mm: float) -> bytes:
    """Return a drawing as PNG, at most so large.

    Raises:
        ExportError: ``pdf_not_made``: it cannot be read.
    """
    from app.exporters.svg_raster import svg_as_png  # typst is an extension module of 80 MB

    return svg_as_png(svg, widest_mm, height_mm=highest_mm, ppi=_PRINT_PPI, grow=False)
