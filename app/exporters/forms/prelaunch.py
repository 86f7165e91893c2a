"""The record of the check of all uploaded elements before the launch (10.4)."""

from collections.abc import Iterator
from datetime import date

from app.exporters.document import Align, Block, Cell, Document, Heading, Row, RowRole, Run, Table
from app.exporters.forms.common import Sheet, date_text, facts_table, signature_line
from app.model.course import Course
from app.model.papers import PrelaunchItem
from app.model.regulation import BLANK, Regulation

_ASKED = ("quality", "copyright", "accessibility", "functional", "accuracy", "grammar")
_WIDTHS = (4.6, 6.5, 2.0, 3.4)
_EMPTY_ITEMS = 3


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the record, to be signed by all who checked; without data it is filled in by hand."""
    sheet = Sheet(course, regulation, "", generated_on, draft)
    title, check = sheet.say("prelaunch.title"), course.prelaunch_check
    day = BLANK if check.checked_on is None else date_text(check.checked_on)
    people = [name.strip() for name in check.by if name.strip()]
    names = Run(", ".join(people) or BLANK, element="prelaunch_check/by")
    header = Row(
        tuple(Cell(((Run(sheet.say(f"prelaunch.{key}")),),)) for key in ("element", "asked", "kept", "remark")),
        RowRole.HEADER,
    )
    blocks: list[Block] = [
        Heading(1, (Run(title),), Align.CENTRE),
        sheet.course_line(),
        facts_table(((sheet.say("prelaunch.checked_on"), (Run(day),)), (sheet.say("prelaunch.by"), (names,)))),
        Table(_WIDTHS, (header, *_rows(sheet))),
        *(signature_line(sheet.say("signature.checked"), name) for name in people or ("", "")),
    ]
    return sheet.document(title, blocks)


def _rows(sheet: Sheet) -> Iterator[Row]:
    """Six rows an element, one for each thing that 10.4 asks."""
    items = sheet.course.prelaunch_check.items
    for item in items or [PrelaunchItem(id=f"empty{n}") for n in range(_EMPTY_ITEMS)]:
        name = Run(item.title, element=f"prelaunch_check/items/{item.id}/title")
        for key in _ASKED:
            said = getattr(item, key)
            word = Run("" if said is None else sheet.say("yes" if said else "no"), bold=True)
            cells = (
                Cell(((Run(sheet.say(f"prelaunch.{key}")),),)),
                Cell(((word,),), align=Align.CENTRE),
                Cell(((Run(""),),)),
            )
            yield Row((Cell(((name,),), rowspan=len(_ASKED)), *cells) if key == _ASKED[0] else cells)
