"""The official forms and the lists that go with them: from a course to a document, and to a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from app.exporters.document import Document
from app.exporters.forms import (
    annotations,
    form_01,
    form_02,
    form_03,
    form_04,
    form_05,
    form_06,
    form_07,
    form_08,
    form_09,
    form_10,
    form_11,
    glossary,
    intake,
    link_list,
    messages,
    other_tests,
    pilot,
    prelaunch,
    references,
    schedule,
    surveys,
)
from app.exporters.forms.parts import FormPart
from app.model.course import Course
from app.model.errors import ExportError
from app.model.regulation import Regulation
from app.storage.question_pictures import load_pictures


class FormBuilder(Protocol):
    """Makes the document of one form."""

    def __call__(self, course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
        """Return the document; a course that is not complete gives a form with lines to write on."""
        ...


class PartBuilder(Protocol):
    """Makes the document of one part of a form."""

    def __call__(
        self, course: Course, regulation: Regulation, part: str, *, generated_on: date, draft: bool
    ) -> Document:
        """Return the document of the part with this id; `ExportError` where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class PartedForm:
    """A form of which a course needs several documents.

    Attributes:
        parts: which ones a course needs.
        build: makes one of them.
        whole_too: the document without a part says something of its own (the combined score sheet).
    """

    parts: Callable[[Course], tuple[FormPart, ...]]
    build: PartBuilder
    whole_too: bool = False


FORMS: Mapping[str, FormBuilder] = MappingProxyType(
    {
        "01": form_01.build,
        "02": form_02.build,
        "03": form_03.build,
        "05": form_05.build,
        "06": form_06.build,
        "07": form_07.build,
        "08": form_08.build,
        "09": form_09.build,
        "10": form_10.build,
        "11": form_11.build,
        "glossary": glossary.build,
        "other_tests": other_tests.build,
        "references": references.build,
        "annotations": annotations.build,
        "messages": messages.build,
        "surveys": surveys.build,
        "schedule": schedule.build,
        "link_list": link_list.build,
        "pilot": pilot.build,
        "prelaunch": prelaunch.build,
        "intake": intake.build,
    }
)
"""Builders by number of the form; what has no official form goes by its name (part B-b of the regulation's contract).
Of a form with parts the builder makes one document of all parts."""

_WITH_PICTURES: Mapping[str, Callable[..., Document]] = MappingProxyType(
    {"05": form_05.build, "other_tests": other_tests.build}
)
"""Builders that take the pictures of questions."""

PRESENTATION = "04"
"""The form that is a presentation and no document: PPTX only."""

EXPORTED: tuple[str, ...] = (
    *sorted((*(form for form in FORMS if form.isdigit()), PRESENTATION)),
    *(form for form in FORMS if not form.isdigit()),
)
"""All forms and lists that can be made."""

PARTED: Mapping[str, PartedForm] = MappingProxyType(
    {
        "03": PartedForm(form_03.parts, form_03.build_part),
        "06": PartedForm(form_06.parts, form_06.build_part),
        "07": PartedForm(form_07.parts, form_07.build_part),
        "10": PartedForm(form_10.parts, form_10.build_part, whole_too=True),
    }
)
"""Forms that a course needs once for each lecture, week, session or expert."""


@dataclass(frozen=True, slots=True)
class FormFile:
    """One document of a course, before anyone says as what it is written.

    Attributes:
        part: id of the part, empty for the whole form.
        name: name of the file without its ending, ASCII (decision 17).
    """

    form: str
    part: str
    name: str


def form_files(course: Course, form: str) -> tuple[FormFile, ...]:
    """Return the documents that a course needs of a form: one, or one for each of its parts.

    A form whose parts the course has none of gives one document to fill in by hand.
    """
    stem = f"form_{form}" if form.isdigit() else form
    parted = PARTED.get(form)
    parts_of = form_04.parts if form == PRESENTATION else parted.parts if parted is not None else None
    parts = () if parts_of is None else parts_of(course)
    files = [FormFile(form, part.id, f"{stem}_{part.name}") for part in parts]
    whole = [FormFile(form, "", stem)] if not parts or (parted is not None and parted.whole_too) else []
    return (*whole, *files)


def formats_of(form: str) -> tuple[str, ...]:
    """Return the endings of the files as which a form can be written."""
    return (PPTX,) if form == PRESENTATION else tuple(WRITERS)


def build_form(
    course: Course,
    regulation: Regulation,
    form: str,
    *,
    generated_on: date,
    draft: bool,
    part: str = "",
    course_folder: Path | None = None,
) -> Document:
    """Return the document of a form, or of one part of it.

    Args:
        course: the course.
        regulation: edition with labels and limits.
        form: one of `FORMS`.
        generated_on: the date that the document carries.
        draft: print the draft mark.
        part: id of a part of the form; empty = the whole form.
        course_folder: where the pictures of questions lie; None = words in their place.

    Raises:
        ExportError: ``export_form_unknown``, ``export_part_unknown``.
    """
    builder = FORMS.get(form)
    if builder is None:
        raise ExportError("export_form_unknown", form=form, known=", ".join(EXPORTED))
    if form in _WITH_PICTURES and course_folder is not None and not part:
        pictures = load_pictures(course_folder, course.test_bank)
        return _WITH_PICTURES[form](course, regulation, generated_on=generated_on, draft=draft, pictures=pictures)
    if not part:
        return builder(course, regulation, generated_on=generated_on, draft=draft)
    if form not in PARTED:
        raise ExportError("export_part_unknown", form=form, part=part)
    return PARTED[form].build(course, regulation, part, generated_on=generated_on, draft=draft)


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
    course: Course,
    regulation: Regulation,
    form: str,
    fmt: str,
    *,
    generated_on: date,
    draft: bool,
    part: str = "",
    course_folder: Path | None = None,
) -> bytes:
    """Return a form of the course as a file.

    Args:
        course: the course.
        regulation: edition with labels and limits.
        form: one of `EXPORTED`.
        fmt: one of `formats_of` the form.
        generated_on: the date that the document carries.
        draft: print the draft mark on every page; a presentation is never signed and carries none.
        part: id of a part of the form (`form_files`); empty = the whole form.
        course_folder: where the authors' photographs and the pictures of questions lie; None = without them.

    Raises:
        ExportError: ``export_form_unknown``, ``export_part_unknown``, ``export_format_unknown``, ``pdf_not_made``,
            ``presentation_base_unusable``.
    """
    if form == PRESENTATION:
        if fmt != PPTX:
            raise ExportError("export_format_unknown", format=fmt, known=PPTX)
        return _pptx(course, regulation, part, generated_on, course_folder)
    document = build_form(
        course, regulation, form, generated_on=generated_on, draft=draft, part=part, course_folder=course_folder
    )
    return write_document(document, fmt)


def _pdf(document: Document) -> bytes:
    # typst is an extension module of 80 MB that commands which export nothing must not load.
    from app.exporters.writers.pdf import write_pdf

    return write_pdf(document)


def _docx(document: Document) -> bytes:
    # python-docx takes a fifth of a second to load, see above.
    from app.exporters.writers.docx import write_docx

    return write_docx(document)


def _pptx(course: Course, regulation: Regulation, part: str, generated_on: date, course_folder: Path | None) -> bytes:
    from app.exporters.photos import photo_reader
    from app.exporters.writers.pptx import write_pptx

    deck = form_04.build_deck(
        course, regulation, part, generated_on=generated_on, read_photo=photo_reader(course_folder)
    )
    return write_pptx(deck)


PPTX = "pptx"

WRITERS: Mapping[str, Callable[[Document], bytes]] = MappingProxyType({"pdf": _pdf, "docx": _docx})
"""Writers of documents by the ending of the file's name."""
