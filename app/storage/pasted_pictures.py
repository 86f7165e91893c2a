"""Pictures of what was copied out of another program: it names them where they lie on this machine, or holds them."""

from base64 import b64decode
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

_MAX_BYTES = 16 * 2**20


def load_pasted_picture(source: str) -> bytes:
    """Return the content of a picture that a copied piece of a document names; nothing is fetched from elsewhere.

    Args:
        source: as the piece's HTML has it: ``data:…`` or ``file:///…``.

    Returns:
        Whatever lies there, whether it is a picture or not; empty where that cannot be read or is too large.
    """
    if source[:5].lower() == "data:":
        return _inside(source)
    path = _path(source)
    try:
        if path is None or not path.is_file() or path.stat().st_size > _MAX_BYTES:
            return b""
        return path.read_bytes()
    except (OSError, ValueError):  # a name with a NUL is no name
        return b""


def _inside(source: str) -> bytes:
    head, _, body = source.partition(",")
    if not head.lower().endswith(";base64") or len(body) > _MAX_BYTES * 2:
        return b""
    try:
        return b64decode("".join(unquote(body).split()), validate=True)
    except ValueError:
        return b""


def _path(source: str) -> Path | None:
    """Return the file of this machine that an address names; another machine's would be asked for our password."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or parts.path.replace("\\", "/")[:2] == "//":
        return None
    return Path(url2pathname(parts.path))
