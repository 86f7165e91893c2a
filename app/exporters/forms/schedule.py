"""The schedule of the course: all days that section 12, the tasks and the dean set, in their order."""

from datetime import date

from app.exporters.course_events import CourseEvent, course_events
from app.exporters.document import Align, Block, Document, Heading, Run, Runs
from app.exporters.forms.common import Sheet, blank_line, date_text, plain_table
from app.exporters.packages.calendar import event_text
from app.model.course import Course
from app.model.regulation import Regulation
from app.storage.texts_file import load_texts

_WIDTHS = (2.3, 2.2, 6.4, 1.4)


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the table of days with what happens on them and the clause that asks for it."""
    sheet = Sheet(course, regulation, "", generated_on, draft)
    title = sheet.say("schedule.title")
    blocks: list[Block] = [Heading(1, (Run(title),), Align.CENTRE), sheet.course_line()]
    events = course_events(course, regulation)
    if events:
        header = tuple(Run(sheet.say(f"schedule.{key}")) for key in ("day", "weekday", "event", "clause"))
        blocks.append(plain_table(_WIDTHS, header, (_row(sheet, event) for event in events)))
    else:
        blocks.append(blank_line())
    return sheet.document(title, blocks)


def _row(sheet: Sheet, event: CourseEvent) -> Runs:
    day = date_text(event.first) if event.first == event.last else f"{date_text(event.first)} – {date_text(event.last)}"
    hour = "" if event.starts_at is None else f", {event.starts_at:%H:%M}"
    name = event_text(event, load_texts(), sheet.lang)
    weekday = sheet.say(f"weekday.{event.first.isoweekday()}")
    return Run(day + hour), Run(weekday), Run(name, element=event.element), Run(event.clause)
