"""Form 11: the protocol of expert examination, with lines for at least three experts (F11.S3)."""

import re
from collections.abc import Iterator
from datetime import date

from app.exporters.document import (
    Align,
    Block,
    Cell,
    Document,
    Field,
    Heading,
    Paragraph,
    Row,
    RowRole,
    Run,
    Runs,
    SignatureLine,
    Table,
)
from app.exporters.forms.common import Sheet, blank_line, date_text
from app.model.course import Course, EducationLevel
from app.model.papers import Conformity
from app.model.regulation import BLANK, Regulation
from app.model.texts import Lang
from app.storage.texts_file import load_texts

_WIDTHS = (1.0, 6.0, 3.0, 3.4, 3.2)
_MARK = "+"
_COLUMNS = ((Conformity.FULL, "full"), (Conformity.PARTIAL, "partial"), (Conformity.NONE, "non"))
_LEVELS = {
    EducationLevel.BACHELOR: "bachelor",
    EducationLevel.MASTER: "master",
    EducationLevel.DOCTORATE: "doctoral",
}


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the protocol; what is missing is a blank to fill in by hand (decision 14)."""
    sheet = Sheet(course, regulation, "form_11", generated_on, draft)
    blocks: list[Block] = [
        Heading(1, (sheet.label("F11.H1", bold=False),), Align.CENTRE),
        Paragraph((_number_line(sheet),), Align.CENTRE),
        *_course(sheet),
        *_results(sheet),
        *_conclusion(sheet),
        *_signatures(sheet),
    ]
    return sheet.document(sheet.label_text("F11.H1"), blocks)


def _number_line(sheet: Sheet) -> Run:
    protocol = sheet.course.protocol
    values: dict[str, object] = {"number": protocol.number.strip()} if protocol.number.strip() else {}
    if protocol.dated_on is not None:
        day = protocol.dated_on
        month = load_texts().get(f"forms.month.{day.month}", Lang.KK)
        values |= {"date": f"«{day:%d}» {month}", "year": f"{day:%y}"}
    return sheet.label("F11.H2", bold=False, **values)


def _course(sheet: Sheet) -> Iterator[Block]:
    """Items 1 to 6; the form has two sixes."""
    course = sheet.course
    yield from _field(sheet, "F11.1", course.faculty, "faculty")
    yield from _field(sheet, "F11.2", course.department.name, "department/name")
    yield from _field(sheet, "F11.3", course.title, "title")
    yield from _field(sheet, "F11.4", sheet.language_name(), "language")
    yield Paragraph(_levels(sheet), Align.LEFT)
    yield from _field(sheet, "F11.6a", course.audience.description, "audience/description")
    names = ", ".join(author.full_name for author in course.authors if author.full_name.strip())
    yield from _field(sheet, "F11.6b", names, "authors")


def _field(sheet: Sheet, key: str, value: str, element: str) -> Iterator[Block]:
    """A label with its value behind it; further lines of the value follow as paragraphs."""
    lines = sheet.text(value, element)
    yield Field((sheet.label(key),), lines[0].runs if lines else (Run(BLANK),), fill_line=not lines)
    yield from lines[1:]


def _levels(sheet: Sheet) -> Runs:
    """The label with its three levels, the chosen ones underlined and bold."""
    text = sheet.label_text("F11.5")
    chosen = {sheet.label_text(f"F11.5.{_LEVELS[level]}") for level in sheet.course.education_levels}
    start = sheet.label_text("F11.5.label")
    pieces = (
        re.split("(" + "|".join(map(re.escape, chosen)) + ")", text[len(start) :]) if chosen else [text[len(start) :]]
    )
    runs = [Run(piece, sheet.label_lang, bold=piece in chosen, underline=piece in chosen) for piece in pieces if piece]
    return (Run(start, sheet.label_lang, bold=True), *runs)


def _results(sheet: Sheet) -> Iterator[Block]:
    protocol = sheet.course.protocol
    years: dict[str, object] = {}
    if protocol.from_year is not None:
        years = {"from_year": f"{protocol.from_year % 100:02d}", "to_year": f"{(protocol.from_year + 1) % 100:02d}"}
    yield Paragraph((sheet.label("F11.7", bold=True, **years),), Align.LEFT, keep_with_next=True)
    yield from sheet.text(protocol.recommendations, "protocol/recommendations") or (blank_line(),)
    yield Table(_WIDTHS, (*_header(sheet), *_rows(sheet)))


def _header(sheet: Sheet) -> tuple[Row, Row]:
    def head(key: str, colspan: int = 1, rowspan: int = 1) -> Cell:
        return Cell(((Run(sheet.label_text(f"F11.T.{key}"), sheet.label_lang),),), colspan, rowspan, Align.CENTRE)

    first = Row((head("no", rowspan=2), head("criteria", rowspan=2), head("results", colspan=3)), RowRole.HEADER)
    return first, Row(tuple(head(key) for _, key in _COLUMNS), RowRole.HEADER)


def _rows(sheet: Sheet) -> Iterator[Row]:
    """The eight criteria with one mark each."""
    results = sheet.course.protocol.results
    for index in range(len(sheet.regulation.criteria)):
        result = results[index] if index < len(results) else None
        marks = (
            Cell(((Run(_MARK if result is mark else "", bold=True),),), align=Align.CENTRE) for mark, _ in _COLUMNS
        )
        label = sheet.label(f"F11.T{index + 1}", bold=False)
        yield Row((Cell(((Run(str(index + 1)),),), align=Align.CENTRE), Cell(((label,),)), *marks))


def _conclusion(sheet: Sheet) -> Iterator[Block]:
    """Items 8 to 12: the conclusion with the reasoned decision (10.7b), and what is done about nonconformity."""
    protocol = sheet.course.protocol
    yield Paragraph((sheet.label("F11.8"),), Align.LEFT, keep_with_next=True)
    decided: list[Block] = list(sheet.text(protocol.conclusion, "protocol/conclusion"))
    for name in ("decision", "reason", "platform"):
        text = getattr(protocol, name)
        if text.strip():
            decided += sheet.named_text(f"protocol.{name}", text, f"protocol/{name}")
    yield from decided or (blank_line(), blank_line())
    yield from _field(sheet, "F11.9", protocol.actions, "protocol/actions")
    yield from _field(sheet, "F11.10", protocol.cause, "protocol/cause")
    yield Paragraph(_yes_no(sheet), Align.LEFT)
    due = "" if protocol.fix_due is None else date_text(protocol.fix_due)
    yield from _field(sheet, "F11.12", due, "protocol/fix_due")


def _yes_no(sheet: Sheet) -> Runs:
    """The question of item 11 with the answer underlined in its brackets."""
    text = sheet.label_text("F11.11")
    said = sheet.course.protocol.corrective_procedure
    if said is None:
        return (sheet.label("F11.11"),)
    word = sheet.label_text("F11.11.yes" if said else "F11.11.no")
    before, found, after = text.rpartition(word)
    lang = sheet.label_lang
    pieces = (Run(before, lang, bold=True), Run(found, lang, bold=True, underline=True), Run(after, lang, bold=True))
    return tuple(run for run in pieces if run.text)


def _signatures(sheet: Sheet) -> Iterator[Block]:
    course = sheet.course
    head = {
        name: value
        for name, value in (("abbr", course.department.abbr), ("name", course.department.head))
        if value.strip()
    }
    yield sheet.signature("F11.S1", head, "department/head", stamp=True)
    for author in course.authors:
        name = {"name": author.full_name} if author.full_name.strip() else {}
        yield sheet.signature("F11.S2", name, f"authors/{author.id}/full_name")
    if not course.authors:
        yield sheet.signature("F11.S2", {})
    yield from _experts(sheet)


def _experts(sheet: Sheet) -> Iterator[SignatureLine]:
    """At least three lines; the label stands before the first."""
    course = sheet.course
    chosen = [
        expert for expert in course.experts if not course.protocol.expert_ids or expert.id in course.protocol.expert_ids
    ]
    least = int(sheet.regulation.limits["experts"].min or 1)
    names = [(expert.full_name.strip(), f"experts/{expert.id}/full_name") for expert in chosen]
    names += [("", "")] * (least - len(names))
    for index, (name, element) in enumerate(names):
        line = sheet.signature("F11.S3", {"name": name} if name else {}, element)
        yield line if index == 0 else SignatureLine((), line.blank, line.after)
