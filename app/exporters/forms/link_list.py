"""The list of links to all learning materials (9.4): what is linked, with the address to type or to click."""

from collections.abc import Iterator
from datetime import date

from app.exporters.document import Align, Block, Cell, Document, Heading, Row, RowRole, Run, Table
from app.exporters.forms.common import Sheet, blank_line, file_name
from app.model.course import Course
from app.model.recording import Recording
from app.model.regulation import BLANK, Regulation
from app.model.views import lesson_path, numbered_lessons

Link = tuple[Run, str, str]
"""What is linked, the address, the checksum where there is one."""


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the list: the folder of all materials, the course, recordings, materials of lectures, other materials."""
    sheet = Sheet(course, regulation, "", generated_on, draft)
    title = sheet.say("link_list.title")
    links = [link for link in _links(sheet) if link[1]]
    blocks: list[Block] = [Heading(1, (Run(title),), Align.CENTRE), sheet.course_line()]
    if links:
        names = (sheet.say(f"link_list.{key}") for key in ("number", "material", "address"))
        header = Row(tuple(Cell(((Run(name),),)) for name in names), RowRole.HEADER)
        rows = (_row(sheet, number, link) for number, link in enumerate(links, start=1))
        blocks.append(Table((0.7, 5.3, 5.4), (header, *rows)))
    else:
        blocks.append(blank_line())
    return sheet.document(title, blocks)


def _row(sheet: Sheet, number: int, link: Link) -> Row:
    what, address, checksum = link
    lines = [(Run(address, link=address, element=what.element),)]
    if checksum:
        lines.append((Run(sheet.say("link_list.sha256", sum=checksum)),))
    return Row((Cell(((Run(str(number)),),), align=Align.CENTRE), Cell(((what,),)), Cell(tuple(lines))))


def _links(sheet: Sheet) -> Iterator[Link]:
    course = sheet.course
    yield Run(sheet.say("link_list.folder"), element="materials_folder_url"), course.materials_folder_url.strip(), ""
    yield Run(sheet.say("link_list.course"), element="platform/course_url"), course.platform.course_url.strip(), ""
    lessons = {lesson.id: sheet.lesson_name(n, module, lesson).text for n, module, lesson in numbered_lessons(course)}
    for recording in course.recordings:
        name = _recording(sheet, recording, lessons)
        yield Run(name, element=f"recordings/{recording.id}"), recording.url.strip(), recording.sha256 or ""
    for number, module, lesson in numbered_lessons(course):
        for item in lesson.self_study:
            lecture = sheet.lesson_name(number, module, lesson).text
            name = f"{lecture} – {item.title.strip() or file_name(item.file) or BLANK}"
            path = f"{lesson_path(module, lesson)}/self_study/{item.id}"
            yield Run(name, element=path), item.url.strip(), item.file.sha256 or "" if item.file else ""
    for material in course.materials:
        name = material.title.strip() or file_name(material.file) or BLANK
        checksum = material.file.sha256 or "" if material.file else ""
        yield Run(name, element=f"materials/{material.id}"), material.url.strip(), checksum


def _recording(sheet: Sheet, recording: Recording, lessons: dict[str, str]) -> str:
    """Return lecture and role of a recording (F01.20b)."""
    name = lessons.get(recording.lesson_id or "", "") or recording.title.strip()
    role = sheet.say(f"link_list.role.{recording.role.value}")
    return f"{name} – {role}" if name else f"{role[0].upper()}{role[1:]}"
