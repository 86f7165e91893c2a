"""Which files items 16–19 and 21 of form 01 ask for, which are attached, and what was found in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.checks.naming import holds_lecture_number, holds_text
from app.checks.papers import is_outdated, newest_copy
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.finding import Status
from app.model.papers import DocumentKind
from app.model.people import FileRef
from app.model.regulation import Regulation
from app.model.structure import SelfStudyKind
from app.model.views import lesson_path, module_of_task, numbered_lessons

_URL = re.compile(r"https?://[^\s)>\]]+")
_PROMPT_FORMS = ("form_03", "form_04")


class FactKind(StrEnum):
    """What can be said of a file."""

    MISSING = "missing"
    MADE = "made"
    NOT_READ = "not_read"
    GONE = "gone"
    BROKEN = "broken"
    PAGES = "pages"
    NO_TEXT = "no_text"
    NUMBER = "number"
    NO_NUMBER = "no_number"
    TOPIC = "topic"
    NO_TOPIC = "no_topic"
    PROMPTS = "prompts"
    IMAGES = "images"
    LINKS = "links"
    OUTDATED = "outdated"


_BAD = frozenset({FactKind.MISSING, FactKind.GONE, FactKind.BROKEN, FactKind.NO_NUMBER, FactKind.NO_TOPIC})
_DOUBTFUL = frozenset({FactKind.NO_TEXT, FactKind.PROMPTS, FactKind.OUTDATED, FactKind.NOT_READ})


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; ``count`` is its number, e.g. of pages, where it has one."""

    kind: FactKind
    count: int = 0


@dataclass(frozen=True, slots=True)
class AttachedItem:
    """One file that form 01 asks for.

    Attributes:
        clause: item of form 01, e.g. ``F01.19``.
        element: path of the field where it is attached.
        file_name: name without folders, empty where nothing is attached.
    """

    clause: str
    element: str
    file_name: str
    facts: tuple[Fact, ...]

    @property
    def status(self) -> Status:
        """Fail where it is missing or wrong, warning where a look is needed, else pass."""
        kinds = {fact.kind for fact in self.facts}
        if kinds & _BAD:
            return Status.FAIL
        return Status.WARNING if kinds & _DOUBTFUL else Status.PASS


def attached_items(
    course: Course, attachments: Mapping[str, AttachmentFacts], regulation: Regulation
) -> tuple[AttachedItem, ...]:
    """Return the files of items 16 to 19 and 21 in the order of the form."""
    return (
        *_documents(course, attachments, regulation),
        *_lectures(course, attachments, regulation),
        *_task_sheets(course, attachments, regulation),
    )


def _documents(
    course: Course, attachments: Mapping[str, AttachmentFacts], regulation: Regulation
) -> Iterator[AttachedItem]:
    made = {DocumentKind.GLOSSARY: bool(course.glossary), DocumentKind.REFERENCES: bool(course.references)}
    for clause, kind in (
        ("F01.16", DocumentKind.FORM_02),
        ("F01.17", DocumentKind.GLOSSARY),
        ("F01.18", DocumentKind.REFERENCES),
    ):
        copy = newest_copy(course, kind)
        if copy is None:
            element = kind.value if kind.value in Course.model_fields else "documents"
            yield AttachedItem(clause, element, "", (Fact(FactKind.MADE if made.get(kind) else FactKind.MISSING),))
            continue
        facts = _facts(copy.file, attachments, regulation)
        if is_outdated(course, copy):
            facts = (*facts, Fact(FactKind.OUTDATED))
        yield AttachedItem(clause, f"documents/{copy.id}/file", _name(copy.file), facts)


def _lectures(
    course: Course, attachments: Mapping[str, AttachmentFacts], regulation: Regulation
) -> Iterator[AttachedItem]:
    for number, module, lesson in numbered_lessons(course):
        files = [item for item in lesson.self_study if item.file is not None]
        if not files:
            yield AttachedItem("F01.19", lesson_path(module, lesson, "self_study"), "", (Fact(FactKind.MISSING),))
        for item in files:
            facts = _facts(item.file, attachments, regulation)
            found = attachments.get(item.file.path) if item.file is not None else None
            if item.kind is SelfStudyKind.LECTURE and found is not None and found.first_page_text.strip():
                text = found.first_page_text
                has_number, has_topic = holds_lecture_number(text, number), holds_text(text, lesson.title)
                facts = (
                    *facts,
                    Fact(FactKind.NUMBER if has_number else FactKind.NO_NUMBER, number),
                    Fact(FactKind.TOPIC if has_topic else FactKind.NO_TOPIC),
                )
            path = lesson_path(module, lesson, f"self_study/{item.id}/file")
            yield AttachedItem("F01.19", path, _name(item.file), facts)


def _task_sheets(
    course: Course, attachments: Mapping[str, AttachmentFacts], regulation: Regulation
) -> Iterator[AttachedItem]:
    with_tasks = {module.id for module in (module_of_task(course, task) for task in course.tasks) if module}
    for module in course.modules:
        facts = _facts(module.task_sheet, attachments, regulation)
        if module.task_sheet is None:
            facts = (Fact(FactKind.MADE if module.id in with_tasks else FactKind.MISSING),)
        yield AttachedItem("F01.21", f"modules/{module.id}/task_sheet", _name(module.task_sheet), facts)


def _facts(
    file: FileRef | None, attachments: Mapping[str, AttachmentFacts], regulation: Regulation
) -> tuple[Fact, ...]:
    found = attachments.get(file.path) if file is not None else None
    if found is None:
        return (Fact(FactKind.NOT_READ),)
    if not found.exists:
        return (Fact(FactKind.GONE),)
    if not found.opens:
        return (Fact(FactKind.BROKEN),)
    facts = [Fact(FactKind.PAGES, found.pages)] if found.pages is not None else []
    if not found.text.strip():
        facts.append(Fact(FactKind.NO_TEXT))
    prompts, links = _in_text(found.text, _prompts(regulation))
    if prompts:
        facts.append(Fact(FactKind.PROMPTS, prompts))
    if found.image_count is not None:
        facts.append(Fact(FactKind.IMAGES, found.image_count))
    if links:
        facts.append(Fact(FactKind.LINKS, links))
    return tuple(facts)


def _prompts(regulation: Regulation) -> tuple[str, ...]:
    return tuple(
        label for name in _PROMPT_FORMS for key, label in regulation.forms[name].labels.items() if ".prompt" in key
    )


@lru_cache(maxsize=512)
def _in_text(text: str, prompts: tuple[str, ...]) -> tuple[int, int]:
    """Return how many prompts of the templates are left in a text (DR16), and how many different links it holds.

    Kept, because the list is shown anew after every judgement and the texts of a course's files are long.
    """
    return sum(holds_text(text, prompt) for prompt in prompts), len(set(_URL.findall(text)))


def _name(file: FileRef | None) -> str:
    return "" if file is None else file.path.rpartition("/")[2]
