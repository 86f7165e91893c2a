"""What goes into a bundle: documents, editable copies, data, reports, attached files."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.checks.form_07 import AIDS, ASKED, answer
from app.exporters.checked_recording import checked
from app.exporters.forms import (
    EXPORTED,
    PRESENTATION,
    FormFile,
    build_form,
    export_form,
    form_files,
    formats_of,
    write_document,
)
from app.exporters.forms.other_tests import has_other_tests
from app.exporters.packages import moodle_files
from app.exporters.packages.attached import Attached, attached_files
from app.exporters.packages.parts import LeftOutQuestion, MadeFile, left_out_questions
from app.exporters.recording_report import recording_report
from app.formats import aiken
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.papers import RecordingSession, Review
from app.model.recording import Recording, RecordingReport
from app.model.regulation import Regulation
from app.model.texts import Lang
from app.model.views import form_05_questions
from app.storage.course_file import encode
from app.storage.inside import resolve_inside
from app.storage.question_pictures import load_pictures
from app.storage.texts_file import load_texts

COURSE_FILE = "course.json"
CONTENTS_FILE = "contents.json"
ATTACHMENTS_FILE = "attachments.json"
RECORDINGS_FILE = "recordings.json"
REPORTS_FOLDER = "reports"
DOCUMENTS, EDITABLE = "documents", "editable"
_PART_OF_FORM = {"06": "task_sheets"}
"""Forms that are one part with what the author attaches."""
_OF_THE_OFFICE = frozenset({"09", "prelaunch", "intake"})
"""Papers that come into being after the submission, at the centre: the record of its intake check (13.DIR.4), the
certificate of placement (12.9), the record of the check before the launch (10.4). No set of X23 has them."""
_PUBLIC = ("01", "02", "glossary", "references")
"""Approved papers for everybody. Tests with their keys, reviews, contracts and records are nobody's business."""
_PUBLIC_PARTS = frozenset(
    {"self_study", "task_sheets", "form_01_signed", "form_02_signed", "glossary_signed", "references_signed"}
)

Told = Callable[[], None]
"""Called after each document; it may raise, which ends the work."""


@dataclass(slots=True)
class Payload:
    """What a bundle holds, in the order in which it is listed.

    Attributes:
        files: content or source by path below ``data/``.
        left_out: questions that the test file of form 05 does not hold.
    """

    files: dict[str, bytes | Path] = field(default_factory=dict)
    made: list[MadeFile] = field(default_factory=list)
    attached: tuple[Attached, ...] = ()
    left_out: tuple[LeftOutQuestion, ...] = ()


@dataclass(frozen=True)
class Source:
    """A course with everything that belongs to it.

    Attributes:
        generated_on: the day that all documents carry.
        draft: print the draft mark on every page.
        reports: recording reports by recording id.
        attachments: facts of attached files by path.
        folder: where the attached files lie.
    """

    course: Course
    regulation: Regulation
    generated_on: date
    draft: bool
    reports: Mapping[str, RecordingReport]
    attachments: Mapping[str, AttachmentFacts]
    folder: Path

    @property
    def lang(self) -> Lang:
        """Language of the course; Kazakh until it is chosen."""
        return Lang(self.course.language) if self.course.language else Lang.KK


def document_count(course: Course) -> int:
    """Return how many documents a submission makes, for a progress bar."""
    return sum(len(formats_of(file.form)) for file in submission_forms(course))


def submission(source: Source, told: Told) -> Payload:
    """Return what a submission holds, the cover list apart.

    Raises:
        ExportError: a document cannot be made.
        ProjectFileError: an attached file lies outside the course folder.
    """
    course = source.course
    payload = Payload(attached=attached_files(course, source.attachments))
    payload.files.update(_data(source))  # first, so that they stand in the first volume
    for file in submission_forms(course):
        _write_form(source, payload, file, formats_of(file.form), told)
    _questions(source, payload)
    for entry in payload.attached:
        payload.files[entry.path] = resolve_inside(source.folder, entry.file.path)
    _reports(source, payload)
    return payload


def publication(source: Source, told: Told) -> Payload:
    """Return what a publication holds: approved papers as PDF alone (14.2.1b), the signed copy where there is one.

    Raises:
        ExportError: a document cannot be made.
        ProjectFileError: an attached file lies outside the course folder.
    """
    attached = attached_files(source.course, source.attachments)
    payload = Payload(attached=tuple(e for e in attached if e.part in _PUBLIC_PARTS and e.path.endswith(".pdf")))
    signed = {entry.part for entry in payload.attached}
    for form in _PUBLIC:
        if f"{_stem(form)}_signed" not in signed:
            _write_form(source, payload, FormFile(form, "", _stem(form)), ("pdf",), told)
    for entry in payload.attached:
        payload.files[entry.path] = resolve_inside(source.folder, entry.file.path)
    return payload


def _stem(form: str) -> str:
    return f"form_{form}" if form.isdigit() else form


def submission_forms(course: Course) -> Iterator[FormFile]:
    """Yield the documents that a submission makes of the course, of all forms that can be made.

    Forms 03 and 04 are templates that the author completes: the bundle has them for lectures alone that lack the
    author's own file. What the office draws up later is never among them (X23, part B-b); a checklist, a score sheet, a
    protocol or a record without data would be an empty paper.
    """
    for form in EXPORTED:
        if form not in _OF_THE_OFFICE | _empty_papers(course):
            done = _parts_left_out(course, form)
            yield from (file for file in form_files(course, form) if file.part not in done)


def _empty_papers(course: Course) -> frozenset[str]:
    protocol = course.protocol
    trial = course.pilot
    has_data = {
        "07": any(map(_has_answers, course.sessions)),
        "10": any(map(_has_scores, course.reviews)),
        "other_tests": has_other_tests(course),
        "surveys": any(survey.questions for survey in course.surveys),
        "messages": any(module.weekly_message.text.strip() for module in course.modules),
        "pilot": bool(trial.from_on or trial.to_on or trial.sample_size or trial.results.strip()),
        "11": bool(protocol.number.strip() or protocol.conclusion.strip() or any(protocol.results)),
    }
    return frozenset(form for form, there in has_data.items() if not there)


def _has_answers(session: RecordingSession) -> bool:
    return any(answer(session, point) is not None for point in (*ASKED, *AIDS))


def _has_scores(review: Review) -> bool:
    return any(score is not None for score in review.scores)


def _parts_left_out(course: Course, form: str) -> frozenset[str]:
    """Return ids of the lectures that have the author's own file of a form, of the sheets that nobody has filled in."""
    lessons = [lesson for module in course.modules for lesson in module.lessons]
    if form == "03":
        return frozenset(lesson.id for lesson in lessons if any(item.file for item in lesson.self_study))
    if form == PRESENTATION:
        return frozenset(lesson.id for lesson in lessons if lesson.presentation)
    if form == "07":
        return frozenset(session.id for session in course.sessions if not _has_answers(session))
    if form == "10":
        return frozenset(review.id for review in course.reviews if not _has_scores(review))
    return frozenset()


def _write_form(source: Source, payload: Payload, file: FormFile, formats: tuple[str, ...], told: Told) -> None:
    for fmt, title, data in _written(source, file, formats):
        path = f"{DOCUMENTS if fmt == 'pdf' else EDITABLE}/{file.name}.{fmt}"
        payload.files[path] = data
        payload.made.append(MadeFile(_PART_OF_FORM.get(file.form, _stem(file.form)), path, title))
        told()


def _written(source: Source, file: FormFile, formats: tuple[str, ...]) -> Iterator[tuple[str, str, bytes]]:
    """Yield format, title and content; a document is built once for all its formats."""
    course, regulation, on = source.course, source.regulation, source.generated_on
    if file.form == PRESENTATION:
        title = load_texts().get("bundle.part.form_04", source.lang)
        for fmt in formats:
            data = export_form(
                course, regulation, file.form, fmt, generated_on=on, draft=source.draft, part=file.part,
                course_folder=source.folder,
            )  # fmt: skip
            yield fmt, title, data
        return
    document = build_form(
        course, regulation, file.form, generated_on=on, draft=source.draft, part=file.part, course_folder=source.folder
    )
    for fmt in formats:
        yield fmt, document.title, write_document(document, fmt)


def _questions(source: Source, payload: Payload) -> None:
    """Put in the questions as files: those of form 05 as Aiken, all of them as Moodle XML (11.3b)."""
    questions = form_05_questions(source.course)
    path = f"{EDITABLE}/form_05.txt"
    payload.files[path], problems = aiken.write_carriable(questions)
    payload.left_out = left_out_questions(questions, problems)
    payload.made.append(MadeFile("form_05", path, "Aiken"))
    if source.course.test_bank:
        path = f"{EDITABLE}/questions_moodle.xml"
        pictures = load_pictures(source.folder, source.course.test_bank)
        payload.files[path], _ = moodle_files.bank_xml(source.course, source.lang, pictures)
        payload.made.append(MadeFile("question_bank", path, "Moodle XML"))


def _reports(source: Source, payload: Payload) -> None:
    recordings = [(r, _portable(r, source.reports[r.id])) for r in source.course.recordings if r.id in source.reports]
    for recording, report in recordings:
        path = f"{REPORTS_FOLDER}/{recording.id}.json"
        payload.files[path] = report.model_dump_json(exclude_defaults=True).encode()
    if not recordings:
        return
    judged = [
        checked(Path(report.path), report, source.regulation, stage=recording.stage, role=recording.role)
        for recording, report in recordings
    ]
    document = recording_report(judged, source.regulation, source.lang, generated_on=source.generated_on)
    path = f"{REPORTS_FOLDER}/recordings.pdf"
    payload.files[path] = write_document(document, "pdf")
    payload.made.append(MadeFile("recording_reports", path, document.title))


def _portable(recording: Recording, report: RecordingReport) -> RecordingReport:
    """Return a report without the author's folders, which are nobody's business, and without how long it took."""
    return report.model_copy(update={"path": Path(recording.path).name, "wall_s": 0.0, "frames_per_s": 0.0})


def _data(source: Source) -> Iterator[tuple[str, bytes]]:
    facts = {path: source.attachments[path].model_dump(mode="json") for path in sorted(source.attachments)}
    yield COURSE_FILE, encode(source.course, source.regulation.id)
    yield RECORDINGS_FILE, recordings_json(source.course.recordings)
    yield ATTACHMENTS_FILE, json_bytes(facts)


def recordings_json(recordings: tuple[Recording, ...]) -> bytes:
    """Return links, sizes and checksums of the recordings, which a bundle never embeds (X70)."""
    fields = {"id", "title", "role", "stage", "lesson_id", "url", "size_bytes", "sha256"}
    return json_bytes([recording.model_dump(mode="json", include=fields) for recording in recordings])


def json_bytes(data: object) -> bytes:
    """Return data as a JSON file for people and programs."""
    return (json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n").encode("utf-8", "backslashreplace")


def titles(payload: Payload, lang: Lang) -> list[dict[str, str]]:
    """Return path, title and name in the course of every document and attached file (decision 17)."""
    texts = load_texts()
    rows = [{"path": made.path, "title": made.title, "part": made.part} for made in payload.made]
    for entry in payload.attached:
        name = texts.get(f"bundle.part.{entry.part}", lang)
        title = f"{name}: {entry.title}" if entry.title else name
        rows.append({"path": entry.path, "title": title, "part": entry.part, "original": entry.file.path})
    return rows
