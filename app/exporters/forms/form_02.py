"""Form 02: the work programme, for signature. Numbers of sections as printed: 1.1, 1.2, 1.4, 1.4, then 1 to 4 (X30)."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.exporters.document import (
    Align,
    Block,
    Cell,
    Document,
    Field,
    FlowBlock,
    Heading,
    Paragraph,
    Row,
    RowRole,
    Run,
    Table,
    TitlePage,
)
from app.exporters.forms.common import Sheet, or_blank, separated
from app.exporters.forms.form_01 import requisites
from app.model.course import Course
from app.model.people import Author
from app.model.regulation import BLANK, Regulation
from app.model.structure import Lesson, Module
from app.model.tasks import Task
from app.model.texts import Lang
from app.model.views import (
    course_final_controls,
    course_outcomes,
    lesson_path,
    lesson_tasks,
    module_end_tasks,
    module_final_controls,
    module_outcomes,
)
from app.storage.texts_file import load_texts

EMPTY_MODULES = 5
EMPTY_LESSONS = 3
"""A course without modules prints the table of the official form: five modules of three lectures."""

_COLUMNS = (3.0, 7.0)


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return form 02 of the course; what is missing is a line to write on."""
    sheet = Sheet(course, regulation, "form_02", generated_on, draft)
    blocks = (_title_page(sheet), *_sections(sheet), *_structure(sheet), *_signatures(sheet))
    return sheet.document(sheet.labels.title, blocks)


def _title_page(sheet: Sheet) -> TitlePage:
    course = sheet.course
    university = Run(course.university.strip() or sheet.label_text("F02.1"), element="university", bold=True)
    unit = (
        Paragraph((university,), Align.CENTRE),
        Paragraph((_with_blank(sheet, "F02.2", course.faculty, "faculty"),), Align.CENTRE),
        Paragraph((_with_blank(sheet, "F02.3", course.department.name, "department/name"),), Align.CENTRE),
    )
    authors = tuple(Paragraph(_author(sheet, author), Align.CENTRE) for author in course.authors)
    blank = BLANK if not course.title.strip() else ""
    middle: tuple[FlowBlock, ...] = (
        Heading(1, (sheet.label("F02.4", bold=False),), Align.CENTRE),
        *(authors or (Paragraph((Run(BLANK),), Align.CENTRE, fill_line=True),)),
        Field(
            (sheet.label("F02.6"),), (Run(course.title or blank, element="title"),), Align.CENTRE, fill_line=bool(blank)
        ),
    )
    return TitlePage((unit, middle, (Paragraph((_city_and_year(sheet),), Align.CENTRE),)))


def _with_blank(sheet: Sheet, key: str, value: str, element: str) -> Run:
    text = sheet.label_text(key, blank=value.strip()) if value.strip() else sheet.label_text(key)
    return Run(text, sheet.label_lang, element=element)


def _author(sheet: Sheet, author: Author) -> tuple[Run, ...]:
    """One line an author: name – degree, title, position, e-mail (F02.5)."""
    rest = [*sheet.degrees(author), sheet.author_value(author, "position"), sheet.author_value(author, "email")]
    return (sheet.author_value(author, "full_name"), Run(" – "), *separated(rest))


def _city_and_year(sheet: Sheet) -> Run:
    approval = sheet.course.approval
    year = approval.year or (approval.approved_on.year if approval.approved_on else None)
    given = {} if year is None else {"year": f"{year % 100:02d}"}
    return Run(sheet.label_text("F02.7", **given), sheet.label_lang)


def _sections(sheet: Sheet) -> Iterator[Block]:
    course = sheet.course

    def section(key: str, values: Sequence[Block]) -> Iterator[Block]:
        yield Heading(2, (sheet.label(key, bold=False),))
        yield from or_blank(values)

    yield from section("F02.8", sheet.text(course.description, "description"))
    yield from section("F02.9", sheet.text(course.goal, "goal"))
    yield from section("F02.10", sheet.numbered(course.objectives, "objectives"))
    yield from section("F02.11", _outcomes(sheet))
    yield from section("F02.12", requisites(sheet, "prerequisites"))
    yield from section("F02.13", requisites(sheet, "postrequisites"))
    yield from section("F02.14", sheet.duration())
    level = tuple(Run(run.text, run.lang, underline=run.underline) for run in sheet.level_label("F02.15"))
    yield Heading(2, level)
    yield from or_blank(sheet.level_value())


def _outcomes(sheet: Sheet) -> tuple[Block, ...]:
    """Outcomes of the course, then those of each module (X10)."""
    course = sheet.course
    of_course = sheet.numbered(course_outcomes(course), "outcomes")
    blocks: list[Block] = []
    for number, module in enumerate(course.modules, start=1):
        of_module = sheet.numbered(module_outcomes(course, module), "outcomes", f"{number}.")
        if of_module:
            name = sheet.module_name(number, module)
            blocks += [Paragraph((Run(name.text, italic=True, element=name.element),), Align.LEFT, True), *of_module]
    if of_course and blocks:
        of_course = (Paragraph((Run(sheet.say("course_outcomes"), italic=True),), Align.LEFT, True), *of_course)
    return (*of_course, *blocks)


def _structure(sheet: Sheet) -> Iterator[Block]:
    course = sheet.course
    modules = course.modules or _empty_modules()
    rows: list[Row] = []
    first = 1
    for number, module in enumerate(modules, start=1):
        rows += _module_rows(sheet, number, module, first)
        first += len(module.lessons)
    final = (Run(sheet.label_text("F02.22"), sheet.label_lang),)
    rows.append(Row((Cell((final,)), _tasks_cell(sheet, course_final_controls(course), graded=True))))
    yield Heading(2, (sheet.label("F02.16", bold=False),), Align.CENTRE)
    yield Table(_COLUMNS, tuple(rows))


def _empty_modules() -> tuple[Module, ...]:
    return tuple(
        Module(
            id=f"m{number}",
            lessons=tuple(Lesson(id=f"m{number}-{lesson}") for lesson in range(1, EMPTY_LESSONS + 1)),
        )
        for number in range(1, EMPTY_MODULES + 1)
    )


def _module_rows(sheet: Sheet, number: int, module: Module, first_lesson: int) -> Iterator[Row]:
    """The rows of a module: its name, two for each lecture, tasks at its end, its final control."""
    course = sheet.course
    name = Run(module.title.strip() or BLANK, element=f"modules/{module.id}/title")
    yield Row((Cell(((name,),), colspan=2),), RowRole.GROUP)
    right: list[Cell] = []
    for position, lesson in enumerate(module.lessons):
        right.append(_lesson_cell(sheet, module, lesson, first_lesson + position))
        right.append(_tasks_cell(sheet, lesson_tasks(course, lesson)))
    finals = module_final_controls(course, module)
    others = [task for task in module_end_tasks(course, module) if task not in finals]
    if others:
        words = (Run(sheet.say("module_tasks"), italic=True),)
        right.append(Cell((words, *_tasks_cell(sheet, others, graded=True).lines)))
    right = right or [Cell(((Run(BLANK),),))]
    left = Cell(((Run(sheet.label_text("F02.18", n=number), sheet.label_lang),),), rowspan=len(right))
    yield Row((left, right[0]))
    yield from (Row((cell,)) for cell in right[1:])
    label = (Run(sheet.label_text("F02.21", n=number), sheet.label_lang),)
    yield Row((Cell((label,)), _tasks_cell(sheet, finals, graded=True)))


def _lesson_cell(sheet: Sheet, module: Module, lesson: Lesson, number: int) -> Cell:
    text = sheet.label_text("F02.19", n=number, title=lesson.title.strip() or BLANK)
    return Cell(((Run(text, sheet.label_lang, element=lesson_path(module, lesson, "title")),),))


def _tasks_cell(sheet: Sheet, tasks: Sequence[Task], *, graded: bool = False) -> Cell:
    lines = tuple((Run(sheet.task(task, graded=graded)),) for task in tasks)
    return Cell(lines or ((Run(BLANK),),))


def _signatures(sheet: Sheet) -> Iterator[Block]:
    course = sheet.course
    yield Paragraph((_date_line(sheet),), Align.LEFT, keep_with_next=True)
    department = course.department
    head = {name: value for name, value in (("abbr", department.abbr), ("name", department.head)) if value.strip()}
    yield sheet.signature("F02.24", head, "department/head", stamp=True)
    for author in course.authors:
        name = {"name": author.full_name} if author.full_name.strip() else {}
        yield sheet.signature("F02.25", name, f"authors/{author.id}/full_name")
    if not course.authors:
        yield sheet.signature("F02.25", {})


def _date_line(sheet: Sheet) -> Run:
    """The date of signing; the month in the language of the form, as the line is its own."""
    day = sheet.course.approval.dated_on
    if day is None:
        return sheet.label("F02.23", bold=False)
    month = load_texts().get(f"forms.month.{day.month}", Lang(sheet.label_lang))
    return sheet.label("F02.23", bold=False, day=f"{day:%d}", month=month, year=f"{day:%y}")
