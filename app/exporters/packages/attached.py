"""Where the attached files of a course stand in a bundle: ASCII names with number and title, a folder by their kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from app.exporters.transliteration import ascii_name
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.papers import MinutesBody
from app.model.people import FileRef
from app.model.views import numbered_lessons

SIGNED, MATERIALS, EDITABLE, OTHER = "signed", "materials", "editable", "other"
_EDITABLE_ENDINGS = frozenset(
    {".docx", ".doc", ".odt", ".rtf", ".pptx", ".ppt", ".odp", ".txt", ".xlsx", ".xls", ".ods"}
)
_TITLE_CHARS = 40


@dataclass(frozen=True, slots=True)
class Attached:
    """An attached file on its way into a bundle.

    Attributes:
        file: what the course notes of it.
        part: key of the part that it belongs to.
        path: ASCII path below ``data/``; two places of the course that name one file have one path.
        title: what it is, as people call it; empty where the part's name says it all.
    """

    file: FileRef
    part: str
    path: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Wish:
    file: FileRef | None
    part: str
    folder: str
    name: str
    title: str = ""


def attached_files(course: Course, attachments: Mapping[str, AttachmentFacts]) -> tuple[Attached, ...]:
    """Return every attached file that is there, in the order of the course; recordings never are among them (X70)."""
    paths: dict[str, str] = {}
    taken: set[str] = set()
    found: list[Attached] = []
    for wish in _wishes(course):
        file = wish.file
        if file is None or not attachments.get(file.path, AttachmentFacts(path="")).exists:
            continue
        if file.path not in paths:
            paths[file.path] = _free_path(wish, file, taken)
            taken.add(paths[file.path])
        found.append(Attached(file, wish.part, paths[file.path], wish.title))
    return tuple(found)


def _free_path(wish: _Wish, file: FileRef, taken: set[str]) -> str:
    ending = PurePosixPath(file.path).suffix.lower()
    plain = f".{ascii_name(ending)}" if ascii_name(ending) else ""
    folder = wish.folder if plain == ".pdf" else EDITABLE if plain in _EDITABLE_ENDINGS else OTHER
    path, number = f"{folder}/{wish.name}{plain}", 1
    while path in taken:
        number += 1
        path = f"{folder}/{wish.name}_{number}{plain}"
    return path


def _wishes(course: Course) -> Iterator[_Wish]:
    for document in course.documents:
        name = document.kind.value
        yield _Wish(document.file, f"{name}_signed", SIGNED, f"{name}_signed")
    for extract in course.minutes:
        part = "minutes_department" if extract.body is MinutesBody.DEPARTMENT else "minutes_faculty"
        yield _Wish(extract.file, part, SIGNED, part, extract.number.strip())
    yield _Wish(course.protocol.file, "protocol", SIGNED, "form_11_protocol", course.protocol.number.strip())
    for number, author in enumerate(course.authors, start=1):
        name = _named(f"contract_{number:02}", author.full_name)
        yield _Wish(author.contract.file, "contracts", SIGNED, name, author.full_name.strip())
    yield _Wish(course.placement_certificate.file, "form_09_signed", SIGNED, "form_09_certificate")
    yield from _lessons(course)
    for number, module in enumerate(course.modules, start=1):
        name = _named(f"module_{number:02}_tasks", module.title)
        yield _Wish(module.task_sheet, "task_sheets", MATERIALS, name, module.title.strip())
    for task in course.tasks:
        yield _Wish(task.file, "task_files", MATERIALS, _named("task", task.title), task.title.strip())
    for material in course.materials:
        yield _Wish(material.file, "other", MATERIALS, _named("material", material.title), material.title.strip())
    yield _Wish(course.analysis_report.file, "other", MATERIALS, "analysis_report")


def _lessons(course: Course) -> Iterator[_Wish]:
    for number, _, lesson in numbered_lessons(course):
        title = lesson.title.strip()
        name = _named(f"lecture_{number:02}_presentation", title)
        yield _Wish(lesson.presentation, "presentations", MATERIALS, name, f"{number}. {title}")
        for item in lesson.self_study:
            kind = item.kind.value.replace("_", "-")
            name = _named(f"lecture_{number:02}_{kind}", item.title or title)
            yield _Wish(item.file, "self_study", MATERIALS, name, f"{number}. {item.title.strip() or title}")


def _named(stem: str, title: str) -> str:
    words = ascii_name(title, max_chars=_TITLE_CHARS)
    return f"{stem}_{words}" if words else stem
