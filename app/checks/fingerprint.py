"""Fingerprints of what a document shows, so that a signed copy can be told from later data (decision 15)."""

import hashlib
import json
from typing import Any

from app.model.course import Course
from app.model.papers import DocumentKind

_AUTHORS: Any = {"authors": {"__all__": {"full_name", "degree", "no_degree", "title", "no_title", "position", "email"}}}
_SHOWN: dict[DocumentKind, Any] = {
    DocumentKind.FORM_02: {
        **dict.fromkeys(("title", "university", "faculty", "department", "description", "goal", "objectives"), True),
        **dict.fromkeys(("prerequisites", "no_prerequisites", "postrequisites", "no_postrequisites"), True),
        **dict.fromkeys(("credits", "level"), True),
        **_AUTHORS,
        "outcomes": {"__all__": {"text", "scope", "module_id"}},
        "modules": {"__all__": {"id": True, "title": True, "lessons": {"__all__": {"id", "title"}}}},
        "tasks": {"__all__": {"kind", "role", "placement", "target_id", "count"}},
    },
    DocumentKind.FORM_11: {
        **dict.fromkeys(("title", "faculty", "department", "language", "education_levels", "audience"), True),
        "authors": {"__all__": {"full_name"}},
        "experts": {"__all__": {"full_name"}},
    },
    DocumentKind.GLOSSARY: {"glossary": {"__all__": {"term", "kind", "definition"}}},
    DocumentKind.REFERENCES: {"references": True},
}
"""What of the course each document prints that people sign."""


def data_fingerprint(course: Course, kind: DocumentKind) -> str | None:
    """Return a checksum of the course data that a document shows, None for documents that show none of it.

    It changes when one of these data changes and with nothing else; white space at the ends of texts counts.
    """
    shown = _SHOWN.get(kind)
    if shown is None:
        return None
    data = course.model_dump(mode="json", include=shown)
    if kind is DocumentKind.FORM_11:
        data["protocol"] = course.protocol.model_dump(mode="json", exclude={"file", "signed_by"})
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
