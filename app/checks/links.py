"""Web addresses, judged by their form; whether one can be reached is a matter of trying it."""

import re
from urllib.parse import urlsplit

_BLANK_OR_CONTROL = re.compile(r"[\s\x00-\x1f\x7f]")


def is_link(text: str) -> bool:
    """Tell whether a text is a web address: http or https, a host with a dot, no blanks inside.

    Letters of any script may stand in the host, as in ``https://қазақстан.қаз``.
    """
    url = text.strip()
    if _BLANK_OR_CONTROL.search(url):
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:  # an address in brackets that is none, a port that is no number
        return False
    labels = host.split(".")
    return parts.scheme in ("http", "https") and len(labels) > 1 and all(labels)
