"""Telling one content from another: a quick key for kept reports, and the full checksum for the bundle."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.model.errors import MediaError

_ENDS_BYTES: Final = 65_536
_SAMPLE_BYTES: Final = 4_096
_SAMPLES: Final = 16
_READ_BYTES: Final = 4 * 1024 * 1024


def fingerprint(path: Path, sound_path: Path | None = None) -> str:
    """Return the key of a recording's content: size, time, and a hash of head, tail and sixteen samples between.

    It reads under 200 KB whatever the size, so a kept report is found at once. A paired sound file is part of it.

    Raises:
        MediaError: ``media_missing`` or ``media_no_access``.
    """
    digest = hashlib.sha256()
    for part in (path, sound_path):
        if part is not None:
            _feed(digest, part)
    return digest.hexdigest()[:40]


def full_sha256(path: Path, heartbeat: Callable[[], None]) -> str:
    """Return the SHA-256 of the whole file.

    Args:
        path: the file.
        heartbeat: called every few megabytes; may raise to stop.

    Raises:
        MediaError: ``media_no_access``.
    """
    digest = hashlib.sha256()
    buffer = bytearray(_READ_BYTES)
    try:
        with path.open("rb", buffering=0) as file:
            while count := file.readinto(buffer):
                digest.update(memoryview(buffer)[:count])
                heartbeat()
    except OSError as error:
        raise MediaError("media_no_access", name=path.name) from error
    return digest.hexdigest()


def _feed(digest: "hashlib._Hash", path: Path) -> None:
    try:
        status = path.stat()
        digest.update(f"{status.st_size} {status.st_mtime_ns} ".encode())
        with path.open("rb", buffering=0) as file:
            for place, count in _places(status.st_size):
                file.seek(place)
                digest.update(file.read(count))
    except FileNotFoundError as error:
        raise MediaError("media_missing", name=path.name) from error
    except OSError as error:
        raise MediaError("media_no_access", name=path.name) from error


def _places(size_bytes: int) -> list[tuple[int, int]]:
    between = [size_bytes * number // (_SAMPLES + 1) for number in range(1, _SAMPLES + 1)]
    tail = max(size_bytes - _ENDS_BYTES, 0)
    return [(0, _ENDS_BYTES), *((place, _SAMPLE_BYTES) for place in between), (tail, _ENDS_BYTES)]
