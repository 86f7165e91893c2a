"""Attached PDF, DOCX and PPTX files, probed into facts before any rule looks at them."""

import errno
import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pydantic import BaseModel

from app.attachments.facts import Content
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.people import FileRef

_CHUNK_BYTES = 1 << 20
_RECORDINGS = frozenset({".mp4", ".mov", ".mxf", ".mkv", ".avi", ".mts", ".m2ts", ".webm", ".wav", ".flac", ".aiff"})
"""Recordings are measured by `app.media`; here it is only said whether they are there."""

_NO_SUCH_FILE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL})
"""What the system says of a file that is not there; anything else means that it is there and cannot be read."""


def probe_attachments(course: Course, folder: Path) -> dict[str, AttachmentFacts]:
    """Look at every file that a course names.

    Args:
        course: the course.
        folder: its folder.

    Returns:
        Facts by `FileRef.path`. A file that is missing, damaged, encrypted or outside the folder has facts that say
        so; nothing is raised.
    """
    return {path: probe_file(folder, path) for path in sorted({file.path for file in _files(course)})}


def probe_file(folder: Path, path: str) -> AttachmentFacts:
    """Look at one file; ``path`` as in `FileRef.path`, relative to the course folder."""
    kind = PurePosixPath(path).suffix.lower().lstrip(".")
    missing = AttachmentFacts(path=path, kind=kind)
    # As `app.storage.inside` has it, which a sibling cannot import: what a bundle may not carry is not there.
    if "\\" in path or "\0" in path or path.startswith("/") or ".." in PurePosixPath(path).parts:
        return missing
    try:
        root = folder.resolve()
        file = root.joinpath(path).resolve()
    except (OSError, RuntimeError):  # the way to it cannot be gone; links in a circle up to Python 3.12
        return missing
    try:
        if not file.is_relative_to(root) or not file.is_file():
            return missing
        if file.suffix.lower() in _RECORDINGS:
            return AttachmentFacts(path=path, kind=kind, exists=True, opens=True)
        sha256 = _sha256(file)
    except OSError as error:
        return AttachmentFacts(path=path, kind=kind, exists=error.errno not in _NO_SUCH_FILE)
    content = _content(file, kind)
    if content is None:
        return AttachmentFacts(path=path, kind=kind, exists=True, sha256=sha256)
    return AttachmentFacts(
        path=path,
        kind=kind,
        exists=True,
        opens=True,
        pages=content.pages,
        first_page_text=content.first_page_text,
        text=content.text,
        image_count=content.image_count,
        slides=content.slides,
        aspect=content.aspect,
        sha256=sha256,
    )


def _content(file: Path, kind: str) -> Content | None:
    """Return what is in a file, None if it does not open as what its name says."""
    # The readers are imported where they are needed: pypdf and python-docx take 0.3 s, most commands open neither.
    if kind == "pdf":
        from app.attachments.pdf import read_pdf

        return read_pdf(file)
    if kind == "docx":
        from app.attachments.docx import read_docx

        return read_docx(file)
    if kind == "pptx":
        from app.attachments.pptx import read_pptx

        return read_pptx(file)
    return Content()


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _files(value: object) -> Iterator[FileRef]:
    """Yield every file reference in a model, wherever it stands, so that a new field is not forgotten."""
    if isinstance(value, FileRef):
        if value.path:
            yield value
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from _files(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _files(inner)
