"""The demonstration: the sample course with two recordings, its verdict, its forms, a draft bundle, verified."""

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

from app.checks import blocks, is_ready, run
from app.exporters.checked_recording import CheckedRecording, checked
from app.exporters.forms import EXPORTED, export_form, form_files, formats_of
from app.exporters.packages.bundle import BundleKind, write_bundle
from app.exporters.packages.verify import verify_bundle
from app.formats import aiken
from app.media.child import Request, analyse_many
from app.model.course import Course
from app.model.errors import ExportError, MediaError
from app.model.recording import Recording, RecordingReport, RecordingRole, Stage
from app.model.regulation import Regulation
from app.model.texts import Lang
from app.model.views import form_05_questions
from app.sample import sample_course
from app.sample.clips import CLEAN, FAULTY, make_clip
from app.session.recordings import with_measured_file
from app.storage.atomic import write_atomic
from app.storage.course_folder import RECORDINGS, CourseFolder
from app.storage.os_errors import write_error
from app.storage.reports import save_report
from app.storage.texts_file import load_texts

MARKER = ".mooc-studio-demo"
"""File by which a later demonstration knows that it may replace what it finds."""
COURSE, DOCUMENTS, BUNDLE = "course", "documents", "bundle.zip"
CLIPS = {"clean": CLEAN, "faulty": FAULTY}
"""The recordings by name: one that passes, one with planted faults."""
_CHILDREN = 2


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where everything is and what the verdicts are.

    Attributes:
        ready: whether the sample course may be submitted (it has no lecture recordings and no signed papers).
        blocking: how many findings keep it from that.
        recordings: the two recordings, measured and judged; their paths are relative to the course folder.
        documents: the forms and lists.
        bundle_valid: whether the bundle is intact.
    """

    course_folder: Path
    ready: bool
    blocking: int
    recordings: tuple[CheckedRecording, ...]
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
        MediaError: a recording was taken away while it was measured.
    """
    try:
        _clear(folder)
        clips = _make_clips(folder / COURSE)
    except OSError as error:
        raise write_error(error, folder / MARKER) from error
    reports = _measure(folder / COURSE, clips)
    course = _with_recordings(sample_course(), folder / COURSE, clips, reports)
    CourseFolder.create(folder / COURSE, course, regulation.id).close()
    for report in reports.values():
        save_report(folder / COURSE, report)
    findings = run(course, reports, {}, regulation, today)
    documents = _write_documents(folder / DOCUMENTS, regulation, today)
    bundle = folder / BUNDLE
    write_bundle(
        course,
        regulation,
        bundle,
        generated_on=today,
        draft=True,
        kind=BundleKind.SUBMISSION,
        reports=reports,
        attachments={},
        course_folder=folder / COURSE,
    )
    verified = verify_bundle(bundle, today=today, regulation=regulation)
    return Demonstration(
        folder / COURSE,
        ready=is_ready(findings, regulation),
        blocking=sum(blocks(finding, regulation) for finding in findings),
        recordings=tuple(
            checked(Path(clips[name]), report, regulation, stage=Stage.UPLOAD, role=RecordingRole.NONE)
            for name, report in reports.items()
        ),
        documents=documents,
        bundle=bundle,
        bundle_valid=verified.valid,
    )


def _make_clips(course_folder: Path) -> dict[str, str]:
    """Make the recordings and return their paths, relative to the course folder, by their ids."""
    (course_folder / RECORDINGS).mkdir(parents=True)
    paths = {name: f"{RECORDINGS}/{name}.mp4" for name in CLIPS}
    # Drawing and encoding let go of the interpreter: two clips take little longer than one.
    with ThreadPoolExecutor(len(CLIPS)) as makers:
        list(makers.map(make_clip, [course_folder / paths[name] for name in CLIPS], CLIPS.values()))
    return paths


def _measure(course_folder: Path, clips: Mapping[str, str]) -> dict[str, RecordingReport]:
    requests = [Request(course_folder / path) for path in clips.values()]
    reports = {}
    for name, (_, outcome) in zip(clips, analyse_many(requests, jobs=_CHILDREN), strict=True):
        if isinstance(outcome, MediaError):
            raise outcome
        # The folder may be moved: what is kept of a recording names it as the course does.
        reports[name] = outcome.model_copy(update={"path": clips[name]})
    return reports


def _with_recordings(
    course: Course, course_folder: Path, clips: Mapping[str, str], reports: Mapping[str, RecordingReport]
) -> Course:
    lang = Lang(course.language) if course.language else Lang.KK
    recordings = tuple(
        Recording(
            id=name,
            title=load_texts().get(f"demo.recording.{name}", lang),
            role=RecordingRole.NONE,
            stage=Stage.UPLOAD,
            path=path,
        )
        for name, path in clips.items()
    )
    course = course.model_copy(update={"recordings": recordings})
    for name, report in reports.items():
        course = with_measured_file(course, name, report, course_folder / clips[name])
    return course


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
    for form in EXPORTED:
        for file, ending in product(form_files(course, form), formats_of(form)):
            data = export_form(course, regulation, form, ending, generated_on=today, draft=False, part=file.part)
            paths.append(folder / f"{file.name}.{ending}")
            write_atomic(paths[-1], data)
    paths.append(folder / "form_05.txt")
    write_atomic(paths[-1], aiken.write(form_05_questions(course)))
    return tuple(paths)
