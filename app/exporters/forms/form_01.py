"""Form 01: description and structure of the course, 22 items, no signature lines (decision 14)."""

from collections.abc import Iterator
from datetime import date

from app.exporters.document import (
    Align,
    Block,
    Document,
    Field,
    Heading,
    Paragraph,
    Run,
    Runs,
)
from app.exporters.forms.common import Sheet, date_text, file_name, or_blank, plain_table, separated
from app.exporters.forms.grading import progress_table
from app.model.course import Course
from app.model.papers import DocumentKind, SignedDocument
from app.model.people import Author
from app.model.recording import RecordingRole, Stage
from app.model.regulation import BLANK, Regulation, number_text
from app.model.tasks import TaskKind
from app.model.views import (
    course_outcomes,
    form_05_questions,
    lesson_path,
    lesson_tasks,
    module_end_tasks,
    numbered_lessons,
)


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return form 01 of the course; what is missing is a line to write on."""
    sheet = Sheet(course, regulation, "form_01", generated_on, draft)
    head = (
        Paragraph((sheet.label("appendix"),), Align.RIGHT),
        Paragraph((Run(sheet.labels.code, sheet.label_lang, bold=True),), Align.RIGHT),
        Heading(1, (sheet.heading_text(),), Align.CENTRE),
        Paragraph((sheet.label("lead", bold=False),)),
        Paragraph((sheet.label("lead_elements", bold=False),), keep_with_next=True),
    )
    blocks = (*head, *_description(sheet), *_teaching(sheet), *_promo(sheet), *_assessment(sheet), *_parts(sheet))
    return sheet.document(sheet.labels.title, blocks)


def _description(sheet: Sheet) -> Iterator[Block]:
    """Items 1 to 10."""
    course = sheet.course
    language = (
        () if course.language is None else sheet.text(sheet.say(f"language.in_{course.language.value}"), "language")
    )
    yield from sheet.item("F01.1", values=sheet.text(course.title, "title"))
    yield from sheet.item("F01.2", values=sheet.text(course.university, "university"))
    yield from sheet.item("F01.3", values=language)
    yield from sheet.item("F01.4", values=_audience(sheet))
    yield from sheet.item("F01.5", values=sheet.bullets(_author(sheet, author) for author in course.authors))
    yield Paragraph(sheet.level_label("F01.6"), Align.LEFT, keep_with_next=True)
    yield from or_blank(sheet.level_value())
    yield from sheet.item("F01.7", values=sheet.duration())
    yield from sheet.item("F01.8", values=requisites(sheet, "prerequisites"))
    yield from sheet.item("F01.9", values=requisites(sheet, "postrequisites"))
    both = (
        *sheet.named_text("description", course.description, "description"),
        *sheet.named_text("annotation", course.annotation, "annotation"),
    )
    yield from sheet.item("F01.10", values=both)


def _teaching(sheet: Sheet) -> Iterator[Block]:
    """Items 11 to 13; of the outcomes those of the course, the modules' stand in form 02 (X10)."""
    course = sheet.course
    yield from sheet.item("F01.11", values=sheet.text(course.goal, "goal"))
    yield from sheet.item("F01.12", values=sheet.numbered(course.objectives, "objectives"))
    yield from sheet.item("F01.13", values=sheet.numbered(course_outcomes(course), "outcomes"))


def _audience(sheet: Sheet) -> Iterator[Block]:
    """Programmes and, below, the free description (X66)."""
    audience = sheet.course.audience
    programmes = (name for name in audience.programmes if name.strip())
    yield from sheet.bullets((Run(name, element="audience/programmes"),) for name in programmes)
    if audience.description.strip():
        yield from sheet.named_text("target_audience", audience.description, "audience/description")


def _author(sheet: Sheet, author: Author) -> Runs:
    fields = [sheet.author_value(author, field) for field in ("full_name", "workplace", "position")]
    return separated([*fields, *sheet.degrees(author)])


def requisites(sheet: Sheet, field: str) -> tuple[Block, ...]:
    """Return prerequisites or postrequisites; "none" is an answer, silence is not."""
    if getattr(sheet.course, f"no_{field}"):
        return (Paragraph((Run(sheet.say(f"no_{field}")),)),)
    items = (item for item in getattr(sheet.course, field) if item.text.strip())
    return sheet.bullets((Run(item.text, element=f"{field}/{item.id}/text"),) for item in items)


def _promo(sheet: Sheet) -> Iterator[Block]:
    """Item 14: the booking, the recording, and what the author says in it (X32)."""
    promo = sheet.course.promo
    booking = promo.booking
    when = "" if booking.starts_at is None else f"{booking.starts_at:%d.%m.%Y %H:%M}"
    place_time = ", ".join(part for part in (booking.room.strip(), when) if part)
    recordings = (
        recording.title or recording.path.replace("\\", "/").rpartition("/")[2] or recording.url
        for recording in sheet.course.recordings
        if recording.role is RecordingRole.PROMO and recording.stage is Stage.UPLOAD
    )
    values: list[Block] = [
        *sheet.named_text("promo.booking", place_time, "promo/booking"),
        *sheet.named_text("promo.agreed_with", booking.agreed_with, "promo/booking/agreed_with"),
        *sheet.named_text("promo.recording", ", ".join(filter(None, recordings)), "promo"),
    ]
    for name, answer in promo.checklist:
        said = "" if answer is None else sheet.say("yes" if answer else "no")
        values += sheet.named_text(f"promo.{name}", said, f"promo/checklist/{name}")
    yield from sheet.item("F01.14a", "F01.14b", "F01.14c", "F01.14d", "F01.14e", values=values)


def _assessment(sheet: Sheet) -> Iterator[Block]:
    """Item 15: one block with its parts (X33), then rubric and progress table."""
    assessment = sheet.course.assessment
    names = ("certificate_info", "description", "checking_terms", "indicators", "criteria", "scales", "procedures")
    values: list[Block] = []
    for name in names:
        values += sheet.named_text(f"assessment.{name}", getattr(assessment, name), f"assessment/{name}")
    if assessment.rubric:
        values.append(
            plain_table(
                (1, 7),
                _header(sheet, "points", "meaning"),
                (
                    (Run(str(row.points)), Run(row.text, element=f"assessment/rubric/{row.points}/text"))
                    for row in assessment.rubric
                ),
            )
        )
    if assessment.progress_scale:
        values.append(progress_table(sheet))
    yield from sheet.item("F01.15a", "F01.15b", "F01.15c", values=values)


def _header(sheet: Sheet, *keys: str) -> Runs:
    return tuple(Run(sheet.say(f"assessment.{key}")) for key in keys)


def _parts(sheet: Sheet) -> Iterator[Block]:
    """Items 16 to 22: what goes with the description, as far as it is there."""
    course = sheet.course
    questions = form_05_questions(course)
    yield from sheet.item("F01.16a", "F01.16b", values=_work_programme(sheet))
    yield from sheet.item(
        "F01.17", values=_list_document(sheet, DocumentKind.GLOSSARY, "entries", len(course.glossary))
    )
    references = _list_document(sheet, DocumentKind.REFERENCES, "references", len(course.references))
    yield from sheet.item("F01.18", values=references)
    yield from sheet.item("F01.19a", "F01.19b", "F01.19c", values=_self_study(sheet))
    videos = (f"F01.20{letter}" for letter in "abcdefg")
    yield from sheet.item(*videos, values=_videos(sheet))
    yield from sheet.item("F01.21", values=_task_sheets(sheet))
    count = sheet.text(sheet.say("count.questions", n=len(questions)), "test_bank") if questions else ()
    yield from sheet.item("F01.22a", "F01.22b", values=count)


def _signed(sheet: Sheet, document: SignedDocument) -> Runs:
    """One signed copy: file or link, who signed, date, stamp."""
    parts = [Run(file_name(document.file), element=f"documents/{document.id}/file")] if document.file else []
    if document.url.strip():
        parts.append(Run(document.url, link=document.url, element=f"documents/{document.id}/url"))
    if document.signed_by:
        names = ", ".join(document.signed_by)
        parts.append(Run(sheet.say("signed.by", names=names), element=f"documents/{document.id}/signed_by"))
    if document.dated_on is not None:
        parts.append(Run(sheet.say("signed.on", date=date_text(document.dated_on))))
    if document.stamped:
        parts.append(Run(sheet.say("signed.stamped")))
    return separated(parts, "; ")


def _documents(sheet: Sheet, kind: DocumentKind) -> list[Runs]:
    signed = (_signed(sheet, document) for document in sheet.course.documents if document.kind is kind)
    return [runs for runs in signed if runs]


def _work_programme(sheet: Sheet) -> tuple[Block, ...]:
    approval = sheet.course.approval
    items = _documents(sheet, DocumentKind.FORM_02)
    if approval.minutes_no.strip() or approval.approved_on is not None:
        day = BLANK if approval.approved_on is None else date_text(approval.approved_on)
        minutes = sheet.say("minutes", number=approval.minutes_no.strip() or BLANK, date=day)
        items.append((Run(minutes, element="approval/minutes_no"),))
    return sheet.bullets(items)


def _list_document(sheet: Sheet, kind: DocumentKind, count_key: str, count: int) -> tuple[Block, ...]:
    items = _documents(sheet, kind)
    if count:
        items.insert(0, (Run(sheet.say(f"count.{count_key}", n=count)),))
    return sheet.bullets(items)


def _self_study(sheet: Sheet) -> tuple[Block, ...]:
    """Files and links for self-study, lesson by lesson, and the folder that holds all materials (X44)."""
    items: list[Runs] = []
    for number, module, lesson in numbered_lessons(sheet.course):
        what: list[Run] = []
        for item in lesson.self_study:
            path = f"{lesson_path(module, lesson)}/self_study/{item.id}"
            what += [Run(text, element=path) for text in (item.title, file_name(item.file)) if text.strip()]
            if item.url.strip():
                what.append(Run(item.url, link=item.url, element=f"{path}/url"))
        if what:
            title = sheet.say("lesson", n=number, title=lesson.title.strip() or BLANK)
            name = Run(title, italic=True, element=lesson_path(module, lesson, "title"))
            items.append((name, Run(" – "), *separated(what, "; ")))
    return (*sheet.bullets(items), *_folder(sheet))


def _folder(sheet: Sheet) -> tuple[Block, ...]:
    url = sheet.course.materials_folder_url.strip()
    if not url:
        return ()
    name = Run(sheet.say("materials_folder"), italic=True)
    return (Field((name,), (Run(url, link=url, element="materials_folder_url"),)),)


def _videos(sheet: Sheet) -> tuple[Block, ...]:
    """Video lectures with their planned length and, once recorded, their links."""
    urls = {
        recording.lesson_id: recording.url
        for recording in sheet.course.recordings
        if recording.role is RecordingRole.LECTURE and recording.stage is Stage.UPLOAD and recording.url.strip()
    }
    items: list[Runs] = []
    for number, module, lesson in numbered_lessons(sheet.course):
        title = lesson.title.strip() or BLANK
        runs = [Run(sheet.say("lesson", n=number, title=title), element=lesson_path(module, lesson, "title"))]
        if lesson.video.planned_min is not None:
            runs.append(Run(sheet.say("planned_min", min=number_text(lesson.video.planned_min, sheet.lang))))
        if lesson.id in urls:
            runs.append(Run(urls[lesson.id], link=urls[lesson.id], element="recordings"))
        items.append(separated(runs, " – "))
    return sheet.bullets(items)


def _task_sheets(sheet: Sheet) -> tuple[Block, ...]:
    """Of each week the sheet with its tasks, and the tasks that are not tests."""
    items: list[Runs] = []
    for number, module in enumerate(sheet.course.modules, start=1):
        tasks = [task for lesson in module.lessons for task in lesson_tasks(sheet.course, lesson)]
        tasks += module_end_tasks(sheet.course, module)
        what = [Run(sheet.task(task)) for task in tasks if task.kind is not TaskKind.TEST]
        if module.task_sheet is not None:
            what.append(Run(file_name(module.task_sheet), element=f"modules/{module.id}/task_sheet"))
        if what:
            items.append((sheet.module_name(number, module), Run(" – "), *separated(what, "; ")))
    return sheet.bullets(items)
