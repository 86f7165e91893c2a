"""ZIP files that are the same for the same content, written whole or not at all."""

import hashlib
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from app.model.errors import BundleError

LARGE_BYTES = 4 * 1024 * 1024
"""What is larger is stored as it is, see `_compression`."""
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = (stat.S_IFREG | 0o644) << 16
_CHUNK = 1 << 20


def write_zip(out_path: Path, fill: Callable[[zipfile.ZipFile], None]) -> None:
    """Write a ZIP beside its place and then rename it, so that a failure leaves no half file.

    Args:
        out_path: the ZIP.
        fill: puts the entries in, with `write_entry`.

    Raises:
        BundleError: ``bundle_not_written`` when the file cannot be written, ``bundle_source_unreadable`` when a
            source file vanished.
    """
    temporary = out_path.with_name(f".{out_path.name}.part")
    try:
        with temporary.open("wb") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                fill(archive)
            raw.flush()
            os.fsync(raw.fileno())
        temporary.replace(out_path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise BundleError("bundle_not_written", path=out_path, problem=error.strerror or error) from error
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def write_entry(archive: zipfile.ZipFile, path: str, source: bytes | Path) -> tuple[str, int]:
    """Write one entry without a clock in it; return its SHA-256 and its size in bytes."""
    entry = zipfile.ZipInfo(path, _FIXED_TIME)
    entry.compress_type = _compression(source)
    entry.external_attr = _FILE_MODE
    entry.create_system = 3
    digest, size = hashlib.sha256(), 0
    with archive.open(entry, "w", force_zip64=isinstance(source, Path)) as target:
        for chunk in _chunks_of(source):
            target.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def size_of(source: bytes | Path) -> int:
    """Return the size in bytes of what an entry is made from.

    Raises:
        BundleError: ``bundle_source_unreadable``.
    """
    if isinstance(source, bytes):
        return len(source)
    try:
        return source.stat().st_size
    except OSError as error:
        raise BundleError("bundle_source_unreadable", path=source, problem=error.strerror or error) from error


def _compression(source: bytes | Path) -> int:
    """Store what is large: it is packed already (scans, presentations), or so uniform that it would look like a bomb.

    A reader refuses a large entry that shrinks too far; a bundle of ours must never be one of those.
    """
    return zipfile.ZIP_STORED if size_of(source) > LARGE_BYTES else zipfile.ZIP_DEFLATED


def _chunks_of(source: bytes | Path) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    try:
        with source.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise BundleError("bundle_source_unreadable", path=source, problem=error.strerror or error) from error
