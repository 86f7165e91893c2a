"""Verifying a received bundle: is it whole, and what do the rules say of the course inside."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from app.checks import run
from app.exporters.packages.bag import BagProblem, BagProblemKind, BagReader
from app.exporters.packages.bundle import ATTACHMENTS_FILE, COURSE_FILE, REPORTS_FOLDER
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.errors import ProjectFileError
from app.model.finding import Finding
from app.model.recording import RecordingReport
from app.model.regulation import Regulation
from app.storage.course_file import decode

_INCOMPLETE = frozenset({BagProblemKind.MISSING, BagProblemKind.EXTRA, BagProblemKind.STRUCTURE})


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """What verifying found.

    Attributes:
        problems: differences between the manifests and the files; integrity and structure alone decide `valid`.
        documents: paths of the files inside, below ``data/``.
        course: the course inside, None where there is none or it cannot be read.
        findings: what the rules say of it today.
    """

    problems: tuple[BagProblem, ...]
    documents: tuple[str, ...]
    course: Course | None
    findings: tuple[Finding, ...]

    @property
    def valid(self) -> bool:
        """Whether every listed file is there, unchanged, and no other."""
        return not self.problems

    @property
    def complete(self) -> bool:
        """Whether just the listed files are there, changed or not (RFC 8493, section 3)."""
        return not any(problem.kind in _INCOMPLETE for problem in self.problems)


def verify_bundle(path: Path, *, today: date, regulation: Regulation) -> VerifyResult:
    """Verify a bundle without unpacking it.

    Args:
        path: the ZIP.
        today: the day on which the rules are asked.
        regulation: the edition to judge by.

    Raises:
        BundleError: the file cannot be read as a bundle, or it is made to harm.
    """
    with BagReader(path) as bag:
        problems = bag.problems()
        documents = bag.payload_paths()
        course, reports, attachments = _content(bag, documents)
        if course is None and COURSE_FILE in documents and not problems:
            problems = (BagProblem(BagProblemKind.STRUCTURE, f"data/{COURSE_FILE}"),)
    findings = run(course, reports, attachments, regulation, today) if course is not None else ()
    return VerifyResult(problems, documents, course, findings)


def _content(
    bag: BagReader, documents: tuple[str, ...]
) -> tuple[Course | None, Mapping[str, RecordingReport], Mapping[str, AttachmentFacts]]:
    raw = bag.read(COURSE_FILE) if COURSE_FILE in documents else None
    if raw is None:
        return None, {}, {}
    try:
        course = decode(raw, bag.path).course
    except ProjectFileError:
        return None, {}, {}  # told as a problem of structure
    reports = {}
    for document in documents:
        if document.startswith(f"{REPORTS_FOLDER}/"):
            report = _report(bag.read(document))
            if report is not None:
                reports[Path(document).stem] = report
    return course, reports, _attachments(bag, documents)


def _report(raw: bytes | None) -> RecordingReport | None:
    try:
        return None if raw is None else RecordingReport.model_validate_json(raw)
    except ValidationError:
        return None  # counts as not measured, which the rules say


def _attachments(bag: BagReader, documents: tuple[str, ...]) -> dict[str, AttachmentFacts]:
    raw = bag.read(ATTACHMENTS_FILE) if ATTACHMENTS_FILE in documents else None
    try:
        data = json.loads(raw) if raw else {}
        return {path: AttachmentFacts.model_validate(facts) for path, facts in data.items()}
    except (ValueError, AttributeError):
        return {}  # counts as not looked at, which the rules say
