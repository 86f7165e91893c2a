"""Form 08: support of the course, each recommendation with what the course has, and the progress table."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.exporters.document import Align, Block, Cell, Document, Heading, Paragraph, Row, RowRole, Run, Table
from app.exporters.forms.common import Sheet, date_text, or_blank, plain_table
from app.exporters.forms.grading import deadline, progress_table
from app.model.course import Course
from app.model.recording import RecordingRole
from app.model.regulation import BLANK, Regulation, number_text
from app.model.tasks import Placement, Task
from app.model.teaching import ReferenceScope, SurveyWhen
from app.model.views import course_final_controls, module_of_task, numbered_lessons

_RUBRIC_WIDTHS = (2.0, 8.0)
_CHECK_WIDTHS = (5.4, 1.5, 4.1)


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return form 08 of the course; what is missing is a line to write on."""
    sheet = Sheet(course, regulation, "form_08", generated_on, draft)
    head = (Heading(1, (sheet.heading_text(),), Align.CENTRE), sheet.course_line())
    blocks = (
        *head,
        *_people(sheet),
        *_content(sheet),
        *_tasks(sheet),
        *_progress(sheet),
        *_closing(sheet),
        *_log(sheet),
    )
    return sheet.document(sheet.labels.title, blocks)


def _item(sheet: Sheet, *keys: str, values: Iterable[Block]) -> Iterator[Block]:
    """A paragraph of the form and what the course has of it."""
    yield Paragraph((sheet.label(*keys, bold=False),), keep_with_next=True)
    yield from or_blank(values)


def _people(sheet: Sheet) -> Iterator[Block]:
    course = sheet.course
    accounts = sheet.bullets(
        (Run(name, element="platform/author_accounts"),) for name in course.platform.author_accounts
    )
    yield from _item(sheet, "F08.0a", values=accounts)
    forum = course.platform.forum_url.strip()
    url = (Paragraph((Run(forum, link=forum, element="platform/forum_url"),), Align.LEFT),) if forum else ()
    yield from _item(sheet, "F08.0b", values=url)
    support = course.support
    people = [Run(name, element="support/responsible") for name in support.responsible if name.strip()]
    values: list[Block] = [
        *sheet.named_text("support.assistant", support.assistant, "support/assistant"),
        *sheet.named_text("support.responsible", ", ".join(run.text for run in people), "support/responsible"),
        *_questions(sheet),
    ]
    yield from _item(sheet, "F08.0c", values=values)


def _questions(sheet: Sheet) -> Iterator[Block]:
    questions = [Run(text, element="support/question_list") for text in sheet.course.support.question_list]
    filled = [(run,) for run in questions if run.text.strip()]
    if filled:
        yield Paragraph((Run(sheet.say("support.question_list"), italic=True),), Align.LEFT, keep_with_next=True)
        yield from sheet.bullets(filled)


def _content(sheet: Sheet) -> Iterator[Block]:
    """Reference materials, annotations, literature."""
    course = sheet.course
    yield Heading(2, (sheet.label("lead", bold=False),))
    materials = (i for i in course.reference_materials if i.text.strip())
    yield from _item(
        sheet,
        "F08.1",
        values=sheet.bullets((Run(i.text, element=f"reference_materials/{i.id}/text"),) for i in materials),
    )
    lessons = [lesson for _, _, lesson in numbered_lessons(course)]
    yield Paragraph((sheet.label("F08.2", bold=False),), keep_with_next=True)
    annotations = [*(module.annotation for module in course.modules), *(lesson.annotation for lesson in lessons)]
    have = sum(bool(text.strip()) for text in annotations)
    yield from _item(sheet, "F08.2a", values=_count(sheet, "support.annotated", have, len(annotations)))
    have = sum(bool(lesson.video.annotation.strip()) for lesson in lessons)
    yield from _item(sheet, "F08.2b", values=_count(sheet, "support.annotated", have, len(lessons)))
    yield Paragraph((sheet.label("F08.3", bold=False),), keep_with_next=True)
    scopes = (
        ("F08.3.1.1", ReferenceScope.LESSON),
        ("F08.3.1.2", ReferenceScope.MODULE),
        ("F08.3.1.3", ReferenceScope.COURSE),
    )
    for key, scope in scopes:
        number = sum(reference.scope is scope for reference in course.references)
        count = sheet.text(sheet.say("count.references", n=number), "references") if course.references else ()
        yield from _item(sheet, key, values=count)


def _count(sheet: Sheet, key: str, have: int, of: int) -> tuple[Block, ...]:
    return (Paragraph((Run(sheet.say(key, have=have, of=of)),), Align.LEFT),) if of else ()


def _tasks(sheet: Sheet) -> Iterator[Block]:
    """Check tasks with their terms, the rubric, the final task."""
    course = sheet.course
    yield Heading(2, (sheet.label("F08.4", bold=False),))
    yield Paragraph((sheet.label("F08.4a", "F08.4b", bold=False),))
    checks = [task for task in course.tasks if task.placement is not Placement.COURSE_END]
    yield from _item(sheet, "F08.4c", values=(_checks(sheet, checks),) if checks else ())
    yield Paragraph((sheet.label("F08.5"),), Align.LEFT, keep_with_next=True)
    yield Table(_RUBRIC_WIDTHS, tuple(_rubric(sheet)), whole=True)
    yield Paragraph((sheet.label("F08.6", bold=False),))
    finals = (
        f"{task.title.strip() or sheet.task(task)}: {deadline(sheet, task)}" for task in course_final_controls(course)
    )
    yield from _item(sheet, "F08.7", values=sheet.bullets((Run(text, element="tasks"),) for text in finals))


def _checks(sheet: Sheet, tasks: Sequence[Task]) -> Table:
    """The tasks below the names of their modules; what belongs to none stands first."""
    header = tuple(Cell(((Run(sheet.say(f"support.{key}")),),)) for key in ("task", "weight", "deadline"))
    rows = [Row(header, RowRole.HEADER)]
    homes = [(task, module_of_task(sheet.course, task)) for task in tasks]
    rows += [_task_row(sheet, task) for task, home in homes if home is None]
    for number, module in enumerate(sheet.course.modules, start=1):
        own = [_task_row(sheet, task) for task, home in homes if home is not None and home.id == module.id]
        if own:
            caption = Cell(((sheet.module_name(number, module),),), colspan=len(_CHECK_WIDTHS))
            rows += [Row((caption,), RowRole.GROUP), *own]
    return Table(_CHECK_WIDTHS, tuple(rows))


def _task_row(sheet: Sheet, task: Task) -> Row:
    name = Run(task.title.strip() or sheet.task(task), element=f"tasks/{task.id}/title")
    runs = (name, Run(f"{number_text(task.weight_pct, sheet.lang)} %"), Run(deadline(sheet, task)))
    return Row(tuple(Cell(((run,),)) for run in runs))


def _rubric(sheet: Sheet) -> Iterator[Row]:
    """The course's rubric, the form's own example while it has none."""
    own = sorted(sheet.course.assessment.rubric, key=lambda row: -row.points)
    rows = [(row.points, Run(row.text, element=f"assessment/rubric/{row.points}/text")) for row in own]
    official = [
        (row.points, Run(sheet.regulation.fill_constants(row.text, sheet.label_lang), sheet.label_lang))
        for row in sheet.regulation.rubric
    ]
    for points, text in rows or official:
        label = Run(sheet.label_text("F08.5.points", n=points), sheet.label_lang, bold=True)
        yield Row((Cell(((label,),)), Cell(((text,),))))


def _progress(sheet: Sheet) -> Iterator[Block]:
    """The progress table of the course, the form's example while it has none (X27)."""
    yield Heading(2, (sheet.label("F08.8.heading", bold=False),))
    yield Paragraph((sheet.label("F08.8", bold=False),), keep_with_next=True)
    scale = sheet.course.assessment.progress_scale
    if not scale:
        texts = (
            sheet.regulation.fill_constants(
                band.text,
                sheet.label_lang,
                from_pct=number_text(band.from_pct, sheet.label_lang),
                to_pct=number_text(band.to_pct, sheet.label_lang),
            )
            for band in sheet.regulation.progress_bands
        )
        yield from sheet.bullets((Run(text, sheet.label_lang),) for text in texts)
        return
    yield progress_table(sheet)


def _closing(sheet: Sheet) -> Iterator[Block]:
    course = sheet.course
    yield Heading(2, (sheet.label("F08.9.heading", bold=False),))
    recorded = any(recording.role is RecordingRole.CLOSING for recording in course.recordings)
    questions = sum(len(survey.questions) for survey in course.surveys if survey.when is SurveyWhen.EXIT)
    values: list[Block] = [
        *sheet.named_text("support.closing", sheet.say("yes") if recorded else "", "recordings"),
        *sheet.named_text(
            "support.survey", sheet.say("support.questions", n=questions) if questions else "", "surveys"
        ),
    ]
    yield from _item(sheet, "F08.9a", "F08.9b", values=values)


def _log(sheet: Sheet) -> Iterator[Block]:
    """What was done while the course ran (12.7b); an empty course has lines to write on."""
    yield sheet.heading(2, "support.log")
    entries = sheet.course.support.log
    header = tuple(Run(sheet.say(f"support.{key}")) for key in ("date", "kind", "note"))
    rows = (
        (
            Run(BLANK if entry.on is None else date_text(entry.on)),
            Run(entry.kind, element=f"support/log/{entry.id}/kind"),
            Run(entry.note, element=f"support/log/{entry.id}/note"),
        )
        for entry in entries
    )
    empty = ((Run(""), Run(""), Run("")) for _ in range(3))
    yield plain_table((1.5, 3.0, 5.5), header, rows if entries else empty)
