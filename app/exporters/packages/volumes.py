"""Splitting a bundle so that each piece goes as the attachment of one mail.

A mail carries an attachment as base64, 57 bytes a line of 76 characters and a line break: 78 for 57. Each volume is a
bag of its own; all volumes of one bundle name one Bag-Group-Identifier, and "1 of 3" as their Bag-Count (RFC 8493,
section 2.2.2).
"""

import hashlib
import zlib
from collections.abc import Mapping
from pathlib import Path

from app.exporters.packages.zip_file import LARGE_BYTES, size_of
from app.model.errors import BundleError

MB_BYTES = 1_000_000
MAIL_VOLUME_MB = 20
"""What mail servers let pass in any case."""
_LINE_BYTES, _ENCODED_LINE_BYTES = 57, 78
_MAIL_HEAD_BYTES = 8_192
"""Head and text of the letter."""
_ENTRY_BYTES = 400
"""What an entry takes beside its packed content: two heads in the ZIP, a line in the manifest."""
_TAGS_BYTES = 4_096


def encoded_bytes(size_bytes: int) -> int:
    """Return how many bytes of a mail an attachment of that size takes."""
    return -(-size_bytes // _LINE_BYTES) * _ENCODED_LINE_BYTES


def largest_file_bytes(limit_mb: int) -> int:
    """Return the size of the largest file whose mail stays below a limit."""
    return max(0, (limit_mb * MB_BYTES - _MAIL_HEAD_BYTES) // _ENCODED_LINE_BYTES * _LINE_BYTES)


def split(files: Mapping[str, bytes | Path], limit_mb: int, *, reserved_bytes: int) -> tuple[tuple[str, ...], ...]:
    """Return which paths stand in which volume, each put into the first that has room.

    Args:
        files: content or source by path.
        limit_mb: what the mail of a volume must stay below, in millions of bytes.
        reserved_bytes: room to leave in the first volume for what is written last.

    Raises:
        BundleError: ``bundle_file_too_large`` when one file alone breaks the limit.
    """
    room_bytes = largest_file_bytes(limit_mb) - _TAGS_BYTES
    left = [room_bytes - reserved_bytes]
    volumes: list[list[str]] = [[]]
    for path, source in files.items():
        need_bytes = _packed_bytes(source) + _ENTRY_BYTES + 4 * len(path)
        if need_bytes > room_bytes:
            size_mb = round(encoded_bytes(need_bytes) / MB_BYTES, 1)
            raise BundleError("bundle_file_too_large", path=path, size_mb=size_mb, limit_mb=limit_mb)
        number = next((place for place, room in enumerate(left) if need_bytes <= room), len(left))
        if number == len(left):
            left.append(room_bytes)
            volumes.append([])
        left[number] -= need_bytes
        volumes[number].append(path)
    return tuple(tuple(paths) for paths in volumes)


def _packed_bytes(source: bytes | Path) -> int:
    size_bytes = size_of(source)
    if size_bytes > LARGE_BYTES:  # it is stored
        return size_bytes
    try:
        data = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise BundleError("bundle_source_unreadable", path=source, problem=error.strerror or error) from error
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return len(packer.compress(data)) + len(packer.flush())


def volume_path(out_path: Path, number: int, count: int) -> Path:
    """Return where a volume is written; a bundle of one volume keeps its name."""
    return out_path if count == 1 else out_path.with_name(f"{out_path.stem}-{number}-of-{count}{out_path.suffix}")


def group_identifier(name: str, files: Mapping[str, bytes | Path]) -> str:
    """Return what the volumes of one bundle have in common, and no other bundle: a name and a hash of the content.

    Raises:
        BundleError: ``bundle_source_unreadable``.
    """
    digest = hashlib.sha256()
    for path in sorted(files):
        source = files[path]
        digest.update(path.encode() + b"\0")
        if isinstance(source, bytes):
            digest.update(hashlib.sha256(source).digest())
            continue
        try:
            with source.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        except OSError as error:
            raise BundleError("bundle_source_unreadable", path=source, problem=error.strerror or error) from error
    return f"{name}-{digest.hexdigest()[:16]}"
