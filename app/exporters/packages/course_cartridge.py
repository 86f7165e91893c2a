"""The tree of a course as a Common Cartridge: the course itself, a section a week, the end."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from app.exporters.forms.common import Sheet
from app.exporters.packages import cartridge_qti
from app.exporters.packages.cartridge import Cartridge, Item, Resource, ResourceType, topic, web_link
from app.exporters.packages.cartridge_pages import Pages
from app.exporters.packages.markup import clean, one_line
from app.exporters.packages.parts import LeftOutQuestion, left_out_questions
from app.exporters.transliteration import ascii_name
from app.formats.html_text import to_html
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.people import FileRef
from app.model.recording import Recording, RecordingRole, Stage
from app.model.regulation import Regulation
from app.model.structure import Lesson, Module
from app.model.tasks import Placement, Question, Task, TaskKind
from app.model.views import lesson_tasks, module_end_tasks
from app.storage.inside import resolve_inside

_MAX_NAME_CHARS = 40


@dataclass
class _Builder:
    """Collects the tree; every file gets a number, so that no two claim one name."""

    course: Course
    pages: Pages
    attachments: Mapping[str, AttachmentFacts]
    folder: Path
    questions: tuple[Question, ...]
    _count: int = 0
    _files: dict[str, Resource] = field(default_factory=dict)

    def sections(self) -> Iterator[Item]:
        """Yield the sections in order; the frame of the course first, what comes after the last week at the end."""
        yield self._about()
        for number, module in enumerate(self.course.modules, start=1):
            yield self._module(number, module)
        ending = [item for task in self._tasks_at_end() for item in self._task(task)]
        ending += self._recordings(self._uploads(RecordingRole.CLOSING))
        if ending:
            yield Item(self.pages.say("ending"), items=tuple(ending))

    def bank(self) -> Resource | None:
        """Return the question bank, None where there is no question."""
        if not self.questions:
            return None
        content = cartridge_qti.question_bank("BANK", self.questions)
        return Resource(ResourceType.QUESTION_BANK, "bank/questions.xml", content)

    def _about(self) -> Item:
        named = (
            ("about", self.pages.about()),
            ("assessment", self.pages.assessment()),
            ("glossary", self.pages.glossary()),
            ("references", self.pages.references()),
        )
        items = [page for name, body in named for page in self._page(self.pages.say(name), body)]
        for role in (RecordingRole.PROMO, RecordingRole.GREETING):
            items += self._recordings(self._uploads(role))
        if self.course.materials_folder_url.strip():
            items += self._link(self.pages.say("materials_folder"), self.course.materials_folder_url)
        return Item(self.pages.say("about"), items=tuple(items))

    def _module(self, number: int, module: Module) -> Item:
        title = self.pages.sheet.module_name(number, module).text
        items = list(self._page(self.pages.say("overview"), self.pages.module(module)))
        first = 1 + sum(len(other.lessons) for other in self.course.modules[: number - 1])
        for lesson_number, lesson in enumerate(module.lessons, start=first):
            items.append(self._lesson(lesson_number, lesson))
        for exchange in module.forum:
            items.append(self._forum(exchange.topic, exchange.prompt))
        if module.task_sheet is not None:
            items += self._file(self.pages.say("task_sheet"), module.task_sheet)
        items += [item for task in module_end_tasks(self.course, module) for item in self._task(task)]
        return Item(title, items=tuple(items))

    def _lesson(self, number: int, lesson: Lesson) -> Item:
        title = self.pages.sheet.say("lesson", n=number, title=lesson.title.strip())
        items = list(self._page(self.pages.say("overview"), self.pages.lesson(lesson)))
        items += self._recordings(self._uploads(RecordingRole.LECTURE, lesson.id))
        if lesson.presentation is not None:
            items += self._file(self.pages.say("presentation"), lesson.presentation)
        for item in lesson.self_study:
            name = item.title.strip() or self.pages.say("self_study")
            if item.file is not None:
                items += self._file(name, item.file)
            if item.url.strip():
                items += self._link(name, item.url)
        items += [item for task in lesson_tasks(self.course, lesson) for item in self._task(task)]
        return Item(title, items=tuple(items))

    def _task(self, task: Task) -> Iterator[Item]:
        title = task.title.strip() or self.pages.sheet.say(f"task_kind.{task.kind.value}")
        own = [question for question in self.questions if task.id in question.task_ids]
        if task.kind is TaskKind.TEST and own:
            path = self._path("tests", title, ".xml")
            content = cartridge_qti.assessment(f"A{self._count:04}", title, own)
            yield Item(title, Resource(ResourceType.ASSESSMENT, path, content))
            return
        yield from self._page(title, self.pages.task(task))
        if task.file is not None:
            yield from self._file(title, task.file)

    def _tasks_at_end(self) -> Iterator[Task]:
        return (task for task in self.course.tasks if task.placement is Placement.COURSE_END)

    def _page(self, title: str, body: Iterable[str]) -> Iterator[Item]:
        parts = [part for part in body if part]
        if parts:
            path = self._path("pages", title, ".html")
            yield Item(title, Resource(ResourceType.WEB_CONTENT, path, self.pages.page(title, parts)))

    def _forum(self, title: str, prompt: str) -> Item:
        name = title.strip() or self.pages.say("forum")
        path = self._path("forums", name, ".xml")
        return Item(name, topic(path, name, to_html(clean(prompt))))

    def _link(self, title: str, url: str) -> Iterator[Item]:
        address = _address(url)
        if address:
            yield Item(title, web_link(self._path("links", title, ".xml"), title, address))

    def _file(self, title: str, file: FileRef) -> Iterator[Item]:
        facts = self.attachments.get(file.path)
        if facts is None or not facts.exists:
            return
        if file.path not in self._files:
            name = PurePosixPath(file.path)
            path = self._path("files", name.stem, f".{ascii_name(name.suffix) or 'bin'}")
            source = resolve_inside(self.folder, file.path)
            self._files[file.path] = Resource(ResourceType.WEB_CONTENT, path, source)
        yield Item(title, self._files[file.path])

    def _uploads(self, role: RecordingRole, lesson_id: str | None = None) -> Iterator[Recording]:
        return (
            recording
            for recording in self.course.recordings
            if recording.role is role and recording.stage is Stage.UPLOAD and recording.lesson_id == lesson_id
        )

    def _recordings(self, recordings: Iterable[Recording]) -> Iterator[Item]:
        for recording in recordings:
            title = recording.title.strip() or self.pages.say(f"recording.{recording.role.value}")
            yield from self._link(title, recording.url)

    def _path(self, folder: str, title: str, ending: str) -> str:
        self._count += 1
        name = ascii_name(title, max_chars=_MAX_NAME_CHARS)
        return f"{folder}/{self._count:04}{'-' if name else ''}{name}{ending}"


def _address(url: str) -> str:
    """Return an address that a browser opens, empty where it is none: nothing but the web is linked."""
    address = one_line(url)
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return ""
    return quote(address, safe="%/:=&?~#+!$,;'@()*-._[]") if scheme in ("http", "https") else ""


def course_cartridge(
    course: Course,
    regulation: Regulation,
    *,
    generated_on: date,
    attachments: Mapping[str, AttachmentFacts],
    course_folder: Path,
) -> tuple[Cartridge, tuple[LeftOutQuestion, ...]]:
    """Return a course as a cartridge, and the questions that it cannot carry.

    Args:
        course: the course.
        regulation: the edition that it follows.
        generated_on: the day on which it is made; nothing in the cartridge shows it.
        attachments: facts of attached files by path; one that is not there is left out.
        course_folder: where they lie.
    """
    problems = cartridge_qti.obstacles(course.test_bank)
    left_out = left_out_questions(course.test_bank, problems)
    blocked = {question.id for question in left_out}
    sheet = Sheet(course, regulation, "", generated_on, draft=False)
    builder = _Builder(
        course,
        Pages(course, regulation, sheet),
        attachments,
        course_folder,
        tuple(question for question in course.test_bank if question.id not in blocked),
    )
    sections = tuple(builder.sections())
    description = course.annotation or course.description
    return Cartridge(course.title, sheet.lang.value, description, sections, builder.bank()), left_out
