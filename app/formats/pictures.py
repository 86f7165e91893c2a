"""Pictures of questions: what they are, and where they lie in a course folder.

A picture's name is made of its content, so that a file imported twice holds it once and a course never depends on the
names that somebody else chose.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.model.people import FileRef
from app.model.tasks import QuestionPicture

FOLDER = "materials/questions"
"""Where pictures of questions lie in a course folder."""
Pictures = Mapping[str, bytes]
"""Contents by their path in the course folder, `FileRef.path`."""
NO_PICTURES: Pictures = {}


@dataclass(frozen=True, slots=True)
class ParsedPicture:
    """A picture of a question file.

    Attributes:
        option: position of its option from 0; None for the stem.
        alt: what it shows, as the file says.
    """

    data: bytes
    option: int | None = None
    alt: str = ""

    @property
    def path(self) -> str:
        """Return its place in a course folder."""
        return f"{FOLDER}/{hashlib.sha256(self.data).hexdigest()[:20]}{suffix_of(self.data)}"

    def as_picture(self, picture_id: str) -> QuestionPicture:
        """Return it as a picture of a course's question, whose file has yet to be put in its place."""
        file = FileRef(path=self.path, size_bytes=len(self.data), sha256=hashlib.sha256(self.data).hexdigest())
        return QuestionPicture(id=picture_id, file=file, option=self.option, alt=self.alt)


def suffix_of(data: bytes) -> str:
    """Return the ending of a picture's name, empty for what no browser shows as a picture."""
    head = data[:512]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if head.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return ".gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ".webp"
    if head.startswith(b"BM") and len(data) > 26:
        return ".bmp"
    return ".svg" if b"<svg" in head.removeprefix(b"\xef\xbb\xbf").lstrip()[:400] and head.lstrip()[:1] == b"<" else ""


def contents(pictures: Iterable[ParsedPicture]) -> dict[str, bytes]:
    """Return what has to be written where, before questions with these pictures come into a course."""
    return {picture.path: picture.data for picture in pictures}
