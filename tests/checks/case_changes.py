"""Spoiling a course by data: the changes that the files in `tests/cases` are written in.

A course is changed as its JSON would be, along paths of ids and field names (``modules/m3/lessons/l7/title``), and then
validated again, so that every course under test is one that a file could hold.
"""

import copy
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.recording import RecordingReport
from app.sample import sample_course

GOOD_VIDEO: dict[str, Any] = {
    "codec": "h264",
    "width": 1920,
    "height": 1080,
    "fps": 25.0,
    "vfr": False,
    "scan": "progressive",
    "bit_depth": 8,
    "bitrate_bps": 10_000_000,
    "intra_only": False,
}
GOOD_SOURCE_VIDEO = GOOD_VIDEO | {"codec": "prores", "bit_depth": 10, "bitrate_bps": 147_000_000, "intra_only": True}
GOOD_AUDIO: dict[str, Any] = {
    "codec": "aac",
    "sample_rate_hz": 48_000,
    "channels": 2,
    "integrated_lufs": -18.0,
    "loudness_range_lu": 5.0,
    "true_peak_dbtp": -2.0,
}
GOOD_SOURCE_AUDIO = GOOD_AUDIO | {"codec": "pcm_s24le", "lossless": True, "bit_depth": 24, "effective_bit_depth": 24}


@dataclass
class Draft:
    """A course on its way to be judged: everything that `checks.run` takes and a case may change."""

    course: dict[str, Any]
    reports: dict[str, RecordingReport] = field(default_factory=dict)
    attachments: dict[str, AttachmentFacts] = field(default_factory=dict)

    @classmethod
    def of_sample(cls) -> "Draft":
        """Return a draft of the sample course without reports and attached files."""
        return cls(pickle.loads(_written_sample()))

    def validated(self) -> Course:
        """Return the course as a value; what stands as in the sample course was validated with it."""
        sample, written = sample_course(), _sample_parts()
        parts = {
            name: getattr(sample, name) if name in written and value == written[name] else value
            for name, value in self.course.items()
        }
        return Course.model_validate(parts)


@cache
def _sample_parts() -> dict[str, Any]:
    return sample_course().model_dump(mode="json")


@cache
def _written_sample() -> bytes:
    """Return the sample course from which a fresh draft is read faster than one is copied."""
    return pickle.dumps(_sample_parts())


def apply_changes(draft: Draft, changes: Iterable[Mapping[str, Any]]) -> Draft:
    """Make the changes one after the other.

    Args:
        draft: changed in place.
        changes: each a table with ``op`` and the fields that the function of this name in `OPERATIONS` takes.

    Returns:
        The same draft.
    """
    for change in changes:
        details = dict(change)
        OPERATIONS[details.pop("op")](draft, **details)
    return draft


def _parent_and_key(draft: Draft, path: str) -> tuple[Any, Any]:
    """Return the container at a path's last step and its key or index there."""
    *steps, last = path.split("/")
    container: Any = draft.course
    for step in steps:
        container = container[_key(container, step, path)]
    return container, _key(container, last, path)


def _key(container: Any, step: str, path: str) -> Any:
    if not isinstance(container, list):
        return step
    for index, element in enumerate(container):
        if (element["id"] if isinstance(element, dict) else element) == step:
            return index
    raise LookupError(f"{path}: nothing is called {step!r}")


def _list_at(draft: Draft, path: str) -> list[Any]:
    container, key = _parent_and_key(draft, path)
    found = container[key]
    assert isinstance(found, list), f"{path} is no list"
    return found


def _set(draft: Draft, path: str, value: object) -> None:
    container, key = _parent_and_key(draft, path)
    assert isinstance(container, list) or key in container, f"{path}: no such field"
    container[key] = copy.deepcopy(value)


def _set_each(draft: Draft, path: str, field: str, value: object) -> None:
    """Set a field, perhaps of a nested table (``effort/reading_min``), of every element of a list."""
    for element in _list_at(draft, path):
        *steps, last = field.split("/")
        for step in steps:
            element = element[step]
        assert last in element, f"{path}: no field {field}"
        element[last] = copy.deepcopy(value)


def _delete(draft: Draft, path: str) -> None:
    """Remove an element of a list, or put a field back to its default."""
    container, key = _parent_and_key(draft, path)
    del container[key]


def _append(draft: Draft, path: str, value: object) -> None:
    _list_at(draft, path).append(copy.deepcopy(value))


def _duplicate(draft: Draft, path: str, id: str) -> None:  # noqa: A002 - the name in the case files
    """Put a copy with another id behind an element; what is inside keeps its ids."""
    container, key = _parent_and_key(draft, path)
    container.insert(key + 1, copy.deepcopy(container[key]) | {"id": id})


def _clear(draft: Draft, path: str) -> None:
    _list_at(draft, path).clear()


def _filter_out(draft: Draft, path: str, where: Mapping[str, object]) -> None:
    """Remove every element of a list whose fields have the given values."""
    elements = _list_at(draft, path)
    kept = [element for element in elements if any(element[name] != value for name, value in where.items())]
    assert len(kept) < len(elements), f"{path}: nothing to filter out"
    elements[:] = kept


def _report(draft: Draft, recording: Mapping[str, object], duration_s: float | None) -> None:
    """Add a recording of good quality for its stage, and its report."""
    _append(draft, "recordings", recording)
    container = {"format": "MPEG-4", "duration_s": duration_s, "size_bytes": 1_000_000_000}
    source = recording.get("stage") == "source"
    report = {
        "container": container,
        "video": GOOD_SOURCE_VIDEO if source else GOOD_VIDEO,
        "audio": GOOD_SOURCE_AUDIO if source else GOOD_AUDIO,
    }
    draft.reports[str(recording["id"])] = RecordingReport.model_validate(report)


def _record_all(draft: Draft, duration_s: float) -> None:
    """Record the lecture of every lesson, as ``r-<lesson>``, named by number and title."""
    lessons = [lesson for module in draft.course["modules"] for lesson in module["lessons"]]
    for number, lesson in enumerate(lessons, start=1):
        title = f"Дәріс {number}. {lesson['title']}"
        _report(draft, {"id": f"r-{lesson['id']}", "lesson_id": lesson["id"], "title": title}, duration_s)


def _measure(draft: Draft, recording: str, duration_s: float | None, video: Mapping[str, object] | None = None) -> None:
    """Change the duration in the report of a recording (None = it is unknown), and facts of its picture."""
    report = draft.reports[recording]
    container = report.container.model_copy(update={"duration_s": duration_s})
    assert report.video is not None, "recordings of the cases have a picture"
    picture = report.video.model_copy(update=dict(video or {}))
    draft.reports[recording] = report.model_copy(update={"container": container, "video": picture})


def _unmeasure(draft: Draft, recording: str) -> None:
    """Take the report of a recording away."""
    del draft.reports[recording]


def _attach(draft: Draft, path: str, facts: Mapping[str, object] | None = None) -> None:
    """Give the facts of an attached file; without any it is there and opens."""
    found = {"exists": True, "opens": True} if facts is None else facts
    draft.attachments[path] = AttachmentFacts.model_validate({"path": path, **found})


def _attest(draft: Draft, rule_id: str, value: bool, element: str = "") -> None:
    """Add a person's word."""
    number = len(draft.course["attestations"]) + 1
    attestation = {"id": f"at{number}", "rule_id": rule_id, "element": element, "value": value}
    _append(draft, "attestations", attestation)


OPERATIONS: Mapping[str, Callable[..., None]] = {
    "set": _set,
    "set_each": _set_each,
    "delete": _delete,
    "append": _append,
    "duplicate": _duplicate,
    "clear": _clear,
    "filter_out": _filter_out,
    "report": _report,
    "record_all": _record_all,
    "measure": _measure,
    "unmeasure": _unmeasure,
    "attach": _attach,
    "attest": _attest,
}
