"""What was found in an attached PDF, DOCX or PPTX, before any rule looks at it."""

from app.model.base import Model


class SlidePicture(Model):
    """A picture on a slide.

    Attributes:
        share: part of the slide's width that it takes, 0 to 1 and beyond.
        width_px: its own width in pixels.
        sha1: tells which pictures are the same.
    """

    share: float
    width_px: int
    sha1: str = ""


class SlideFacts(Model):
    """What was found on one slide of a PPTX.

    Attributes:
        chars: letters, digits and signs of its text, blanks not counted.
        smallest_pt: the smallest size of its text, as it would be on a slide 540 points high; None without text.
        lowest_contrast: contrast of text and ground (WCAG, 1 to 21) where both are plain colours; None if unknown.
    """

    chars: int = 0
    smallest_pt: float | None = None
    lowest_contrast: float | None = None
    pictures: tuple[SlidePicture, ...] = ()


class AttachmentFacts(Model):
    """Facts of one attached file.

    Attributes:
        path: as in `FileRef.path`.
        exists: the file is there.
        opens: it could be opened as what its name says.
        pages: number of pages or slides, None if unknown.
        first_page_text: text of the first page, for number and topic of a lecture.
        text: text of the whole file.
        image_count: pictures in it, None if unknown.
        sha256: checksum now, None if the file is not there.
        slides: what is on the slides of a PPTX; empty for other files.
        aspect: width by height of its slides, None if unknown.
    """

    path: str
    exists: bool = False
    opens: bool = False
    kind: str = ""
    pages: int | None = None
    first_page_text: str = ""
    text: str = ""
    image_count: int | None = None
    sha256: str | None = None
    slides: tuple[SlideFacts, ...] = ()
    aspect: float | None = None
