"""Form 03: self-study material of a lecture, filled with all that the course knows, so that the author only writes."""

from collections.abc import Iterator
from datetime import date

from app.exporters.document import Align, Block, Document, Heading, PageBreak, Paragraph, Run, Runs
from app.exporters.forms.common import Sheet, blank_line, file_name, or_blank, separated
from app.exporters.forms.parts import FormPart, find_part, numbered_name
from app.exporters.forms.references import reference_list
from app.exporters.look import logo_picture
from app.model.course import Course
from app.model.regulation import BLANK, Regulation
from app.model.structure import Lesson, Module, SelfStudyItem, SelfStudyKind
from app.model.texts import Lang
from app.model.views import lesson_path, lesson_tasks, numbered_lessons

EMPTY_QUESTIONS = 3
"""A lecture without questions has room for three, as form 04 lists them (F04.2b)."""

_LINES_TO_WRITE = 2
_SMALL_PT = 9.0


def parts(course: Course) -> tuple[FormPart, ...]:
    """Return one material for each lecture."""
    return tuple(FormPart(lesson.id, numbered_name(n, lesson.title)) for n, _, lesson in numbered_lessons(course))


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the materials of all lectures, each on its own page; an empty one where there is no lecture."""
    sheet = Sheet(course, regulation, "form_03", generated_on, draft)
    blocks: list[Block] = []
    for number, module, lesson in numbered_lessons(course):
        blocks += [PageBreak()] if blocks else []
        blocks += _material(sheet, str(number), module, lesson)
    if not blocks:
        blocks += _material(sheet, BLANK, Module(id="empty"), Lesson(id="empty"))
    return sheet.document(sheet.labels.title, blocks)


def build_part(course: Course, regulation: Regulation, part: str, *, generated_on: date, draft: bool) -> Document:
    """Return the material of the lecture with the id ``part``.

    Raises:
        ExportError: ``export_part_unknown``.
    """
    sheet = Sheet(course, regulation, "form_03", generated_on, draft)
    number, module, lesson = find_part("03", part, numbered_lessons(course), lambda entry: entry[2].id)
    name = sheet.lesson_name(number, module, lesson)
    return sheet.document(name.text, _material(sheet, str(number), module, lesson))


def _material(sheet: Sheet, number: str, module: Module, lesson: Lesson) -> Iterator[Block]:
    yield Paragraph((Run(sheet.labels.title, Lang.KK),), Align.RIGHT, size_pt=_SMALL_PT)
    logo = logo_picture(sheet.course.university.strip() or sheet.regulation.settings.university)
    if logo is not None:
        yield logo
    title = Run(sheet.course.title.strip() or BLANK, bold=True, underline=True, element="title")
    yield Paragraph((title,), Align.CENTRE)
    yield Heading(1, _headline(sheet, number, module, lesson), Align.CENTRE)
    if lesson.annotation.strip():
        yield from sheet.text(lesson.annotation, lesson_path(module, lesson, "annotation"))
    yield sheet.heading(2, "study.outcomes")
    yield from _outcomes(sheet, lesson)
    yield sheet.heading(2, "study.questions")
    yield from _questions(module, lesson)
    yield sheet.heading(2, "study.summary")
    yield from (blank_line() for _ in range(_LINES_TO_WRITE))
    yield from _tasks(sheet, lesson)
    yield from _links(sheet, module, lesson)
    yield from _literature(sheet, module, lesson)
    note = Run(sheet.label_text("F03.5"), Lang.KK, italic=True, link=sheet.regulation.settings.template_url or None)
    yield Paragraph((note,), Align.LEFT, size_pt=_SMALL_PT)


def _headline(sheet: Sheet, number: str, module: Module, lesson: Lesson) -> Runs:
    """Return number and topic, both underlined as in the form."""
    lang = sheet.label_lang
    return (
        Run(f"{sheet.label_text('F03.2')} ", lang),
        Run(number, underline=True),
        Run(f"  {sheet.label_text('F03.3')} ", lang),
        Run(lesson.title.strip() or BLANK, underline=True, element=lesson_path(module, lesson, "title")),
    )


def _outcomes(sheet: Sheet, lesson: Lesson) -> tuple[Block, ...]:
    wanted = [outcome for outcome in sheet.course.outcomes if outcome.id in lesson.outcome_ids]
    return or_blank(sheet.bullets((Run(o.text, element=f"outcomes/{o.id}/text"),) for o in wanted if o.text.strip()))


def _questions(module: Module, lesson: Lesson) -> Iterator[Block]:
    """The questions of the lecture, each as a heading with room to write below it."""
    path = lesson_path(module, lesson, "questions")
    questions = [(question.text.strip(), f"{path}/{question.id}/text") for question in lesson.questions]
    for number, (text, element) in enumerate(questions or [("", "")] * EMPTY_QUESTIONS, start=1):
        yield Heading(3, (Run(f"{number}. {text or BLANK}", element=element),))
        yield from (blank_line() for _ in range(_LINES_TO_WRITE))


def _tasks(sheet: Sheet, lesson: Lesson) -> Iterator[Block]:
    """What the learner does with the lecture; nothing of it is graded in this material (11.1b)."""
    tasks = [task for task in lesson_tasks(sheet.course, lesson) if task.title.strip() or task.instruction.strip()]
    own = [i for i in lesson.self_study if i.kind in (SelfStudyKind.STUDY_TASK, SelfStudyKind.INDEPENDENT_WORK)]
    if tasks or own:
        yield sheet.heading(2, "study.tasks")
    yield from sheet.bullets((Run(item.title.strip() or BLANK),) for item in own)
    for task in tasks:
        name = Run(task.title.strip() or sheet.task(task), bold=True, element=f"tasks/{task.id}/title")
        yield Paragraph((name,), Align.LEFT, keep_with_next=bool(task.instruction.strip()))
        yield from sheet.text(task.instruction, f"tasks/{task.id}/instruction")


def _links(sheet: Sheet, module: Module, lesson: Lesson) -> Iterator[Block]:
    """Texts, sources and pictures that belong to the lecture (11.1.2 to 11.1.4), and the folder that holds them."""
    path = lesson_path(module, lesson, "self_study")
    kinds = (SelfStudyKind.LECTURE, SelfStudyKind.LINK, SelfStudyKind.VISUAL)
    items = [_item(item, f"{path}/{item.id}") for item in lesson.self_study if item.kind in kinds]
    folder = sheet.course.materials_folder_url.strip()
    if folder:
        name = Run(f"{sheet.say('materials_folder')} ")
        items.append((name, Run(folder, link=folder, element="materials_folder_url")))
    items = [runs for runs in items if runs]
    if items:
        yield sheet.heading(2, "study.links")
        yield from sheet.bullets(items)


def _item(item: SelfStudyItem, path: str) -> Runs:
    texts = [Run(text, element=path) for text in (item.title.strip(), file_name(item.file)) if text]
    if item.url.strip():
        texts.append(Run(item.url, link=item.url, element=f"{path}/url"))
    return separated(texts, " – ")


def _literature(sheet: Sheet, module: Module, lesson: Lesson) -> Iterator[Block]:
    """Sources of the lecture and of its module (F08.3.1)."""
    wanted = [reference for reference in sheet.course.references if reference.target_id in (lesson.id, module.id)]
    if wanted:
        yield sheet.heading(2, "references.title")
        yield reference_list(wanted, 1)
