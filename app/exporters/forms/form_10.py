"""Form 10: the score sheet of an expert, and the combined one of all experts (X28)."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.exporters.document import Align, Block, Cell, Document, Heading, Paragraph, Row, RowRole, Run, Runs, Table
from app.exporters.forms.common import Sheet, date_text, facts_table, plain_table, separated
from app.exporters.forms.parts import FormPart, find_part, numbered_name
from app.model.course import Course
from app.model.papers import Remark, Review
from app.model.regulation import BLANK, CriterionText, Regulation
from app.model.scores import Outcome, joint_outcome, sheet_outcome, total

_WIDTHS = (7.0, 33.0, 36.0, 36.0, 38.0, 15.0)
_TABLE_PT = 10.0
_LOWEST_OF_MID = 2
_LOWEST_OF_HIGH = 3


def parts(course: Course) -> tuple[FormPart, ...]:
    """Return one sheet for each expert's review."""
    names = {expert.id: expert.full_name for expert in course.experts}
    return tuple(
        FormPart(review.id, numbered_name(number, names.get(review.expert_id, "")))
        for number, review in enumerate(course.reviews, start=1)
    )


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the combined sheet; without reviews a sheet to fill in by hand (decision 14)."""
    sheet = Sheet(course, regulation, "form_10", generated_on, draft)
    outcome = joint_outcome(course, regulation)
    remarks = [remark for review in course.reviews for remark in review.remarks]
    blocks: list[Block] = [
        Heading(1, (sheet.heading_text(),), Align.CENTRE),
        sheet.course_line(),
        *([] if course.reviews else [facts_table(_expert_facts(sheet, "", "", None))]),
        _criteria(sheet, outcome.scores),
        *(_sheets(sheet) if course.reviews else ()),
        *_result(sheet, outcome),
        *_notes(sheet),
        *_remarks(sheet, remarks),
    ]
    return sheet.document(sheet.labels.title, blocks)


def build_part(course: Course, regulation: Regulation, part: str, *, generated_on: date, draft: bool) -> Document:
    """Return the sheet of the review with the id ``part``.

    Raises:
        ExportError: ``export_part_unknown``.
    """
    sheet = Sheet(course, regulation, "form_10", generated_on, draft)
    review = find_part("10", part, course.reviews, lambda entry: entry.id)
    outcome = sheet_outcome(review, course, regulation)
    name, post = _expert(course, review)
    blocks: list[Block] = [
        Heading(1, (sheet.heading_text(),), Align.CENTRE),
        sheet.course_line(),
        facts_table(_expert_facts(sheet, name, post, review.dated_on)),
        _criteria(sheet, outcome.scores),
        *_result(sheet, outcome),
        *_notes(sheet),
        *_remarks(sheet, review.remarks),
    ]
    return sheet.document(sheet.labels.title, blocks)


def _expert(course: Course, review: Review) -> tuple[str, str]:
    for expert in course.experts:
        if expert.id == review.expert_id:
            return expert.full_name, ", ".join(text for text in (expert.position, expert.workplace) if text.strip())
    return "", ""


def _expert_facts(sheet: Sheet, name: str, post: str, day: date | None) -> Iterator[tuple[str, Runs]]:
    yield sheet.say("review.expert"), (Run(name.strip() or BLANK, element="experts"),)
    yield sheet.say("review.post"), (Run(post.strip() or BLANK, element="experts"),)
    yield sheet.say("review.date"), (Run(BLANK if day is None else date_text(day)),)


def _criteria(sheet: Sheet, scores: Sequence[int | None]) -> Table:
    """The official table, the descriptor that was chosen in bold, and a column for the points."""
    lang = sheet.label_lang
    names = [Run(sheet.label_text(f"F10.T.{key}"), lang) for key in ("no", "criterion", "low", "mid", "high")]
    header = Row(
        tuple(Cell(((run,),), align=Align.CENTRE) for run in (*names, Run(sheet.say("assessment.points")))),
        RowRole.HEADER,
    )
    rows = [
        _criterion(sheet, number, criterion, score)
        for number, (criterion, score) in enumerate(zip(sheet.regulation.criteria, scores, strict=True), start=1)
    ]
    return Table(_WIDTHS, (header, *rows), size_pt=_TABLE_PT)


def _criterion(sheet: Sheet, number: int, criterion: CriterionText, score: int | None) -> Row:
    lang = sheet.label_lang
    chosen = None if score is None else (score >= _LOWEST_OF_MID) + (score >= _LOWEST_OF_HIGH)
    descriptors = (
        Cell(((Run(sheet.regulation.fill_constants(text, lang), lang, bold=index == chosen),),))
        for index, text in enumerate((criterion.low, criterion.mid, criterion.high))
    )
    points = Cell(((Run("" if score is None else str(score), bold=True),),), align=Align.CENTRE)
    return Row(
        (Cell(((Run(str(number)),),), align=Align.CENTRE), Cell(((Run(criterion.name, lang),),)), *descriptors, points)
    )


def _sheets(sheet: Sheet) -> Iterator[Block]:
    """What each expert gave."""
    yield sheet.heading(2, "review.sheets")
    count = len(sheet.regulation.criteria)
    header = (
        Run(sheet.say("review.expert")),
        *(Run(str(n)) for n in range(1, count + 1)),
        Run(sheet.say("review.total")),
    )
    rows = []
    for review in sheet.course.reviews:
        scores = (*review.scores, *([None] * count))[:count]
        points = total(scores)
        name, _ = _expert(sheet.course, review)
        given = (Run("" if score is None else str(score)) for score in scores)
        rows.append(
            (
                Run(name.strip() or BLANK, element="experts"),
                *given,
                Run("" if points is None else str(points), bold=True),
            )
        )
    yield plain_table((5.0, *([1.0] * count), 2.0), header, rows, whole=True)


def _result(sheet: Sheet, outcome: Outcome) -> Iterator[Block]:
    points = outcome.total
    words = BLANK if outcome.decision is None else sheet.say(f"review.{outcome.decision.value}")
    yield facts_table(
        (
            (sheet.say("review.total"), (Run(BLANK if points is None else str(points), bold=True),)),
            (sheet.say("review.decision"), (Run(words),)),
        )
    )


def _notes(sheet: Sheet) -> Iterator[Block]:
    """The three notes of the form: what follows from the sum."""
    yield Paragraph((sheet.label("F10.13"),), Align.LEFT, keep_with_next=True)
    for key in ("F10.10", "F10.11", "F10.12"):
        yield Paragraph((sheet.label(key, bold=False),), Align.LEFT)


def _remarks(sheet: Sheet, remarks: Sequence[Remark]) -> Iterator[Block]:
    if remarks:
        yield sheet.heading(2, "review.remarks")
        yield from sheet.bullets(_remark(sheet, remark) for remark in remarks)


def _remark(sheet: Sheet, remark: Remark) -> Runs:
    done = "" if remark.resolved_on is None else sheet.say("review.resolved", date=date_text(remark.resolved_on))
    texts = (remark.text.strip() or BLANK, remark.resolution.strip(), done)
    return separated((Run(text, element=f"remarks/{remark.id}") for text in texts if text), " – ")
