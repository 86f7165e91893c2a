"""The glossary as a document of its own (F01.17, 11.9)."""

from datetime import date

from app.exporters.document import Align, Block, Cell, Document, Heading, Paragraph, Row, RowRole, Run, Table
from app.exporters.forms.common import Sheet, blank_line
from app.model.course import Course
from app.model.regulation import BLANK, Regulation
from app.model.teaching import GlossaryKind


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the glossary in the order of the course, terms with their definitions."""
    sheet = Sheet(course, regulation, "", generated_on, draft)
    title = sheet.say("glossary.title")
    header = Row(
        (Cell(((Run(sheet.say("glossary.term")),),)), Cell(((Run(sheet.say("glossary.definition")),),))), RowRole.HEADER
    )
    rows = [header]
    for entry in course.glossary:
        path = f"glossary/{entry.id}"
        term = [Run(entry.term.strip() or BLANK, bold=True, element=f"{path}/term")]
        if entry.kind is not GlossaryKind.TERM:
            term.append(Run(f" ({sheet.say(f'glossary.kind_{entry.kind.value}')})", italic=True))
        definition = Run(entry.definition.strip() or BLANK, element=f"{path}/definition")
        rows.append(Row((Cell((tuple(term),)), Cell(((definition,),)))))
    blocks: list[Block] = [
        Heading(1, (Run(title),), Align.CENTRE),
        Paragraph((Run(course.title, bold=True, element="title"),), Align.CENTRE),
        Table((3.0, 7.0), tuple(rows)) if course.glossary else blank_line(),
    ]
    return sheet.document(title, blocks)
