"""The demonstration: the sample course, its verdict, its forms, a draft bundle, and the bundle verified."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.checks import blocks, is_ready, run
from app.exporters.forms import FORMS, WRITERS, export_form
from app.exporters.packages.bundle import BundleKind, write_bundle
from app.exporters.packages.verify import verify_bundle
from app.formats import aiken
from app.model.errors import ExportError
from app.model.regulation import Regulation
from app.model.views import form_05_questions
from app.sample import sample_course
from app.storage.atomic import write_atomic
from app.storage.course_folder import CourseFolder
from app.storage.os_errors import write_error

MARKER = ".mooc-studio-demo"
"""File by which a later demonstration knows that it may replace what it finds."""
COURSE, DOCUMENTS, BUNDLE = "course", "documents", "bundle.zip"


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where everything is and what the verdicts are.

    Attributes:
        ready: whether the sample course may be submitted (it has no recordings and no signed papers).
        blocking: how many findings keep it from that.
        documents: the forms and lists.
        bundle_valid: whether the bundle is intact.
    """

    course_folder: Path
    ready: bool
    blocking: int
    documents: tuple[Path, ...]
    bundle: Path
    bundle_valid: bool


def make_demo(folder: Path, regulation: Regulation, today: date) -> Demonstration:
    """Show the whole way in one folder; an earlier demonstration there is replaced.

    Args:
        folder: the folder; it is made if it is not there.
        regulation: the edition to judge by.
        today: the day that the documents carry.

    Raises:
        ExportError: ``demo_folder_taken``: the folder holds something that no demonstration made.
        ProjectFileError: something cannot be written.
    """
    try:
        _clear(folder)
    except OSError as error:
        raise write_error(error, folder / MARKER) from error
    course = sample_course()
    course_folder = CourseFolder.create(folder / COURSE, course, regulation.id)
    course_folder.close()
    findings = run(course, {}, {}, regulation, today)
    documents = _write_documents(folder / DOCUMENTS, regulation, today)
    bundle = folder / BUNDLE
    write_bundle(
        course,
        regulation,
        bundle,
        generated_on=today,
        draft=True,
        kind=BundleKind.SUBMISSION,
        reports={},
        attachments={},
        course_folder=folder / COURSE,
    )
    verified = verify_bundle(bundle, today=today, regulation=regulation)
    return Demonstration(
        folder / COURSE,
        ready=is_ready(findings, regulation),
        blocking=sum(blocks(finding, regulation) for finding in findings),
        documents=documents,
        bundle=bundle,
        bundle_valid=verified.valid,
    )


def _clear(folder: Path) -> None:
    """Make the folder, or take an earlier demonstration out of it; only what a demonstration makes is removed."""
    if folder.exists() and not folder.is_dir():
        raise ExportError("demo_folder_taken", path=folder)
    marker = folder / MARKER
    if folder.is_dir() and not marker.is_file() and next(folder.iterdir(), None) is not None:
        raise ExportError("demo_folder_taken", path=folder)
    folder.mkdir(parents=True, exist_ok=True)
    marker.touch()  # first: what is cut short may be replaced as well
    for name in (COURSE, DOCUMENTS):
        part = folder / name
        if part.is_dir() and not part.is_symlink():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)
    (folder / BUNDLE).unlink(missing_ok=True)


def _write_documents(folder: Path, regulation: Regulation, today: date) -> tuple[Path, ...]:
    course = sample_course()
    folder.mkdir()
    paths: list[Path] = []
    for form in FORMS:
        name = f"form_{form}" if form.isdigit() else form
        for ending in WRITERS:
            data = export_form(course, regulation, form, ending, generated_on=today, draft=False)
            paths.append(folder / f"{name}.{ending}")
            write_atomic(paths[-1], data)
    paths.append(folder / "form_05.txt")
    write_atomic(paths[-1], aiken.write(form_05_questions(course)))
    return tuple(paths)
