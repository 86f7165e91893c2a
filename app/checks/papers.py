"""Attached PDF files and the copies that people signed."""

from app.checks.context import Context
from app.checks.fingerprint import data_fingerprint
from app.model.course import Course
from app.model.papers import DocumentKind, SignedDocument
from app.model.people import FileRef


def is_pdf(file: FileRef | None) -> bool:
    """Tell whether a file is attached and is a PDF by its name."""
    return file is not None and file.path.lower().endswith(".pdf")


def is_damaged(context: Context, file: FileRef | None) -> bool:
    """Tell whether an attached file was looked at and is not there or does not open."""
    facts = context.file_facts(file)
    return facts is not None and not (facts.exists and facts.opens)


def newest_copy(course: Course, kind: DocumentKind) -> SignedDocument | None:
    """Return the last attached PDF of a document; older copies stay as a record and are not judged."""
    copies = [document for document in course.documents if document.kind is kind and is_pdf(document.file)]
    return copies[-1] if copies else None


def is_outdated(course: Course, document: SignedDocument) -> bool:
    """Tell whether the course was changed since a copy was attached; one without a fingerprint cannot tell."""
    taken = document.data_fingerprint
    return taken is not None and taken != data_fingerprint(course, document.kind)
