"""A BagIt bag (RFC 8493) inside one ZIP file: writing it reproducibly, reading it without trusting it.

Nothing is ever unpacked to check a bag: names, kinds and sizes of the entries are judged from the ZIP's directory, then
every entry is read in chunks and hashed. A bag is *complete* when it holds just the files that its manifests list, and
*valid* when it is complete and every checksum agrees (RFC 8493, section 3).
"""

import hashlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import IO

from app.exporters.packages.zip_file import LARGE_BYTES, write_entry, write_zip
from app.model.errors import BundleError

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
BAG_INFO = "bag-info.txt"
_CHUNK = 1 << 20
_LOCAL_HEADER = struct.Struct("<4sHHHHHLLLHH")
_LINE_END = re.compile("\r\n|\r|\n")
_LOCAL_SIGNATURE = b"PK\x03\x04"

MAX_ENTRIES = 20_000
MAX_ENTRY_BYTES = 512 * 1024 * 1024
MAX_TOTAL_BYTES = 4 * 1024 * 1024 * 1024
MAX_RATIO = 300
"""Unpacked to packed size of one entry; deflate reaches some 1000 on zeros, our documents stay below 50."""


class BagProblemKind(StrEnum):
    """What can be wrong with a bag that could be opened."""

    MISSING = "missing"
    EXTRA = "extra"
    CHANGED = "changed"
    STRUCTURE = "structure"
    MISSING_VOLUME = "missing_volume"


@dataclass(frozen=True, slots=True)
class BagProblem:
    """One difference between the manifests and the files."""

    kind: BagProblemKind
    path: str


def sha256(data: bytes) -> str:
    """Return the lower-case hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def write_bag(
    out_path: Path,
    name: str,
    payload: Mapping[str, bytes | Path],
    info: Mapping[str, str],
    *,
    on_entry: Callable[[], None] = lambda: None,
) -> None:
    """Write a bag of one folder ``name`` as a ZIP; the same input gives the same bytes.

    Args:
        out_path: the ZIP; written beside and then renamed, so that a failure leaves no half file.
        name: ASCII name of the folder inside.
        payload: content or source file by path below ``data/``.
        info: fields of ``bag-info.txt``; ``Bagging-Date`` must be among them, so that no clock decides.
        on_entry: called after each file; it may raise, then no file is written.

    Raises:
        BundleError: ``bundle_not_written`` when the file cannot be written, ``bundle_source_unreadable`` when a
            source file vanished.
    """
    write_zip(out_path, lambda archive: _write_entries(archive, name, payload, info, on_entry))


def _write_entries(
    archive: zipfile.ZipFile,
    name: str,
    payload: Mapping[str, bytes | Path],
    info: Mapping[str, str],
    on_entry: Callable[[], None],
) -> None:
    manifest: list[str] = []
    total_bytes = 0
    for path in sorted(payload):
        digest, size = write_entry(archive, f"{name}/data/{path}", payload[path])
        manifest.append(f"{digest}  data/{_escape(path)}\n")
        total_bytes += size
        on_entry()
    fields = {**info, "Payload-Oxum": f"{total_bytes}.{len(payload)}"}
    tags = {
        "bagit.txt": DECLARATION,
        BAG_INFO: "".join(f"{key}: {_one_line(value)}\n" for key, value in sorted(fields.items())),
        MANIFEST: "".join(manifest),
    }
    digests = {tag: write_entry(archive, f"{name}/{tag}", text.encode())[0] for tag, text in sorted(tags.items())}
    listing = "".join(f"{digest}  {tag}\n" for tag, digest in sorted(digests.items()))
    write_entry(archive, f"{name}/{TAG_MANIFEST}", listing.encode())


def _escape(path: str) -> str:
    """Escape what RFC 8493 asks to escape in a manifest's path."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _unescape(path: str) -> str:
    return path.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def _one_line(value: str) -> str:
    return " ".join(value.split())


class BagReader:
    """A bag in a ZIP that somebody sent.

    Attributes:
        name: the folder inside.
    """

    def __init__(self, path: Path) -> None:
        """Open a bag.

        Raises:
            BundleError: ``bundle_missing``, ``bundle_not_zip``, ``bundle_hostile`` (an entry that points outside, is a
                link, is encrypted, stands twice or would unpack to more than is sane), ``bundle_not_bag``.
        """
        self.path = path
        try:
            self._archive = zipfile.ZipFile(path)
        except FileNotFoundError as error:
            raise BundleError("bundle_missing", path=path) from error
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise BundleError("bundle_not_zip", path=path) from error
        try:
            self._entries = self._judged_entries()
            self.name = self._single_folder()
            if self._text("bagit.txt") is None:
                raise BundleError("bundle_not_bag", path=path)
        except BaseException:
            self._archive.close()
            raise

    def __enter__(self) -> "BagReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._archive.close()

    def payload_paths(self) -> tuple[str, ...]:
        """Return the paths below ``data/`` in order."""
        return tuple(sorted(p.removeprefix("data/") for p in self._relative() if p.startswith("data/")))

    def info(self) -> dict[str, str]:
        """Return the fields of ``bag-info.txt``, the last of each name; empty where there is no such file."""
        lines = _LINE_END.split(self._text(BAG_INFO) or "")
        pairs = (line.partition(":") for line in lines if not line.startswith((" ", "\t")))
        return {name.strip(): value.strip() for name, colon, value in pairs if colon}

    def read(self, payload_path: str) -> bytes | None:
        """Return one file below ``data/``; None when it is not there or damaged."""
        return self._read(f"data/{payload_path}")

    @property
    def size_bytes(self) -> int:
        """What all files take unpacked, as the ZIP's directory says."""
        return sum(info.file_size for info in self._entries.values())

    def problems(self, on_bytes: Callable[[int], None] = lambda _bytes: None) -> tuple[BagProblem, ...]:
        """Compare every file with the manifests; nothing found means that the bag is valid.

        Args:
            on_bytes: told how much was read since it was told last; it may raise a `BundleError`, which ends the check.
        """
        manifest, tags = self._listing(MANIFEST), self._listing(TAG_MANIFEST)
        if manifest is None or tags is None or self._text("bagit.txt") != DECLARATION:
            bad = MANIFEST if manifest is None else TAG_MANIFEST if tags is None else "bagit.txt"
            return (BagProblem(BagProblemKind.STRUCTURE, bad),)
        listed = {**manifest, **tags}
        present = self._relative()
        found = [BagProblem(BagProblemKind.MISSING, path) for path in sorted(listed.keys() - present)]
        unlisted = present - listed.keys() - {TAG_MANIFEST}
        found += [BagProblem(BagProblemKind.EXTRA, path) for path in sorted(unlisted)]
        for path in sorted({TAG_MANIFEST, *(listed.keys() & present)}):
            altered = path in listed and self._digest(path, on_bytes) != listed[path]
            if altered or not self._headers_agree(path):
                found.append(BagProblem(BagProblemKind.CHANGED, path))
        return tuple(found)

    def _relative(self) -> frozenset[str]:
        return frozenset(path.removeprefix(f"{self.name}/") for path in self._entries)

    def _judged_entries(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._archive.infolist()
        if len(infos) > MAX_ENTRIES:
            raise BundleError("bundle_hostile", path=self.path, entry=f"> {MAX_ENTRIES}", reason="too_many")
        entries: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            reason = _hostile(info) or ("twice" if info.filename in entries else "")
            if reason:
                raise BundleError("bundle_hostile", path=self.path, entry=info.filename[:200], reason=reason)
            if not info.is_dir():
                entries[info.filename] = info
        if sum(info.file_size for info in entries.values()) > MAX_TOTAL_BYTES:
            raise BundleError("bundle_hostile", path=self.path, entry="*", reason="too_large")
        return entries

    def _single_folder(self) -> str:
        roots = {PurePosixPath(path).parts[0] for path in self._entries}
        if len(roots) != 1:
            raise BundleError("bundle_not_bag", path=self.path)
        return roots.pop()

    def _listing(self, tag: str) -> dict[str, str] | None:
        """Return digest by path of a manifest, None when it is missing or malformed."""
        text = self._text(tag)
        if text is None:
            return None
        listing: dict[str, str] = {}
        # Not splitlines(), which would break a line at characters that a file's name may hold.
        for line in filter(None, _LINE_END.split(text)):
            digest, _, path = line.partition(" ")
            path = _unescape(path.lstrip(" *"))
            if len(digest) != 64 or not path or path in listing:
                return None
            listing[path] = digest.lower()
        return listing

    def _text(self, tag: str) -> str | None:
        data = self._read(tag)
        if data is None:
            return None
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8")
        return None

    def _read(self, path: str) -> bytes | None:
        try:
            return b"".join(self._chunks(path))
        except (KeyError, OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError):
            return None  # a damaged entry is reported by `problems`, which names it

    def _digest(self, path: str, on_bytes: Callable[[int], None]) -> str | None:
        digest = hashlib.sha256()
        try:
            for chunk in self._chunks(path):
                digest.update(chunk)
                on_bytes(len(chunk))
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError):
            return None  # the packed data are damaged: no digest can agree
        return digest.hexdigest()

    def _headers_agree(self, path: str) -> bool:
        """Tell whether an entry's own header says what the directory says of it; most readers look at one alone."""
        info = self._entries[f"{self.name}/{path}"]
        with self.path.open("rb") as file:
            file.seek(info.header_offset)
            header = file.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size:
            return False
        signature, version, flags, method, time, day, *figures, name_bytes, extra_bytes = _LOCAL_HEADER.unpack(header)
        year, month, of_month, hour, minute, second = info.date_time
        return bool(
            (signature, version, flags, method)
            == (_LOCAL_SIGNATURE, info.extract_version, info.flag_bits, info.compress_type)
            and (day, time) == ((year - 1980) << 9 | month << 5 | of_month, hour << 11 | minute << 5 | second // 2)
            and name_bytes == len(info.orig_filename.encode())
            and (extra_bytes or figures == [info.CRC, info.compress_size, info.file_size] or flags & 0x8)
        )

    def _chunks(self, path: str) -> Iterable[bytes]:
        info = self._entries[f"{self.name}/{path}"]
        with self._archive.open(info) as file:
            yield from _bounded(file, info.file_size)


def _bounded(file: IO[bytes], size_bytes: int) -> Iterator[bytes]:
    """Yield a file's chunks and stop with an error when it gives more than the directory promised."""
    left = size_bytes
    while chunk := file.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            raise zipfile.BadZipFile("more data than announced")
        yield chunk


def _hostile(info: zipfile.ZipInfo) -> str:
    """Return why an entry is refused, empty when it may be read."""
    name = info.filename
    # ZipInfo replaces the system's separator and cuts at NUL: judge what the file really says as well.
    parts = name.split("/")
    if name.startswith("/") or ":" in parts[0] or "\\" in info.orig_filename or "\0" in info.orig_filename:
        return "absolute"
    if ".." in parts or "." in parts or any(not part for part in parts[:-1]):
        return "outside"
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "link"
    if info.flag_bits & 0x1:
        return "encrypted"
    if info.file_size > MAX_ENTRY_BYTES:
        return "too_large"
    packed = max(info.compress_size, 1)
    if info.file_size > LARGE_BYTES and info.file_size / packed > MAX_RATIO:
        return "bomb"
    return ""


def bag_info(title: str, regulation_code: str, organisation: str, bagging_date: date, version: str) -> dict[str, str]:
    """Return the fields of ``bag-info.txt`` that every bundle carries."""
    return {
        "Bagging-Date": bagging_date.isoformat(),
        "Bag-Software-Agent": f"MOOC Studio {version}",
        "External-Description": title,
        "Internal-Sender-Description": regulation_code,
        "Source-Organization": organisation,
    }
