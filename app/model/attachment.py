"""What was found in an attached PDF, DOCX or PPTX, before any rule looks at it."""

from app.model.base import Model


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
