"""A form that was read back becomes a new value of the course.

What the form does not speak of stays. A list that it has stands for the whole list, so that an item which is missing
there is a removal, which the author accepts or not.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from app.exporters.forms import build_form, write_document
from app.exporters.forms.common import Sheet
from app.formats.form_reader import ReadForm, read_form
from app.formats.form_structure import ReadLesson, ReadModule
from app.formats.form_words import ReadAuthor, ReadTask
from app.model.base import Model, TextItem, new_id
from app.model.course import Course
from app.model.people import Author
from app.model.regulation import Regulation
from app.model.structure import Lesson, Module, Outcome, OutcomeScope
from app.model.tasks import Placement, Task, TaskKind, TaskRole, TaskType
from app.model.teaching import RubricRow
from app.model.texts import Texts
from app.model.views import (
    course_final_controls,
    course_outcomes,
    lesson_tasks,
    module_end_tasks,
    module_final_controls,
    module_outcomes,
    numbered_lessons,
)
from app.session.edit import get_value, set_value

_PEER = (TaskType.PEER_ASSESSED, TaskType.JOINT_PEER_ASSESSED)
_ANY_DAY = date(2000, 1, 1)
Textual = TypeVar("Textual", bound=Model)


@dataclass(frozen=True, slots=True)
class FormImport:
    """What an import would make.

    Attributes:
        course: the course with everything that could be placed.
        unplaced: lines of the document that have no place in the course.
        counted_otherwise: lines on what the program counts itself that the form of the new course does not say.
    """

    course: Course
    unplaced: tuple[str, ...]
    counted_otherwise: tuple[str, ...]


def import_form(course: Course, read: ReadForm, regulation: Regulation, texts: Texts) -> FormImport:
    """Return the course with the values of a form; values that it prints already change nothing."""
    importer = _Importer(course, read, regulation)
    new = importer.run()
    return FormImport(
        new, (*read.unplaced, *importer.unplaced), tuple(_counted_otherwise(new, read, regulation, texts))
    )


def _counted_otherwise(course: Course, read: ReadForm, regulation: Regulation, texts: Texts) -> Iterator[str]:
    """Yield the lines that our own form does not have, read by the same reader: the only one who knows its words."""
    if not read.computed:
        return
    document = build_form(course, regulation, read.form.removeprefix("form_"), generated_on=_ANY_DAY, draft=False)
    printed = {_printed(line) for line in read_form(write_document(document, "docx"), regulation, texts).computed}
    yield from (line for line in read.computed if _printed(line) not in printed)


class _Importer:
    def __init__(self, course: Course, read: ReadForm, regulation: Regulation) -> None:
        self._course = course
        self._read = read
        self._regulation = regulation
        self.unplaced: list[str] = []

    def run(self) -> Course:
        for path, value in self._read.values.items():
            self._value(path, value)
        for path, texts in self._read.lists.items():
            self._list(path, texts)
        if self._read.rubric:
            rows = tuple(RubricRow(points=points, text=text) for points, text in self._read.rubric)
            self._course = set_value(self._course, "assessment/rubric", rows)
        for author in self._read.authors:
            self._author(author)
        if self._read.form == "form_01":
            self._lectures_by_number([lesson for module in self._read.modules for lesson in module.lessons])
        else:
            self._structure()
        return self._course

    def _value(self, path: str, value: object) -> None:
        before = get_value(self._course, path)
        if isinstance(before, str) and isinstance(value, str) and _printed(before) == _printed(value):
            return
        if isinstance(before, datetime) and isinstance(value, datetime) and before.replace(tzinfo=None) == value:
            return  # the form prints the hour without its zone
        approved_on = self._course.approval.approved_on
        if path == "approval/year" and before is None and approved_on is not None and approved_on.year == value:
            return  # the form prints the year of the approval where no other is given
        self._course = set_value(self._course, path, value)

    def _list(self, path: str, texts: tuple[str, ...]) -> None:
        if path == "audience/programmes":
            filled = tuple(name for name in self._course.audience.programmes if name.strip())
            if filled != texts:
                self._course = set_value(self._course, path, texts)
        elif path == "outcomes":
            self._outcomes(course_outcomes(self._course), texts, None)
        else:
            items: tuple[TextItem, ...] = get_value(self._course, path)
            self._course = set_value(
                self._course, path, _merged(items, texts, lambda text: TextItem(id=new_id(path[:2]), text=text))
            )

    def _outcomes(self, old: tuple[Outcome, ...], texts: tuple[str, ...], module_id: str | None) -> None:
        scope = OutcomeScope.COURSE if module_id is None else OutcomeScope.MODULE
        merged = _merged(old, texts, lambda text: Outcome(id=new_id("o"), text=text, scope=scope, module_id=module_id))
        if merged is old:
            return
        kept = {one.id: one for one in merged}
        known = {one.id for one in self._course.outcomes}
        changed = tuple(kept.get(one.id, one) for one in self._course.outcomes)
        added = tuple(one for one in merged if one.id not in known)
        self._course = self._course.model_copy(update={"outcomes": changed + added})

    def _author(self, read: ReadAuthor) -> None:
        sheet = Sheet(self._course, self._regulation, self._read.form, date.min, draft=False)
        if any(_author_line(sheet, author) == read.line for author in self._course.authors):
            return
        same = next((one for one in self._course.authors if one.full_name == read.full_name), None)
        fields = {
            name: value
            for name in ("full_name", "workplace", "position", "degree", "title", "email", "no_degree", "no_title")
            if (value := getattr(read, name))
        }
        if same is None:
            author = Author(id=new_id("a")).model_copy(update=fields)
            self._course = self._course.model_copy(update={"authors": (*self._course.authors, author)})
        else:
            self._put(f"authors/{same.id}", same.model_copy(update=fields))

    def _lectures_by_number(self, lessons: Sequence[ReadLesson]) -> None:
        """Form 01 names the lectures and not their modules: only those that the course has can be placed."""
        for read in lessons:
            found = next(
                (
                    (module, lesson)
                    for number, module, lesson in numbered_lessons(self._course)
                    if number == read.number
                ),
                None,
            )
            if found is None:
                self.unplaced.append(f"{read.number}. {read.title}")
                continue
            self._lesson(found[0], found[1], read)

    def _structure(self) -> None:
        for place, read in enumerate(self._read.modules):
            if place >= len(self._course.modules):
                module = Module(id=new_id("m"))
                self._course = self._course.model_copy(update={"modules": (*self._course.modules, module)})
            self._module(self._course.modules[place], read)
        for number, texts in self._read.module_outcomes.items():
            if number <= len(self._course.modules):
                module = self._course.modules[number - 1]
                self._outcomes(module_outcomes(self._course, module), texts, module.id)
            else:
                self.unplaced += texts
        if self._read.final_tasks is not None:
            self._tasks(course_final_controls(self._course), self._read.final_tasks, Placement.COURSE_END, None)

    def _module(self, module: Module, read: ReadModule) -> None:
        if read.title and read.title != module.title.strip():
            self._put(f"modules/{module.id}/title", read.title)
        for place, lesson in enumerate(read.lessons):
            lessons: tuple[Lesson, ...] = get_value(self._course, f"modules/{module.id}/lessons")
            if place >= len(lessons):
                made = Lesson(id=new_id("l"))
                self._put(f"modules/{module.id}/lessons", (*lessons, made))
                lessons = (*lessons, made)
            self._lesson(module, lessons[place], lesson)
        finals = module_final_controls(self._course, module)
        others = tuple(task for task in module_end_tasks(self._course, module) if task not in finals)
        if read.tasks:
            self._tasks(others, read.tasks, Placement.MODULE_END, module.id, TaskRole.FORMATIVE)
        if read.finals is not None:
            self._tasks(finals, read.finals, Placement.MODULE_END, module.id)

    def _lesson(self, module: Module, lesson: Lesson, read: ReadLesson) -> None:
        path = f"modules/{module.id}/lessons/{lesson.id}"
        if read.title and read.title != lesson.title.strip():
            self._put(f"{path}/title", read.title)
        if read.planned_min is not None and round(lesson.video.planned_min or 0, 2) != read.planned_min:
            self._put(f"{path}/video/planned_min", read.planned_min)
        if read.tasks is not None:
            self._tasks(lesson_tasks(self._course, lesson), read.tasks, Placement.LESSON, lesson.id, TaskRole.FORMATIVE)

    def _tasks(
        self,
        old: tuple[Task, ...],
        read: tuple[ReadTask, ...],
        placement: Placement,
        target_id: str | None,
        role: TaskRole = TaskRole.SUMMATIVE,
    ) -> None:
        for place, one in enumerate(read):
            if place < len(old):
                self._put(f"tasks/{old[place].id}", _changed_task(old[place], one))
            else:
                title = one.line.split("–")[0].split("(")[0].split(",")[0].strip()
                task = Task(
                    id=new_id("t"), title=title[:1].upper() + title[1:], placement=placement, target_id=target_id
                )
                task = _changed_task(task.model_copy(update={"role": role}), one)
                self._course = self._course.model_copy(update={"tasks": (*self._course.tasks, task)})

    def _put(self, path: str, value: object) -> None:
        self._course = set_value(self._course, path, value)


def _changed_task(task: Task, read: ReadTask) -> Task:
    """Return the task as the line prints it; of a test the questions count, not the number in the line."""
    changes: dict[str, Any] = {"kind": read.kind}
    if read.count is not None and read.kind is not TaskKind.TEST:
        changes["count"] = read.count
    if read.peer and task.type not in _PEER:
        changes["type"] = TaskType.PEER_ASSESSED
    if read.weight_pct is not None and round(task.weight_pct, 2) != read.weight_pct:
        changes["weight_pct"] = read.weight_pct
    if read.deadline is not None:
        changes["deadline"] = read.deadline
    elif read.deadline_days is not None:
        changes["deadline_days"] = read.deadline_days
    return task.model_copy(update=changes)


def _author_line(sheet: Sheet, author: Author) -> str:
    """Return an author as the form prints one."""
    degrees = [run.text for run in sheet.degrees(author)]
    if sheet.form == "form_01":
        return ", ".join(
            [*(sheet.author_value(author, n).text for n in ("full_name", "workplace", "position")), *degrees]
        )
    rest = [*degrees, sheet.author_value(author, "position").text, sheet.author_value(author, "email").text]
    return f"{sheet.author_value(author, 'full_name').text} – {', '.join(rest)}"


def _merged(items: tuple[Textual, ...], texts: tuple[str, ...], make: Callable[[str], Textual]) -> tuple[Textual, ...]:
    """Return items with these texts: those that say one of them stay, the others are changed or made by position."""
    filled = [item for item in items if _text(item).strip()]
    if tuple(_text(item).strip() for item in filled) == texts:
        return items
    by_text = {_text(item).strip(): item for item in filled}
    free = [item for item in items if _text(item).strip() not in texts]
    merged: list[Textual] = []
    for text in texts:
        same = by_text.pop(text, None)
        if same is None and free:
            same = free.pop(0).model_copy(update={"text": text})
        merged.append(same or make(text))
    return tuple(merged)


def _text(item: Model) -> str:
    text = getattr(item, "text", "")
    return text if isinstance(text, str) else ""


def _printed(text: str) -> str:
    """Return a text as a form prints it: a paragraph a line, empty ones left out."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
