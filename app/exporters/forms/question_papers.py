"""Question papers for print: numbered variants without keys, and the sheet of their keys as a document of its own."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.exporters.document import Align, Block, Document, Field, Heading, PageBreak, Run, Runs
from app.exporters.forms.common import Sheet, blank_line, plain_table
from app.exporters.forms.question_blocks import question_block
from app.exporters.paper_variants import Paper, PaperPlan, make_papers
from app.formats.pictures import NO_PICTURES, Pictures
from app.model.course import Course
from app.model.regulation import BLANK, Regulation
from app.model.texts import Lang

_KEY_COLUMNS = 6
"""So many variants stand side by side in the table of keys; more would make its columns too narrow."""


def question_paper(
    course: Course,
    regulation: Regulation,
    plan: PaperPlan,
    *,
    generated_on: date,
    draft: bool = False,
    pictures: Pictures = NO_PICTURES,
) -> Document:
    """Return the papers for learners, each variant on pages of its own, without keys.

    Args:
        course: the course.
        regulation: edition for the line at the foot.
        plan: which variants.
        generated_on: the date that the document carries.
        draft: print the draft mark.
        pictures: contents of the course's pictures by their path.
    """
    sheet = Sheet(course, regulation, "", generated_on, draft)
    title = sheet.say("paper.title")
    blocks: list[Block] = [Heading(1, (Run(title),), Align.CENTRE), sheet.course_line()]
    papers = _papers(sheet, plan)
    for paper in papers:
        if paper.number > 1:
            blocks.append(PageBreak())
        blocks += _head(sheet, paper)
        blocks += (
            question_block(
                number, item.question, item.stem, item.partners, lambda key: sheet.say(f"paper.{key}"), pictures
            )
            for number, item in enumerate(paper.items, start=1)
        )
        if not paper.items:
            blocks.append(blank_line())
    return sheet.document(title, blocks)


def key_sheet(
    course: Course, regulation: Regulation, plan: PaperPlan, *, generated_on: date, draft: bool = False
) -> Document:
    """Return the keys of the same papers: a row for each question, a column for each variant."""
    sheet = Sheet(course, regulation, "", generated_on, draft)
    title = sheet.say("paper.keys_title")
    blocks: list[Block] = [Heading(1, (Run(title),), Align.CENTRE), sheet.course_line()]
    papers = _papers(sheet, plan)
    for first in range(0, len(papers), _KEY_COLUMNS):
        group = papers[first : first + _KEY_COLUMNS]
        header = (Run(sheet.say("paper.number")), *(Run(sheet.say("paper.variant", n=p.number)) for p in group))
        blocks.append(plain_table((1.0, *(2.0 for _ in group)), header, _key_rows(group)))
    return sheet.document(title, blocks)


def _papers(sheet: Sheet, plan: PaperPlan) -> tuple[Paper, ...]:
    mark = "." if sheet.lang is Lang.EN else ","
    return make_papers(sheet.course.test_bank, plan, lambda key: sheet.say(f"paper.{key}"), mark)


def _head(sheet: Sheet, paper: Paper) -> Iterator[Block]:
    yield Heading(2, (Run(sheet.say("paper.variant", n=paper.number)),), Align.CENTRE)
    for key in ("learner", "group"):
        yield Field((Run(sheet.say(f"paper.{key}")),), (Run(" "),), fill_line=True)


def _key_rows(papers: Sequence[Paper]) -> Iterator[Runs]:
    for place in range(len(papers[0].items)):
        items = [paper.items[place] for paper in papers]
        keys = (Run(item.key or BLANK, element=f"test_bank/{item.question.id}/correct") for item in items)
        yield (Run(str(place + 1)), *keys)
