"""The ZIP around the parts of an Office file, the same bytes for the same parts."""

import io
import zipfile
from collections.abc import Mapping

_FIRST = "[Content_Types].xml"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o644 << 16
_UNIX = 3


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the package; order, times and modes do not depend on machine or clock."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda part: (part != _FIRST, part)):
            info = zipfile.ZipInfo(name, _FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = _PLAIN_FILE
            info.create_system = _UNIX
            archive.writestr(info, parts[name])
    return buffer.getvalue()


def repacked(package: bytes) -> bytes:
    """Return a package that some library wrote, without its times and order."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})
