"""The weekly messages to all registered learners, one for each module (11.2)."""

from collections.abc import Iterator
from datetime import date

from app.exporters.document import Align, Block, Document, Heading, Run, Runs
from app.exporters.forms.common import Sheet, blank_line, date_text, facts_table
from app.model.course import Course
from app.model.regulation import BLANK, Regulation
from app.model.structure import Module
from app.model.views import text_length


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the messages with the day on which each is sent and its length in characters."""
    sheet = Sheet(course, regulation, "", generated_on, draft)
    title = sheet.say("messages.title")
    blocks: list[Block] = [Heading(1, (Run(title),), Align.CENTRE), sheet.course_line()]
    for number, module in enumerate(course.modules, start=1):
        blocks.append(Heading(2, (sheet.module_name(number, module),)))
        blocks.append(facts_table(_facts(sheet, module), of_next=True))
        text = sheet.text(module.weekly_message.text, f"modules/{module.id}/weekly_message/text")
        blocks += text or (blank_line(),)
    if not course.modules:
        blocks.append(blank_line())
    return sheet.document(title, blocks)


def _facts(sheet: Sheet, module: Module) -> Iterator[tuple[str, Runs]]:
    message = module.weekly_message
    yield sheet.say("messages.send_on"), (Run(BLANK if message.send_on is None else date_text(message.send_on)),)
    limit = sheet.regulation.limits["weekly_message_chars"]
    length = sheet.say("messages.of", n=text_length(message.text), min=limit.min, max=limit.max)
    yield sheet.say("messages.length"), (Run(length),)
