"""Who signed the papers of a course, when, and whether they are stamped, as people noted it (F01.16b, X34)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.exporters.packages.attached import Attached
from app.model.course import Course
from app.model.people import FileRef


@dataclass(frozen=True, slots=True)
class Signature:
    """A signed copy that is in the bundle.

    Attributes:
        part: key of the part that it is.
        path: path below ``data/``.
        number: number of minutes, protocol or contract; empty where it has none.
        people: who signed.
        stamped: None where the course does not note it.
    """

    part: str
    path: str
    number: str
    people: tuple[str, ...]
    dated_on: date | None
    stamped: bool | None


def signatures(course: Course, attached: Sequence[Attached]) -> tuple[Signature, ...]:
    """Return the signed copies among the attached files, in the order of the course."""
    places = {(entry.part, entry.file.path): entry.path for entry in attached}
    return tuple(
        Signature(part, places[(part, file.path)], number.strip(), _names(people), dated_on, stamped)
        for part, file, number, people, dated_on, stamped in _papers(course)
        if file is not None and (part, file.path) in places
    )


_Paper = tuple[str, FileRef | None, str, Sequence[str], date | None, bool | None]


def _papers(course: Course) -> Iterator[_Paper]:
    for document in course.documents:
        part = f"{document.kind.value}_signed"
        yield part, document.file, "", document.signed_by, document.dated_on, document.stamped
    for extract in course.minutes:
        yield f"minutes_{extract.body.value}", extract.file, extract.number, (), extract.dated_on, None
    protocol = course.protocol
    yield "protocol", protocol.file, protocol.number, protocol.signed_by, protocol.dated_on, None
    for author in course.authors:
        contract = author.contract
        yield "contracts", contract.file, contract.number, (author.full_name,), contract.signed_on, None


def _names(people: Sequence[str]) -> tuple[str, ...]:
    return tuple(person.strip() for person in people if person.strip())
