"""The bundle that goes to the MOOC office: documents, data, reports and a cover list in a BagIt bag."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from app import __version__
from app.checks import blocks, run
from app.exporters.forms import export_form, write_document
from app.exporters.packages.bag import bag_info, write_bag
from app.exporters.packages.cover import contents_json, cover_document, recordings_json
from app.exporters.packages.parts import (
    LeftOutQuestion,
    Part,
    attached_files,
    bundle_path,
    inventory,
    left_out_questions,
)
from app.exporters.transliteration import ascii_name
from app.formats import aiken
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.errors import BundleError
from app.model.finding import Finding
from app.model.recording import RecordingReport
from app.model.regulation import Regulation
from app.model.views import form_05_questions
from app.storage.course_file import encode
from app.storage.inside import resolve_inside

COURSE_FILE = "course.json"
CONTENTS_FILE = "contents.json"
ATTACHMENTS_FILE = "attachments.json"
RECORDINGS_FILE = "recordings.json"
REPORTS_FOLDER = "reports"
_FORMS = ("01", "02", "05", "glossary", "references")


class BundleKind(StrEnum):
    """To the office for acceptance, or approved papers for the public, which are PDF only (14.2.1b)."""

    SUBMISSION = "submission"
    PUBLICATION = "publication"


class BundleNotReadyError(BundleError):
    """The course does not meet what is due.

    Attributes:
        findings: what keeps it back.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("bundle_not_ready", count=len(findings), rules=", ".join(_first_rules(findings)))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class BundleSummary:
    """What was written.

    Attributes:
        parts: the inventory, what is missing included; empty in a publication.
        open_findings: what would keep the course from submission.
        left_out: questions that the test file does not hold.
    """

    path: Path
    parts: tuple[Part, ...]
    open_findings: tuple[Finding, ...]
    left_out: tuple[LeftOutQuestion, ...]
    files: tuple[str, ...]


Progress = Callable[[int, int], None]
"""Told of each step: how many are done, how many there are."""


def write_bundle(
    course: Course,
    regulation: Regulation,
    out_path: Path,
    *,
    generated_on: date,
    draft: bool,
    kind: BundleKind,
    reports: Mapping[str, RecordingReport],
    attachments: Mapping[str, AttachmentFacts],
    course_folder: Path,
    on_progress: Progress = lambda _done, _total: None,
) -> BundleSummary:
    """Write the bundle; the same course on the same day gives the same bytes.

    Args:
        course: the course.
        regulation: the edition that it follows.
        out_path: the ZIP to write.
        generated_on: the day that all documents carry and on which the rules are asked.
        draft: allow what is not ready and mark every page.
        kind: submission or publication.
        reports: recording reports by recording id.
        attachments: facts of attached files by path.
        course_folder: where the attached files lie.
        on_progress: told of each document made.

    Raises:
        BundleNotReadyError: due must-rules do not hold and it is no draft.
        BundleError: the file cannot be written, an attached file cannot be read.
        ExportError: a document cannot be made.
    """
    findings = run(course, reports, attachments, regulation, generated_on)
    blocking = tuple(finding for finding in findings if blocks(finding, regulation))
    if blocking and not draft:
        raise BundleNotReadyError(blocking)
    steps = len(_FORMS) * 2 + 2
    payload: dict[str, bytes | Path] = {}
    made: dict[str, tuple[str, ...]] = {}
    for number, form in enumerate(_FORMS):
        key = f"form_{form}" if form.isdigit() else form
        paths = []
        for step, (fmt, folder) in enumerate((("pdf", "documents"), ("docx", "editable"))):
            path = f"{folder}/{key}.{fmt}"
            payload[path] = export_form(course, regulation, form, fmt, generated_on=generated_on, draft=draft)
            paths.append(path)
            on_progress(number * 2 + step + 1, steps)
        made[key] = tuple(paths)
    questions = form_05_questions(course)
    payload["editable/form_05.txt"], problems = aiken.write_carriable(questions)
    left_out = left_out_questions(questions, problems)
    payload.update(_attached(course, attachments, course_folder))
    parts = inventory(course, attachments, {**made, "form_05": (*made["form_05"], "editable/form_05.txt")})
    cover = cover_document(course, regulation, parts, blocking, left_out, generated_on=generated_on, draft=draft)
    payload["documents/00_contents.pdf"] = write_document(cover, "pdf")
    on_progress(steps - 1, steps)
    payload.update(_data(course, regulation, reports, attachments))
    payload[CONTENTS_FILE] = contents_json(
        parts, left_out, draft=draft, regulation_code=regulation.edition.code, generated_on=generated_on
    )
    if kind is BundleKind.PUBLICATION:
        payload = {path: content for path, content in payload.items() if path.endswith(".pdf")}
    info = bag_info(course.title or "-", regulation.edition.code, course.university or "-", generated_on, __version__)
    info["Bundle-Kind"] = kind.value
    info["Draft"] = "yes" if draft else "no"
    write_bag(out_path, f"mooc-{ascii_name(course.title) or 'course'}", payload, info)
    on_progress(steps, steps)
    return BundleSummary(out_path, parts, blocking, left_out, tuple(sorted(payload)))


def _attached(
    course: Course, attachments: Mapping[str, AttachmentFacts], course_folder: Path
) -> Iterable[tuple[str, Path]]:
    for file in attached_files(course):
        facts = attachments.get(file.path)
        if facts is not None and facts.exists:
            yield bundle_path(file), resolve_inside(course_folder, file.path)


def _data(
    course: Course,
    regulation: Regulation,
    reports: Mapping[str, RecordingReport],
    attachments: Mapping[str, AttachmentFacts],
) -> dict[str, bytes]:
    facts = {path: attachments[path].model_dump(mode="json") for path in sorted(attachments)}
    data = {
        COURSE_FILE: encode(course, regulation.id),
        RECORDINGS_FILE: recordings_json(course.recordings),
        ATTACHMENTS_FILE: (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode(),
    }
    for recording in course.recordings:
        if recording.id in reports:
            # The path on the author's machine is nobody's business, the time it took changes from run to run.
            report = reports[recording.id].model_copy(
                update={"path": Path(recording.path).name, "wall_s": 0.0, "frames_per_s": 0.0}
            )
            data[f"{REPORTS_FOLDER}/{recording.id}.json"] = report.model_dump_json(exclude_defaults=True).encode()
    return data


def _first_rules(findings: Iterable[Finding]) -> list[str]:
    rules = list(dict.fromkeys(finding.rule for finding in findings))
    return [*rules[:8], "…"] if len(rules) > 8 else rules
