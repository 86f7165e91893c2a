"""Form 06: the task sheet of a week, each task with its official type (F01.21, 11.5)."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.exporters.document import Align, Block, Cell, Document, Heading, PageBreak, Paragraph, Row, RowRole, Run, Table
from app.exporters.forms.common import Sheet, blank_line, facts_table, plain_table
from app.exporters.forms.grading import deadline
from app.exporters.forms.parts import FormPart, find_part, numbered_name
from app.model.course import Course
from app.model.regulation import Regulation, TaskTypeText, number_text
from app.model.structure import Module
from app.model.tasks import Placement, Protection, Task, TaskKind, TaskType
from app.model.views import item_count, lesson_tasks, module_end_tasks

_TYPE_WIDTHS = (3.0, 4.2, 4.2)


def parts(course: Course) -> tuple[FormPart, ...]:
    """Return one sheet for each week."""
    return tuple(FormPart(module.id, numbered_name(n, module.title)) for n, module in enumerate(course.modules, 1))


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the sheets of all weeks and of the course's end, then the table of all types."""
    sheet = Sheet(course, regulation, "form_06", generated_on, draft)
    blocks: list[Block] = [Heading(1, (sheet.heading_text(),), Align.CENTRE), sheet.course_line()]
    for number, module in enumerate(course.modules, start=1):
        blocks += [PageBreak()] if number > 1 else []
        blocks += _week(sheet, number, module)
    at_the_end = [task for task in course.tasks if task.placement is Placement.COURSE_END]
    if at_the_end:
        blocks += [PageBreak(), sheet.heading(2, "tasks.course_end"), *_tasks(sheet, at_the_end)]
    if not course.modules:
        blocks.append(blank_line())
    blocks += [PageBreak(), *_types(sheet, regulation.task_types)]
    return sheet.document(sheet.labels.title, blocks)


def build_part(course: Course, regulation: Regulation, part: str, *, generated_on: date, draft: bool) -> Document:
    """Return the sheet of the module with the id ``part``, with the types that it uses.

    Raises:
        ExportError: ``export_part_unknown``.
    """
    sheet = Sheet(course, regulation, "form_06", generated_on, draft)
    number, module = find_part("06", part, enumerate(course.modules, start=1), lambda entry: entry[1].id)
    used = {task.type for task in _week_tasks(course, module) if task.type is not None}
    blocks: list[Block] = [
        Heading(1, (sheet.heading_text(),), Align.CENTRE),
        sheet.course_line(),
        *_week(sheet, number, module),
        *_types(sheet, [text for text in regulation.task_types if text.key in used] or regulation.task_types),
    ]
    return sheet.document(sheet.module_name(number, module).text, blocks)


def _week_tasks(course: Course, module: Module) -> list[Task]:
    of_lessons = [task for lesson in module.lessons for task in lesson_tasks(course, lesson)]
    return [*of_lessons, *module_end_tasks(course, module)]


def _week(sheet: Sheet, number: int, module: Module) -> Iterator[Block]:
    yield Heading(2, (sheet.module_name(number, module),))
    yield from _tasks(sheet, _week_tasks(sheet.course, module)) or (blank_line(),)


def _tasks(sheet: Sheet, tasks: Iterable[Task]) -> tuple[Block, ...]:
    return tuple(block for task in tasks for block in _task(sheet, task))


def _task(sheet: Sheet, task: Task) -> Iterator[Block]:
    path = f"tasks/{task.id}"
    yield Heading(3, (Run(task.title.strip() or sheet.task(task), element=f"{path}/title"),))
    yield facts_table(_facts(sheet, task), of_next=bool(task.instruction.strip()))
    yield from sheet.text(task.instruction, f"{path}/instruction")
    criteria = [criterion for criterion in task.criteria if criterion.text.strip()]
    if criteria:
        header = (Run(sheet.say("tasks.criterion")), Run(sheet.say("assessment.points")))
        rows = (
            (Run(c.text, element=f"{path}/criteria/{c.id}/text"), Run(number_text(c.points, sheet.lang)))
            for c in criteria
        )
        yield plain_table((8.0, 2.0), header, rows, whole=True)
    for name in ("aggregation", "identical_answer_check"):
        text = getattr(task, name)
        if text.strip():
            yield from sheet.named_text(f"tasks.{name}", text, f"{path}/{name}")


def _facts(sheet: Sheet, task: Task) -> Iterator[tuple[str, tuple[Run, ...]]]:
    """What a learner must know of a task before beginning, as far as it is settled."""
    texts = {text.key: text.type for text in sheet.regulation.task_types}
    official = texts.get(task.type.value) if task.type is not None else None
    if official is not None:
        yield sheet.say("tasks.type"), (Run(official, sheet.label_lang),)
    elif task.type is TaskType.CUSTOM:
        yield sheet.say("tasks.type"), (Run(task.custom_component.strip() or sheet.say("tasks.custom")),)
    kind = sheet.say(f"task_kind.{task.kind.value}")
    count_key = "task.questions" if task.kind is TaskKind.TEST else "task.items"
    yield sheet.say("tasks.kind"), (Run(sheet.say(count_key, kind=kind, n=item_count(sheet.course, task))),)
    if task.answer_kind is not None:
        yield sheet.say("tasks.answer"), (Run(sheet.say(f"answer_kind.{task.answer_kind.value}")),)
    if task.minutes:
        yield sheet.say("tasks.time"), (Run(sheet.say("planned_min", min=task.minutes)),)
    yield sheet.say("tasks.weight"), (Run(f"{number_text(task.weight_pct, sheet.lang)} %"),)
    yield sheet.say("tasks.deadline"), (Run(deadline(sheet, task)),)
    group = task.group
    if group.min_learners is not None or group.max_learners is not None:
        ends = dict.fromkeys(str(n) for n in (group.min_learners, group.max_learners) if n is not None)
        yield sheet.say("tasks.group"), (Run("–".join(ends)),)
    if task.environment.strip():
        yield sheet.say("tasks.environment"), (Run(task.environment, element=f"tasks/{task.id}/environment"),)
    if task.protection is not Protection.NONE:
        yield sheet.say("tasks.protection"), (Run(sheet.say(f"protection.{task.protection.value}")),)


def _types(sheet: Sheet, types: Iterable[TaskTypeText]) -> Iterator[Block]:
    """The official table; numbers in its texts come from the limits."""
    lang = sheet.label_lang

    def official(text: str) -> Cell:
        return Cell(((Run(sheet.regulation.fill_constants(text, lang), lang),),))

    header = Row(
        tuple(
            Cell(((Run(sheet.label_text(f"F06.T.{key}"), lang),),)) for key in ("type", "description", "implementation")
        ),
        RowRole.HEADER,
    )
    rows = (Row((official(t.type), official(t.description), official(t.implementation))) for t in types)
    yield Paragraph((Run(sheet.say("tasks.types"), bold=True),), Align.LEFT, keep_with_next=True)
    yield Table(_TYPE_WIDTHS, (header, *rows), size_pt=10)
