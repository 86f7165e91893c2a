"""The bundle that goes to the MOOC office: documents, data, reports and a README in a BagIt bag, or in several."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from app import __version__
from app.checks import blocks, run
from app.exporters.forms import write_document
from app.exporters.packages.bag import bag_info, write_bag
from app.exporters.packages.cover import Cover, contents_json, cover_document
from app.exporters.packages.parts import LeftOutQuestion, Part, inventory
from app.exporters.packages.payload import CONTENTS_FILE, Source, document_count, publication, submission
from app.exporters.packages.volumes import group_identifier, split, volume_path
from app.exporters.transliteration import ascii_name
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.errors import BundleError
from app.model.finding import Finding
from app.model.recording import RecordingReport
from app.model.regulation import Regulation

README_FILE = "README.pdf"
_README_ROOM_BYTES = 64 * 1024
"""How much the README may grow when it names the volumes."""


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
        volumes: the files, one unless the bundle was split.
        parts: the inventory, what is missing included; of a publication what is in it.
        open_findings: what would keep the course from submission.
        left_out: questions that the test file does not hold.
        files: paths below ``data/``.
    """

    volumes: tuple[Path, ...]
    parts: tuple[Part, ...]
    open_findings: tuple[Finding, ...]
    left_out: tuple[LeftOutQuestion, ...]
    files: tuple[str, ...]

    @property
    def path(self) -> Path:
        """The first file."""
        return self.volumes[0]


Progress = Callable[[int, int], None]
"""Told of each step: how many are done, how many there are. It may raise to stop the work; nothing is left behind."""


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
    volume_mb: int | None = None,
    on_progress: Progress = lambda _done, _total: None,
) -> BundleSummary:
    """Write the bundle; the same course on the same day gives the same bytes.

    Args:
        course: the course.
        regulation: the edition that it follows.
        out_path: the ZIP to write; volumes are named after it.
        generated_on: the day that all documents carry and on which the rules are asked.
        draft: allow what is not ready and mark every page.
        kind: submission or publication.
        reports: recording reports by recording id.
        attachments: facts of attached files by path.
        course_folder: where the attached files lie.
        volume_mb: split it so that the mail of each volume stays below so many millions of bytes; None = one file.
        on_progress: told of each document made and each file packed.

    Raises:
        BundleNotReadyError: due must-rules do not hold and it is no draft.
        BundleError: the file cannot be written, an attached file cannot be read, a file is too large for a volume.
        ExportError: a document cannot be made.
    """
    findings = run(course, reports, attachments, regulation, generated_on)
    blocking = tuple(finding for finding in findings if blocks(finding, regulation))
    if blocking and not draft:
        raise BundleNotReadyError(blocking)
    source = Source(course, regulation, generated_on, draft, reports, attachments, course_folder)
    steps = _Steps(on_progress, document_count(course))
    public = kind is BundleKind.PUBLICATION
    payload = publication(source, steps.next) if public else submission(source, steps.next)
    parts = inventory(course, source.lang, payload.attached, payload.made)
    if public:
        parts = tuple(part for part in parts if part.files)
    cover = Cover(source, parts, payload, () if public else blocking, public)
    volumes = _volumes(cover, volume_mb)
    files: dict[str, bytes | Path] = {README_FILE: _readme(cover, volumes)}
    if not public:
        files[CONTENTS_FILE] = contents_json(cover, volumes)
    files.update(payload.files)
    name = f"mooc-{ascii_name(course.title) or 'course'}"
    info = bag_info(course.title or "-", regulation.edition.code, course.university or "-", generated_on, __version__)
    info |= {"Bundle-Kind": kind.value, "Draft": "yes" if draft else "no"}
    steps.grow(len(files))
    paths = _write(out_path, name, files, volumes, info, steps.next)
    steps.end()
    return BundleSummary(paths, parts, blocking, payload.left_out, tuple(sorted(files)))


class _Steps:
    """Counts towards a total that is known in two portions: the documents, then the files."""

    def __init__(self, told: Progress, documents: int) -> None:
        self._told, self._done, self._total = told, 0, documents * 2

    def grow(self, files: int) -> None:
        self._total = self._done + files

    def next(self) -> None:
        self._done += 1
        self._told(min(self._done, self._total), self._total)

    def end(self) -> None:
        self._told(self._total, self._total)


def _volumes(cover: Cover, volume_mb: int | None) -> tuple[tuple[str, ...], ...]:
    """Return which paths stand in which volume; the cover list in the first."""
    files = cover.payload.files
    if volume_mb is None:
        return (tuple(files),)
    reserved_bytes = len(_readme(cover, ())) + len(contents_json(cover, ())) + _README_ROOM_BYTES
    return split(files, volume_mb, reserved_bytes=reserved_bytes)


def _readme(cover: Cover, volumes: tuple[tuple[str, ...], ...]) -> bytes:
    return write_document(cover_document(cover, volumes), "pdf")


def _write(
    out_path: Path,
    name: str,
    files: Mapping[str, bytes | Path],
    volumes: tuple[tuple[str, ...], ...],
    info: Mapping[str, str],
    told: Callable[[], None],
) -> tuple[Path, ...]:
    """Write the volumes; all of them or none."""
    count = len(volumes)
    split_up = {path for volume in volumes for path in volume}
    first = [path for path in files if path not in split_up]
    written: list[Path] = []
    group = group_identifier(name, files) if count > 1 else ""
    with _all_or_none(written):
        for number, volume in enumerate(volumes, start=1):
            target = volume_path(out_path, number, count)
            paths = [*first, *volume] if number == 1 else volume
            tags, folder = dict(info), name
            if count > 1:
                folder = f"{name}-{number}-of-{count}"
                tags |= {"Bag-Group-Identifier": group, "Bag-Count": f"{number} of {count}"}
            write_bag(target, folder, {path: files[path] for path in paths}, tags, on_entry=told)
            written.append(target)
    return tuple(written)


@contextmanager
def _all_or_none(written: list[Path]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def _first_rules(findings: Iterable[Finding]) -> list[str]:
    rules = list(dict.fromkeys(finding.rule for finding in findings))
    return [*rules[:8], "…"] if len(rules) > 8 else rules
