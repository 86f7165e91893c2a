"""Telling one content from another: a quick key for kept reports, and the full checksum for the bundle."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self

from app.model.errors import MediaError

_ENDS_BYTES: Final = 65_536
_SAMPLE_BYTES: Final = 4_096
_SAMPLES: Final = 16
_READ_BYTES: Final = 1024 * 1024


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


class FullHash:
    """The SHA-256 of a whole file, taken behind somebody else who reads it.

    What the decoder has just read is still in the system's memory: a recording of 100 GB on a slow drive is read once,
    and the sums are done while the decoder's threads work.

    Args:
        path: the file; it is opened at once and closed by `finish` or at the end of the ``with``.

    Raises:
        MediaError: ``media_no_access``.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._digest = hashlib.sha256()
        self._done_bytes = 0
        self._error: OSError | None = None
        self._buffer = bytearray(_READ_BYTES)
        try:
            self._file = path.open("rb", buffering=0)
        except OSError as error:
            raise MediaError("media_no_access", name=self._name) from error

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    def follow(self, to_bytes: int) -> None:
        """Take the next few megabytes if they all lie before a place; an error is told by `finish`."""
        if to_bytes - self._done_bytes >= _READ_BYTES and self._error is None:
            try:
                self._take()
            except OSError as error:
                self._error = error

    def finish(self, heartbeat: Callable[[], None]) -> str:
        """Take the rest and return the checksum as hexadecimal digits.

        Args:
            heartbeat: called every few megabytes; may raise to stop.

        Raises:
            MediaError: ``media_no_access``.
        """
        try:
            if self._error is not None:
                raise self._error
            while self._take():
                heartbeat()
        except OSError as error:
            raise MediaError("media_no_access", name=self._name) from error
        return self._digest.hexdigest()

    def _take(self) -> int:
        count = self._file.readinto(self._buffer) or 0
        self._digest.update(memoryview(self._buffer)[:count])
        self._done_bytes += count
        return count


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
