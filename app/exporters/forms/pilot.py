"""The record of the trial of the tasks on a representative sample (11.8)."""

from collections.abc import Iterator
from datetime import date

from app.exporters.document import Align, Block, Document, Heading, Run, Runs
from app.exporters.forms.common import Sheet, blank_line, date_text, facts_table, or_blank, signature_line
from app.model.course import Course
from app.model.regulation import BLANK, Regulation


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the record: when, with whom, what came of it, what was changed (X60)."""
    sheet = Sheet(course, regulation, "", generated_on, draft)
    title, pilot = sheet.say("pilot.title"), course.pilot
    fixes = ((Run(text, element="pilot/fixes"),) for text in pilot.fixes if text.strip())
    blocks: list[Block] = [
        Heading(1, (Run(title),), Align.CENTRE),
        sheet.course_line(),
        facts_table(_facts(sheet)),
        sheet.heading(2, "pilot.results"),
        *(sheet.text(pilot.results, "pilot/results") or (blank_line(), blank_line())),
        sheet.heading(2, "pilot.fixes"),
        *or_blank(sheet.bullets(fixes)),
        *(
            signature_line(sheet.say("signature.author"), author.full_name, f"authors/{author.id}/full_name")
            for author in course.authors
        ),
        *(() if course.authors else (signature_line(sheet.say("signature.author"), ""),)),
    ]
    return sheet.document(title, blocks)


def _facts(sheet: Sheet) -> Iterator[tuple[str, Runs]]:
    pilot = sheet.course.pilot
    for name in ("from_on", "to_on"):
        day = getattr(pilot, name)
        yield sheet.say(f"pilot.{name}"), (Run(BLANK if day is None else date_text(day)),)
    yield sheet.say("pilot.sample_size"), (Run(BLANK if pilot.sample_size is None else str(pilot.sample_size)),)
    sample = Run(pilot.sample_description.strip() or BLANK, element="pilot/sample_description")
    yield sheet.say("pilot.sample"), (sample,)
