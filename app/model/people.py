"""Authors and the university's units."""

from datetime import date

from app.model.base import ElementId, Model


class FileRef(Model):
    """A file of the course.

    Attributes:
        path: relative to the course folder with ``/`` between parts; an absolute path only for a recording that
            stays where it is.
        size_bytes: size when it was attached, None if unknown.
        sha256: checksum when it was attached, lower-case hexadecimal, None if not computed yet.
    """

    path: str
    size_bytes: int | None = None
    sha256: str | None = None


class RightsContract(Model):
    """The contract by which one author hands the exclusive property rights to the university (7.10b)."""

    number: str = ""
    signed_on: date | None = None
    file: FileRef | None = None


class Author(Model):
    """One author, the union of what forms 01, 02, 04, 09 and 11 ask (X62).

    Attributes:
        no_degree: the author says that there is no academic degree, which is different from not answering.
        no_title: the same for the academic title.
    """

    id: ElementId
    full_name: str = ""
    workplace: str = ""
    position: str = ""
    degree: str = ""
    no_degree: bool = False
    title: str = ""
    no_title: bool = False
    email: str = ""
    photo: FileRef | None = None
    contract: RightsContract = RightsContract()


class Department(Model):
    """The department (кафедра): its name, abbreviation and head."""

    name: str = ""
    abbr: str = ""
    head: str = ""


class Audience(Model):
    """For whom the course is: educational programmes (F01.4) and a free description (7.8a, X66)."""

    programmes: tuple[str, ...] = ()
    description: str = ""
