"""Annotations of modules, lectures and videos, and the reference materials of the course (F08.1, F08.2)."""

from collections.abc import Iterator
from datetime import date

from app.exporters.document import Align, Block, Document, Heading, Run
from app.exporters.forms.common import Sheet, blank_line, or_blank
from app.model.course import Course
from app.model.regulation import Regulation
from app.model.structure import Lesson, Module
from app.model.views import lesson_path


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the annotation of the course, of each module, lecture and video, then the reference materials."""
    sheet = Sheet(course, regulation, "", generated_on, draft)
    title = sheet.say("annotations.title")
    blocks: list[Block] = [Heading(1, (Run(title),), Align.CENTRE), sheet.course_line()]
    blocks += sheet.text(course.annotation, "annotation") or (blank_line(),)
    number = 0
    for position, module in enumerate(course.modules, start=1):
        blocks.append(Heading(2, (sheet.module_name(position, module),)))
        blocks += sheet.text(module.annotation, f"modules/{module.id}/annotation") or (blank_line(),)
        for lesson in module.lessons:
            number += 1
            blocks += _lesson(sheet, number, module, lesson)
    blocks.append(sheet.heading(2, "annotations.reference_materials"))
    materials = (item for item in course.reference_materials if item.text.strip())
    blocks += or_blank(sheet.bullets((Run(m.text, element=f"reference_materials/{m.id}/text"),) for m in materials))
    return sheet.document(title, blocks)


def _lesson(sheet: Sheet, number: int, module: Module, lesson: Lesson) -> Iterator[Block]:
    yield Heading(3, (sheet.lesson_name(number, module, lesson),))
    yield from sheet.named_text("annotations.topic", lesson.annotation, lesson_path(module, lesson, "annotation"))
    path = lesson_path(module, lesson, "video/annotation")
    yield from sheet.named_text("annotations.video", lesson.video.annotation, path)
