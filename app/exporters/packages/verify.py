"""Verifying a received bundle: is it whole, and what do the rules say of the course inside."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from app.checks import run
from app.exporters.packages.bag import BagProblem, BagProblemKind, BagReader
from app.exporters.packages.payload import ATTACHMENTS_FILE, COURSE_FILE, REPORTS_FOLDER
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.errors import BundleError, ProjectFileError
from app.model.finding import Finding
from app.model.recording import RecordingReport
from app.model.regulation import Regulation
from app.storage.course_file import decode

_INCOMPLETE = frozenset(
    {BagProblemKind.MISSING, BagProblemKind.EXTRA, BagProblemKind.STRUCTURE, BagProblemKind.MISSING_VOLUME}
)
_COUNT = re.compile(r"([0-9]{1,4}) of ([0-9]{1,4})")
_MOST_NEIGHBOURS = 500
"""ZIP files looked at in the folder to find the other volumes."""


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """What verifying found.

    Attributes:
        problems: differences between the manifests and the files; integrity and structure alone decide `valid`.
        documents: paths of the files inside, below ``data/``.
        course: the course inside, None where there is none or it cannot be read.
        findings: what the rules say of it today.
        volumes: the files that were read, one unless the bundle was split.
    """

    problems: tuple[BagProblem, ...]
    documents: tuple[str, ...]
    course: Course | None
    findings: tuple[Finding, ...]
    volumes: tuple[Path, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether every listed file is there, unchanged, and no other."""
        return not self.problems

    @property
    def complete(self) -> bool:
        """Whether just the listed files are there, changed or not (RFC 8493, section 3)."""
        return not any(problem.kind in _INCOMPLETE for problem in self.problems)


def verify_bundle(
    path: Path,
    *,
    today: date,
    regulation: Regulation,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> VerifyResult:
    """Verify a bundle without unpacking it; of a split one all volumes that lie in the same folder.

    Args:
        path: the ZIP, or any one of the volumes.
        today: the day on which the rules are asked.
        regulation: the edition to judge by.
        on_progress: told the bytes read and those of all files; it may raise a `BundleError`, which ends the check.

    Raises:
        BundleError: the file cannot be read as a bundle, or it is made to harm.
    """
    done_bytes = total_bytes = 0

    def read(size_bytes: int) -> None:
        nonlocal done_bytes
        done_bytes += size_bytes
        on_progress(done_bytes, total_bytes)

    with ExitStack() as opened:
        first = opened.enter_context(BagReader(path))
        volumes, problems = _group(first, opened)
        total_bytes = sum(bag.size_bytes for bag in volumes)
        for bag in volumes:
            prefix = f"{bag.path.name}: " if len(volumes) > 1 else ""
            problems += [BagProblem(problem.kind, prefix + problem.path) for problem in bag.problems(read)]
        documents = {document: bag for bag in volumes for document in bag.payload_paths()}
        course, reports, attachments = _content(documents)
        if course is None and COURSE_FILE in documents and not problems:
            problems.append(BagProblem(BagProblemKind.STRUCTURE, f"data/{COURSE_FILE}"))
    findings = run(course, reports, attachments, regulation, today) if course is not None else ()
    paths = tuple(bag.path for bag in volumes)
    return VerifyResult(tuple(problems), tuple(sorted(documents)), course, findings, paths)


def _group(first: BagReader, opened: ExitStack) -> tuple[list[BagReader], list[BagProblem]]:
    """Return the volumes of a bundle in order, and which of them are not there."""
    identifier, number, count = _place(first)
    if not identifier or count <= 1:
        return [first], []
    found = {number: first}
    for path in sorted(first.path.parent.glob("*.zip"))[:_MOST_NEIGHBOURS]:
        bag = None if path == first.path else _neighbour(path)
        if bag is None:
            continue
        opened.enter_context(bag)
        other, place, of = _place(bag)
        if other == identifier and of == count:
            found.setdefault(place, bag)
    missing = [
        BagProblem(BagProblemKind.MISSING_VOLUME, f"{place} of {count}")
        for place in range(1, count + 1)
        if place not in found
    ]
    return [found[place] for place in sorted(found)], missing


def _neighbour(path: Path) -> BagReader | None:
    try:
        return BagReader(path)
    except BundleError:
        return None  # another ZIP, or a volume that cannot be opened: it is told as missing


def _place(bag: BagReader) -> tuple[str, int, int]:
    """Return the identifier of a bag's group, its number in it and how many there are."""
    info = bag.info()
    count = _COUNT.fullmatch(info.get("Bag-Count", ""))
    if count is None:
        return "", 1, 1
    return info.get("Bag-Group-Identifier", ""), int(count[1]), int(count[2])


def _content(
    documents: Mapping[str, BagReader],
) -> tuple[Course | None, Mapping[str, RecordingReport], Mapping[str, AttachmentFacts]]:
    bag = documents.get(COURSE_FILE)
    raw = None if bag is None else bag.read(COURSE_FILE)
    if bag is None or raw is None:
        return None, {}, {}
    try:
        course = decode(raw, bag.path).course
    except ProjectFileError:
        return None, {}, {}  # told as a problem of structure
    return course, dict(_reports(documents)), _attachments(documents)


def _reports(documents: Mapping[str, BagReader]) -> Iterator[tuple[str, RecordingReport]]:
    for document, bag in documents.items():
        if document.startswith(f"{REPORTS_FOLDER}/") and document.endswith(".json"):
            report = _report(bag.read(document))
            if report is not None:
                yield Path(document).stem, report


def _report(raw: bytes | None) -> RecordingReport | None:
    try:
        return None if raw is None else RecordingReport.model_validate_json(raw)
    except ValidationError:
        return None  # counts as not measured, which the rules say


def _attachments(documents: Mapping[str, BagReader]) -> dict[str, AttachmentFacts]:
    bag = documents.get(ATTACHMENTS_FILE)
    raw = None if bag is None else bag.read(ATTACHMENTS_FILE)
    try:
        data = json.loads(raw) if raw else {}
        return {path: AttachmentFacts.model_validate(facts) for path, facts in data.items()}
    except (ValueError, AttributeError):
        return {}  # counts as not looked at, which the rules say
