"""The list of literature as a document of its own (F01.18, F08.3)."""

from collections.abc import Iterable
from datetime import date

from app.exporters.document import Align, Block, Document, Heading, ListBlock, ListItem, Paragraph, Run
from app.exporters.forms.common import Sheet, blank_line
from app.model.course import Course
from app.model.regulation import BLANK, Regulation
from app.model.teaching import Reference


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the literature: for the whole course, then of each module with that of its lessons.

    Sources whose module or lesson is not in the course stand with the whole course, so none is lost. Numbers run
    through the whole list.
    """
    sheet = Sheet(course, regulation, "", generated_on, draft)
    title = sheet.say("references.title")
    module_of = {module.id: module.id for module in course.modules}
    module_of |= {lesson.id: module.id for module in course.modules for lesson in module.lessons}
    groups: dict[str, list[Reference]] = {"": [], **{module.id: [] for module in course.modules}}
    for reference in course.references:
        groups[module_of.get(reference.target_id or "", "")].append(reference)
    blocks: list[Block] = [
        Heading(1, (Run(title),), Align.CENTRE),
        Paragraph((Run(course.title, bold=True, element="title"),), Align.CENTRE),
    ]
    only_course = len(groups[""]) == len(course.references)
    first = 1
    names = {"": Run(sheet.say("references.course"))}
    names |= {module.id: sheet.module_name(number, module) for number, module in enumerate(course.modules, start=1)}
    for key, group in groups.items():
        if group:
            blocks += [] if only_course else [Heading(2, (names[key],))]
            blocks.append(reference_list(group, first))
            first += len(group)
    if not course.references:
        blocks.append(blank_line())
    return sheet.document(title, blocks)


def reference_list(references: Iterable[Reference], first: int) -> ListBlock:
    """Return sources as a list whose numbers begin with ``first``."""
    return ListBlock(tuple(_item(reference, number) for number, reference in enumerate(references, start=first)))


def _item(reference: Reference, number: int) -> ListItem:
    path = f"references/{reference.id}"
    runs = [Run(reference.citation.strip() or BLANK, element=f"{path}/citation")]
    url = reference.url.strip()
    if url and url not in reference.citation:
        runs += [Run(" "), Run(url, link=url, element=f"{path}/url")]
    return ListItem(tuple(runs), f"{number}.")
