"""The record of the check of the received documents against the approved forms (13.DIR.4)."""

from collections.abc import Iterator
from datetime import date

from app.exporters.document import Align, Block, Cell, Document, Heading, Row, RowRole, Run, Runs, Table
from app.exporters.forms.common import Sheet, date_text, facts_table, or_blank, signature_line
from app.model.course import Course
from app.model.regulation import BLANK, Regulation

_FORMS = ("form_01", "form_02", "form_03", "form_04", "form_05", "form_10", "form_11")
"""Forms that a submission holds (X23)."""

_WIDTHS = (5.2, 6.2, 2.0, 3.1)


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the record: each form with room for the verdict, the result, the remarks, the director's signature."""
    sheet = Sheet(course, regulation, "", generated_on, draft)
    title, check = sheet.say("intake.title"), course.intake_check
    header = Row(
        tuple(Cell(((Run(sheet.say(f"intake.{key}")),),)) for key in ("code", "document", "conforms", "remark")),
        RowRole.HEADER,
    )
    blocks: list[Block] = [
        Heading(1, (Run(title),), Align.CENTRE),
        sheet.course_line(),
        facts_table(_facts(sheet)),
        Table(_WIDTHS, (header, *_rows(sheet))),
        sheet.heading(2, "review.remarks"),
        *or_blank(sheet.bullets(_remarks(sheet))),
        signature_line(sheet.say("signature.director"), check.by, "intake_check/by", stamp=True),
    ]
    return sheet.document(title, blocks)


def _facts(sheet: Sheet) -> Iterator[tuple[str, Runs]]:
    course, check = sheet.course, sheet.course.intake_check
    sent = max((s.sent_on for s in course.submissions if s.sent_on is not None), default=None)
    yield sheet.say("intake.received"), (Run(BLANK if sent is None else date_text(sent)),)
    yield sheet.say("intake.checked_on"), (Run(BLANK if check.checked_on is None else date_text(check.checked_on)),)
    verdict = BLANK if check.accepted is None else sheet.say("intake.accepted" if check.accepted else "intake.returned")
    yield sheet.say("intake.result"), (Run(verdict, bold=check.accepted is not None),)


def _rows(sheet: Sheet) -> Iterator[Row]:
    for name in _FORMS:
        form = sheet.regulation.forms[name]
        title = form.contents_title or form.title
        yield Row(tuple(Cell(((run,),)) for run in (Run(form.code), Run(title), Run(""), Run(""))))


def _remarks(sheet: Sheet) -> Iterator[Runs]:
    for remark in sheet.course.intake_check.remarks:
        if remark.text.strip():
            text = Run(remark.text, element=f"intake_check/remarks/{remark.id}/text")
            day = remark.resolved_on
            yield (text,) if day is None else (text, Run(f" – {sheet.say('review.resolved', date=date_text(day))}"))
