"""The official forms and the lists that go with them: from a course to a document, and to a file."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Protocol

from app.exporters.document import Document
from app.exporters.forms import form_01, form_02, form_05, glossary, references
from app.model.course import Course
from app.model.errors import ExportError
from app.model.regulation import Regulation


class FormBuilder(Protocol):
    """Makes the document of one form."""

    def __call__(self, course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
        """Return the document; a course that is not complete gives a form with lines to write on."""
        ...


FORMS: Mapping[str, FormBuilder] = MappingProxyType(
    {
        "01": form_01.build,
        "02": form_02.build,
        "05": form_05.build,
        "glossary": glossary.build,
        "references": references.build,
    }
)
"""Builders by number of the form; glossary and literature have no number (F01.17, F01.18)."""


def build_form(course: Course, regulation: Regulation, form: str, *, generated_on: date, draft: bool) -> Document:
    """Return the document of a form.

    Raises:
        ExportError: ``export_form_unknown``.
    """
    builder = FORMS.get(form)
    if builder is None:
        raise ExportError("export_form_unknown", form=form, known=", ".join(FORMS))
    return builder(course, regulation, generated_on=generated_on, draft=draft)


def write_document(document: Document, fmt: str) -> bytes:
    """Return the document as ``pdf`` or ``docx``; equal documents give equal bytes.

    Raises:
        ExportError: ``export_format_unknown``, ``pdf_not_made``.
    """
    writer = WRITERS.get(fmt)
    if writer is None:
        raise ExportError("export_format_unknown", format=fmt, known=", ".join(WRITERS))
    return writer(document)


def export_form(
    course: Course, regulation: Regulation, form: str, fmt: str, *, generated_on: date, draft: bool
) -> bytes:
    """Return a form of the course as a file.

    Args:
        course: the course.
        regulation: edition with labels and limits.
        form: a key of `FORMS`.
        fmt: a key of `WRITERS`.
        generated_on: the date that the document carries.
        draft: print the draft mark on every page.

    Raises:
        ExportError: ``export_form_unknown``, ``export_format_unknown``, ``pdf_not_made``.
    """
    document = build_form(course, regulation, form, generated_on=generated_on, draft=draft)
    return write_document(document, fmt)


def _pdf(document: Document) -> bytes:
    # typst is an extension module of 80 MB that commands which export nothing must not load.
    from app.exporters.writers.pdf import write_pdf

    return write_pdf(document)


def _docx(document: Document) -> bytes:
    # python-docx takes a fifth of a second to load, see above.
    from app.exporters.writers.docx import write_docx

    return write_docx(document)


WRITERS: Mapping[str, Callable[[Document], bytes]] = MappingProxyType({"pdf": _pdf, "docx": _docx})
"""Writers by the ending of the file's name."""
